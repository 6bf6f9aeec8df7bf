"""Rounds by name: kept once, chosen when a shift is planned, closed without taking the name from what was."""

from datetime import date

import pytest
from django.urls import reverse

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.actions.routes import RouteThere
from alongside.foundation.gate.level import acting_as
from tests.world import SignIn, World

THAT_DAY = date(2100, 1, 1)
NIGHT = {
    "on_day": "1",
    "on_month": "1",
    "on_year": "2100",
    "starts": "22.00",
    "ends": "03.00",
    "weeks": "1",
    "kind": "van",
}


def test_a_shift_takes_the_areas_of_its_route(sign_in: SignIn, world: World) -> None:
    actor = world.actor("manager")
    with acting_as(actor):
        mill, dock = (actions.keep_area(actor, name=name) for name in ("Mill Lane", "Dock Street"))
    client = sign_in("key_worker")
    kept = client.post(reverse("contacts:routes"), {"name": "River round", "areas": [str(dock), str(mill)]})
    assert kept.status_code == 302
    assert b"River round" in client.get(reverse("contacts:plan")).content
    told = client.post(reverse("contacts:plan"), {**NIGHT, "route": "River round", "plan_anyway": "1"})
    assert told.status_code == 302
    worker = world.actor("key_worker")
    with acting_as(worker):
        (shift,) = queries.rota(worker, THAT_DAY, THAT_DAY)
    assert (shift.route, set(shift.areas)) == ("River round", {mill, dock})


def test_areas_ticked_for_one_night_stand_before_those_of_the_route(sign_in: SignIn, world: World) -> None:
    actor = world.actor("manager")
    with acting_as(actor):
        mill, dock = (actions.keep_area(actor, name=name) for name in ("Mill Lane", "Dock Street"))
        actions.keep_route(actor, name="River round", areas=[mill, dock])
    client = sign_in("key_worker")
    client.post(reverse("contacts:plan"), {**NIGHT, "route": "River round", "areas": [str(mill)], "plan_anyway": "1"})
    worker = world.actor("key_worker")
    with acting_as(worker):
        (shift,) = queries.rota(worker, THAT_DAY, THAT_DAY)
    assert set(shift.areas) == {mill}


def test_two_open_routes_never_have_one_name(sign_in: SignIn, world: World) -> None:
    actor = world.actor("key_worker")
    with acting_as(actor):
        first = actions.keep_route(actor, name="River round")
        with pytest.raises(RouteThere):
            actions.keep_route(actor, name="River round")
    answer = sign_in("key_worker").post(reverse("contacts:routes"), {"name": "River round"})
    assert (answer.status_code, RouteThere.words.encode() in answer.content) == (422, True)
    with acting_as(actor):
        actions.close_route(actor, first)
        assert queries.routes(actor) == []
        actions.keep_route(actor, name="River round")


def test_a_closed_route_is_not_offered_and_its_shifts_keep_the_name(sign_in: SignIn, world: World) -> None:
    actor = world.actor("key_worker")
    with acting_as(actor):
        route = actions.keep_route(actor, name="River round")
    client = sign_in("key_worker")
    client.post(reverse("contacts:plan"), {**NIGHT, "route": "River round", "plan_anyway": "1"})
    assert client.post(reverse("contacts:close-route", args=[route])).status_code == 302
    refused = client.post(reverse("contacts:plan"), {**NIGHT, "route": "River round", "plan_anyway": "1"})
    assert refused.status_code == 422
    with acting_as(actor):
        (shift,) = queries.rota(actor, THAT_DAY, THAT_DAY)
    assert shift.route == "River round"


def test_another_agency_neither_sees_nor_closes_it(sign_in: SignIn, world: World) -> None:
    actor = world.actor("key_worker")
    with acting_as(actor):
        route = actions.keep_route(actor, name="River round")
    other = sign_in("hostel_worker")
    assert b"River round" not in other.get(reverse("contacts:routes")).content
    assert other.post(reverse("contacts:close-route", args=[route])).status_code == 404
