"""Planning, beginning and ending shifts, and who is trained for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from alongside.casework.contacts.actions.home import home
from alongside.casework.contacts.codes import Course
from alongside.casework.contacts.models import OnShift, Shift, Training
from alongside.casework.contacts.rules.standards import BY_CODE, Crew, ShiftPlan, check_plan
from alongside.casework.contacts.rules.told import NotYet
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import insert_rows
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.queries import colleagues
from alongside.register.people.remarks import sealed_remark

MOST_WEEKS = 53
USUAL_LENGTH = timedelta(hours=5)


class ShiftOver(Exception):
    """The shift has ended, or was called off."""

    words = "That shift is over already."


class TooManyWeeks(Exception):
    """A repeat of less than one or more than 53 weeks."""

    words = "Repeat a shift for 1 to 53 weeks."


class NotAColleague(Exception):
    """Someone on the crew never worked for this agency."""

    words = "Choose people who work for your agency."


@action("contacts.plan")
def plan_shift(actor: Actor, *, plan: ShiftPlan, weeks: int = 1) -> list[UUID]:
    """Plan a shift, or the same one for so many weeks, at the same hour by the clock on the wall.

    Raises EndsBeforeItBegins, TooManyWeeks, NotAColleague. Broken standards are told by
    `queries.warnings`, never a reason to say no.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise TooManyWeeks
    series = uuid4() if weeks > 1 else None
    return [_make(actor, uuid4(), _in_week(plan, week), series).pk for week in range(weeks)]


def _in_week(plan: ShiftPlan, week: int) -> ShiftPlan:
    """The plan so many weeks later. Local days: 22:00 stays 22:00 when the clocks change."""
    return replace(plan, starts=_later(plan.starts, week), ends=_later(plan.ends, week))


def _later(moment: datetime, weeks: int) -> datetime:
    local = timezone.localtime(moment)
    return timezone.make_aware(local.replace(tzinfo=None) + timedelta(weeks=weeks))


def _shift(actor: Actor, pk: UUID, plan: ShiftPlan, series: UUID | None = None) -> Shift:
    """The row of a plan, not yet written."""
    check_plan(plan)
    assert actor.agency is not None
    shift = Shift(
        id=pk,
        **home(actor),
        starts=plan.starts,
        ends=plan.ends,
        kind=plan.kind,
        route=plan.route,
        areas=list(plan.areas),
        joint_with=list(plan.joint_with),
        series=series,
        planned_by=actor.user,
    )
    shift.hand_over = sealed_remark(actor.agency, Place("contacts_shift", pk, "hand_over"), plan.hand_over)
    return shift


def _check_crews(actor: Actor, plans: Iterable[ShiftPlan]) -> None:
    if not {each.worker for plan in plans for each in plan.crew} <= set(colleagues(actor)):
        raise NotAColleague


def _make(actor: Actor, pk: UUID, plan: ShiftPlan, series: UUID | None = None) -> Shift:
    _check_crews(actor, [plan])
    shift = _shift(actor, pk, plan, series)
    shift.save(force_insert=True)
    for each in plan.crew:
        seat = OnShift(shift=shift, worker=each.worker, part=each.part, seat=each.seat, **home(actor))
        seat.save(force_insert=True)
    return shift


@action("contacts.plan")
def begin_shift(actor: Actor, *, id: UUID, plan: ShiftPlan | None = None, at: datetime | None = None) -> UUID:
    """Begin a planned shift; or, where none has this id, one made from `plan` (by default: now, on her own).

    `at`: when, where it is told later. The same id a second time changes nothing. Raises ShiftOver, NotFound for
    another agency's.
    """
    now = at or timezone.now()
    shift: Shift | None = Shift.objects.visible_to(actor).filter(pk=id).first()
    if shift is None:
        shift = _first(actor, id, plan or _usual(actor, now))
    if shift.ended_at or shift.called_off_at:
        raise ShiftOver
    if shift.begun_at is None:
        shift.begun_at, shift.begun_by = now, actor.user
        shift.save(update_fields=["begun_at", "begun_by"])
    return shift.pk


def _first(actor: Actor, pk: UUID, plan: ShiftPlan) -> Shift:
    try:
        with transaction.atomic():
            return _make(actor, pk, plan)
    except IntegrityError:  # begun from two phones at once, or another agency's
        there: Shift | None = Shift.objects.visible_to(actor).filter(pk=pk).first()
        if there is None:
            raise NotFound("Shift") from None
        return there


