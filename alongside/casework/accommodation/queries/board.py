"""The board of tonight: who is here, who is away, what is free, held or not in use, and who waits."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, IntegerField, Q
from django.utils import timezone

from alongside.casework.accommodation.codes import AwayKind, BedKind, BlockedBy, Step, Takes, UseKind, VoidReason
from alongside.casework.accommodation.models import Away, Bed, BedUse, Blocked, Unit, Waiting
from alongside.casework.accommodation.queries.naming import UNKNOWN, called_by
from alongside.casework.accommodation.rules import LONDON, clock_words
from alongside.foundation.gate.actor import Actor

FREE, HERE, AWAY, HELD, VOID = "Free", "Here", "Away", "Held", "Not in use"


@dataclass(frozen=True, slots=True)
class BedRow:
    """A bed tonight. `use`: what takes it; `who`: her name or code, empty where no woman has it."""

    id: UUID
    name: str
    state: str
    who: str
    since: datetime | None
    until: datetime | None
    note: str
    use: UUID | None
    is_stay: bool
    is_emergency: bool
    record: UUID | None


@dataclass(frozen=True, slots=True)
class Clock:
    """A woman for whom an emergency bed was asked and not given yet."""

    waiting: UUID
    who: str
    due: datetime
    words: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class UnitBoard:
    """One house. `counts`: state -> how many beds."""

    id: UUID
    name: str
    agency: str
    step: str
    step_code: str
    beds: tuple[BedRow, ...]
    counts: dict[str, int]
    waiting: int
    clocks: tuple[Clock, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another agency's house: how many places are free now, and no woman."""

    name: str
    agency: str
    step: str
    step_code: str
    takes: tuple[str, ...]
    places: int
    free: int


@dataclass(frozen=True, slots=True)
class Board:
    units: tuple[UnitBoard, ...]
    elsewhere: tuple[Elsewhere, ...]
    at: datetime


class Places(Func):
    """[places, free now] of a unit, counted by the database for everyone in the partnership."""

    function = "accommodation_places"
    output_field = ArrayField(IntegerField())


def board(actor: Actor, named: bool = True) -> Board:
    """Own houses in full (the co-ordinator: all houses, with codes); others as a number of free places.

    `named` False: no name is opened; `who` is empty.
    """
    now = timezone.now()
    units = list(
        Unit.objects.visible_to(actor)
        .filter(agency__left_at=None)
        .select_related("agency")
        .order_by("agency__name", "recorded_at", "id")
    )
    full = [unit for unit in units if actor.reach == "coordinator" or unit.agency_id == actor.agency]
    others = [unit.pk for unit in units if unit not in full]
    return Board(_full(actor, full, now, named) if full else (), _elsewhere(actor, others) if others else (), now)


def _elsewhere(actor: Actor, ids: list[UUID]) -> tuple[Elsewhere, ...]:
    rows = Unit.objects.visible_to(actor).filter(pk__in=ids).annotate(places=Places(F("pk")))
    return tuple(
        Elsewhere(
            unit.name,
            unit.agency.name,
            Step(unit.step).words,
            unit.step,
            tuple(Takes(each).words for each in unit.takes),
            *unit.places,
        )
        for unit in rows.select_related("agency").order_by("agency__name", "name", "id")
    )


def _full(actor: Actor, units: list[Unit], now: datetime, named: bool) -> tuple[UnitBoard, ...]:
    ids = [unit.pk for unit in units]
    today = now.astimezone(LONDON).date()
    beds = Bed.objects.visible_to(actor).filter(unit__in=ids, opened_on__lte=today).order_by("unit_id", "number")
    standing = Q(begins__lte=now) & (Q(ends=None) | Q(ends__gt=now))
    uses = {use.bed_id: use for use in BedUse.objects.visible_to(actor).filter(standing, unit__in=ids).order_by("id")}
    away = {
        row.stay_id: row for row in Away.objects.visible_to(actor).filter(ends=None, stay__unit__in=ids).order_by("id")
    }
    blocked = {
        row.stay_id: row for row in Blocked.objects.visible_to(actor).filter(ends=None, unit__in=ids).order_by("id")
    }
    asked, waiting = _asked(actor, ids), _how_many(actor, ids)
    wanted = [*(use.record_id for use in uses.values()), *(record for rows in asked.values() for _, record, _ in rows)]
    called = called_by(actor, wanted) if named else {}
    by_unit: dict[UUID, list[BedRow]] = defaultdict(list)
    for bed in beds:
        use = uses.get(bed.pk)
        if use is None or use.void_reason != VoidReason.CLOSED:
            by_unit[bed.unit_id].append(
                _row(bed, use, away.get(use.pk) if use else None, blocked.get(use.pk) if use else None, called)
            )
    return tuple(_unit(unit, by_unit[unit.pk], waiting.get(unit.pk, 0), asked[unit.pk], called, now) for unit in units)


