"""A key divided among three: any two open it, one opens nothing, and it lies whole in no file."""

import json
import os
import uuid
from itertools import combinations, permutations
from pathlib import Path

import pytest

from alongside.foundation.vault import quorum, wire
from alongside.foundation.vault.keys import CallRefused, KeysLocked, SocketKeys
from alongside.foundation.vault.quorum import NotOpened
from alongside.foundation.vault.starting import start, stop
from alongside.foundation.vault.store import SPARE, KeyStore, Locked

VAN, HOUSE = uuid.UUID(int=1), uuid.UUID(int=2)
KEY = bytes(range(32))


@pytest.fixture
def secrets() -> list[bytes]:
    return [quorum.new_secret() for _ in range(3)]


def halves(secrets: list[bytes]) -> list[bytes]:
    return [quorum.public_half(each) for each in secrets]


class TestAlone:
    def test_each_two_open_it_in_any_order(self, secrets):
        kept = quorum.divided(VAN, 2, KEY, halves(secrets))
        for pair in permutations(secrets, 2):
            assert quorum.put_together(VAN, 2, kept, pair) == KEY

    def test_one_opens_nothing(self, secrets):
        kept = quorum.divided(VAN, 2, KEY, halves(secrets))
        for secret in secrets:
            for wrong in ([secret], [secret, secret], [secret, quorum.new_secret()], []):
                with pytest.raises(NotOpened):
                    quorum.put_together(VAN, 2, kept, wrong)

    def test_it_opens_for_its_agency_and_its_version_only(self, secrets):
        kept = quorum.divided(VAN, 2, KEY, halves(secrets))
        for holder, version in ((HOUSE, 2), (VAN, 3)):
            with pytest.raises(NotOpened):
                quorum.put_together(holder, version, kept, secrets[:2])

    def test_a_changed_file_opens_nothing(self, secrets):
        kept = quorum.divided(VAN, 2, KEY, halves(secrets))
        kept["sealed"]["0+1"] = kept["sealed"]["1+2"]
        with pytest.raises(NotOpened):
            quorum.put_together(VAN, 2, kept, secrets[:2])

    def test_what_one_keyholder_can_open_is_still_sealed(self, secrets):
        """The outer layer alone: no pair may be sealed for one keyholder only."""
        kept = quorum.divided(VAN, 2, KEY, halves(secrets))
        for number, secret in enumerate(secrets):
            for pair, sealed in kept["sealed"].items():
                assert opened_by_one(secret, pair, wire.to_bytes(sealed)) != KEY, number

    def test_a_key_sealed_for_one_would_be_found(self, secrets, monkeypatch):
        """A planted defect: the second layer is left out."""
        suite = quorum._SUITE

        class Once:
            def encrypt(self, plain, key, info):
                return plain if plain != KEY else suite.encrypt(plain, key, info=info)

        monkeypatch.setattr(quorum, "_SUITE", Once())
        kept = quorum.divided(VAN, 2, KEY, halves(secrets))
        monkeypatch.setattr(quorum, "_SUITE", suite)
        assert opened_by_one(secrets[0], "0+1", wire.to_bytes(kept["sealed"]["0+1"])) == KEY

    def test_a_keyholders_file_is_read_again_and_never_written_over(self, tmp_path):
        path = tmp_path / "anna.json"
        quorum.write_keyholder(path, VAN, 1)
        assert path.stat().st_mode & 0o777 == 0o400
        holder, secret = quorum.read_keyholder(path)
        assert (holder, len(secret)) == (VAN, 32)
        with pytest.raises(FileExistsError):
            quorum.write_keyholder(path, VAN, 1)
        assert quorum.read_keyholder(path) == (VAN, secret)

    @pytest.mark.parametrize("text", ["", "{}", "[]", '{"agency": "x", "secret": "y"}', "\x00"])
    def test_another_file_is_none(self, tmp_path, text):
        path = tmp_path / "other"
        path.write_text(text)
        with pytest.raises(NotOpened):
            quorum.read_keyholder(path)


def opened_by_one(secret: bytes, pair: str, sealed: bytes) -> bytes | None:
    """All that a single keyholder can do: take off every layer that is hers."""
    one, other = map(int, pair.split("+"))
    opened = None
    while True:
        try:
            sealed = opened = quorum._SUITE.decrypt(
                sealed, quorum._private(secret), info=quorum._info(VAN, 2, one, other)
            )
        except Exception:
            return opened


