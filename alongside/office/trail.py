"""Who looked: the trail of one agency in plain words, for its data protection lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.permissions import Subject, declared
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.rows import Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.trail.queries import Entry, entries
from alongside.register.agencies import queries as agencies
from alongside.register.people.codes import code_of

MOST_CODES = 10
COLUMNS = (Column("Time"), Column("Worker"), Column("What"), Column("Records"))
# What a permission means as something done. What is not here is told by the permission's own sentence.
DONE = {
    "people.look_up": "looked among the records",
    "people.list": "opened the list of records",
    "people.open": "opened a record",
    "people.read_names": "read names",
    "people.record": "made a record",
    "people.change_identity": "corrected what a woman is known by",
    "people.take_in": "took in a list",
    "people.review": "opened possible same women",
    "people.decide": "decided about possible same women",
    "people.accept": "recorded that other agencies may know",
    "agencies.manage": "changed agencies, workers or roles",
    "agencies.read_trail": "read this page",
    "accounts.sign_in": "signed in",
    "accounts.sign_out": "signed out",
    "accounts.passkey_added": "added a passkey",
    "accounts.passkey_removed": "removed a passkey",
    "accounts.own_sign_in_linked": "linked the agency’s own sign-in",
    "accounts.own_sign_in_unlinked": "undid the link with the agency’s own sign-in",
    "accounts.own_sign_in_ended": "was signed out, as the agency’s own sign-in no longer said yes",
    "accounts.own_sign_in_refused": "signing in by the agency’s own sign-in",
    "agencies.keep_sign_in": "changed the agency’s own sign-in",
    "accounts.wrong_password": "signing in with a wrong password",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page: time, worker, what was done, and to which records by code."""

    time: str
    who: str
    what: str
    records: str


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    lines: tuple[Line, ...]


class Filter(PageForm):
    worker = forms.ChoiceField(label="Worker", required=False)
    day = forms.DateField(
        label="Day",
        required=False,
        input_formats=["%d/%m/%Y", "%d %B %Y", "%Y-%m-%d"],
        help_text="For example 27/3/2026",
        error_messages={"invalid": "Enter a day like 27/3/2026"},
        widget=forms.TextInput(attrs={"width": 10}),
    )

    def __init__(self, data: object, workers: dict[UUID, str]) -> None:
        super().__init__(data)
        everyone = [("", "Everyone"), *((str(id), name) for id, name in workers.items())]
        self.fields["worker"].choices = everyone  # type: ignore[attr-defined]


@page("agencies.open_trail")
def who_looked(request: HttpRequest) -> HttpResponse:
    """The newest 100 rows of her own agency; a worker's id and a day may stand in the address, nothing of a woman."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check(actor, "agencies.read_trail", Subject(kind="Trail", agency=actor.agency))
    workers = agencies.colleagues(actor)
    form = Filter(request.GET, workers)
    chosen = form.cleaned_data if form.is_valid() else {}
    since, until = _day_in_zone(chosen.get("day"))
    user = UUID(chosen["worker"]) if chosen.get("worker") else None
    rows = entries(actor, user=user, since=since, until=until) if form.is_valid() else []
    return screen(request, "office/who_looked.html", form=form, days=by_day(actor, rows, workers), columns=COLUMNS)


def _day_in_zone(day: date | None) -> tuple[datetime | None, datetime | None]:
    if day is None:
        return None, None
    zone = timezone.get_current_timezone()
    return (
        datetime.combine(day, time.min, zone),
        datetime.combine(day + timedelta(days=1), time.min, zone),
    )


def by_day(actor: Actor, rows: Sequence[Entry], workers: dict[UUID, str]) -> list[Day]:
    """Rows as the page tells them, newest day first."""
    names = {**agencies.names_of(each.user for each in rows if each.user), **workers}
    home = agencies.agency(actor.agency) if actor.agency else None
    days: dict[date, list[Line]] = {}
    for row in rows:
        at = timezone.localtime(row.at)
        who = names.get(row.user, "") if row.user else f"The {row.job or 'unknown'} job"
        what = DONE.get(row.permission) or _sentence(row.permission)
        line = Line(f"{at:%H:%M}", who, what if row.allowed else f"was not allowed: {what}", _records(row, home))
        days.setdefault(at.date(), []).append(line)
    return [Day(day, tuple(lines)) for day, lines in days.items()]


def _sentence(permission: str) -> str:
    known = declared().get(permission)
    return known.sentence if known else permission


def _records(row: Entry, home: agencies.AgencyRow | None) -> str:
    """Codes of the records; only a number when there are many. Never a name."""
    if row.kind != "Record" or home is None:
        return ""
    if row.subjects and len(row.subjects) <= MOST_CODES:
        return ", ".join(code_of(home.prefix, each) for each in row.subjects)
    return f"{row.count:,} records" if row.count else ""
