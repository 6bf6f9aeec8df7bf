"""Her copy tells where she was sent, what was told of her there, every step, and who turned her down."""

import pytest

from alongside.casework.referrals.actions import send, turned_away
from alongside.casework.referrals.actions.sending import Asked
from alongside.casework.referrals.codes import DeclineReason, State
from alongside.casework.referrals.her_copy import referrals, said_no
from alongside.casework.referrals.tests.conftest import Services
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.codes import ServiceKind
from alongside.register.people.codes import FieldGroup
from tests.world import World, canaries

pytestmark = pytest.mark.django_db
HER = ("van", 1)


def test_what_was_told_of_her_and_every_step(world: World, services: Services) -> None:
    actor, record = world.actor("key_worker"), world.records[HER]
    with acting_as(actor):
        send(actor, record, asked=Asked(services.hostel, groups=(FieldGroup.IDENTITY,), words="She likes a quiet room"))
        told = [part for row in referrals(actor, record).rows for part in row]
    assert "We wrote to them: She likes a quiet room" in told
    assert any(part.startswith("We told them: ") and canaries("riverside", *HER)["name"] in part for part in told)
    assert State.SENT.words in told


def test_who_turned_her_down_and_the_receiver_tells_nothing(world: World, services: Services) -> None:
    actor, record = world.actor("key_worker"), world.records[HER]
    with acting_as(actor):
        send(actor, record, asked=Asked(services.hostel))
        turned_away(actor, record, reason=DeclineReason.NO_SPACE, kind=ServiceKind.HOSTEL, words="Come back in May")
        assert said_no(actor, record).rows[0][2:] == (DeclineReason.NO_SPACE.words, "Come back in May")
    house = world.actor("hostel_worker")
    with acting_as(house):
        assert referrals(house, record).rows == said_no(house, record).rows == ()
