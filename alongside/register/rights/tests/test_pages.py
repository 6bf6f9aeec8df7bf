"""The pages: what a worker does in her browser, from the first page to the last button."""

import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alongside.register.rights.codes import Kind
from alongside.register.rights.queries import emergency, hers, outside
from alongside.register.rights.tests.doing import shares
from tests.world import canary, does

pytestmark = pytest.mark.django_db
HER = ("van", 1)


def on(name, day=None):
    day = day or timezone.localdate()
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def code(world, record=HER):
    return does(world, "key_worker", emergency.own_record, world.records[record]).code


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_letter_from_the_police_is_kept_with_two_fields(world, sign_in):
    client = sign_in("key_worker")
    sent = {
        "asker": "police",
        "power": "none",
        "is_harmed": "not_known",
        "counselling": "not_known",
        "told": "undecided",
    }
    answer = client.post(
        reverse("rights:outside-new"), {**sent, **on("received_on"), "code": code(world).lower()}, follow=True
    )
    assert answer.status_code == 200
    assert "Nothing has been given" in text(answer)
    assert "Nothing can be given while these are missing" in text(answer)
    assert "Authorise" not in text(answer)


def test_a_code_that_is_no_record_of_ours_is_told_in_the_same_words(world, sign_in):
    sent = {"kind": "access", "way": "in_person", **on("received_on")}
    said = set()
    for typed in (
        code(world, HER)[:-1] + ("1" if code(world, HER)[-1] == "0" else "0"),
        does(world, "hostel_worker", emergency.own_record, world.records["house", 2]).code,
        "X",
    ):
        answer = sign_in("key_worker").post(reverse("rights:hers-new"), {**sent, "code": typed})
        assert answer.status_code == 422
        said.add(text(answer).replace(typed, ""))
    assert len(said) == 1


def test_two_sign_on_their_screens_and_it_is_given(world, sign_in):
    sent = {
        "asker": "council", "in_writing": "on", "power": "safeguarding", "purpose": "A child",
        "necessity": "No other way",
        "extract": "Where she stays", "is_harmed": "no", "counselling": "no", "told": "before", **on("received_on"),
    }  # fmt: skip
    sign_in("key_worker").post(reverse("rights:outside-new"), {**sent, "code": code(world)})
    (row,) = does(world, "dp_lead", outside.open_requests)
    address = reverse("rights:outside-one", args=[row.id])
    assert "Someone else has to sign too" in text(sign_in("manager").post(address, {"step": "sign"}, follow=True))
    assert "It may be given now" in text(sign_in("dp_lead").post(address, {"step": "sign"}, follow=True))
    faulty = sign_in("key_worker").post(address, {"step": "give", "how": ""})
    assert faulty.status_code == 422
    done = sign_in("key_worker").post(address, {"step": "give", "how": "One line, by letter"}, follow=True)
    assert "One line, by letter" in text(done)
    late = sign_in("dp_lead").post(address, {"step": "turn-down", "reason": "harm"}, follow=True)
    assert "can’t be done any more" in text(late)


def test_a_disclosure_from_her_page_to_the_second_signature(world, sign_in):
    sent = {
        "to_agency": str(world.agencies["house"].id), "ground": "life", "groups": ["whereabouts"], "necessity": "Now",
        "risk": "He is outside", "told": "before", **on("review_on"), **on("until"),
    }  # fmt: skip
    answer = sign_in("key_worker").post(reverse("rights:disclosure-new", args=[world.records[HER]]), sent, follow=True)
    assert "Nothing is shared until someone else here signs too" in text(answer)
    address = answer.redirect_chain[-1][0]
    assert "Sign as the second" not in text(sign_in("key_worker").get(address))
    assert "It is shared from now on" in text(sign_in("outreach_worker").post(address, {"step": "sign"}, follow=True))


