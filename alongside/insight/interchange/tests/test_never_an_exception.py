"""Whatever stands in a cell or a file, there is an outcome and never an exception."""

import csv
import io
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.insight.interchange.reading.limits import Limits
from alongside.insight.interchange.reading.refusals import ListRefused
from alongside.insight.interchange.reading.texts import decode, text_rows
from alongside.insight.interchange.understanding import (
    Column,
    ColumnKind,
    ListRow,
    Mapping,
    State,
    Understood,
    Unreadable,
    propose,
    read_cell,
    read_row,
)

TODAY = date(2024, 11, 1)
PIECES = st.sampled_from(
    ["c.", "aka", "/", "@", ";", ",", "=", "+", "-", "DOB", "07700900000", "31/02", "1975", "June", "ſept", "İ", "٣",
     "\t",
     "on chest", "LANGWICK", "n/k", "'", '"', "early", "30s", "\u2028", "\ud7ff", "0" * 30, "(", "|"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES, max_size=8).map("".join)
)
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=12)
FEW = settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(TEXTS, st.sampled_from(ColumnKind), st.booleans())
def test_a_cell_always_has_an_outcome(text: str, kind: ColumnKind, approximate: bool) -> None:
    understood = read_cell(Column(0, "x", kind, approximate, ""), text, today=TODAY, year=2007)
    assert isinstance(understood, Understood)
    if understood.state is State.PROBLEM:
        assert understood.words
        assert understood.what_to_do
    if understood.state in (State.VALUE, State.SPAN):
        assert understood.value is not None


@FEW
@given(st.lists(TEXTS, max_size=14))
def test_a_row_is_taken_in_or_kept(cells: list[str]) -> None:
    kinds = [*ColumnKind]
    mapping = Mapping(tuple(Column(i, f"c{i}", kind, False, "") for i, kind in enumerate(kinds[:12])))
    line = read_row(cells, mapping, today=TODAY, number=7)
    assert line.number == 7
    if isinstance(line, Unreadable):
        assert line.cells == tuple(cells)
        assert line.problems
    else:
        assert isinstance(line, ListRow)
        assert len(line.digest) == 32


@FEW
@given(st.lists(TEXTS, min_size=1, max_size=6), st.lists(st.lists(TEXTS, max_size=8), max_size=6))
def test_any_headings_get_a_proposal(headers: list[str], samples: list[list[str]]) -> None:
    mapping = propose(headers, samples, today=TODAY)
    assert [column.heading for column in mapping.columns] == headers
    assert all(column.reason for column in mapping.columns)
    assert Mapping.from_json(mapping.to_json()) == mapping


@FEW
@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_refused(content: bytes) -> None:
    told: list[str] = []
    try:
        text, _ = decode(content)
        rows = list(text_rows(text, Limits()))
    except ListRefused as refusal:
        told.append(refusal.words)
        rows = []
    assert all(number >= 1 for number, _ in rows)
    assert all(told)


@FEW
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=3, max_size=9))
def test_a_well_formed_list_comes_back_as_it_was(table: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    assert [cells for _, cells in text_rows(written.getvalue(), Limits())] == table


@FEW
@given(st.lists(st.sampled_from(['1,"Kay', "2,Zoe", '3,5" scar', '"4,a"b,c', ",", "", '5,"a","b"']), max_size=60))
def test_no_line_is_lost_to_quotes(lines: list[str]) -> None:
    rows = list(text_rows("\n".join([*lines, ""]), Limits()))
    numbers = [number for number, _ in rows]
    joined = "\n".join("\n".join(cells) for _, cells in rows)
    assert numbers == sorted(set(numbers))
    assert all(joined.count(name) == sum(line.count(name) for line in lines) for name in ("Kay", "Zoe", "scar"))
