"""Nights, the order of a list with its reasons, and the clock."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.casework.accommodation.codes import Need
from alongside.casework.accommodation.rules import (
    DEFAULT_ORDER,
    LONDON,
    EndsBeforeItBegins,
    Waits,
    check_order,
    check_span,
    clock_words,
    in_order,
    minutes_taken,
    nights,
    noon,
    why_here,
)

TODAY = date(2026, 11, 22)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type]


# --- nights ---


def test_a_night_counts_where_she_is_at_midnight():
    assert nights(at(2026, 5, 4, 22), at(2026, 5, 5, 8), date(2026, 5, 1), date(2026, 6, 1)) == 1
    assert nights(at(2026, 5, 5, 0, 30), at(2026, 5, 5, 23, 30), date(2026, 5, 1), date(2026, 6, 1)) == 0
    assert nights(at(2026, 5, 4, 12), None, date(2026, 5, 1), date(2026, 6, 1)) == 28


def test_the_nights_on_which_the_clocks_change_are_one_night_each():
    spring, autumn = date(2026, 3, 28), date(2026, 10, 24)
    for saturday in (spring, autumn):
        whole = nights(noon(saturday), noon(saturday + timedelta(days=2)), saturday, saturday + timedelta(days=2))
        assert whole == 2
    # In winter time she leaves at 23:30 in Greenwich and in London; in summer the same Greenwich hour is past midnight.
    assert nights(noon(spring), datetime(2026, 3, 28, 23, 30, tzinfo=UTC), spring, TODAY) == 0
    assert nights(noon(date(2026, 5, 4)), datetime(2026, 5, 4, 23, 30, tzinfo=UTC), spring, TODAY) == 1


def test_midnight_itself_belongs_to_the_night_that_ends():
    midnight = at(2026, 5, 5)
    assert nights(midnight, at(2026, 5, 5, 9), date(2026, 5, 1), date(2026, 6, 1)) == 1
    assert nights(at(2026, 5, 4, 20), midnight, date(2026, 5, 1), date(2026, 6, 1)) == 0


moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)).map(lambda each: each.replace(tzinfo=UTC))


@given(moments, moments, moments)
def test_cut_anywhere_a_stay_has_the_same_nights(one, two, three):
    begins, cut, ends = sorted((one, two, three))
    since, until = date(2023, 1, 1), date(2028, 1, 1)
    parts = nights(begins, cut, since, until) + nights(cut, ends, since, until)
    assert parts == nights(begins, ends, since, until)


@given(moments, moments, st.dates(date(2024, 1, 1), date(2027, 1, 1)))
def test_cut_by_periods_a_stay_has_the_same_nights(one, two, middle):
    begins, ends = sorted((one, two))
    since, until = date(2023, 1, 1), date(2028, 1, 1)
    parts = nights(begins, ends, since, middle) + nights(begins, ends, middle, until)
    assert parts == nights(begins, ends, since, until) >= 0


def test_an_end_that_is_not_after_the_beginning():
    with pytest.raises(EndsBeforeItBegins):
        check_span(at(2026, 5, 5), at(2026, 5, 5))
    check_span(at(2026, 5, 5), None)


# --- the order ---


def waits(number: int, days: int, *needs: Need, leaves_in: int | None = None, emergency: bool = False) -> Waits:
    leaves = TODAY + timedelta(days=leaves_in) if leaves_in is not None else None
    return Waits(UUID(int=number), noon(TODAY - timedelta(days=days)), frozenset(needs), leaves, emergency)


def test_the_stated_order_is_kept():
    women = [
        waits(1, 90),
        waits(2, 3, Need.READY),
        waits(3, 1, Need.NOWHERE),
        waits(4, 0, emergency=True),
        waits(5, 9, Need.READY),
    ]
    assert [her.id.int for her in in_order(women, DEFAULT_ORDER, TODAY)] == [4, 3, 5, 2, 1]
    assert [her.id.int for her in in_order(women, (Need.READY,), TODAY)] == [4, 5, 2, 1, 3]
    assert [her.id.int for her in in_order(women, (), TODAY)] == [4, 1, 5, 2, 3]


def test_leaving_counts_in_the_last_week_only():
    soon, later = waits(1, 1, Need.LEAVING, leaves_in=7), waits(2, 30, Need.LEAVING, leaves_in=8)
    unknown = waits(3, 2, Need.LEAVING)
    assert [her.id.int for her in in_order([soon, later, unknown], DEFAULT_ORDER, TODAY)] == [3, 1, 2]


def test_why_she_is_where_she_is_in_words():
    ordered = in_order(
        [waits(1, 12, Need.NOWHERE), waits(2, 4, Need.NOWHERE), waits(3, 40), waits(4, 0, emergency=True)],
        DEFAULT_ORDER,
        TODAY,
    )
    said = [why_here(place, ordered, DEFAULT_ORDER, TODAY) for place in range(4)]
    assert said[0] == "Waiting since today; an emergency tonight. First on the list."
    assert said[1] == "Waiting for 12 days; nowhere to sleep tonight. The one before her is an emergency."
    assert said[2] == (
        "Waiting for 4 days; nowhere to sleep tonight. The same holds for the one before her, who has waited longer."
    )
    assert said[3] == "Waiting for 40 days. For the one before her it holds: nowhere to sleep tonight."


needs_of = st.frozensets(st.sampled_from([each.value for each in Need]))
women_of = st.lists(
    st.builds(
        Waits,
        st.uuids(),
        st.integers(0, 400).map(lambda days: noon(TODAY - timedelta(days=days))),
        needs_of,
        st.none() | st.integers(-3, 30).map(lambda days: TODAY + timedelta(days=days)),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda her: her.id,
)
orders = st.lists(st.sampled_from(list(Need)), unique=True)


@given(women_of, orders)
def test_the_order_depends_on_nothing_but_the_rules(women, order):
    ordered = in_order(women, order, TODAY)
    assert ordered == in_order(list(reversed(women)), order, TODAY)
    assert [her.is_emergency for her in ordered] == sorted((her.is_emergency for her in women), reverse=True)


@given(women_of, orders)
def test_a_reason_can_be_said_of_every_place(women, order):
    ordered = in_order(women, order, TODAY)
    for place in range(len(ordered)):
        assert why_here(place, ordered, order, TODAY).endswith(".")


def test_an_order_names_known_needs_once():
    assert check_order(["ready", "nowhere"]) == (Need.READY, Need.NOWHERE)
    with pytest.raises(ValueError, match="once"):
        check_order(["ready", "ready"])
    with pytest.raises(ValueError, match="beauty"):
        check_order(["beauty"])


# --- the clock ---


def test_a_minute_begun_is_a_minute():
    asked = at(2026, 11, 22, 21, 5)
    assert minutes_taken(asked, asked + timedelta(minutes=60)) == 60
    assert minutes_taken(asked, asked + timedelta(minutes=60, seconds=1)) == 61


def test_the_clock_in_words():
    due = at(2026, 11, 22, 22, 5)
    assert clock_words(due, due - timedelta(minutes=35)) == "35 minutes left"
    assert clock_words(due, due + timedelta(minutes=10)) == "10 minutes over"
