"""The pages of referrals, as each side lives them; what they may never say."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from alongside.casework.referrals import actions, queries
from alongside.casework.referrals.codes import DeclineReason, State, WithdrawReason
from alongside.casework.referrals.tests.conftest import Services
from alongside.casework.referrals.tests.test_steps import ALL, SENDER, SERVICE, do, page, send
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.codes import Source, Takes
from tests.world import SignIn, World, canaries, canary

HERS = canary("riverside", "van", 1, "name")


def text(answer: Any) -> str:
    assert answer.status_code in (200, 422), answer.status_code
    return str(answer.content.decode())


def step(client: Client, id: UUID, what: str, **more: Any) -> Any:
    return client.post(reverse("referrals:step", args=[id]), {"what": what, "seen": "1", **more}, follow=True)


def refer(client: Client, record: UUID, **more: Any) -> Any:
    facts = {"groups": ["identity"], "how_agreed": "in_person", "source": "agency", **more}
    return client.post(reverse("referrals:refer", args=[record]), facts, follow=True)


def test_it_works_from_her_page_to_the_answer(world: World, services: Services, sign_in: SignIn) -> None:
    van, house, record = sign_in(SENDER), sign_in(SERVICE), world.records["van", 1]
    door = reverse("referrals:refer", args=[record])
    assert door in text(van.get(reverse("people:record", args=[record])))
    form = text(van.get(door))
    assert "Hostel, Green House" in form
    assert 'value="identity" checked' in form
    assert 'value="notes" checked' not in form
    answer = refer(van, record, service=str(services.hostel), needs=["pets"])
    said = text(answer)
    assert "They are asked to answer within 3 days" in said
    assert "does not say that it takes: with a pet" in said
    (id,) = [each.row.id for each in do(world, SENDER, queries.sent)[0]]
    home = text(house.get("/"))
    assert reverse("referrals:referral", args=[id]) in home
    shown = text(house.get(reverse("referrals:referral", args=[id])))
    assert "decline:not_pets" in shown
    assert "25 to 34" in shown
    day = timezone.localdate() + timedelta(days=2)
    assert "Her record with us" in text(step(house, id, "accept", starts_on=day.isoformat()))
    home = text(van.get("/"))
    assert "accepted" in home
    assert HERS not in home
    said = text(van.get(reverse("referrals:referral", args=[id])))
    assert "We know: take it off our first page" in said
    step(van, id, "know")
    assert reverse("referrals:referral", args=[id]) not in text(van.get("/"))


def test_what_she_agreed_last_time_is_ticked_the_next(world: World, services: Services, sign_in: SignIn) -> None:
    send(world, services.hostel, groups=ALL[1:3])
    form = text(sign_in(SENDER).get(reverse("referrals:refer", args=[world.records["van", 1]])))
    ticked = {group.value for group in ALL if f'value="{group.value}" checked' in form}
    assert ticked == {"safe_contact", "whereabouts"}


def test_no_name_stands_where_none_belongs(world: World, services: Services, sign_in: SignIn) -> None:
    """Preview, inbox, first page, file and co-ordinator's list; and titles for her own agency."""
    tokens = canaries("riverside", "van", 1)
    id = send(world, services.hostel, groups=ALL, words=tokens["note"])
    address = reverse("referrals:referral", args=[id])
    house, van, coordinator = sign_in(SERVICE), sign_in(SENDER), sign_in("coordinator")
    found = [text(house.get(each)) for each in (address, "/", reverse("referrals:index"), reverse("referrals:csv"))]
    found += [text(coordinator.get(reverse("referrals:across")))]
    found += [
        text(house.get(reverse(f"referrals:{name}", args=args))) for name, args in (("api", []), ("api-one", [id]))
    ]
    found += [text(van.get(each)) for each in ("/", reverse("referrals:csv"), reverse("referrals:api"))]
    assert not [token for token in tokens.values() for each in found if token.lower() in each.lower()]
    hers = text(van.get(address))
    assert tokens["name"] in hers
    assert tokens["name"] not in hers.split("</title>")[0]


