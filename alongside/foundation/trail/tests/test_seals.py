"""The tree hash against known answers, and what the seals say of every way to change what they cover."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.trail import seals
from alongside.foundation.trail.seals import Sealed, leaf_hash, seal, tree_root

# The test vectors of the reference implementation of Certificate Transparency, whose tree RFC 9162 keeps.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@pytest.mark.parametrize("count", range(9))
def test_the_tree_gives_the_known_roots(count):
    assert tree_root([leaf_hash(each) for each in LEAVES[:count]]).hex() == ROOTS[count]


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + by_definition(leaves[:k]) + by_definition(leaves[k:])).digest()


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_the_tree_is_as_the_standard_defines_it(rows):
    leaves = [leaf_hash(each) for each in rows]
    assert tree_root(leaves) == by_definition(leaves)


KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
AT = datetime(2026, 11, 22, 2, 14, 5, 123456, UTC)


def chain(sizes: tuple[int, ...] = (3, 1, 4)) -> tuple[list[Sealed], list[tuple[int, bytes]]]:
    made: list[Sealed] = []
    rows: list[tuple[int, bytes]] = []
    for size in sizes:
        first = made[-1].last_id + 1 if made else 1
        batch = [(id, b"%d\trow" % id) for id in range(first, first + size)]
        leaves = [leaf_hash(row) for _, row in batch]
        made.append(seal(KEY, made[-1] if made else None, (first, first + size - 1), leaves, AT, ""))
        rows += batch
    return made, rows


def faults(made, rows, kept=()):
    return [
        *seals.chain_faults(KEY.public_key(), made),
        *seals.row_faults(made, rows),
        *seals.kept_faults(made, kept),
    ]


def test_an_untouched_trail_has_no_fault():
    made, rows = chain()
    assert faults(made, [*rows, (9, b"9\tnot sealed yet")], [(2, made[1].head, "the van")]) == []


def changed(each: Sealed, **fields) -> Sealed:
    values = {name: getattr(each, name) for name in Sealed.__slots__}
    return Sealed(**{**values, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {"number": 7},
        {"first_id": 3},
        {"last_id": 9},
        {"rows": 2},
        {"root": bytes(32)},
        {"previous": bytes(32)},
        {"sealed_at": AT + timedelta(microseconds=1)},
        {"note": "restored"},
        {"head": bytes(32)},
        {"signature": bytes(64)},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_no_field_of_a_seal_can_be_changed_unseen(fields):
    made, rows = chain()
    made[1] = changed(made[1], **fields)
    assert faults(made, rows)


def test_a_seal_made_with_another_key_is_not_the_sealers():
    made, rows = chain()
    forged = seal(Ed25519PrivateKey.generate(), made[1], (5, 8), [leaf_hash(row) for _, row in rows[4:]], AT, "")
    assert [fault.batch for fault in faults([*made[:2], forged], rows)] == [3]


def test_a_trail_cut_short_with_its_seals_is_found_by_whoever_kept_one():
    made, rows = chain()
    assert faults(made[:2], rows[:4]) == []  # nothing in it tells
    (fault,) = faults(made[:2], rows[:4], [(3, made[2].head, "the van")])
    assert (fault.batch, "taken back" in fault.words) == (3, True)


def test_a_trail_written_anew_is_found_by_whoever_kept_a_seal():
    made, rows = chain()
    anew, other_rows = chain((3, 2, 3))
    assert [fault.batch for fault in faults(anew, other_rows, [(2, made[1].head, "the van")])] == [2]
    assert len(rows) == len(other_rows)
