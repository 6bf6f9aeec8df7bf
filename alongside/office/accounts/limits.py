"""How much one worker may read in a time: a table, counted from the trail itself, so that no restart forgets it.

Over a limit she proves again that it is she, or waits; a row of the trail tells the data protection lead either way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.kit.screens import screen
from alongside.foundation.trail.queries import own_count
from alongside.foundation.trail.writing import leave
from alongside.office.accounts.proof import FILES, ask_for_proof, proved_at
from alongside.register.agencies.passkeys import entered_demo

REACHED = "accounts.limit"
FILE_TAKEN = "accounts.take_file"


class Counts(StrEnum):
    """What is counted."""

    WOMEN = "women"  # different records opened one by one
    SPANS = "spans"  # spans of 20 seconds in which it was done: typing on is one search


class Then(StrEnum):
    PROVE = "prove"  # she proves again that it is she, and the count begins anew
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Limit:
    """`permission` and `asked_by`: which rows of the trail count. `routes`, `methods`: which pages are held back."""

    name: str
    words: str
    routes: frozenset[str]
    methods: tuple[str, ...]
    permission: str
    counts: Counts
    most: int
    within: timedelta
    then: Then
    asked_by: tuple[str, ...] = ()


HOUR = timedelta(hours=1)
LIMITS = (
    Limit(
        "women opened",
        "25 women opened within an hour",
        frozenset({"people:record", "people:correct"}),
        ("GET", "HEAD"),
        "people.read_names",
        Counts.WOMEN,
        25,
        HOUR,
        Then.PROVE,
    ),
    Limit(
        "pages of the list",
        "20 times the list with names within an hour",
        frozenset({"people:records"}),
        ("GET", "HEAD"),
        "people.read_names",
        Counts.SPANS,
        20,
        HOUR,
        Then.PROVE,
        ("GET people/", "HEAD people/"),
    ),
    Limit(
        "look-ups",
        "60 look-ups within an hour",
        frozenset({"people:look-up"}),
        ("POST",),
        "people.look_up",
        Counts.SPANS,
        60,
        HOUR,
        Then.WAIT,
    ),
    Limit(
        "files with names",
        "5 files with names within a day",
        FILES,
        ("POST",),
        FILE_TAKEN,
        Counts.SPANS,
        5,
        timedelta(days=1),
        Then.WAIT,
    ),
)


def reached(limit: Limit, actor: Actor, proved: float) -> bool:
    """Whether the actor did already as much as the limit lets her. `proved`: when she last proved that it is she."""
    since = timezone.now() - limit.within
    if limit.then is Then.PROVE:
        since = max(since, datetime.fromtimestamp(proved, UTC))
    women, spans = own_count(actor, since, limit.permission, routes=limit.asked_by)
    return (len(women) if limit.counts is Counts.WOMEN else spans) >= limit.most


class LimitsMiddleware:
    """Stands inside the gate's: it counts in the same transaction, as the same actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        route = request.resolver_match.view_name if request.resolver_match else ""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.user is None or actor.reach != "agency":
            return None
        for limit in LIMITS:
            if route not in limit.routes or request.method not in limit.methods:
                continue
            proved = request.session.get("session_began", 0) if entered_demo(request) else proved_at(request)
            if reached(limit, actor, proved):
                leave(actor, REACHED, allowed=False, rule=limit.words, count=0)
                if limit.then is Then.PROVE and not entered_demo(request):
                    return ask_for_proof(request)
                return screen(request, "office/wait.html", status=429, words=limit.words)
            if limit.permission == FILE_TAKEN:
                leave(actor, FILE_TAKEN, rule=limit.name, count=0)
        return None
