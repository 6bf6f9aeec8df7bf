"""What is on the shelves."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from alongside.casework.supplies import rules
from alongside.casework.supplies.codes import STOCKED, Item, Why
from alongside.casework.supplies.models import StockMove, StockPlace
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check

LATEST = 20


@dataclass(frozen=True, slots=True)
class Shelf:
    """One place with what it holds. `low`: what to order."""

    id: UUID
    name: str
    stock: tuple[tuple[Item, int], ...]
    low: tuple[Item, ...]
    low_marks: dict[str, int]


@dataclass(frozen=True, slots=True)
class MoveRow:
    on: date
    place: str
    item: Item
    why: Why
    change: int


def shelves(actor: Actor) -> list[Shelf]:
    """The agency's open shelves by name. Two queries, however many there are."""
    check(actor, "supplies.see")
    places = list(StockPlace.objects.visible_to(actor).filter(is_open=True).order_by("name", "id"))
    moves = StockMove.objects.visible_to(actor).filter(place__in=[place.pk for place in places])
    totals: dict[UUID, dict[str, int]] = defaultdict(dict)
    # In no order: turned into a mapping.
    for place, item, total in moves.order_by().values_list("place_id", "item").annotate(total=Sum("change")):
        totals[place][item] = total
    return [_shelf(place, totals[place.pk]) for place in places]


def _shelf(place: StockPlace, held: dict[str, int]) -> Shelf:
    stock = tuple((item, held.get(item.value, 0)) for item in STOCKED if item.value in held)
    return Shelf(place.pk, place.name, stock, tuple(rules.low(held, place.low_marks)), place.low_marks)


def latest_moves(actor: Actor) -> list[MoveRow]:
    """The newest changes of all the agency's shelves."""
    check(actor, "supplies.see")
    rows = StockMove.objects.visible_to(actor).order_by("-recorded_at", "id")
    columns = ("moved_on", "place__name", "item", "why", "change")
    return [
        MoveRow(on, place, Item(item), Why(why), n) for on, place, item, why, n in rows.values_list(*columns)[:LATEST]
    ]
