"""Fingerprints of a list's rows, kept so that a later list can be compared without reading the earlier one again."""

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from .differences import key_of
from .listrow import ListRow

_FORM = struct.Struct(">8s8sII")


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows of a later list against an earlier one. `changed`: (sheet, number) before and after, in the later order."""

    earlier: int
    new: int
    same: int
    gone: int
    changed: tuple[tuple[tuple[int, int], tuple[int, int]], ...]


class Prints:
    """Gathers 24 bytes a row: which row it is, what it says, its sheet and its number. Repeats are left out."""

    def __init__(self) -> None:
        self._counted: Counter[bytes] = Counter()
        self._packed = bytearray()

    def add(self, row: ListRow) -> None:
        if row.repeat_of is not None:
            return
        name = _short(key_of(row))
        self._counted[name] += 1
        # A reference may stand for several contacts: which of them it is belongs to the key.
        key = name if self._counted[name] == 1 else _short(f"{name.hex()} {self._counted[name]}")
        self._packed += _FORM.pack(key, bytes.fromhex(row.digest)[:8], row.sheet, row.number)

    def packed(self) -> bytes:
        return bytes(self._packed)


def compare(earlier: bytes, later: bytes) -> Compared:
    """Two lists' packed prints."""
    before = {key: (content, place) for key, content, place in _unpacked(earlier)}
    new = same = 0
    changed = []
    for key, content, place in _unpacked(later):
        known = before.get(key)
        if known is None:
            new += 1
        elif known[0] == content:
            same += 1
        else:
            changed.append((known[1], place))
    return Compared(len(before), new, same, len(before) - same - len(changed), tuple(changed))


def _unpacked(packed: bytes) -> Iterator[tuple[bytes, bytes, tuple[int, int]]]:
    return ((key, content, (sheet, number)) for key, content, sheet, number in _FORM.iter_unpack(packed))


def _short(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()
