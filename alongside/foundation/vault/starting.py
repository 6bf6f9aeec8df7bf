"""Starting the key process, as the embedded database is started: if it does not run, and left running afterwards."""

import subprocess
import sys
import time
from pathlib import Path

from alongside.foundation.vault import wire
from alongside.foundation.vault.keys import KeysUnreachable, SocketKeys

WAIT_SECONDS = 15.0


def start(folder: Path, sockets: Path) -> None:
    """A key process of this version of the code, on these sockets. Raises KeysUnreachable if it does not come up."""
    running = _running(sockets)
    if running == wire.code_of_process():
        return
    if running:
        stop(sockets)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "log").open("a") as log:
        command = [sys.executable, "-m", "alongside.foundation.vault.process", str(folder), str(sockets), "apart"]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True)  # noqa: S603  our own
    deadline = time.monotonic() + WAIT_SECONDS
    while not _running(sockets):
        if time.monotonic() > deadline:
            raise KeysUnreachable(f"The key process did not start. Its reason stands in {folder / 'log'}.")
        time.sleep(0.01)


def stop(sockets: Path) -> None:
    """End the key process on these sockets, if one runs; its keys leave memory with it."""
    try:
        SocketKeys(sockets, "operator").ask("stop")
    except KeysUnreachable:
        return
    deadline = time.monotonic() + WAIT_SECONDS
    while _running(sockets) and time.monotonic() < deadline:
        time.sleep(0.01)


def _running(sockets: Path) -> str:
    """The code of the process that answers; empty when none does."""
    try:
        return str(SocketKeys(sockets, "operator").ask("hello")["code"])
    except KeysUnreachable:
        return ""
