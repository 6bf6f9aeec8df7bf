"""Adding a place, keeping its hours, closing it for good."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.casework.directory.codes import Offers
from alongside.casework.directory.models import OpenPlace
from alongside.casework.directory.rules import Span
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action


class PlaceThere(Exception):
    """The agency has a place of this name."""

    words = "Your agency has a place of this name already."


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """What is told of a place. `where` empty: a door that must stay secret."""

    name: str
    offers: tuple[Offers, ...]
    where: str = ""
    phone: str = ""
    about: str = ""
    always: bool = False
    spans: Sequence[Span] = ()


@action("directory.add")
def add_place(actor: Actor, *, told: PlaceTold) -> OpenPlace:
    """A place of the actor's own agency. Raises PlaceThere."""
    assert actor.partnership is not None
    assert actor.agency is not None
    row = OpenPlace(partnership_id=actor.partnership, agency_id=actor.agency)
    _write(actor, row, told)
    return row


@action("directory.keep", OpenPlace)
def keep_place(actor: Actor, *, openplace: OpenPlace, told: PlaceTold) -> None:
    """As it is from now on; also the day on which it was looked over. Raises PlaceThere."""
    _write(actor, openplace, told)


@action("directory.keep", OpenPlace)
def close_place(actor: Actor, *, openplace: OpenPlace) -> None:
    """For good. A second time changes nothing."""
    if openplace.closed_at is None:
        openplace.closed_at, openplace.closed_by = timezone.now(), actor.user
        openplace.save(update_fields=["closed_at", "closed_by"])


def _write(actor: Actor, row: OpenPlace, told: PlaceTold) -> None:
    for name in ("name", "where", "phone", "about", "always"):
        setattr(row, name, getattr(told, name))
    row.hours = [span.as_kept() for span in told.spans]
    row.offers = [each.value for each in told.offers]
    row.looked_over_at, row.looked_over_by = timezone.now(), actor.user
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise PlaceThere from None
