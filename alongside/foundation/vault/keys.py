"""Where keys come from: one seam, `KeyService`. This process holds none; it asks the key process on its socket."""

import os
import socket
import struct
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from alongside.foundation.vault import wire
from alongside.foundation.vault.quorum import NotOpened
from alongside.foundation.vault.seal import SealBroken

ID_BYTES = wire.ID_BYTES
KEY_BYTES = wire.KEY_BYTES
PATIENCE_SECONDS = 5.0
ROTATION_SECONDS = 600.0


class KeyService(Protocol):
    """Makes and opens data keys for an agency; gives index keys. Never an agency's own key, nor its outbox's."""

    def new_data_keys(self, agency: UUID, count: int) -> list[tuple[bytes, bytes]]:
        """`count` fresh (data key of 32 bytes, the id of 16 bytes under which it is found again)."""

    def unwrap(self, agency: UUID, wrapped: Sequence[bytes]) -> list[bytes]:
        """Data keys of 32 bytes each, by their ids. Raises KeyGone for a destroyed one or another agency's."""

    def index_key(self, agency: UUID, field: str) -> bytes:
        """32 bytes for the blind index of one field of one agency."""

    def outbox_key(self, agency: UUID) -> bytes:
        """The public half of the agency's outbox key, 65 bytes."""

    def outbox_open(self, agency: UUID, sealed: bytes) -> bytes:
        """What one message sealed to the agency's outbox says. Raises SealBroken."""


class Kept(NamedTuple):
    """`version`: which of its keys (0 before the first); `divided`: among keyholders of whom two open it."""

    version: int
    divided: bool
    is_open: bool


class KeysUnreachable(Exception):
    """The key process does not answer. Nothing that is sealed can be read or written until it does."""


class KeysLocked(KeysUnreachable):
    """The key process runs, but this agency's key file was taken away or changed."""


class KeyGone(InvalidUnwrap):
    """There is no such data key of this agency: it was destroyed, or belongs to another."""


class CallRefused(Exception):
    """The key process does not do this for this kind of caller, or for so many keys in one call."""


class SocketKeys:
    """The key process, asked as one kind of caller (see wire.MAY). Safe in threads and after a fork; caches nothing."""

    def __init__(self, sockets: Path, caller: str) -> None:
        self._path, self._held = sockets / f"{caller}.sock", threading.local()

    def new_data_keys(self, agency: UUID, count: int) -> list[tuple[bytes, bytes]]:
        made: list[tuple[bytes, bytes]] = []
        for start in range(0, count, wire.AT_ONCE):
            told = self.ask("new", holder=str(agency), count=min(wire.AT_ONCE, count - start))
            keys = wire.cut(wire.to_bytes(told["keys"]), KEY_BYTES)
            made += zip(keys, wire.cut(wire.to_bytes(told["ids"]), ID_BYTES), strict=True)
        return made

    def unwrap(self, agency: UUID, wrapped: Sequence[bytes]) -> list[bytes]:
        if any(len(each) != ID_BYTES for each in wrapped):
            raise KeyGone
        keys: list[bytes] = []
        for start in range(0, len(wrapped), wire.AT_ONCE):
            ids = wire.to_text(b"".join(wrapped[start : start + wire.AT_ONCE]))
            keys += wire.cut(wire.to_bytes(self.ask("unwrap", holder=str(agency), ids=ids)["keys"]), KEY_BYTES)
        return keys

    def index_key(self, agency: UUID, field: str) -> bytes:
        return wire.to_bytes(self.ask("named", holder=str(agency), use=f"index:{field}")["key"])

    def kept(self, agency: UUID) -> Kept:
        """How the agency's own key rests, and whether it is open."""
        told = self.ask("kept", holder=str(agency))
        return Kept(int(told["version"]), bool(told["divided"]), bool(told["open"]))

    def outbox_key(self, agency: UUID) -> bytes:
        return wire.to_bytes(self.ask("outbox", holder=str(agency))["key"])

    def outbox_open(self, agency: UUID, sealed: bytes) -> bytes:
        return wire.to_bytes(self.ask("outbox", holder=str(agency), sealed=wire.to_text(sealed))["plain"])

    def destroy(self, agency: UUID, subject: UUID, ids: Sequence[bytes]) -> int:
        """Destroy data keys because `subject` was erased; they stay in the ledger. How many there were. Jobs only."""
        gone = 0
        for start in range(0, max(len(ids), 1), wire.AT_ONCE):
            some = wire.to_text(b"".join(ids[start : start + wire.AT_ONCE]))
            gone += int(self.ask("destroy", holder=str(agency), subject=str(subject), ids=some)["gone"])
        return gone

    def ask(self, what: str, patience: float = PATIENCE_SECONDS, **facts: object) -> wire.Message:
        """One question. A broken connection is made anew once: the key process may have been started again."""
        for last in (False, True):
            try:
                connection = self._connection()
                connection.settimeout(patience)
                wire.send(connection, {"ask": what, **facts})
                told = wire.receive(connection)
                if told is not None:
                    return _checked(told)
            except (OSError, wire.Broken) as fault:
                if last or isinstance(fault, TimeoutError):
                    self._drop()
                    raise KeysUnreachable(type(fault).__name__) from None
            self._drop()
        raise KeysUnreachable("ended")

    def user(self) -> int:
        """The system user (by number) as whom the key process runs, as the kernel knows it."""
        self.ask("hello")
        told = self._connection().getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return int(struct.unpack("3i", told)[1])

    def _connection(self) -> socket.socket:
        held: _Conversation | None = getattr(self._held, "conversation", None)
        if held is None or held.process != os.getpid():  # a fork must not share a conversation
            held = self._held.conversation = _Conversation(self._path)
        return held.connection

    def _drop(self) -> None:
        self._held.conversation = None


class _Conversation:
    """A connection of one thread of one process; closed when its thread ends."""

    def __init__(self, path: Path) -> None:
        self.process = os.getpid()
        self.connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.connection.settimeout(PATIENCE_SECONDS)
        self.connection.connect(str(path))

    def __del__(self) -> None:
        self.connection.close()


def _checked(told: wire.Message) -> wire.Message:
    error = told.get("error")
    if error == "Gone":
        raise KeyGone
    if error == "NotOfOutbox":
        raise SealBroken("A sealed message does not open for this agency.")
    if error == "Locked":
        raise KeysLocked(told.get("words", ""))
    if error == "NotOpened":
        raise NotOpened
    if error in ("Refused", "NotUnderstood"):
        raise CallRefused(error)
    if error:
        raise KeysUnreachable(error)
    return told


@cache
def key_service() -> SocketKeys:
    """The key process as this process may call it (settings.KEYS_SOCKETS, settings.KEYS_CALLER)."""
    from django.conf import settings  # here only: the rest of this module knows no framework

    return SocketKeys(Path(settings.KEYS_SOCKETS), settings.KEYS_CALLER)


def call_as(caller: str) -> None:
    """From now on this process is this kind of caller: the web server's, after its fork."""
    from django.conf import settings

    settings.KEYS_CALLER = caller
    key_service.cache_clear()
