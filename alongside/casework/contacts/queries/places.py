"""Areas and what contributors told of places."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.casework.contacts.codes import NoticeKind
from alongside.casework.contacts.models import Area, Notice
from alongside.casework.contacts.rules.ground import Point, hexagons_of, outline
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.questions import Question
from alongside.foundation.vault.seal import Place
from alongside.register.people.remarks import remark

LOOKS_BACK = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class AreaRow:
    id: UUID
    name: str
    is_open: bool
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Hexagon:
    """One hexagon of the ground, by the number that it has in its area, from north to south: `Mill Lane 3`."""

    cell: str
    area: UUID
    words: str
    outline: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An open area with a boundary: its outer rings, and its hexagons."""

    id: UUID
    name: str
    rings: tuple[tuple[Point, ...], ...]
    hexagons: tuple[Hexagon, ...]


@dataclass(frozen=True, slots=True)
class NoticeRow:
    kind: NoticeKind
    words: str
    since: date
    until: date


def _areas(actor: Actor) -> QuerySet[Area, Any]:
    rows: QuerySet[Area] = Area.objects.visible_to(actor).order_by("name", "id")
    return rows.values_list("id", "name", "closed_at", "drawn_at")


_every = Question(_areas)
_open = Question(lambda actor: _areas(actor).filter(closed_at=None))
_drawn = Question(
    lambda actor: (
        Area.objects.visible_to(actor)
        .filter(closed_at=None)
        .exclude(boundary=None)
        .order_by("name", "id")
        .values_list("id", "name", "boundary")
    )
)


def areas(actor: Actor, with_closed: bool = False) -> list[AreaRow]:
    """The partnership's areas by name."""
    found = (_every if with_closed else _open)(actor)
    return [AreaRow(pk, name, closed is None, drawn is not None) for pk, name, closed, drawn in found]


def ground(actor: Actor) -> list[Drawn]:
    """The open areas that have a boundary, by name. A hexagon that two of them touch belongs to the first."""
    found, taken = [], set[str]()
    for pk, name, boundary in _drawn(actor):
        cells = [cell for cell in hexagons_of(boundary) if cell not in taken]
        taken.update(cells)
        numbered = (Hexagon(cell, pk, f"{name} {n}", outline(cell)) for n, cell in enumerate(cells, 1))
        rings = tuple(tuple((east, north) for east, north in polygon[0]) for polygon in boundary)
        found.append(Drawn(pk, name, rings, tuple(numbered)))
    return found


def notices(actor: Actor, on: date | None = None) -> list[NoticeRow]:
    """What is in force on a day (today), operations first. Who told it stays out of it."""
    today = on or timezone.localdate()
    rows = Notice.objects.visible_to(actor).filter(since__lte=today, until__gte=today)
    return _told(rows.order_by("-kind", "since", "id"))


def notices_around(actor: Actor) -> list[NoticeRow]:
    """What is in force, to come, or ended in the last twelve weeks; what lasts longest first."""
    check(actor, "contacts.see")
    since = timezone.localdate() - LOOKS_BACK
    return _told(Notice.objects.visible_to(actor).filter(until__gte=since).order_by("-until", "id"))


def _told(rows: "QuerySet[Notice]") -> list[NoticeRow]:
    return [
        NoticeRow(
            NoticeKind(row.kind),
            remark(row.partnership_id, Place("contacts_notice", row.pk, "words"), row.words),
            row.since,
            row.until,
        )
        for row in rows
    ]
