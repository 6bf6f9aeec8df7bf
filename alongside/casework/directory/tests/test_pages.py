"""What is open, the card, and keeping it."""

import io
from datetime import UTC, datetime, time
from uuid import uuid4

import pypdf
import pytest
import time_machine
from django.urls import reverse

from alongside.casework.directory import actions, queries
from alongside.casework.directory.actions import PlaceTold
from alongside.casework.directory.codes import Offers
from alongside.casework.directory.models import OpenPlace
from alongside.casework.directory.rules import Span
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from tests.world import SignIn, World

THURSDAY_NIGHT = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)
VAN = PlaceTold("The van", (Offers.SAFE,), "Dock Street", "01632 960 101", spans=[Span(3, time(22), time(3))])
SECRET = PlaceTold("Night line", (Offers.HELP,), "", "01632 960 102", "*Bold* #strong[x]", always=True)
CLINIC = PlaceTold("Clinic", (Offers.HEALTH,), "Ferry Road 14", spans=[Span(1, time(17), time(21))])


@pytest.fixture
def manager(world: World) -> Actor:
    actor = world.actor("manager")
    with acting_as(actor):
        for told in (VAN, SECRET, CLINIC):
            actions.add_place(actor, told=told)
    return actor


def page(sign_in: SignIn, persona: str = "outreach_worker") -> str:
    return sign_in(persona).get(reverse("directory:open")).content.decode()


def test_what_is_open_now_comes_first(manager: Actor, sign_in: SignIn) -> None:
    with time_machine.travel(THURSDAY_NIGHT, tick=False):
        html = page(sign_in)
    now, later = html.split("Later</h2>")
    assert "The van" in now
    assert "Until 03:00" in now
    assert "Day and night" in now
    assert "Clinic" in later
    assert "From Tuesday 17:00" in later


def test_a_secret_door_has_no_address(manager: Actor, sign_in: SignIn) -> None:
    assert "Ring first: where it is stays secret" in page(sign_in)


def test_another_agency_reads_and_does_not_change(manager: Actor, world: World, sign_in: SignIn) -> None:
    assert "The van" in page(sign_in, "hostel_worker")
    with acting_as(manager):
        pk = queries.what_is_open(manager)[0].id
    assert sign_in("hostel_worker").get(reverse("directory:place", args=[pk])).status_code == 403
    house = world.actor("hostel_worker")
    with acting_as(house), pytest.raises(Denied):
        actions.close_place(house, pk)
    with acting_as(manager), pytest.raises(NotFound):
        actions.close_place(manager, uuid4())


def test_the_card_is_a_tagged_pdf_of_all_of_it(manager: Actor, sign_in: SignIn) -> None:
    answer = sign_in("outreach_worker").get(reverse("directory:card"))
    assert (answer["Content-Type"], "card.pdf" in answer["Content-Disposition"]) == ("application/pdf", True)
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    text = "".join(each.extract_text() for each in reader.pages)
    for words in ("The van", "Thu 22:00–03:00", "Ring 01632 960 102", "*Bold* #strong[x]", "Ferry Road 14"):
        assert words in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_an_empty_card_is_a_card(world: World, sign_in: SignIn) -> None:
    assert sign_in("outreach_worker").get(reverse("directory:card")).status_code == 200


def sent(**changes: str) -> dict[str, object]:
    return {"name": "Chapel", "offers": ["food"], "where": "Mill Lane", "day_0": "10:00-16:00", **changes}


def test_a_manager_adds_changes_and_takes_off(world: World, sign_in: SignIn) -> None:
    client = sign_in("manager")
    assert client.post(reverse("directory:add"), sent()).status_code == 302
    manager = world.actor("manager")
    with acting_as(manager):
        (row,) = queries.what_is_open(manager)
    assert row.hours() == ["Mon 10:00–16:00"]
    address = reverse("directory:place", args=[row.id])
    assert "10:00–16:00" in client.get(address).content.decode()
    assert client.post(address, sent(day_0="10:00–16:00", day_4="22:00 to 03:00")).status_code == 302
    with acting_as(manager):
        assert queries.what_is_open(manager)[0].hours() == ["Mon 10:00–16:00", "Fri 22:00–03:00"]
    assert client.post(reverse("directory:close", args=[row.id])).status_code == 302
    with acting_as(manager):
        assert queries.what_is_open(manager) == []
        assert OpenPlace.objects.visible_to(manager).get().closed_by == manager.user


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day_2": "ten to four"}, "Wednesday: write hours like"),
        ({"where": ""}, "Enter where it is, or a telephone number"),
        ({"name": ""}, "Enter the name of the place"),
    ],
)
def test_what_cannot_stand_on_a_card_is_said(world: World, sign_in: SignIn, changes: dict[str, str], said: str) -> None:
    answer = sign_in("manager").post(reverse("directory:add"), sent(**changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_two_of_one_name_are_refused(manager: Actor, sign_in: SignIn) -> None:
    assert (
        "has a place of this name"
        in sign_in("manager").post(reverse("directory:add"), sent(name="The van")).content.decode()
    )
