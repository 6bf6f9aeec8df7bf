"""What each column of a list is taken for: proposed by the product, decided by a person, kept for the next list."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from .columns import ColumnKind, is_approximate, plain_heading


@dataclass(frozen=True)
class Column:
    """One column, counted from 0. `approximate`: its ages are guesses. `reason`: why it is taken for `kind`."""

    index: int
    heading: str
    kind: ColumnKind
    approximate: bool
    reason: str


@dataclass(frozen=True)
class Mapping:
    """All columns of a list, in its own order."""

    columns: tuple[Column, ...]

    @property
    def signature(self) -> str:
        """The same for every list with these headings: the key under which a sender's mapping is remembered."""
        return signature([column.heading for column in self.columns])

    @cached_property
    def in_reading_order(self) -> tuple[Column, ...]:
        """The columns that are taken in; the date of the contact first, as other cells are read as at that day."""
        used = (column for column in self.columns if column.kind is not ColumnKind.IGNORE)
        return tuple(sorted(used, key=lambda column: column.kind is not ColumnKind.SEEN))

    def with_kind(self, index: int, kind: ColumnKind) -> "Mapping":
        """The mapping after a person said what a column is."""
        changed = (
            replace(column, kind=kind, reason="chosen by a person") if column.index == index else column
            for column in self.columns
        )
        return Mapping(tuple(changed))

    def to_json(self) -> str:
        return json.dumps([asdict(column) for column in self.columns])

    @staticmethod
    def from_json(text: str) -> "Mapping":
        columns = json.loads(text)
        return Mapping(tuple(Column(**{**column, "kind": ColumnKind(column["kind"])}) for column in columns))


def signature(headings: Sequence[str]) -> str:
    """A hash of the headings, however they are cased and dotted, in their order."""
    plain = "\x1f".join(plain_heading(heading) + ("?" if is_approximate(heading) else "") for heading in headings)
    return hashlib.sha256(plain.encode()).hexdigest()
