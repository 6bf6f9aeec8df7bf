"""What happened with beds, as dated, coded, nameless rows: what counting and simulating start from.

A woman is told by the random id of her record. Times are moments; a span is `begins` to `ends` (None: open).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class UnitFact:
    id: UUID
    agency: UUID
    name: str
    step: str


@dataclass(frozen=True, slots=True)
class BedFact:
    """`closed`: since when it is closed for good."""

    id: UUID
    unit: UUID
    opened_on: date
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class StayFact:
    """`reason` and `where_to`: codes of how it ended; empty while it goes on. `waited`: the place it answered."""

    id: UUID
    woman: UUID
    unit: UUID
    bed: UUID
    begins: datetime
    ends: datetime | None
    reason: str = ""
    where_to: str = ""
    waited: UUID | None = None


@dataclass(frozen=True, slots=True)
class VoidFact:
    unit: UUID
    begins: datetime
    ends: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class AwayFact:
    stay: UUID
    woman: UUID
    kind: str
    begins: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class BlockedFact:
    stay: UUID
    woman: UUID
    unit: UUID
    to_step: str
    reason: str
    begins: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class WaitFact:
    """A place on a list. `due`: an emergency, and the minute by which she should have had a bed."""

    id: UUID
    woman: UUID
    unit: UUID
    source: str
    joined: datetime
    ended: datetime | None
    ended_as: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Happened:
    units: tuple[UnitFact, ...]
    beds: tuple[BedFact, ...]
    stays: tuple[StayFact, ...]
    voids: tuple[VoidFact, ...]
    aways: tuple[AwayFact, ...]
    blocked: tuple[BlockedFact, ...]
    waits: tuple[WaitFact, ...]

    def of_unit(self, unit: UUID) -> "Happened":
        """The same, of one house only."""
        stays = tuple(row for row in self.stays if row.unit == unit)
        kept = {row.id for row in stays}
        return replace(
            self,
            units=tuple(row for row in self.units if row.id == unit),
            beds=tuple(row for row in self.beds if row.unit == unit),
            stays=stays,
            voids=tuple(row for row in self.voids if row.unit == unit),
            aways=tuple(row for row in self.aways if row.stay in kept),
            blocked=tuple(row for row in self.blocked if row.unit == unit),
            waits=tuple(row for row in self.waits if row.unit == unit),
        )
