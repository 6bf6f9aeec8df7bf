"""The key store alone: what it gives, what it refuses, rotation, and that destroyed means destroyed."""

import os
import uuid
from pathlib import Path

import pytest

from alongside.foundation.vault.store import SPARE, Gone, KeyStore, Locked
from alongside.foundation.vault.wire import ID_BYTES, KEY_BYTES

VAN, HOUSE, WOMAN = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=9)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def store(folder: Path):
    made = KeyStore(folder)
    yield made
    made.close()


def key_file(folder: Path, holder: uuid.UUID, version: int = 1) -> Path:
    return folder / "holders" / f"{holder}.{version}.key"


@pytest.mark.parametrize("count", [0, 1, 3, SPARE - 1, SPARE, SPARE + 1])
def test_data_keys_are_found_again_by_their_ids(store, folder, count):
    made = store.new(VAN, count)
    assert len({id for id, _ in made}) == count
    assert all((len(id), len(key)) == (ID_BYTES, KEY_BYTES) for id, key in made)
    ids = [id for id, _ in made]
    assert store.unwrap(VAN, ids) == [key for _, key in made]
    again = KeyStore(folder)
    assert again.unwrap(VAN, ids) == [key for _, key in made]
    again.close()


def test_a_spare_key_is_given_out_once(store):
    given = [store.new(VAN, 1)[0][0] for _ in range(2 * SPARE + 3)]
    assert len(set(given)) == len(given)


def test_another_holders_key_is_gone_as_an_absent_one_is(store):
    (id, _), *_ = store.new(VAN, 1)
    store.new(HOUSE, 1)
    for holder, asked in ((HOUSE, id), (VAN, bytes(ID_BYTES))):
        with pytest.raises(Gone):
            store.unwrap(holder, [asked])


def test_named_keys_stay_and_differ_by_holder_and_use(store, folder):
    one = store.named(VAN, "index:match")
    assert len({one, store.named(VAN, "index:reference"), store.named(HOUSE, "index:match")}) == 3
    again = KeyStore(folder)
    assert again.named(VAN, "index:match") == one
    again.close()


def test_files_and_database_are_readable_by_this_user_only(store, folder):
    store.new(VAN, 1)
    assert key_file(folder, VAN).stat().st_mode & 0o777 == 0o400
    assert (folder / "keys.sqlite").stat().st_mode & 0o777 == 0o600


class TestLocked:
    """Whoever takes an agency's key file away locks its names, and no other agency's."""

    @pytest.fixture
    def ids(self, store, folder):
        ids = [store.new(each, 1)[0][0] for each in (VAN, HOUSE)]
        store.close()
        return ids

    def reopened(self, folder) -> KeyStore:
        return KeyStore(folder)

    def test_without_its_file(self, ids, folder):
        path = key_file(folder, VAN)
        kept = path.read_bytes()
        path.unlink()
        store = self.reopened(folder)
        with pytest.raises(Locked, match="can bring it back"):
            store.unwrap(VAN, ids[:1])
        with pytest.raises(Locked):
            store.new(VAN, 1)
        assert store.unwrap(HOUSE, ids[1:])
        assert [each["open"] for each in store.state()] == [False, True]
        path.write_bytes(kept)
        path.chmod(0o400)
        assert store.unwrap(VAN, ids[:1])
        store.close()

    def test_with_another_file(self, ids, folder):
        path = key_file(folder, VAN)
        path.unlink()
        path.write_bytes(os.urandom(KEY_BYTES))
        path.chmod(0o400)
        store = self.reopened(folder)
        with pytest.raises(Locked, match="not the one"):
            store.unwrap(VAN, ids[:1])
        store.close()

    @pytest.mark.parametrize(("mode", "content", "words"), [(0o440, None, "0400"), (0o400, b"x", "32 bytes")])
    def test_with_a_file_open_to_others_or_cut_short(self, ids, folder, mode, content, words):
        path = key_file(folder, VAN)
        path.chmod(0o600)
        if content:
            path.write_bytes(content)
        path.chmod(mode)
        store = self.reopened(folder)
        with pytest.raises(Locked, match=words):
            store.unwrap(VAN, ids[:1])
        store.close()

    def test_a_lost_key_database_never_costs_the_key_file(self, ids, folder):
        kept = key_file(folder, VAN).read_bytes()
        for path in folder.glob("keys.sqlite*"):
            path.unlink()
        store = self.reopened(folder)
        store.new(VAN, 1)
        assert key_file(folder, VAN).read_bytes() == kept
        store.close()