def _asked(actor: Actor, ids: list[UUID]) -> dict[UUID, list[tuple[UUID, UUID, datetime]]]:
    """Emergency beds that were asked for and not given yet, by house."""
    found: dict[UUID, list[tuple[UUID, UUID, datetime]]] = defaultdict(list)
    rows = Waiting.objects.visible_to(actor).filter(unit__in=ids, ended_at=None, bed_due__isnull=False)
    for unit, *her in rows.order_by("joined_at", "id").values_list("unit_id", "pk", "record_id", "bed_due"):
        found[unit].append(tuple(her))
    return found


def _how_many(actor: Actor, ids: list[UUID]) -> dict[UUID, int]:
    """How many wait for each house. A long list is counted where it lies."""
    rows = Waiting.objects.visible_to(actor).filter(unit__in=ids, ended_at=None).order_by().values("unit_id")
    return dict(rows.annotate(many=Count("pk")).order_by("unit_id").values_list("unit_id", "many"))


def _unit(
    unit: Unit,
    beds: list[BedRow],
    waiting: int,
    asked: list[tuple[UUID, UUID, datetime]],
    called: dict[UUID, str],
    now: datetime,
) -> UnitBoard:
    counts = {state: sum(bed.state == state for bed in beds) for state in (FREE, HERE, AWAY, HELD, VOID)}
    clocks = tuple(
        Clock(pk, called.get(record, UNKNOWN), due, clock_words(due, now), due < now) for pk, record, due in asked
    )
    step = Step(unit.step).words
    return UnitBoard(unit.pk, unit.name, unit.agency.name, step, unit.step, tuple(beds), counts, waiting, clocks)


def _row(bed: Bed, use: BedUse | None, away: Away | None, blocked: Blocked | None, called: dict[UUID, str]) -> BedRow:
    who = called.get(use.record_id, UNKNOWN) if use and use.record_id else ""
    state, note = _state(use, away, blocked)
    since = use.begins.astimezone(LONDON) if use else None
    until = use.ends.astimezone(LONDON) if use and use.ends else None
    is_stay = use is not None and use.kind == UseKind.STAY
    return BedRow(
        id=bed.pk,
        name=bed_name(bed),
        state=state,
        who=who,
        since=since,
        until=until,
        note=note,
        use=use.pk if use else None,
        is_stay=is_stay,
        is_emergency=bed.is_emergency,
        record=use.record_id if use else None,
    )


def _state(use: BedUse | None, away: Away | None, blocked: Blocked | None) -> tuple[str, str]:
    if use is None:
        return FREE, ""
    if use.kind == UseKind.HOLD:
        return HELD, ""
    if use.kind == UseKind.VOID:
        return VOID, VoidReason(use.void_reason).words
    if away is not None:
        back = f", expected back {_day(away.back_on)}" if away.back_on else ""
        return AWAY, f"{AwayKind(away.kind).words}{back}"
    if use.leaves_on:
        return HERE, f"Expected to move {_day(use.leaves_on)}"
    if blocked is None:
        return HERE, ""
    return HERE, f"Ready for {Step(blocked.to_step).words.lower()}: {BlockedBy(blocked.reason).words.lower()}"


def bed_name(bed: Bed) -> str:
    return f"{BedKind(bed.kind).words} {bed.number}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
