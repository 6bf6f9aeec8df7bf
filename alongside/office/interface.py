"""The interface for an agency's own programs, version 1: JSON, read only, by a key that the manager made.

No session opens it and no name leaves by it. A program without a key in force that was made for what it asks gets the
same 404 as for an address that is not there. Each answer leaves one row in the trail.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from alongside.casework.contacts import queries as contacts
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.tokens import Token
from alongside.register.programs.codes import Reads
from alongside.register.programs.queries import LetIn, let_in, read_out

MOST = 200
LONGEST = timedelta(days=366)
Told = tuple[str, list[dict[str, Any]], UUID | None]  # the name of the list, its entries, where to go on


class NotReadable(Exception):
    """A parameter is not of the kind that the documentation says. Its only argument is the parameter's name."""


def for_programs(reads: Reads) -> Callable[[Callable[..., Told]], Callable[..., HttpResponse]]:
    """An address for programs whose key was made for `reads`."""

    def wrap(tell: Callable[..., Told]) -> Callable[..., HttpResponse]:
        @wraps(tell)
        def run(request: HttpRequest) -> HttpResponse:
            program = _program(request, reads)
            try:
                with acting_as(program.actor):
                    name, entries, following = tell(request, program)
                    read_out(program, reads, len(entries))
            except NotReadable as fault:
                told = {"type": "about:blank#NotReadable", "title": WORDS, "status": 422, "field": str(fault)}
                return JsonResponse(told, status=422, content_type="application/problem+json")
            return JsonResponse({name: entries, "next": following})

        return run

    return wrap


WORDS = "This is not what the documentation describes."


def _program(request: HttpRequest, reads: Reads) -> LetIn:
    token = Token.read(request.headers.get("Authorization", ""))
    if token is None or request.method != "GET":
        raise Http404
    address = request.resolver_match.route if request.resolver_match else ""
    program = let_in(token, reads, f"GET {address}")
    if program is None:
        raise Http404
    return program


@for_programs(Reads.CONTACTS)
def contacts_of(request: HttpRequest, program: LetIn) -> Told:
    """The agency's contacts between two days, in the order of their ids."""
    since, until = _days(request)
    after = request.GET.get("after", "")
    rows = contacts.contacts_read_out(
        program.actor, since, until, MOST + 1, _read(UUID, after, "after") if after else None
    )
    told = [row.as_json() for row in rows[:MOST]]
    return "contacts", told, rows[MOST - 1].id if len(rows) > MOST else None


@for_programs(Reads.SHIFTS)
def shifts_of(request: HttpRequest, program: LetIn) -> Told:
    """The agency's shifts that start between two days, in time."""
    since, until = _days(request)
    told = [
        {
            "id": row.id,
            "starts": row.starts,
            "ends": row.ends,
            "kind": row.kind,
            "state": row.state.replace(" ", "_"),
            "workers": len(row.crew),
            "breaks": [each.code for each in row.broken],
        }
        for row in contacts.shifts_read_out(program.actor, since, until)
    ]
    return "shifts", told, None


def _days(request: HttpRequest) -> tuple[date, date]:
    """`since` and `until`, both counted; by default the last 28 days. At most a year."""
    today = timezone.localdate()
    since = _read(date.fromisoformat, request.GET.get("since", str(today - timedelta(days=28))), "since")
    until = _read(date.fromisoformat, request.GET.get("until", str(today)), "until")
    if not timedelta() <= until - since <= LONGEST:
        raise NotReadable("until")
    return since, until


def _read(reader: Callable[[str], Any], text: str, name: str) -> Any:
    try:
        return reader(text)
    except ValueError:
        raise NotReadable(name) from None
