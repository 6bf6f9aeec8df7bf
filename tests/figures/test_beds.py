"""F1, F2, F11 and F12's flats come out of the demo's recorded stays by the product's own counting.

Each test states date, denominator and definition; the numbers are those of the published reports.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from alongside.casework.accommodation import counting
from alongside.casework.accommodation.codes import Step
from alongside.casework.accommodation.facts import Happened, happened
from alongside.config.demo.chapters.beds import two_years_of_beds
from alongside.config.demo.personas import persona, set_up_partnership
from alongside.config.demo.two_years import FIRST_MONTHS, FLAT, HOUSE, LENGTH, SECOND
from alongside.foundation.gate.level import acting_as
from alongside.register.people.facts import counting_job

DAY = timedelta(days=1)


@dataclass
class Told:
    """What the counting job reads, the houses by name, and the day on which the first opened."""

    all: Happened
    units: dict[str, UUID]
    opened: date

    def day(self, number: int) -> date:
        return self.opened + number * DAY


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Told:
    """Built once, counted, and undone."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        try:
            return _told()
        finally:
            transaction.set_rollback(True)


def _told() -> Told:
    partnership = set_up_partnership()
    units = two_years_of_beds(
        persona(partnership, "lantern", "manager"), persona(partnership, "lantern", "hostel_worker")
    )
    job = counting_job(partnership)
    with acting_as(job):
        return Told(happened(job), units, timezone.localdate() - LENGTH * DAY)


def test_f1_where_the_women_of_the_scheme_stand(told: Told) -> None:
    """At the end of its sixth month. Of: women who were ever on the house's list by then, each in one line."""
    scheme = counting.scheme_at(told.all, told.units[HOUSE], told.day(FIRST_MONTHS))
    assert scheme.women == 54
    assert (scheme.referred, scheme.met, scheme.other_source) == (44, 10, 0)
    assert (scheme.waiting, scheme.entered, scheme.elsewhere, scheme.died, scheme.left) == (8, 28, 16, 2, 0)
    lines = (scheme.waiting, scheme.entered, scheme.elsewhere, scheme.died, scheme.left)
    assert sum(lines) == scheme.women


def test_f2_three_months_after_she_first_came(told: Told) -> None:
    """91 days after each woman's first entry. Of: women who first entered in the first six months."""
    after = counting.after_entry(
        told.all, told.units[HOUSE], told.day(FIRST_MONTHS + 120), entered_before=told.day(FIRST_MONTHS)
    )
    assert after.women == 28
    assert after.in_house == 5
    assert (after.second_stage, after.own) == (19, 13)
    assert after.treatment == 3
    assert after.hospital == 5
    assert after.in_house + after.second_stage + after.treatment + after.elsewhere == after.women


def test_f11_women_accommodated_in_a_year(told: Told) -> None:
    """The year until today. Of: women with a stay in any of the agency's houses in it, each once."""
    since, until = told.day(LENGTH - 365), told.day(LENGTH)
    assert len(counting.accommodated(told.all, since, until)) == 39


def test_f11_beds_occupancy_and_silt_up(told: Told) -> None:
    """Beds open on a day; nights slept out of nights in use; nights in which a woman ready to move could not."""
    today, earlier = told.day(LENGTH), told.day(LENGTH - 365)
    house, second = (told.all.of_unit(told.units[name]) for name in (HOUSE, SECOND))
    assert counting.beds_open(house, today) == 10
    assert (counting.beds_open(second, earlier), counting.beds_open(second, today)) == (10, 15)
    nights = counting.occupancy(told.all, earlier, today)
    assert 0.85 < nights.slept / nights.in_use < 1
    silt = {row.unit: row for row in counting.silt_up(told.all, earlier, today)}
    assert sum(row.bed_nights for row in silt.values()) > 500
    assert {step for step, _ in silt[told.units[HOUSE]].by_reason} == {Step.SECOND_STAGE}
    for row in silt.values():
        assert row.bed_nights == sum(row.by_reason.values()) >= row.kept_out


def test_f12_three_flats(told: Told) -> None:
    assert counting.beds_open(told.all.of_unit(told.units[FLAT]), told.day(LENGTH)) == 3


def test_the_figures_move_when_an_event_is_left_out(told: Told) -> None:
    """They are counted: without the stays of one woman who entered, every figure that she is in is one less."""
    house = told.units[HOUSE]
    gone = next(stay.woman for stay in told.all.stays if stay.unit == house)
    less = Happened(
        told.all.units,
        told.all.beds,
        tuple(stay for stay in told.all.stays if stay.woman != gone),
        told.all.voids,
        told.all.aways,
        told.all.blocked,
        tuple(wait for wait in told.all.waits if wait.woman != gone),
    )
    day = told.day(FIRST_MONTHS)
    assert counting.scheme_at(less, house, day).women == 53
    assert counting.scheme_at(less, house, day).entered == 27
    assert counting.after_entry(less, house, told.day(FIRST_MONTHS + 120), entered_before=day).women == 27
