"""One lead worker and never two: between colleagues, between agencies, after one left, and for two at once (3b)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.changes import writing
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.models import Agency
from alongside.register.people import actions, queries
from alongside.register.people.codes import AcceptanceBasis, Judgement
from alongside.register.people.linking import accept, decide
from alongside.register.people.models import Lead
from alongside.register.people.queries.leading import lead_of, leads, offers
from alongside.register.people.tests.linking_world import edge, keep, pair_of
from tests.world import SignIn, World, does

HER, THEIRS = ("van", 2), ("house", 2)


def worker(world: World, persona: str):
    return world.workers[persona].id


@pytest.fixture
def linked(world: World) -> None:
    """Both agencies know of each other: she agreed at both, and the co-ordinator decided."""
    keep(world, [edge(world.records[HER], world.records[THEIRS], 0.9)])
    pair = pair_of(world.actor("coordinator"), world.records[HER], world.records[THEIRS])
    does(world, "coordinator", decide, pair, judgement=Judgement.SAME)
    for persona, record in (("key_worker", HER), ("hostel_worker", THEIRS)):
        facts = {"basis": AcceptanceBasis.SHE_AGREED, "how_asked": "", "asked_on": date.today()}
        until = date.today() + timedelta(days=90)
        does(world, persona, accept, world.records[record], until=until, **facts)


def led_by(world: World, persona: str, record=HER) -> str:
    row = does(world, persona, lead_of, world.records[record])
    return row.worker if row else ""


def offered(world: World, reads_on: bool = False):
    made = does(world, "key_worker", actions.lead, world.records[HER], worker=worker(world, "key_worker"))
    house = world.agencies["house"].id
    does(world, "key_worker", actions.offer_lead, made, to_agency=house, reads_on=reads_on)
    return made


def in_force() -> int:
    return Lead.objects.unscoped("test").filter(ended_at=None).count()


def test_handed_to_a_colleague_the_first_leads_no_more(world: World) -> None:
    her = world.records[HER]
    for persona in ("key_worker", "outreach_worker"):
        does(world, "key_worker", actions.lead, her, worker=worker(world, persona))
        assert led_by(world, "key_worker") == world.workers[persona].name
    with acting_as(world.actor("key_worker")):
        assert in_force() == 1
        assert Lead.objects.unscoped("test").count() == 2, "who led before stays known"


def test_the_database_refuses_a_second_lead_of_a_record_and_of_a_woman(world: World) -> None:
    her, actor = world.records[HER], world.actor("key_worker")
    made = does(world, "key_worker", actions.lead, her, worker=worker(world, "key_worker"))
    with acting_as(actor):
        first = Lead.objects.unscoped("test").get(pk=made)
        token = writing.set("a test that goes round the action")
        try:
            for record, woman in ((her, None), (world.records["van", 3], first.woman)):
                row = Lead(
                    partnership_id=first.partnership_id, agency_id=first.agency_id, record_id=record,
                    worker_id=first.worker_id, since_by=first.worker_id, **({"woman": woman} if woman else {}),
                )  # fmt: skip
                with pytest.raises(IntegrityError, match="one_lead_of_a"), transaction.atomic():
                    Lead.objects.bulk_create([row])
        finally:
            writing.reset(token)


def test_between_agencies_nothing_changes_until_they_take_over_then_all_at_once(world: World, linked) -> None:
    made = offered(world)
    assert led_by(world, "key_worker") == "Key worker Example"
    (asked,) = does(world, "hostel_worker", offers)
    assert asked.code.startswith("GH-"), "told by their own record: ours is not theirs to know"
    does(world, "hostel_worker", actions.take_lead, made)
    assert led_by(world, "key_worker") == ""
    assert led_by(world, "hostel_worker", THEIRS) == "Hostel worker Example"
    assert does(world, "hostel_worker", offers) == []
    with acting_as(world.actor("hostel_worker")):
        assert in_force() == 1


def test_the_old_team_reads_on_for_thirty_days_if_she_agreed(world: World, linked) -> None:
    made, theirs = offered(world, reads_on=True), world.records[THEIRS]
    does(world, "hostel_worker", actions.take_lead, made)
    assert does(world, "key_worker", queries.names, [theirs])
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        assert does(world, "key_worker", queries.names, [theirs]) == {}


def test_it_does_not_if_she_was_not_asked(world: World, linked) -> None:
    does(world, "hostel_worker", actions.take_lead, offered(world))
    assert does(world, "key_worker", queries.names, [world.records[THEIRS]]) == {}


def test_taken_over_twice_the_second_finds_nothing(world: World, linked) -> None:
    made = offered(world)
    does(world, "hostel_worker", actions.take_lead, made)
    with pytest.raises(NotFound):
        does(world, "hostel_worker", actions.take_lead, made)


def test_only_an_agency_that_may_know_of_her_is_asked(world: World) -> None:
    made = does(world, "key_worker", actions.lead, world.records[HER], worker=worker(world, "key_worker"))
    for agency in Agency.objects.filter(partnership=world.partnership).order_by("slug"):
        with pytest.raises(actions.NotLinked):
            does(world, "key_worker", actions.offer_lead, made, to_agency=agency.pk, reads_on=True)


def test_nobody_leads_who_does_not_work_here_or_is_kept_from_her(world: World) -> None:
    her = world.records[HER]
    does(world, "key_worker", actions.exclude, her, worker=worker(world, "outreach_worker"))
    for persona in ("hostel_worker", "dp_lead", "outreach_worker"):
        with pytest.raises(actions.NotALeader):
            does(world, "key_worker", actions.lead, her, worker=worker(world, persona))


def test_whose_worker_left_stands_first_and_gets_another(world: World, sign_in: SignIn) -> None:
    does(world, "key_worker", actions.lead, world.records["van", 1], worker=worker(world, "key_worker"))
    does(world, "key_worker", actions.lead, world.records[HER], worker=worker(world, "outreach_worker"))
    leaver = world.workers["outreach_worker"]
    leaver.is_active = False
    leaver.save()
    assert [row.has_left for row in does(world, "manager", leads)] == [True, False]
    client = sign_in("manager")
    assert "Has left: choose another" in client.get(reverse("people:leads")).content.decode()
    address = reverse("people:lead", args=[world.records[HER]])
    assert client.post(address, {"worker": str(leaver.pk)}).status_code == 422
    assert client.post(address, {"worker": str(worker(world, "key_worker"))}).status_code == 302
    assert not any(row.has_left for row in does(world, "manager", leads))


def test_handed_over_on_the_pages(world: World, linked, sign_in: SignIn) -> None:
    van, house = sign_in("key_worker"), sign_in("hostel_worker")
    address = reverse("people:lead", args=[world.records[HER]])
    van.post(address, {"worker": str(worker(world, "key_worker"))})
    row = does(world, "key_worker", lead_of, world.records[HER])
    asked = {"agency": str(world.agencies["house"].id), "reads_on": "yes"}
    van.post(reverse("people:offer-lead", args=[row.id]), asked)
    assert "Green House is asked to take over" in van.get(address).content.decode()
    assert "I lead from now on" in house.get(reverse("people:leads")).content.decode()
    house.post(reverse("people:take-lead", args=[row.id]))
    assert "Nobody leads yet" in van.get(address).content.decode()
