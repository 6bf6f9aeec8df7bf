"""Seals over the trail: the Merkle tree hash of RFC 9162 over a batch of rows, chained and signed. No framework.

A leaf is the row as PostgreSQL's COPY writes it (text format, UTC, ISO dates), in the order of LEAF. Leaves and nodes
are hashed in domains of their own (0x00, 0x01; RFC 9162, 2.1.1); a head in a third (0x02), over its seal's fields.
"""

import hashlib
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LEAF = (
    *("id", "at", "partnership_id", "agency_id", "user_id", "job", "purpose", "permission", "allowed", "rule"),
    *("kind", "subjects", "field_groups", "count", "route"),
)
NO_HEAD = bytes(32)  # before the first seal
_SIGNED = b"alongside trail head v1\n"
_sha256 = hashlib.sha256


@dataclass(frozen=True, slots=True)
class Sealed:
    """One seal. `first_id` to `last_id`: the ids it answers for, with the gaps that undone transactions left."""

    number: int
    first_id: int
    last_id: int
    rows: int
    root: bytes
    previous: bytes
    sealed_at: datetime
    note: str
    head: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """Something is not as it was sealed. `batch`: the number of the seal it concerns."""

    batch: int
    words: str


def leaf_hash(row: bytes) -> bytes:
    return _sha256(b"\0" + row).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162 2.1.1 from leaf hashes: pairs level by level, a lone last one goes up as it is."""
    level = list(leaves)
    if not level:
        return _sha256(b"").digest()
    while len(level) > 1:
        pairs = iter(level)
        above = [_sha256(b"\1" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def head_of(
    number: int, first_id: int, last_id: int, rows: int, root: bytes, previous: bytes, at: datetime, note: str
) -> bytes:
    """The hash that stands for this seal and, through `previous`, for all before it. `at`: to the microsecond, UTC."""
    when = int(at.astimezone(UTC).timestamp() * 1_000_000)
    fixed = struct.pack(">QqqQq", number, first_id, last_id, rows, when)
    return _sha256(b"\2" + fixed + root + previous + note.encode()).digest()


def seal(
    key: Ed25519PrivateKey, last: Sealed | None, ids: tuple[int, int], leaves: Sequence[bytes], at: datetime, note: str
) -> Sealed:
    """The seal that follows `last` over the leaf hashes of the rows with these ids (from, to)."""
    number = last.number + 1 if last else 1
    previous, root = last.head if last else NO_HEAD, tree_root(leaves)
    head = head_of(number, *ids, len(leaves), root, previous, at, note)
    return Sealed(number, *ids, len(leaves), root, previous, at, note, head, key.sign(_SIGNED + head))


def is_signed(key: Ed25519PublicKey, head: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, _SIGNED + head)
    except InvalidSignature:
        return False
    return True


def chain_faults(key: Ed25519PublicKey, seals: Iterable[Sealed]) -> Iterator[Fault]:
    """What is wrong with the seals themselves, in the order of their numbers."""
    last: Sealed | None = None
    for each in seals:
        expected = last.number + 1 if last else 1
        if each.number != expected:
            yield Fault(expected, f"seal {expected} is missing")
        if each.first_id != (last.last_id + 1 if last else each.first_id) or each.last_id < each.first_id - 1:
            yield Fault(each.number, "its rows do not follow on those before")
        if each.previous != (last.head if last else NO_HEAD):
            yield Fault(each.number, "it does not follow on the seal before it")
        fields = (each.number, each.first_id, each.last_id, each.rows, each.root, each.previous)
        if each.head != head_of(*fields, each.sealed_at, each.note):
            yield Fault(each.number, "its own fields were changed")
        if not is_signed(key, each.head, each.signature):
            yield Fault(each.number, "its signature is not the sealer's")
        last = each


def row_faults(seals: Sequence[Sealed], rows: Iterable[tuple[int, bytes]]) -> Iterator[Fault]:
    """What is wrong with the rows, each (id, row) in the order of ids; rows after the last seal are not looked at."""
    coming = iter(rows)
    row = next(coming, None)
    for place, each in enumerate(seals):
        leaves = []
        while row is not None and row[0] <= each.last_id:
            if row[0] < each.first_id and place == 0:
                yield Fault(each.number, f"row {row[0]} was put before it")
            leaves.append(leaf_hash(row[1]))
            row = next(coming, None)
        if len(leaves) != each.rows:
            yield Fault(each.number, f"{each.rows} rows were sealed and {len(leaves)} are there")
        elif tree_root(leaves) != each.root:
            yield Fault(each.number, "a row was changed, or rows changed places")
    for _ in coming:
        pass


def kept_faults(seals: Sequence[Sealed], kept: Iterable[tuple[int, bytes, str]]) -> Iterator[Fault]:
    """What is wrong by heads that somebody kept: each (number, head, by whom)."""
    heads = {each.number: each.head for each in seals}
    for number, head, whom in sorted(kept):
        if number not in heads:
            yield Fault(number, f"{whom} kept this seal and it is not here any more: the trail was taken back")
        elif heads[number] != head:
            yield Fault(number, f"{whom} kept another seal of this number: the trail was written anew")
