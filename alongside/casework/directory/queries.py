"""What is open now, later today and in the week."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from alongside.casework.directory import rules
from alongside.casework.directory.codes import Offers
from alongside.casework.directory.models import OpenPlace
from alongside.casework.directory.rules import Span
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.agencies.facts import agencies


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place. `closes`, `opens`: by the clock on the wall; None while it is closed, or where it never closes."""

    id: UUID
    name: str
    agency: str
    is_own: bool
    offers: tuple[Offers, ...]
    where: str
    phone: str
    about: str
    always: bool
    spans: tuple[Span, ...]
    closes: datetime | None
    opens: datetime | None
    looked_over: date

    @property
    def is_open(self) -> bool:
        return self.always or self.closes is not None

    def hours(self) -> list[str]:
        return ["Day and night"] if self.always else rules.week(self.spans)


def what_is_open(actor: Actor, now: datetime | None = None) -> list[PlaceRow]:
    """Every place of the partnership: open ones first, then by when they open next."""
    check(actor, "directory.see")
    local = timezone.localtime(now).replace(tzinfo=None)
    places = list(OpenPlace.objects.visible_to(actor).filter(closed_at=None).order_by("name", "id"))
    named = {each.id: each.name for each in agencies(actor.partnership)} if actor.partnership else {}
    rows = [_row(actor, place, named.get(place.agency_id, ""), local) for place in places]
    return sorted(rows, key=lambda row: (not row.is_open, row.opens or datetime.max, row.name))


def place(actor: Actor, id: UUID) -> PlaceRow | None:
    """A place of the actor's own agency."""
    return next((row for row in what_is_open(actor) if row.id == id and row.is_own), None)


def _row(actor: Actor, place: OpenPlace, agency: str, now: datetime) -> PlaceRow:
    spans = [Span.kept(each) for each in place.hours]
    closes = None if place.always else rules.closes_at(spans, now)
    return PlaceRow(
        place.pk,
        place.name,
        agency,
        place.agency_id == actor.agency,
        tuple(Offers(each) for each in place.offers),
        place.where,
        place.phone,
        place.about,
        place.always,
        tuple(spans),
        closes,
        None if place.always or closes else rules.opens_next(spans, now),
        timezone.localdate(place.looked_over_at),
    )
