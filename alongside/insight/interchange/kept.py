"""What was understood of a list, as it is kept beside its file. No framework."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from alongside.insight.interchange.understanding import Mapping


@dataclass(frozen=True, slots=True)
class Kept:
    """`samples`: for each column (as written, as understood). `lines`: (row, what it is, its text) that are no rows."""

    mapping: str
    today: str
    year: int | None = None
    sheet: str = ""
    header_row: int = 0
    remembered: bool = False
    samples: list[list[list[str]]] = field(default_factory=list)
    lines: list[list[Any]] = field(default_factory=list)
    reading: int = 0  # under which its rows that go in as they are stand among its parts
    in_a_part: int = 1  # rows
    notes: list[str] = field(default_factory=list)
    problems: dict[str, int] = field(default_factory=dict)
    unanswered: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def columns(self) -> Mapping:
        return Mapping.from_json(self.mapping)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.today)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
