"""Looks a file through from end to end: what goes in as it is, what needs a person, what is no row. No framework."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alongside.insight.interchange.codes import RowState
from alongside.insight.interchange.reading import Row, Sheets
from alongside.insight.interchange.understanding import (
    LINE_WORDS,
    Change,
    KeptLine,
    Line,
    LineKind,
    ListRow,
    Mapping,
    Table,
    Unreadable,
    find_tables,
    read_cell,
    read_file_lines,
    read_row,
)
from alongside.insight.interchange.understanding.prints import Compared, Prints

SHOWN_LINES = 50  # set-aside lines that a person is shown; all are counted
SHOWN_SAMPLES = 3
LOOKED_AT = 2_000  # changed rows that are searched for sudden changes


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that needs a person."""

    sheet: int
    number: int
    state: RowState
    cells: tuple[str, ...]


@dataclass
class Look:
    """What a list holds. `problems` and `unanswered` count cells by heading; `lines` are shown, all are counted."""

    rows: int = 0
    ready: int = 0
    repeats: int = 0
    asides: list[Aside] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    lines: list[tuple[int, str, str]] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    prints: Prints = field(default_factory=Prints)
    keep: Callable[[ListRow], None] = field(default=lambda row: None)

    def take(self, row: Row, line: Line) -> None:
        match line:
            case KeptLine():
                self._keep(line)
            case Unreadable():
                self.rows += 1
                self.asides.append(Aside(line.sheet, line.number, RowState.UNREADABLE, line.cells))
            case ListRow():
                self._row(row, line)

    def _row(self, row: Row, line: ListRow) -> None:
        self.rows += 1
        self.unanswered.update(heading for heading, _ in line.unanswered)
        if line.repeat_of is not None:
            self.repeats += 1
            return
        self.prints.add(line)
        if line.problems:
            self.problems.update(problem.column for problem in line.problems)
            self.asides.append(Aside(line.sheet, line.number, RowState.PROBLEM, row.cells))
        else:
            self.ready += 1
            self.keep(line)

    def _keep(self, line: KeptLine) -> None:
        self.kept[line.kind.value] += 1
        if line.kind is not LineKind.BLANK and len(self.lines) < SHOWN_LINES:
            text = " ".join(cell for cell in line.cells if cell.strip())
            self.lines.append((line.number, LINE_WORDS[line.kind], text[:120]))

    def counts(self) -> dict[str, Any]:
        states = Counter(aside.state for aside in self.asides)
        return {
            "rows": self.rows,
            "ready": self.ready,
            "repeats": self.repeats,
            "kept": dict(self.kept),
            "problems": states[RowState.PROBLEM],
            "unreadable": states[RowState.UNREADABLE],
        }


def look_through(sheets: Sheets, mapping: Mapping, today: date, keep: Callable[[ListRow], None]) -> Look:
    """One pass over the whole file. `keep` gets each row that goes in as it is.

    Memory grows by 24 bytes a row and by the rows that need a person.
    """
    look = Look(keep=keep)
    for row, line in read_file_lines(sheets, mapping, today=today):
        look.take(row, line)
    return look


def samples(table: Table, mapping: Mapping, today: date) -> list[list[tuple[str, str]]]:
    """For each column, some cells as written and as understood."""
    shown: list[list[tuple[str, str]]] = []
    for column in mapping.columns:
        written = (cells[column.index].strip() for cells in table.samples if column.index < len(cells))
        unlike = list(dict.fromkeys(text for text in written if text))[:SHOWN_SAMPLES]
        shown.append([(text[:80], _words(column, text, table, today)) for text in unlike])
    return shown


def _words(column: Any, text: str, table: Table, today: date) -> str:
    understood = read_cell(column, text, today=today, year=table.year)
    return understood.words[:120]


def changed_rows(
    earlier: tuple[Sheets, Mapping, date], later: tuple[Sheets, Mapping, date], compared: Compared
) -> list[Change]:
    """The first of the changed rows, as they were and as they are, without the fields that changed."""
    places = compared.changed[:LOOKED_AT]
    before = _at({place for place, _ in places}, *earlier)
    after = _at({place for _, place in places}, *later)
    pairs = ((before.get(old), after.get(new)) for old, new in places)
    return [Change.between(old, new) for old, new in pairs if old and new]


def _at(places: set[tuple[int, int]], sheets: Sheets, mapping: Mapping, today: date) -> dict[tuple[int, int], ListRow]:
    found: dict[tuple[int, int], ListRow] = {}
    for table in find_tables(sheets) if places else ():
        for row in sheets.rows(table.sheet):
            if (table.sheet, row.number) in places:
                line = read_row(row.cells, mapping, today=today, sheet=table.sheet, number=row.number, year=table.year)
                if isinstance(line, ListRow):
                    found[table.sheet, row.number] = line
    return found


def reread(
    cells: Sequence[str], mapping: Mapping, today: date, year: int | None, place: tuple[int, int]
) -> ListRow | Unreadable:
    """A row that needs a person, read again as it stands now."""
    return read_row(tuple(cells), mapping, today=today, sheet=place[0], number=place[1], year=year)
