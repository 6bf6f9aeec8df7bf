"""Turns the lines of a list into women's rows, kept lines and unreadable rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import tee
from typing import Any

from ..reading import Row, Sheets
from .cells import Note, read_cell
from .columns import ColumnKind
from .listrow import KeptLine, Line, ListRow, Problem, Unreadable
from .mapping import Column, Mapping
from .table import LineKind, Table, find_tables, line_kind
from .values import Age, Area, Ethnicity, Mark, Name, Span, State

_ANSWERED = {State.VALUE, State.SPAN, State.EMPTY, State.PROBLEM}
_MAY_TAKE_SURPLUS = {ColumnKind.NOTES, ColumnKind.MARKS}
_UNSHIFTED = {ColumnKind.SEEN, ColumnKind.BORN, ColumnKind.AGE, ColumnKind.PHONE}


@dataclass
class _Draft:
    """A row while its cells are read."""

    reference: str = ""
    seen: Span | None = None
    known_as: str = ""
    others: list[str] = field(default_factory=list)
    lasts: list[str] = field(default_factory=list)
    born: Span | None = None
    age: Age | None = None
    ethnicity: Ethnicity | None = None
    area: Area | None = None
    marks: list[Mark] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unanswered: list[tuple[str, State]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, column: Column, value: Any) -> None:
        """Puts what a cell says where it belongs. The value's type tells more than its column."""
        match value:
            case Span():
                if column.kind is ColumnKind.SEEN:
                    self.seen = value
                else:
                    self.born = self.born or value
            case Age():
                self.age = self.age or value
            case Name():
                self.known_as, earlier = value.known_as or self.known_as, self.known_as
                self.others += [*([earlier] if earlier and value.known_as else []), *value.others]
                self.lasts += value.last_names
            case Note():
                self.phones += value.phones
                self.marks += value.marks
                self.others += value.names
                self.born = self.born or value.born
                self.notes += [value.text] if value.text else []
            case Ethnicity():
                self.ethnicity = value
            case Area():
                self.area = value
            case _:
                self._take_listed(column.kind, value)

    def _take_listed(self, kind: ColumnKind, value: Any) -> None:
        match kind:
            case ColumnKind.REFERENCE:
                self.reference = value
            case ColumnKind.ALIAS:
                self.others += value
            case ColumnKind.LAST_NAME:
                self.lasts += value
            case ColumnKind.MARKS:
                self.marks += value
            case ColumnKind.PHONE:
                self.phones += value

    def row(self, sheet: int, number: int) -> ListRow:
        """The finished row: a woman known by another name only is called by it."""
        others = list(dict.fromkeys(self.others))
        known_as = self.known_as or (others.pop(0) if others else "")
        return ListRow(
            sheet,
            number,
            self.reference,
            self.seen,
            known_as,
            tuple(name for name in others if name != known_as),
            tuple(dict.fromkeys(self.lasts)),
            self.born,
            self.age,
            self.ethnicity,
            self.area,
            tuple(dict.fromkeys(self.marks)),
            tuple(dict.fromkeys(self.phones)),
            "; ".join(self.notes),
            tuple(self.unanswered),
            tuple(self.problems),
        )


def read_row(
    cells: Sequence[str], mapping: Mapping, *, today: date, sheet: int = 0, number: int = 0, year: int | None = None
) -> ListRow | Unreadable:
    """One row of a list. It is unreadable when nothing in it tells one woman from another, or when its cells do not
    stand under their headings; any other cell that cannot be read is a problem of the row."""
    cells = tuple(cells)
    draft = _draft(cells, mapping, today, year)
    shifted = _shifted(cells, mapping, draft)
    if shifted:
        return Unreadable(sheet, number, cells, (shifted, *draft.problems))
    row = draft.row(sheet, number)
    if not _tells_of_someone(row):
        nothing = Problem(
            "", "", "says nothing about her that can be read", "Add a name, an age or anything known of her."
        )
        return Unreadable(sheet, number, cells, row.problems or (nothing,))
    return row


