import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.vault.seal import NONCE_BYTES, Place, SealBroken, blind_index, seal, unseal

KEY = bytes(range(32))
PLACE = Place("people_identity", uuid.UUID(int=1), "names")


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert unseal(KEY, PLACE, seal(KEY, PLACE, text)) == text


def test_the_overhead_is_29_bytes() -> None:
    assert len(seal(KEY, PLACE, "Rosa")) == len(b"Rosa") + 29


def test_the_same_text_is_never_sealed_alike() -> None:
    assert seal(KEY, PLACE, "Rosa") != seal(KEY, PLACE, "Rosa")


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("people_identity", uuid.UUID(int=2), "names"),
        Place("people_identity", uuid.UUID(int=1), "last_names"),
        Place("people_other", uuid.UUID(int=1), "names"),
    ],
)
def test_a_value_moved_to_another_place_does_not_open(elsewhere: Place) -> None:
    with pytest.raises(SealBroken) as error:
        unseal(KEY, elsewhere, seal(KEY, PLACE, "Rosa"))
    assert "Rosa" not in str(error.value)


@pytest.mark.parametrize("position", [0, 1, NONCE_BYTES + 1, -1])
def test_a_changed_value_does_not_open(position: int) -> None:
    changed = bytearray(seal(KEY, PLACE, "Rosa"))
    changed[position] ^= 1
    with pytest.raises(SealBroken):
        unseal(KEY, PLACE, bytes(changed))


def test_an_empty_value_does_not_open() -> None:
    with pytest.raises(SealBroken):
        unseal(KEY, PLACE, b"")


def test_blind_indexes_meet_over_case_and_spacing_and_not_over_keys() -> None:
    assert blind_index(KEY, " ab  12 ") == blind_index(KEY, "AB 12")
    assert blind_index(KEY, "AB12") != blind_index(bytes(32), "AB12")
    assert -(2**63) <= blind_index(KEY, "AB12") < 2**63
