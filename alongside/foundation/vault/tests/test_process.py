"""The key process itself: who may call on which socket for what, and what callers see when it is not there."""

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from alongside.foundation.vault import alone, hpke, wire
from alongside.foundation.vault.keys import CallRefused, KeyGone, KeysLocked, KeysUnreachable, SocketKeys
from alongside.foundation.vault.quorum import NotOpened
from alongside.foundation.vault.seal import Place, SealBroken
from alongside.foundation.vault.starting import start, stop

VAN, HOUSE, WOMAN = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=9)


@pytest.fixture
def sockets(tmp_path: Path):
    start(tmp_path / "keys", tmp_path / "sockets")
    yield tmp_path / "sockets"
    stop(tmp_path / "sockets")


def test_it_wraps_and_opens_many_in_one_question(sockets):
    keys = SocketKeys(sockets, "jobs")
    made = keys.new_data_keys(VAN, wire.AT_ONCE + 7)  # two questions
    assert keys.unwrap(VAN, [id for _, id in made]) == [key for key, _ in made]
    assert keys.unwrap(VAN, []) == []
    assert len(keys.index_key(VAN, "match")) == 32


def test_a_gone_or_foreign_key_is_named_as_such(sockets):
    keys = SocketKeys(sockets, "jobs")
    ((_, id),) = keys.new_data_keys(VAN, 1)
    keys.new_data_keys(HOUSE, 1)
    for holder, asked in ((HOUSE, id), (VAN, bytes(16)), (VAN, b"short")):
        with pytest.raises(KeyGone):
            keys.unwrap(holder, [asked])


@pytest.mark.parametrize("caller", sorted(wire.MAY))
def test_each_caller_may_ask_what_the_table_says(sockets, caller, tmp_path):
    expected = {
        "web": {"hello", "new", "unwrap", "named", "outbox", "kept"},
        "jobs": {"hello", "new", "unwrap", "named", "outbox", "kept", "destroy", "forget"},
        "operator": {
            *("hello", "new", "unwrap", "named", "outbox", "kept", "destroy", "rotate", "divide", "unseal", "lock"),
            *("renew", "renewed", "state", "erasures", "erase_again", "copy", "forget"),
        },
    }
    facts = {"holder": str(VAN), "count": 1, "use": "index:x", "ids": "", "subject": str(WOMAN)}
    facts |= {"secrets": [], "keyholders": []}
    allowed = set()
    # What makes the holder go for good is asked last.
    for what in sorted(set().union(*wire.MAY.values()) - {"stop"}, key=lambda each: (each == "forget", each)):
        try:
            SocketKeys(sockets, caller).ask(what, **facts, to=str(tmp_path / f"{what}-copy"))
        except CallRefused:
            continue
        except NotOpened:
            pass  # it may ask; these are no keyholders' files
        allowed.add(what)
    assert allowed == expected[caller]


def test_the_web_process_can_not_end_it_or_open_a_whole_agency_at_once(sockets):
    web = SocketKeys(sockets, "web")
    with pytest.raises(CallRefused):
        web.ask("stop")
    ids = [id for _, id in SocketKeys(sockets, "jobs").new_data_keys(VAN, wire.WEB_AT_ONCE + 1)]
    assert len(web.unwrap(VAN, ids[1:])) == wire.WEB_AT_ONCE
    with pytest.raises(CallRefused):
        web.unwrap(VAN, ids)


@pytest.mark.parametrize("caller", sorted(wire.MAY))
def test_the_seed_of_an_outbox_is_told_to_nobody(sockets, caller):
    """Whoever takes over the web process may open envelopes while she is there; she carries no key away."""
    keys = SocketKeys(sockets, caller)
    sealed = hpke.sealed_to(keys.outbox_key(VAN), VAN, b"words")
    assert keys.outbox_open(VAN, sealed) == b"words"
    with pytest.raises(CallRefused):
        keys.index_key(VAN, "outbox:v1")
    told = keys.ask("outbox", holder=str(VAN)) | keys.ask("outbox", holder=str(VAN), sealed=wire.to_text(sealed))
    assert set(told) == {"key", "plain"}
    assert len(wire.to_bytes(told["key"])) == 65  # the public half


def test_another_agencys_envelope_does_not_open(sockets):
    keys = SocketKeys(sockets, "web")
    for sealed in (hpke.sealed_to(keys.outbox_key(HOUSE), HOUSE, b"words"), b"", b"short"):
        with pytest.raises(SealBroken):
            keys.outbox_open(VAN, sealed)


def test_nobody_else_can_open_the_sockets(sockets):
    assert sockets.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in sockets.glob("*.sock")} == {0o600}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_the_kernel_says_who_calls_and_a_stranger_is_refused():
    """Even where the file modes let her through."""
    with tempfile.TemporaryDirectory() as folder:
        sockets = Path(folder) / "sockets"
        start(Path(folder) / "keys", sockets)
        try:
            _a_stranger_is_refused(sockets)
        finally:
            stop(sockets)


