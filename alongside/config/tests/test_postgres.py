"""The embedded server comes back after it was killed, also while its end has not been noticed yet."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.config import machine, postgres

KILLED = 1.5  # seconds until the parent of the killed server takes note, as the first process of a container does


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A server of its own, running; stopped afterwards."""
    monkeypatch.setattr(machine, "home", lambda: tmp_path)
    for each in tmp_path.parents:  # the server's own user has to pass
        if "pytest-" in str(each):
            each.chmod(0o711)
    postgres.start_embedded()
    yield tmp_path / "postgres"
    postgres.stop_embedded()


def pid(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])


def test_it_starts_again_while_a_dead_process_still_holds_its_number(data: Path) -> None:
    os.kill(pid(data), signal.SIGKILL)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    while Path(f"/proc/{dead.pid}/stat").read_text().split()[2] != "Z":
        time.sleep(0.01)
    lines = (data / "postmaster.pid").read_text().splitlines()
    (data / "postmaster.pid").write_text("\n".join([str(dead.pid), *lines[1:], ""]))
    threading.Timer(KILLED, dead.wait).start()
    postgres.start_embedded()
    assert pid(data) not in (dead.pid, int(lines[0]))
    with postgres.address().connect("postgres") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_what_does_not_start_is_said_with_the_place_of_its_reason(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postgres.stop_embedded()
    monkeypatch.setattr(postgres, "START_SECONDS", 1)
    configuration = data / "postgresql.conf"
    before = configuration.read_text()
    configuration.write_text("no_such_setting = on\n")
    with pytest.raises(RuntimeError, match=r"server\.log says why"):
        postgres.start_embedded()
    configuration.write_text(before)