class TestStore:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path / "keys"

    @pytest.fixture
    def store(self, folder):
        made = KeyStore(folder)
        yield made
        made.close()

    @pytest.fixture
    def ids(self, store, secrets):
        made = [store.new(VAN, 3)[0][0], store.new(HOUSE, 1)[0][0]]
        store.named(VAN, "index:match")
        store.rotate(VAN, halves(secrets))
        return made

    def again(self, store, folder) -> KeyStore:
        """The key process was started again."""
        store.close()
        return KeyStore(folder)

    def test_it_stays_open_until_the_process_ends_and_two_open_it_again(self, store, folder, ids, secrets):
        key = store.unwrap(VAN, ids[:1])
        store = self.again(store, folder)
        for what in (lambda: store.unwrap(VAN, ids[:1]), lambda: store.new(VAN, 1), lambda: store.named(VAN, "x")):
            with pytest.raises(Locked, match="Two of the agency's three"):
                what()
        assert store.kept(VAN) == {"version": 2, "divided": True, "open": False}
        assert store.unwrap(HOUSE, ids[1:])
        with pytest.raises(NotOpened):
            store.unseal(VAN, secrets[:1])
        for pair in combinations(secrets, 2):
            store.unseal(VAN, pair)
            assert store.unwrap(VAN, ids[:1]) == key
            assert store.lock(VAN)
        store.close()

    def test_the_key_is_in_no_file_of_the_folder(self, store, folder, ids, secrets):
        """Neither the old one nor the new: what lies there is searched for both."""
        kept = json.loads((folder / "holders" / f"{VAN}.2.divided").read_text())
        key = quorum.put_together(VAN, 2, kept, secrets[:2])
        lying = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        forms = [key, key.hex().encode(), wire.to_text(key).encode()]
        assert not [form for form in (*forms, *secrets) if form in lying]
        assert [path.name for path in (folder / "holders").glob(f"{VAN}*")] == [f"{VAN}.2.divided"]
        whole = (folder / "holders" / f"{HOUSE}.1.key").read_bytes()
        assert whole in lying  # the search can find one

    def test_the_file_of_before_opens_nothing(self, store, folder, secrets):
        store.new(VAN, 1)
        path = folder / "holders" / f"{VAN}.1.key"
        before = path.read_bytes()
        (id, _), *_ = store.new(VAN, 1)
        store.rotate(VAN, halves(secrets))
        (wrapped,) = store._base.execute("SELECT wrapped FROM data_key WHERE id = ?", (id,)).fetchone()
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        with pytest.raises(InvalidTag):
            AESGCM(before).decrypt(wrapped[:12], wrapped[12:], VAN.bytes + id)

    def test_a_new_key_stays_divided_among_the_same_three_without_their_files(self, store, folder, ids, secrets):
        key = store.unwrap(VAN, ids[:1])
        assert store.rotate(VAN) == SPARE + 1  # those made ahead, and the key of an index
        store = self.again(store, folder)
        assert store.kept(VAN) == {"version": 3, "divided": True, "open": False}
        store.unseal(VAN, secrets[1:])
        assert store.unwrap(VAN, ids[:1]) == key
        store.close()

    def test_divided_anew_the_earlier_files_open_nothing(self, store, folder, ids, secrets):
        """A keyholder left."""
        new = [quorum.new_secret() for _ in range(3)]
        store.rotate(VAN, halves(new))
        store = self.again(store, folder)
        with pytest.raises(NotOpened):
            store.unseal(VAN, secrets[:2])
        store.unseal(VAN, new[:2])
        assert store.unwrap(VAN, ids[:1])
        store.close()

    def test_one_that_is_locked_can_not_be_divided_or_rotated(self, store, folder, ids, secrets):
        store = self.again(store, folder)
        for among in (None, halves(secrets)):
            with pytest.raises(Locked):
                store.rotate(VAN, among)
        assert store.kept(VAN)["version"] == 2
        store.close()

    def test_a_whole_key_can_not_be_locked_or_unsealed(self, store, ids, secrets):
        assert not store.lock(HOUSE)
        with pytest.raises(NotOpened):
            store.unseal(HOUSE, secrets[:2])
        assert store.unwrap(HOUSE, ids[1:])

    def test_after_the_key_database_was_lost_two_open_it_too(self, store, folder, ids, secrets, tmp_path):
        copied = tmp_path / "copy.sqlite"
        store.copy(copied)
        store.close()
        for path in folder.glob("keys.sqlite*"):
            path.unlink()
        empty = KeyStore(folder)
        with pytest.raises(Locked):
            empty.new(VAN, 1)
        empty.unseal(VAN, secrets[:2])
        assert empty.new(VAN, 1)
        assert empty.state()[0]["version"] == 2
        empty.close()


class TestProcess:
    @pytest.fixture
    def sockets(self, tmp_path: Path):
        start(tmp_path / "keys", tmp_path / "sockets")
        yield tmp_path / "sockets"
        stop(tmp_path / "sockets")

    def divide(self, sockets, secrets):
        texts = [wire.to_text(each) for each in halves(secrets)]
        return SocketKeys(sockets, "operator").ask("divide", holder=str(VAN), keyholders=texts)

    def test_the_operator_divides_locks_and_opens(self, sockets, tmp_path, secrets):
        jobs, operator = SocketKeys(sockets, "jobs"), SocketKeys(sockets, "operator")
        ((key, id),) = jobs.new_data_keys(VAN, 1)
        assert jobs.kept(VAN) == (1, False, True)
        self.divide(sockets, secrets)
        assert jobs.kept(VAN) == (2, True, True)
        stop(sockets)
        start(tmp_path / "keys", sockets)
        with pytest.raises(KeysLocked):
            jobs.unwrap(VAN, [id])
        two = [wire.to_text(each) for each in secrets[1:]]
        for wrong in (two[:1], [two[0], two[0]], [two[0], wire.to_text(os.urandom(32))]):
            with pytest.raises(NotOpened):
                operator.ask("unseal", holder=str(VAN), secrets=wrong)
        operator.ask("unseal", holder=str(VAN), secrets=two)
        assert jobs.unwrap(VAN, [id]) == [key]
        assert operator.ask("lock", holder=str(VAN))["locked"]
        with pytest.raises(KeysLocked):
            jobs.unwrap(VAN, [id])

    def test_three_different_ones_or_none(self, sockets, secrets):
        for wrong in ([secrets[0]] * 3, secrets[:2], [*secrets, quorum.new_secret()]):
            with pytest.raises(NotOpened):
                self.divide(sockets, wrong)

    @pytest.mark.parametrize("caller", ["web", "jobs"])
    @pytest.mark.parametrize("what", ["divide", "unseal", "lock", "rotate"])
    def test_the_web_process_and_jobs_do_none_of_it(self, sockets, caller, what):
        with pytest.raises(CallRefused):
            SocketKeys(sockets, caller).ask(what, holder=str(VAN), secrets=[], keyholders=[])

    def test_it_says_as_which_user_it_runs(self, sockets):
        assert SocketKeys(sockets, "web").user() == os.geteuid()
