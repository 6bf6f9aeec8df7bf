"""What waits on the first page: for commissioners what went out and how plans go, for managers what is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import decide
from alongside.foundation.kit.show import day, plural
from alongside.insight.commissioning.codes import Course
from alongside.insight.commissioning.models import Question
from alongside.insight.commissioning.queries import plan_sheet, plans, unanswered
from alongside.insight.commissioning.reviewing import DEFAULT
from alongside.insight.monitoring.checks import WORDS
from alongside.insight.monitoring.figures import Period, quarter_before
from alongside.insight.monitoring.queries import CheckLine, checked
from alongside.insight.monitoring.released import ReleaseRow, releases
from alongside.insight.monitoring.shown import beside, out_of
from alongside.register.agencies.codes import Role

WELL = (Course.REACHED, Course.ON_COURSE)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to know or to do, and the route where it is."""

    words: str
    about: str
    route: str
    args: tuple[UUID, ...] = ()


def due(actor: Actor) -> list[Due]:
    """What is new or due for a commissioner, a manager or the co-ordinator; nothing for others."""
    if Role.COMMISSIONER.value in actor.roles:
        return [*_went_out(actor), *_progress(actor), *_asked(actor)]
    if decide(actor, "commissioning.answer").allowed:
        return [*_return(actor), *_waits(actor), *_to_answer(actor), *_progress(actor)]
    return []


def _between(period: Period) -> str:
    return f"{day(period.since)} to {day(period.until)}"


def _went_out(actor: Actor) -> Iterator[Due]:
    given = [each for each in releases(actor) if each.number]
    for each in given[:2]:
        yield Due(f"Release {each.number}: {each.framework}", _between(each.period), "returns:release", (each.id,))


def _waits(actor: Actor) -> Iterator[Due]:
    waiting: list[ReleaseRow] = [each for each in releases(actor) if each.number is None]
    if waiting:
        said = plural(len(waiting), "release waits", "releases wait")
        yield Due(f"{said} to be let out", "By another person than who prepared it", "returns:releases")


def _progress(actor: Actor) -> Iterator[Due]:
    """The plan in force that comes first: the partnership's for a commissioner and the co-ordinator, else her own."""
    today = timezone.localdate()
    whole = bool(actor.roles & {Role.COMMISSIONER.value, Role.COORDINATOR.value})
    for plan in plans(actor):
        in_force = plan.period.since <= today <= plan.period.until
        if not in_force or (plan.agency is None) != whole:
            continue
        sheet = plan_sheet(actor, plan.id)
        well = sum(each.course in WELL for each in sheet.targets)
        if sheet.targets:
            said = f"{well} of {len(sheet.targets)} targets reached or on course"
            counted = f", counted to {day(sheet.counted_to)}" if sheet.counted_to else ", nothing counted yet"
            yield Due(plan.name, said + counted, "commissioning:plan", (plan.id,))
        return


def _asked(actor: Actor) -> Iterator[Due]:
    rows = Question.objects.visible_to(actor).filter(closed_at=None, agency_id=actor.agency)
    number = rows.count()
    if number:
        open_ones = plural(number, "question of yours is open", "questions of yours are open")
        said = plural(max(number - unanswered(actor), 0), "is answered", "are answered")
        yield Due(open_ones, f"{said}: close what is settled", "commissioning:questions")


def _to_answer(actor: Actor) -> Iterator[Due]:
    number = unanswered(actor)
    if number:
        said = plural(number, "question about figures waits", "questions about figures wait")
        yield Due(f"{said} for an answer", "They stand on the agenda of the next meeting", "commissioning:questions")


def _return(actor: Actor) -> Iterator[Due]:
    """The return of the last quarter: to be counted, or what its checks tell, each with the way to its work list."""
    last = quarter_before(timezone.localdate())
    agency = None if Role.COORDINATOR.value in actor.roles else actor.agency
    found = checked(actor, DEFAULT, agency, last)
    if found is None:
        yield Due("The quarter’s return is due", f"{_between(last)} was not counted yet", "returns:index")
        return
    pk, told = found
    for each in told:
        where = each.check.where if agency else ""
        words = f"{WORDS[each.check.kind]}: {_counted(each)}"
        about = f"{each.line.definition.name}, {_between(last)}. {each.check.todo}"
        yield Due(words, about, where or "returns:return", () if where else (pk,))


def _counted(each: CheckLine) -> str:
    """ "12 of 48 (25%)" with what the 48 are, or "none, beside 48 women met in a year"."""
    return f"none, {beside(each)}" if each.check.beside else out_of(each.line)
