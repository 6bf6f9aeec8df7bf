"""A small partnership with a service, counted returns and a release that went out."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from alongside.casework.contacts import actions as contacts
from alongside.insight.monitoring.actions import Wanted, make_returns
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.preparing import prepare_release
from alongside.insight.monitoring.releasing import give_release
from alongside.register.agencies.models import Service
from alongside.register.people.facts import counting_job
from tests.world import World, as_persona, build, enter

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: Any) -> None:
    """Files of the test's own; the second factor has its own tests."""
    settings.SNAPSHOTS, settings.DEFINITIONS = tmp_path / "snapshots", tmp_path / "definitions"
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if ".accounts." not in each]


@pytest.fixture
def world() -> World:
    """48 women known to the van, 15 of them met once: a count that can go out."""
    made = build(women=48)
    Service.objects.create(agency=made.agencies["van"], slug="outreach", name="Night outreach", kind="outreach")
    Service.objects.create(agency=made.agencies["house"], slug="hostel", name="Green hostel", kind="hostel")
    with as_persona(made, "key_worker") as actor:
        for woman in range(15):
            contacts.record_contact(
                actor, id=uuid4(), occurred_at=timezone.now(), record=made.records["van", woman], staying="own",
                topics=("safety",),
            )  # fmt: skip
    return made


def counted(world: World, agency: str | None = "van", period: Period = YEAR, framework: str = "quarterly") -> UUID:
    wanted = Wanted(framework, world.agencies[agency].id if agency else None, period)
    return make_returns(counting_job(world.partnership.id), [wanted])[0]


def released(world: World, period: Period = YEAR) -> UUID:
    whole = counted(world, None, period)
    with as_persona(world, "coordinator") as actor:
        release: UUID = prepare_release(actor, whole)
    with as_persona(world, "manager") as actor:
        give_release(actor, release)
    return release


def service(world: World, agency: str) -> UUID:
    return Service.objects.get(agency=world.agencies[agency]).pk


def signed_in(world: World, persona: str) -> Client:
    return enter(Client(), world.workers[persona])


def page(world: World, persona: str, address: str) -> str:
    answer = signed_in(world, persona).get(address)
    assert answer.status_code == 200, (persona, address, answer.status_code)
    return answer.content.decode()