def _usual(actor: Actor, now: datetime) -> ShiftPlan:
    crew = (Crew(actor.user),) if actor.user else ()
    return ShiftPlan(now, now + USUAL_LENGTH, kind="foot", crew=crew)


@action("contacts.plan")
def record_past_shifts(
    actor: Actor, *, plans: Sequence[ShiftPlan], said: Mapping[str, str] | None = None
) -> list[UUID]:
    """Shifts that went out, typed in later: begun and ended as they stand. Raises as `plan_shift`, and NotYet."""
    if any(plan.ends > timezone.now() for plan in plans):
        raise NotYet
    _check_crews(actor, plans)
    rows = [(_shift(actor, uuid4(), plan), plan) for plan in plans]
    shared = {"partnership": actor.partnership, "agency": actor.agency, "said": Jsonb(dict(said or {}))}
    shared |= dict.fromkeys(("planned_by", "begun_by", "ended_by"), actor.user)
    insert_rows(Shift, PAST, [_past(shift) for shift, _ in rows], every=shared)
    crew = [(uuid4(), shift.pk, each.worker, each.part, each.seat) for shift, plan in rows for each in plan.crew]
    home_of = {"partnership": actor.partnership, "agency": actor.agency}
    insert_rows(OnShift, ("id", "shift", "worker", "part", "seat"), crew, every=home_of)
    return [shift.pk for shift, _ in rows]


PAST = "id starts ends begun_at ended_at kind route areas joint_with hand_over".split()


def _past(shift: Shift) -> tuple[Any, ...]:
    """A shift that began and ended as planned, in the order of PAST."""
    times = (shift.starts, shift.ends, shift.starts, shift.ends)
    return (shift.pk, *times, shift.kind, shift.route, shift.areas, shift.joint_with, shift.hand_over)


@action("contacts.lead", Shift)
def safety_call(actor: Actor, *, shift: Shift, at: datetime | None = None) -> None:
    """The call that all is well; the latest one counts. `at`: when, where it is told later."""
    if shift.called_off_at or (shift.ended_at and (at is None or at > shift.ended_at)):
        raise ShiftOver
    now = at or timezone.now()
    if shift.safety_call_at is None or shift.safety_call_at < now:
        shift.safety_call_at, shift.safety_call_by = now, actor.user
        shift.save(update_fields=["safety_call_at", "safety_call_by"])


@action("contacts.lead", Shift)
def end_shift(
    actor: Actor,
    *,
    shift: Shift,
    said: Mapping[str, str] | None = None,
    hand_over: str = "",
    at: datetime | None = None,
) -> None:
    """End a shift, with what only those who were there can tell, and a note for the next ones out.

    `said`: code of a standard -> "yes" or "no"; `at`: when, where it is told later. The end stays when it is sent
    again; a later note takes the place of an earlier one. Raises ShiftOver for one that was called off.
    """
    if shift.called_off_at:
        raise ShiftOver
    now = at or timezone.now()
    shift.said = shift.said | {
        code: answer
        for code, answer in (said or {}).items()
        if code in BY_CODE and BY_CODE[code].said and answer in ("yes", "no")
    }
    if hand_over:
        shift.hand_over = sealed_remark(shift.agency_id, Place("contacts_shift", shift.pk, "hand_over"), hand_over)
    if shift.ended_at is None:
        shift.ended_at, shift.ended_by = now, actor.user
        shift.begun_at, shift.begun_by = shift.begun_at or now, shift.begun_by or actor.user
    shift.save()


@action("contacts.lead", Shift)
def call_off(actor: Actor, *, shift: Shift, and_later_ones: bool = False) -> int:
    """Call off a shift that has not begun, and if wanted those after it in its series. Returns how many."""
    if shift.begun_at:
        raise ShiftOver
    rows = Shift.objects.visible_to(actor).filter(begun_at=None, called_off_at=None)
    if and_later_ones and shift.series:
        rows = rows.filter(series=shift.series, starts__gte=shift.starts)
    else:
        rows = rows.filter(pk=shift.pk)
    changed: int = rows.update(called_off_at=timezone.now(), called_off_by=actor.user)
    return changed


@action("contacts.train")
def record_training(actor: Actor, *, worker: UUID, course: Course, done_on: date, until: date | None = None) -> UUID:
    """A course that a colleague did. Raises NotAColleague."""
    if worker not in colleagues(actor):
        raise NotAColleague
    row = Training(
        **home(actor),
        worker=worker,
        course=course,
        done_on=done_on,
        until=until,
        recorded_by=actor.user,
    )
    row.save(force_insert=True)
    return row.pk
