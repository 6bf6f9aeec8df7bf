"""Days, clocks and what is missing."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from alongside.register.rights.codes import DEFAULT_YEARS, Asker, Kind, Point, Power, RecordClass, Told, YesNo
from alongside.register.rights.rules import (
    POLICE_POINTS,
    Asked,
    clock,
    missing,
    months_after,
    retention_ends,
    review_due,
)

LONDON = ZoneInfo("Europe/London")
WHOLE = Asked(
    asker=Asker.POLICE,
    power=Power.CRIME,
    in_writing=True,
    has_power_words=True,
    has_purpose=True,
    has_necessity=True,
    has_extract=True,
    is_harmed=YesNo.YES,
    points=frozenset(POLICE_POINTS),
    counselling=YesNo.NO,
    told=Told.BEFORE,
    has_told_words=False,
)


def changed(**facts):
    return Asked(**{name: facts.get(name, getattr(WHOLE, name)) for name in WHOLE.__slots__})


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-03-02 10:00", "2026-03-05 00:00"),  # Monday: through Wednesday
        ("2026-03-05 23:59", "2026-03-10 00:00"),  # Thursday night: Friday and Monday
        ("2026-03-07 02:00", "2026-03-11 00:00"),  # Saturday: Monday and Tuesday
        ("2026-03-27 12:00", "2026-04-01 00:00"),  # over the clock change: midnight in summer time
        ("2026-10-23 12:00", "2026-10-28 00:00"),  # and back
        ("2026-12-31 12:00", "2027-01-05 00:00"),
    ],
)
def test_a_review_is_due_after_two_working_days_in_london(opened, due):
    at = datetime.strptime(opened, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)
    assert review_due(at) == datetime.strptime(due, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


def test_the_working_day_is_londons_not_utcs():
    late = datetime(2026, 7, 1, 23, 30, tzinfo=ZoneInfo("UTC"))  # 00:30 on Thursday in London
    assert review_due(late) == datetime(2026, 7, 7, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
        (date(2024, 2, 29), 96, date(2032, 2, 29)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
    ],
)
def test_months_after(day, months, after):
    assert months_after(day, months) == after


def test_an_answer_is_due_in_a_month():
    assert clock(Kind.ACCESS, date(2026, 3, 31)).due == date(2026, 4, 30)
    assert clock(Kind.ACCESS, date(2026, 3, 31), is_extended=True).due == date(2026, 6, 30)


def test_the_clock_stands_until_it_is_known_that_it_is_she():
    asked = date(2026, 3, 10)
    assert clock(Kind.ACCESS, date(2026, 3, 4), identity_asked=asked).due is None
    assert not clock(Kind.ACCESS, date(2026, 3, 4), identity_asked=asked).is_late(date(2027, 1, 1))
    settled = clock(Kind.ACCESS, date(2026, 3, 4), identity_asked=asked, identity_checked=date(2026, 3, 20))
    assert settled.due == date(2026, 4, 20)


def test_a_request_is_late_on_the_day_after():
    due = clock(Kind.ERASURE, date(2026, 3, 4))
    assert not due.is_late(date(2026, 4, 4))
    assert due.is_late(date(2026, 4, 5))


def test_a_complaint_is_acknowledged_within_thirty_days_the_first_included():
    assert clock(Kind.COMPLAINT, date(2026, 3, 1)).acknowledge_by == date(2026, 3, 30)
    assert clock(Kind.ACCESS, date(2026, 3, 1)).acknowledge_by is None


def test_a_whole_request_lacks_nothing():
    assert missing(WHOLE) == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"in_writing": False}, "in writing"),
        ({"power": Power.NONE}, "A law"),
        ({"power": Power.OTHER, "has_power_words": False}, "Which law"),
        ({"power": Power.ORDER, "has_power_words": False}, "The order itself"),
        ({"has_purpose": False}, "What it is for"),
        ({"has_necessity": False}, "necessary"),
        ({"has_extract": False}, "least"),
        ({"told": Told.UNDECIDED}, "Whether she is told"),
        ({"told": Told.NOT}, "Why she is not told"),
        ({"told": Told.AFTER}, "when she will be"),
        ({"counselling": YesNo.NOT_KNOWN}, "counselling"),
        ({"is_harmed": YesNo.NOT_KNOWN}, "harmed"),
        *(({"points": frozenset(POLICE_POINTS) - {point}}, point.words) for point in POLICE_POINTS),
        ({"counselling": YesNo.YES}, Point.PROBATIVE.words),
    ],
)
def test_each_point_that_is_missing_is_named(facts, words):
    found = missing(changed(**facts))
    assert len(found) == 1
    assert words in found[0]


def test_chapter_3a_binds_police_about_someone_harmed_and_not_a_court():
    assert missing(changed(points=frozenset(), is_harmed=YesNo.NO)) == []
    assert missing(changed(points=frozenset(), asker=Asker.COUNCIL)) == []
    assert missing(changed(points=frozenset(), power=Power.ORDER)) == []


def test_counselling_notes_need_more():
    points = frozenset(POLICE_POINTS) | {Point.PROBATIVE}
    assert missing(changed(counselling=YesNo.YES, points=points)) == []


def test_a_record_waits_for_review_from_its_day_and_a_decision_moves_that_on_only():
    last = date(2018, 2, 28)
    assert retention_ends(last, 8) == date(2026, 2, 28)
    assert retention_ends(last, 8, date(2027, 1, 1)) == date(2027, 1, 1)
    assert retention_ends(last, 8, date(2020, 1, 1)) == date(2026, 2, 28)


def test_every_class_has_years_and_an_authority():
    assert set(DEFAULT_YEARS) == set(RecordClass)
    assert all(years > 0 and authority for years, authority in DEFAULT_YEARS.values())
