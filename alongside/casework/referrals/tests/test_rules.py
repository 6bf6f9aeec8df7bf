"""The rules alone: pure, with the day as an argument."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.casework.referrals import rules
from alongside.casework.referrals.codes import FINAL, WAITS_FOR_SERVICE, Side, State
from alongside.casework.referrals.rules import MOVES, Clocks, MovedOn, OutOfOrder, Step
from alongside.register.agencies.codes import Takes

DAY = date(2026, 3, 29)  # the night on which the clocks go forward


def steps(*states: State) -> list[Step]:
    return [Step(number, state, DAY + timedelta(days=number - 1)) for number, state in enumerate(states, start=1)]


def test_from_a_final_state_nothing_follows() -> None:
    assert FINAL & set(MOVES) == set()
    assert set(MOVES) | FINAL == set(State)


def test_nobody_expires_a_referral_by_a_step() -> None:
    assert not any(State.EXPIRED in moves for moves in MOVES.values())


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("to", State)
@pytest.mark.parametrize("side", Side)
def test_a_step_is_taken_by_the_side_that_the_table_says(state: State, to: State, side: Side) -> None:
    if MOVES.get(state, {}).get(to) is side:
        rules.check_move(state, to, side)
    else:
        with pytest.raises(MovedOn):
            rules.check_move(state, to, side)


@given(st.integers(0, 60), st.sampled_from(State))
def test_only_what_waits_for_an_answer_expires(days: int, last: State) -> None:
    found = rules.state_of(steps(last), DAY + timedelta(days=28), DAY + timedelta(days=days))
    assert (found is State.EXPIRED) == (last is State.EXPIRED or (last in WAITS_FOR_SERVICE and days > 28))


def test_the_version_is_the_last_step() -> None:
    rules.check_seen(steps(State.SENT, State.RECEIVED), 2)
    for seen in (0, 1, 3):
        with pytest.raises(MovedOn):
            rules.check_seen(steps(State.SENT, State.RECEIVED), seen)


def test_days_go_forward_and_not_into_the_future() -> None:
    taken = steps(State.SENT)
    rules.check_day(taken, DAY, DAY)
    for on, today in ((DAY - timedelta(days=1), DAY), (DAY + timedelta(days=1), DAY)):
        with pytest.raises(OutOfOrder):
            rules.check_day(taken, on, today)


def test_clocks_are_the_first_of_each() -> None:
    told = rules.clocks(
        DAY - timedelta(days=2),
        steps(State.SENT, State.RECEIVED, State.ACCEPTED, State.OFFERED, State.OFFERED, State.STARTED),
    )
    days = [DAY + timedelta(days=each) for each in range(6)]
    assert told == Clocks(DAY - timedelta(days=2), days[0], days[1], days[2], days[3], days[5])


def test_an_answer_without_a_receipt_was_received_that_day() -> None:
    told = rules.clocks(DAY, steps(State.SENT, State.DECLINED))
    assert told.received == told.decided == DAY + timedelta(days=1)
    assert rules.clocks(DAY, steps(State.SENT)).received is None


def test_a_no_after_a_yes_does_not_move_the_first_decision() -> None:
    assert rules.clocks(DAY, steps(State.SENT, State.ACCEPTED, State.DECLINED)).decided == DAY + timedelta(days=1)


@pytest.mark.parametrize(("days", "overdue"), [(3, False), (4, True)])
def test_overdue_begins_on_the_day_after_the_promise(days: int, overdue: bool) -> None:
    today = DAY + timedelta(days=days)
    assert rules.is_overdue(steps(State.SENT), State.SENT, 3, today) is overdue
    assert not rules.is_overdue(steps(State.SENT, State.ACCEPTED), State.ACCEPTED, 3, today)


def test_a_start_is_overdue_on_the_day_after() -> None:
    assert not rules.start_is_overdue(State.OFFERED, DAY, DAY)
    assert rules.start_is_overdue(State.ACCEPTED, DAY, DAY + timedelta(days=1))
    assert not rules.start_is_overdue(State.STARTED, DAY, DAY + timedelta(days=1))
    assert not rules.start_is_overdue(State.ACCEPTED, None, DAY)


def test_days_waiting_count_from_sending_then_from_the_answer() -> None:
    today = DAY + timedelta(days=9)
    assert rules.days_waiting(steps(State.SENT, State.RECEIVED), State.RECEIVED, today) == 9
    assert rules.days_waiting(steps(State.SENT, State.ACCEPTED), State.ACCEPTED, today) == 8
    assert rules.days_waiting(steps(State.SENT, State.DECLINED), State.DECLINED, today) is None


def test_what_a_service_does_not_say_that_it_takes() -> None:
    needs = (Takes.PETS, Takes.STILL_USING)
    assert rules.not_taken(needs, (Takes.STILL_USING,)) == (Takes.PETS,)
    assert rules.not_taken((), ()) == ()
