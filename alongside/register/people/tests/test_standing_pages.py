"""She has died, or is under 18: noted in one page, taken back in one tap, and what the pages show from then on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.register.people import actions, queries
from alongside.register.people.codes import FieldGroup, StandingKind
from alongside.register.people.models import ReadReason
from tests.world import SignIn, World, canaries

HER = ("van", 1)
NAME = canaries("riverside", "van", 1)["name"]


def at(world: World, route: str) -> str:
    return reverse(f"people:{route}", args=[world.records[HER]])


def note(client: Client, world: World, kind: str, **more: str) -> int:
    return client.post(at(world, "standing"), {"kind": kind, **more}).status_code


def test_who_opens_the_record_of_a_woman_who_died_says_why_first(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    assert note(client, world, "died", words="Her sister rang") == 302
    asked = client.get(at(world, "record"))
    assert asked.headers["Location"] == at(world, "reason")
    assert NAME not in client.get(at(world, "reason")).content.decode()
    assert "Say why you need to read it" in client.post(at(world, "reason"), {"words": " "}).content.decode()
    opened = client.post(at(world, "reason"), {"words": "The coroner wrote"}, follow=True).content.decode()
    assert NAME in opened
    assert "stays confidential" in opened
    with acting_as(world.actor("key_worker")):
        row = ReadReason.objects.unscoped("test").get()
        assert b"coroner" not in bytes(row.words)


def test_the_list_tells_that_she_died_and_not_her_name(sign_in: SignIn, world: World) -> None:
    note(sign_in("key_worker"), world, "died")
    shown = sign_in("outreach_worker").get(reverse("people:records")).content.decode()
    assert "She has died" in shown
    assert NAME not in shown


def test_a_correction_asks_why_too_and_wipes_nothing(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    note(client, world, "died")
    assert client.get(at(world, "correct")).headers["Location"] == at(world, "reason")
    client.post(at(world, "correct"), {"called": "Somebody else"})
    client.post(at(world, "reason"), {"words": "The coroner wrote"})
    assert NAME in client.get(at(world, "record")).content.decode()


def test_nothing_new_is_agreed_after_her_death(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    note(client, world, "died")
    answer = client.get(at(world, "talk"), follow=True)
    assert "nothing new can be agreed" in answer.content.decode()


def test_the_paper_for_childrens_services_is_numbered(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    note(client, world, "under_18")
    assert "ring your safeguarding lead" in client.get(at(world, "record")).content.decode()
    page = client.post(at(world, "child-referral")).content.decode()
    actor = world.actor("key_worker")
    with acting_as(actor):
        (paper,) = queries.handouts(actor, world.records[HER])
    assert NAME in page
    assert paper.number in page
    assert "What worries us" in page


def test_a_mistake_is_taken_back_and_everything_is_as_before(sign_in: SignIn, world: World) -> None:
    client, actor = sign_in("key_worker"), world.actor("key_worker")
    note(client, world, "died")
    assert note(client, world, "died") == 302, "the second of two changes nothing"
    with acting_as(actor):
        (row,) = queries.standing(actor, world.records[HER])
    client.post(reverse("people:mistake", args=[row.id]))
    assert NAME in client.get(at(world, "record")).content.decode()


@pytest.mark.parametrize(
    ("kind", "days", "fault"), [("died", 2, "in the future"), ("under_18", -2, "she is 18 already")]
)
def test_a_day_that_cannot_be_is_told(sign_in: SignIn, world: World, kind: str, days: int, fault: str) -> None:
    day = timezone.localdate() + timedelta(days=days)
    sent = {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}
    answer = sign_in("key_worker").post(at(world, "standing"), {"kind": kind, **sent})
    assert answer.status_code == 422
    assert fault in answer.content.decode()


def test_a_receiver_says_why_too(sign_in: SignIn, world: World) -> None:
    actor, today = world.actor("key_worker"), timezone.localdate()
    with acting_as(actor):
        actions.give_grant(
            actor,
            world.records[HER],
            to_agency=world.agencies["house"].id,
            groups=[FieldGroup.IDENTITY],
            asked_on=today,
            until=today,
        )
        actions.note_standing(actor, world.records[HER], kind=StandingKind.DIED)
    client = sign_in("hostel_worker")
    assert NAME not in client.get(reverse("people:shared-list")).content.decode()
    assert client.get(at(world, "shared")).headers["Location"] == at(world, "reason")
    assert NAME in client.post(at(world, "reason"), {"words": "She lived here"}, follow=True).content.decode()
