"""Sealing one field of one row: AES-256-GCM with the place bound to the value."""

import hmac
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
_VERSION_BYTE = bytes([VERSION])
NONCE_BYTES = 12


class SealBroken(Exception):
    """A sealed value does not open here: changed, moved from another place, or sealed under another key."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value belongs. It opens nowhere else."""

    table: str
    row: UUID
    field: str

    def bound(self, version: int) -> bytes:
        return f"{self.table}:{self.row}:{self.field}:{version}".encode()


class Sealer:
    """Seals and opens values under one data key; quicker than `seal` where there are many of them."""

    def __init__(self, data_key: bytes) -> None:
        self._cipher = AESGCM(data_key)

    def seal(self, place: Place, value: bytes) -> bytes:
        """`value` as version byte + nonce of 12 bytes + ciphertext + tag of 16 bytes."""
        nonce = os.urandom(NONCE_BYTES)
        return _VERSION_BYTE + nonce + self._cipher.encrypt(nonce, value, place.bound(VERSION))

    def seal_row(self, table: str, row: UUID, texts: Mapping[str, str]) -> dict[str, bytes]:
        """The fields of one row, each sealed for its own place, as `seal` does one by one."""
        before, encrypt = f"{table}:{row}:", self._cipher.encrypt
        nonces = os.urandom(NONCE_BYTES * len(texts))
        sealed = {}
        for at, (field, text) in enumerate(texts.items()):
            nonce = nonces[at * NONCE_BYTES : (at + 1) * NONCE_BYTES]
            bound = f"{before}{field}:{VERSION}".encode()
            sealed[field] = _VERSION_BYTE + nonce + encrypt(nonce, text.encode(), bound)
        return sealed

    def unseal(self, place: Place, sealed: bytes) -> bytes:
        """The value sealed at `place`. Raises SealBroken, which names the place's field and no value."""
        sealed = bytes(sealed)
        nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            if sealed[:1] != _VERSION_BYTE:
                raise InvalidTag
            return self._cipher.decrypt(nonce, rest, place.bound(VERSION))
        except (InvalidTag, ValueError):
            raise SealBroken(f"A sealed {place.field} of {place.table} does not open.") from None


def seal(data_key: bytes, place: Place, text: str) -> bytes:
    """One text, sealed as `Sealer` does."""
    return Sealer(data_key).seal(place, text.encode())


def unseal(data_key: bytes, place: Place, sealed: bytes) -> str:
    """The text sealed at `place`. Raises SealBroken."""
    return Sealer(data_key).unseal(place, sealed).decode()


def blind_index(index_key: bytes, value: str) -> int:
    """A signed 64-bit token of a value, equal for values equal but for case, accents' form and spacing."""
    plain = " ".join(unicodedata.normalize("NFKC", value).casefold().split())
    digest = hmac.digest(index_key, plain.encode(), "sha256")
    return int.from_bytes(digest[:8], "big", signed=True)
