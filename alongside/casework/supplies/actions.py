"""Everything that changes a stock."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from alongside.casework.supplies import rules
from alongside.casework.supplies.codes import STOCKED, Why
from alongside.casework.supplies.models import StockMove, StockPlace
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import insert_rows
from alongside.foundation.gate.changes import action


class NameTaken(Exception):
    """The agency has a shelf of this name."""

    words = "There is a shelf of this name already. Choose another name."


@action("supplies.keep")
def set_up_shelf(actor: Actor, *, name: str, low_marks: Mapping[str, int] | None = None) -> UUID:
    """A new shelf of the actor's agency. Raises NameTaken, NotThatMany."""
    marks = {item.value: amount for item, amount in rules.checked(low_marks or {}).items()}
    home: dict[str, Any] = {"partnership_id": actor.partnership, "agency_id": actor.agency}
    place = StockPlace(name=name, low_marks=marks, **home)
    try:
        with transaction.atomic():
            place.save(force_insert=True)
    except IntegrityError:
        raise NameTaken(name) from None
    return place.pk


@action("supplies.move", StockPlace)
def mark_low(actor: Actor, *, stockplace: StockPlace, low_marks: Mapping[str, int]) -> None:
    """From which number down each item is to be ordered; an item not named has no mark."""
    stockplace.low_marks = {item.value: amount for item, amount in rules.checked(low_marks).items()}
    stockplace.save(update_fields=["low_marks"])


@action("supplies.move", StockPlace)
def move(
    actor: Actor,
    *,
    stockplace: StockPlace,
    why: Why,
    amounts: Mapping[str, int],
    on: date | None = None,
    contact: UUID | None = None,
) -> None:
    """Record what came in, went out or was counted. With a `contact` the same again changes nothing.

    A shelf may go below nothing: what was given out was given out, and the count is mended later.
    """
    read = rules.checked(amounts, least=0 if why is Why.COUNTED else 1)
    held = _held(actor, stockplace) if why is Why.COUNTED else {}
    if contact is not None:
        done = StockMove.objects.visible_to(actor).filter(contact=contact, why=why).order_by("item")
        read = {
            item: amount for item, amount in read.items() if item.value not in set(done.values_list("item", flat=True))
        }
    rows = [
        (item.value, rules.change(item, why, amount, held.get(item.value, 0)), why.value, contact)
        for item, amount in read.items()
    ]
    every: dict[str, Any] = {
        "partnership": stockplace.partnership_id,
        "agency": stockplace.agency_id,
        "place": stockplace.pk,
        "moved_on": on or timezone.localdate(),
        "recorded_by": actor.user,
    }
    insert_rows(StockMove, ("id", "item", "change", "why", "contact"), [(uuid4(), *row) for row in rows], every=every)


def _held(actor: Actor, place: StockPlace) -> dict[str, int]:
    rows = StockMove.objects.visible_to(actor).filter(place=place, item__in=[item.value for item in STOCKED])
    return dict(rows.order_by().values_list("item").annotate(total=Sum("change")))
