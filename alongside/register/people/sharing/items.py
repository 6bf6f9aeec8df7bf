"""What follows for forums when what she agreed, or whom she fears, changes: inside the action that changed it."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.register.agencies.forums import list_changed
from alongside.register.people.first_line import in_force
from alongside.register.people.models import Grant, Item


def drop_items(actor: Actor, by: UUID | None) -> None:
    """Items of the actor's agency that no agreement opens any more come off their lists for good."""
    agreed: QuerySet[Grant] = Grant.objects.visible_to(actor).filter(in_force(), agency_id=actor.agency)
    opened = agreed.filter(to_forum_id=OuterRef("forum_id"), record_id=OuterRef("record_id"))
    held = Item.objects.visible_to(actor).filter(agency_id=actor.agency, ended_at=None)
    over = held.filter(~Q(Exists(opened)) | Q(forum__ended_at__isnull=False)).order_by("id")
    items = dict(over.values_list("pk", "forum_id"))
    if items:
        held.filter(pk__in=items).update(ended_at=timezone.now(), ended_by=by)
        list_changed(items.values())


def tell_forums(actor: Actor, record: UUID) -> None:
    """Chairs of the forums on whose lists she is read that something changed: not what, and not of whom."""
    items = Item.objects.visible_to(actor).filter(record_id=record, ended_at=None, until__gte=timezone.localdate())
    list_changed(items.order_by("id").values_list("forum_id", flat=True))
