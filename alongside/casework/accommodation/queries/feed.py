"""Expected moves for a worker's own calendar, by a secret address: days and neutral titles, no house and no woman."""

import hashlib
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone
from icalendar import Calendar, Event

from alongside.casework.accommodation.models import MovesFeed
from alongside.casework.accommodation.queries.moves import expected_moves
from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.queries import actor_of_membership, is_in_force, own_membership

AHEAD_DAYS = 120
TITLE = "Work"  # it stands on a phone that others may look at


def digest_of(key: str) -> bytes:
    """A key has 256 random bits: one round of a plain hash keeps it."""
    return hashlib.sha256(key.encode()).digest()


def has_feed(actor: Actor) -> bool:
    """Whether the worker has an address in force for the agency for which she acts."""
    check(actor, "accommodation.see_board")
    return MovesFeed.objects.filter(membership_id__in=[own_membership(actor)], ended_at=None).exists()


def feed(key: str) -> bytes | None:
    """The calendar of whoever holds this key; None for a key that is not, or no longer, one."""
    # Whoever is signed in beside it: the key alone says whose it is.
    with acting_as(NOBODY):
        rows = MovesFeed.objects.filter(digest=digest_of(key), ended_at=None)
        membership = rows.values_list("membership_id", flat=True).first()
    actor = actor_of_membership(membership) if membership and is_in_force(membership) else None
    if actor is None:
        return None
    with acting_as(actor):
        moves = expected_moves(actor, days=AHEAD_DAYS, named=False)
        return calendar([(each.stay, each.on) for each in moves], timezone.now())


def calendar(moves: list[tuple[UUID, date]], now: datetime) -> bytes:
    """Whole days of (stay, day): a day is the same day whatever the clocks do."""
    made = Calendar()
    made.add("prodid", "-//Alongside//Moves//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    seen: dict[UUID, int] = {}
    for stay, on in moves:
        seen[stay] = seen.get(stay, 0) + 1
        event = Event()
        # No id of hers or of her stay leaves: only what follows from it one way.
        event.add("uid", str(uuid5(UUID(bytes=hashlib.sha256(stay.bytes).digest()[:16]), f"{seen[stay]}")))
        event.add("dtstamp", now)
        event.add("dtstart", on)
        event.add("dtend", on + timedelta(days=1))
        event.add("summary", TITLE)
        event.add("class", "CONFIDENTIAL")
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())
