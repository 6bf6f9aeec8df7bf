"""Making, keeping and giving pictures."""

from datetime import date

import pytest
import time_machine
from django.db import connections
from django.db.utils import ProgrammingError

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.insight.population import queries
from alongside.insight.population.actions import GivenAlready, give_picture, make_picture
from alongside.insight.population.jobs import keep_up
from alongside.insight.population.models import OutsidePicture, Picture
from alongside.insight.population.outside import is_safe
from alongside.insight.population.periods import Period, quarter_of, year_until
from alongside.insight.population.refusals import NotCompared
from alongside.insight.population.tests.picture_world import compare, count, give
from alongside.register.people.acting import counting_job
from alongside.register.people.actions import make_record
from tests.world import SEEN, build, known

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    world = build(women=40)
    compare(world)
    return world


def seen_by(world, persona, **asked):
    actor = world.actor(persona)
    with acting_as(actor):
        return queries.picture(actor, **asked)


def test_a_picture_counts_the_partnership(world):
    count(world)
    sheet = seen_by(world, "coordinator")
    assert sheet.counted.one("records").count == 40 + 20 + 14
    assert sheet.counted.one("women").count == pytest.approx(40, abs=1)
    assert sheet.period == year_until(SEEN)
    assert sheet.number is None


def test_a_period_of_its_own(world):
    period = Period(date(2020, 1, 1), date(2020, 12, 31))
    usual = count(world)
    make_picture(counting_job(world.partnership.id), period)
    assert seen_by(world, "coordinator", period=period).counted.one("new").count == 0
    again = seen_by(world, "coordinator", period=year_until(SEEN))
    assert again.counted.one("new").count > 0
    assert usual


def test_others_see_nothing_before_it_is_given_and_the_rounded_one_after(world):
    picture = count(world)
    others = ("commissioner", "key_worker", "manager", "hostel_worker", "outreach_worker")
    assert [seen_by(world, persona) for persona in others] == [None] * len(others)
    give(world, picture)
    for persona in others:
        sheet = seen_by(world, persona)
        assert sheet.number == 1
        for line in sheet.counted.lines:
            assert all(is_safe(cell) for cell in (line.count, line.low, line.high, line.of))


@pytest.mark.parametrize("persona", ["contributor", "dp_lead", "system_admin"])
def test_a_given_picture_stays_closed_to_the_rest(world, persona):
    give(world, count(world))
    assert seen_by(world, persona) is None
    with acting_as(world.actor(persona)):
        assert queries.given(world.actor(persona)) == []


def test_a_given_picture_does_not_change(world):
    give(world, count(world))
    before = seen_by(world, "commissioner")
    worker = world.actor("key_worker")
    for woman in range(50, 60):
        with acting_as(worker):
            make_record(worker, known=known("riverside", "van", woman), seen_on=SEEN)
            world.records["van", woman] = _newest(worker)
    compare(world)
    count(world)
    assert seen_by(world, "commissioner") == before
    assert seen_by(world, "coordinator").counted.one("records").count == 84


def _newest(worker):
    from alongside.register.people.models import Record

    return Record.objects.visible_to(worker).order_by("-recorded_at", "-code").values_list("id", flat=True).first()


def test_one_picture_in_a_quarter(world):
    with time_machine.travel("2026-04-10 12:00"):
        assert give(world, count(world)) == 1
    with time_machine.travel("2026-06-30 12:00"), pytest.raises(GivenAlready, match="from 1 July 2026"):
        give(world, count(world))
    with time_machine.travel("2026-07-01 12:00"):
        assert give(world, count(world)) == 2
    actor = world.actor("commissioner")
    with acting_as(actor):
        assert [each.number for each in queries.given(actor)] == [2, 1]
        assert queries.picture(actor, number=1).number == 1


@pytest.mark.parametrize("persona", ["commissioner", "key_worker", "manager", "contributor"])
def test_only_the_coordinator_gives(world, persona):
    picture, actor = count(world), world.actor(persona)
    with acting_as(actor), pytest.raises((NotFound, Denied)):
        give_picture(actor, picture)


