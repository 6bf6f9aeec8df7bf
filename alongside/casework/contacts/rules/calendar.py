"""A rota as iCalendar (RFC 5545): neutral titles, London's time with its clock changes, no name of anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

TITLE = "Work"  # it stands on a phone that others may look at
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Entry:
    """One shift. Called off it stays, as cancelled, so that a phone takes it down."""

    id: UUID
    starts: datetime
    ends: datetime
    changed: datetime
    cancelled: bool = False


def calendar(entries: Iterable[Entry]) -> bytes:
    """The whole feed, with the rules of London's clock in it: 22:00 is 22:00 on a phone that is somewhere else, too."""
    feed = Calendar()
    for name, value in (
        ("version", "2.0"), ("prodid", "-//Alongside//Rota//EN"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"),
    ):  # fmt: skip
        feed.add(name, value)
    for entry in entries:
        feed.add_component(_event(entry))
    feed.add_missing_timezones()
    told: bytes = feed.to_ical()
    return told


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", str(entry.id))
    event.add("dtstamp", entry.changed.astimezone(UTC))
    event.add("dtstart", entry.starts.astimezone(LONDON))
    event.add("dtend", entry.ends.astimezone(LONDON))
    event.add("summary", TITLE)
    event.add("class", "CONFIDENTIAL")
    event.add("sequence", 1 if entry.cancelled else 0)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
