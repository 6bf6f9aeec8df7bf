"""Once a service says yes it reads on in the sender's record, if she agreed to that; and ends when she says."""

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from alongside.casework.referrals import actions
from alongside.casework.referrals.codes import DeclineReason
from alongside.casework.referrals.tests.conftest import Services
from alongside.casework.referrals.tests.test_steps import SENDER, SERVICE, do, page, send
from alongside.foundation.gate.permissions import NotFound
from alongside.register.people.actions import exclude, give_grant, withdraw_grant
from alongside.register.people.codes import FieldGroup
from alongside.register.people.queries import shared_with_us, sharing
from alongside.register.people.rules import months_after
from tests.world import World


def shares(world: World) -> dict[UUID, tuple[FieldGroup, ...]]:
    """What the house reads of other agencies' women, by record."""
    return {each.record: each.groups for each in do(world, SERVICE, shared_with_us)}


def test_a_yes_opens_the_senders_record_as_she_agreed(world: World, services: Services) -> None:
    id = send(world, services.hostel, opens_months=6, groups=(FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT))
    assert shares(world) == {}
    assert page(world, SERVICE, id).reads_on is None
    do(world, SERVICE, actions.accept, id, seen=1)
    her = world.records["van", 1]
    assert shares(world) == {her: (FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT)}
    assert page(world, SERVICE, id).reads_on == her
    (grant,) = do(world, SENDER, sharing, her)
    assert grant.until == months_after(timezone.localdate(), 6)
    do(world, SENDER, withdraw_grant, grant.id)
    assert shares(world) == {}


@pytest.mark.parametrize("more", [{"opens_months": 0}, {"opens_months": 6, "groups": ()}])
def test_without_her_word_a_yes_opens_nothing(world: World, services: Services, more: dict[str, Any]) -> None:
    id = send(world, services.hostel, **more)
    do(world, SERVICE, actions.accept, id, seen=1)
    assert shares(world) == {}


def test_a_no_opens_nothing(world: World, services: Services) -> None:
    id = send(world, services.hostel, opens_months=6)
    do(world, SERVICE, actions.decline, id, seen=1, reason=DeclineReason.NO_SPACE)
    assert shares(world) == {}


def test_what_she_agreed_before_stays_beside_it_and_each_ends_on_its_own_day(world: World, services: Services) -> None:
    her, today = world.records["van", 1], timezone.localdate()
    facts = {"to_agency": world.agencies["house"].id, "asked_on": today, "until": months_after(today, 12)}
    do(world, SENDER, give_grant, her, groups=[FieldGroup.NOTES], **facts)
    do(world, SERVICE, actions.accept, send(world, services.hostel, opens_months=3), seen=1)
    assert shares(world) == {her: (FieldGroup.IDENTITY, FieldGroup.NOTES)}
    in_force = [row for row in do(world, SENDER, sharing, her) if not row.ended_on]
    assert {row.groups: row.until for row in in_force} == {
        (FieldGroup.NOTES,): months_after(today, 12),
        (FieldGroup.IDENTITY,): months_after(today, 3),
    }


def test_her_no_to_an_agency_ends_all_that_she_agreed_for_it(world: World, services: Services) -> None:
    her, today = world.records["van", 1], timezone.localdate()
    facts = {"to_agency": world.agencies["house"].id, "asked_on": today, "until": months_after(today, 12)}
    grant = do(world, SENDER, give_grant, her, groups=[FieldGroup.NOTES], **facts)
    do(world, SERVICE, actions.accept, send(world, services.hostel, opens_months=3), seen=1)
    do(world, SENDER, withdraw_grant, grant)
    assert shares(world) == {}


def test_whom_she_fears_reads_on_in_nothing(world: World, services: Services) -> None:
    id = send(world, services.hostel, opens_months=6)
    do(world, SENDER, exclude, world.records["van", 1], agency=world.agencies["house"].id)
    with pytest.raises(NotFound):
        do(world, SERVICE, actions.accept, id, seen=1)
    assert shares(world) == {}
