"""The key process: holds the agencies' keys in memory and answers on Unix sockets, one for each kind of caller.

Run: python -m alongside.foundation.vault.process FOLDER SOCKETS [apart]
FOLDER holds key files and key database; only this process's user reads it. SOCKETS is where callers find it.
`ALONGSIDE_KEYS_ALLOW`, for example "web:990,jobs:991", names the users (by number) who may call on a socket beside
this process's own and, at the machine, root on the operator's.
"""

import ctypes
import fcntl
import logging
import os
import resource
import signal
import socket
import socketserver
import struct
import sys
import threading
from pathlib import Path
from typing import Any
from uuid import UUID

from alongside.foundation.vault import hpke, wire
from alongside.foundation.vault.quorum import KEYHOLDERS, NEEDED, NotOpened
from alongside.foundation.vault.store import Gone, KeyStore, Locked

LOOK_AGAIN_SECONDS = 1.0
OUTBOX = "index:outbox:v1"  # the named key from which an agency's outbox key pair is made
CODE = wire.code_of_process()  # of the code that runs, not of what lies there later
log = logging.getLogger("alongside.keys")


class Refused(Exception):
    """This caller may not ask for this."""


def peer(connection: socket.socket) -> int:
    """The user (by number) at the other end, as the kernel knows it."""
    told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", told)[1])


def allowed_users(caller: str) -> frozenset[int]:
    """This process's own user, and those whom the installation names for this socket."""
    named = {os.geteuid()} | ({0} if caller == "operator" else set())
    for entry in os.environ.get("ALONGSIDE_KEYS_ALLOW", "").split(","):
        who, _, user = entry.partition(":")
        if who.strip() == caller and user.strip().isdigit():
            named.add(int(user))
    return frozenset(named)


def answer(store: KeyStore, caller: str, asked: wire.Message) -> wire.Message:
    """What a caller is told. Raises Refused for what it may not ask, and what the store raises."""
    what = str(asked.get("ask", ""))
    if what not in wire.MAY[caller]:
        raise Refused(what)
    if what in ("rotate", "divide", "unseal", "lock", "kept", "renew", "renewed", "forget"):
        return _about_key(store, what, UUID(asked["holder"]), asked)
    if what in ("new", "unwrap", "named", "outbox", "destroy"):
        return _about_holder(store, caller, what, UUID(asked["holder"]), asked)
    if what == "copy":
        store.copy(Path(asked["to"]))
        return {}
    if what == "state":
        return {"holders": store.state()}
    if what == "erasures":
        return {"erasures": store.erasures()}
    if what == "erase_again":
        return {"gone": store.erase_again()}
    if what == "stop":
        os.kill(os.getpid(), signal.SIGTERM)
    return {"code": CODE, "pid": os.getpid()}


def _about_key(store: KeyStore, what: str, holder: UUID, asked: wire.Message) -> wire.Message:
    """The holder's own key: a new one, divided among keyholders, opened by two of them, locked, gone for good."""
    if what == "rotate":
        return {"count": store.rotate(holder)}
    if what == "divide":
        among = _distinct(asked["keyholders"], KEYHOLDERS)
        return {"count": store.rotate(holder, among)}
    if what == "unseal":
        store.unseal(holder, _distinct(asked["secrets"], NEEDED))
        return {}
    if what == "forget":
        return {"gone": store.forget(holder)}
    if what == "lock":
        return {"locked": store.lock(holder)}
    if what in ("renew", "renewed"):
        (store.renew if what == "renew" else store.renewed)(holder)
        return {}
    return store.kept(holder)


def _distinct(texts: Any, count: int) -> list[bytes]:
    """So many different keys of 32 bytes. Raises NotOpened."""
    found = {wire.to_bytes(each) for each in texts}
    if len(found) != count or any(len(each) != wire.KEY_BYTES for each in found):
        raise NotOpened
    return sorted(found)


