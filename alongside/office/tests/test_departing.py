"""An agency asks to leave the partnership (3b): what ends is told, its data goes along, another agency confirms."""

import csv
import io
import json
import time
import zipfile
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.office import departing as steps
from alongside.office.tests.departing_world import (
    HER,
    THEIRS,
    asked_and_taken,
    confirms,
    seen,
    shares,
)
from alongside.office.tests.test_limits import browser
from alongside.register.agencies import departing
from alongside.register.agencies.departing import AskedAlready, NeedsAnother, NotTakenYet, TooLateNow
from alongside.register.agencies.models import Agency, Departure, Membership, Worker
from alongside.register.people import actions as people
from alongside.register.people import queries
from alongside.register.people.codes import StandingKind
from alongside.register.people.known import Known
from alongside.register.rights.actions.keeping import place_hold
from alongside.register.rights.codes import Authority
from tests.world import World, build, canaries, does

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build()


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


class TestWhatOneManagerMayNotOpen:
    """Women from whom the one who asked is kept go along with another's part; she is never told that there are any."""

    @pytest.fixture
    def departure(self, world: World) -> UUID:
        barred = world.workers["manager"].id
        does(world, "key_worker", people.exclude, world.records["van", 3], worker=barred, words="Fear")
        return asked_and_taken(world)

    def second_manager(self, world: World) -> None:
        worker = Worker.objects.create(email="second@riverside.example", name="Asha Example")
        world.workers["second"] = worker
        world.memberships["second"] = Membership.objects.create(
            worker=worker, agency=world.agencies["van"], role="manager", since=date(2020, 1, 1)
        )

    def test_it_does_not_leave_and_who_can_is_named_without_a_number(self, world: World, departure: UUID) -> None:
        self.second_manager(world)
        page = browser(world, "system_admin", proved=time.time()).get(reverse("depart", args=[departure]))
        assert "Ask Asha Example to take every part." in page.content.decode()
        assert "It leaves now" not in page.content.decode()
        with pytest.raises(steps.PartMissing) as refused:
            confirms(world, departure)
        assert not any(each.isdigit() for each in refused.value.words)
        actor = world.actor("second")
        with acting_as(actor):
            for part in steps.parts(actor):
                steps.take_part(actor, part.number)
        confirms(world, departure)
        assert Agency.objects.get(slug="van").left_at is not None

    def test_where_nobody_can_somebody_has_to_be_made_a_manager(self, world: World, departure: UUID) -> None:
        with pytest.raises(steps.PartMissing) as refused:
            confirms(world, departure)
        assert "Let one more person be a service manager there" in refused.value.words

    def test_her_own_page_says_the_same_whether_she_is_kept_out_or_not(self, world: World) -> None:
        self.second_manager(world)
        asked_and_taken(world)
        client = browser(world, "manager", proved=time.time())
        before = client.get(reverse("leaving")).content.decode()
        barred = world.workers["manager"].id
        does(world, "key_worker", people.exclude, world.records["van", 3], worker=barred, words="Fear")
        after = client.get(reverse("leaving")).content.decode()
        for page in (before, after):
            assert "Asha Example is a service manager here too" in page
            assert "Every part on this page is taken" in page

    def test_a_woman_recorded_since_is_not_left_behind(self, world: World) -> None:
        departure = asked_and_taken(world)
        does(world, "key_worker", people.make_record, known=Known(names=("New",)))
        with pytest.raises(steps.PartMissing):
            confirms(world, departure)

    def test_what_is_known_of_a_woman_who_died_goes_along(self, world: World) -> None:
        does(world, "key_worker", people.note_standing, world.records[HER], kind=StandingKind.DIED)
        does(world, "manager", departing.ask_to_leave, counts={})
        _, sections = does(world, "manager", steps.take_part, 1)
        assert canaries("riverside", *HER)["name"] in json.dumps([each.rows for each in sections])


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


class TestPages:
    def test_from_asking_to_leaving(self, world: World) -> None:
        manager, admin = (browser(world, who, proved=time.time()) for who in ("manager", "system_admin"))
        before = manager.get(reverse("leaving")).content.decode()
        assert "Ask to leave" in before
        manager.post(reverse("leaving-ask"))
        page = manager.get(reverse("leaving")).content.decode()
        assert "Not taken" in page
        manager.post(reverse("leaving-part", args=[1]))
        assert "Every part on this page is taken" in manager.get(reverse("leaving")).content.decode()
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