def test_another_partnership_neither_sees_nor_gives_it(world):
    other = build("lakeside", women=2)
    picture = count(world)
    give(world, picture)
    assert seen_by(other, "coordinator") is None
    assert seen_by(other, "commissioner") is None
    with acting_as(other.actor("coordinator")), pytest.raises(NotFound):
        give_picture(other.actor("coordinator"), picture)


@pytest.mark.parametrize("job", [Actor(), Actor(job="linkage", reach="linker"), Actor(job="intake", reach="agency")])
def test_only_the_counting_job_counts(world, job):
    actor = Actor(partnership=world.partnership.id, job=job.job, reach=job.reach)
    with pytest.raises(Denied):
        make_picture(actor, year_until(SEEN))


def test_the_second_line_keeps_exact_numbers_from_every_other_role(world):
    """Were the gate's rule forgotten, PostgreSQL would still refuse."""
    count(world)
    for persona in ("commissioner", "key_worker", "contributor"):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(world.actor(persona)):
            list(Picture.objects.unscoped("a test asks the second line"))
    other = build("lakeside", women=2)
    with acting_as(other.actor("coordinator")):
        assert not list(Picture.objects.unscoped("a test asks the second line"))


@pytest.mark.parametrize("change", ["update", "delete"])
def test_no_role_changes_what_was_given(world, change):
    give(world, count(world))
    statement = {
        "update": "UPDATE population_outsidepicture SET number = 9",
        "delete": "DELETE FROM population_outsidepicture",
    }
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(world.actor("coordinator")):
        connections["default"].cursor().execute(statement[change])


def test_before_the_records_were_compared_it_says_so():
    world = build(women=4)
    with pytest.raises(NotCompared, match="not been compared yet"):
        count(world)


def test_a_partnership_without_a_record():
    world = build(women=0)
    count(world)
    assert seen_by(world, "coordinator").counted.one("women").count == 0


class TestKeepingUp:
    def is_up_to_date(self, world):
        with acting_as(world.actor("coordinator")):
            return queries.is_up_to_date(world.actor("coordinator"))

    def test_counts_what_was_never_counted_and_then_nothing(self, world):
        keep_up(0)
        assert self.is_up_to_date(world)
        keep_up(0)
        with acting_as(world.actor("coordinator")):
            assert Picture.objects.visible_to(world.actor("coordinator")).count() == 1

    def test_counts_again_after_another_comparing(self, world):
        count(world)
        compare(world)
        assert not self.is_up_to_date(world)
        keep_up(0)
        assert self.is_up_to_date(world)

    def test_waits_while_records_came_in_that_were_not_compared(self, world):
        count(world)
        worker = world.actor("key_worker")
        with acting_as(worker):
            make_record(worker, known=known("riverside", "van", 60), seen_on=SEEN)
        keep_up(0)
        assert not self.is_up_to_date(world)
        assert seen_by(world, "coordinator").counted.one("records").count == 74


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
    ],
)
def test_quarters(day, first):
    assert quarter_of(day) == first


@pytest.mark.parametrize(
    ("until", "since"),
    [
        (date(2026, 3, 31), date(2025, 4, 1)),
        (date(2024, 2, 28), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 3, 1)),
    ],
)
def test_a_year_until_a_day(until, since):
    assert year_until(until) == Period(since, until)


def test_a_period_that_ends_before_it_begins_is_none():
    with pytest.raises(ValueError, match="ends before it begins"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


def test_given_pictures_are_rows_of_their_own(world):
    """What commissioners read holds no exact number anywhere: it is another table, not a view of the first."""
    give(world, count(world))
    actor = world.actor("commissioner")
    with acting_as(actor):
        row = OutsidePicture.objects.visible_to(actor).get()
    assert "inside" not in {field.name for field in OutsidePicture._meta.local_fields}
    assert all(is_safe(line["count"]) for line in row.outside["lines"])
