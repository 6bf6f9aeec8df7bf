"""What happens to a referral, step by step, and what each side may know at each."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from alongside.casework.referrals import actions, queries
from alongside.casework.referrals.codes import DeclineReason, State, WithdrawReason
from alongside.casework.referrals.models import Arrival, OpenedRecord, OpenReferral, Package, Referral, TurnedAway
from alongside.casework.referrals.rules import AskedAlready, MovedOn, NotOpenToUs, OutOfOrder
from alongside.casework.referrals.tests.conftest import Services
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.agencies.codes import ServiceKind, Source, Takes
from alongside.register.people.codes import FieldGroup
from alongside.register.people.queries import names
from tests.world import World, canaries, phone

SENDER, SERVICE = "key_worker", "hostel_worker"
ALL = (FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT, FieldGroup.WHEREABOUTS, FieldGroup.NOTES)


def send(world: World, service: UUID, woman: int = 1, persona: str = SENDER, **more: Any) -> UUID:
    actor = world.actor(persona)
    asked = actions.Asked(service=service, **{"groups": (FieldGroup.IDENTITY,), **more})
    with acting_as(actor):
        made: UUID = actions.send(actor, world.records["van" if persona == SENDER else "house", woman], asked=asked)
    return made


def do(world: World, persona: str, action: Callable[..., Any], *args: Any, **facts: Any) -> Any:
    actor = world.actor(persona)
    with acting_as(actor):
        return action(actor, *args, **facts)


def page(world: World, persona: str, id: UUID) -> queries.ReferralPage:
    found: queries.ReferralPage = do(world, persona, queries.referral_page, id)
    return found


def test_from_asking_to_starting(world: World, services: Services) -> None:
    today = timezone.localdate()
    id = send(world, services.hostel, asked_on=today - timedelta(days=2))
    do(world, SERVICE, actions.receive, id, seen=1)
    do(world, SERVICE, actions.accept, id, seen=2)
    do(world, SERVICE, actions.offer, id, seen=3, starts_on=today + timedelta(days=3))
    do(world, SERVICE, actions.offer, id, seen=4, starts_on=today + timedelta(days=4))
    do(world, SERVICE, actions.start, id, seen=5)
    row = page(world, SENDER, id).row
    assert (row.state, row.version, row.starts_on, row.waiting) == (State.STARTED, 6, today + timedelta(days=4), None)
    assert row.clocks.asked == today - timedelta(days=2)
    assert {row.clocks.received, row.clocks.decided, row.clocks.offered, row.clocks.started} == {today}


def test_before_an_answer_the_service_is_told_no_name(world: World, services: Services) -> None:
    id = send(world, services.hostel, groups=ALL, needs=(Takes.STILL_USING,), words="Because of Robyn")
    found = page(world, SERVICE, id)
    assert (found.known, found.words, found.name, found.own_record) == (None, "", "", None)
    assert found.summary.needs == (Takes.STILL_USING,)
    assert found.summary.age == "25 to 34"
    assert found.answers
    assert not found.sends


def test_the_database_too_keeps_the_package_back_until_she_is_accepted(world: World, services: Services) -> None:
    id = send(world, services.hostel)

    def rows() -> int:
        with acting_as(world.actor(SERVICE)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM referrals_package WHERE referral_id = %s", [str(id)])
            return int(cursor.fetchone()[0])

    assert rows() == 0
    do(world, SERVICE, actions.accept, id, seen=1)
    assert rows() == 1


def test_accepting_opens_a_record_with_what_she_agreed_to_and_no_more(world: World, services: Services) -> None:
    id = send(world, services.hostel, groups=(FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT), words="It is time")
    record = do(world, SERVICE, actions.accept, id, seen=1)
    known = do(world, SERVICE, names, [record])[record]
    tokens = canaries("riverside", "van", 1)
    assert known.names == (tokens["name"], tokens["alias"])
    assert known.phones == (phone("riverside", "van", 1),)
    assert (known.area, known.note, known.reference) == ("", "", "")
    found = page(world, SERVICE, id)
    assert (found.own_record, found.name, found.words) == (record, tokens["name"], "It is time")


def test_nothing_agreed_to_passes_nothing_on(world: World, services: Services) -> None:
    id = send(world, services.hostel, groups=())
    assert page(world, SERVICE, id).summary.age == ""
    record = do(world, SERVICE, actions.accept, id, seen=1)
    known = do(world, SERVICE, names, [record])[record]
    assert (known.names, known.last_names, known.age, known.phones) == ((), (), None, ())


def test_the_sender_never_learns_of_the_record_that_was_opened(world: World, services: Services) -> None:
    """Woman 2 is known to the house before, woman 1 is not: what the sender may see is alike."""
    told = []
    for woman in (1, 2):
        id = send(world, services.hostel, woman)
        do(world, SERVICE, actions.accept, id, seen=1)
        found = page(world, SENDER, id)
        told.append((found.row.state, found.row.version, found.own_record == world.records["van", woman]))
        with acting_as(world.actor(SENDER)):
            assert not OpenedRecord.objects.visible_to(world.actor(SENDER)).exists()
    assert told == [(State.ACCEPTED, 2, True)] * 2


def test_declining_says_why_and_closes(world: World, services: Services) -> None:
    id = send(world, services.hostel)
    do(world, SERVICE, actions.decline, id, seen=1, reason=DeclineReason.NOT_STILL_USING)
    found = page(world, SENDER, id)
    assert (found.row.state, found.row.reason) == (State.DECLINED, DeclineReason.NOT_STILL_USING.words)
    with acting_as(world.actor(SENDER)):
        assert not OpenReferral.objects.visible_to(world.actor(SENDER)).exists()
        assert not Package.objects.visible_to(world.actor(SERVICE)).exists()


def test_the_sender_learns_until_she_says_that_she_knows(world: World, services: Services) -> None:
    id = send(world, services.hostel)
    assert do(world, SENDER, queries.outcomes) == []
    do(world, SERVICE, actions.decline, id, seen=1, reason=DeclineReason.NO_SPACE)
    assert [row.id for row in do(world, SENDER, queries.outcomes)] == [id]
    assert do(world, SERVICE, queries.outcomes) == []
    do(world, SENDER, actions.know_outcome, id)
    do(world, SENDER, actions.know_outcome, id)
    assert do(world, SENDER, queries.outcomes) == []


def test_a_later_outcome_is_told_again(world: World, services: Services) -> None:
    id = send(world, services.hostel)
    do(world, SERVICE, actions.accept, id, seen=1)
    do(world, SENDER, actions.know_outcome, id)
    do(world, SERVICE, actions.offer, id, seen=2, starts_on=timezone.localdate())
    assert [row.id for row in do(world, SENDER, queries.outcomes)] == [id]


def test_silence_is_told_too(world: World, services: Services) -> None:
    id = send(world, services.hostel)
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        (row,) = do(world, SENDER, queries.outcomes)
        assert (row.id, row.state) == (id, State.EXPIRED)
        do(world, SERVICE, queries.inbox)
        assert do(world, SERVICE, queries.inbox).to_answer == ()
        with pytest.raises(MovedOn):
            do(world, SERVICE, actions.accept, id, seen=1)


def test_the_last_day_still_counts(world: World, services: Services) -> None:
    id = send(world, services.hostel)
    with time_machine.travel(timezone.now() + timedelta(days=28), tick=False):
        do(world, SERVICE, actions.accept, id, seen=1)


def test_after_silence_she_may_be_referred_there_again(world: World, services: Services) -> None:
    id = send(world, services.hostel)
    with pytest.raises(AskedAlready):
        send(world, services.hostel)
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        again = send(world, services.hostel)
        assert again != id
        assert page(world, SENDER, id).row.steps[-1].state is State.EXPIRED


def test_another_offer_is_taken_up_as_a_new_referral(world: World, services: Services) -> None:
    id = send(world, services.hostel, needs=(Takes.DRUG_FREE,), words="It is time", groups=ALL)
    facts = {"seen": 1, "service": services.second, "reason": DeclineReason.NO_SPACE}
    do(world, SERVICE, actions.return_with_offer, id, **facts)
    assert page(world, SENDER, id).row.steps[-1].other_service == "Second"
    new = do(world, SENDER, actions.take_up_offer, id, seen=2)
    old, fresh = page(world, SENDER, id), page(world, SENDER, new)
    assert (old.row.state, fresh.row.state, fresh.row.service) == (State.TAKEN_UP, State.SENT, services.second)
    assert (fresh.summary, fresh.words, fresh.row.groups) == (old.summary, "It is time", old.row.groups)


def test_an_offer_is_a_service_of_theirs(world: World, services: Services) -> None:
    id = send(world, services.hostel)
    for other in (services.hostel, services.van, UUID(int=7)):
        with pytest.raises(NotFound):
            do(
                world,
                SERVICE,
                actions.return_with_offer,
                id,
                seen=1,
                service=other,
                reason=DeclineReason.NO_SPACE,
            )


# --- an old page, two at once


def test_an_old_page_takes_nobody_back(world: World, services: Services) -> None:
    id = send(world, services.hostel)
    do(world, SENDER, actions.withdraw, id, seen=1, reason=WithdrawReason.ELSEWHERE)
    with pytest.raises(MovedOn):
        do(world, SERVICE, actions.accept, id, seen=1)
    with pytest.raises(MovedOn):
        do(world, SERVICE, actions.accept, id, seen=2)


def test_the_database_refuses_the_same_step_twice(world: World, services: Services, monkeypatch: Any) -> None:
    """Without the check of what was seen, the constraint still holds."""
    from alongside.casework.referrals.actions import steps

    id = send(world, services.hostel)
    before = do(world, SERVICE, steps.steps_of, Referral(pk=id))
    do(world, SERVICE, actions.receive, id, seen=1)
    monkeypatch.setattr(steps, "steps_of", lambda actor, referral: before)
    with pytest.raises(MovedOn):
        do(world, SERVICE, actions.accept, id, seen=1)


def test_the_database_refuses_a_second_open_referral(world: World, services: Services, monkeypatch: Any) -> None:
    from alongside.casework.referrals.actions import sending

    send(world, services.hostel)
    monkeypatch.setattr(sending, "_make_room", lambda *_: None)
    with pytest.raises(AskedAlready):
        send(world, services.hostel)


# --- who may


@pytest.mark.parametrize(
    ("persona", "error"),
    [("hostel_worker", NotFound), ("dp_lead", NotFound), ("coordinator", NotFound), ("commissioner", NotFound)],
)
def test_nobody_else_follows_it(world: World, services: Services, persona: str, error: type[Exception]) -> None:
    id = send(world, services.hostel)
    with pytest.raises(error):
        do(world, persona, actions.withdraw, id, seen=1, reason=WithdrawReason.MISTAKE)


@pytest.mark.parametrize("persona", ["key_worker", "dp_lead", "coordinator", "commissioner", "contributor"])
def test_nobody_else_answers_it(world: World, services: Services, persona: str) -> None:
    id = send(world, services.hostel)
    with pytest.raises(NotFound):
        do(world, persona, actions.accept, id, seen=1)


def test_a_record_of_another_agency_is_not_found(world: World, services: Services) -> None:
    actor = world.actor(SERVICE)
    with acting_as(actor), pytest.raises(NotFound):
        actions.send(actor, world.records["van", 1], asked=actions.Asked(service=services.van))


def test_a_third_agency_finds_nothing(world: World, services: Services) -> None:
    id = send(world, services.hostel)
    for persona in ("dp_lead", "commissioner", "contributor"):
        with pytest.raises((Denied, NotFound)):
            page(world, persona, id)


def test_rights_are_kept_by_agency_and_by_how_she_comes(world: World, services: Services) -> None:
    with pytest.raises(NotOpenToUs):
        send(world, services.courts_only)
    assert send(world, services.courts_only, source=Source.COURT)


def test_days_are_in_order(world: World, services: Services) -> None:
    today = timezone.localdate()
    with pytest.raises(OutOfOrder):
        send(world, services.hostel, sent_on=today - timedelta(days=2), asked_on=today)
    with pytest.raises(OutOfOrder):
        send(world, services.hostel, sent_on=today + timedelta(days=1))
    id = send(world, services.hostel)
    for on in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(OutOfOrder):
            do(world, SERVICE, actions.accept, id, seen=1, on=on)


# --- a service without an account, and one's own


def test_on_paper_the_sender_writes_down_the_answer(world: World, services: Services) -> None:
    id = send(world, services.flats)
    found = page(world, SENDER, id)
    assert found.sends
    assert found.answers
    assert found.row.is_outside
    assert do(world, SENDER, actions.accept, id, seen=1) is None
    assert page(world, SENDER, id).row.state is State.ACCEPTED
    assert do(world, SENDER, queries.outcomes) == []


def test_she_asks_herself(world: World, services: Services) -> None:
    id = send(world, services.hostel, 2, persona=SERVICE, source=Source.SELF)
    box = do(world, SERVICE, queries.inbox)
    assert [each.row.id for each in box.to_answer] == [id]
    assert do(world, SERVICE, actions.accept, id, seen=1) is None
    with acting_as(world.actor(SERVICE)):
        assert not OpenedRecord.objects.visible_to(world.actor(SERVICE)).exists()


# --- a service said no, outside a referral


def test_turned_away_is_kept_with_its_reason(world: World, services: Services) -> None:
    record = world.records["van", 1]
    facts = {"kind": ServiceKind.HOSTEL, "reason": DeclineReason.FUNDS, "words": "No money for her"}
    do(world, SENDER, actions.turned_away, record, **facts)
    do(world, SENDER, actions.turned_away, record, **{**facts, "service": services.hostel, "words": ""})
    shown = do(world, SENDER, queries.turned_away_list, record)
    assert {(row.service, row.words) for row in shown} == {
        ("Hostel", ""),
        ("Hostel not in the directory", "No money for her"),
    }
    with acting_as(world.actor(SERVICE)):
        assert not TurnedAway.objects.visible_to(world.actor(SERVICE)).exists()


def test_turned_away_needs_a_day_that_was_and_a_service_that_is(world: World, services: Services) -> None:
    record, facts = world.records["van", 1], {"kind": ServiceKind.HOSTEL, "reason": DeclineReason.FUNDS}
    with pytest.raises(OutOfOrder):
        do(world, SENDER, actions.turned_away, record, **facts, on=date(2100, 1, 1))
    with pytest.raises(NotFound):
        do(world, SENDER, actions.turned_away, record, **facts, service=UUID(int=7))


def test_a_whole_partnership_by_number(world: World, services: Services) -> None:
    id = send(world, services.hostel)
    (row,) = do(world, "coordinator", queries.across)
    assert row.id == id
    assert do(world, "coordinator", queries.across, only_overdue=True) == []
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert [row.is_overdue for row in do(world, "coordinator", queries.across)] == [True]
    with acting_as(world.actor("coordinator")):
        assert not Arrival.objects.visible_to(world.actor("coordinator")).exists()
        assert not Package.objects.visible_to(world.actor("coordinator")).exists()
