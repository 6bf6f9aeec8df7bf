"""Figures of this partnership beside those of other areas, each with its own definition: set, taken back, read."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action, check
from alongside.foundation.gate.permissions import decide
from alongside.insight.commissioning.actions import Refused
from alongside.insight.commissioning.codes import Measure
from alongside.insight.commissioning.models import AreaFigure, Target
from alongside.insight.monitoring.definitions import Definition
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.queries import known_figures, whole_counts
from alongside.insight.monitoring.released import whole_released
from alongside.register.agencies.facts import partnership_name
from alongside.register.people.acting import at_work

THERE_ALREADY = "This area has a figure of this kind for these days already. Take that one back first."
NOT_A_FIGURE = "There is no such figure. Choose one of the list."
TOO_MANY = "The count is more than what it is counted out of. Look at the source again."


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as another area printed it."""

    key: str
    area: str
    count: int
    of: int | None
    period: Period
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One area's line. `count` None: hidden by the rule of small numbers. `id`: of one that may be taken back."""

    area: str
    count: int | None
    of: int | None
    period: Period
    meaning: str
    source: str
    ours: bool = False
    aim: int | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure over periods of one length: ours first, then the others by name."""

    definition: Definition
    months: int
    lines: tuple[Beside, ...]


@action("commissioning.set_area")
def add_area_figure(actor: Actor, *, printed: Printed) -> UUID:
    """Raises Refused when it stands there already, or is no figure."""
    partnership, _, user = at_work(actor)
    if printed.key not in known_figures():
        raise Refused(NOT_A_FIGURE)
    if printed.of is not None and printed.count > printed.of:
        raise Refused(TOO_MANY)
    row = AreaFigure(
        partnership_id=partnership,
        key=printed.key,
        area=printed.area,
        count=printed.count,
        of=printed.of,
        since=printed.period.since,
        until=printed.period.until,
        meaning=printed.meaning,
        source=printed.source,
        set_by=user,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refused(THERE_ALREADY) from None
    return row.pk


@action("commissioning.change_area", AreaFigure)
def take_back_area_figure(actor: Actor, *, areafigure: AreaFigure) -> None:
    """It stays kept, and stands beside ours no more."""
    if areafigure.ended_at is None:
        areafigure.ended_at, areafigure.ended_by = timezone.now(), actor.user
        areafigure.save(update_fields=["ended_at", "ended_by"])


def months(period: Period) -> int:
    """Its length in months, to the nearest."""
    return max(1, round(((period.until - period.since).days + 1) / 30.44))


def comparisons(actor: Actor) -> list[Comparison]:
    """By figure and length of the period. Ours exactly for the co-ordinator; for others as it was released."""
    check(actor, "commissioning.areas")
    assert actor.partnership is not None
    known = known_figures()
    rows = list(AreaFigure.objects.visible_to(actor).filter(ended_at=None).order_by("area", "until", "id"))
    rows = [row for row in rows if row.key in known]
    may_change = decide(actor, "commissioning.set_area").allowed
    groups: dict[tuple[str, int], list[Beside]] = {}
    for row in rows:
        period = Period(row.since, row.until)
        line = Beside(row.area, row.count, row.of, period, row.meaning, row.source, id=row.pk if may_change else None)
        groups.setdefault((row.key, months(period)), []).append(line)
    ours = _ours(actor, known, {key for key, _ in groups})
    return [
        Comparison(known[key], length, (*([ours[key, length]] if (key, length) in ours else []), *lines))
        for (key, length), lines in sorted(groups.items())
    ]


def _ours(actor: Actor, known: Mapping[str, Definition], keys: set[str]) -> dict[tuple[str, int], Beside]:
    """The latest figure of each kind and length."""
    assert actor.partnership is not None
    exact = decide(actor, "returns.start_release").allowed
    told = whole_counts(actor, keys) if exact else whole_released(actor, keys)
    source = "Counted here" if exact else "Released, to the nearest 5"
    aims = _aims(actor, keys) if keys else {}
    name = partnership_name(actor.partnership)
    found: dict[tuple[str, int], Beside] = {}
    for key, period, count, of in told:
        length = months(period)
        line = Beside(name, count, of, period, known[key].sentence, source, ours=True, aim=aims.get((key, length)))
        found.setdefault((key, length), line)
    return found


def _aims(actor: Actor, keys: set[str]) -> dict[tuple[str, int], int]:
    """Numbers agreed on in plans of the partnership in force, by figure and length of the plan."""
    rows = Target.objects.visible_to(actor).filter(
        key__in=keys, ended_at=None, measure=Measure.COUNT, plan__ended_at=None, plan__agency=None
    )
    told = rows.order_by("set_at", "id").values_list("key", "value", "plan__since", "plan__until")
    return {(key, months(Period(since, until))): value for key, value, since, until in told}
