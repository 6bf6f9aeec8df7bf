"""Two years of figures, quarter by quarter: what stands on the review page and on its paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.insight.commissioning.codes import Measure
from alongside.insight.commissioning.models import Plan, Target
from alongside.insight.monitoring.definitions import Definition
from alongside.insight.monitoring.figures import Figure, Period, quarter
from alongside.insight.monitoring.queries import by_quarter, definitions_of, frameworks
from alongside.register.agencies.codes import Role
from alongside.register.agencies.facts import agencies, partnership_name

QUARTERS = 8
DEFAULT = "quarterly"


@dataclass(frozen=True, slots=True)
class Told:
    """One figure in one quarter; `low` and `high`: the share's 95 % interval (Wilson), in per cent."""

    figure: Figure
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure over the quarters; None where it was not counted, or by another version. `aim`: a share agreed on."""

    definition: Definition
    out_of: str
    told: tuple[Told | None, ...]
    aim: int | None

    @property
    def is_share(self) -> bool:
        return bool(self.definition.out_of)

    @property
    def says_something(self) -> bool:
        return sum(1 for each in self.told if each and each.figure.count) > 1


@dataclass(frozen=True, slots=True)
class Review:
    whose: str
    framework: str
    framework_name: str
    frameworks: tuple[tuple[str, str], ...]
    quarters: tuple[Period, ...]
    trends: tuple[Trend, ...]

    @property
    def counted(self) -> int:
        """How many of the quarters were counted."""
        return sum(any(trend.told[at] for trend in self.trends) for at in range(len(self.quarters)))

    def trend(self, key: str) -> Trend | None:
        return next((each for each in self.trends if each.definition.key == key), None)


def last_quarters(number: int = QUARTERS) -> tuple[Period, ...]:
    """The quarters up to the one of today, the earliest first."""
    found = [quarter(timezone.localdate())]
    while len(found) < number:
        found.append(quarter(found[-1].since - timedelta(days=1)))
    return tuple(reversed(found))


def review(actor: Actor, framework: str = DEFAULT) -> Review:
    """Two years of the actor's agency, or of the partnership for its co-ordinator."""
    check(actor, "commissioning.review")
    assert actor.partnership is not None
    agency = None if Role.COORDINATOR.value in actor.roles else actor.agency
    known = {each.key: each.name for each in frameworks()}
    chosen = framework if framework in known else DEFAULT
    quarters = last_quarters()
    kept = by_quarter(actor, chosen, agency, quarters)
    aims = _aims(actor, chosen, agency)
    meant = definitions_of(chosen)
    named = {each.id: each.name for each in agencies(actor.partnership)}
    return Review(
        named[agency] if agency else partnership_name(actor.partnership),
        chosen,
        known[chosen],
        tuple(known.items()),
        quarters,
        tuple(_trend(each, meant, quarters, kept, aims.get(key)) for key, each in meant.items()),
    )


def _trend(
    definition: Definition,
    meant: Mapping[str, Definition],
    quarters: Sequence[Period],
    kept: Mapping[Period, Mapping[str, Figure]],
    aim: int | None,
) -> Trend:
    figures = [kept.get(each, {}).get(definition.key) for each in quarters]
    told = tuple(_told(each) if each and each.version == definition.version else None for each in figures)
    whole = meant.get(definition.out_of)
    return Trend(definition, whole.name if whole else definition.out_of, told, aim)


def _told(figure: Figure) -> Told:
    if not figure.of:
        return Told(figure)
    # Loaded when a review is asked for: it doubles what a start of the product takes.
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(figure.count, figure.of, method="wilson")
    return Told(figure, round(100 * float(low), 1), round(100 * float(high), 1))


def _aims(actor: Actor, framework: str, agency: UUID | None) -> dict[str, int]:
    """Shares that plans in force agreed on: those that hold for a quarter as for a year."""
    today = timezone.localdate()
    plans = Plan.objects.visible_to(actor).filter(
        framework=framework, agency_id=agency, ended_at=None, since__lte=today, until__gte=today
    )
    rows: Any = Target.objects.visible_to(actor).filter(plan__in=plans, ended_at=None, measure=Measure.OF_WHOLE)
    return dict(rows.order_by("set_at", "id").values_list("key", "value"))
