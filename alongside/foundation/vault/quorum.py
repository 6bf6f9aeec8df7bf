"""An agency's key divided among three keyholders: any two of their files open it, one opens nothing.

Each keyholder's file holds a private key (X25519); the key process keeps only the public halves. The agency's key is
sealed for each pair of keyholders, with HPKE (RFC 9180) for the one and that again for the other, so both files of a
pair are needed, and a new key for the agency needs none of them. Agency, version and pair are bound to it.
No framework.
"""

import json
import os
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from alongside.foundation.vault.wire import to_bytes, to_text

KEYHOLDERS = 3
NEEDED = 2
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class NotOpened(Exception):
    """These files do not open this agency's key: the same one twice, another agency's, or none of its keyholders'."""


def new_secret() -> bytes:
    """What one keyholder's file holds: 32 bytes."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_half(secret: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def divided(holder: UUID, version: int, key: bytes, publics: Sequence[bytes]) -> dict[str, Any]:
    """`key` sealed for each pair of the keyholders with these public halves, as it is kept in a file."""
    sealed = {}
    for one, other in combinations(range(len(publics)), NEEDED):
        info = _info(holder, version, one, other)
        inner = _SUITE.encrypt(key, X25519PublicKey.from_public_bytes(publics[one]), info=info)
        outer = _SUITE.encrypt(inner, X25519PublicKey.from_public_bytes(publics[other]), info=info)
        sealed[f"{one}+{other}"] = to_text(outer)
    return {"keyholders": [to_text(each) for each in publics], "sealed": sealed}


def put_together(holder: UUID, version: int, kept: dict[str, Any], secrets: Sequence[bytes]) -> bytes:
    """The key, from the secrets of two keyholders in any order. Raises NotOpened."""
    publics = public_halves(kept)
    at = {publics.index(half): secret for secret in secrets if (half := public_half(secret)) in publics}
    if len(at) < NEEDED:
        raise NotOpened
    one, other = sorted(at)[:NEEDED]
    info = _info(holder, version, one, other)
    try:
        inner = _SUITE.decrypt(to_bytes(kept["sealed"][f"{one}+{other}"]), _private(at[other]), info=info)
        return _SUITE.decrypt(inner, _private(at[one]), info=info)
    except (InvalidTag, ValueError, KeyError):
        raise NotOpened from None


def public_halves(kept: dict[str, Any]) -> list[bytes]:
    return [to_bytes(each) for each in kept["keyholders"]]


def write_keyholder(path: Path, holder: UUID, number: int) -> None:
    """A new keyholder's file, readable by this user only, never over another. Raises FileExistsError."""
    told = {
        "what": f"Key file {number} of {KEYHOLDERS}. Any two open this agency's names. Keep it apart from the others.",
        "agency": str(holder),
        "secret": to_text(new_secret()),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(json.dumps(told, indent=1) + "\n")
        handle.flush()
        os.fsync(handle.fileno())


def read_keyholder(path: Path) -> tuple[UUID, bytes]:
    """The agency of a keyholder's file, and its secret. Raises NotOpened for another file, and OSError."""
    try:
        told = json.loads(path.read_text())
        holder, secret = UUID(told["agency"]), to_bytes(told["secret"])
        X25519PrivateKey.from_private_bytes(secret)
    except (ValueError, KeyError, TypeError):
        raise NotOpened from None
    return holder, secret


def _private(secret: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(secret)


def _info(holder: UUID, version: int, one: int, other: int) -> bytes:
    return f"alongside:quorum:v1:{holder}:{version}:{one}+{other}".encode()
