"""What a worker tells of one contact, and when it can't be right."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from alongside.casework.contacts.codes import (
    BroughtBy,
    NextStep,
    Outcome,
    PlaceKind,
    ServiceHere,
    Staying,
    Topic,
    Worry,
)
from alongside.casework.contacts.rules.ground import is_hexagon
from alongside.register.agencies.codes import Coded
from alongside.register.people.known import Known, as_texts

AHEAD = timedelta(minutes=10)  # a clock may be wrong by that much before it is said
LONGEST_NOTE = 4000


class NotYet(Exception):
    """It is said to have happened more than ten minutes from now."""

    words = "That time has not come yet. Check the date and the time."


class UnknownCode(Exception):
    """An answer that is not one of the answers. Its only argument is the field's name."""

    words = "Choose one of the answers."


class TwoWomen(Exception):
    """A contact is with one woman: with a record, a new one, or one of whom only a description is known."""

    words = "Choose one woman, or describe one: not both."


class TooFine(Exception):
    """A place that is no hexagon of the size that is kept, or finer than one."""

    words = "Tell the place as an H3 hexagon of resolution 8, or leave it out. Nothing finer is kept of where she was."


class TooLong(Exception):
    """A note of more than 4,000 letters."""

    words = "Keep the note below 4,000 letters."


@dataclass(frozen=True, slots=True)
class Told:
    """One contact as told. Only `id`, `occurred_at` and `place` are needed; an empty answer was not asked.

    `record`: her record; `new`: what to make one from; neither: a woman of whom at most a description is known.
    `hexagon`: the finest place there is (`rules.ground`). `given`: item -> how many, from the shelf `shelf` if one is
    named. `worker`: who met her, where another writes.
    """

    id: UUID
    occurred_at: datetime
    place: str = PlaceKind.STREET
    outcome: str = Outcome.MET
    record: UUID | None = None
    new: Known | None = None
    description: str = ""
    shift: UUID | None = None
    session: UUID | None = None
    area: UUID | None = None
    hexagon: str = ""
    staying: str = ""
    topics: tuple[str, ...] = ()
    given: Mapping[str, int] = field(default_factory=dict)
    shelf: UUID | None = None
    services: tuple[str, ...] = ()
    brought_by: str = ""
    next_step: str = ""
    next_on: date | None = None
    worry: str = ""
    note: str = ""
    worker: UUID | None = None

    def body(self) -> str:
        """The same text for the same told contact: how a second delivery is recognised."""
        told: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "id"}
        told["new"] = as_texts(self.new) if self.new else None
        told["given"] = dict(self.given)
        told["topics"], told["services"] = sorted(self.topics), sorted(self.services)
        if not self.hexagon:
            del told["hexagon"]  # so that what came before there were hexagons is known again
        told["occurred_at"] = self.occurred_at.timestamp()
        return json.dumps(told, sort_keys=True, default=str)


CODED: tuple[tuple[str, type[Coded], bool], ...] = (
    ("place", PlaceKind, True),
    ("outcome", Outcome, True),
    ("staying", Staying, False),
    ("brought_by", BroughtBy, False),
    ("next_step", NextStep, False),
    ("worry", Worry, False),
)


def check(told: Told, now: datetime) -> None:
    """Raises NotYet, UnknownCode, TwoWomen, TooFine or TooLong."""
    if told.occurred_at > now + AHEAD:
        raise NotYet
    if told.record is not None and (told.new is not None or told.description):
        raise TwoWomen
    for name, codes, needed in CODED:
        value = getattr(told, name)
        if (needed or value) and value not in set(codes):
            raise UnknownCode(name)
    for name, codes in (("topics", Topic), ("services", ServiceHere)):
        if not set(getattr(told, name)) <= set(codes):
            raise UnknownCode(name)
    if told.hexagon and not is_hexagon(told.hexagon):
        raise TooFine("hexagon")
    if len(told.note) > LONGEST_NOTE or len(told.description) > LONGEST_NOTE:
        raise TooLong
