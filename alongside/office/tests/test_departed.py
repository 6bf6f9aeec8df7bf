"""An agency has left (3b): sharing both ways, links, roles and sessions ended in one transaction; nothing that it held
opens again, here or from a copy; half done is impossible.
"""

import time
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.foundation.vault.keys import KeyGone, KeysUnreachable, key_service
from alongside.office import departing as steps
from alongside.office.tests.departing_world import (
    HER,
    THEIRS,
    asked_and_taken,
    confirms,
    destroy_all_keys,
    destroy_key,
    sealed_left,
    seen,
    shares,
    waiting_jobs,
)
from alongside.office.tests.test_limits import browser
from alongside.register.agencies.models import Departure, Worker
from alongside.register.agencies.queries import is_in_force
from alongside.register.people import actions as people
from alongside.register.people import queries
from alongside.register.people.acting import settlement_job
from alongside.register.people.codes import AcceptanceBasis, Judgement
from alongside.register.people.linking import accept, decide
from alongside.register.people.models import Acceptance, CaseworkLink, Decision, Identity, Pair
from alongside.register.people.tests.linking_world import edge, keep, pair_of
from alongside.register.programs.actions import make_key
from alongside.register.programs.codes import Lasts, Reads
from alongside.register.programs.queries import keys
from alongside.register.traces import jobs
from alongside.register.traces.actions import erase_record
from alongside.register.traces.terminal import restore_erasures
from tests.world import World, build, does

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build()


class TestAfter:
    def test_sharing_ends_both_ways_with_that_transaction(self, world: World) -> None:
        shares(world, "key_worker", HER, "house")
        shares(world, "hostel_worker", THEIRS, "van")
        assert seen(world, "hostel_worker", HER)
        departure = asked_and_taken(world)
        began = time.monotonic()
        confirms(world, departure)
        assert not seen(world, "hostel_worker", HER)
        assert not seen(world, "key_worker", THEIRS)
        assert time.monotonic() - began < 5  # 3b: the live system, at once
        assert seen(world, "hostel_worker", THEIRS)
        (recall,) = does(world, "hostel_worker", queries.recalls)
        assert recall.holder_name == world.agencies["van"].name

    def test_nothing_can_be_shared_with_it_any_more(self, world: World) -> None:
        confirms(world, asked_and_taken(world))
        with pytest.raises(people.NotAReceiver):
            shares(world, "hostel_worker", THEIRS, "van")

    def test_workers_are_signed_out_and_closed_at_once(self, world: World) -> None:
        client = browser(world, "key_worker", proved=time.time())
        assert client.get(reverse("people:records")).status_code == 200
        confirms(world, asked_and_taken(world))
        assert client.get(reverse("people:records")).status_code in (302, 403)
        assert not Worker.objects.get(pk=world.workers["key_worker"].pk).is_active
        assert Worker.objects.get(pk=world.workers["hostel_worker"].pk).is_active

    def test_phones_are_told_to_delete_when_they_call(self, world: World) -> None:
        """What `phone.actions.greet` asks for each call of a phone."""
        member = world.memberships["key_worker"].id
        assert is_in_force(member)
        confirms(world, asked_and_taken(world))
        assert not is_in_force(member)
        assert is_in_force(world.memberships["hostel_worker"].id)

    def test_program_keys_end(self, world: World) -> None:
        does(world, "manager", make_key, name="Rota", reads=[Reads.SHIFTS], lasts=Lasts.YEAR)
        confirms(world, asked_and_taken(world))
        assert [row.is_in_force for row in does(world, "manager", keys)] == [False]

    def test_links_and_what_may_be_known_are_gone(self, world: World) -> None:
        today = date.today()
        asked = {"basis": AcceptanceBasis.SHE_AGREED, "how_asked": "Tea", "asked_on": today, "until": today}
        does(world, "key_worker", accept, world.records[HER], **asked)
        does(world, "hostel_worker", accept, world.records[THEIRS], **asked)
        of = world.records
        keep(world, [edge(of[HER], of[THEIRS], 0.97)], {})
        coordinator = world.actor("coordinator")
        with acting_as(coordinator):
            decide(coordinator, pair_of(coordinator, of[HER], of[THEIRS]), judgement=Judgement.SAME)
        with acting_as(settlement_job(world.partnership.id)):
            assert CaseworkLink.objects.unscoped("before").exists()
        confirms(world, asked_and_taken(world))
        with acting_as(world.job("sharing", "van")):
            left = Acceptance.objects.unscoped("what is left").filter(withdrawn_at=None)
            assert not left.exists()
            assert Acceptance.objects.unscoped("what is left").exists()
            assert not Identity.objects.unscoped("what is left").exists()
        with acting_as(settlement_job(world.partnership.id)):
            for model in (CaseworkLink, Pair, Decision):
                rows = model.objects.unscoped("what is left")
                assert not rows.filter(agency_a=world.agencies["van"]).exists()
                assert not rows.filter(agency_b=world.agencies["van"]).exists()

    def test_no_sealed_value_of_it_is_left_and_others_keep_theirs(self, world: World) -> None:
        shares(world, "key_worker", HER, "house")
        does(
            world,
            "key_worker",
            people.exclude,
            world.records["van", 1],
            agency=world.agencies["house"].id,
            words="Fear",
        )
        before = {"people_identity.names", "people_grant.how_asked", "people_exclusion.words"}
        assert sealed_left(world, "van") >= before
        confirms(world, asked_and_taken(world))
        assert sealed_left(world, "van") == set()
        assert sealed_left(world, "house") >= {"people_identity.names", "people_identity.data_key"}

    def test_its_key_is_destroyed_and_a_copy_opens_nothing(self, world: World) -> None:
        with acting_as(world.actor("key_worker")):
            copied = bytes(Identity.objects.unscoped("a copy of the database").get(record=world.records[HER]).data_key)
        assert key_service().unwrap(world.agencies["van"].id, [copied])
        confirms(world, asked_and_taken(world))
        destroy_key()
        with pytest.raises(KeyGone):
            key_service().unwrap(world.agencies["van"].id, [copied])
        with pytest.raises(KeyGone):
            key_service().new_data_keys(world.agencies["van"].id, 1)
        row = Departure.objects.get()
        assert row.shredded_at is not None
        assert row.shredded_by == "shredding"

    def test_the_trail_and_the_seals_it_kept_stay(self, world: World) -> None:
        def rows() -> int:
            with acting_as(world.job("sharing", "van")), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM trail_trailrow WHERE agency_id = %s", [world.agencies["van"].id])
                return int(cursor.fetchone()[0])

        departure = asked_and_taken(world)
        before = rows()
        assert before > 0
        confirms(world, departure)
        destroy_key()
        assert rows() >= before


