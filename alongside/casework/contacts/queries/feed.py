"""A worker's own rota for her phone's calendar, by a secret address."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.models import FeedKey, OnShift, Shift
from alongside.casework.contacts.rules.calendar import Entry
from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.queries import actor_of_membership, is_in_force, own_membership

BACK, AHEAD = timedelta(weeks=4), timedelta(weeks=53)


def digest_of(key: str) -> bytes:
    """A key has 256 random bits: one round of a plain hash keeps it."""
    return hashlib.sha256(key.encode()).digest()


def has_feed(actor: Actor) -> bool:
    """Whether the worker has an address in force for the agency for which she acts."""
    return FeedKey.objects.filter(membership_id__in=[own_membership(actor)], ended_at=None).exists()


def feed(key: str) -> list[Entry] | None:
    """The shifts of whoever holds this key, in time; None for a key that is not, or no longer, one."""
    # Whoever is signed in beside it: the key alone says whose rota it is.
    with acting_as(NOBODY):
        rows = FeedKey.objects.filter(digest=digest_of(key), ended_at=None)
        row = rows.values_list("membership_id", flat=True).first()
    actor = actor_of_membership(row) if row and is_in_force(row) else None
    if actor is None:
        return None
    with acting_as(actor):
        return list(_entries(actor, actor.user))


def _entries(actor: Actor, worker: UUID | None) -> list[Entry]:
    now = timezone.now()
    mine = OnShift.objects.visible_to(actor).filter(worker=worker).values("shift_id")
    rows = Shift.objects.visible_to(actor).filter(pk__in=mine, starts__range=(now - BACK, now + AHEAD))
    columns = ("id", "starts", "ends", "planned_at", "called_off_at")
    return [
        Entry(pk, starts, ends, off or planned, cancelled=off is not None)
        for pk, starts, ends, planned, off in rows.order_by("starts", "id").values_list(*columns)
    ]
