"""What a target means, and where it stands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.commissioning.codes import Aim, Course, Measure
from alongside.insight.commissioning.rules import Aimed, Counted, NoBasis, course, wanted

YEAR = (date(2026, 4, 1), date(2027, 3, 31))
HALF = date(2026, 9, 30)
AFTER = date(2027, 4, 1)


def test_what_a_target_means() -> None:
    assert wanted(Aimed(Aim.AT_LEAST, Measure.COUNT, 40), None, None) == 40
    assert wanted(Aimed(Aim.AT_LEAST, Measure.OF_ABOUT, 20), 110, None) == 22
    assert wanted(Aimed(Aim.AT_LEAST, Measure.OF_ABOUT, 15), 110, None) == 17  # 16.5
    assert wanted(Aimed(Aim.AT_LEAST, Measure.OF_WHOLE, 50), 110, 61) == 31
    assert wanted(Aimed(Aim.AT_LEAST, Measure.OF_WHOLE, 50), 110, None) is None
    with pytest.raises(NoBasis):
        wanted(Aimed(Aim.AT_LEAST, Measure.OF_ABOUT, 20), None, 50)


@pytest.mark.parametrize(
    ("count", "on", "stands"),
    [
        (22, HALF, Course.REACHED),
        (11, HALF, Course.BEHIND),  # 183 of 365 days have passed: 11.03 were due
        (12, HALF, Course.ON_COURSE),
        (0, date(2026, 3, 1), Course.ON_COURSE),
        (21, AFTER, Course.MISSED),
        (22, AFTER, Course.REACHED),
    ],
)
def test_at_least(count: int, on: date, stands: Course) -> None:
    assert course(Aimed(Aim.AT_LEAST, Measure.COUNT, 22), 22, Counted(count, None), YEAR, on) == stands


@pytest.mark.parametrize(
    ("count", "on", "stands"),
    [(8, HALF, Course.ON_COURSE), (9, HALF, Course.OVER), (8, AFTER, Course.REACHED), (9, AFTER, Course.OVER)],
)
def test_at_most(count: int, on: date, stands: Course) -> None:
    assert course(Aimed(Aim.AT_MOST, Measure.COUNT, 8), 8, Counted(count, None), YEAR, on) == stands


def test_nothing_counted_is_unknown() -> None:
    aimed = Aimed(Aim.AT_LEAST, Measure.OF_WHOLE, 50)
    assert course(aimed, None, Counted(3, None), YEAR, HALF) == Course.UNKNOWN
    assert course(aimed, 5, None, YEAR, HALF) == Course.UNKNOWN


@given(st.integers(0, 100), st.integers(0, 500), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_more_is_never_worse(needed: int, count: int, on: date) -> None:
    good = (Course.REACHED, Course.ON_COURSE)
    aimed = Aimed(Aim.AT_LEAST, Measure.COUNT, needed)
    if course(aimed, needed, Counted(count, None), YEAR, on) in good:
        assert course(aimed, needed, Counted(count + 1, None), YEAR, on) in good
