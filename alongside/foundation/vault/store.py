"""What the key process keeps: agencies' keys in files of their own, data keys wrapped under them in a key database.

A **holder** is an agency (or, for what two agencies read, a partnership). Its key file wraps its data keys and its
named keys (blind indexes). A data key is known outside by a random id of 16 bytes and nothing else: destroying the row
of that id makes everything sealed under it unreadable, in every copy of the product's database too.

SQLite, since one process owns it, it needs no password that the web process knows, and `secure_delete` overwrites what
is destroyed. No framework.
"""

import json
import os
import sqlite3
import stat
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from alongside.foundation.vault.wire import ID_BYTES, KEY_BYTES

NONCE_BYTES = 12
SPARE = 256  # data keys made ahead for each holder, already on disk, so that handing one out waits for no disk
ERASURES = "erasures.jsonl"
_TABLES = """
CREATE TABLE IF NOT EXISTS holder (id BLOB PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS data_key (id BLOB PRIMARY KEY, holder BLOB NOT NULL, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS data_key_holder ON data_key (holder);
CREATE TABLE IF NOT EXISTS named_key (holder BLOB, use TEXT, wrapped BLOB NOT NULL, PRIMARY KEY (holder, use))
    WITHOUT ROWID;
"""


class Locked(Exception):
    """The holder's key file is not here, is open to others, or is not the one its data keys were wrapped under."""


class Gone(Exception):
    """No such data key of this holder: destroyed, or another's."""


