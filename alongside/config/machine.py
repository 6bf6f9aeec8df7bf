"""Where this installation keeps its things: state directory, secrets, database addresses.

Nothing here is committed or logged. The state directory lies outside the repository:
`ALONGSIDE_HOME`, else /var/lib/alongside for root, else ~/.local/state/alongside.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any


def home() -> Path:
    """The state directory (made with mode 0711, so that the database's own user can pass through)."""
    named = os.environ.get("ALONGSIDE_HOME")
    if named:
        path = Path(named)
    elif os.geteuid() == 0:
        path = Path("/var/lib/alongside")
    else:
        path = Path.home() / ".local" / "state" / "alongside"
    path.mkdir(parents=True, exist_ok=True, mode=0o711)
    return path


def write_secret(path: Path, text: str) -> None:
    """Write `text` so that only this user can read it (0400), whole or not at all."""
    draft = path.with_suffix(f".{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(text)
    draft.replace(path)


def secret(name: str, length: int = 32) -> str:
    """A random secret of this installation, made the first time it is asked for."""
    path = home() / "secrets" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_secret(path, secrets.token_hex(length))
    return path.read_text().strip()


def is_demo() -> bool:
    """True on an installation that holds the invented demo partnership and nothing else."""
    return os.environ.get("ALONGSIDE_DEMO", "") == "1"


def remembered(name: str) -> dict[str, Any]:
    """A small JSON file of the state directory; empty when it is not there yet."""
    path = home() / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else {}


def keys_folder() -> Path:
    """Where the key process keeps key files and key database, when this installation runs it itself."""
    return home() / "keys"


def keys_sockets() -> Path:
    """Where the key process answers: `ALONGSIDE_KEYS` when the operator runs it, as a user of its own."""
    named = os.environ.get("ALONGSIDE_KEYS")
    return Path(named) if named else keys_folder() / "sockets"


def start_keys() -> None:
    """The key process of this installation, if the operator does not run it. Quick when it runs."""
    if not os.environ.get("ALONGSIDE_KEYS"):
        from alongside.foundation.vault.starting import start

        start(keys_folder(), keys_sockets())


def seals_folder() -> Path:
    """Where the process that seals the trail keeps its signing key and the last head it made."""
    return home() / "seals"
