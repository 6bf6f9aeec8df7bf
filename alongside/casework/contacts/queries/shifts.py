"""Shifts, their crews and standards, and who is trained."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.casework.contacts.codes import Course, Outcome, OutingKind, Part, Seat
from alongside.casework.contacts.models import Contact, OnShift, Shift, Training, UnnamedContact
from alongside.casework.contacts.rules import standards
from alongside.casework.contacts.rules.standards import Crew, ShiftPlan, Standard
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.queries import names_of
from alongside.register.people.remarks import remark

SOON = timedelta(hours=8)
HANDED_OVER = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class OnBoard:
    worker: UUID
    name: str
    part: Part
    seat: Seat


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift as a rota shows it. `state`: planned, begun, ended or called off. `broken`: standards it would break."""

    id: UUID
    starts: datetime
    ends: datetime
    kind: OutingKind
    route: str
    areas: tuple[UUID, ...]
    joint_with: tuple[UUID, ...]
    crew: tuple[OnBoard, ...]
    state: str
    series: UUID | None
    broken: tuple[Standard, ...]


@dataclass(frozen=True, slots=True)
class ShiftPage:
    """One shift with what came of it. `counts`: met, seen, hoped for and not seen, met without a record."""

    row: ShiftRow
    begun_at: datetime | None
    ended_at: datetime | None
    safety_call_at: datetime | None
    hand_over: str
    counts: tuple[int, int, int, int]
    standards: tuple[tuple[Standard, str], ...]


@dataclass(frozen=True, slots=True)
class TrainingRow:
    worker: UUID
    name: str
    course: Course
    done_on: date
    until: date | None
    in_force: bool


def rota(actor: Actor, since: date, until: date) -> list[ShiftRow]:
    """The agency's shifts that start between two days (both counted), in time."""
    check(actor, "contacts.see")
    return _rows(actor, _between(actor, since, until))


def shifts_to_mend(actor: Actor, days: int) -> list[ShiftRow]:
    """Planned shifts of the agency from today on that would break a standard as they are, in time."""
    today = timezone.localdate()
    ahead = rota(actor, today, today + timedelta(days=days))
    return [row for row in ahead if row.state == "planned" and row.broken]


def _between(actor: Actor, since: date, until: date) -> "QuerySet[Shift]":
    rows: QuerySet[Shift] = Shift.objects.visible_to(actor).filter(
        agency_id=actor.agency, starts__date__gte=since, starts__date__lte=until
    )
    return rows.order_by("starts", "id")


def shifts_read_out(actor: Actor, since: date, until: date) -> list[ShiftRow]:
    """As `rota`, for a program of the agency."""
    check(actor, "contacts.read_out")
    return _rows(actor, _between(actor, since, until))


def current_shift(actor: Actor) -> ShiftRow | None:
    """The shift that the actor is out on: begun, not ended, with her on board or begun by her."""
    return next(iter(_rows(actor, _out(actor)[:1])), None)


def out_on(actor: Actor) -> tuple[UUID, OutingKind] | None:
    """The same in one query: which one, and of what kind."""
    found = _out(actor).values_list("pk", "kind").first()
    return (found[0], OutingKind(found[1])) if found else None


def _out(actor: Actor) -> QuerySet[Shift]:
    check(actor, "contacts.see")
    mine = OnShift.objects.visible_to(actor).filter(worker=actor.user).values("shift_id")
    open_ones = Shift.objects.visible_to(actor).filter(agency_id=actor.agency, ended_at=None, called_off_at=None)
    out: QuerySet[Shift] = open_ones.filter(begun_at__gte=timezone.now() - timedelta(days=1), pk__in=mine)
    return out.order_by("-begun_at", "id")


def shifts_to_begin(actor: Actor) -> list[ShiftRow]:
    """Planned shifts of the agency that may begin now: from eight hours before their start until their end."""
    check(actor, "contacts.see")
    now = timezone.now()
    rows = Shift.objects.visible_to(actor).filter(
        agency_id=actor.agency, begun_at=None, called_off_at=None, starts__lte=now + SOON, ends__gte=now
    )
    return _rows(actor, rows.order_by("starts", "id"))


def shift_page(actor: Actor, shift: UUID) -> ShiftPage:
    """One shift, what came of it and which standards were met. Raises NotFound."""
    check(actor, "contacts.see")
    held: Shift = load(actor, Shift, shift)
    row = _rows(actor, Shift.objects.visible_to(actor).filter(pk=shift).order_by("id"))[0]
    met, seen, not_seen, asked = _outcomes(actor, shift)
    unnamed = UnnamedContact.objects.visible_to(actor).filter(shift=shift, withdrawn_at=None)
    without = unnamed.exclude(outcome=Outcome.NOT_SEEN).count()
    crew = [Crew(each.worker, each.part, each.seat) for each in row.crew]
    on_day = trained(actor, [timezone.localdate(held.starts)])[timezone.localdate(held.starts)]
    return ShiftPage(
        row=row,
        begun_at=held.begun_at,
        ended_at=held.ended_at,
        safety_call_at=held.safety_call_at,
        hand_over=remark(held.agency_id, Place("contacts_shift", held.pk, "hand_over"), held.hand_over),
        counts=(met, seen, not_seen, without),
        standards=tuple(standards.met(row.kind, crew, on_day, (asked, met), held.said)),
    )


