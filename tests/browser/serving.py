"""The product itself, served by its own command from a state directory of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.settings import TEST_HOME

OPENS_IN_SECONDS = 90


class Served:
    """An installation: `run` gives a command of the console, `serving` serves meanwhile."""

    def __init__(self, name: str, **environment: str) -> None:
        self.home = TEST_HOME / name
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("ALONGSIDE_", "DJANGO_"))}
        self.environment = {**kept, "ALONGSIDE_HOME": str(self.home), **environment}

    def start(self, *arguments: str, apart: bool = False) -> subprocess.Popen[str]:
        """`apart`: in a process group of its own, which can be killed as one."""
        command = [sys.executable, "-c", "import sys; from alongside.config.cli import main; sys.exit(main())"]
        return subprocess.Popen(
            [*command, *arguments],
            env=self.environment,
            text=True,
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=apart,
        )

    def run(self, arguments: Sequence[str], typed: str = "") -> tuple[int, str]:
        """Exit code and everything it said."""
        started = self.start(*arguments)
        said, _ = started.communicate(typed, timeout=OPENS_IN_SECONDS)
        return started.returncode, said

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[tuple[int, list[str]]]:
        """The port, and the lines it said until it was open; ended as Ctrl-C ends it."""
        port = free_port()
        server = self.start("serve", "--port", str(port), *arguments)
        said: list[str] = []
        try:
            assert server.stdout is not None
            for line in server.stdout:
                said.append(line.rstrip())
                if "is open at" in line:
                    break
            else:
                raise AssertionError("It did not open:\n" + "\n".join(said))
            yield port, said
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=30)

    def remove(self) -> None:
        program = "from alongside.config import postgres; postgres.stop_embedded()"
        subprocess.run([sys.executable, "-c", program], env=self.environment, check=True)
        shutil.rmtree(self.home, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()
