"""Bringing a woman to a forum with which she agreed to share, and taking her off its list."""

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.forums import list_changed
from alongside.register.people.acting import at_work
from alongside.register.people.codes import StandingKind
from alongside.register.people.first_line import in_force, in_force_of
from alongside.register.people.models import Grant, Item, Record
from alongside.register.people.rules import LISTED, check_meeting
from alongside.register.people.sharing.agree import SheHasDied


class NotAgreed(Exception):
    """She is brought to a forum only where she agreed that it may know something."""

    words = "She has not agreed to share with this forum. Talk about it with her first."


class BroughtAlready(Exception):
    """Once to one meeting."""

    words = "She is on the list for that meeting already."


@action("people.bring", Record)
def bring(actor: Actor, *, record: Record, forum: UUID, meets_on: date, until: date | None = None) -> UUID:
    """Those who sit on the forum read what she agreed from now through the day `until` (a week after it).

    Raises NotAgreed, MeetsTooFar, ListedTooLong, BroughtAlready, SheHasDied.
    """
    if record.removed_at is not None:
        raise NotFound("Record")
    if in_force_of(StandingKind.DIED).filter(record=record).exists():
        raise SheHasDied
    agreed = Grant.objects.visible_to(actor).filter(in_force(), agency_id=actor.agency, record=record)
    if not agreed.filter(to_forum_id=forum, to_forum__ended_at=None).exists():
        raise NotAgreed
    last = until or meets_on + LISTED
    check_meeting(meets_on, last, timezone.localdate())
    partnership, agency, by = at_work(actor)
    own = {"partnership_id": partnership, "agency_id": agency, "record_id": record.pk}
    item = Item(id=uuid4(), **own, forum_id=forum, meets_on=meets_on, until=last, brought_by=by)
    try:
        with transaction.atomic():
            Item.objects.bulk_create([item])
    except IntegrityError:
        raise BroughtAlready from None
    list_changed([forum])
    return item.pk


@action("people.bring", Item)
def take_off(actor: Actor, *, item: Item) -> None:
    """She is on the list no more: nobody reads anything by it from the next click on. Raises NotFound."""
    held = Item.objects.visible_to(actor).filter(pk=item.pk, agency_id=actor.agency, ended_at=None)
    if not held.update(ended_at=timezone.now(), ended_by=actor.user):
        raise NotFound("Item")
    list_changed([item.forum_id])