class TestFaults:
    def test_the_key_process_is_away_in_the_middle(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """It left, and its key waits, as the page says; once the process answers, the job is done."""
        confirms(world, asked_and_taken(world))
        with monkeypatch.context() as away:
            away.setattr(jobs, "key_service", lambda: Unreachable())
            with pytest.raises(KeysUnreachable):
                destroy_key()
        assert Departure.objects.get().shredded_at is None
        admin = browser(world, "system_admin", proved=time.time())
        assert "Key waits" in admin.get(reverse("departures")).content.decode()
        destroy_key()
        destroy_key()
        page = admin.get(reverse("departures")).content.decode()
        assert "Key waits" not in page
        assert "Its key was destroyed" in page

    def test_a_step_that_fails_undoes_all_before_it(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        shares(world, "key_worker", HER, "house")
        departure = asked_and_taken(world)

        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("the database went away")

        monkeypatch.setattr(steps, "empty_what_it_held", broken)
        with pytest.raises(RuntimeError):
            confirms(world, departure)
        assert seen(world, "hostel_worker", HER)
        assert Departure.objects.get().confirmed_at is None
        assert waiting_jobs() == []
        monkeypatch.undo()
        confirms(world, departure)
        assert not seen(world, "hostel_worker", HER)

    def test_nothing_is_emptied_of_an_agency_that_stays(self, world: World) -> None:
        """The database itself asks whether it has left, whatever the product says."""
        job = world.job("sharing", "van")
        with acting_as(job), connection.cursor() as cursor:
            cursor.execute("SELECT traces_leave()")
            assert cursor.fetchone() == (0,)
        assert seen(world, "key_worker", HER)

    def test_the_ledger_is_gone_through_also_where_a_holder_is_gone(self, world: World) -> None:
        """It had a record erased before it left: neither stands in the way of the other."""
        does(world, "dp_lead", erase_record, world.records[HER])
        destroy_all_keys()
        confirms(world, asked_and_taken(world))
        destroy_key()
        found = restore_erasures()
        assert world.agencies["van"].id in found.left
        assert world.agencies["house"].id not in found.left
        assert steps.again(world.agencies["van"].id)

    def test_after_a_restore_it_leaves_again(self, world: World) -> None:
        """A copy of the database from before: the operator's command makes it leave once more."""
        shares(world, "key_worker", HER, "house")
        assert steps.again(world.agencies["van"].id)
        assert not seen(world, "hostel_worker", HER)
        assert sealed_left(world, "van") == set()
        assert steps.again(world.agencies["van"].id)
        assert not steps.again(UUID(int=7))


class Unreachable:
    def ask(self, *_: object, **__: object) -> None:
        raise KeysUnreachable("down")
