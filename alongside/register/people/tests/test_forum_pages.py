"""Pages of forums: made by a manager, agreed by her, brought by a key worker, read by who sits on it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.register.agencies import forums
from alongside.register.agencies.codes import Purpose, Role
from alongside.register.people.actions import exclude
from alongside.register.people.models import Grant, Handout
from alongside.register.people.tests.sharing_world import HER, HER_NAME, another
from alongside.register.people.tests.test_sharing_pages import talk
from tests.world import SignIn, World, does


def at(route: str, *args: object) -> str:
    return reverse(f"people:{route}", args=args)


@pytest.fixture
def nurse(world: World):
    return another(world, "office", Role.NURSE, "nurse")


@pytest.fixture
def panel(world: World, nurse):
    made = does(world, "manager", forums.make_forum, name="Thursday panel", purpose=Purpose.SAFETY)
    does(world, "manager", forums.seat, made, membership=world.memberships["nurse"].id)
    return made


def answers(panel) -> list[dict]:
    return [
        {"agency": f"forum:{panel}"},
        {"groups": ["identity", "notes"]},
        {"months": "6"},
        {"how_asked": "Over tea"},
    ]


def bring(client, world: World, panel):
    thursday = timezone.localdate() + timedelta(days=3)
    return client.post(
        at("bring", world.records[HER]), {"forum": str(panel), "meets_on": thursday.isoformat(), "stays": "7"}
    )


def test_a_manager_makes_one_and_chooses_who_sits_on_it(sign_in: SignIn, world: World, nurse) -> None:
    client = sign_in("manager")
    assert "Make a forum" in client.get(at("forums")).content.decode()
    made = client.post(at("forum-new"), {"name": "Thursday panel", "purpose": "safety"})
    (row,) = does(world, "manager", forums.kept_forums)
    assert made.headers["Location"] == at("forum-people", row.id)
    again = client.post(at("forum-new"), {"name": "Thursday panel", "purpose": "safety"})
    assert (again.status_code, forums.NameTaken.words in again.content.decode()) == (422, True)
    client.post(at("forum-people", row.id), {"worker": str(world.memberships["nurse"].id)})
    (row,) = does(world, "manager", forums.kept_forums)
    chair, seat = row.seats
    assert (chair.worker, seat.worker) == (world.workers["manager"].id, nurse.id)
    stays = client.post(at("forum-leave", chair.id), follow=True)
    assert forums.ChairStays.words in stays.content.decode()
    cant = client.post(at("forum-chair", seat.id), follow=True)
    assert forums.CantChair.words in cant.content.decode()
    client.post(at("forum-leave", seat.id))
    assert len(does(world, "manager", forums.kept_forum, row.id).seats) == 1
    client.post(at("forum-end", row.id))
    assert does(world, "manager", forums.kept_forums) == []


def test_she_is_asked_in_plain_words_and_brought_and_read_only_by_who_sits(
    sign_in: SignIn, world: World, nurse, panel
) -> None:
    her = world.records[HER]
    key_worker, reader = sign_in("key_worker"), sign_in("nurse")
    assert "agreed to share with no forum" in key_worker.get(at("bring", her)).content.decode()
    asked = talk(key_worker, world).content.decode()
    assert "Thursday panel: people from Night Van and Partnership Office meet to keep women safe" in asked
    back = talk(key_worker, world, *answers(panel)).content.decode()
    assert "Only the people who meet there see it" in back
    talk(key_worker, world, *answers(panel), {"keep": "1"})
    assert HER_NAME not in reader.get(at("forum", panel)).content.decode()
    assert reader.get(at("shared", her)).status_code == 404
    assert bring(key_worker, world, panel).status_code == 302
    listed = reader.get(at("forum", panel)).content.decode()
    assert HER_NAME in listed
    assert "Names, age, description; Notes" in listed
    page = reader.get(at("shared", her)).content.decode()
    assert HER_NAME in page
    assert "She is on the list of Thursday panel" in page
    printed = reader.post(at("forum-print", panel)).content.decode()
    paper = does(world, "nurse", lambda actor: Handout.objects.visible_to(actor).get())
    assert printed.count(paper.number) == 2
    assert sign_in("hostel_worker").get(at("forum", panel)).status_code == 404
    assert sign_in("hostel_worker").get(at("shared", her)).status_code == 404
    seat = does(world, "manager", forums.kept_forum, panel).seats[1]
    does(world, "manager", forums.leave_forum, seat.id)
    assert [reader.get(at("forum", panel)).status_code, reader.get(at("shared", her)).status_code] == [404, 404]


def test_two_clicks_end_it_and_the_chair_learns_only_that_something_changed(
    sign_in: SignIn, world: World, nurse, panel
) -> None:
    her = world.records[HER]
    key_worker, reader = sign_in("key_worker"), sign_in("nurse")
    talk(key_worker, world, *answers(panel), {"keep": "1"})
    bring(key_worker, world, panel)
    does(world, "key_worker", exclude, her, worker=nurse.id)
    assert "Nobody whom you may see is on the list" in reader.get(at("forum", panel)).content.decode()
    chairs = sign_in("manager").get(at("forum", panel)).content.decode()
    assert "You chair. The list last changed on" in chairs
    assert "The list last changed" not in reader.get(at("forum", panel)).content.decode()
    sheet = key_worker.post(at("sheet", her)).content.decode()
    assert "Thursday" not in sheet, "paper that is safe to be found with"
    assert "<strong>TP</strong>" in sheet
    grant = does(world, "key_worker", lambda actor: Grant.objects.visible_to(actor).get())
    assert "Thursday panel" in key_worker.get(at("sharing", her)).content.decode()
    key_worker.post(at("stop-sharing", grant.pk))
    assert "Nobody whom you may see" in sign_in("manager").get(at("forum", panel)).content.decode()


def test_a_meeting_needs_a_day_and_a_list_can_be_left(sign_in: SignIn, world: World, panel) -> None:
    her, client = world.records[HER], sign_in("key_worker")
    talk(client, world, *answers(panel), {"keep": "1"})
    empty = client.post(at("bring", her), {"forum": str(panel)})
    assert (empty.status_code, "Choose the day of the meeting" in empty.content.decode()) == (422, True)
    bring(client, world, panel)
    assert "on the list for that meeting already" in bring(client, world, panel).content.decode()
    page = client.get(at("bring", her))
    item = page.content.decode().split("/people/forums/items/")[1].split("/")[0]
    client.post(at("take-off", item))
    assert "Take her off the list" not in client.get(at("bring", her)).content.decode()


def test_a_generic_agency_convenes_none(sign_in: SignIn, world: World) -> None:
    another(world, "office", Role.MANAGER, "office_manager")
    reader = sign_in("office_manager")
    assert "Make a forum" not in reader.get(at("forums")).content.decode()
    refused = reader.post(at("forum-new"), {"name": "Ours", "purpose": "home"})
    assert (refused.status_code, forums.OnlySpecialist.words in refused.content.decode()) == (422, True)
