import os
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.vault.keys import FileKeys, KeyFileRefused, make_key_file
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


class TestKeyFile:
    @pytest.fixture
    def path(self, tmp_path):
        path = tmp_path / "secrets" / "vault.key"
        make_key_file(path)
        return path

    def test_only_its_owner_may_read_it(self, path):
        assert path.stat().st_mode & 0o777 == 0o400

    def test_it_is_made_once(self, path):
        before = path.read_bytes()
        make_key_file(path)
        assert path.read_bytes() == before

    def test_a_file_open_to_others_is_refused(self, path):
        path.chmod(0o440)
        with pytest.raises(KeyFileRefused, match="0400"):
            FileKeys(path)

    def test_a_missing_file_is_refused_in_words(self, tmp_path):
        with pytest.raises(KeyFileRefused, match="Restore it"):
            FileKeys(tmp_path / "none")

    def test_a_short_file_is_refused(self, tmp_path):
        short = tmp_path / "short"
        short.write_bytes(b"x")
        short.chmod(0o400)
        with pytest.raises(KeyFileRefused, match="32 bytes"):
            FileKeys(short)

    def test_each_agency_has_keys_of_its_own(self, path):
        keys, one, other = FileKeys(path), uuid.UUID(int=1), uuid.UUID(int=2)
        data_key, wrapped = keys.new_data_keys(one, 1)[0]
        assert keys.unwrap(one, [wrapped]) == [data_key]
        with pytest.raises(Exception) as error:  # noqa: PT011  cryptography's InvalidUnwrap
            keys.unwrap(other, [wrapped])
        assert type(error.value).__name__ == "InvalidUnwrap"
        assert keys.index_key(one, "reference") != keys.index_key(other, "reference")
        assert keys.index_key(one, "reference") != keys.index_key(one, "match")

    def test_the_keys_survive_a_restart(self, path):
        agency = uuid.UUID(int=1)
        data_key, wrapped = FileKeys(path).new_data_keys(agency, 1)[0]
        assert FileKeys(path).unwrap(agency, [wrapped]) == [data_key]
        assert len(wrapped) == 40
        assert os.path.getsize(path) == 32
