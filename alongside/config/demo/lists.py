"""Five agencies' lists of the invented borough, each in that agency's own format, oddities included."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from alongside.config.demo.borough import Noted, borough, noted


@dataclass(frozen=True, slots=True)
class InventedList:
    agency: str
    file_name: str
    content: bytes
    rows: int


def lists(seed: int = 11) -> list[InventedList]:
    """The five lists; the same bytes for the same seed but for the workbooks' own time stamps."""
    women = borough(seed)
    made = []
    for agency, file_name, write in WRITERS:
        rows = noted(women, agency, seed)
        made.append(InventedList(agency, file_name, write(rows), len(rows)))
    return made


def _van(rows: Sequence[Noted]) -> bytes:
    """A title, then a table with a byte order mark; marks and phones hide in the notes; a total at the end."""
    table = [
        ["Van sheet, women met 2007"],
        [],
        ["Ref", "Date seen", "Name/street name", "Age?", "Ethnicity", "Where", "Notes"],
    ]
    for row in rows:
        told = [f"{row.mark[0]} on {row.mark[1]}" if row.mark else "", f"mob {row.phone}" if row.phone else ""]
        name = " ".join(filter(None, (row.first, row.last))) + (f" aka {row.alias}" if row.alias else "")
        age = f"c.{row.about}" if row.about else str(2007 - row.born.year) if row.born else ""
        table.append(
            [row.reference, f"{row.seen:%d/%m/%y}", name, age, row.ethnicity, row.area, "; ".join(filter(None, told))]
        )
    return "\ufeff".encode() + _delimited([*table, [], [f"Total: {len(rows)}"]], ",").encode()


def _casework(rows: Sequence[Noted]) -> bytes:
    """A workbook whose first sheet explains and whose table starts on row 4 of the second."""
    heads = [
        "Case no",
        "Forename",
        "Surname",
        "Known as",
        "DOB",
        "Age (approx)",
        "Ethnic origin",
        "Area",
        "Tel",
        "Opened",
    ]
    table: list[list[object]] = [["Casework list"], [], [], [*heads]]
    for row in rows:
        table.append(
            [
                row.reference,
                row.first,
                row.last or "not known",
                row.alias,
                f"{row.born:%d %B %Y}" if row.born else "",
                row.about or "",
                row.ethnicity,
                row.area,
                row.phone,
                f"{row.seen:%d/%m/%Y}",
            ]
        )
    return _workbook({"About": [["Everyone with an open case in 2007"]], "Cases": table})


def _dropin(rows: Sequence[Noted]) -> bytes:
    """Semicolons, and an encoding of another age."""
    table = [
        [
            "ID",
            "Forename",
            "Surname",
            "Also known as",
            "D.O.B.",
            "Approx. age",
            "Ethnic group",
            "Area",
            "First contact",
            "Tel",
            "Description",
        ]
    ]
    for row in rows:
        table.append(
            [
                row.reference,
                row.first,
                row.last or "not known",
                row.alias,
                f"{row.born:%d/%m/%Y}" if row.born else "n/k",
                str(row.about or ""),
                row.ethnicity,
                row.area,
                f"{row.seen:%d %B %Y}",
                row.phone,
                f"{row.mark[0]}, {row.mark[1]}" if row.mark else "",
            ]
        )
    return _delimited(table, ";").encode("cp1252")


def _hostel(rows: Sequence[Noted]) -> bytes:
    """A workbook with true dates."""
    table: list[list[object]] = [
        [
            "Room list no",
            "First name",
            "Last name",
            "Date of birth",
            "Age",
            "Ethnicity",
            "Came from",
            "Moved in",
            "Tattoos and scars",
        ]
    ]
    for row in rows:
        table.append(
            [
                row.reference,
                row.first,
                row.last,
                row.born or "",
                row.about or "",
                row.ethnicity,
                row.area,
                row.seen,
                f"{row.mark[0]} on {row.mark[1]}" if row.mark else "",
            ]
        )
    return _workbook({"Residents": table})


def _custody(rows: Sequence[Noted]) -> bytes:
    """Tabs and capitals."""
    table = [["URN", "ARREST_DT", "SUBJECT", "ALIAS", "DOB", "APP_AGE", "BOCU", "WARNING_MARKS", "TEL"]]
    for row in rows:
        subject = f"{row.last.upper()}, {row.first}" if row.last else row.first.upper()
        table.append(
            [
                row.reference,
                f"{row.seen:%Y%m%d}",
                subject,
                row.alias.upper(),
                f"{row.born:%d-%b-%Y}".upper() if row.born else "",
                str(row.about or ""),
                row.area.upper(),
                f"{row.mark[0]}/{row.mark[1]}".upper() if row.mark else "",
                row.phone.replace(" ", ""),
            ]
        )
    return _delimited(table, "\t").encode()


def _delimited(table: Sequence[Sequence[str]], by: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=by, lineterminator="\r\n").writerows(table)
    return out.getvalue()


def _workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


WRITERS: tuple[tuple[str, str, Callable[[Sequence[Noted]], bytes]], ...] = (
    ("nightlight", "van-sheet.csv", _van),
    ("bridge", "casework.xlsx", _casework),
    ("harbour", "register.csv", _dropin),
    ("lantern", "residents.xlsx", _hostel),
    ("justice", "custody.txt", _custody),
)
