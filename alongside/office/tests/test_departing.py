"""An agency leaves the partnership (3b): sharing both ways, links, roles and sessions end in one transaction; its data
went along before; nothing that it held opens again, here or from a copy; half done is impossible.
"""

import csv
import io
import json
import time
import zipfile
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.vault.keys import KeyGone, KeysUnreachable, key_service
from alongside.office import departing as steps
from alongside.office.tests.test_limits import browser
from alongside.register.agencies import departing
from alongside.register.agencies.departing import AskedAlready, NeedsAnother, NotTakenYet, TooLateNow
from alongside.register.agencies.models import Agency, Departure, Membership, Worker
from alongside.register.agencies.queries import is_in_force
from alongside.register.people import actions as people
from alongside.register.people import queries
from alongside.register.people.acting import settlement_job
from alongside.register.people.codes import AcceptanceBasis, FieldGroup, Judgement
from alongside.register.people.linking import accept, decide
from alongside.register.people.models import Acceptance, CaseworkLink, Decision, Identity, Pair
from alongside.register.people.tests.linking_world import edge, keep, pair_of
from alongside.register.programs.actions import make_key
from alongside.register.programs.codes import Lasts, Reads
from alongside.register.programs.queries import keys
from alongside.register.rights.actions.keeping import place_hold
from alongside.register.rights.codes import Authority
from alongside.register.traces import jobs
from alongside.register.traces.actions import erase_record
from alongside.register.traces.terminal import restore_erasures
from tests.world import World, build, canaries, does

pytestmark = pytest.mark.django_db
HER, THEIRS = ("van", 0), ("house", 0)


@pytest.fixture
def world() -> World:
    return build()


def shares(world: World, persona: str, record: tuple[str, int], to: str) -> None:
    today = timezone.localdate()
    does(
        world,
        persona,
        people.give_grant,
        world.records[record],
        to_agency=world.agencies[to].id,
        groups=[FieldGroup.IDENTITY],
        asked_on=today,
        until=today + timedelta(days=90),
        how_asked="Over tea",
    )


def asked_and_taken(world: World) -> UUID:
    """The van asks to leave and takes every part along."""
    actor = world.actor("manager")
    with acting_as(actor):
        departure: UUID = departing.ask_to_leave(actor, counts=steps.counts(actor))
        for part in steps.parts(actor):
            steps.take_part(actor, part.number)
    return departure


def confirms(world: World, departure: UUID) -> None:
    does(world, "system_admin", steps.confirm, departure)


