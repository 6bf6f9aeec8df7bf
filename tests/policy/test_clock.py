"""Clocks: nights on which they change, a leap day, the end of a year, and a server whose clock is three hours wrong.

Nothing opens early, nothing opens after its end, and days are London's (P15). PostgreSQL's own clock is not moved here:
what ends by it is tested where it ends (`test_sharing.py`), and the earlier of both ends wins. A machine whose clock is
behind would end late: it does not start (`TestTheMachine`).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value, validate_totp_code
from django.urls import reverse

from alongside.casework.contacts import facts
from alongside.casework.contacts.models import Contact
from alongside.config import installation, postgres
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.rows import writing
from alongside.insight.population.periods import quarter_of, year_until
from alongside.office.accounts import proof, session_life
from alongside.office.tests.test_limits import browser
from alongside.register.people import queries, rules
from alongside.register.people.acting import counting_job
from alongside.register.people.actions import give_grant
from alongside.register.people.codes import FieldGroup
from alongside.register.rights import granting
from tests.world import World, build, canaries

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
WRONG = timedelta(hours=3)
NIGHTS = {
    "clocks go forward": date(2027, 3, 28),
    "clocks go back": date(2027, 10, 31),
    "leap day": date(2028, 2, 29),
    "day before a leap day": date(2028, 2, 28),
    "end of the year": date(2027, 12, 31),
    "summer": date(2027, 7, 1),
}
HER = ("van", 1)


def coming(month: int, day: int) -> date:
    """That day of this year or the next, at least a week away: agreements end within a year of PostgreSQL's today."""
    soon = date.today() + timedelta(days=7)
    found = date(soon.year, month, day)
    return found if found >= soon else date(soon.year + 1, month, day)


def last_sunday(month: int) -> date:
    day = coming(month, 31)
    return day - timedelta(days=day.isoweekday() % 7)


COMING = {
    "clocks go forward": last_sunday(3),
    "clocks go back": last_sunday(10),
    "end of February": coming(2, 28),
    "end of the year": coming(12, 31),
    "summer": coming(7, 1),
}


@pytest.fixture
def world() -> World:
    return build(women=2)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with time_machine.travel(moment, tick=False):
        yield


def midnight_after(day: date) -> datetime:
    """The first moment of the next day in London, told by counting hours and not by the product."""
    for hour in range(20, 30):
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)
        if moment.astimezone(LONDON).date() > day:
            return moment
    raise AssertionError(day)


def agreed(world: World, until: date) -> None:
    actor = world.actor("key_worker")
    with at(midnight_after(until) - timedelta(days=20)), acting_as(actor):
        give_grant(
            actor,
            world.records[HER],
            to_agency=world.agencies["house"].id,
            groups=[FieldGroup.IDENTITY],
            asked_on=until - timedelta(days=20),
            until=until,
            how_asked="Over tea",
        )


def seen(world: World, moment: datetime) -> bool:
    actor = world.actor("hostel_worker")
    with at(moment), acting_as(actor):
        known = queries.names(actor, [world.records[HER]])
    return [each.names[0] for each in known.values()] == [canaries("riverside", *HER)["name"]]


class TestWhatSheAgreed:
    @pytest.mark.parametrize("night", COMING)
    def test_it_holds_through_its_last_day_and_not_a_second_longer(self, world: World, night: str) -> None:
        agreed(world, COMING[night])
        end = midnight_after(COMING[night])
        assert seen(world, end - timedelta(seconds=1))
        for later in (timedelta(0), timedelta(seconds=1), WRONG, timedelta(days=366)):
            assert not seen(world, end + later)

    @pytest.mark.parametrize("night", NIGHTS)
    def test_the_end_of_a_day_is_londons_midnight(self, night: str) -> None:
        assert rules.end_of(NIGHTS[night]) == midnight_after(NIGHTS[night])

    def test_an_end_by_another_zone_would_be_found(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """A planted defect: midnight in Greenwich."""
        monkeypatch.setattr(rules, "LONDON", UTC)
        agreed(world, COMING["summer"])
        assert seen(world, midnight_after(COMING["summer"]))


class TestSessions:
    """By seconds since 1970, which no change of the clocks moves; a clock that is set moves them."""

    def open_after(self, world: World, passed: timedelta, begin: datetime) -> bool:
        with at(begin):
            client = browser(world, proved=time.time())
            assert client.get(reverse("home")).status_code == 200
        with at(begin + passed):
            return client.get(reverse("home")).status_code == 200

    @pytest.mark.parametrize("night", NIGHTS)
    def test_a_quarter_of_an_hour_is_one_on_every_night(self, world: World, night: str) -> None:
        begin = midnight_after(NIGHTS[night]) - timedelta(hours=22, minutes=35)  # over the hour that changes
        assert self.open_after(world, timedelta(minutes=14), begin)
        assert not self.open_after(world, timedelta(minutes=16), begin)

    @pytest.mark.parametrize("moved", [WRONG, -WRONG, -timedelta(minutes=2), timedelta(days=400)])
    def test_a_clock_that_is_set_ends_it(self, world: World, moved: timedelta) -> None:
        assert not self.open_after(world, moved, datetime(2027, 7, 1, 12, tzinfo=UTC))

    def test_a_clock_put_right_by_seconds_does_not(self, world: World) -> None:
        assert self.open_after(world, -timedelta(seconds=30), datetime(2027, 7, 1, 12, tzinfo=UTC))

    def test_a_session_that_trusts_a_clock_set_back_would_be_found(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(session_life, "SET_BACK_SECONDS", 10**9)
        assert self.open_after(world, -WRONG, datetime(2027, 7, 1, 12, tzinfo=UTC))

    @pytest.mark.parametrize("ahead", [WRONG, timedelta(minutes=2)])
    def test_a_proof_from_the_future_is_none(self, world: World, ahead: timedelta, monkeypatch) -> None:
        client = browser(world, proved=time.time() + ahead.total_seconds())
        session = client.session
        session[session_life.BEGAN] = time.time()
        session.save()
        assert client.get(reverse("people:records")).status_code == 302
        monkeypatch.setattr(proof, "SET_BACK_SECONDS", 10**9)  # a planted defect
        assert client.get(reverse("people:records")).status_code == 200


@pytest.mark.parametrize("night", NIGHTS)
def test_a_code_counts_at_its_time_only(night: str) -> None:
    secret, now = generate_totp_secret(), midnight_after(NIGHTS[night])

    def code(moment: datetime) -> str:
        return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30))

    with at(now):
        assert validate_totp_code(secret, code(now))
        for wrong in (-WRONG, WRONG, -timedelta(hours=1), timedelta(hours=1), timedelta(minutes=2)):
            assert not validate_totp_code(secret, code(now + wrong)), wrong