class TestRotation:
    def test_everything_opens_under_the_new_key_and_nothing_under_the_old(self, store, folder):
        made, index = store.new(VAN, 300), store.named(VAN, "index:match")
        other = store.new(HOUSE, 1)
        before = key_file(folder, VAN).read_bytes()
        assert store.rotate(VAN) == 301
        ids = [id for id, _ in made]
        assert store.unwrap(VAN, ids) == [key for _, key in made]
        assert store.named(VAN, "index:match") == index
        assert store.unwrap(HOUSE, [other[0][0]]) == [other[0][1]]
        assert not key_file(folder, VAN).exists()
        assert key_file(folder, VAN, 2).read_bytes() != before
        store.close()
        key_file(folder, VAN, 2).unlink()
        key_file(folder, VAN, 2).write_bytes(before)
        key_file(folder, VAN, 2).chmod(0o400)
        old = KeyStore(folder)
        with pytest.raises(Locked):
            old.unwrap(VAN, ids)
        old.close()

    def test_one_that_breaks_off_changes_nothing(self, store, folder, monkeypatch):
        made = store.new(VAN, 3)
        (bad,) = store._base.execute("SELECT max(id) FROM data_key").fetchone()
        store._base.execute("UPDATE data_key SET wrapped = zeroblob(60) WHERE id = ?", (bad,))
        with pytest.raises(Locked):
            store.rotate(VAN)
        assert store.state()[0]["version"] == 1
        store.close()
        again = KeyStore(folder)
        assert again.unwrap(VAN, [id for id, _ in made if id != bad])
        again.close()


class TestDestroying:
    def test_a_destroyed_key_stands_in_no_file_of_the_folder(self, store, folder):
        (id, _), (other, key) = store.new(VAN, 2)
        (wrapped,) = store._base.execute("SELECT wrapped FROM data_key WHERE id = ?", (id,)).fetchone()
        store._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert wrapped in b"".join(path.read_bytes() for path in folder.glob("keys.sqlite*"))  # the search can find it
        assert store.destroy(VAN, WOMAN, [id]) == 1
        with pytest.raises(Gone):
            store.unwrap(VAN, [id])
        assert store.unwrap(VAN, [other]) == [key]
        assert wrapped not in b"".join(path.read_bytes() for path in folder.glob("keys.sqlite*"))

    def test_the_ledger_holds_ids_and_one_line_however_often(self, store):
        (id, _), *_ = store.new(VAN, 1)
        assert [store.destroy(VAN, WOMAN, [id]) for _ in range(3)] == [1, 0, 0]
        (line,) = store.erasures()
        assert (line["holder"], line["subject"], line["keys"]) == (str(VAN), str(WOMAN), [id.hex()])

    def test_nobody_destroys_anothers_key(self, store):
        (id, key), *_ = store.new(VAN, 1)
        assert store.destroy(HOUSE, WOMAN, [id]) == 0
        assert store.unwrap(VAN, [id]) == [key]

    def test_a_restored_copy_of_the_key_database_is_erased_again(self, store, folder, tmp_path):
        (id, _), *_ = store.new(VAN, 1)
        copied = tmp_path / "copy.sqlite"
        store.copy(copied)
        assert copied.stat().st_mode & 0o777 == 0o600
        store.destroy(VAN, WOMAN, [id])
        store.close()
        for path in folder.glob("keys.sqlite*"):
            path.unlink()
        copied.replace(folder / "keys.sqlite")
        restored = KeyStore(folder)
        assert restored.unwrap(VAN, [id])  # the danger: the copy is from before
        assert restored.erase_again() == 1
        with pytest.raises(Gone):
            restored.unwrap(VAN, [id])
        restored.close()


def test_a_holder_that_left_opens_nothing_and_is_never_given_a_key_anew(store, folder):
    (id, _), *_ = store.new(VAN, 3)
    (other, kept), *_ = store.new(HOUSE, 1)
    store.named(VAN, "index:match")
    assert store.forget(VAN) >= 3
    assert not list((folder / "holders").glob(f"{VAN}.*"))
    for ask in (lambda: store.unwrap(VAN, [id]), lambda: store.new(VAN, 1), lambda: store.named(VAN, "index:match")):
        with pytest.raises(Gone):
            ask()
    assert store.unwrap(HOUSE, [other]) == [kept]
    assert store.forget(VAN) == 0
    assert [line["whole"] for line in store.erasures()] == [True]


def test_it_is_gone_after_a_restart_and_after_its_database_came_back(store, folder, tmp_path):
    (id, _), *_ = store.new(VAN, 1)
    store.copy(tmp_path / "copy.sqlite")
    kept_file = key_file(folder, VAN).read_bytes()
    store.forget(VAN)
    store.close()
    # A restore: the database of before, and the key file as the agency kept a copy of it.
    (folder / "keys.sqlite").write_bytes((tmp_path / "copy.sqlite").read_bytes())
    key_file(folder, VAN).write_bytes(kept_file)
    key_file(folder, VAN).chmod(0o400)
    again = KeyStore(folder)
    with pytest.raises(Gone):
        again.unwrap(VAN, [id])
    assert again.erase_again() >= 1
    assert not key_file(folder, VAN).exists()
    again.close()
