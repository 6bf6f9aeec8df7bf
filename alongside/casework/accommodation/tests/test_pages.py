"""Board, bed, stay, lists and houses as a worker meets them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.casework.accommodation import actions
from alongside.casework.accommodation.codes import BedKind, Need, Source, Step
from alongside.casework.accommodation.models import BedUse, Waiting
from alongside.casework.accommodation.pages.what_if import in_short
from alongside.casework.accommodation.tests.beds_world import OPENED, Beds, beds_world
from alongside.foundation.gate.level import acting_as
from alongside.register.people.actions import give_grant
from alongside.register.people.codes import FieldGroup
from alongside.register.people.queries import who_will_see
from tests.world import canaries

SignIn = Callable[[str], Client]


@pytest.fixture
def house(db: None) -> Beds:
    return beds_world()


@pytest.fixture
def sign_in(house: Beds, settings: LazySettings) -> SignIn:
    """A client in which a persona is signed in, as one enters the demo: without a second factor."""
    settings.DEMO = True

    def as_persona(persona: str) -> Client:
        client = Client()
        worker = house.world.workers[persona]
        client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["entered_demo"] = True
        session.save()
        return client

    return as_persona


def at(route: str, *about: object) -> str:
    return reverse(f"accommodation:{route}", args=about)


def name_of(woman: int) -> str:
    return canaries("riverside", "house", woman)["name"]


def waits(house: Beds, woman: int, *needs: Need) -> UUID:
    with acting_as(house.worker):
        return actions.join_list(house.worker, house.unit, record=house.her(woman), source=Source.SELF, needs=needs)


def links(html: str) -> list[str]:
    return re.findall(r'href="(/beds/[^"]*)"', html)


def stay_of(house: Beds, woman: int) -> BedUse:
    with acting_as(house.worker):
        return BedUse.objects.unscoped("a test").get(record_id=house.her(woman), ends=None)


# --- a bed in three clicks


def test_a_bed_is_given_in_three_clicks(sign_in: SignIn, house: Beds) -> None:
    """The free bed on the board, the woman (the first of the list is chosen already), Give."""
    waits(house, 2)
    waits(house, 0, Need.NOWHERE)
    client = sign_in("hostel_worker")
    board = client.get(at("board")).content.decode()
    bed = at("bed", house.beds[0])
    assert bed in links(board)  # click 1
    page = client.get(bed).content.decode()
    chosen = re.findall(r'<input[^>]*name="woman"[^>]*value="([^"]+)"[^>]*checked', page)
    assert chosen == [str(house.her(0))]  # click 2, where it is another
    assert "nowhere to sleep tonight" in page
    answer = client.post(at("give", house.beds[0]), {"woman": chosen[0]})  # click 3
    assert answer.status_code == 302
    assert stay_of(house, 0).bed_id == house.beds[0]
    assert name_of(0) in client.get(at("board")).content.decode()


def test_a_clash_is_told_in_words(sign_in: SignIn, house: Beds) -> None:
    waits(house, 0)
    with acting_as(house.worker):
        actions.give_bed(house.worker, house.beds[0], record=house.her(2))
    answer = sign_in("hostel_worker").post(at("give", house.beds[0]), {"woman": str(house.her(0))})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "This bed was given to another woman by Hostel worker Example" in html
    assert "There is a problem" in html


def test_the_form_says_who_will_see_it_of_each_woman(sign_in: SignIn, house: Beds) -> None:
    """The same for both until one of them lets another agency know where she is."""
    client = sign_in("hostel_worker")
    with acting_as(house.worker):
        for woman in (0, 2):
            actions.join_list(house.worker, house.unit, record=house.her(woman), source=Source.SELF)
    assert client.get(at("bed", house.beds[0])).content.decode().count("Who will see this") == 1
    today = timezone.localdate()
    with acting_as(house.worker):
        give_grant(
            house.worker,
            house.her(0),
            to_agency=house.world.agencies["van"].id,
            groups=[FieldGroup.WHEREABOUTS],
            asked_on=today,
            until=today + timedelta(days=30),
        )
        expected = who_will_see(house.worker, house.her(0), FieldGroup.WHEREABOUTS)
    html = client.get(at("bed", house.beds[0])).content.decode()
    name = canaries("riverside", "house", 0)["name"]
    assert f"Who will see this: of {name}, {expected}" in html
    assert house.world.agencies["van"].name in expected
    assert html.count("Who will see this") == 2


def test_she_has_a_bed_elsewhere_since_the_page_was_opened(sign_in: SignIn, house: Beds) -> None:
    waits(house, 0)
    with acting_as(house.worker):
        actions.give_bed(house.worker, house.second_beds[0], record=house.her(0))
    answer = sign_in("hostel_worker").post(at("give", house.beds[0]), {"woman": str(house.her(0))})
    assert answer.status_code == 422  # the choice now says that she would move, and is to be made again
    assert stay_of(house, 0).bed_id == house.second_beds[0]


def test_a_hold_and_its_end(sign_in: SignIn, house: Beds) -> None:
    waits(house, 0)
    client = sign_in("hostel_worker")
    client.post(at("hold", house.beds[0]), {"woman": str(house.her(0)), "hours": "4"})
    held = stay_or_hold(house)
    assert held.kind == "hold"
    client.post(at("free", held.pk))
    assert "The bed is free" in client.get(at("board")).content.decode()


def stay_or_hold(house: Beds) -> BedUse:
    with acting_as(house.worker):
        return BedUse.objects.unscoped("a test").get(bed_id=house.beds[0])


def test_a_bed_with_a_woman_in_it_is_not_taken_out_of_use(sign_in: SignIn, house: Beds) -> None:
    with acting_as(house.worker):
        actions.give_bed(house.worker, house.beds[0], record=house.her(0))
    answer = sign_in("hostel_worker").post(at("void", house.beds[0]), {"reason": "repair"})
    assert answer.status_code == 409
    assert "given to another woman" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("2026-03-29T01:30", 422, "01:30 did not come that night"),
        ("yesterday", 422, "must be a day and a time"),
        ("2026-13-01T10:00", 422, "must be a day and a time"),
        ("2026-10-25T01:30", 302, ""),  # came twice: the first of the two
    ],
)
def test_when_her_stay_began(sign_in: SignIn, house: Beds, typed: str, status: int, words: str) -> None:
    waits(house, 0)
    client = sign_in("hostel_worker")
    answer = client.post(at("give", house.beds[0]), {"woman": str(house.her(0)), "begins": typed})
    assert answer.status_code == status
    assert words in answer.content.decode()
    if status == 302:
        assert stay_of(house, 0).begins == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


# --- whose it is


@pytest.mark.parametrize("route", ["bed", "stay", "place", "list", "woman", "join"])
def test_other_agency_gets_404(sign_in: SignIn, house: Beds, route: str) -> None:
    place = waits(house, 0)
    with acting_as(house.worker):
        stay = actions.give_bed(house.worker, house.beds[0], record=house.her(2))
    about = {
        "bed": house.beds[0],
        "stay": stay,
        "place": place,
        "list": house.unit,
        "woman": house.her(0),
        "join": house.her(0),
    }[route]
    client = sign_in("key_worker")
    assert client.get(at(route, about)).status_code == client.get(at(route, uuid4())).status_code == 404


def test_the_co_ordinator_reads_codes_and_other_agencies_a_number(sign_in: SignIn, house: Beds) -> None:
    with acting_as(house.worker):
        actions.give_bed(house.worker, house.beds[0], record=house.her(0))
    coordinators = sign_in("coordinator").get(at("board")).content.decode()
    assert "GH-" in coordinators
    assert name_of(0) not in coordinators
    others = sign_in("key_worker").get(at("board")).content.decode()
    assert "2 free" in others
    assert "GH-" not in others


# --- a stay


def test_what_happens_in_a_stay(sign_in: SignIn, house: Beds) -> None:
    with acting_as(house.worker):
        begins = timezone.now() - timedelta(days=5)
        stay = actions.give_bed(house.worker, house.beds[0], record=house.her(0), begins=begins)
    client = sign_in("hostel_worker")
    soon = (timezone.localdate() + timedelta(days=4)).isoformat()
    for sent, words in (
        ({"what": "away", "kind": "hospital"}, "In hospital since"),
        ({"what": "back"}, "She is back"),
        ({"what": "blocked", "to_step": "second_stage", "reason": "no_place"}, "No place is free"),
        ({"what": "expected", "leaves_on": soon}, "The day is recorded"),
        ({"what": "task", "kind": "notice", "due_on": soon}, "Give notice here"),
    ):
        assert client.post(at("change", stay), sent).status_code == 302
        assert words in client.get(at("stay", stay)).content.decode(), sent
    moves = client.get(at("moves")).content.decode()
    assert "Give notice here" in moves
    assert client.post(at("change", stay), {"what": "back"}).status_code == 409
    assert client.post(at("change", stay), {"what": "task", "kind": "notice"}).status_code == 422
    assert client.post(at("change", stay), {"what": "nothing"}).status_code == 404
    assert client.post(at("end", stay), {"reason": "moved_on", "where_to": "flat"}).status_code == 302
    assert "to move-on flat" in client.get(at("stay", stay)).content.decode()


def test_an_end_before_the_beginning_is_told(sign_in: SignIn, house: Beds) -> None:
    with acting_as(house.worker):
        stay = actions.give_bed(house.worker, house.beds[0], record=house.her(0))
    sent = {"reason": "her_choice", "where_to": "not_said", "ends": "2020-01-01T10:00"}
    answer = sign_in("hostel_worker").post(at("end", stay), sent)
    assert answer.status_code == 409
    assert "The end must be after the beginning" in answer.content.decode()


# --- lists and houses


def test_joining_a_list_and_why_she_is_there(sign_in: SignIn, house: Beds) -> None:
    client = sign_in("hostel_worker")
    sent = {"unit": str(house.unit), "source": "self", "needs": ["nowhere"], "is_emergency": "on"}
    answer = client.post(at("join", house.her(0)), sent)
    assert answer.status_code == 302
    place = client.get(answer.headers["Location"]).content.decode()
    assert "Place 1 of 1" in place
    assert "an emergency tonight, nowhere to sleep tonight" in place
    again = client.post(at("join", house.her(0)), sent)
    assert again.status_code == 409
    assert "She is on this list already" in again.content.decode()
    elsewhere = client.post(at("join", house.her(0)), {**sent, "unit": str(house.second)})
    assert elsewhere.status_code == 422
    assert "keeps no emergency bed" in elsewhere.content.decode()


def test_her_place_is_changed_and_ended(sign_in: SignIn, house: Beds) -> None:
    place = waits(house, 0)
    client = sign_in("hostel_worker")
    for sent in ({"what": "offered"}, {"what": "not_now"}, {"what": "needs", "needs": ["ready"]}):
        assert client.post(at("place", place), sent).status_code == 302
    html = client.get(at("place", place)).content.decode()
    for words in ("Offered a bed", "She said: not now", "she says she is ready now"):
        assert words in html
    assert client.post(at("place", place), {"what": "leave", "ended_as": "her_choice"}).status_code == 302
    with acting_as(house.worker):
        assert Waiting.objects.unscoped("a test").get(pk=place).ended_as == "her_choice"
    assert client.post(at("place", place), {"what": "offered"}).status_code == 409
    assert client.post(at("place", place), {"what": "nothing"}).status_code == 404


@pytest.mark.parametrize("months", ["3", "12", "24", "nonsense"])
def test_figures_and_their_file(sign_in: SignIn, house: Beds, months: str) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=9)), acting_as(house.worker):
        actions.give_bed(house.worker, house.beds[0], record=house.her(0))
    client = sign_in("hostel_worker")
    html = client.get(at("figures"), {"months": months}).content.decode()
    assert "Women accommodated" in html
    told = client.get(at("figures-csv"), {"months": months})
    assert told.content.decode("utf-8-sig").splitlines()[1].startswith("Women accommodated,1,")
    assert 'filename="beds-' in told.headers["Content-Disposition"]
    assert name_of(0) not in told.content.decode()


def test_a_list_of_several_pages(sign_in: SignIn) -> None:
    wide = beds_world("wide", women=110)
    with acting_as(wide.worker):
        for woman in range(0, 110, 2):
            actions.join_list(wide.worker, wide.unit, record=wide.her(woman), source=Source.SELF)
    client = Client()
    client.force_login(
        wide.world.workers["hostel_worker"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    session = client.session
    session["entered_demo"] = True
    session.save()
    first, last = (client.get(at("list", wide.unit), {"page": page}).content.decode() for page in ("1", "9"))
    assert "55 women" in first
    assert first.count("/beds/place/") == 50
    assert last.count("/beds/place/") == 5


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        ((-400.0, -900.0, -100.0), "400 nights fewer for a first bed in a year, between 100 and 900 fewer."),
        ((400.0, 100.0, 900.0), "400 nights more for a first bed in a year, between 100 and 900 more."),
        ((-50.0, -900.0, 100.0), "can’t be told from so few events: between 900 fewer and 100 more a year."),
    ],
)
def test_an_answer_in_short(difference: tuple[float, float, float], words: str) -> None:
    assert in_short(difference).endswith(words)


def test_a_house_is_changed_and_keeps_its_women(sign_in: SignIn, house: Beds) -> None:
    actor = house.world.actor("manager")
    with acting_as(actor):
        unit = actions.set_up_unit(actor, name="Van House", step=Step.FIRST_STAGE)
        actions.set_up_unit(actor, name="Van Flats", step=Step.FLAT)
        bed = actions.add_beds(actor, unit, number=1, kind=BedKind.BED, opened_on=OPENED)[0]
        actions.give_bed(actor, bed, record=house.world.records["van", 1])
    manager = sign_in("manager")
    address = at("change-house", unit)
    assert 'value="Van House"' in manager.get(address).content.decode()
    told = {"name": "Amber House", "step": "high_support", "staffed": "days", "leads_to": ["flat"], "takes": ["pets"]}
    assert manager.post(address, told).status_code == 302
    page = manager.get(at("house", unit)).content.decode()
    assert "High support. Staff in the day. With a pet. Women go on to: Move-on flat." in page
    assert canaries("riverside", "van", 1)["name"] in manager.get(at("board")).content.decode()
    assert manager.post(address, {**told, "name": "Van Flats"}).status_code == 409
    assert manager.get(at("change-house", house.unit)).status_code == 404
