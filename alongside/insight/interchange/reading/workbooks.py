"""Rows of XLSX, XLS and ODS workbooks, after their container was found harmless."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from .limits import Limits
from .refusals import ListRefused

MACROS = "This workbook holds macros. They were not run and are not kept."
FORMULAS = "Some cells hold formulas. They were not run: the values last saved with the workbook were taken."
_ENTITY_MARKS = tuple(
    mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_FORMULA_MARKS = (b"<f>", b"<f ", b" table:formula=")
_OVERLAP = 32  # so that a mark cut in two by a chunk is still seen
_PACKAGES = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "content.xml": "ods",
    "word/document.xml": "document",
}


def check_package(content: bytes, limits: Limits) -> tuple[str, list[str]]:
    """The kind of a zipped workbook and notes about it, from its list of parts and one bounded reading.

    Raises ListRefused when it is no workbook, is protected, unfolds too far, or fetches from outside.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            kind = next((kind for part, kind in _PACKAGES.items() if part in names), "archive")
            refused = {"archive": "archive", "document": "document", "xlsb": "binary_workbook"}.get(kind)
            if refused:
                raise ListRefused(refused)
            check_sizes(package.infolist(), limits)
            formulas = [_check_part(package, part, limits) for part in package.infolist()]
            if kind == "ods" and b"manifest:encryption-data" in _manifest(package):
                raise ListRefused("password")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise ListRefused("damaged") from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise ListRefused("password") from error
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return kind, [MACROS] * macros + [FORMULAS] * any(formulas)


def check_sizes(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuses a bomb by what the container itself says, before anything is unfolded."""
    total = sum(part.file_size for part in parts)
    bombs = (
        part.file_size > limits.member_bytes
        or (part.file_size > limits.ratio_from_bytes and part.file_size > limits.ratio * max(part.compress_size, 1))
        for part in parts
    )
    if len(parts) > limits.members or total > limits.unfolded_bytes or any(bombs):
        raise ListRefused("unfolds_too_big")


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> bool:
    """Reads one part through, in bounded memory; whether it holds formulas."""
    if not part.filename.lower().endswith((".xml", ".rels")):
        return False
    tail, seen, formulas = b"", 0, False
    with package.open(part) as stream:
        while chunk := stream.read(1 << 20):
            seen += len(chunk)
            if seen > limits.member_bytes:
                raise ListRefused("unfolds_too_big")
            window = tail + chunk
            if any(mark in window for mark in _ENTITY_MARKS):
                raise ListRefused("entities")
            formulas = formulas or any(mark in window for mark in _FORMULA_MARKS)
            tail = chunk[-_OVERLAP:]
    return formulas


def _manifest(package: zipfile.ZipFile) -> bytes:
    name = "META-INF/manifest.xml"
    return package.read(name) if name in package.namelist() else b""


def check_ole(content: bytes) -> list[str]:
    """Notes about an old workbook (.xls). Raises ListRefused when it is a wrapped, encrypted new one."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ListRefused("password")
    if "WordDocument".encode("utf-16-le") in content:
        raise ListRefused("document")
    return [MACROS] if "_VBA_PROJECT".encode("utf-16-le") in content else []


def workbook_sheets(content: bytes, limits: Limits) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Each sheet's name and its rows (number from 1, cells as text)."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if len(workbook.sheet_names) > limits.sheets:
            raise ListRefused("too_many_sheets", limit=str(limits.sheets))
        for name in workbook.sheet_names:
            yield name, _rows(workbook.get_sheet_by_name(name))
    except PasswordError as error:
        raise ListRefused("password") from error
    except (CalamineError, ValueError, OSError) as error:
        raise ListRefused("damaged") from error


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    # Calamine starts at the first used cell; the numbers must be those that the sender sees.
    top, left = sheet.start or (0, 0)
    for number in range(1, top + 1):
        yield number, []
    for number, cells in enumerate(sheet.iter_rows(), start=top + 1):
        yield number, [""] * left + [as_text(cell) for cell in cells]


def as_text(value: object) -> str:
    """A cell as text: dates in ISO form (which no reader can take for another day), 45.0 as 45."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)
