"""Every first name and street name that stands in the agencies' lists."""

import csv
import re

import python_calamine

from tests.browser.worker import LISTS

# Words of the product or of its workers' names that some woman is called by as well.
ALSO_WORDS = set(
    "young big little old black white brown red long aka don star not known none the grace grant bethan".split()
)
CODES = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COLUMNS = ("Name/street name", "Forename", "Also known as", "full_name", "preferred_name", "NAME", "ALIAS")


def names() -> set[str]:
    """In lower case, each three letters or longer."""
    found: set[str] = set()
    for rows in _tables():
        at = next(place for place, row in enumerate(rows) if set(row) & set(COLUMNS))
        wanted = [column for column, heading in enumerate(rows[at]) if heading in COLUMNS]
        for row in rows[at + 1 :]:
            for column in wanted:
                found |= {
                    word.lower() for word in re.findall(r"[^\W\d_]{3,}", row[column] if column < len(row) else "")
                }
    return found - ALSO_WORDS


def said_in(text: str) -> set[str]:
    """The names that stand in a text as whole words; codes and keys are no words, even where they look like one."""
    return names() & {word.lower() for word in re.findall(r"\w+", CODES.sub("", text))}


def _tables() -> list[list[list[str]]]:
    text = [
        (LISTS / name).read_text(encoding)
        for name, encoding in (
            ("outreach_van_contacts.csv", "utf-8-sig"),
            ("dropin_register.csv", "cp1252"),
            ("CUSTODY_LIST_2007.txt", "utf-8"),
        )
    ]
    tables = [list(csv.reader(each.splitlines(), delimiter=d)) for each, d in zip(text, ",;\t", strict=True)]
    for name in ("bridge_casework_clients.xlsx", "hostel_residents.xlsx"):
        book = python_calamine.CalamineWorkbook.from_path(str(LISTS / name))
        tables.append(
            [[str(cell) for cell in row] for row in book.get_sheet_by_index(len(book.sheet_names) - 1).to_python()]
        )
    return tables
