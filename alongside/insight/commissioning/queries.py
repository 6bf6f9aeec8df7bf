"""Plans with what was counted for them, questions with their answers, and returns made elsewhere, ready to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.permissions import Subject, decide
from alongside.insight.commissioning.codes import Aim, Course, Measure
from alongside.insight.commissioning.elsewhere import Fault, Line
from alongside.insight.commissioning.models import Answer, OldReturn, Plan, Question, Target
from alongside.insight.commissioning.rules import Aimed, Counted, course, wanted
from alongside.insight.monitoring.definitions import Definition
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.queries import counted_so_far, definitions_of, frameworks
from alongside.insight.monitoring.released import figures_of, went_out
from alongside.register.agencies.facts import agencies, partnership_name
from alongside.register.agencies.queries import services


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`of`: the service with its agency, or the partnership. `about`: 0 where the plan names no number."""

    id: UUID
    name: str
    of: str
    agency: UUID | None
    funder: str
    framework: str
    framework_name: str
    period: Period
    about: int
    about_source: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target beside what was counted. `count` and `of` are in words where small numbers are hidden; "" unknown."""

    id: UUID
    definition: Definition
    aimed: Aimed
    needed: int | None
    counted: Counted | None
    shown: str
    course: Course


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """`counted_to`: the last day that was counted; `return_id`: the return behind it, for those who may open it."""

    plan: PlanRow
    targets: tuple[TargetRow, ...]
    counted_to: date | None
    return_id: UUID | None
    release_id: UUID | None
    may_set: bool
    may_count: bool
    figures: tuple[tuple[str, str], ...]


def plans(actor: Actor) -> list[PlanRow]:
    """Plans in force, the latest first."""
    check(actor, "commissioning.see")
    rows = Plan.objects.visible_to(actor).filter(ended_at=None).order_by("-since", "name", "id")
    return _plans(actor, rows)


def _plans(actor: Actor, rows: Iterable[Plan]) -> list[PlanRow]:
    assert actor.partnership is not None
    named = {each.id: each.name for each in agencies(actor.partnership)}
    offered = {each.id: each.name for each in services(actor.partnership)}
    sets = {each.key: each.name for each in frameworks()}
    whole = partnership_name(actor.partnership)
    return [
        PlanRow(
            row.pk,
            row.name,
            f"{offered.get(row.service_id, 'a service that has ended')}, {named[row.agency_id]}"
            if row.service_id and row.agency_id
            else whole,
            row.agency_id,
            named.get(row.funder_id, "") if row.funder_id else "",
            row.framework,
            sets.get(row.framework, row.framework),
            Period(row.since, row.until),
            row.about or 0,
            row.about_source,
        )
        for row in rows
    ]


def plan_sheet(actor: Actor, pk: UUID) -> PlanSheet:
    """A plan with its targets. Commissioners see released figures, others what was counted last. Raises NotFound."""
    check(actor, "commissioning.see")
    row: Plan = load(actor, Plan, pk)
    (plan,) = _plans(actor, [row])
    known = definitions_of(row.framework)
    kept = Target.objects.visible_to(actor).filter(plan_id=pk, ended_at=None).order_by("set_at", "id")
    found = _counted(actor, plan)
    today = timezone.localdate()
    targets = [_target(plan, each, known[each.key], found, today) for each in kept if each.key in known]
    order = list(known)
    listed = sorted(targets, key=lambda each: order.index(each.definition.key))
    taken = {each.definition.key for each in listed}
    return PlanSheet(
        plan,
        tuple(listed),
        found.until,
        found.return_id,
        found.release_id,
        decide(actor, "commissioning.set", row.as_subject()).allowed and row.ended_at is None,
        _may_count(actor, plan),
        tuple((key, each.name) for key, each in known.items() if key not in taken),
    )


def _may_count(actor: Actor, plan: PlanRow) -> bool:
    """The counting job counts an agency for its manager and the partnership for its co-ordinator."""
    if not decide(actor, "returns.make").allowed:
        return False
    return plan.agency == (None if "coordinator" in actor.roles else actor.agency)


@dataclass(frozen=True, slots=True)
class _Found:
    """key -> count as a number (None: hidden), its denominator, and both in words."""

    figures: dict[str, tuple[int | None, int | None, str]]
    until: date | None = None
    return_id: UUID | None = None
    release_id: UUID | None = None


def _counted(actor: Actor, plan: PlanRow) -> _Found:
    if decide(actor, "returns.see").allowed:
        sheet = counted_so_far(actor, plan.framework, plan.agency, plan.period)
        if sheet is not None:
            figures = {line.definition.key: line.figure for _, line in sheet.lines()}
            told: dict[str, tuple[int | None, int | None, str]] = {
                key: (each.count, each.of, f"{each.count:,}") for key, each in figures.items()
            }
            return _Found(told, sheet.period.until, return_id=sheet.id)
    if plan.agency is None and decide(actor, "returns.open_releases").allowed:
        released = went_out(actor, plan.framework, plan.period)
        if released is not None:
            lines = [each for _, group in released.figures for each, _, _ in group]
            return _Found(
                {each.key: (_exact(each.count), _exact(each.of), f"{each.count}") for each in lines},
                released.period.until,
                release_id=released.id,
            )
    return _Found({})


def _exact(cell: int | str | None) -> int | None:
    return cell if isinstance(cell, int) else None


def _target(plan: PlanRow, row: Target, definition: Definition, found: _Found, today: date) -> TargetRow:
    aimed = Aimed(Aim(row.aim), Measure(row.measure), row.value)
    count, of, words = found.figures.get(row.key, (None, None, ""))
    needed = wanted(aimed, plan.about or None, of)
    counted = None if count is None else Counted(count, of)
    # Measured against the days that were counted; a period is over once it was counted to its end.
    over = found.until == plan.period.until and today > plan.period.until
    on = today if over else min(found.until or today, today)
    stands = course(aimed, needed, counted, (plan.period.since, plan.period.until), on)
    return TargetRow(row.pk, definition, aimed, needed, counted, words, stands)


# --- questions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnswerRow:
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """`figure`: the name of the figure; `said`: what the release said of it."""

    id: UUID
    release: UUID
    figure: str
    said: str
    words: str
    by: str
    asked_at: datetime
    closed_at: datetime | None
    answers: tuple[AnswerRow, ...]
    may_close: bool
    may_answer: bool


def agenda(actor: Actor) -> list[QuestionRow]:
    """Questions that are open, the oldest first: what the next meeting has before it."""
    check(actor, "commissioning.questions")
    return _questions(actor, Question.objects.visible_to(actor).filter(closed_at=None).order_by("asked_at", "id"))


def closed_questions(actor: Actor) -> list[QuestionRow]:
    """The latest twenty that were closed."""
    check(actor, "commissioning.questions")
    rows = Question.objects.visible_to(actor).exclude(closed_at=None).order_by("-closed_at", "id")
    return _questions(actor, rows[:20])


def question(actor: Actor, pk: UUID) -> QuestionRow:
    """Raises NotFound."""
    check(actor, "commissioning.questions")
    load(actor, Question, pk)
    return _questions(actor, Question.objects.visible_to(actor).filter(pk=pk).order_by("id"))[0]


def unanswered(actor: Actor) -> int:
    """How many open questions have no answer yet."""
    check(actor, "commissioning.questions")
    rows: QuerySet[Question] = Question.objects.visible_to(actor).filter(closed_at=None, answers=None)
    return rows.count()


def _questions(actor: Actor, rows: QuerySet[Question]) -> list[QuestionRow]:
    assert actor.partnership is not None
    asked = list(rows)
    named = {each.id: each.name for each in agencies(actor.partnership)}
    given: dict[UUID, list[AnswerRow]] = {}
    for each in Answer.objects.visible_to(actor).filter(question__in=[row.pk for row in asked]).order_by("answered_at"):
        given.setdefault(each.question_id, []).append(AnswerRow(each.words, named[each.agency_id], each.answered_at))
    figures = figures_of(actor, {row.release_id for row in asked})
    return [
        _question(actor, row, figures.get(row.release_id, {}).get(row.key), named, given.get(row.pk, []))
        for row in asked
    ]


def _question(
    actor: Actor, row: Question, figure: Any, named: dict[UUID, str], answers: list[AnswerRow]
) -> QuestionRow:
    shown, definition = figure if figure else (None, None)
    return QuestionRow(
        row.pk,
        row.release_id,
        definition.name if definition else row.key,
        str(shown.count) if shown else "",
        row.words,
        named[row.agency_id],
        row.asked_at,
        row.closed_at,
        tuple(answers),
        row.closed_at is None and decide(actor, "commissioning.close", row.as_subject()).allowed,
        row.closed_at is None and decide(actor, "commissioning.answer").allowed,
    )


# --- returns made elsewhere --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OldRow:
    id: UUID
    title: str
    period: Period
    handed_in_at: datetime
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    may_throw_away: bool


def old_returns(actor: Actor) -> list[OldRow]:
    """Those that the actor's agency handed in and kept, the latest period first."""
    check(actor, "commissioning.old_returns")
    rows = OldReturn.objects.visible_to(actor).filter(thrown_away_at=None).order_by("-until", "-handed_in_at", "id")
    return [_old(actor, row) for row in rows]


def old_return(actor: Actor, pk: UUID) -> OldRow:
    """Raises NotFound."""
    check(actor, "commissioning.old_returns")
    return _old(actor, load(actor, OldReturn, pk))


def _old(actor: Actor, row: OldReturn) -> OldRow:
    subject: Subject = row.as_subject()
    return OldRow(
        row.pk,
        row.title,
        Period(row.since, row.until),
        row.handed_in_at,
        tuple(Line(**each) for each in row.lines),
        tuple(Fault(**each) for each in row.faults),
        row.thrown_away_at is None and decide(actor, "commissioning.throw_away", subject).allowed,
    )
