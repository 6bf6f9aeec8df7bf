"""Which step may follow which, by whom; days and clocks. Pure: `today` is an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.casework.referrals.codes import FINAL, WAITS_FOR_SERVICE, Side, State
from alongside.register.agencies.codes import Takes

SERVICE, SENDER = Side.SERVICE, Side.SENDER
_ANSWERS = {State.ACCEPTED: SERVICE, State.DECLINED: SERVICE, State.RETURNED: SERVICE, State.WITHDRAWN: SENDER}
MOVES: dict[State, dict[State, Side]] = {
    State.SENT: {State.RECEIVED: SERVICE, **_ANSWERS},
    State.RECEIVED: _ANSWERS,
    State.RETURNED: {State.TAKEN_UP: SENDER, State.WITHDRAWN: SENDER},
    # A service may still say no, and she may still change her mind, until she has started.
    State.ACCEPTED: {
        State.OFFERED: SERVICE,
        State.STARTED: SERVICE,
        State.DECLINED: SERVICE,
        State.WITHDRAWN: SENDER,
    },
    State.OFFERED: {State.OFFERED: SERVICE, State.STARTED: SERVICE, State.DECLINED: SERVICE, State.WITHDRAWN: SENDER},
}


class ReferralFault(Exception):
    """A step that can't be taken now. `words`: what to tell the person."""

    words: str

    def __init__(self, words: str = "") -> None:
        super().__init__(type(self).__name__)
        self.words = words


class MovedOn(ReferralFault):
    """Somebody took a step since this page was opened, or the time ran out."""


class AskedAlready(ReferralFault):
    """There is an open referral of her to this service."""


class NotOpenToUs(ReferralFault):
    """The service does not take referrals from this agency, or of women who come so."""


class KeptOut(ReferralFault):
    """She wants the agency of this service kept out: nothing of her goes there."""


class OutOfOrder(ReferralFault):
    """A day that lies before the step before it, or after today."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the state it led to, on which day, and its coded reason if it has one."""

    number: int
    state: State
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The first day of each; None while it has not happened."""

    asked: date
    sent: date
    received: date | None = None
    decided: date | None = None
    offered: date | None = None
    started: date | None = None


def state_of(steps: Sequence[Step], lapses_on: date, today: date) -> State:
    """Where a referral stands on a day: its last step, or no answer once its last day is over."""
    last = steps[-1].state
    return State.EXPIRED if last in WAITS_FOR_SERVICE and today > lapses_on else last


def check_move(state: State, to: State, side: Side) -> None:
    """Raise MovedOn unless `side` may take this step now."""
    if MOVES.get(state, {}).get(to) is not side:
        raise MovedOn(f"This can't be done now: the referral stands at “{state.words}”. Look at it again.")


def check_seen(steps: Sequence[Step], seen: int) -> None:
    """Raise MovedOn when the page was opened before the latest step: an old page can't take a woman back."""
    if steps[-1].number != seen:
        raise MovedOn(f"Somebody changed this since you opened it: “{steps[-1].state.words}”. Look at it again.")


def check_day(steps: Sequence[Step], on: date, today: date) -> None:
    """Raise OutOfOrder for a day before the step before it or in the future."""
    if on < steps[-1].on:
        raise OutOfOrder("That day is before the step before it. Check the day.")
    if on > today:
        raise OutOfOrder("That day has not come yet. Check the day.")


def clocks(asked: date, steps: Sequence[Step]) -> Clocks:
    """What the steps say of the clocks. An answer without a separate receipt counts as received that day."""
    first: dict[State, date] = {}
    for step in steps:
        first.setdefault(step.state, step.on)
    answers = [first[state] for state in (State.ACCEPTED, State.DECLINED, State.RETURNED) if state in first]
    decided = min(answers, default=None)
    return Clocks(
        asked=asked,
        sent=steps[0].on,
        received=first.get(State.RECEIVED, decided),
        decided=decided,
        offered=first.get(State.OFFERED),
        started=first.get(State.STARTED),
    )


def days_waiting(steps: Sequence[Step], state: State, today: date) -> int | None:
    """Days since it was sent while it waits for an answer, since the answer while she waits to start; else None."""
    if state in WAITS_FOR_SERVICE:
        return (today - steps[0].on).days
    if state in FINAL:
        return None
    return (today - steps[-1].on).days


def is_overdue(steps: Sequence[Step], state: State, answers_within: int, today: date) -> bool:
    """No answer within the days that the service promised."""
    return state in WAITS_FOR_SERVICE and today > steps[0].on + timedelta(days=answers_within)


def start_is_overdue(state: State, starts_on: date | None, today: date) -> bool:
    """She was offered a day to start, it is over, and nobody wrote down what became of it."""
    return state in (State.ACCEPTED, State.OFFERED) and starts_on is not None and today > starts_on


def not_taken(needs: Sequence[Takes], takes: Sequence[Takes]) -> tuple[Takes, ...]:
    """What she needs and the service does not say that it takes, in her order."""
    return tuple(need for need in needs if need not in takes)
