"""Where keys come from: one seam, `KeyService`, and today's implementation, a key file."""

import os
import stat
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

KEY_BYTES = 32


class KeyService(Protocol):
    """Wraps and unwraps data keys for an agency; gives index keys. Never gives an agency's own key."""

    def new_data_keys(self, agency: UUID, count: int) -> list[tuple[bytes, bytes]]:
        """`count` fresh (data key of 32 bytes, the same wrapped: 40 bytes)."""

    def unwrap(self, agency: UUID, wrapped: Sequence[bytes]) -> list[bytes]:
        """Data keys of 32 bytes each. Raises `cryptography`'s InvalidUnwrap for another agency's."""

    def index_key(self, agency: UUID, field: str) -> bytes:
        """32 bytes for the blind index of one field of one agency."""

    def remark_key(self, holder: UUID) -> bytes:
        """32 bytes that seal the remarks of one agency, or of one partnership."""


class KeyFileRefused(Exception):
    """The key file is missing, too short, or open to others."""


class FileKeys:
    """Agency keys derived from one root key in a file that only this user can read."""

    def __init__(self, path: Path) -> None:
        self._root = _read_root(path)
        self._agency_keys: dict[tuple[UUID, str], bytes] = {}

    def new_data_keys(self, agency: UUID, count: int) -> list[tuple[bytes, bytes]]:
        key = self._derive(agency, "wrap")
        fresh = os.urandom(KEY_BYTES * count)
        cut = (fresh[start : start + KEY_BYTES] for start in range(0, len(fresh), KEY_BYTES))
        return [(data_key, aes_key_wrap(key, data_key)) for data_key in cut]

    def unwrap(self, agency: UUID, wrapped: Sequence[bytes]) -> list[bytes]:
        key = self._derive(agency, "wrap")
        return [aes_key_unwrap(key, bytes(each)) for each in wrapped]

    def index_key(self, agency: UUID, field: str) -> bytes:
        return self._derive(agency, f"index:{field}")

    def remark_key(self, holder: UUID) -> bytes:
        return self._derive(holder, "remarks")

    def _derive(self, agency: UUID, use: str) -> bytes:
        known = self._agency_keys.get((agency, use))
        if known is None:
            info = f"alongside:{use}:{agency}".encode()
            known = HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(self._root)
            self._agency_keys[agency, use] = known
        return known


def make_key_file(path: Path) -> None:
    """Make a new root key with mode 0400; leave an existing file alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(os.urandom(KEY_BYTES))


def _read_root(path: Path) -> bytes:
    if not path.exists():
        raise KeyFileRefused("The key file is missing. Restore it from its own backup; names can't be read without it.")
    if stat.S_IMODE(path.stat().st_mode) & 0o377:
        raise KeyFileRefused("The key file is open to others. Set its mode to 0400.")
    root = path.read_bytes()
    if len(root) != KEY_BYTES:
        raise KeyFileRefused(f"The key file must hold {KEY_BYTES} bytes.")
    return root


@cache
def key_service() -> KeyService:
    """The key service of this process (settings.VAULT_KEY_FILE)."""
    from django.conf import settings  # here only: the rest of this module knows no framework

    return FileKeys(Path(settings.VAULT_KEY_FILE))