def test_other_agency_gets_404(world: World, services: Services, sign_in: SignIn) -> None:
    """An agency that is neither side, a stranger's number, and the paper for the service: one and the same answer."""
    own = send(world, services.hostel, 2, persona=SERVICE, source=Source.SELF)
    id, van, house = send(world, services.hostel), sign_in(SENDER), sign_in(SERVICE)
    stranger = UUID(int=7)
    answers = [van.get(reverse("referrals:referral", args=[each])) for each in (own, stranger)]
    answers += [van.get(reverse("referrals:api-one", args=[own])), house.post(reverse("referrals:paper", args=[id]))]
    answers += [step(van, own, "receive"), step(van, stranger, "receive"), step(van, id, "receive")]
    answers += [van.get(reverse("referrals:refer", args=[world.records["house", 2]]))]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1


def test_get_changes_nothing(world: World, services: Services, sign_in: SignIn) -> None:
    id = send(world, services.hostel)
    sign_in(SERVICE).get(reverse("referrals:referral", args=[id]))
    assert sign_in(SERVICE).get(reverse("referrals:step", args=[id])).status_code == 405
    assert page(world, SENDER, id).row.version == 1


def test_an_old_page_is_told_in_words(world: World, services: Services, sign_in: SignIn) -> None:
    id = send(world, services.hostel)
    house, van = sign_in(SERVICE), sign_in(SENDER)
    step(van, id, "withdraw:elsewhere")
    assert "Somebody changed this since you opened it" in text(step(house, id, "accept"))
    assert page(world, SENDER, id).row.state is State.WITHDRAWN


@pytest.mark.parametrize(
    ("what", "more", "said"),
    [
        ("decline", {}, "Choose why the service says no."),
        ("return", {"reason": "no_space"}, "Choose which service you offer instead."),
        ("accept", {"starts_on": "31/31"}, "The day she can come must be a real date"),
        ("dance", {}, "Choose what to do."),
        ("offer", {}, "Enter the day she can come."),
    ],
)
def test_a_step_says_what_it_needs(
    world: World, services: Services, sign_in: SignIn, what: str, more: dict[str, str], said: str
) -> None:
    id = send(world, services.hostel)
    assert said in text(step(sign_in(SERVICE), id, what, **more))
    assert page(world, SENDER, id).row.version == 1


def test_a_withdrawal_needs_its_reason(world: World, services: Services, sign_in: SignIn) -> None:
    id = send(world, services.hostel)
    assert "Choose why you take it back." in text(step(sign_in(SENDER), id, "withdraw"))


def test_another_offer_is_taken_up_in_one_click(world: World, services: Services, sign_in: SignIn) -> None:
    id, house, van = send(world, services.hostel), sign_in(SERVICE), sign_in(SENDER)
    step(house, id, "return", reason="no_space", other=str(services.second))
    assert "They offer Second." in text(van.get(reverse("referrals:referral", args=[id])))
    said = text(step(van, id, "take_up", seen="2"))
    assert "Sent to the service that was offered." in said
    assert "Second, Green House" in said


def test_the_form_on_paper_says_what_she_agreed_to(world: World, services: Services, sign_in: SignIn) -> None:
    tokens = canaries("riverside", "van", 1)
    id = send(world, services.flats, words="She wants a door that locks")
    said = text(sign_in(SENDER).post(reverse("referrals:paper", args=[id])))
    assert tokens["name"] in said
    assert tokens["area"] not in said
    assert "She wants a door that locks" in said
    assert page(world, SENDER, id).row.number in said