def _draft(cells: tuple[str, ...], mapping: Mapping, today: date, year: int | None) -> _Draft:
    draft = _Draft()
    width = len(mapping.columns)
    surplus = [cell for cell in cells[width:] if cell.strip()]
    for column in mapping.in_reading_order:
        text = cells[column.index] if column.index < len(cells) else ""
        if surplus and column.index == width - 1 and column.kind in _MAY_TAKE_SURPLUS:
            text = ", ".join([text, *surplus])
        if not text:
            continue
        understood = read_cell(column, text, today=today, seen=draft.seen, year=year)
        if understood.state is State.PROBLEM:
            draft.problems.append(Problem(column.heading, text, understood.words, understood.what_to_do))
        elif understood.state not in _ANSWERED:
            draft.unanswered.append((column.heading, understood.state))
        elif understood.value is not None:
            draft.take(column, understood.value)
    return draft


def _shifted(cells: tuple[str, ...], mapping: Mapping, draft: _Draft) -> Problem | None:
    """More cells than headings: harmless after a note with commas, otherwise the cells stand under wrong headings."""
    surplus = [cell for cell in cells[len(mapping.columns) :] if cell.strip()]
    if not surplus:
        return None
    shaped = {column.heading for column in mapping.columns if column.kind in _UNSHIFTED}
    last = mapping.columns[-1].kind if mapping.columns else ColumnKind.IGNORE
    unlikely = draft.ethnicity is not None and not draft.ethnicity.broad
    if last in _MAY_TAKE_SURPLUS and not unlikely and not any(p.column in shaped for p in draft.problems):
        return None
    return Problem(
        "",
        surplus[-1],
        "has more cells than there are headings",
        "A comma within a cell may have cut it in two: put the cells under their headings again.",
    )


def _tells_of_someone(row: ListRow) -> bool:
    return any(
        (
            row.known_as,
            row.last_names,
            row.born,
            row.age,
            row.marks,
            row.phones,
            row.ethnicity,
            row.area,
            row.note,
        )
    )


def read_rows(rows: Iterable[Row], table: Table, mapping: Mapping, *, today: date) -> Iterator[Line]:
    """Every line of the list's sheet, in order. Remembers 16 bytes a row, to tell repeats."""
    seen: dict[bytes, int] = {}
    for row in rows:
        kind = _kind_of_line(row, table)
        if kind:
            yield KeptLine(table.sheet, row.number, row.cells, kind)
            continue
        line = read_row(row.cells, mapping, today=today, sheet=table.sheet, number=row.number, year=table.year)
        if isinstance(line, ListRow):
            first = seen.setdefault(bytes.fromhex(line.digest), row.number)
            line = line if first == row.number else replace(line, repeat_of=first)
        yield line


def _kind_of_line(row: Row, table: Table) -> LineKind | None:
    if not any(cell.strip() for cell in row.cells):
        return LineKind.BLANK
    if row.number < table.header_row:
        return LineKind.TITLE
    if row.number == table.header_row:
        return LineKind.HEADINGS
    return line_kind(row.cells, table.headers)


def read_file(sheets: Sheets, mapping: Mapping, *, today: date) -> Iterator[Line]:
    """Every line of every sheet of a file; sheets without the list are kept line by line."""
    return (line for _, line in read_file_lines(sheets, mapping, today=today))


def read_file_lines(sheets: Sheets, mapping: Mapping, *, today: date) -> Iterator[tuple[Row, Line]]:
    """As `read_file`, each line beside the row that it was made from."""
    tables = {table.sheet: table for table in find_tables(sheets)}
    for sheet in sheets.sheets:
        table = tables.get(sheet.index)
        if table:
            rows, again = tee(sheets.rows(sheet.index))
            yield from zip(rows, read_rows(again, table, mapping, today=today), strict=True)
        else:
            for row in sheets.rows(sheet.index):
                kind = LineKind.OTHER_SHEET if any(cell.strip() for cell in row.cells) else LineKind.BLANK
                yield row, KeptLine(sheet.index, row.number, row.cells, kind)
