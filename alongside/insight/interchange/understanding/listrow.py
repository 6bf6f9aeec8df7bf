"""What becomes of each line of a list. No line is lost: it is a ListRow, a KeptLine or an Unreadable."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from .table import LineKind
from .values import Age, Area, Ethnicity, Mark, Span, State


@dataclass(frozen=True)
class Problem:
    """A cell that could not be understood: its column's heading, its text, what is wrong, what to do."""

    column: str
    text: str
    words: str
    what_to_do: str


@dataclass(frozen=True)
class ListRow:
    """One woman as one row of a list tells of her.

    `age` is as at `seen`. `unanswered` tells the columns that say "not known", "not asked" or "chose not to say".
    A row with `problems` goes in without those cells only when a person agrees. `repeat_of` is the number of an
    earlier row of the same list that says exactly the same.
    """

    sheet: int
    number: int
    reference: str = ""
    seen: Span | None = None
    known_as: str = ""
    other_names: tuple[str, ...] = ()
    last_names: tuple[str, ...] = ()
    born: Span | None = None
    age: Age | None = None
    ethnicity: Ethnicity | None = None
    area: Area | None = None
    marks: tuple[Mark, ...] = ()
    phones: tuple[str, ...] = ()
    note: str = ""
    unanswered: tuple[tuple[str, State], ...] = ()
    problems: tuple[Problem, ...] = ()
    repeat_of: int | None = None

    @cached_property
    def digest(self) -> str:
        """The same for rows that say the same, wherever they stand. 32 hexadecimal figures.

        Kept with what was taken in: change the order or the form of its parts and every list looks new."""
        age, ethnicity, area = self.age, self.ethnicity, self.area
        parts = (
            (self.reference, self.known_as, self.note),
            self.other_names,
            self.last_names,
            _days(self.seen),
            _days(self.born),
            (str(age.low), str(age.high), str(age.stated)) if age else (),
            (ethnicity.text,) if ethnicity else (),
            (area.key,) if area else (),
            tuple(map(str, self.marks)),
            self.phones,
            tuple(f"{column}={state.value}" for column, state in self.unanswered),
            tuple(f"{problem.column}={problem.text}" for problem in self.problems),
        )
        text = "\x1e".join("\x1f".join(part) for part in parts)
        return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _days(span: Span | None) -> tuple[str, ...]:
    return (span.first.isoformat(), span.last.isoformat()) if span else ()


@dataclass(frozen=True)
class KeptLine:
    """A line that is no row of the list, with the reason."""

    sheet: int
    number: int
    cells: tuple[str, ...]
    kind: LineKind


@dataclass(frozen=True)
class Unreadable:
    """A row that cannot go in as it is: kept as written, with what to do. Correct the cells and read it again."""

    sheet: int
    number: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


Line = ListRow | KeptLine | Unreadable
