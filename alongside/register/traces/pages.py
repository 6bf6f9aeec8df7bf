"""Who looked at her, for a worker and on paper for her; reading out of the ordinary; whether the trail is whole.

Who and where: a key worker beside her at a desk, two taps from her page; the data protection lead once a week.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.rows import Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.vault.keys import Kept
from alongside.register.traces import actions, queries

READER_COLUMNS = (Column("Day"), Column("Who"), Column("Where"), Column("What"))
PAPER_COLUMNS = (Column("Day"), Column("Who"), Column("What"))
UNUSUAL_COLUMNS = (Column("Last"), Column("Worker"), Column("What"), Column("Records"))
KEPT_COLUMNS = (Column("Kept on"), Column("Seal", numeric=True), Column("Begins"), Column("Now"))


@page("traces.open_readers")
def readers(request: HttpRequest, record: UUID) -> HttpResponse:
    looks = queries.looks(request.actor, record)  # type: ignore[attr-defined]
    rows = [(_day(each), each.worker, each.place, _what(each)) for each in looks]
    return screen(request, "traces/readers.html", rows=rows, columns=READER_COLUMNS, record=record)


@page("traces.open_readers")
def readers_paper(request: HttpRequest, record: UUID) -> HttpResponse:
    """For her: first names only, and nothing that tells what this is about."""
    looks = queries.looks(request.actor, record)  # type: ignore[attr-defined]
    rows = [(_day(each), each.first, _what(each)) for each in looks]
    return screen(request, "traces/readers_paper.html", rows=rows, columns=PAPER_COLUMNS, today=timezone.localdate())


def _day(look: queries.Look) -> str:
    return f"{look.day.day} {look.day:%B %Y}"


def _what(look: queries.Look) -> str:
    return look.what if look.times == 1 else f"{look.what} ({look.times} times)"


@page("traces.see_unusual")
def unusual(request: HttpRequest) -> HttpResponse:
    found = queries.unusual(request.actor)  # type: ignore[attr-defined]
    rows = [(f"{timezone.localtime(each.last):%d/%m %H:%M}", each.worker, each.what, each.records) for each in found]
    return screen(request, "traces/unusual.html", rows=rows, columns=UNUSUAL_COLUMNS)


class WrittenDown(PageForm):
    """A seal that somebody wrote down, to hold against the trail."""

    number = forms.IntegerField(
        label="Number of the seal",
        min_value=1,
        error_messages={"required": "Enter the number", "invalid": "Enter a number"},
        widget=forms.TextInput(attrs={"width": 10, "inputmode": "numeric"}),
    )
    digits = forms.CharField(
        label="What it begins with",
        min_length=8,
        max_length=100,
        help_text="At least eight letters and digits, spaces do not matter.",
        error_messages={"required": "Enter what it begins with", "min_length": "Enter at least eight"},
    )


@page("traces.check_seals", methods=("GET", "POST"))
def seals(request: HttpRequest) -> HttpResponse:
    """A POST holds a seal that was written down against the trail of now."""
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.seals(actor)
    form = WrittenDown(request.POST if request.method == "POST" else None)
    stands = None
    if request.method == "POST" and form.is_valid():
        stands = queries.seal_stands(actor, form.cleaned_data["number"], form.cleaned_data["digits"])
    rows = [
        (
            f"{timezone.localtime(each.kept_at):%d/%m/%Y %H:%M}",
            str(each.number),
            groups(each.head),
            "stands as it was" if each.stands else "IS NOT THERE as it was",
        )
        for each in found.kept
    ]
    newest = found.newest
    return screen(
        request,
        "traces/seals.html",
        form=form,
        stands=stands,
        rows=rows,
        columns=KEPT_COLUMNS,
        newest=(newest.number, f"{timezone.localtime(newest.sealed_at):%d/%m/%Y %H:%M:%S}", groups(newest.head))
        if newest
        else None,
        broken=any(not each.stands for each in found.kept),
        key=_key(found.key),
    )


def _key(kept: Kept | None) -> str:
    if kept is None:
        return "The key process does not answer: names of every agency stay shut until it does."
    if not kept.divided:
        return (
            "It lies in one file on the computer that runs this. Whoever runs that computer could use it. It can be"
            " divided among three people of your agency, of whom any two open it: ask whoever runs the installation."
        )
    if kept.is_open:
        return "It is divided among three people of your agency. Two of them opened it, until the key process ends."
    return "It is divided among three people of your agency, and shut. Two of them open it with their key files."


def groups(head: str) -> str:
    """The first 32 digits in fours: short enough to write down."""
    return " ".join(head[start : start + 4] for start in range(0, 32, 4))


@page("traces.keep_head", methods=("POST",))
def keep(request: HttpRequest) -> HttpResponse:
    try:
        actions.keep_head(request.actor)  # type: ignore[attr-defined]
    except actions.NothingSealed as nothing:
        messages.info(request, nothing.words)
    else:
        messages.success(request, "The seal is kept.")
    return HttpResponseRedirect(reverse("traces:seals"))
