"""A worker's secret address of the expected moves of her agency's houses."""

import secrets
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation.models import MovesFeed
from alongside.casework.accommodation.queries.feed import digest_of
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.queries import own_membership


@action("accommodation.work")
def make_feed(actor: Actor) -> str:
    """A new key, told this once; the one before it stops working."""
    membership = own_membership(actor)
    if membership is None:
        raise NotFound("Membership")
    _end(actor, membership)
    key = secrets.token_urlsafe(32)
    MovesFeed.objects.create(membership_id=membership, digest=digest_of(key), made_by=actor.user)
    return key


@action("accommodation.work")
def end_feed(actor: Actor) -> None:
    """The address stops working with the next look."""
    membership = own_membership(actor)
    if membership is not None:
        _end(actor, membership)


def _end(actor: Actor, membership: UUID) -> None:
    held = MovesFeed.objects.filter(membership_id=membership, ended_at=None)
    held.update(ended_at=timezone.now(), ended_by=actor.user)
