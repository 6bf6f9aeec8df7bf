"""The invented partnership shows what happens to a record: a death, a girl, who leads, what is private."""

from uuid import UUID

import pytest
from django.utils import timezone

from alongside.casework.contacts.queries import tonights_list
from alongside.casework.contacts.queries.tonight import UNDER_18
from alongside.config.demo.chapters import events
from alongside.config.demo.personas import persona, set_up_partnership
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.codes import Role
from alongside.register.agencies.queries import agency_called
from alongside.register.people import queries
from alongside.register.people.actions import take_in
from alongside.register.people.codes import StandingKind
from alongside.register.people.intake import Incoming
from alongside.register.people.known import Known
from alongside.register.people.queries.leading import leads
from alongside.register.people.queries.matters import Shown, matters


@pytest.fixture
def partnership(db: None) -> UUID:
    made = set_up_partnership()
    for slug in ("bridge", "nightlight"):
        home = agency_called(slug, "riverside")
        assert home is not None
        job = Actor(partnership=made, agency=home.id, job="intake", reach="agency")
        rows = [Incoming(Known(names=(f"Woman {number}",)), timezone.localdate(), None) for number in range(60)]
        with acting_as(job):
            take_in(job, rows=rows, source=UUID(int=1))
    return made


def test_everything_is_told_by_the_products_own_actions(partnership: UUID) -> None:
    events.tell(partnership, lambda said: None)
    bethan = persona(partnership, "bridge", Role.KEY_WORKER)
    amara = persona(partnership, "nightlight", Role.OUTREACH_WORKER)
    maeve = persona(partnership, "bridge", Role.COURT_WORKER)
    with acting_as(bethan):
        known = [row.id for row in queries.records(bethan)]
        assert {StandingKind.DIED} in queries.standings(bethan, known).values()
        assert len(leads(bethan)) == 5
        her = next(each for each in known if matters(bethan, each))
        assert {row.shown for row in matters(bethan, her)} == {Shown.WHOLE}
    with acting_as(maeve):
        assert matters(maeve, her) == []
    with acting_as(amara):
        assert UNDER_18 in tonights_list(amara)[0].reasons
