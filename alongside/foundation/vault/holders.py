"""Where the holders' keys rest: each in a file of its own, whole (`<id>.<n>.key`) or divided among keyholders
(`<id>.<n>.divided`, see quorum.py). `n` counts the holder's keys; the key database says which one its data keys are
wrapped under. No framework.
"""

import json
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from alongside.foundation.vault import quorum
from alongside.foundation.vault.wire import KEY_BYTES


class Locked(Exception):
    """The holder's key file is not here, open to others, not the right one, or waits for two of its keyholders."""


class KeyFiles:
    """The key files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "holders"

    def newest(self, holder: UUID) -> int | None:
        found = [path for kind in ("key", "divided") for path in self._folder.glob(f"{holder}.*.{kind}")]
        return max((int(path.name.split(".")[1]) for path in found), default=None)

    def read(self, holder: UUID, version: int) -> bytes:
        """The key of a whole file. Raises Locked."""
        if self.keyholders(holder, version) is not None:
            raise Locked("Two of the agency's three key files open it: alongside keys unseal.")
        return _read_key(self._whole(holder, version))

    def make(self, holder: UUID, version: int, keyholders: Sequence[bytes] | None = None) -> bytes:
        """A fresh key, at rest as a whole file, or sealed for pairs of these public halves and whole nowhere."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        whole, divided, key = self._whole(holder, version), self._divided(holder, version), os.urandom(KEY_BYTES)
        if keyholders is None:
            _write(whole, key)
            divided.unlink(missing_ok=True)
        else:
            _write(divided, json.dumps(quorum.divided(holder, version, key, keyholders)).encode())
            whole.unlink(missing_ok=True)
        return key

    def keyholders(self, holder: UUID, version: int) -> list[bytes] | None:
        """Public halves of those who hold a file each; None when the key is not divided."""
        kept = self._kept(holder, version)
        return quorum.public_halves(kept) if kept else None

    def put_together(self, holder: UUID, version: int, secrets: Sequence[bytes]) -> bytes:
        """The key, from two keyholders' secrets. Raises NotOpened, also where it is not divided."""
        kept = self._kept(holder, version)
        if kept is None:
            raise quorum.NotOpened
        return quorum.put_together(holder, version, kept, secrets)

    def is_whole(self, holder: UUID, version: int) -> bool:
        return self._whole(holder, version).exists()

    def remove(self, holder: UUID, version: int) -> None:
        for path in (self._whole(holder, version), self._divided(holder, version)):
            path.unlink(missing_ok=True)

    def forget(self, holder: UUID) -> None:
        """Every key file of the holder, whatever its number."""
        for path in self._folder.glob(f"{holder}.*"):
            path.unlink(missing_ok=True)

    def _kept(self, holder: UUID, version: int) -> dict[str, Any] | None:
        path = self._divided(holder, version)
        return json.loads(path.read_text()) if path.exists() else None

    def _whole(self, holder: UUID, version: int) -> Path:
        return self._folder / f"{holder}.{version}.key"

    def _divided(self, holder: UUID, version: int) -> Path:
        return self._folder / f"{holder}.{version}.divided"


def _write(path: Path, content: bytes) -> None:
    """A new file with mode 0400, whole or not at all."""
    draft = path.with_suffix(f".{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)


def _read_key(path: Path) -> bytes:
    if not path.exists():
        raise Locked(f"The key file {path.name} is not here. Its agency can bring it back.")
    if stat.S_IMODE(path.stat().st_mode) & 0o377:
        raise Locked(f"The key file {path.name} is open to others. Set its mode to 0400.")
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise Locked(f"The key file {path.name} must hold {KEY_BYTES} bytes.")
    return key
