"""A worker's secret address of her own rota."""

import secrets
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.models import FeedKey
from alongside.casework.contacts.queries.feed import digest_of
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.queries import own_membership


@action("contacts.see")
def make_feed(actor: Actor) -> str:
    """A new key, told this once; the one before it stops working."""
    membership = own_membership(actor)
    if membership is None:
        raise NotFound("Membership")
    _end(membership)
    key = secrets.token_urlsafe(32)
    FeedKey.objects.create(membership_id=membership, digest=digest_of(key))
    return key


@action("contacts.see")
def end_feed(actor: Actor) -> None:
    """The address stops working with the next look."""
    membership = own_membership(actor)
    if membership is not None:
        _end(membership)


def _end(membership: UUID) -> None:
    FeedKey.objects.filter(membership_id=membership, ended_at=None).update(ended_at=timezone.now())
