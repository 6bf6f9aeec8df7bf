"""Whatever takes a name out of the product has a number, and the number is there when it has to be called back."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.casework.contacts import actions as contacts
from alongside.casework.contacts.codes import LookOutReason, SessionKind
from alongside.casework.referrals.actions.sending import Asked, send
from alongside.casework.referrals.tests.conftest import open_services
from alongside.foundation.gate.permissions import NotFound
from alongside.phone.actions import set_up_phone, take_list
from alongside.register.people import actions, queries
from alongside.register.people.codes import FieldGroup, HandoutKind
from alongside.register.rights.actions import hers
from alongside.register.rights.codes import Kind, Way
from tests.world import SignIn, World, does

pytestmark = pytest.mark.django_db
HER, OTHER = ("van", 1), ("van", 3)


def copies(world: World, record: tuple[str, int] = HER, persona: str = "key_worker") -> list[tuple[str, str]]:
    return [(each.number, each.kind) for each in does(world, persona, queries.handouts, world.records[record])]


def test_a_referral_on_paper(world: World, sign_in: SignIn) -> None:
    service = open_services(world).hostel
    asked = Asked(service, groups=(FieldGroup.IDENTITY,))
    made = does(world, "key_worker", send, world.records[HER], asked=asked)
    paper = sign_in("key_worker").post(reverse("referrals:paper", args=[made])).content.decode()
    ((number, kind),) = copies(world)
    assert kind == HandoutKind.REFERRAL.words
    assert number in paper


def test_a_sheet_of_the_drop_in_is_one_number_with_each_woman_on_it(world: World, sign_in: SignIn) -> None:
    session = does(world, "key_worker", contacts.open_session, kind=SessionKind.DROPIN, on=timezone.localdate())
    for woman in (HER, OTHER):
        came = {"id": uuid4(), "occurred_at": timezone.now(), "record": world.records[woman], "session": session}
        does(world, "key_worker", contacts.record_contact, **came)
    paper = sign_in("key_worker").post(reverse("contacts:sheet", args=[session])).content.decode()
    assert copies(world) == copies(world, OTHER)
    assert copies(world)[0][0] in paper


def test_tonights_list_on_a_phone(world: World) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    facts = {"record": world.records[HER], "reason": LookOutReason.WORRY, "until": tomorrow}
    does(world, "key_worker", contacts.look_out, **facts)
    token = does(world, "key_worker", set_up_phone, membership=world.memberships["key_worker"].id, name="Red phone")
    does(world, "key_worker", take_list, device=token.id)
    assert [kind for _, kind in copies(world)] == [HandoutKind.PHONE.words]
    assert copies(world, OTHER) == []


def test_her_own_copy(world: World, sign_in: SignIn) -> None:
    asked = {"kind": Kind.ACCESS, "way": Way.IN_PERSON, "received_on": timezone.localdate(), "said": "All of it"}
    made = does(world, "key_worker", hers.receive, world.records[HER], **asked)
    client = sign_in("key_worker")
    printed = client.post(reverse("rights:pack-print", args=[made])).content.decode()
    packed = client.post(reverse("rights:pack-file", args=[made])).headers["Content-Disposition"]
    numbers = [number for number, kind in copies(world) if kind == HandoutKind.COPY.words]
    assert len(set(numbers)) == 2
    assert any(number in printed for number in numbers)
    assert any(f"copy-{number}.zip" in packed for number in numbers)


def test_a_print_by_a_get_is_not_there(world: World, sign_in: SignIn) -> None:
    """A number is written: nothing that only looks may do it."""
    for route in ("referrals:paper", "contacts:sheet", "rights:pack-print", "rights:pack-file"):
        assert sign_in("key_worker").get(reverse(route, args=[UUID(int=7)])).status_code == 405


def test_the_receiver_is_asked_for_every_copy_once_she_changed_her_mind(world: World) -> None:
    today = timezone.localdate()
    facts = {"groups": [FieldGroup.IDENTITY], "asked_on": today, "until": today}
    house = world.agencies["house"].id
    grant = does(world, "key_worker", actions.give_grant, world.records[HER], to_agency=house, **facts)
    one = does(world, "hostel_worker", actions.hand_out, world.records[HER], HandoutKind.PRINT)
    both = [world.records[HER], world.records["house", 2]]
    listed = does(world, "hostel_worker", actions.hand_out_all, both, HandoutKind.EXPORT)
    does(world, "key_worker", actions.withdraw_grant, grant)
    (recall,) = does(world, "hostel_worker", queries.recalls)
    assert {copy.number for copy in recall.copies} == {one, listed}


def test_nothing_is_numbered_for_a_list_with_someone_out_of_reach(world: World) -> None:
    mixed = [world.records["house", 2], world.records[HER]]
    with pytest.raises(NotFound):
        does(world, "hostel_worker", actions.hand_out_all, mixed, HandoutKind.EXPORT)
    assert copies(world, ("house", 2), "hostel_worker") == []
    assert does(world, "hostel_worker", actions.hand_out_all, [], HandoutKind.EXPORT) == ""
