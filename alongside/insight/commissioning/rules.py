"""Targets beside what was counted: pure, the day is an argument."""

from dataclasses import dataclass
from datetime import date

from alongside.insight.commissioning.codes import Aim, Course, Measure


class NoBasis(Exception):
    words = "This target is a share of the women that the plan is about: say first how many the plan is about."


@dataclass(frozen=True, slots=True)
class Aimed:
    """A target: `value` is a count, or whole per cent by `measure`."""

    aim: Aim
    measure: Measure
    value: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for it; `of` is the figure's own denominator."""

    count: int
    of: int | None


def wanted(target: Aimed, about: int | None, of: int | None) -> int | None:
    """How many the target means, halves upwards; None where its denominator is not known.

    Raises NoBasis when it is a share of a plan that is about nobody.
    """
    if target.measure == Measure.COUNT:
        return target.value
    if target.measure == Measure.OF_ABOUT and about is None:
        raise NoBasis
    whole = about if target.measure == Measure.OF_ABOUT else of
    return None if whole is None else (2 * target.value * whole + 100) // 200


def course(
    target: Aimed, needed: int | None, counted: Counted | None, period: tuple[date, date], today: date
) -> Course:
    """Where it stands: while the period runs, an aim to reach is measured against the part of it that has passed."""
    if counted is None or needed is None:
        return Course.UNKNOWN
    since, until = period
    if target.aim == Aim.AT_MOST:
        if counted.count > needed:
            return Course.OVER
        return Course.REACHED if today > until else Course.ON_COURSE
    if counted.count >= needed:
        return Course.REACHED
    if today > until:
        return Course.MISSED
    passed = max((today - since).days + 1, 0)
    return Course.ON_COURSE if counted.count * ((until - since).days + 1) >= needed * passed else Course.BEHIND