def waiting_jobs() -> list[dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'traces.forget_key' ORDER BY id")
        return [each if isinstance(each, dict) else json.loads(each) for (each,) in cursor.fetchall()]


def destroy_all_keys() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'traces.destroy_keys' ORDER BY id")
        found = [each if isinstance(each, dict) else json.loads(each) for (each,) in cursor.fetchall()]
    for arguments in found:
        jobs.destroy_keys(**arguments)


def destroy_key() -> None:
    for arguments in waiting_jobs():
        jobs.forget_key(**arguments)


def seen(world: World, persona: str, record: tuple[str, int]) -> bool:
    return bool(does(world, persona, queries.names, [world.records[record]]))


class TestBefore:
    def test_a_manager_is_told_what_ends_with_counts(self, world: World) -> None:
        shares(world, "key_worker", HER, "house")
        shares(world, "hostel_worker", THEIRS, "van")
        actor = world.actor("manager")
        with acting_as(actor):
            told = steps.counts(actor)
        assert (told["records"], told["given"], told["received"], told["workers"]) == (8, 1, 1, 4)

    def test_asking_ends_nothing_and_can_be_taken_back(self, world: World) -> None:
        shares(world, "key_worker", HER, "house")
        departure = asked_and_taken(world)
        assert seen(world, "hostel_worker", HER)
        with pytest.raises(AskedAlready):
            does(world, "manager", departing.ask_to_leave, counts={})
        does(world, "manager", departing.stay_after_all, departure=departure)
        with pytest.raises(NotFound):
            confirms(world, departure)
        does(world, "manager", departing.ask_to_leave, counts={})

    def test_its_data_goes_along_whole_and_numbered(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(steps, "IN_ONE_PART", 5)
        does(world, "manager", departing.ask_to_leave, counts={})
        actor, named = world.actor("manager"), set()
        with acting_as(actor):
            for part in steps.parts(actor):
                number, sections = steps.take_part(actor, part.number)
                text = json.dumps([each.rows for each in sections])
                named |= {woman for woman in range(8) if canaries("riverside", "van", woman)["name"] in text}
                assert canaries("riverside", "house", 0)["name"] not in text
                (copy,) = [row.number for row in queries.handouts(actor, part.women[0])]
                assert copy == number
            asked = departing.departure(actor)
        assert named == set(range(8))
        assert asked is not None
        assert asked.whole
        assert [each.women for each in asked.parts] == [5, 3]

    def test_the_file_of_the_page_opens_and_holds_registers(self, world: World) -> None:
        does(world, "manager", departing.ask_to_leave, counts={})
        client = browser(world, "manager", proved=time.time())
        answer = client.post(reverse("leaving-part", args=[1]))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            names = archive.namelist()
            first = list(csv.reader(io.StringIO(archive.read(names[0]).decode("utf-8-sig"))))
        assert first[0][0] == "Record"
        assert any("register-of-disclosures" in name for name in names)
        assert "Zq" not in answer["Content-Disposition"]

    def test_nothing_is_taken_before_it_is_asked(self, world: World) -> None:
        with pytest.raises(NotFound):
            does(world, "manager", steps.take_part, 1)


class TestConfirming:
    def test_nobody_confirms_alone_nor_before_the_data_is_out(self, world: World) -> None:
        departure = does(world, "manager", departing.ask_to_leave, counts={})
        with pytest.raises(NotTakenYet):
            confirms(world, departure)
        for persona in ("manager", "key_worker", "coordinator", "dp_lead"):
            with pytest.raises(Denied):
                does(world, persona, departing.confirm, departure=departure)
        own = Membership.objects.create(
            worker=world.workers["system_admin"], agency=world.agencies["van"], role="system_admin", since=date.today()
        )
        world.memberships["system_admin"] = own
        with pytest.raises(NeedsAnother):
            confirms(world, departure)
        assert not Agency.objects.filter(left_at__isnull=False).exists()

    def test_a_part_of_last_month_does_not_count(self, world: World) -> None:
        with time_machine.travel(timezone.now() - timedelta(days=8)):
            departure = asked_and_taken(world)
        with pytest.raises(NotTakenYet):
            confirms(world, departure)

    def test_a_legal_hold_stops_it_and_nothing_has_ended(self, world: World) -> None:
        shares(world, "key_worker", HER, "house")
        does(world, "dp_lead", place_hold, world.records[HER], authority=Authority.COURT, why="An order")
        departure = asked_and_taken(world)
        with pytest.raises(steps.HeldByLaw):
            confirms(world, departure)
        assert seen(world, "hostel_worker", HER)
        assert Agency.objects.get(slug="van").left_at is None

    def test_two_confirm_at_once_and_one_is_told(self, world: World) -> None:
        departure = asked_and_taken(world)
        confirms(world, departure)
        with pytest.raises(TooLateNow):
            does(world, "system_admin", departing.confirm, departure=departure)
        with pytest.raises(TooLateNow):
            does(world, "manager", departing.stay_after_all, departure=departure)


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


def sealed_left(world: World, agency: str) -> set[str]:
    """Every column of bytes, in every table with an agency but the trail's own, in which something of it stands."""
    job = world.job("sharing", agency)
    with acting_as(job), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c"
            " JOIN information_schema.columns a USING (table_schema, table_name)"
            " WHERE c.table_schema = 'public' AND c.data_type = 'bytea' AND a.column_name = 'agency_id'"
            " AND c.table_name NOT LIKE 'trail%%'"
            " AND has_column_privilege(c.table_name::regclass, c.column_name, 'SELECT') ORDER BY 1, 2"
        )
        found = set()
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE agency_id = %s AND length("{column}") > 0',  # noqa: S608
                [job.agency],
            )
            if cursor.fetchone() != (0,):
                found.add(f"{table}.{column}")
    return found


class TestPages:
    def test_from_asking_to_leaving(self, world: World) -> None:
        manager, admin = (browser(world, who, proved=time.time()) for who in ("manager", "system_admin"))
        before = manager.get(reverse("leaving")).content.decode()
        assert "Ask to leave" in before
        manager.post(reverse("leaving-ask"))
        page = manager.get(reverse("leaving")).content.decode()
        assert "Not taken" in page
        manager.post(reverse("leaving-part", args=[1]))
        assert "Every part is taken" in manager.get(reverse("leaving")).content.decode()
        one = reverse("depart", args=[Departure.objects.get().pk])
        assert admin.post(one).status_code == 422
        done = admin.post(one, {"sure": "on"})
        assert done.headers["Location"] == reverse("departures")
        assert admin.get(one).status_code == 404

    def test_get_changes_nothing(self, world: World) -> None:
        manager = browser(world, "manager", proved=time.time())
        for _ in range(2):
            manager.get(reverse("leaving"))
        assert not Departure.objects.exists()
        assert manager.get(reverse("leaving-ask")).status_code == 405

    def test_outsiders_get_nothing(self, world: World) -> None:
        for persona in ("key_worker", "coordinator", "commissioner", "dp_lead"):
            client = browser(world, persona, proved=time.time())
            for route in ("leaving", "departures"):
                assert client.get(reverse(route)).status_code == 403, (persona, route)
        assert Client().get(reverse("leaving")).status_code in (302, 404)
