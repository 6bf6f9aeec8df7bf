"""Lists of forums, worked out for each who sits on one: women whom she may not see are not there, and not counted."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.register.agencies.forums import ForumRow, forums, my_forum
from alongside.register.people.codes import FieldGroup
from alongside.register.people.first_line import in_force, listed
from alongside.register.people.known import Known
from alongside.register.people.matrix import sees_own
from alongside.register.people.models import Grant, Item
from alongside.register.people.queries.sharing import own_record
from alongside.register.people.queries.vault import groups_shared, names


@dataclass(frozen=True, slots=True)
class Listed:
    """A woman on a forum's list, as one who sits on it sees her. `name`: empty where that was not agreed."""

    item: UUID
    record: UUID
    code: str
    holder_name: str
    name: str
    groups: tuple[FieldGroup, ...]
    meets_on: date
    until: date
    is_own: bool


@dataclass(frozen=True, slots=True)
class OnList:
    """A meeting to which a woman is brought, for the agency that holds her record."""

    id: UUID
    forum_name: str
    meets_on: date
    until: date


@dataclass(frozen=True, slots=True)
class Bringing:
    """Of one record: the forums with which she agreed, those with which she did not, and where she is on a list."""

    code: str
    agreed: tuple[ForumRow, ...]
    others: tuple[ForumRow, ...]
    now: tuple[OnList, ...]


def list_of(actor: Actor, forum: UUID) -> tuple[ForumRow, list[Listed]]:
    """A forum on which the actor sits, and its list for her, by meeting day (one trail row for the names).

    Raises NotFound: a forum on which she does not sit is as if there were none.
    """
    check(actor, "people.see_forums")
    row, _ = my_forum(actor, forum)
    items = Item.objects.visible_to(actor).filter(pk__in=listed(actor), forum_id=forum)
    found = list(items.select_related("record", "agency").order_by("meets_on", "record__code"))
    women = [each.record_id for each in found]
    known = names(actor, women) if women else {}
    given = groups_shared(actor, women) if women else {}
    own = {group for group in FieldGroup if sees_own(actor.roles, group)}
    return row, [
        Listed(
            item=each.pk,
            record=each.record_id,
            code=each.record.code,
            holder_name=each.agency.name,
            name=next(iter(known.get(each.record_id, Known()).names), ""),
            groups=_in_order(own if each.agency_id == actor.agency else given.get(each.record_id, set())),
            meets_on=each.meets_on,
            until=each.until,
            is_own=each.agency_id == actor.agency,
        )
        for each in found
    ]


def bringing(actor: Actor, record_id: UUID) -> Bringing:
    """Where a woman of the actor's agency can be brought, and where she is. Raises NotFound."""
    record = own_record(actor, record_id)
    agreed = Grant.objects.visible_to(actor).filter(in_force(), record_id=record_id, agency_id=actor.agency)
    ids = set(agreed.exclude(to_forum=None).order_by("id").values_list("to_forum_id", flat=True))
    every = forums(actor.partnership)
    items = Item.objects.visible_to(actor).filter(record_id=record_id, agency_id=actor.agency, ended_at=None)
    now = items.filter(until__gte=timezone.localdate(), forum__ended_at=None).select_related("forum")
    return Bringing(
        record.code,
        tuple(row for row in every if row.id in ids),
        tuple(row for row in every if row.id not in ids),
        tuple(OnList(row.pk, row.forum.name, row.meets_on, row.until) for row in now.order_by("meets_on", "id")),
    )


def record_of_item(actor: Actor, item_id: UUID) -> UUID:
    """The record of an item that the actor may see. Raises NotFound."""
    record: UUID = load(actor, Item, item_id).record_id
    return record


def _in_order(groups: set[FieldGroup]) -> tuple[FieldGroup, ...]:
    return tuple(group for group in FieldGroup if group in groups)
