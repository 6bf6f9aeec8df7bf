"""Taking other people's names out of her copy, and making its files. Pure: no framework, no database."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence

from defusedcsv import csv

INSTEAD = "[another person]"
# Words that begin a sentence or belong to the calendar are capitalised without being anyone's name.
NO_NAMES = frozenset(
    "A An And As At But By For From He Her His I If In It Its No Not Of On Or She So That The Their Then They This To"
    " We Was When Who With You Yes Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March"
    " April May June July August September October November December".split()
)
A_NAME = re.compile(r"\b[A-Z][\w'’-]+\b")


def candidates(texts: Iterable[str], hers: Iterable[str]) -> list[str]:
    """Words that look like names of other people, in order: a person checks them, none is taken out by itself."""
    own = {part.casefold() for name in hers for part in name.split()}
    found = {word for text in texts for word in A_NAME.findall(text)}
    return sorted(word for word in found if word not in NO_NAMES and word.casefold() not in own)


def without(text: str, others: Sequence[str]) -> str:
    """The text with each of these names taken out, whole words, whatever their case; the longest first."""
    names = sorted((each.strip() for each in others if each.strip()), key=len, reverse=True)
    if not names:
        return text
    pattern = "|".join(re.escape(name) for name in names)
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", INSTEAD, text, flags=re.IGNORECASE)


def packed(tables: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]]) -> bytes:
    """One ZIP with a CSV for each table (name, columns, rows). Names of files say nothing of her."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, columns, rows) in enumerate(tables, start=1):
            text = io.StringIO()
            writer = csv.writer(text)
            writer.writerow(columns)
            writer.writerows(rows)
            slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            archive.writestr(f"{number:02d}-{slug}.csv", "\ufeff" + text.getvalue())
    return whole.getvalue()
