"""A manager keeps her agency's services, and who may send women there."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.casework.referrals.tests.conftest import Services, open_services
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import Source, Takes
from alongside.register.agencies.keeping_services import change_service
from alongside.register.agencies.queries import may_refer, rights, service
from tests.world import SignIn, World


@pytest.fixture
def services(world: World) -> Services:
    return open_services(world)


@pytest.fixture
def manager(world: World, sign_in: SignIn) -> Client:
    return sign_in("manager")


def told(**more: object) -> dict[str, object]:
    return {
        "name": "Night van",
        "takes": ["still_using", "pets"],
        "sources": ["agency", "self"],
        "answers_within_days": "2",
        "lapses_after_days": "14",
        **more,
    }


def test_what_it_takes_and_who_may_send(world: World, services: Services, manager: Client) -> None:
    house, van = world.agencies["house"].id, world.agencies["van"].id
    address = reverse("service", args=[services.van])
    assert manager.get(address).status_code == 200
    assert manager.post(address, told(agencies=[str(house)])).status_code == 302
    row = service(services.van, world.partnership.id)
    assert row is not None
    assert (row.name, row.takes, row.answers_within_days) == ("Night van", (Takes.PETS, Takes.STILL_USING), 2)
    assert services.van in may_refer(house, Source.AGENCY)
    assert services.van not in may_refer(van, Source.AGENCY)
    assert services.van not in may_refer(house, Source.COURT)
    page = manager.get(reverse("services")).content.decode()
    assert "House: referred by an agency; she asked herself" in page
    manager.post(address, told())
    assert rights([services.van])[services.van].agencies == frozenset()
    assert services.van in may_refer(van, Source.SELF)


def test_a_service_is_opened_and_closed(world: World, services: Services, manager: Client) -> None:
    for _ in range(2):
        opened = manager.post(reverse("services"), {"name": "Night beds", "kind": "hostel"})
    made = opened["Location"]
    house = world.agencies["house"].id
    assert len(may_refer(house, Source.AGENCY)) == 6  # the two, and four of the world's that are open to agencies
    assert manager.post(made, {"what": "end"})["Location"] == reverse("services")
    assert len(may_refer(house, Source.AGENCY)) == 5
    assert manager.get(made).status_code == 404
    assert manager.post(made, told()).status_code == 404


def test_an_end_before_the_answer_is_told(services: Services, manager: Client) -> None:
    answer = manager.post(reverse("service", args=[services.van]), told(lapses_after_days="1"))
    assert answer.status_code == 422
    assert "not before" in answer.content.decode()


def test_another_agencys_service_is_not_there(world: World, services: Services, manager: Client) -> None:
    assert manager.get(reverse("service", args=[services.hostel])).status_code == 404
    actor = world.actor("manager")
    facts = {"name": "x", "takes": (), "answers_within_days": 1, "lapses_after_days": 2, "sources": list(Source)}
    with acting_as(actor), pytest.raises(NotFound):
        change_service(actor, service=services.hostel, **facts)
    with acting_as(actor), pytest.raises(NotFound):
        change_service(actor, service=services.van, agencies=[world.partnership.id], **facts)


def test_only_managers_keep_services(services: Services, sign_in: SignIn) -> None:
    for persona in ("key_worker", "coordinator"):
        assert sign_in(persona).get(reverse("services")).status_code == 403
