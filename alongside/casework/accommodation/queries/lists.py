"""A waiting list: who stands where and why, in words; and one woman's place with everything that happened to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.utils import timezone

from alongside.casework.accommodation.codes import BlockedBy, Need, Source, Step, WaitingEnd, WaitingStep
from alongside.casework.accommodation.models import Blocked, Unit, Waiting, WaitingEvent
from alongside.casework.accommodation.queries.board import bed_name
from alongside.casework.accommodation.queries.houses import order_of, own_unit
from alongside.casework.accommodation.queries.naming import UNKNOWN, called_by
from alongside.casework.accommodation.rules import LONDON, SOON, Waits, days_waiting, nights, why_here
from alongside.casework.referrals import queries as sent
from alongside.casework.referrals.queries import ReferralRow, TakenHer
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.register.agencies.queries import names_of

SIZE = 50


@dataclass(frozen=True, slots=True)
class ListRow:
    """Place `number` on the list. `needs` in words."""

    number: int
    waiting: UUID
    record: UUID
    who: str
    days: int
    needs: tuple[str, ...]
    why: str
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """Whom the house's service took by referral and who is not on its list yet."""

    referral: UUID
    number: str
    who: str
    sender: str
    accepted_on: date | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A bed whose woman is ready to move and can't, and who would have it tonight: the next on the list, or nobody."""

    bed: str
    why: str
    nights: int
    who: str


@dataclass(frozen=True, slots=True)
class WaitingList:
    unit: UUID
    name: str
    order: tuple[str, ...]
    rows: tuple[ListRow, ...]
    page: int
    last_page: int
    total: int
    accepted: tuple[Accepted, ...]
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class PlaceEvent:
    what: str
    at: datetime
    by: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One woman's place. `number` and `why` are empty once she waits no more; `ended` says how that came."""

    waiting: UUID
    record: UUID
    who: str
    unit: UUID
    unit_name: str
    source: str
    joined: datetime
    bed_due: datetime | None
    needs: tuple[Need, ...]
    leaves_on: date | None
    number: int
    of: int
    why: str
    ended: str
    log: tuple[PlaceEvent, ...]
    referral: ReferralRow | None


