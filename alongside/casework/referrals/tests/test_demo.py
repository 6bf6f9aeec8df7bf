"""The invented year of referrals is told by the product's own actions, and leaves something to do for everyone."""

from uuid import UUID

import pytest
from django.utils import timezone

from alongside.casework.referrals import facts, queries
from alongside.casework.referrals.codes import State
from alongside.config.demo.chapters import referrals
from alongside.config.demo.personas import set_up_partnership
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.queries import agency_called
from alongside.register.people.actions import take_in
from alongside.register.people.facts import counting_job
from alongside.register.people.intake import Incoming
from alongside.register.people.known import Known


@pytest.fixture
def partnership(db: None) -> UUID:
    made = set_up_partnership()
    for slug, _ in referrals.ANSWERERS:
        home = agency_called(slug, "riverside")
        assert home is not None
        job = Actor(partnership=made, agency=home.id, job="intake", reach="agency")
        rows = [Incoming(Known(names=(f"Woman {number}",)), timezone.localdate(), None) for number in range(60)]
        with acting_as(job):
            take_in(job, rows=rows, source=UUID(int=1))
    return made


def test_the_year_is_told(partnership: UUID) -> None:
    said: list[str] = []
    referrals.tell(partnership, said.append)
    job = counting_job(partnership)
    with acting_as(job):
        found, refused = facts.referrals(job), facts.refusals(job)
    assert said == ["A year of referrals …"]
    assert len(found) == 61
    states = {each.state for each in found}
    assert {State.SENT, State.ACCEPTED, State.STARTED, State.DECLINED, State.RETURNED, State.TAKEN_UP} <= states
    assert len(refused) > 10
    assert any(each.is_overdue for each in found)
    lantern = referrals._telling(partnership).by_agency["lantern"]
    with acting_as(lantern):
        assert queries.inbox(lantern).to_answer
