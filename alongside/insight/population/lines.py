"""What a picture holds: lines of counts, each with its denominator, in a shape that can be stored."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from alongside.insight.rounding import Cell


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `key` names its definition, `about` the agencies it is about.

    `count` is None where no number can be given: `words` say why. `low` and `high` are None where nothing was
    estimated; `between` is the range over equally good models; `structural`: it could not be anything but nought.
    """

    key: str
    count: Cell | None
    low: Cell | None = None
    high: Cell | None = None
    of: Cell | None = None
    about: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    between: tuple[Cell, Cell] | None = None
    structural: bool = False

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Line":
        between = kept["between"]
        return replace(
            cls(**kept),
            about=tuple(kept["about"]),
            words=tuple(kept["words"]),
            between=(between[0], between[1]) if between else None,
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """All lines of a picture. `agencies`: names of those that have records; `notes`: sentences about the whole."""

    agencies: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "agencies": list(self.agencies),
            "notes": list(self.notes),
            "lines": [asdict(line) for line in self.lines],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Counted":
        lines = tuple(Line.from_json(line) for line in kept["lines"])
        return cls(tuple(kept["agencies"]), lines, tuple(kept["notes"]))

    def of(self, key: str) -> list[Line]:
        """The lines of one definition, in their order."""
        return [line for line in self.lines if line.key == key]

    def one(self, key: str) -> Line:
        return self.of(key)[0]
