"""What an opened envelope may hold, and what a wrong clock means. The table, event.json, is the phone's own too."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from alongside.phone.codes import HeldFor

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "event.json").read_text())
TRUSTED_SKEW = timedelta(minutes=10)
LARGEST_SEALED = 16 * 1024  # bytes: the longest event is a tenth of it


class NotTaken(Exception):
    """An envelope that can't be taken in by itself. Its only argument says why; never what it holds."""

    @property
    def held_for(self) -> HeldFor:
        return HeldFor(self.args[0])


@dataclass(frozen=True, slots=True)
class Event:
    """One contact as the phone told it. Codes are checked by whoever records it. `at` is by the phone's clock."""

    op: UUID
    at: datetime
    outcome: str
    place: str
    record: UUID | None = None
    called: str = ""
    shift: UUID | None = None
    area: UUID | None = None
    hexagon: str = ""
    staying: str = ""
    topics: tuple[str, ...] = ()
    given: dict[str, int] = field(default_factory=dict)
    next_step: str = ""
    worry: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfShift:
    """A shift that begins or ends, or a safety call: `what` is begin, safe or end. `at` is by the phone's clock.

    `said`: code of a standard with its answer, `named_services:yes`.
    """

    op: UUID
    at: datetime
    what: str
    shift: UUID
    said: tuple[str, ...] = ()
    hand_over: str = ""


CONTACT = "contact"


def read_event(plain: bytes, device: UUID, op: UUID) -> Event | OfShift:
    """The event of an opened envelope. Raises NotTaken: of another version, phone or envelope, or with extra words."""
    told = _loads(plain)
    needed = TABLE["needed_of"].get(_kind(told))
    if told.get("version") != TABLE["version"] or needed is None:
        raise NotTaken(HeldFor.NOT_UNDERSTOOD)
    if any(name not in told for name in (*TABLE["needed"], *needed)):
        raise NotTaken(HeldFor.NOT_UNDERSTOOD)
    if extra_words(told):
        raise NotTaken(HeldFor.EXTRA_WORDS)
    read = {name: _read(TABLE["fields"][name], name, value) for name, value in told.items()}
    if read.pop("device") != device or read["op"] != op:
        raise NotTaken(HeldFor.SEALED_WRONG)
    del read["version"]
    kind = read.pop("kind", CONTACT)
    return Event(**read) if kind == CONTACT else OfShift(what=kind, **read)


def _kind(told: dict[str, Any]) -> str:
    kind = told.get("kind", CONTACT)
    return kind if isinstance(kind, str) else ""


def extra_words(told: dict[str, Any]) -> set[str]:
    """Fields that are not taken at all, or not for this kind of contact."""
    kind, outcome = _kind(told), told.get("outcome")
    if kind in TABLE["taken_of"]:
        return set(told) - {*TABLE["needed"], "kind", *TABLE["taken_of"][kind]}
    barred = TABLE["not_taken"].get(outcome, ()) if isinstance(outcome, str) else ()
    return {name for name in told if name not in TABLE["fields"]} | {name for name in barred if told.get(name)}


def without_extra_words(plain: bytes) -> bytes:
    """The same event with only what is taken, for a person who decided so. Raises NotTaken."""
    told = _loads(plain)
    extra = extra_words(told)
    return json.dumps({name: value for name, value in told.items() if name not in extra}).encode()


def claimed_at(plain: bytes) -> datetime | None:
    """When the phone says that it happened, if it says so in a way that can be read."""
    try:
        return _moment(_loads(plain).get("at"))
    except NotTaken:
        return None


def happened_at(claimed: datetime, skew: timedelta, received: datetime) -> datetime:
    """The best we know: by the phone's clock, put right by how far it was off when it sent; never after we had it."""
    right = claimed - skew if abs(skew) > TRUSTED_SKEW else claimed
    return min(right, received)


def _loads(plain: bytes) -> dict[str, Any]:
    try:
        told = json.loads(plain)
    except ValueError:
        raise NotTaken(HeldFor.NOT_UNDERSTOOD) from None
    if not isinstance(told, dict):
        raise NotTaken(HeldFor.NOT_UNDERSTOOD)
    return told


def _read(kind: str, name: str, value: Any) -> Any:
    try:
        return _KINDS[kind](value) if kind != "words" else _words(name, value)
    except (ValueError, TypeError, AttributeError):
        raise NotTaken(HeldFor.NOT_UNDERSTOOD) from None


def _moment(value: Any) -> datetime:
    if not isinstance(value, str):
        raise NotTaken(HeldFor.NOT_UNDERSTOOD)
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        raise NotTaken(HeldFor.NOT_UNDERSTOOD) from None
    if read.tzinfo is None or not 2000 <= read.year <= 2100:
        raise NotTaken(HeldFor.BAD_TIME)
    return read


def _code(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 30:
        raise ValueError
    return value


def _words(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > TABLE["longest"][name]:
        raise ValueError
    return value.strip()


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 100:
        raise ValueError
    return value


_KINDS: dict[str, Callable[[Any], Any]] = {
    "number": _number,
    "id": UUID,
    "moment": _moment,
    "code": _code,
    "codes": lambda value: tuple(sorted({_code(each) for each in list(value)})),
    "counts": lambda value: {_code(item): _number(count) for item, count in value.items()},
}
