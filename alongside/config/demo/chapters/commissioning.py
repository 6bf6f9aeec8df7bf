"""What was agreed with the council, a release with a question about it, and an old return that does not fit."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.config.demo.personas import agency_of, persona
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.insight.commissioning.actions import Agreed, answer, ask, keep_old_return, set_plan, set_target
from alongside.insight.commissioning.areas import Printed, add_area_figure
from alongside.insight.commissioning.codes import Aim, Measure
from alongside.insight.commissioning.elsewhere import faults, read_lines
from alongside.insight.commissioning.reviewing import last_quarters
from alongside.insight.monitoring.actions import Wanted, make_returns
from alongside.insight.monitoring.figures import Period, months_before, quarter_before
from alongside.insight.monitoring.passages import write_passage
from alongside.insight.monitoring.preparing import prepare_release
from alongside.insight.monitoring.queries import returns
from alongside.insight.monitoring.released import figures_of
from alongside.insight.monitoring.releasing import ReleaseRefused, give_release
from alongside.register.agencies.queries import services
from alongside.register.people.facts import counting_job

# A service's year elsewhere, as its report printed it: 55 of 181 is not 31 %.
PRINTED = (
    (1, ("Support level", "Women", "Per cent")),
    (2, ("High", "55", "31%")),
    (3, ("Medium", "26", "14%")),
    (4, ("Low", "100", "55%")),
    (5, ("Total", "181", "")),
)
# What other areas printed of exit over two years, and one over one year: each by its own rule.
SIX_MONTHS = "Known to have been drug free and sex work free for six months."
AREAS = (
    ("exit_strict_new", "East", 6, 24, SIX_MONTHS),
    ("exit_strict_new", "North", 8, 24, "No sex work for six months, whatever she takes."),
    ("exit_strict_new", "South", 5, 24, SIX_MONTHS),
    ("exit_strict_new", "West", 21, 24, "No involvement known in the last three months."),
    ("exit_strict_new", "Hill District", 3, 12, SIX_MONTHS),
)
TARGETS = (
    ("met", Aim.AT_LEAST, Measure.OF_ABOUT, 80),
    ("engaged", Aim.AT_LEAST, Measure.OF_ABOUT, 50),
    ("given_naloxone", Aim.AT_LEAST, Measure.OF_ABOUT, 20),
    ("not_seen", Aim.AT_MOST, Measure.OF_WHOLE, 40),
)


def tell(partnership: UUID, say: Callable[[str], None]) -> None:
    say("Agreeing plans and targets, and asking about a release …")
    year = timezone.localdate().year
    period = Period(date(year, 1, 1), date(year, 12, 31))
    coordinator = persona(partnership, "partnership-office", "coordinator")
    manager = persona(partnership, "lantern", "manager")
    _plans(coordinator, manager, period)
    job = counting_job(partnership)
    so_far = Period(period.since, timezone.localdate())
    wanted = [Wanted("quarterly", whose, so_far) for whose in (None, agency_of("lantern").id)]
    wanted += [Wanted("quarterly", whose, each) for whose in (None, agency_of("lantern").id) for each in _earlier()]
    make_returns(job, wanted)
    _areas(coordinator, job)
    release = _release(coordinator, manager)
    if release is not None:
        _question(persona(partnership, "council", "commissioner"), manager, release)
    with acting_as(manager):
        blocks = read_lines(PRINTED)
        keep_old_return(
            manager,
            title="Annual report, as printed",
            since=date(2004, 4, 1),
            until=date(2005, 3, 31),
            lines=tuple(line for block in blocks for line in block),
            faults=tuple(faults(blocks)),
        )


def _earlier() -> tuple[Period, ...]:
    """The quarters of two years that the chapter of returns did not count."""
    return last_quarters()[:-3]


def _plans(coordinator: Actor, manager: Actor, period: Period) -> None:
    with acting_as(coordinator):
        whole = Agreed("The partnership’s year", "quarterly", period, None, 110, "A police estimate")
        pk = set_plan(coordinator, agreed=whole, service=None)
        for key, aim, measure, value in TARGETS:
            set_target(coordinator, pk, key=key, aim=aim, measure=measure, value=value)
    assert manager.partnership is not None
    hostel = next(each for each in services(manager.partnership, manager.agency) if each.slug == "hostel")
    with acting_as(manager):
        grant = Agreed(f"Housing grant {period.since.year}", "quarterly", period, agency_of("council").id)
        pk = set_plan(manager, agreed=grant, service=hostel.id)
        for key, aim, value in (("accommodated", Aim.AT_LEAST, 30), ("stuck", Aim.AT_MOST, 2)):
            set_target(manager, pk, key=key, aim=aim, measure=Measure.COUNT, value=value)


def _areas(coordinator: Actor, job: Actor) -> None:
    """Exit in the two years to the end of last quarter, and in the last of them, beside what others printed."""
    until = quarter_before(timezone.localdate()).until
    periods = {months: Period(months_before(until, months), until) for months in (24, 12)}
    make_returns(job, [Wanted("exit", None, each) for each in periods.values()])
    with acting_as(coordinator):
        for key, area, count, months, meaning in AREAS:
            source = f"{area}: report on its scheme"
            printed = Printed(key, area, count, None, periods[months], meaning, source)
            add_area_figure(coordinator, printed=printed)


def _release(coordinator: Actor, manager: Actor) -> UUID | None:
    """The latest return of the partnership that can go out without telling of anyone."""
    with acting_as(coordinator):
        whole = [each for each in returns(coordinator) if each.whose == "Riverside Partnership"]
    for each in whole:
        with suppress(ReleaseRefused):
            with acting_as(coordinator):
                release: UUID = prepare_release(coordinator, each.id)
            with acting_as(manager):
                write_passage(manager, release, key="", words="Two rooms were closed for repair in these weeks.")
                give_release(manager, release)
            return release
    return None


def _question(council: Actor, manager: Actor, release: UUID) -> None:
    """One question that was answered and stays on the agenda, and one that waits for its answer."""
    with acting_as(council):
        keys = list(figures_of(council, [release])[release])
        first: UUID = ask(council, release=release, key=keys[0], words="More than we expected. What changed?")
        ask(council, release=release, key=keys[-1], words="Does this count every service, or the houses alone?")
    with acting_as(manager):
        answer(manager, first, words="The second team went out three nights a week from the spring.")
