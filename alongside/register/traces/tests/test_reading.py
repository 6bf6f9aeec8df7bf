"""Who looked, what is out of the ordinary, and the page of the seals."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from alongside.config import postgres
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.trail.models import Seal
from alongside.foundation.trail.seals import NO_HEAD
from alongside.register.people import queries as people
from alongside.register.traces import actions, queries
from tests.world import World, as_persona, build, canaries

pytestmark = pytest.mark.django_db


def opened(world: World, persona: str, woman: int, at: str = "now()") -> None:
    """A worker opened her record, at some time (SQL)."""
    actor = world.actor(persona)
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO trail_trailrow (at, partnership_id, agency_id, user_id, job, purpose, permission, allowed,"  # noqa: S608
            " rule, kind, subjects, field_groups, count, route)"
            f" VALUES ({at}, %s, %s, %s, '', '', 'people.read_names', true, '', 'Record', %s::uuid[], '{{}}', 1, '')",
            [actor.partnership, actor.agency, actor.user, [world.records["van", woman]]],
        )


class TestWhoLooked:
    def test_everyone_who_read_is_there_by_day_and_counted(self, world):
        hers = world.records["van", 1]
        for persona, times in (("key_worker", 2), ("outreach_worker", 1)):
            for _ in range(times):
                with as_persona(world, persona) as actor:
                    people.names(actor, [hers])
        with as_persona(world, "manager") as actor:
            looks = queries.looks(actor, hers)
        told = {(each.worker, each.what, each.times) for each in looks}
        assert ("Key worker Example", "read your page", 2) in told
        assert ("Outreach worker Example", "read your page", 1) in told
        assert {each.first for each in looks} >= {"Key", "Outreach"}
        assert all(each.day == timezone.localdate() for each in looks)

    def test_who_looked_at_somebody_else_is_not_there(self, world):
        opened(world, "key_worker", 3)
        with as_persona(world, "manager") as actor:
            assert "Key worker Example" not in {each.worker for each in queries.looks(actor, world.records["van", 1])}

    @pytest.mark.parametrize(("agency", "woman"), [("house", 2), ("custody", 3)])
    def test_another_agencys_record_is_not_found(self, world, agency, woman):
        with as_persona(world, "key_worker") as actor, pytest.raises(NotFound):
            queries.looks(actor, world.records[agency, woman])

    def test_another_agencys_reading_of_ours_is_seen_by_us(self, world):
        """A reader to whom she agreed leaves a row of her own agency; the holder is told of it all the same."""
        hers, house = world.records["van", 2], world.actor("hostel_worker")
        with acting_as(house), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO trail_trailrow (at, agency_id, user_id, job, purpose, permission, allowed, rule, kind,"
                " subjects, field_groups, count, route) VALUES (now(), %s, %s, '', '', 'people.read_names', true, '',"
                " 'Record', %s::uuid[], '{}', 1, '')",
                [house.agency, house.user, [hers]],
            )
        with as_persona(world, "key_worker") as actor:
            assert ("Hostel worker Example", "Green House") in {
                (each.worker, each.place) for each in queries.looks(actor, hers)
            }


class TestUnusual:
    def report(self, world) -> list[tuple[str, str]]:
        with as_persona(world, "dp_lead") as lead:
            return [(each.worker, each.what) for each in queries.unusual(lead)]

    def test_a_quiet_week_shows_nothing(self, world):
        assert self.report(world) == []

    def test_a_woman_whom_nobody_met(self, world):
        opened(world, "key_worker", 1)
        assert any("whom nobody of your agency met" in what for _, what in self.report(world))

    def test_one_night(self, world):
        opened(world, "key_worker", 1, "date_trunc('day', now()) - interval '1 day' + interval '2 hours'")
        assert any("between 11 at night and 6" in what for _, what in self.report(world))

    def test_many_within_an_hour(self, world, monkeypatch):
        monkeypatch.setattr(queries, "MANY", 3)
        for woman in range(4):
            opened(world, "manager", woman, "date_trunc('hour', now()) - interval '30 minutes'")
        assert ("Service manager Example", "opened 4 women within an hour") in self.report(world)

    def test_a_woman_of_the_workers_own_last_name(self, world):
        """His sister works here (T1). Told by the keys of names, which open none."""
        worker = world.workers["key_worker"]
        worker.name = f"Ada {canaries('riverside', 'van', 1)['last'].upper()}"
        worker.save()
        opened(world, "key_worker", 2)
        assert not any("the same last name" in what for _, what in self.report(world))
        opened(world, "key_worker", 1)
        opened(world, "outreach_worker", 1)
        assert [who for who, what in self.report(world) if "the same last name" in what] == [worker.name]

    def test_another_agencys_reading_is_not_in_it(self, world):
        opened(world, "hostel_worker", 2)
        assert self.report(world) == []

    def test_only_for_the_data_protection_lead(self, world):
        with as_persona(world, "manager") as actor, pytest.raises(Denied):
            queries.unusual(actor)


class TestSeals:
    @pytest.fixture
    def sealed(self, django_db_setup):
        """A seal as the sealer leaves it; what it covers does not matter here."""
        with postgres.address().connect() as owner:
            owner.execute(
                "INSERT INTO trail_seal VALUES (1, 1, 0, 0, %s, %s, now(), '', %s, %s)",
                [NO_HEAD, NO_HEAD, bytes(range(32)), bytes(64)],
            )
            yield owner
            owner.execute("DELETE FROM trail_seal")  # the test still holds what it read

    def test_a_kept_seal_stands_until_it_is_changed(self, sealed, world):
        with as_persona(world, "dp_lead") as lead:
            actions.keep_head(lead)
            assert [each.stands for each in queries.seals(lead).kept] == [True]
            sealed.execute("UPDATE trail_seal SET head = %s", [bytes(32)])
            assert [each.stands for each in queries.seals(lead).kept] == [False]
            sealed.execute("DELETE FROM trail_seal")
            assert [each.stands for each in queries.seals(lead).kept] == [False]

    @pytest.mark.parametrize(
        ("number", "digits", "stands"),
        [(1, "0001 0203 0405", True), (1, "00010204", False), (2, "00010203", False), (1, "0001", False)],
    )
    def test_a_seal_that_was_written_down_is_held_against_the_trail(self, sealed, world, number, digits, stands):
        with as_persona(world, "dp_lead") as lead:
            assert queries.seal_stands(lead, number, digits) is stands

    def test_before_the_first_there_is_nothing_to_keep(self, world):
        with as_persona(world, "dp_lead") as lead, pytest.raises(actions.NothingSealed):
            actions.keep_head(lead)

    def test_another_agency_does_not_see_what_we_kept(self, sealed, world):
        with as_persona(world, "dp_lead") as lead:
            actions.keep_head(lead)
        other = build("lakeside")
        with as_persona(other, "dp_lead") as lead:
            assert queries.seals(lead).kept == []


def test_the_rooms_page_says_what_it_does():
    assert "restore-erasures" in (Path(queries.__file__).parent / "README.md").read_text()
    assert Seal._meta.db_table == "trail_seal"
    assert timedelta(days=queries.DAYS) == timedelta(days=7)