def _about_holder(store: KeyStore, caller: str, what: str, holder: UUID, asked: wire.Message) -> wire.Message:
    most = wire.WEB_AT_ONCE if caller == "web" else wire.AT_ONCE
    if what == "outbox":
        return _outbox(store, holder, asked)
    if what == "named":
        use = str(asked["use"])
        if use == OUTBOX:
            raise Refused("the seed of an outbox stays here")
        if use in wire.INDEXES and caller != "operator" and store.is_renewing(holder):
            raise Locked("The agency's indexes are being renewed: nobody looks up or takes in until that is done.")
        return {"key": wire.to_text(store.named(holder, use))}
    if what == "new":
        if not 0 <= int(asked["count"]) <= most:
            raise Refused("too many at once")
        made = store.new(holder, int(asked["count"]))
        ids, keys = b"".join(id for id, _ in made), b"".join(key for _, key in made)
        return {"ids": wire.to_text(ids), "keys": wire.to_text(keys)}
    ids_asked = wire.cut(wire.to_bytes(asked["ids"]), wire.ID_BYTES)
    if len(ids_asked) > most:
        raise Refused("too many at once")
    if what == "destroy":
        return {"gone": store.destroy(holder, UUID(asked["subject"]), ids_asked)}
    return {"keys": wire.to_text(b"".join(store.unwrap(holder, ids_asked)))}


def _outbox(store: KeyStore, holder: UUID, asked: wire.Message) -> wire.Message:
    """The public half of the outbox key; with `sealed`, what one message to it says. Never the private half."""
    seed = store.named(holder, OUTBOX)
    if "sealed" in asked:
        return {"plain": wire.to_text(hpke.opened(seed, holder, wire.to_bytes(asked["sealed"])))}
    return {"key": wire.to_text(hpke.public_half(seed))}


class Caller(socketserver.BaseRequestHandler):
    """One connection: it asks as often as it likes until it ends."""

    server: "Door"

    def handle(self) -> None:
        user = peer(self.request)
        try:
            if user not in self.server.users:
                log.warning("turned away number %s on %s", user, self.server.caller)
                wire.receive(self.request)
                return wire.send(self.request, {"error": "Refused"})
            while (asked := wire.receive(self.request)) is not None:
                wire.send(self.request, self._told(asked))
        except (wire.Broken, ConnectionError):
            return

    def _told(self, asked: wire.Message) -> wire.Message:
        try:
            return answer(self.server.store, self.server.caller, asked)
        except Locked as locked:
            return {"error": "Locked", "words": str(locked)}
        except (Gone, Refused, NotOpened, hpke.NotOfOutbox) as refused:
            return {"error": type(refused).__name__}
        except (KeyError, ValueError, TypeError, wire.Broken):
            return {"error": "NotUnderstood"}
        except OSError:
            log.exception("the key store failed")
            return {"error": "Failed"}


class Door(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """One socket for one kind of caller."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: Path, caller: str, store: KeyStore) -> None:
        self.caller, self.store, self.users, self.path = caller, store, allowed_users(caller), path
        path.unlink(missing_ok=True)
        before = os.umask(0o117 if len(self.users) > 1 else 0o177)
        try:
            super().__init__(str(path), Caller)
        finally:
            os.umask(before)
        self.inode = path.stat().st_ino

    def is_there(self) -> bool:
        """Whether callers still find it: a removed folder, or another process in its place, ends this one."""
        try:
            return self.path.stat().st_ino == self.inode
        except OSError:
            return False


def keep_to_itself() -> None:
    """No core dump, and nobody but root looks into this process's memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def take_lock(folder: Path) -> Any:
    """Held while this process lives: one process for a folder. None when another has it."""
    handle = (folder / "lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def main(folder: Path, sockets: Path) -> int:
    keep_to_itself()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for each in (folder, sockets):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = take_lock(folder)
    if lock is None:
        return 3
    store, ended = KeyStore(folder), threading.Event()
    doors = [Door(sockets / f"{caller}.sock", caller, store) for caller in wire.MAY]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    for door in doors:
        threading.Thread(target=door.serve_forever, daemon=True).start()
    while not ended.wait(LOOK_AGAIN_SECONDS) and all(door.is_there() for door in doors):
        continue
    for door in doors:
        if door.is_there():
            door.path.unlink(missing_ok=True)
    store.close()
    return 0


def go_apart() -> None:
    """Become nobody's child, so that it outlives who started it."""
    if os.fork():
        os._exit(0)
    os.setsid()


if __name__ == "__main__":
    if sys.argv[3:] == ["apart"]:
        go_apart()
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