@pytest.mark.parametrize("night", NIGHTS)
def test_four_hours_of_an_emergency_are_four(night: str) -> None:
    """Also over the hour that is left out or comes twice."""
    begin = midnight_after(NIGHTS[night]) - timedelta(hours=23, minutes=30)
    local = begin.astimezone(LONDON)
    end = local.astimezone(UTC) + granting.LOOK_LASTS
    assert end - begin == timedelta(hours=4)


class TestReports:
    def met(self, world: World, moment: datetime) -> None:
        actor, token = world.actor("key_worker"), writing.set("a test")
        with acting_as(actor):
            Contact.objects.create(
                partnership_id=actor.partnership,
                agency_id=actor.agency,
                record_id=world.records[HER],
                occurred_at=moment,
                outcome="met",
                place="street",
                recorded_by=actor.user,
            )
        writing.reset(token)

    @pytest.mark.parametrize("night", NIGHTS)
    def test_a_contact_counts_on_its_london_day(self, world: World, night: str) -> None:
        day, end = NIGHTS[night], midnight_after(NIGHTS[night])
        self.met(world, end - timedelta(minutes=1))
        self.met(world, end)
        job = counting_job(world.partnership.id)
        with acting_as(job):
            on = [[each.on for each in facts.contacts(job, each, each)] for each in (day, day + timedelta(days=1))]
        assert on == [[day], [day + timedelta(days=1)]]

    def test_years_and_quarters_leave_no_day_out_and_count_none_twice(self) -> None:
        for day in (date(2028, 2, 28), date(2028, 2, 29), date(2027, 12, 31), date(2027, 3, 28)):
            period = year_until(day)
            assert period.until == day
            assert year_until(period.since - timedelta(days=1)).until < period.since
            assert 365 <= (period.until - period.since).days + 1 <= 366
        days = [date(2027, 1, 1) + timedelta(days=n) for n in range(800)]
        assert all(quarter_of(day) <= day < quarter_of(quarter_of(day) + timedelta(days=100)) for day in days)

    def test_a_day_by_greenwich_would_be_found(self, world: World, settings) -> None:
        settings.TIME_ZONE = "UTC"
        with pytest.raises(AssertionError):
            self.test_a_contact_counts_on_its_london_day(world, "summer")


def test_the_trail_keeps_its_order_when_the_clock_is_set_back(world: World) -> None:
    """Its own clock is PostgreSQL's, its order the number of the row: reading is told in the order in which it was."""
    from alongside.foundation.trail.models import TrailRow

    actor = world.actor("key_worker")
    for hours in (3, 0, -3):
        with at(datetime.now(UTC) + timedelta(hours=hours)), acting_as(actor):
            queries.names(actor, [world.records[HER]])
    with acting_as(actor):
        rows = list(TrailRow.objects.filter(permission="people.read_names").order_by("id").values_list("at", flat=True))
    assert rows == sorted(rows)
    assert len(rows) == 3


class TestTheMachine:
    """Whether its clock can be right at all: it is never before the newest row of the trail, and as PostgreSQL's."""

    def told(self) -> str:
        return " ".join(installation.problems())

    @pytest.fixture
    def newest(self, django_db_setup: None) -> Iterator[Callable[[timedelta], None]]:
        """Puts a row of the trail at a distance from now, for others to see."""
        with postgres.address().connect() as owner:

            def put(ahead: timedelta) -> None:
                columns = (
                    "INSERT INTO trail_trailrow (at, job, purpose, permission, allowed, rule, kind, subjects,"
                    " field_groups, count, route) VALUES (now() + %s, 'test', '', '', true, '', '', '{}', '{}', 0, '')"
                )
                owner.execute(columns, [ahead])

            yield put
            owner.execute("DELETE FROM trail_trailrow WHERE job = 'test'")

    def test_a_clock_that_is_right_is_no_problem(self, newest) -> None:
        newest(timedelta(seconds=-5))
        assert "clock" not in self.told()

    def test_a_clock_three_hours_behind_keeps_it_from_starting(self, newest) -> None:
        newest(WRONG)
        assert "clock of this machine is behind" in self.told()

    @pytest.mark.parametrize("wrong", [WRONG, -WRONG])
    def test_two_clocks_that_differ_do_too(self, newest, wrong: timedelta) -> None:
        with at(datetime.now(UTC) + wrong):
            assert "clocks of this machine and of the database differ" in self.told()
