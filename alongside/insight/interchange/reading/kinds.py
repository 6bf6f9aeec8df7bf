"""What a file is, by its first bytes and never by its name."""

from .refusals import ListRefused

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
    (b"RIFF", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"{\\rtf", "document"),
)
_SHORT_MARKS = {b"BM", b"RIFF", b"GIF8", b"BZh", b"Rar!"}  # could open a word: must be followed by bytes
_MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<table", b"<workbook")


def kind_of(head: bytes) -> str:
    """`zip`, `ole` or `text` for the first bytes of a file. Raises ListRefused for anything else."""
    if not head:
        raise ListRefused("empty")
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(OLE):
        return "ole"
    for mark, code in _REFUSED:
        if head.startswith(mark) and (mark not in _SHORT_MARKS or _has_bytes(head)):
            raise ListRefused(code)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        raise ListRefused("markup")
    return "text"


def _has_bytes(head: bytes) -> bool:
    return any(byte < 9 or 13 < byte < 27 for byte in head[:64])
