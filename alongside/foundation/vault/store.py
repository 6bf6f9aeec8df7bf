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
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from alongside.foundation.vault.holders import KeyFiles, Locked
from alongside.foundation.vault.wire import ID_BYTES, INDEXES, KEY_BYTES

__all__ = ["Gone", "KeyStore", "Locked"]

NONCE_BYTES = 12
SPARE = 256  # data keys made ahead for each holder, already on disk, so that handing one out waits for no disk
ERASURES = "erasures.jsonl"
_TABLES = """
CREATE TABLE IF NOT EXISTS holder (id BLOB PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS data_key (id BLOB PRIMARY KEY, holder BLOB NOT NULL, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS data_key_holder ON data_key (holder);
CREATE TABLE IF NOT EXISTS named_key (holder BLOB, use TEXT, wrapped BLOB NOT NULL, PRIMARY KEY (holder, use))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS renewing (holder BLOB PRIMARY KEY) WITHOUT ROWID;
"""


class Gone(Exception):
    """No such data key of this holder: destroyed, another's, or the holder itself is gone."""


class KeyStore:
    """Keys of all holders. One for a folder; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder, self._turn = folder, threading.RLock()
        self._files = KeyFiles(folder)
        self._ciphers: dict[UUID, AESGCM] = {}
        self._spare: dict[UUID, list[tuple[bytes, bytes]]] = {}
        path = folder / "keys.sqlite"
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
            self._base.execute(f"PRAGMA {setting}")
        self._base.executescript(_TABLES)
        self._forgotten = {UUID(line["holder"]) for line in self.erasures() if line.get("whole")}

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

    def renew(self, holder: UUID) -> None:
        """New keys for the holder's blind indexes; the old ones are gone. Until `renewed` only the operator gets them.

        A second time, after a renewal that broke off, it changes nothing.
        """
        with self._turn:
            cipher = self._cipher(holder)
            if self.is_renewing(holder):
                return
            fresh = [(holder.bytes, use, _wrap(cipher, holder, use.encode(), os.urandom(KEY_BYTES))) for use in INDEXES]
            with self._writing():
                self._base.execute("INSERT INTO renewing VALUES (?)", (holder.bytes,))
                self._base.executemany(
                    "INSERT OR REPLACE INTO named_key (holder, use, wrapped) VALUES (?, ?, ?)", fresh
                )
            self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def renewed(self, holder: UUID) -> None:
        """Every index was computed anew: all callers get the keys again."""
        with self._turn, self._writing():
            self._base.execute("DELETE FROM renewing WHERE holder = ?", (holder.bytes,))

    def is_renewing(self, holder: UUID) -> bool:
        return self._base.execute("SELECT 1 FROM renewing WHERE holder = ?", (holder.bytes,)).fetchone() is not None

    # --- destroying

    def destroy(self, holder: UUID, subject: UUID, ids: Sequence[bytes]) -> int:
        """Destroy data keys for good because `subject` was erased. The ledger knows before it happens. How many went.

        Doing it a second time changes nothing but adds no line either.
        """
        with self._turn:
            if not self._in_ledger(holder, subject, ids):
                self._add_to_ledger(holder, subject, ids)
            return self._delete(holder, ids)

    def forget(self, holder: UUID) -> int:
        """Destroy a holder's key and all that it wraps, for good: it left. The ledger knows before it happens.

        Nothing of it opens again and it is never given a key anew. A second time does nothing more. How many data keys.
        """
        with self._turn:
            if holder not in self._forgotten:
                self._add_to_ledger(holder, holder, (), whole=True)
                self._forgotten.add(holder)
            return self._forget(holder)

    def _forget(self, holder: UUID) -> int:
        self._ciphers.pop(holder, None)
        self._spare.pop(holder, None)
        with self._writing():
            gone = self._base.execute("DELETE FROM data_key WHERE holder = ?", (holder.bytes,)).rowcount
            self._base.execute("DELETE FROM named_key WHERE holder = ?", (holder.bytes,))
            self._base.execute("DELETE FROM renewing WHERE holder = ?", (holder.bytes,))
            self._base.execute("DELETE FROM holder WHERE id = ?", (holder.bytes,))
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._files.forget(holder)
        return gone

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

    def _add_to_ledger(self, holder: UUID, subject: UUID, ids: Sequence[bytes], *, whole: bool = False) -> None:
        line: dict[str, Any] = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "holder": str(holder),
            "subject": str(subject),
            "keys": [id.hex() for id in ids],
        }
        if whole:
            line["whole"] = True
        descriptor = os.open(self._folder / ERASURES, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w") as ledger:
            ledger.write(json.dumps(line) + "\n")
            ledger.flush()
            os.fsync(ledger.fileno())

    def erasures(self) -> list[dict[str, Any]]:
        """Each line: `at`, `holder`, `subject`, `keys` (ids in hexadecimal); `whole` for a holder that left."""
        path = self._folder / ERASURES
        if not path.exists():
            return []
        return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]

    def erase_again(self) -> int:
        """After the key database came back from a copy: destroy once more what the ledger says. How many went."""
        gone = 0
        for line in self.erasures():
            if line.get("whole"):
                gone += self._forget(UUID(line["holder"]))
            gone += self._delete(UUID(line["holder"]), [bytes.fromhex(key) for key in line["keys"]])
        return gone

    # --- holders' keys

    def rotate(self, holder: UUID, keyholders: Sequence[bytes] | None = None) -> int:
        """A new key for the holder; all its keys wrapped under it, or nothing changed. Returns how many keys.

        With the public halves of `keyholders` the new key is divided among them and lies whole in no file; without,
        it rests as the old one did.
        """
        with self._turn:
            old, version = self._cipher(holder), self._version(holder)
            assert version is not None
            among = self._files.keyholders(holder, version) if keyholders is None else keyholders
            fresh = AESGCM(self._files.make(holder, version + 1, among))
            count = self._wrap_again(holder, old, fresh, version + 1)
            self._ciphers[holder] = fresh
            self._files.remove(holder, version)
            return count

    def _wrap_again(self, holder: UUID, old: AESGCM, fresh: AESGCM, version: int) -> int:
        data = self._wrapped("id, wrapped FROM data_key", holder)
        named = self._wrapped("use, wrapped FROM named_key", holder)

        def again(place: bytes, wrapped: bytes) -> bytes:
            return _wrap(fresh, holder, place, _unwrap(old, holder, place, wrapped))

        with self._writing():
            change = "UPDATE data_key SET wrapped = ? WHERE id = ?"
            self._base.executemany(change, ((again(id, wrapped), id) for id, wrapped in data))
            change = "UPDATE named_key SET wrapped = ? WHERE use = ? AND holder = ?"
            self._base.executemany(
                change, ((again(use.encode(), wrapped), use, holder.bytes) for use, wrapped in named)
            )
            self._base.execute("UPDATE holder SET version = ? WHERE id = ?", (version, holder.bytes))
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(data) + len(named)

    def unseal(self, holder: UUID, secrets: Sequence[bytes]) -> None:
        """Open a divided holder with two keyholders' secrets, until this process ends. Raises NotOpened."""
        with self._turn:
            if holder in self._forgotten:
                raise Gone
            version = self._version(holder) or self._files.newest(holder) or 0
            self._ciphers[holder] = AESGCM(self._files.put_together(holder, version, secrets))
            with self._writing():  # after the key database was lost: as in `_cipher`
                self._base.execute("INSERT OR IGNORE INTO holder VALUES (?, ?)", (holder.bytes, version))

    def lock(self, holder: UUID) -> bool:
        """Forget a divided holder's key until two keyholders open it again. False for one whose file lies here."""
        with self._turn:
            version = self._version(holder)
            if version is None or self._files.keyholders(holder, version) is None:
                return False
            self._ciphers.pop(holder, None)
            self._spare.pop(holder, None)
            return True

    def kept(self, holder: UUID) -> dict[str, Any]:
        """How the holder's key rests: `version` (0 before its first use), `divided`, and whether it is `open`."""
        version = self._version(holder) or 0
        divided = self._files.keyholders(holder, version) is not None
        is_open = holder in self._ciphers if divided else self._files.is_whole(holder, version) or not version
        return {"version": version, "divided": divided, "open": is_open}

    def _wrapped(self, what: str, holder: UUID) -> list[tuple[Any, bytes]]:
        find = f"SELECT {what} WHERE holder = ?"
        return self._base.execute(find, (holder.bytes,)).fetchall()

    def state(self) -> list[dict[str, Any]]:
        """For each holder: its id, how many data keys, and what `kept` says of it."""
        counts = "SELECT id, (SELECT count(*) FROM data_key WHERE holder = holder.id) FROM holder ORDER BY id"
        with self._turn:
            rows = [(UUID(bytes=id), count) for id, count in self._base.execute(counts).fetchall()]
            return [{"holder": str(id), "data_keys": count, **self.kept(id)} for id, count in rows]

    def copy(self, to: Path) -> None:
        """A copy of the key database for its own backup; of no use without the holders' key files."""
        os.close(os.open(to, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with self._turn, sqlite3.connect(to) as other:
            self._base.backup(other)
        other.close()

    def _version(self, holder: UUID) -> int | None:
        row = self._base.execute("SELECT version FROM holder WHERE id = ?", (holder.bytes,)).fetchone()
        return row[0] if row else None

    def _cipher(self, holder: UUID) -> AESGCM:
        """The holder's key, kept in memory once its file was read; made at the holder's first use. Raises Gone."""
        if holder in self._forgotten:
            raise Gone
        known = self._ciphers.get(holder)
        if known is None:
            version = self._version(holder)
            if version is None:
                # A file without a row: a first use that broke off, or a key database that was lost. It is never
                # overwritten: the copy of the database that comes back was wrapped under it.
                version = self._files.newest(holder)
                found = self._files.read(holder, version) if version else self._files.make(holder, 1)
                known = AESGCM(found)
                with self._writing():
                    self._base.execute("INSERT INTO holder VALUES (?, ?)", (holder.bytes, version or 1))
            else:
                known = AESGCM(self._files.read(holder, version))
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