class KeyStore:
    """Keys of all holders. One for a folder; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder, self._turn = folder, threading.RLock()
        self._ciphers: dict[UUID, AESGCM] = {}
        self._spare: dict[UUID, list[tuple[bytes, bytes]]] = {}
        path = folder / "keys.sqlite"
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
            self._base.execute(f"PRAGMA {setting}")
        self._base.executescript(_TABLES)

    def close(self) -> None:
        self._base.close()

    # --- data keys

    def new(self, holder: UUID, count: int) -> list[tuple[bytes, bytes]]:
        """`count` fresh (id of 16 bytes, data key of 32), on disk before they are given out."""
        with self._turn:
            if count >= SPARE:
                return self._make(holder, count)
            spare = self._spare.setdefault(holder, [])
            self._cipher(holder)  # a holder whose key file went away gets nothing, spare or not
            if len(spare) < count:
                spare += self._make(holder, SPARE)
            given, self._spare[holder] = spare[:count], spare[count:]
            return given

    def _make(self, holder: UUID, count: int) -> list[tuple[bytes, bytes]]:
        cipher = self._cipher(holder)
        made = [(os.urandom(ID_BYTES), os.urandom(KEY_BYTES)) for _ in range(count)]
        rows = [(id, holder.bytes, _wrap(cipher, holder, id, key)) for id, key in made]
        with self._writing():
            self._base.executemany("INSERT INTO data_key (id, holder, wrapped) VALUES (?, ?, ?)", rows)
        return made

    def unwrap(self, holder: UUID, ids: Sequence[bytes]) -> list[bytes]:
        """The data keys of these ids, in order. Raises Gone, Locked."""
        with self._turn:
            cipher = self._cipher(holder)
            find = "SELECT wrapped FROM data_key WHERE id = ? AND holder = ?"
            rows = [self._base.execute(find, (id, holder.bytes)).fetchone() for id in ids]
        if None in rows:
            raise Gone
        return [_unwrap(cipher, holder, id, row[0]) for id, row in zip(ids, rows, strict=True)]

    def named(self, holder: UUID, use: str) -> bytes:
        """A key of 32 bytes for one use (a blind index), the same each time."""
        with self._turn:
            cipher, place = self._cipher(holder), use.encode()
            find = "SELECT wrapped FROM named_key WHERE holder = ? AND use = ?"
            row = self._base.execute(find, (holder.bytes, use)).fetchone()
            if row is None:
                row = (_wrap(cipher, holder, place, os.urandom(KEY_BYTES)),)
                with self._writing():
                    self._base.execute("INSERT INTO named_key VALUES (?, ?, ?)", (holder.bytes, use, row[0]))
            return _unwrap(cipher, holder, place, row[0])

    # --- destroying

    def destroy(self, holder: UUID, subject: UUID, ids: Sequence[bytes]) -> int:
        """Destroy data keys for good because `subject` was erased. The ledger knows before it happens. How many went.

        Doing it a second time changes nothing but adds no line either.
        """
        with self._turn:
            if not self._in_ledger(holder, subject, ids):
                self._add_to_ledger(holder, subject, ids)
            return self._delete(holder, ids)

    def _delete(self, holder: UUID, ids: Sequence[bytes]) -> int:
        with self._writing():
            gone = sum(
                self._base.execute("DELETE FROM data_key WHERE id = ? AND holder = ?", (id, holder.bytes)).rowcount
                for id in ids
            )
        # What was overwritten in the table must not live on in the write-ahead log.
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def _in_ledger(self, holder: UUID, subject: UUID, ids: Sequence[bytes]) -> bool:
        wanted = {id.hex() for id in ids}
        return any(
            line["holder"] == str(holder) and line["subject"] == str(subject) and wanted <= set(line["keys"])
            for line in self.erasures()
        )

    def _add_to_ledger(self, holder: UUID, subject: UUID, ids: Sequence[bytes]) -> None:
        line = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "holder": str(holder),
            "subject": str(subject),
            "keys": [id.hex() for id in ids],
        }
        descriptor = os.open(self._folder / ERASURES, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w") as ledger:
            ledger.write(json.dumps(line) + "\n")
            ledger.flush()
            os.fsync(ledger.fileno())

    def erasures(self) -> list[dict[str, Any]]:
        """Each line: `at`, `holder`, `subject`, `keys` (ids in hexadecimal)."""
        path = self._folder / ERASURES
        if not path.exists():
            return []
        return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]

    def erase_again(self) -> int:
        """After the key database came back from a copy: destroy once more what the ledger says. How many went."""
        gone = 0
        for line in self.erasures():
            gone += self._delete(UUID(line["holder"]), [bytes.fromhex(key) for key in line["keys"]])
        return gone

    # --- holders' keys

    def rotate(self, holder: UUID) -> int:
        """A new key for the holder; all its keys wrapped under it, or nothing changed. Returns how many keys."""
        with self._turn:
            old, version = self._cipher(holder), self._version(holder)
            assert version is not None
            fresh = AESGCM(_write_key(self._file(holder, version + 1)))
            data, named = (
                self._wrapped("id, wrapped FROM data_key", holder),
                self._wrapped("use, wrapped FROM named_key", holder),
            )

            def again(place: bytes, wrapped: bytes) -> bytes:
                return _wrap(fresh, holder, place, _unwrap(old, holder, place, wrapped))

            with self._writing():
                change = "UPDATE data_key SET wrapped = ? WHERE id = ?"
                self._base.executemany(change, ((again(id, wrapped), id) for id, wrapped in data))
                change = "UPDATE named_key SET wrapped = ? WHERE use = ? AND holder = ?"
                self._base.executemany(
                    change, ((again(use.encode(), wrapped), use, holder.bytes) for use, wrapped in named)
                )
                self._base.execute("UPDATE holder SET version = ? WHERE id = ?", (version + 1, holder.bytes))
            self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._ciphers[holder] = fresh
            self._file(holder, version).unlink(missing_ok=True)
            return len(data) + len(named)

    def _wrapped(self, what: str, holder: UUID) -> list[tuple[Any, bytes]]:
        find = f"SELECT {what} WHERE holder = ?"
        return self._base.execute(find, (holder.bytes,)).fetchall()

    def state(self) -> list[dict[str, Any]]:
        """For each holder: its id, the version of its key, how many data keys, and whether its key file is here."""
        counts = "SELECT id, version, (SELECT count(*) FROM data_key WHERE holder = holder.id) FROM holder ORDER BY id"
        with self._turn:
            rows = self._base.execute(counts).fetchall()
        return [
            {
                "holder": str(UUID(bytes=id)),
                "version": version,
                "data_keys": count,
                "open": self._file(UUID(bytes=id), version).exists(),
            }
            for id, version, count in rows
        ]

    def copy(self, to: Path) -> None:
        """A copy of the key database for its own backup; of no use without the holders' key files."""
        os.close(os.open(to, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with self._turn, sqlite3.connect(to) as other:
            self._base.backup(other)
        other.close()

    def _file(self, holder: UUID, version: int) -> Path:
        return self._folder / "holders" / f"{holder}.{version}.key"

    def _newest_file(self, holder: UUID) -> int | None:
        found = (self._folder / "holders").glob(f"{holder}.*.key")
        return max((int(path.name.split(".")[1]) for path in found), default=None)

    def _version(self, holder: UUID) -> int | None:
        row = self._base.execute("SELECT version FROM holder WHERE id = ?", (holder.bytes,)).fetchone()
        return row[0] if row else None

    def _cipher(self, holder: UUID) -> AESGCM:
        """The holder's key, kept in memory once its file was read; made at the holder's first use."""
        known = self._ciphers.get(holder)
        if known is None:
            version = self._version(holder)
            if version is None:
                # A file without a row: a first use that broke off, or a key database that was lost. It is never
                # overwritten: the copy of the database that comes back was wrapped under it.
                version = self._newest_file(holder)
                path = self._file(holder, version or 1)
                known = AESGCM(_read_key(path) if version else _write_key(path))
                with self._writing():
                    self._base.execute("INSERT INTO holder VALUES (?, ?)", (holder.bytes, version or 1))
            else:
                known = AESGCM(_read_key(self._file(holder, version)))
            self._ciphers[holder] = known
        return known

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")


def _wrap(cipher: AESGCM, holder: UUID, place: bytes, key: bytes) -> bytes:
    """Bound to holder and place: a wrapped key moved to another row does not open."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, key, holder.bytes + place)


def _unwrap(cipher: AESGCM, holder: UUID, place: bytes, wrapped: bytes) -> bytes:
    try:
        return cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], holder.bytes + place)
    except InvalidTag:
        raise Locked(f"The key file of {holder} is not the one that its keys were wrapped under.") from None


def _write_key(path: Path) -> bytes:
    """A new key file with mode 0400, whole or not at all."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    key, draft = os.urandom(KEY_BYTES), path.with_suffix(f".{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(key)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)
    return key


def _read_key(path: Path) -> bytes:
    if not path.exists():
        raise Locked(f"The key file {path.name} is not here. Its agency can bring it back.")
    if stat.S_IMODE(path.stat().st_mode) & 0o377:
        raise Locked(f"The key file {path.name} is open to others. Set its mode to 0400.")
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise Locked(f"The key file {path.name} must hold {KEY_BYTES} bytes.")
    return key
