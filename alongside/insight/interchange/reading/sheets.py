"""What a file holds, as rows of text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Row(NamedTuple):
    """A row as it stands in the file: `number` counts from 1 as a spreadsheet or text editor shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its first rows, and how many rows it has in all (blank ones too)."""

    index: int
    name: str
    opening: tuple[Row, ...]
    row_count: int


@dataclass(frozen=True)
class Sheets:
    """A file that was read once from end to end. `rows` reads it again, in constant memory.

    `digest` is the SHA-256 of the file; `notes` are sentences for the person who uploads it.
    """

    sheets: tuple[Sheet, ...]
    kind: str
    digest: str
    notes: tuple[str, ...]
    reread: Callable[[int], Iterator[Row]] = field(repr=False, compare=False)

    def rows(self, index: int) -> Iterator[Row]:
        """All rows of one sheet, in order, from a fresh child process.

        Raises ListRefused when the file was changed since it was first read."""
        return self.reread(index)
