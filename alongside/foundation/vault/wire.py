"""What client and key process say to each other: a length of four bytes, then one JSON object; bytes as base64.

The operations, and which caller may ask for them, are data here and nowhere else. No framework.
"""

import base64
import hashlib
import json
import socket
import struct
from pathlib import Path
from typing import Any

MOST_BYTES = 16 * 1024 * 1024
ID_BYTES = 16
KEY_BYTES = 32
AT_ONCE = 5_000  # keys in one call; the client cuts longer asks
WEB_AT_ONCE = 1_000  # a page needs fifty

# Each caller has a socket of its own; what is not listed is refused.
MAY: dict[str, frozenset[str]] = {
    "web": frozenset({"hello", "new", "unwrap", "named", "outbox", "kept"}),
    "jobs": frozenset({"hello", "new", "unwrap", "named", "outbox", "kept", "destroy", "forget"}),
    "operator": frozenset(
        {
            *("hello", "new", "unwrap", "named", "outbox", "kept", "destroy", "rotate", "divide", "unseal", "lock"),
            *("renew", "renewed", "forget"),
            *("state", "erasures", "erase_again", "copy", "stop"),
        }
    ),
}
# Blind indexes that hold something of a woman, and that can be computed anew from what is sealed beside them.
INDEXES = ("index:reference", "index:content", "index:match")
Message = dict[str, Any]


class Broken(Exception):
    """The other side went away, or said something that is no message."""


def to_text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def to_bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def cut(content: bytes, size: int) -> list[bytes]:
    """Equal parts. Raises Broken when they don't come out even."""
    if len(content) % size:
        raise Broken("Uneven parts.")
    return [content[start : start + size] for start in range(0, len(content), size)]


def send(to: socket.socket, message: Message) -> None:
    body = json.dumps(message).encode()
    to.sendall(struct.pack(">I", len(body)) + body)


def receive(connection: socket.socket) -> Message | None:
    """The next message; None when the other side has ended between messages. Raises Broken."""
    head = _exactly(connection, 4, at_start=True)
    if head is None:
        return None
    (length,) = struct.unpack(">I", head)
    if length > MOST_BYTES:
        raise Broken("Too long.")
    body = _exactly(connection, length)
    try:
        message = json.loads(body or b"")
    except ValueError:
        raise Broken("No message.") from None
    if not isinstance(message, dict):
        raise Broken("No message.")
    return message


def _exactly(connection: socket.socket, length: int, at_start: bool = False) -> bytes | None:
    parts, missing = [], length
    while missing:
        part = connection.recv(min(missing, 1 << 20))
        if not part:
            if at_start and missing == length:
                return None
            raise Broken("Cut short.")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def code_of_process() -> str:
    """Tells whether a running key process is of this version of the code."""
    digest = hashlib.sha256()
    for name in ("wire.py", "quorum.py", "holders.py", "store.py", "process.py", "hpke.py"):
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()