@dataclass(frozen=True, slots=True)
class HandOver:
    """What those who were out last wrote for the next ones."""

    shift: UUID
    began: date
    words: str


def handed_over(actor: Actor) -> HandOver | None:
    """Of the agency's latest shift that ended with a note, at most two weeks ago."""
    check(actor, "contacts.see")
    ended = Shift.objects.visible_to(actor).filter(
        agency_id=actor.agency, ended_at__gte=timezone.now() - HANDED_OVER, hand_over__isnull=False
    )
    last = ended.order_by("-ended_at", "id").first()
    if last is None:
        return None
    words = remark(last.agency_id, Place("contacts_shift", last.pk, "hand_over"), last.hand_over)
    return HandOver(last.pk, timezone.localdate(last.begun_at), words)


def _outcomes(actor: Actor, shift: UUID) -> tuple[int, int, int, int]:
    """(met, seen, not seen, asked where she stays of those met) among women with a record."""
    rows = Contact.objects.visible_to(actor).filter(shift=shift, withdrawn_at=None).order_by("id")
    told = list(rows.values_list("outcome", "staying"))
    met = [staying for outcome, staying in told if outcome == Outcome.MET]
    seen = sum(outcome == Outcome.SEEN for outcome, _ in told)
    return len(met), seen, len(told) - len(met) - seen, sum(bool(staying) for staying in met)


def warnings(actor: Actor, plan: ShiftPlan) -> list[Standard]:
    """The standards that a shift so planned would break."""
    check(actor, "contacts.see")
    on = timezone.localdate(plan.starts)
    return standards.broken_by(plan, trained(actor, [on])[on])


def trained(actor: Actor, days: Iterable[date]) -> dict[date, set[UUID]]:
    """Who has outreach training in force on each of some days."""
    rows = Training.objects.visible_to(actor).filter(agency_id=actor.agency, course=Course.OUTREACH).order_by("id")
    held = list(rows.values_list("worker", "done_on", "until"))
    return {day: {worker for worker, done_on, until in held if standards.in_force(done_on, until, day)} for day in days}


def trainings(actor: Actor) -> list[TrainingRow]:
    """Every course of the agency's workers, by worker, the newest first."""
    check(actor, "contacts.see")
    rows = list(Training.objects.visible_to(actor).filter(agency_id=actor.agency).order_by("-done_on", "id"))
    names, today = names_of(row.worker for row in rows), timezone.localdate()
    made = [
        TrainingRow(
            row.worker,
            names.get(row.worker, ""),
            Course(row.course),
            row.done_on,
            row.until,
            standards.in_force(row.done_on, row.until, today),
        )
        for row in rows
    ]
    return sorted(made, key=lambda each: each.name)


def _rows(actor: Actor, found: "QuerySet[Shift]") -> list[ShiftRow]:
    shifts = list(found)
    crews: dict[UUID, list[OnShift]] = defaultdict(list)
    aboard = OnShift.objects.visible_to(actor).filter(shift__in=[shift.pk for shift in shifts])
    for each in aboard.order_by("shift_id", "part", "id"):
        crews[each.shift_id].append(each)
    names = names_of(each.worker for crew in crews.values() for each in crew)
    days = {timezone.localdate(shift.starts) for shift in shifts}
    able = trained(actor, days) if days else {}
    return [_row(shift, crews[shift.pk], names, able[timezone.localdate(shift.starts)]) for shift in shifts]


def _row(shift: Shift, crew: list[OnShift], names: dict[UUID, str], able: set[UUID]) -> ShiftRow:
    board = tuple(OnBoard(each.worker, names.get(each.worker, ""), Part(each.part), Seat(each.seat)) for each in crew)
    plan = ShiftPlan(
        shift.starts, shift.ends, kind=shift.kind, crew=tuple(Crew(each.worker, each.part, each.seat) for each in crew)
    )
    return ShiftRow(
        shift.pk,
        shift.starts,
        shift.ends,
        OutingKind(shift.kind),
        shift.route,
        tuple(shift.areas),
        tuple(shift.joint_with),
        board,
        _state(shift),
        shift.series,
        tuple(standards.broken_by(plan, able)),
    )


def _state(shift: Shift) -> str:
    if shift.called_off_at:
        return "called off"
    if shift.ended_at:
        return "ended"
    return "begun" if shift.begun_at else "planned"