def test_the_answer_on_paper_is_written_down_with_its_day(world: World, services: Services, sign_in: SignIn) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    id = send(world, services.flats, sent_on=yesterday)
    said = text(step(sign_in(SENDER), id, "decline:no_space", on=yesterday.isoformat()))
    assert "The service said no" in said
    assert page(world, SENDER, id).row.clocks.decided == yesterday


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"service": ""}, "Choose an answer: Where to"),
        ({"asked_on_year": "2026"}, "When she asked must have a day, a month and a year"),
        ({"source": "court"}, "Sent to Hostel"),
        ({"asked_on_day": "1", "asked_on_month": "1", "asked_on_year": "2100"}, "must be today or before"),
    ],
)
def test_what_is_missing_is_said(
    world: World, services: Services, sign_in: SignIn, changed: dict[str, str], said: str
) -> None:
    facts = {"service": str(services.hostel), **changed}
    assert said in text(refer(sign_in(SENDER), world.records["van", 1], **facts))


def test_a_second_referral_to_the_same_service_is_explained(world: World, services: Services, sign_in: SignIn) -> None:
    send(world, services.hostel)
    answer = refer(sign_in(SENDER), world.records["van", 1], service=str(services.hostel))
    assert answer.status_code == 422
    assert "has an open referral of her from us already" in text(answer)


def test_a_service_said_no(world: World, services: Services, sign_in: SignIn) -> None:
    van, record = sign_in(SENDER), world.records["van", 1]
    address = reverse("referrals:turned-away", args=[record])
    assert "Choose what kind of service it is" in text(
        van.post(address, {"service": "elsewhere", "reason": "papers"}, follow=True)
    )
    said = text(
        van.post(
            address, {"service": "elsewhere", "kind": "clinic", "reason": "papers", "words": "No letter"}, follow=True
        )
    )
    assert "Clinic not in the directory" in said
    assert "No letter" in said


def test_the_file_holds_codes_and_runs_no_formula(world: World, services: Services, sign_in: SignIn) -> None:
    id = send(world, services.hostel)
    do(world, SERVICE, actions.decline, id, seen=1, reason=DeclineReason.NO_SPACE)
    answer = sign_in(SERVICE).get(reverse("referrals:csv"))
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["From"], row["Service"], row["State"]) == ("Night Van", "Hostel", "The service said no")
    assert row["Reason"] == DeclineReason.NO_SPACE.words
    assert row["Decided"] == timezone.localdate().isoformat()
    book = load_workbook(io.BytesIO(sign_in(SERVICE).get(f"{reverse('referrals:csv')}?as=xlsx").content))
    assert [cell.value for cell in book["Referrals"][2]][:3] == [row["Number"], "Night Van", "Hostel"]


def test_the_co_ordinator_sees_who_waits(world: World, services: Services, sign_in: SignIn) -> None:
    id = send(world, services.hostel, sent_on=timezone.localdate() - timedelta(days=5))
    send(world, services.second, needs=(Takes.PETS,))
    coordinator, number = sign_in("coordinator"), page(world, SENDER, id).row.number
    said = text(coordinator.get(reverse("referrals:across")))
    assert "1 overdue" in said
    assert "5 days, overdue" in said
    overdue = text(coordinator.get(reverse("referrals:across") + "?overdue=yes"))
    assert number in overdue
    assert "Second" not in overdue


def test_lists_come_in_pages(world: World, services: Services, sign_in: SignIn) -> None:
    send(world, services.hostel)
    van = sign_in(SENDER)
    assert van.get(reverse("referrals:index") + "?page=2").status_code == 404
    assert van.get(reverse("referrals:index") + "?page=x").status_code == 200


def test_withdrawn_is_hidden_from_no_side_but_over(world: World, services: Services) -> None:
    """Nothing is passed on after a withdrawal: the package stays closed to the service."""
    id = send(world, services.hostel)
    do(world, SENDER, actions.withdraw, id, seen=1, reason=WithdrawReason.NOT_NOW)
    found = page(world, SERVICE, id)
    assert (found.known, found.row.waiting) == (None, None)
    with acting_as(world.actor(SERVICE)):
        assert do(world, SERVICE, queries.inbox).to_answer == ()
