"""Referrals and refusals as facts: what is counted, and for whom it is not there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.casework.referrals import actions, facts
from alongside.casework.referrals.codes import DeclineReason, State
from alongside.casework.referrals.tests.conftest import Services
from alongside.casework.referrals.tests.test_steps import SENDER, SERVICE, do, send
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied
from alongside.register.agencies.codes import ServiceKind, Source
from alongside.register.people.facts import counting_job
from tests.world import World


def test_clocks_source_and_outcome_are_counted(world: World, services: Services) -> None:
    today = timezone.localdate()
    asked = today - timedelta(days=3)
    id = send(world, services.hostel, source=Source.OUTREACH, asked_on=asked, sent_on=today - timedelta(days=1))
    do(world, SERVICE, actions.accept, id, seen=1)
    job = counting_job(world.partnership.id)
    with acting_as(job):
        (fact,) = facts.referrals(job)
    assert (fact.source, fact.state, fact.kind) == (Source.OUTREACH, State.ACCEPTED, ServiceKind.HOSTEL)
    assert (fact.asked_on, fact.decided_on, fact.started_on, fact.ended_on) == (asked, today, None, None)
    assert fact.service_agency == world.agencies["house"].id
    assert fact.record == world.records["van", 1]


def test_every_no_is_a_fact(world: World, services: Services) -> None:
    declined, returned, waiting = (send(world, services.hostel, woman) for woman in (1, 2, 3))
    do(world, SERVICE, actions.decline, declined, seen=1, reason=DeclineReason.AREA)
    do(
        world,
        SERVICE,
        actions.return_with_offer,
        returned,
        seen=1,
        service=services.second,
        reason=DeclineReason.NO_SPACE,
    )
    record = world.records["van", 4]
    do(world, SENDER, actions.turned_away, record, kind=ServiceKind.CLINIC, reason=DeclineReason.PAPERS)
    job = counting_job(world.partnership.id)
    with acting_as(job):
        found = {(each.reason, each.referral, each.kind) for each in facts.refusals(job)}
    assert found == {
        (DeclineReason.AREA, declined, ServiceKind.HOSTEL),
        (DeclineReason.NO_SPACE, returned, ServiceKind.HOSTEL),
        (DeclineReason.PAPERS, None, ServiceKind.CLINIC),
    }
    assert waiting


@pytest.mark.parametrize("persona", [SENDER, "coordinator", "commissioner", "contributor", "dp_lead"])
def test_nobody_but_the_counting_job_reads_facts(world: World, services: Services, persona: str) -> None:
    for read in (facts.referrals, facts.refusals):
        with pytest.raises(Denied):
            do(world, persona, read)
