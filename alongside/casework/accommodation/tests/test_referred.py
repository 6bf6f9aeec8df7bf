"""A woman referred to a house: onto its list with the yes, into a bed, and her sender learns of each."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from alongside.casework.accommodation import actions, queries
from alongside.casework.accommodation.codes import BedKind, Need, Source, Step, WaitingEnd
from alongside.casework.accommodation.models import BedUse, Waiting
from alongside.casework.accommodation.tests.beds_world import OPENED, manager_of
from alongside.casework.referrals import actions as referrals
from alongside.casework.referrals import queries as sent
from alongside.casework.referrals.codes import DeclineReason, State, WithdrawReason
from alongside.casework.referrals.rules import MovedOn
from alongside.casework.referrals.tests.conftest import Services, open_services
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.people.codes import FieldGroup
from tests.world import World, build, canaries


@dataclass
class House:
    """The house that runs the hostel, with one free bed; `van` sends women to it."""

    world: World
    services: Services
    worker: Actor
    van: Actor
    unit: UUID
    bed: UUID

    def referred(self, woman: int = 1, **more: Any) -> UUID:
        asked = referrals.Asked(service=self.services.hostel, groups=(FieldGroup.IDENTITY,), **more)
        with acting_as(self.van):
            made: UUID = referrals.send(self.van, self.world.records["van", woman], asked=asked)
        return made

    def do(self, action: Any, *args: Any, **facts: Any) -> Any:
        with acting_as(self.worker):
            return action(self.worker, *args, **facts)

    def stands(self, referral: UUID) -> State:
        with acting_as(self.van):
            return sent.referral_page(self.van, referral).row.state

    def place(self, pk: UUID) -> Waiting:
        with acting_as(self.worker):
            return Waiting.objects.visible_to(self.worker).get(pk=pk)


@pytest.fixture
def house(db: None) -> House:
    world = build()
    services, worker = open_services(world), world.actor("hostel_worker")
    manager = manager_of(worker)
    with acting_as(manager):
        unit = actions.set_up_unit(manager, name="Green House", step=Step.FIRST_STAGE, service=services.hostel)
        bed = actions.add_beds(manager, unit, number=1, kind=BedKind.BED, opened_on=OPENED)[0]
    return House(world, services, worker, world.actor("key_worker"), unit, bed)


def test_yes_puts_her_on_the_list(house: House) -> None:
    referral = house.referred()
    place = house.place(house.do(actions.accept_onto_list, house.unit, referral=referral, seen=1))
    assert (place.referral, place.source, place.ended_at) == (referral, Source.AGENCY, None)
    assert house.stands(referral) is State.ACCEPTED
    shown = house.do(queries.waiting_list, house.unit)
    assert [row.who for row in shown.rows] == [canaries("riverside", "van", 1)["name"]]
    assert shown.accepted == ()


def test_a_bed_is_the_start_of_which_her_sender_learns(house: House) -> None:
    referral = house.referred()
    place = house.place(house.do(actions.accept_onto_list, house.unit, referral=referral, seen=1))
    house.do(actions.hold_bed, house.bed, record=place.record_id, hours=4)
    assert house.stands(referral) is State.OFFERED
    stay = house.do(actions.give_bed, house.bed, record=place.record_id)
    assert house.stands(referral) is State.STARTED
    assert house.place(place.pk).ended_as == WaitingEnd.PLACED
    with acting_as(house.worker):
        assert BedUse.objects.visible_to(house.worker).get(pk=stay).waited == place.pk


def test_an_offer_is_told_and_a_no_for_now_is_not(house: House) -> None:
    referral = house.referred()
    place = house.do(actions.accept_onto_list, house.unit, referral=referral, seen=1)
    house.do(actions.note_offer, place, said_not_now=True)
    assert house.stands(referral) is State.ACCEPTED
    house.do(actions.note_offer, place)
    assert house.stands(referral) is State.OFFERED


def test_who_was_accepted_elsewhere_is_shown_and_joins_once(house: House) -> None:
    """By the API, or before the house was set up: she waits from the day of the yes."""
    referral = house.referred(sent_on=timezone.localdate() - timedelta(days=9))
    on = timezone.localdate() - timedelta(days=3)
    house.do(referrals.accept, referral, seen=1, on=on)
    (accepted,) = house.do(queries.waiting_list, house.unit).accepted
    assert (accepted.referral, accepted.accepted_on, accepted.sender) == (referral, on, "Night Van")
    place = house.do(actions.join_referred, house.unit, referral=referral)
    assert timezone.localdate(house.place(place).joined_at) == on
    assert house.do(actions.join_referred, house.unit, referral=referral) == place
    assert house.do(queries.waiting_list, house.unit).accepted == ()


def test_a_bed_may_be_given_at_once(house: House) -> None:
    """She stands among those it can be given to; her place on the list is kept for counting."""
    referral = house.referred(source=Source.PRISON)
    house.do(referrals.accept, referral, seen=1)
    (her,) = house.do(queries.bed_page, house.bed).candidates
    assert her.why.startswith("Accepted by referral R-")
    house.do(actions.give_bed, house.bed, record=her.record)
    assert house.stands(referral) is State.STARTED
    with acting_as(house.worker):
        place = Waiting.objects.visible_to(house.worker).get(referral=referral)
    assert (place.source, place.needs, place.ended_as) == (Source.PRISON, [Need.LEAVING], WaitingEnd.PLACED)


def test_an_old_page_puts_nobody_on_the_list(house: House) -> None:
    referral = house.referred()
    with acting_as(house.van):
        referrals.withdraw(house.van, referral, seen=1, reason=WithdrawReason.NOT_NOW)
    with pytest.raises(MovedOn):
        house.do(actions.accept_onto_list, house.unit, referral=referral, seen=1)
    assert house.do(queries.waiting_list, house.unit).total == 0


def test_nobody_joins_who_was_not_accepted_here(house: House) -> None:
    waits, declined = house.referred(1), house.referred(3)
    house.do(referrals.decline, declined, seen=1, reason=DeclineReason.NO_SPACE)
    for referral in (waits, declined, UUID(int=7)):
        with pytest.raises(NotFound):
            house.do(actions.join_referred, house.unit, referral=referral)


def test_a_bed_given_while_the_referral_was_taken_back_stays_given(house: House) -> None:
    referral = house.referred()
    place = house.place(house.do(actions.accept_onto_list, house.unit, referral=referral, seen=1))
    with acting_as(house.van):
        referrals.withdraw(house.van, referral, seen=2, reason=WithdrawReason.NOT_NOW)
    assert house.do(queries.place_page, place.pk).referral.state is State.WITHDRAWN
    house.do(actions.give_bed, house.bed, record=place.record_id)
    assert house.stands(referral) is State.WITHDRAWN


def test_the_sender_sees_no_list(house: House) -> None:
    """What the house does with her besides is the house's own affair: its place, its record, its bed."""
    place = house.do(actions.accept_onto_list, house.unit, referral=house.referred(), seen=1)
    with acting_as(house.van), pytest.raises(NotFound):
        queries.place_page(house.van, place)
