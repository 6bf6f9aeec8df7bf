"""Standards, coverage and the calendar, without a database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Component

from alongside.casework.contacts.rules import coverage as c
from alongside.casework.contacts.rules import standards as s
from alongside.casework.contacts.rules.calendar import Entry, calendar
from alongside.casework.contacts.rules.standards import Crew

A, B, D = UUID(int=1), UUID(int=2), UUID(int=3)
LONDON = ZoneInfo("Europe/London")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026: the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


# --- standards


@pytest.mark.parametrize(
    ("crew", "trained", "kind", "broken"),
    [
        ([Crew(A, "staff", "driver"), Crew(B, "staff", "passenger")], {A, B}, "van", []),
        ([Crew(A, "staff", "driver"), Crew(B, "staff", "passenger")], {A}, "van", ["two_trained"]),
        ([Crew(A, "staff", "driver"), Crew(B, "staff", "back")], {A, B}, "van", ["passenger_seat"]),
        ([Crew(A), Crew(B)], {A, B}, "foot", []),
        ([Crew(A), Crew(B, "volunteer")], {A, B}, "foot", ["two_trained", "volunteers_extra"]),
        ([Crew(A), Crew(B), Crew(D, "volunteer")], {A, B}, "foot", []),
        ([Crew(A, "staff", "driver"), Crew(B, "volunteer", "passenger")], {A, B}, "van",
         ["two_trained", "volunteers_extra", "passenger_seat"]),
        ([], set(), "foot", ["two_trained"]),
    ],
)  # fmt: skip
def test_what_a_crew_breaks(crew: list[Crew], trained: set[UUID], kind: str, broken: list[str]) -> None:
    plan = s.ShiftPlan(at(2, 22), at(3, 3), kind=kind, crew=tuple(crew))
    assert [each.code for each in s.broken_by(plan, trained)] == broken


def test_what_nobody_said_is_not_known_and_what_was_not_asked_does_not_count() -> None:
    met = {standard.code: answer for standard, answer in s.met("foot", [], set(), (0, 0), {})}
    assert met["named_services"] == s.UNKNOWN
    assert "asked_staying" not in met
    met = {standard.code: answer for standard, answer in s.met("foot", [], set(), (2, 3), {"early_and_late": "yes"})}
    assert (met["asked_staying"], met["early_and_late"]) == (s.NO, s.YES)


@pytest.mark.parametrize(("hours", "ok"), [(0, False), (-1, False), (5, True), (24, True), (25, False)])
def test_a_shift_has_a_length(hours: int, ok: bool) -> None:
    plan = s.ShiftPlan(at(2, 22), at(2, 22) + timedelta(hours=hours))
    if ok:
        s.check_plan(plan)
    else:
        with pytest.raises(s.EndsBeforeItBegins):
            s.check_plan(plan)


@pytest.mark.parametrize(
    ("until", "on", "ok"),
    [
        (None, date(2030, 1, 1), True),
        (date(2026, 5, 1), date(2026, 5, 1), True),
        (date(2026, 5, 1), date(2026, 5, 2), False),
        (None, date(2025, 1, 1), False),
    ],
)
def test_training_in_force(until: date | None, on: date, ok: bool) -> None:
    assert s.in_force(date(2026, 1, 1), until, on) is ok


# --- coverage


@pytest.mark.parametrize(
    ("moment", "cell"),
    [
        (at(2, 22), (0, 22)),
        (at(3, 1, 59), (0, 22)),
        (at(3, 2), (0, 2)),
        (at(3, 5, 59), (0, 2)),
        (at(3, 6), (1, 6)),
        (at(3, 17, 59), (1, 14)),
        (at(3, 18), (1, 18)),
        (at(2, 1), (6, 22)),
    ],
)
def test_small_hours_belong_to_the_night_before(moment: datetime, cell: tuple[int, int]) -> None:
    assert c.band_of(moment) == cell


def test_hours_and_contacts_of_a_night() -> None:
    week = c.cells([c.Out(at(2, 21), at(3, 3), (A,))], [c.Met(at(3, 1), A, B), c.Met(at(5, 12), None, None)])
    told = {(cell.day, cell.band): (cell.hours, cell.contacts) for cell in week if cell.hours or cell.contacts}
    assert told == {(0, 18): (1.0, 0), (0, 22): (4.0, 1), (0, 2): (1.0, 0), (3, 10): (0.0, 1)}
    assert len(week) == 42


def test_every_hour_of_a_shift_is_counted_once() -> None:
    shift = c.Out(at(2, 20, 7), at(3, 2, 44), ())
    assert sum(cell.hours for cell in c.cells([shift], [])) == pytest.approx(6 + 37 / 60, abs=0.02)


def test_the_area_longest_without_anybody_is_first() -> None:
    lines = c.by_area([A, B, D], [c.Out(at(2, 22), at(3, 3), (A,)), c.Out(at(9, 22), at(10, 3), (B,))], [])
    assert [(line.area, line.last) for line in lines] == [(D, None), (A, date(2026, 11, 2)), (B, date(2026, 11, 9))]


def test_women_of_an_area_are_counted_once_and_those_without_a_record_each() -> None:
    met = [c.Met(at(2, 22), A, B), c.Met(at(3, 22), A, B), c.Met(at(3, 22), A, None), c.Met(at(4, 22), A, None)]
    (line,) = c.by_area([A], [], met)
    assert (line.contacts, line.women, line.last) == (4, 3, date(2026, 11, 4))


def test_a_woman_of_certain_days() -> None:
    thursdays = [c.Met(at(day, 23), None, A) for day in (5, 12, 19, 26)]
    assert c.certain_days(thursdays, covered={3, 4}) == {A: (3,)}
    assert c.certain_days(thursdays, covered={3}) == {}  # nobody was out on another day
    assert c.certain_days(thursdays[:3], covered={3, 4}) == {}
    after_midnight = [c.Met(at(day, 1), None, A) for day in (6, 13, 20, 27)]
    assert c.certain_days(after_midnight, covered={3, 4}) == {A: (3,)}


def test_the_extra_session_is_where_nobody_was_and_says_why() -> None:
    shifts = [c.Out(at(day, 22), at(day + 1, 2), (A,)) for day in (2, 3, 4, 6, 7, 8)]
    met = [c.Met(at(4, 23), A, None)] * 8
    found = c.suggestion(c.cells(shifts, met), 12)
    assert found is not None
    assert (found.day, found.band) == (3, 22)
    assert found.reason.startswith("Nobody was out on a Thursday from 22:00 to 02:00 in 12 weeks. On other days")
    assert "0.3 contacts an hour" in found.reason


def test_nothing_to_go_by_suggests_nothing() -> None:
    assert c.suggestion(c.cells([], []), 12) is None
    assert c.suggestion(c.cells([c.Out(at(2, 22), at(3, 2), ())], []), 12) is None


def test_where_every_night_is_covered_the_thinnest_that_brings_most() -> None:
    shifts = [c.Out(at(day, 18), at(day + 1, 6), (A,)) for day in range(2, 9)] + [c.Out(at(9, 18), at(10, 6), ())]
    found = c.suggestion(c.cells(shifts, [c.Met(at(5, 23), A, None)]), 4)
    assert found is not None
    assert (found.day, found.band) == (3, 22)


def test_the_way_to_the_drop_in() -> None:
    met = {A: date(2026, 1, 1), B: date(2026, 1, 1), D: date(2026, 1, 1)}
    days = [date(2026, 1, day) for day in (5, 12, 19)]
    told = c.flow(met, {A: days, B: [date(2025, 12, 1), date(2026, 1, 11)]})
    assert (told.met, told.came, told.engaged) == (3, 2, 1)
    assert (told.days_to_come, told.days_to_engage) == (7, 18)


# --- the calendar


def in_london(month: int, day: int, hour: int) -> datetime:
    """A moment by London's clock, as the database gives it back: in UTC."""
    return datetime(2026, month, day, hour, tzinfo=LONDON).astimezone(UTC)