def test_a_look_stands_on_the_first_page_of_those_who_keep_the_record(linked, sign_in):
    sent = {"held_by": str(linked.agencies["house"].id), "groups": ["whereabouts"], "reason": "She called for help"}
    answer = sign_in("key_worker").post(reverse("rights:look-new", args=[linked.records["van", 0]]), sent, follow=True)
    assert "Open for four hours" in text(answer)
    first_page = text(sign_in("house_dp_lead").get("/"))
    assert "looked at GH-" in first_page
    assert linked.workers["key_worker"].name in first_page
    assert "in an emergency on" not in text(sign_in("dp_lead").get("/"))
    address = answer.redirect_chain[-1][0]
    reviewed = sign_in("house_dp_lead").post(
        address, {"step": "review", "finding": "fitting", "why": "She was"}, follow=True
    )
    assert "Reviewed" in text(reviewed)
    assert "in an emergency on" not in text(sign_in("house_dp_lead").get("/"))


def test_a_look_asks_for_the_second_factor_again(linked, sign_in, settings):
    client = sign_in("key_worker")
    address = reverse("rights:look-new", args=[linked.records["van", 0]])
    sent = {"held_by": str(linked.agencies["house"].id), "groups": ["whereabouts"], "reason": "She called for help"}
    session = client.session
    del session["entered_demo"]
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": timezone.now().timestamp() - 3700}
    ]
    session.save()
    answer = client.post(address, sent)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith((reverse("mfa_reauthenticate"), reverse("mfa_index")))
    assert does(linked, "house_dp_lead", emergency.notices) == []


def test_a_worker_whose_look_was_not_reviewed_is_told_what_to_do(linked, sign_in):
    sent = {"held_by": str(linked.agencies["house"].id), "groups": ["whereabouts"], "reason": "She called for help"}
    client = sign_in("key_worker")
    client.post(reverse("rights:look-new", args=[linked.records["van", 0]]), sent)
    (look,) = does(linked, "house_dp_lead", emergency.notices)
    with time_machine.travel(look.review_due):
        client = sign_in("key_worker")
        assert client.get(reverse("people:records")).status_code == 403
        assert "nobody has reviewed it in time" in text(client.get("/", follow=True))


def test_the_desk_shows_what_waits_by_code(world, sign_in):
    shares(world)
    sent = {"kind": "access", "way": "in_person", "code": code(world), "said": "All of it", **on("received_on")}
    sign_in("key_worker").post(reverse("rights:hers-new"), sent)
    page = sign_in("dp_lead").get(reverse("rights:desk"))
    assert text(page).count(code(world)) == 2
    assert "Waits for the second signature" in text(page)
    assert canary("riverside", "van", 1, "name") not in page.content.decode()


def test_her_copy_from_asking_to_her_hand(world, sign_in):
    sent = {"kind": "access", "way": "in_person", "code": code(world), **on("received_on")}
    sign_in("outreach_worker").post(reverse("rights:hers-new"), sent)
    (row,) = does(world, "dp_lead", hers.open_requests)
    assert row.kind == Kind.ACCESS
    one, pack = reverse("rights:hers-one", args=[row.id]), reverse("rights:pack", args=[row.id])
    sign_in("key_worker").post(one, {"step": "it-is-she"})
    sign_in("key_worker").post(pack, {"step": "prepare", "others": canary("riverside", "van", 1, "note")})
    page = sign_in("manager").get(pack).content.decode()
    assert canary("riverside", "van", 1, "name") in page
    assert canary("riverside", "van", 1, "note") not in page.split("The copy</h2>")[1]
    sign_in("manager").post(pack, {"step": "check"})
    assert "hand-over" not in sign_in("manager").get(pack).content.decode()
    done = sign_in("key_worker").post(pack, {"step": "hand-over", "how": "At the van, alone"}, follow=True)
    assert "she has her copy" in text(done)


def test_the_schedule_is_set_by_class(world, sign_in):
    address = reverse("rights:schedule")
    assert "Records Management Code" in sign_in("dp_lead").get(address).content.decode()
    faulty = sign_in("dp_lead").post(address, {"step": "woman", "years": "0", "authority": "x"})
    assert faulty.status_code == 422
    assert "Years must be at least 1" in text(faulty)
    sign_in("dp_lead").post(address, {"step": "woman", "years": "9", "authority": "Our trustees"})
    assert "Our trustees" in sign_in("dp_lead").get(address).content.decode()
