"""Agreeing plans and targets; asking, answering and closing; keeping a return made elsewhere."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.insight.commissioning.codes import Aim, Measure
from alongside.insight.commissioning.elsewhere import Fault, Line
from alongside.insight.commissioning.models import Answer, OldReturn, Plan, Question, Target
from alongside.insight.commissioning.rules import NoBasis
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.passages import named
from alongside.insight.monitoring.queries import definitions_of
from alongside.insight.monitoring.released import figures_of
from alongside.register.agencies.queries import service as service_of
from alongside.register.people.acting import at_work


class Refused(Exception):
    """What stands in the way, in words that say what to do."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)


OVERLAPS = (
    "Another plan for the same service, funder and figures covers some of these days. Choose other days, or end that"
    " plan first."
)
ONE_TARGET = "This figure has a target in this plan already. Take that one back first."
NOT_A_FIGURE = "This plan's return does not hold that figure. Choose one of the list."
CLOSED = "This question was closed already."


@dataclass(frozen=True, slots=True)
class Agreed:
    """A plan as it is set. `about`: how many women it is about, by whose word."""

    name: str
    framework: str
    period: Period
    funder: UUID | None = None
    about: int | None = None
    about_source: str = ""


def set_plan(actor: Actor, *, agreed: Agreed, service: UUID | None) -> UUID:
    """A plan of a service, or of the partnership (None). Raises Refused when it overlaps another, NotFound."""
    assert actor.partnership is not None
    agency = None
    if service is not None:
        found = service_of(service, actor.partnership)
        if found is None:
            raise NotFound("Service")
        agency = found.agency
    subject = Subject("Plan", None, actor.partnership, agency)
    made: UUID = _set_plan(actor, subject=subject, agreed=agreed, service=service, agency=agency)
    return made


@action("commissioning.set")
def _set_plan(actor: Actor, *, agreed: Agreed, service: UUID | None, agency: UUID | None) -> UUID:
    partnership, _, user = at_work(actor)
    row = Plan(
        partnership_id=partnership,
        agency_id=agency,
        service_id=service,
        funder_id=agreed.funder,
        name=agreed.name,
        framework=agreed.framework,
        since=agreed.period.since,
        until=agreed.period.until,
        about=agreed.about,
        about_source=agreed.about_source,
        set_by=user,
    )
    _save(row, OVERLAPS)
    return row.pk


def _save(row: Plan | Target, words: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refused(words) from None


@action("commissioning.set", Plan)
def set_target(actor: Actor, *, plan: Plan, key: str, aim: Aim, measure: Measure, value: int) -> UUID:
    """Raises Refused, NoBasis."""
    if key not in definitions_of(plan.framework):
        raise Refused(NOT_A_FIGURE)
    if measure == Measure.OF_ABOUT and plan.about is None:
        raise NoBasis
    row = Target(
        partnership_id=plan.partnership_id,
        agency_id=plan.agency_id,
        plan_id=plan.pk,
        key=key,
        aim=aim,
        measure=measure,
        value=value,
        set_by=at_work(actor)[2],
    )
    _save(row, ONE_TARGET)
    return row.pk


@action("commissioning.set", Target)
def take_back_target(actor: Actor, *, target: Target) -> UUID:
    """It stays kept, and counts no more. Returns its plan."""
    if target.ended_at is None:
        target.ended_at, target.ended_by = timezone.now(), actor.user
        target.save(update_fields=["ended_at", "ended_by"])
    return target.plan_id


@action("commissioning.set", Plan)
def end_plan(actor: Actor, *, plan: Plan) -> None:
    if plan.ended_at is None:
        plan.ended_at, plan.ended_by = timezone.now(), actor.user
        plan.save(update_fields=["ended_at", "ended_by"])


# --- questions ---------------------------------------------------------------------------------------------------


@action("commissioning.ask")
def ask(actor: Actor, *, release: UUID, key: str, words: str) -> UUID:
    """Ask about a figure of a release that went out. Raises NotFound."""
    if key not in figures_of(actor, [release]).get(release, {}):
        raise NotFound("Release")
    partnership, agency, user = at_work(actor)
    row = Question(
        partnership_id=partnership,
        agency_id=agency,
        release_id=release,
        key=key,
        words=words,
        asked_by=user,
    )
    row.save(force_insert=True)
    return row.pk


@action("commissioning.answer", Question)
def answer(actor: Actor, *, question: Question, words: str) -> None:
    """Add an answer. Raises Refused when the question was closed, or where a woman of the agency is named."""
    if question.closed_at is not None:
        raise Refused(CLOSED)
    partnership, agency, user = at_work(actor)
    if told := named(partnership, agency, words):
        raise Refused(f"{told} Say it without the name.")
    Answer(
        partnership_id=partnership,
        agency_id=agency,
        question_id=question.pk,
        words=words,
        answered_by=user,
    ).save(force_insert=True)


@action("commissioning.close", Question)
def close(actor: Actor, *, question: Question) -> None:
    """It leaves the agenda. Raises Refused when it was closed already."""
    if question.closed_at is not None:
        raise Refused(CLOSED)
    question.closed_at, question.closed_by = timezone.now(), actor.user
    question.save(update_fields=["closed_at", "closed_by"])


# --- returns made elsewhere --------------------------------------------------------------------------------------


@action("commissioning.old_returns")
def keep_old_return(
    actor: Actor, *, title: str, since: date, until: date, lines: tuple[Line, ...], faults: tuple[Fault, ...]
) -> UUID:
    """Kept without the file. Raises Refused where a woman of the agency stands in its words."""
    partnership, agency, user = at_work(actor)
    if told := named(partnership, agency, "\n".join((title, *(each.label for each in lines)))):
        raise Refused(f"{told} Nothing was kept: take it out of the return, or out of what it is called.")
    row = OldReturn(
        partnership_id=partnership,
        agency_id=agency,
        title=title,
        since=since,
        until=until,
        lines=[asdict(each) for each in lines],
        faults=[asdict(each) for each in faults],
        handed_in_by=user,
    )
    row.save(force_insert=True)
    return row.pk


@action("commissioning.throw_away", OldReturn)
def throw_away(actor: Actor, *, oldreturn: OldReturn) -> None:
    """What it said is forgotten; that there was one stays."""
    oldreturn.lines, oldreturn.faults, oldreturn.title = [], [], ""
    oldreturn.thrown_away_at, oldreturn.thrown_away_by = timezone.now(), actor.user
    oldreturn.save()