def read_back(*entries: Entry) -> list[Component]:
    return list(Calendar.from_ical(calendar(entries)).walk("VEVENT"))


def test_the_feed_is_as_the_standard_says() -> None:
    night = Entry(A, at(5, 22), at(6, 3), at(1, 9))
    told = calendar([night, Entry(B, at(5, 22), at(6, 3), at(1, 9), cancelled=True)])
    assert b"\n" not in told.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in told.split(b"\r\n"))
    feed = Calendar.from_ical(told)
    assert (feed["version"], feed["method"]) == ("2.0", "PUBLISH")
    first, second = feed.walk("VEVENT")
    assert (first["uid"], first["summary"], first["class"]) == (str(A), "Work", "CONFIDENTIAL")
    assert (first["dtstart"].dt, first["dtend"].dt) == (night.starts, night.ends)
    assert (first["status"], second["status"], second["sequence"]) == ("CONFIRMED", "CANCELLED", 1)


def test_the_feed_keeps_its_hour_when_the_clocks_change() -> None:
    """22:00 to 03:00 on the Saturdays around 25 October 2026, when 02:00 becomes 01:00: that night has six hours."""
    nights = ((10, 17, 10, 18), (10, 24, 10, 25), (10, 31, 11, 1))
    told = read_back(*(Entry(A, in_london(m, d, 22), in_london(n, e, 3), in_london(m, 1, 9)) for m, d, n, e in nights))
    assert [f"{each['dtstart'].dt:%H:%M}-{each['dtend'].dt:%H:%M}" for each in told] == ["22:00-03:00"] * 3
    utc = [each["dtstart"].dt.astimezone(UTC).hour for each in told]
    assert utc == [21, 21, 22]
    lasts = [each["dtend"].dt.astimezone(UTC) - each["dtstart"].dt.astimezone(UTC) for each in told]
    assert [each.total_seconds() / 3600 for each in lasts] == [5, 6, 5]
    night = Entry(A, in_london(10, 24, 22), in_london(10, 25, 3), in_london(10, 1, 9))
    rules = Calendar.from_ical(calendar([night])).walk("VTIMEZONE")
    assert [str(each["tzid"]) for each in rules] == ["Europe/London"]
