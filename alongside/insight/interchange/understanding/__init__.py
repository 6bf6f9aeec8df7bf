"""Makes sense of a list that was read: its table, its columns, its values, its rows, its changes. Pure."""

from .cells import read_cell
from .columns import KIND_WORDS, ColumnKind
from .differences import Change, Differences, differences, key_of, sudden_changes
from .listrow import KeptLine, Line, ListRow, Problem, Unreadable
from .mapping import Column, Mapping, signature
from .proposal import propose
from .rows import read_file, read_file_lines, read_row, read_rows
from .table import LINE_WORDS, LineKind, Table, find_table, find_tables
from .values import Age, Area, Ethnicity, Mark, Span, State, Understood

__all__ = [
    "KIND_WORDS",
    "LINE_WORDS",
    "Age",
    "Area",
    "Change",
    "Column",
    "ColumnKind",
    "Differences",
    "Ethnicity",
    "KeptLine",
    "Line",
    "LineKind",
    "ListRow",
    "Mapping",
    "Mark",
    "Problem",
    "Span",
    "State",
    "Table",
    "Understood",
    "Unreadable",
    "differences",
    "find_table",
    "find_tables",
    "key_of",
    "propose",
    "read_cell",
    "read_file",
    "read_file_lines",
    "read_row",
    "read_rows",
    "signature",
    "sudden_changes",
]
