"""The child process: reads a list from standard input, writes rows as JSON lines, and can do nothing else.

One line is `{"kind": …}`, `{"sheet": name}`, `[number, [cells]]`, `{"note": words}`,
`{"refused": code, "row": …, "limit": …}` or, at the very end, `{"end": true}`.
"""

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TextIO

from .kinds import kind_of
from .limits import Limits
from .refusals import ListRefused
from .texts import decode, text_rows
from .workbooks import check_ole, check_package, workbook_sheets

LOST_LETTERS = "Some letters in this file are damaged; they are shown as \ufffd. Save it again as UTF-8."
_UNSAFE = {code: " " for code in range(32) if code not in (9, 10, 13)} | {0x7F: " "}


def main() -> None:
    """Entry point: the limits are the last argument, as JSON; `argv[-2]` is the sheet wanted, or -1 for all."""
    limits, wanted = Limits.from_json(sys.argv[-1]), int(sys.argv[-2])
    confine(limits)
    out = sys.stdout
    try:
        for line in _lines(sys.stdin.buffer, limits, wanted):
            _write(out, line)
        _write(out, {"end": True})
    except ListRefused as refusal:
        _write(out, {"refused": refusal.code, "row": refusal.row, "limit": refusal.limit})
    except MemoryError:
        _write(out, {"refused": "too_much_memory"})
    out.flush()


def confine(limits: Limits) -> None:
    """No more memory, time, files or processes than reading needs. What is exceeded ends the process."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))


def _write(out: TextIO, line: object) -> None:
    out.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


def _lines(source: BinaryIO, limits: Limits, wanted: int) -> Iterator[object]:
    content = source.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        raise ListRefused("file_too_big", limit=f"{limits.file_bytes // (1024 * 1024)} MB")
    kind, notes, sheets = _open(content, limits)
    yield {"kind": kind}
    yield from ({"note": note} for note in notes)
    for index, (name, rows) in enumerate(sheets):
        yield {"sheet": _clean(name)}
        if wanted in (-1, index):
            yield from _checked(rows, limits)


def _open(
    content: bytes, limits: Limits
) -> tuple[str, list[str], Iterable[tuple[str, Iterator[tuple[int, list[str]]]]]]:
    form = kind_of(content[:512])
    if form == "text":
        text, encoding = decode(content)
        notes = [LOST_LETTERS] if "\ufffd" in text else []
        return f"text in {encoding}", notes, [("", text_rows(text, limits))]
    if form == "zip":
        kind, notes = check_package(content, limits)
    else:
        kind, notes = "xls", check_ole(content)
    return kind, notes, workbook_sheets(content, limits)


def _checked(rows: Iterator[tuple[int, list[str]]], limits: Limits) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows:
        if number > limits.rows:
            raise ListRefused("too_many_rows", limit=f"{limits.rows:,}")
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > limits.columns:
            raise ListRefused("too_many_columns", row=number, limit=str(limits.columns))
        if any(len(cell) > limits.cell_characters for cell in cells):
            raise ListRefused("cell_too_long", row=number, limit=f"{limits.cell_characters:,}")
        yield number, [_clean(cell) for cell in cells]


def _clean(text: str) -> str:
    """Without control characters and lone surrogates, which no database and no reader can take."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_UNSAFE).encode("utf-8", "replace").decode("utf-8")


if __name__ == "__main__":
    main()
