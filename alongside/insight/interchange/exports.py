"""The rows that need a person, as a file for whoever keeps the list. No cell can run as a formula."""

from collections.abc import Iterator, Sequence

from alongside.foundation.kit import tables
from alongside.insight.interchange.queries import RowView


def table_of(rows: Sequence[RowView], number: str) -> Iterator[list[str]]:
    """Headings, then each row: the number of the copy, its own, what is wrong, what to do, its cells as they stand."""
    headings = max((row.headings for row in rows), key=len, default=())
    yield ["Copy", "Row", "What is wrong", "What to do", *headings]
    for row in rows:
        wrong = "; ".join(f"{problem.column} {problem.words}".strip() for problem in row.problems)
        mend = " ".join(dict.fromkeys(problem.what_to_do for problem in row.problems))
        yield [number, str(row.number), wrong, mend, *row.cells]


def as_csv(rows: Sequence[RowView], number: str) -> bytes:
    return tables.as_csv(table_of(rows, number))


def as_xlsx(rows: Sequence[RowView], number: str) -> bytes:
    return tables.as_xlsx({"Rows to mend": table_of(rows, number)}, title="Rows to mend")
