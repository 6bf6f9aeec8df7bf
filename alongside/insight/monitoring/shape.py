"""The one shape of a fact for counting, and which kinds there are: dated, coded, nameless."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from alongside.casework.accommodation.codes import BlockedBy, EndReason, Step, WaitingEnd, WhereTo
from alongside.casework.accommodation.codes import Source as WaitSource
from alongside.casework.contacts.codes import (
    BroughtBy,
    Outcome,
    OutingKind,
    PlaceKind,
    ServiceHere,
    SessionKind,
    Staying,
    Topic,
    Worry,
)
from alongside.casework.needs.codes import Answer, Subject
from alongside.casework.referrals.codes import DeclineReason, State, WithdrawReason
from alongside.casework.supplies.codes import Item, Why
from alongside.register.agencies.codes import ServiceKind, Setting

Codes = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `woman`: a number that means nothing outside its snapshot; None where nobody is told from others.

    `until` is the last day of what lasts, None while it goes on. `amount` is in the unit that its kind names.
    """

    kind: str
    day: date
    agency: str
    woman: int | None = None
    until: date | None = None
    amount: int = 1
    codes: Codes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """The values that a code may have; "" is "nobody asked". `many`: a fact may carry several."""

    values: frozenset[str]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """`words` say what one such fact is, `amount` what its amount counts."""

    words: str
    codes: Mapping[str, Code]
    amount: str = "times"


def _one(values: Iterable[str]) -> Code:
    return Code(frozenset({*map(str, values), ""}))


def _many(values: Iterable[str]) -> Code:
    return Code(frozenset(map(str, values)), many=True)


AFTER_ENTRY = ("house", "own", "second stage", "treatment", "elsewhere")
STAGES = ("asked", "sent", "received", "decided", "offered", "started", "ended")
KINDS: dict[str, Kind] = {
    "record": Kind("an agency's record of a woman, from first to last seen", {"setting": _one(Setting)}),
    "contact": Kind(
        "a contact, wherever it was",
        {
            "outcome": _one(Outcome),
            "place": _one(PlaceKind),
            "staying": _one(Staying),
            "topics": _many(Topic),
            "services": _many(ServiceHere),
            "brought_by": _one(BroughtBy),
            "worry": _one(Worry),
        },
    ),
    "shift": Kind("an outreach shift that went out", {"kind": _one(OutingKind)}, amount="minutes"),
    "session": Kind(
        "a drop-in or clinic session", {"kind": _one(SessionKind), "services": _many(ServiceHere)}, amount="sessions"
    ),
    "stay": Kind(
        "a stay in a house, from first to last day",
        {"step": _one(Step), "reason": _one(EndReason), "where_to": _one(WhereTo)},
    ),
    "wait": Kind("a place on a waiting list", {"step": _one(Step), "source": _one(WaitSource), "as": _one(WaitingEnd)}),
    "blocked": Kind(
        "ready to move on, and no move", {"step": _one(Step), "to_step": _one(Step), "reason": _one(BlockedBy)}
    ),
    "after_entry": Kind(
        "where a woman stood 91 days after she first came to a first-stage house",
        {"where": _one(AFTER_ENTRY), "hospital": _one(("yes", "no"))},
    ),
    "referral": Kind(
        "a step of a referral, on its day; the woman is the sender's",
        {
            "stage": _one(STAGES),
            "service": _one(ServiceKind),
            "source": _one(WaitSource),
            "state": _one(State),
            "reason": _one((*DeclineReason, *WithdrawReason)),
            "late": _one(("yes", "no")),
        },
        amount="days since she asked",
    ),
    "turned_away": Kind(
        "a service said no, to a referral or outside one", {"service": _one(ServiceKind), "reason": _one(DeclineReason)}
    ),
    "answer": Kind(
        "what is known of her on a day, or what happened on it", {"subject": _one(Subject), "answer": _one(Answer)}
    ),
    "complaint": Kind("a complaint that was written down, on the day it came", {}),
    "supply": Kind("something given, left or brought back", {"item": _one(Item), "why": _one(Why)}, amount="items"),
}


class NotACode(Exception):
    """Something that is no code stood in a fact: a snapshot takes none. Tells where, never what."""

    def __init__(self, kind: str, name: str) -> None:
        self.words = f"A {kind} fact holds something that is not a known code, in “{name}”. No snapshot was made."
        super().__init__(self.words)


def check_codes(fact: Fact) -> Fact:
    """The fact as it is. Raises NotACode for an unknown kind, code or value."""
    known = KINDS.get(fact.kind)
    if known is None:
        raise NotACode("strange", "kind")
    for name, value in fact.codes.items():
        code = known.codes.get(name)
        if code is None:
            raise NotACode(fact.kind, "a code of no such name")
        given = set(value) if code.many and not isinstance(value, str) else {value}
        if not given <= code.values:
            raise NotACode(fact.kind, name)
    return fact
