"""Who will see what about a record of the actor's agency: the words beside sensitive boxes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.forums import sitting_on
from alongside.register.agencies.models import Agency
from alongside.register.people.audience import Audience, Given, GivenForum, KeptOut
from alongside.register.people.codes import FieldGroup
from alongside.register.people.first_line import in_force
from alongside.register.people.models import Exclusion, Grant, Item, Record
from alongside.register.people.queries.sharing import groups_of, own_record
from alongside.register.people.rules import last_day


def audience(actor: Actor, record_id: UUID | None = None) -> Audience:
    """Who will see what about a record of the actor's agency; without one, about a woman whom it is about to record."""
    if record_id is None:
        home = Agency.objects.get(pk=actor.agency)  # type: ignore[misc]
        return Audience(home.pk, home.name)
    own_record(actor, record_id)
    return _audiences(actor, [record_id])[record_id]


def who_will_see(actor: Actor, record_id: UUID | None, group: FieldGroup) -> str:
    """The words beside a sensitive box. Several boxes on a page: ask `audience` once, then `.words(group)`."""
    return audience(actor, record_id).words(group)


def seen_beside(
    actor: Actor, record_id: UUID | None, boxes: Mapping[str, tuple[FieldGroup | None, bool]]
) -> dict[str, str]:
    """Box of a form -> who will see what is typed there, for rooms above.

    `boxes`: the kind of facts (None: whatever every role of the own agency reads), and whether it stays in the own
    agency. Empty for a record that another agency holds: whom that one tells is not ours to know.
    """
    try:
        told = audience(actor, record_id)
    except NotFound:
        return dict.fromkeys(boxes, "")
    return {
        name: told.words_here(group) if stays or group is None else told.words(group)
        for name, (group, stays) in boxes.items()
    }


def seen_of_each(actor: Actor, records: Sequence[UUID], group: FieldGroup) -> dict[UUID, str]:
    """Record -> who will see `group` of her, for a form in which one of several women is chosen. Own records only."""
    own = Record.objects.visible_to(actor).filter(pk__in=records, removed_at=None).order_by("pk")
    ids = list(own.values_list("pk", flat=True))
    return {id: told.words(group) for id, told in _audiences(actor, ids).items()}


def _audiences(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Audience]:
    home = Agency.objects.get(pk=actor.agency)  # type: ignore[misc]
    given = Grant.objects.visible_to(actor).filter(in_force(), record_id__in=ids, agency_id=actor.agency)
    grants = list(given.select_related("to_agency", "to_worker").order_by("to_agency__name", "id"))
    by_forum = _by_forum(actor, [each for each in grants if each.to_forum_id])
    out = Exclusion.objects.visible_to(actor).filter(record_id__in=ids, lifted_at=None).order_by("id")
    kept = list(out.values_list("record_id", "worker_id", "feared_agency_id", "feared_role"))
    return {
        id: Audience(
            home.pk,
            home.name,
            tuple(_given(each) for each in grants if each.record_id == id and each.to_agency_id),
            tuple(KeptOut(*rest) for record, *rest in kept if record == id),
            tuple(each for record, each in by_forum if record == id),
        )
        for id in ids
    }


def _by_forum(actor: Actor, grants: Iterable[Grant]) -> list[tuple[UUID, GivenForum]]:
    """Record and grant, of forums that still meet."""
    to = {(each.record_id, each.to_forum_id): each for each in grants if each.to_forum_id is not None}
    if not to:
        return []
    on_list = Item.objects.visible_to(actor).filter(ended_at=None, until__gte=timezone.localdate())
    rows = on_list.filter(record_id__in=[record for record, _ in to], agency_id=actor.agency).order_by("until", "id")
    until: dict[tuple[UUID, UUID], date] = {
        (record, forum): last for record, forum, last in rows.values_list("record_id", "forum_id", "until")
    }
    return [
        (
            record,
            GivenForum(name, groups_of(each.groups), last_day(each.until_at), seats, until.get((record, forum))),
        )
        for forum, (name, seats) in sitting_on(forum for _, forum in to).items()
        for (record, named), each in to.items()
        if named == forum
    ]


def _given(row: Grant) -> Given:
    assert row.to_agency is not None
    return Given(
        row.to_agency.pk,
        row.to_agency.name,
        groups_of(row.groups),
        last_day(row.until_at),
        row.to_worker_id,
        row.to_worker.name if row.to_worker else "",
    )
