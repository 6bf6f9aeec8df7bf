"""A rota as iCalendar (RFC 5545): neutral titles, times in UTC, no name of anybody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

TITLE = "Work"  # it stands on a phone that others may look at
LINE = 75  # octets; a longer line goes on in the next one, after a space


@dataclass(frozen=True, slots=True)
class Entry:
    """One shift. Called off it stays, as cancelled, so that a phone takes it down."""

    id: UUID
    starts: datetime
    ends: datetime
    changed: datetime
    cancelled: bool = False


def calendar(entries: Iterable[Entry]) -> str:
    """The whole feed. Lines end as the standard says."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Alongside//Rota//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for entry in entries:
        lines += _event(entry)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _event(entry: Entry) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.id}",
        f"DTSTAMP:{_utc(entry.changed)}",
        f"DTSTART:{_utc(entry.starts)}",
        f"DTEND:{_utc(entry.ends)}",
        f"SUMMARY:{TITLE}",
        "CLASS:CONFIDENTIAL",
        f"SEQUENCE:{1 if entry.cancelled else 0}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> Iterator[str]:
    """All our lines are plain ASCII, so letters are octets."""
    yield line[:LINE]
    for start in range(LINE, len(line), LINE - 1):
        yield " " + line[start : start + LINE - 1]
