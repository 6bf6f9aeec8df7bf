"""The conversation, two clicks to end it, paper that is safe to be found with, and whom she keeps out."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.register.people import actions, queries
from alongside.register.people.codes import ON_PAPER, FieldGroup, HandoutKind, Purpose
from tests.world import SignIn, World, canaries

HER = ("van", 1)
NAME = canaries("riverside", "van", 1)["name"]


def at(world: World, route: str, record=HER) -> str:
    return reverse(f"people:{route}", args=[world.records[record]])


def agreed(world: World, persona: str = "key_worker"):
    actor = world.actor(persona)
    with acting_as(actor):
        return queries.sharing(actor, world.records[HER])


def talk(client, world: World, *answers: dict):
    """Answer one question after the other, carrying what the page carries. Returns the last page."""
    page = client.get(at(world, "talk"))
    for answer in answers:
        hidden = re.findall(r'<input type="hidden" name="(\w+)"[^>]*? value="([^"]*)"', page.content.decode())
        sent: dict[str, list[str]] = {}
        for name, value in [
            *hidden,
            *((k, each) for k, v in answer.items() for each in (v if isinstance(v, list) else [v])),
        ]:
            sent.setdefault(name, []).append(value)
        page = client.post(at(world, "talk"), sent)
    return page


def her_answers(world: World) -> list[dict]:
    return [
        {"agency": str(world.agencies["house"].id)},
        {"groups": ["identity", "safe_contact"]},
        {"purpose": "home"},
        {"months": "6"},
        {"how_asked": "Over tea, she read it herself"},
    ]


def test_one_question_a_page_then_it_is_read_back_and_kept(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    back = talk(client, world, *her_answers(world))
    html = back.content.decode()
    assert "Green House" in html
    assert "How to reach you safely" in html
    assert agreed(world) == []
    kept = talk(client, world, *her_answers(world), {"keep": "1"})
    assert kept.status_code == 302
    (row,) = agreed(world)
    assert (row.to_name, row.purpose, row.how_asked) == ("Green House", Purpose.HOME, "Over tea, she read it herself")
    assert row.groups == (FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT)


def test_her_name_is_not_on_the_page_that_is_turned_to_her(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    for count in range(6):
        page = talk(client, world, *her_answers(world)[:count])
        assert page.status_code == 200
        assert NAME not in page.content.decode()


def test_each_question_can_be_skipped_and_skipping_shares_less(sign_in: SignIn, world: World) -> None:
    client, skip = sign_in("key_worker"), {"skip": "1"}
    first, second, *_ = her_answers(world)
    assert talk(client, world, skip).status_code == 302
    assert talk(client, world, first, skip).status_code == 302
    assert agreed(world) == []
    assert talk(client, world, first, second, skip, skip, skip, {"keep": "1"}).status_code == 302
    (row,) = agreed(world)
    assert row.how_asked == ""
    assert (row.until - row.asked_on).days < 93


def test_no_is_said_as_easily_as_yes(sign_in: SignIn, world: World) -> None:
    """One tap on the first page, where the agencies stand; nothing is kept, and nothing more is asked."""
    client = sign_in("key_worker")
    first = talk(client, world).content.decode()
    assert first.index("Nobody") < first.index("Green House")
    assert talk(client, world, {"agency": "nobody"}).status_code == 302
    assert agreed(world) == []


def test_no_answer_is_asked_for_again_without_blame(sign_in: SignIn, world: World) -> None:
    page = talk(sign_in("key_worker"), world, {})
    assert page.status_code == 422
    assert "Choose an answer, or skip this" in page.content.decode()


def test_she_changes_her_mind_in_two_clicks(sign_in: SignIn, world: World) -> None:
    client, house = sign_in("key_worker"), sign_in("hostel_worker")
    talk(client, world, *her_answers(world), {"keep": "1"})
    shared = reverse("people:shared", args=[world.records[HER]])
    assert NAME in house.get(shared).content.decode()
    record = client.get(at(world, "record")).content.decode()
    assert at(world, "sharing") in record  # the first click
    page = client.get(at(world, "sharing")).content.decode()
    stop = re.search(r'action="(/people/agreed/[^"]+/stop/)"', page)
    assert stop
    client.post(stop[1])  # the second
    assert house.get(shared).status_code == 404
    assert NAME not in house.get(reverse("people:shared-list")).content.decode()
    assert "Stop using" in house.get(reverse("people:shared-list")).content.decode()


def test_what_was_not_agreed_is_not_on_the_shared_page(sign_in: SignIn, world: World) -> None:
    talk(sign_in("key_worker"), world, *her_answers(world), {"keep": "1"})
    html = sign_in("hostel_worker").get(reverse("people:shared", args=[world.records[HER]])).content.decode()
    tokens = canaries("riverside", "van", 1)
    assert tokens["name"] in html
    assert tokens["mark"] in html
    assert tokens["note"] not in html  # notes
    assert tokens["area"] not in html  # where she is


def test_her_sheet_names_nobody_and_no_service(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    talk(client, world, *her_answers(world), {"keep": "1"})
    html = client.post(at(world, "sheet")).content.decode()
    for token in (*canaries("riverside", "van", 1).values(), "Green House", "Night Van", "Alongside", "NV-"):
        assert token not in html
    assert ON_PAPER[FieldGroup.SAFE_CONTACT] in html
    assert "<strong>GH</strong>" in html
    actor = world.actor("key_worker")
    with acting_as(actor):
        (copy,) = queries.handouts(actor, world.records[HER])
    assert copy.number in html
    assert copy.kind == HandoutKind.SHEET.words


@pytest.mark.parametrize("who", ["worker", "team"])
def test_a_colleague_whom_she_fears_finds_a_stranger(sign_in: SignIn, world: World, who: str) -> None:
    client, feared = sign_in("key_worker"), sign_in("outreach_worker")
    chosen = str(world.workers["outreach_worker"].id) if who == "worker" else "van/outreach_worker"
    answer = client.post(at(world, "keep-out"), {"who": chosen, "reason": "she_asked", "words": "Her cousin"})
    assert answer.status_code == 302
    for route in ("record", "sharing", "correct", "accept", "conflict"):
        assert feared.get(at(world, route)).status_code == 404
    assert NAME not in feared.get(reverse("people:records")).content.decode()
    found = feared.post(reverse("people:look-up"), {"words": NAME}).content.decode()
    assert at(world, "record") not in found
    assert client.get(at(world, "record")).status_code == 200
    let_in = re.search(r'action="(/people/keep-out/[^"]+)"', client.get(at(world, "sharing")).content.decode())
    assert let_in
    client.post(let_in[1])
    assert feared.get(at(world, "record")).status_code == 200


def test_keeping_oneself_out_unawares_is_told(sign_in: SignIn, world: World) -> None:
    answer = sign_in("key_worker").post(at(world, "keep-out"), {"who": "van/key_worker", "reason": "safety"})
    assert answer.status_code == 422
    assert "keep you out as well" in answer.content.decode()


def test_a_worker_says_that_she_should_not_see_a_record(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    assert client.post(at(world, "conflict")).status_code == 302
    assert client.get(at(world, "record")).status_code == 404
    assert sign_in("manager").get(at(world, "record")).status_code == 200


def test_who_will_see_this_stands_beside_the_box(sign_in: SignIn, world: World) -> None:
    html = sign_in("key_worker").get(at(world, "correct")).content.decode()
    assert html.count("Who will see this: Night Van (everyone who works with women") == 6
    actor, day = world.actor("key_worker"), timezone.localdate()
    with acting_as(actor):
        actions.give_grant(
            actor,
            world.records[HER],
            to_agency=world.agencies["house"].id,
            groups=[FieldGroup.NOTES],
            asked_on=day,
            until=day,
        )
    html = sign_in("key_worker").get(at(world, "correct")).content.decode()
    assert html.count("Green House") == 1