def _a_stranger_is_refused(sockets: Path) -> None:
    for each in (sockets, sockets.parent):
        each.chmod(0o755)
    for path in sockets.glob("*.sock"):
        path.chmod(0o666)
    # Everything is loaded before it gives up root: other users may not see where the code lies.
    program = (
        "import os, sys; from pathlib import Path; from alongside.foundation.vault.keys import SocketKeys\n"
        "os.setuid(int(sys.argv[2])); print(SocketKeys(Path(sys.argv[1]), 'web').ask('hello')['pid'])"
    )

    def ask(user: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, str(sockets), str(user)]
        return subprocess.run(command, capture_output=True, text=True)

    assert ask(0).returncode == 0
    assert "CallRefused" in ask(65534).stderr


def test_taking_the_key_file_away_locks_one_agency(sockets, tmp_path):
    keys = SocketKeys(sockets, "jobs")
    ((_, van),), ((_, house),) = keys.new_data_keys(VAN, 1), keys.new_data_keys(HOUSE, 1)
    stop(sockets)
    (tmp_path / "keys" / "holders" / f"{VAN}.1.key").unlink()
    start(tmp_path / "keys", sockets)
    with pytest.raises(KeysLocked):
        keys.unwrap(VAN, [van])
    assert keys.unwrap(HOUSE, [house])


def test_an_unreachable_process_is_told_and_a_new_one_is_found(sockets, tmp_path):
    keys = SocketKeys(sockets, "jobs")
    ((key, id),) = keys.new_data_keys(VAN, 1)
    os.kill(int(keys.ask("hello")["pid"]), signal.SIGKILL)
    time.sleep(0.1)
    with pytest.raises(KeysUnreachable):
        keys.unwrap(VAN, [id])
    start(tmp_path / "keys", sockets)
    assert keys.unwrap(VAN, [id]) == [key]


def test_a_second_start_finds_the_first(sockets, tmp_path):
    pid = SocketKeys(sockets, "operator").ask("hello")["pid"]
    start(tmp_path / "keys", sockets)
    assert SocketKeys(sockets, "operator").ask("hello")["pid"] == pid


def test_a_process_of_earlier_code_gives_way(sockets, tmp_path, monkeypatch):
    pid = SocketKeys(sockets, "operator").ask("hello")["pid"]
    real = wire.code_of_process
    told = iter(["other"])
    monkeypatch.setattr(wire, "code_of_process", lambda: next(told, real()))
    start(tmp_path / "keys", sockets)
    assert SocketKeys(sockets, "operator").ask("hello")["pid"] != pid


def test_it_ends_when_its_sockets_are_removed(sockets):
    operator = SocketKeys(sockets, "operator")
    pid = int(operator.ask("hello")["pid"])
    for path in sockets.glob("*.sock"):
        path.unlink()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}/stat").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1][:3]:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_threads_and_forks_do_not_mix_their_answers(sockets):
    keys = SocketKeys(sockets, "jobs")
    made = keys.new_data_keys(VAN, 50)
    wrong = []

    def ask() -> None:
        for key, id in made:
            if keys.unwrap(VAN, [id]) != [key]:
                wrong.append(id)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    child = multiprocessing.get_context("fork").Process(target=lambda: (ask(), os._exit(len(wrong))))
    for each in (*threads, child):
        each.start()
    for each in (*threads, child):
        each.join()
    assert wrong == []
    assert child.exitcode == 0


@pytest.mark.parametrize("sent", [b"", b"\0\0\0\2{}", b"\0\0\0\1x", b"\xff\xff\xff\xff", b"\0\0\0\7[1,2,3]", b"\0\0"])
def test_nonsense_ends_the_conversation_and_nothing_else(sockets, sent):
    import socket

    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(str(sockets / "web.sock"))
        stranger.sendall(sent)
        stranger.shutdown(socket.SHUT_WR)
        stranger.recv(1000)
    assert SocketKeys(sockets, "web").ask("hello")["pid"]


PLACE = Place("people_decision", uuid.UUID(int=5), "reason")


def test_a_text_that_stands_alone_opens_at_its_place_and_for_its_holder_only(db):
    sealed = alone.seal_alone(VAN, PLACE, "Rosa")
    assert len(sealed) == len(b"Rosa") + 46
    assert alone.open_alone(VAN, PLACE, memoryview(sealed)) == "Rosa"
    for holder, place, value in (
        (HOUSE, PLACE, sealed),
        (VAN, Place("people_decision", uuid.UUID(int=6), "reason"), sealed),
        (VAN, PLACE, b"\x01" + sealed[1:]),
        (VAN, PLACE, sealed[:-1] + b"?"),
        (VAN, PLACE, b""),
    ):
        with pytest.raises(SealBroken):
            alone.open_alone(holder, place, value)


def test_this_process_and_its_settings_hold_no_key_of_an_agency(db):
    assert not hasattr(settings, "VAULT_KEY_FILE")
    assert not list(Path(settings.KEYS_SOCKETS).glob("*.key"))
