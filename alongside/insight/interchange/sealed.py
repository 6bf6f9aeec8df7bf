"""What came from a file, sealed: one data key a list, every value bound to its place."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from alongside.foundation.vault.keys import key_service
from alongside.foundation.vault.seal import Place, Sealer

PART_BYTES = 4 * 1024 * 1024


def new_key(agency: UUID) -> tuple["Sealed", bytes]:
    """A fresh data key, and the same wrapped for the agency."""
    data_key, wrapped = key_service().new_data_keys(agency, 1)[0]
    return Sealed(data_key), wrapped


def opened(agency: UUID, wrapped: bytes | memoryview) -> "Sealed":
    """Raises `cryptography`'s InvalidUnwrap for another agency's key."""
    return Sealed(key_service().unwrap(agency, [bytes(wrapped)])[0])


class Sealed:
    """Seals and opens the values of one list."""

    def __init__(self, data_key: bytes) -> None:
        self._sealer = Sealer(data_key)

    def seal(self, table: str, row: UUID, field: str, value: bytes) -> bytes:
        return self._sealer.seal(Place(f"interchange_{table}", row, field), value)

    def open(self, table: str, row: UUID, field: str, sealed: bytes | memoryview) -> bytes:
        return self._sealer.unseal(Place(f"interchange_{table}", row, field), bytes(sealed))

    def seal_json(self, table: str, row: UUID, field: str, value: Any) -> bytes:
        return self.seal(table, row, field, json.dumps(value, ensure_ascii=False).encode())

    def open_json(self, table: str, row: UUID, field: str, sealed: bytes | memoryview) -> Any:
        return json.loads(self.open(table, row, field, sealed))

    def seal_file(self, row: UUID, content: bytes) -> Iterator[tuple[int, bytes]]:
        """(number, sealed part) of a file."""
        for number, start in enumerate(range(0, len(content), PART_BYTES)):
            yield number, self.seal("filepart", row, f"content {number}", content[start : start + PART_BYTES])

    def seal_rows(self, row: UUID, reading: int, number: int, rows: Any) -> bytes:
        return self.seal_json("filepart", row, f"rows {reading} {number}", rows)

    def open_rows(self, row: UUID, reading: int, number: int, sealed: bytes) -> Any:
        return self.open_json("filepart", row, f"rows {reading} {number}", sealed)

    def open_file(self, row: UUID, parts: Iterable[tuple[int, bytes | memoryview]]) -> bytes:
        return b"".join(self.open("filepart", row, f"content {number}", sealed) for number, sealed in parts)
