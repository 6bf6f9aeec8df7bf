"""Whom she fears is not offered, is sent nothing, and learns nothing of what was sent before."""

import pytest
from django.urls import reverse

from alongside.casework.referrals import actions, queries
from alongside.casework.referrals.rules import KeptOut
from alongside.casework.referrals.tests.conftest import Services
from alongside.casework.referrals.tests.test_steps import SENDER, SERVICE, do, page, send
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import Source
from alongside.register.people.actions import exclude
from tests.world import SignIn, World


def keep_out_the_house(world: World, woman: int = 1) -> None:
    do(world, SENDER, exclude, world.records["van", woman], agency=world.agencies["house"].id)


def offered(world: World, woman: int) -> set[object]:
    return {each.id for each in do(world, SENDER, queries.choices, Source.AGENCY, world.records["van", woman])}


def test_an_agency_that_she_wants_kept_out_is_not_offered(world: World, services: Services, sign_in: SignIn) -> None:
    assert services.hostel in offered(world, 1)
    keep_out_the_house(world)
    assert offered(world, 1).isdisjoint({services.hostel, services.second})
    assert services.flats in offered(world, 1)
    assert services.hostel in offered(world, 3)
    html = sign_in(SENDER).get(reverse("referrals:refer", args=[world.records["van", 1]])).content.decode()
    assert str(services.hostel) not in html
    assert str(services.flats) in html


def test_nothing_is_sent_there(world: World, services: Services) -> None:
    """Also by a page that was opened before, or by a program."""
    keep_out_the_house(world)
    with pytest.raises(KeptOut) as fault:
        send(world, services.hostel)
    assert "kept out" in fault.value.words
    assert do(world, SERVICE, queries.inbox).to_answer == ()


def test_what_was_sent_before_is_gone_for_them(world: World, services: Services, sign_in: SignIn) -> None:
    id = send(world, services.hostel)
    assert len(do(world, SERVICE, queries.inbox).to_answer) == 1
    keep_out_the_house(world)
    assert do(world, SERVICE, queries.inbox).to_answer == ()
    with pytest.raises(NotFound):
        page(world, SERVICE, id)
    with pytest.raises(NotFound):
        do(world, SERVICE, actions.accept, id, seen=1)
    house = sign_in(SERVICE)
    assert house.get(reverse("referrals:referral", args=[id])).status_code == 404
    assert house.get(reverse("referrals:api-one", args=[id])).status_code == 404
    assert page(world, SENDER, id).row.id == id