def waiting_list(actor: Actor, unit: UUID, page: int = 1, size: int = SIZE) -> WaitingList:
    """One page of a house's list in its stated order. Raises NotFound."""
    row = own_unit(actor, unit)
    order = order_of(actor, [unit])[unit]
    total = on_list(actor, unit).count()
    last = max(1, -(-total // size))
    page = min(max(1, page), last)
    first = (page - 1) * size
    # One more in front: why she stands where she does is told by the one before her.
    ordered, records = standing(actor, unit, order, max(0, first - 1), first + size)
    shown = range(min(1, first), len(ordered))
    today = timezone.localdate()
    called = called_by(actor, [records[ordered[place].id] for place in shown])
    rows = tuple(
        ListRow(
            first + place + (0 if first else 1),
            her.id,
            records[her.id],
            called.get(records[her.id], UNKNOWN),
            days_waiting(her, today),
            words_of(her.needs),
            why_here(place, ordered, order, today),
            her.is_emergency,
        )
        for place in shown
        for her in [ordered[place]]
    )
    words = tuple(each.words for each in order)
    kept = _kept(actor, unit, [row.who for row in rows]) if page == 1 else ()
    return WaitingList(unit, row.name, words, rows, page, last, total, _accepted(actor, row), kept)


def _kept(actor: Actor, unit: UUID, first: list[str]) -> tuple[Kept, ...]:
    """Whom each blocked bed keeps waiting: the longest blocked keeps the first on the list, and so on."""
    rows = Blocked.objects.visible_to(actor).filter(unit_id=unit, ends=None).select_related("stay__bed")
    today = timezone.localdate()
    return tuple(
        Kept(
            bed_name(row.stay.bed),
            f"Ready for: {Step(row.to_step).words.lower()}. {BlockedBy(row.reason).words}",
            nights(row.begins, None, timezone.localdate(row.begins), today),
            first[number] if number < len(first) else "",
        )
        for number, row in enumerate(rows.order_by("begins", "id"))
    )


def not_listed(actor: Actor, unit: Unit) -> list[TakenHer]:
    """Accepted for this house's service, and neither on a list of the agency for it nor in one of its beds."""
    if unit.service_id is None or actor.reach == "coordinator":
        return []
    took = sent.taken(actor, [unit.service_id])
    if not took:
        return []
    ids = [each.row.id for each in took]
    listed = set(Waiting.objects.visible_to(actor).filter(referral__in=ids).values_list("referral", flat=True))
    return [each for each in took if each.row.id not in listed]


def _accepted(actor: Actor, unit: Unit) -> tuple[Accepted, ...]:
    took = not_listed(actor, unit)
    called = called_by(actor, [each.record for each in took])
    return tuple(
        Accepted(
            each.row.id,
            each.row.number,
            called.get(each.record, UNKNOWN),
            each.row.agency_name,
            each.row.clocks.decided,
        )
        for each in took
    )


def on_list(actor: Actor, unit: UUID) -> QuerySet[Waiting]:
    rows: QuerySet[Waiting] = Waiting.objects.visible_to(actor).filter(unit_id=unit, ended_at=None)
    return rows


def standing(
    actor: Actor, unit: UUID, order: Sequence[Need], first: int = 0, until: int | None = None
) -> tuple[list[Waits], dict[UUID, UUID]]:
    """The places [first, until) of a list in its order, and the record behind each.

    A long list is ordered where it lies: what `rules.place_key` says, in the words of the database; a test holds the
    two together.
    """
    rows = on_list(actor, unit).order_by(*_keys(order, timezone.localdate()))[first:until]
    women, records = [], {}
    for pk, record, joined, needs, leaves_on, due in rows.values_list(
        "pk", "record_id", "joined_at", "needs", "leaves_on", "bed_due"
    ):
        women.append(Waits(pk, joined, frozenset(needs), leaves_on, due is not None))
        records[pk] = record
    return women, records


def _keys(order: Sequence[Need], today: date) -> Iterator[Case | str]:
    yield _first(Q(bed_due__isnull=False))
    for need in order:
        soon = Q(leaves_on=None) | Q(leaves_on__lte=today + SOON) if need == Need.LEAVING else Q()
        yield _first(Q(needs__contains=[need.value]) & soon)
    yield from ("joined_at", "id")


def _first(holds: Q) -> Case:
    return Case(When(holds, then=0), default=1, output_field=IntegerField())


def place_page(actor: Actor, waiting: UUID) -> PlacePage:
    """Where she stands, why, and every change. Raises NotFound."""
    row: Waiting = load(actor, Waiting, waiting)
    check(actor, "accommodation.keep_list", row.as_subject())
    number, of, why = _place(actor, row)
    return PlacePage(
        row.pk,
        row.record_id,
        called_by(actor, [row.record_id]).get(row.record_id, UNKNOWN),
        row.unit_id,
        own_unit(actor, row.unit_id).name,
        Source(row.source).words,
        row.joined_at.astimezone(LONDON),
        row.bed_due.astimezone(LONDON) if row.bed_due else None,
        tuple(Need(each) for each in row.needs),
        row.leaves_on,
        number,
        of,
        why,
        WaitingEnd(row.ended_as).words if row.ended_as else "",
        _log(actor, row.pk),
        sent.arrivals(actor, [row.referral]).get(row.referral) if row.referral else None,
    )


def _place(actor: Actor, row: Waiting) -> tuple[int, int, str]:
    if row.ended_at is not None:
        return 0, 0, ""
    order = order_of(actor, [row.unit_id])[row.unit_id]
    ordered, _ = standing(actor, row.unit_id, order)
    place = next(number for number, her in enumerate(ordered) if her.id == row.pk)
    return place + 1, len(ordered), why_here(place, ordered, order, timezone.localdate())


def _log(actor: Actor, waiting: UUID) -> tuple[PlaceEvent, ...]:
    rows = WaitingEvent.objects.visible_to(actor).filter(waiting_id=waiting).order_by("-recorded_at", "-id")
    events = list(rows.values_list("what", "recorded_at", "recorded_by", "needs"))
    by = names_of(each[2] for each in events if each[2])
    return tuple(
        PlaceEvent(WaitingStep(what).words, at.astimezone(LONDON), by.get(who, ""), words_of(needs))
        for what, at, who, needs in events
    )


def words_of(needs: object) -> tuple[str, ...]:
    return tuple(need.words for need in Need if need in needs)  # type: ignore[operator]
