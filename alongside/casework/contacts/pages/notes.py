"""A note on her page, its draft, and how she may be reached.

Who and where: a key worker at a desk, between two calls: click into the box, type, Save.
What she typed is kept at once.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.actions.notes import NothingWritten
from alongside.casework.contacts.forms.notes import NoteForm, SafeContactForm
from alongside.casework.contacts.rules.told import TooLong
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.register.people.queries import called, names, records


@page("contacts.record", ("POST",))
def note(request: HttpRequest, record: UUID) -> HttpResponse:
    """Save the note. One without a word leads back to her page and says so."""
    form = NoteForm(request.POST)
    address = reverse("her-page", args=[record])
    try:
        if not form.is_valid():
            raise TooLong if form.data.get("words", "").strip() else NothingWritten
        made = actions.write_note(
            request.actor,  # type: ignore[attr-defined]
            id=form.cleaned_data["id"],
            record=record,
            words=form.cleaned_data["words"],
        )
    except (NothingWritten, TooLong) as fault:
        messages.info(request, fault.words)
        return HttpResponseRedirect(address)
    messages.success(request, "The note is saved.")
    return HttpResponseRedirect(f"{address}?note={made}")


@page("contacts.record", ("POST",))
def draft(request: HttpRequest, record: UUID) -> HttpResponse:
    """What is typed so far, sent by the page itself. 204; 422 where it has grown too long."""
    try:
        _keep(request, record)
    except TooLong:
        return HttpResponse(status=422)
    return HttpResponse(status=204)


def _keep(request: HttpRequest, record: UUID) -> None:
    try:
        note = UUID(request.POST.get("id", ""))
    except ValueError:
        note = None
    actions.keep_draft(request.actor, record=record, note=note, words=request.POST.get("words", ""))  # type: ignore[attr-defined]


@page("contacts.see", ("POST",))
def undo(request: HttpRequest, note: UUID) -> HttpResponse:
    record = actions.take_back_note(request.actor, note)  # type: ignore[attr-defined]
    messages.success(request, "The note is taken back.")
    return HttpResponseRedirect(reverse("her-page", args=[record]))


@page("contacts.record", ("GET", "POST"))
def safe(request: HttpRequest, record: UUID) -> HttpResponse:
    """How she may be reached. What she said before stands on the page, and stays on record."""
    actor = request.actor  # type: ignore[attr-defined]
    found = records(actor, [record])
    if not found:
        raise NotFound("Record")
    before = queries.safe_contact(actor, record)
    first = {way.value: answer.value for way, answer in before.ways} | {"words": before.words} if before else None
    form = SafeContactForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.tell_safe_contact(actor, record=record, ways=form.ways(), words=form.cleaned_data["words"])
        messages.success(request, "Kept.")
        return HttpResponseRedirect(reverse("her-page", args=[record]))
    return screen(
        request,
        "contacts/safe.html",
        form=form,
        record=found[0],
        name=called(names(actor, [record]).get(record)),
        before=before,
        status=422 if form.errors else 200,
    )
