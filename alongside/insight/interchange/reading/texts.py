"""Rows of text lists: any usual encoding, any usual separator, quotes that were never closed."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from charset_normalizer import from_bytes

from .limits import Limits
from .refusals import ListRefused

SEPARATORS = ",;\t|"
# Encodings of one byte in which British agencies write their clients' names; of equals the first is taken.
_EIGHT_BIT = ("cp1252", "cp1250", "mac_roman", "cp850")
_USUAL_LETTERS = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýßąćęłńśźżšžčřěůťďăşţğ")
_USUAL_SIGNS = frozenset("’‘“”–—…£€°\u00a0½¼")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_QUOTE = 30  # lines: a note may have several, a list swallowed by one quote has more


def decode(content: bytes) -> tuple[str, str]:
    """The text of a list and the name of its encoding. Raises ListRefused for bytes that are no text."""
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeError:
        # A few bytes that the code page does not have must not cost the whole list.
        text = content.decode(encoding, errors="replace")
    if "\x00" in text:
        raise ListRefused("binary")
    return text, encoding


def _encoding(content: bytes) -> str:
    for bom, name in _BOMS:
        if content.startswith(bom):
            return name
    wide = _utf16_without_bom(content[:4096])
    if wide:
        return wide
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    odd_lines = b"\n".join(line for line in content.splitlines() if not line.isascii())[:20_000]
    oddness = {name: _oddness(odd_lines.decode(name, "replace")) for name in _EIGHT_BIT}
    likely = min(_EIGHT_BIT, key=oddness.__getitem__)
    if oddness[likely] <= 0.4:
        return likely
    guess = from_bytes(odd_lines).best()
    return guess.encoding if guess else likely


def _oddness(text: str) -> float:
    """How unlike names and notes a decoding reads: 0 for none of its accented letters and signs, 1 or more for all."""
    odd, count = 0.0, 0
    for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if sign.isascii():
            continue
        count += 1
        if sign.isalpha():
            odd += (sign.lower() not in _USUAL_LETTERS) + (sign.isupper() and before.islower())
            odd += 0.5 * (before.isalpha() and not before.isascii())
        else:
            odd += sign not in _USUAL_SIGNS or (
                before.isalpha() and (sign in "‘“" or (after.isalpha() and sign != "’"))
            )
    return odd / max(count, 1)


def _utf16_without_bom(head: bytes) -> str:
    """UTF-16 of mostly English text has a zero in every second byte."""
    half = len(head) // 2
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if half >= 4 and zeros.count(0) > 0.8 * half:
            return name
    return ""


def separator_of(lines: list[str]) -> str:
    """The separator that cuts the most lines into the same number of cells (a comma when none does)."""

    def agreement(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
        if not widths:
            return (0, 0)
        width, count = widths.most_common(1)[0]
        return (count * (width - 1), width)

    return max(SEPARATORS, key=agreement)


def text_rows(text: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Rows as (number of the first line from 1, cells). No line is lost to a quote that is never closed."""
    csv.field_size_limit(limits.line_characters)
    lines = io.StringIO(text, newline=None).read().split("\n")
    if lines and not lines[-1]:
        lines.pop()
    separator = separator_of([line[:10_000] for line in lines[:200] if line.strip()])
    position = 0
    while position < len(lines):
        cells, used = _record(lines, position, separator, limits)
        yield position + 1, cells
        position += used


def _record(lines: list[str], position: int, separator: str, limits: Limits) -> tuple[list[str], int]:
    """The cells of the record that starts at a line, and how many lines it takes."""
    line = lines[position]
    if len(line) > limits.line_characters:
        raise ListRefused("cell_too_long", row=position + 1, limit=f"{limits.cell_characters:,}")
    if '"' not in line:
        return line.split(separator), 1
    joined = line
    for used in range(1, _LONGEST_QUOTE + 1):
        try:
            return next(csv.reader([joined], delimiter=separator, strict=True), []), used
        except csv.Error as error:
            if "unexpected end" not in str(error) or position + used >= len(lines):
                break
            joined += "\n" + lines[position + used]
    return line.split(separator), 1  # the quote is part of the text, as in 5" scar
