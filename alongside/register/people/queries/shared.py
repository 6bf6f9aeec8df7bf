"""What other agencies share with the actor's: the record's code, who holds it, what kinds of facts, until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.permissions import NotFound
from alongside.register.people.codes import FieldGroup, GrantBasis
from alongside.register.people.first_line import in_force, to_us
from alongside.register.people.known import Known
from alongside.register.people.matrix import sees_shared
from alongside.register.people.models import Grant, Item
from alongside.register.people.queries.vault import names
from alongside.register.people.rules import last_day


@dataclass(frozen=True, slots=True)
class Shared:
    """One woman's record that another agency holds, as far as this actor may see into it."""

    record: UUID
    code: str
    holder: UUID
    holder_name: str
    groups: tuple[FieldGroup, ...]
    since: date
    until: date
    basis: GrantBasis
    forum: str = ""


def shared_with_us(actor: Actor) -> list[Shared]:
    """All of them, the latest first; without the kinds of facts that her role never sees."""
    check(actor, "people.read_shared")
    by_record: dict[UUID, list[Grant]] = {}
    for grant in _to_us(actor):
        by_record.setdefault(grant.record_id, []).append(grant)
    found = (_shared(actor, grants) for grants in by_record.values())
    return [each for each in found if each.groups]


def shared(actor: Actor, record_id: UUID) -> Shared:
    """One of them. Raises NotFound for a record that is not shared with the actor, and for no record alike."""
    check(actor, "people.read_shared")
    grants = list(_to_us(actor).filter(record_id=record_id))
    if not grants or not (found := _shared(actor, grants)).groups:
        raise NotFound("Record")
    return found


def is_shared(actor: Actor, record_id: UUID) -> bool:
    """Whether another agency shares this record with the actor's now."""
    check(actor, "people.read_shared")
    return _to_us(actor).filter(record_id=record_id).exists()


@dataclass(frozen=True, slots=True)
class SharedPage:
    """Her page as the receiver of a grant reads it: what is withheld is not in it."""

    her: Shared
    known: Known
    withheld: tuple[FieldGroup, ...]


def shared_page(actor: Actor, record_id: UUID) -> SharedPage:
    """What another agency shares about her (one trail row for her names). Raises NotFound as `shared` does."""
    her = shared(actor, record_id)
    known = names(actor, [record_id]).get(record_id, Known())
    withheld = tuple(group for group in FieldGroup if group not in her.groups)
    return SharedPage(her, known, withheld)


def _to_us(actor: Actor) -> QuerySet[Grant]:
    rows: QuerySet[Grant] = Grant.objects.visible_to(actor).filter(to_us(actor), in_force(), record__removed_at=None)
    rows = rows.exclude(agency_id=actor.agency)  # type: ignore[misc]
    return rows.select_related("record", "agency", "to_forum").order_by("-given_at", "id")


def _until(actor: Actor, grants: list[Grant]) -> date:
    """The last day on which any of them is open: a forum's no longer than she is on its list."""
    items = Item.objects.visible_to(actor).filter(ended_at=None, record_id=grants[0].record_id)
    listed: dict[UUID, date] = (
        dict(items.order_by("until", "id").values_list("forum_id", "until"))
        if any(grant.to_forum_id for grant in grants)
        else {}
    )
    ends = [(last_day(grant.until_at), grant.to_forum_id) for grant in grants]
    return max(min(end, listed.get(forum, end)) if forum else end for end, forum in ends)


def _shared(actor: Actor, grants: list[Grant]) -> Shared:
    first = grants[0]
    seen = {
        group
        for grant in grants
        for group in map(FieldGroup, grant.groups)
        if grant.to_worker_id or grant.to_forum_id or sees_shared(actor.roles, group)
    }
    return Shared(
        record=first.record_id,
        code=first.record.code,
        holder=first.agency_id,
        holder_name=first.agency.name,
        groups=tuple(group for group in FieldGroup if group in seen),
        since=min(grant.given_at for grant in grants).date(),
        until=_until(actor, grants),
        basis=GrantBasis(first.basis),
        forum=next((grant.to_forum.name for grant in grants if grant.to_forum), ""),
    )
