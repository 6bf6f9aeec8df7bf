"""Areas, and what contributors tell of places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.casework.contacts.codes import NoticeKind
from alongside.casework.contacts.models import Area, Notice
from alongside.casework.contacts.rules.ground import Boundary
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import insert_rows
from alongside.foundation.gate.changes import action
from alongside.foundation.vault.seal import Place
from alongside.register.people.remarks import sealed_remark


class AreaThere(Exception):
    """The partnership has an area of this name."""

    words = "There is an area of this name already."


class EndsBefore(Exception):
    """A notice that would end before it begins."""

    words = "The last day must not come before the first day."


@action("contacts.keep_areas")
def keep_area(actor: Actor, *, name: str, boundary: Any = None) -> UUID:
    """Name an area of the partnership. Raises AreaThere."""
    assert actor.partnership is not None
    area = Area(partnership_id=actor.partnership, name=name, boundary=boundary, named_by=actor.user)
    try:
        with transaction.atomic():
            area.save(force_insert=True)
    except IntegrityError:
        raise AreaThere(name) from None
    return area.pk


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many areas came into being, and how many that were there have this boundary now."""

    new: int
    changed: int


@action("contacts.keep_areas")
def draw_areas(actor: Actor, *, boundaries: Sequence[Boundary]) -> Drawn:
    """Give areas their boundaries, by name; a name that is not there yet is a new area. All of them or none.

    Areas that no boundary names stay as they are; a closed one stays closed. Raises AreaThere when another worker
    names the same area at this moment.
    """
    assert actor.partnership is not None
    there = {area.name.casefold(): area for area in Area.objects.visible_to(actor).order_by("closed_at", "id")}
    new = [each for each in boundaries if each.name.casefold() not in there]
    try:
        with transaction.atomic():
            for each in boundaries:
                area = there.get(each.name.casefold()) or Area(name=each.name, named_by=actor.user)
                area.partnership_id = actor.partnership
                area.boundary, area.drawn_at, area.drawn_by = each.polygons, timezone.now(), actor.user
                area.save(force_insert=each in new)
    except IntegrityError:
        raise AreaThere from None
    return Drawn(len(new), len(boundaries) - len(new))


@action("contacts.close_area", Area)
def close_area(actor: Actor, *, area: Area) -> None:
    """Offer it no more. What happened there stays there, and a phone may still bring a contact from it."""
    if area.closed_at is None:
        area.closed_at, area.closed_by = timezone.now(), actor.user
        area.save(update_fields=["closed_at", "closed_by"])


@action("contacts.tell")
def tell_of_place(actor: Actor, *, kind: NoticeKind, words: str, since: date, until: date) -> None:
    """Tell those who go out of an operation, or of where women were seen. Nothing is read back. Raises EndsBefore."""
    if until < since:
        raise EndsBefore
    assert actor.partnership is not None
    pk = uuid4()
    sealed = sealed_remark(actor.partnership, Place("contacts_notice", pk, "words"), words)
    every = {"partnership": actor.partnership, "agency": actor.agency, "given_by": actor.user}
    # Whoever gives it has no right to read this table, which the ORM's own insert would need.
    insert_rows(
        Notice, ("id", "kind", "words", "since", "until"), [(pk, kind.value, sealed, since, until)], every=every
    )
