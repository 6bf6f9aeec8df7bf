"""From nothing to the first page of the demo, and the second start.

Run: python -m benchmarks.start.bench. Packages are installed already; the state directory is new and removed at the end.
"""

import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
LONGEST = 600  # seconds
AGAIN = 3
AIM_FIRST, AIM_SECOND = 60, 5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def seconds_to_a_page(home: Path) -> float:
    """One start, from the command until the first page has come; then it is stopped as by Ctrl-C."""
    port = free_port()
    began = time.perf_counter()
    server = subprocess.Popen(
        ["alongside", "serve", "--demo", "--port", str(port)],
        env={**os.environ, "ALONGSIDE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(port):
            if server.poll() is not None or time.perf_counter() - began > LONGEST:
                raise SystemExit("It did not start.")
            time.sleep(0.05)
        return time.perf_counter() - began
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def _answers(port: int) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        asked.request("GET", "/demo/")
        return asked.getresponse().status == 200
    except OSError:
        return False
    finally:
        asked.close()


def stop(home: Path) -> None:
    """The database and the key process, which outlive the web server."""
    os.environ["ALONGSIDE_HOME"] = str(home)
    from alongside.config import postgres

    postgres.stop_embedded()
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if f"{home}/".encode() in each.read_bytes():
                os.kill(int(each.parent.name), signal.SIGTERM)


def words(first: float, again: list[float]) -> str:
    second = statistics.median(again)
    return "\n".join(
        [
            "## Starting",
            "",
            f"`python -m benchmarks.start.bench`, load of the machine at the end: {os.getloadavg()[0]:.1f} on"
            f" {os.cpu_count()} cores. From the command until the page of the demo's entrances came.",
            "",
            "| Start | Seconds | Aim |",
            "|---|--:|--:|",
            f"| first: database, tables, keys, invented partnership, page | {first:.1f} | {AIM_FIRST} |",
            f"| second, the middle of {AGAIN} | {second:.1f} | {AIM_SECOND} |",
            "",
        ]
    )


def main() -> int:
    home = Path(tempfile.mkdtemp(prefix="alongside-start-"))
    try:
        first = seconds_to_a_page(home)
        text = words(first, [seconds_to_a_page(home) for _ in range(AGAIN)])
    finally:
        stop(home)
        shutil.rmtree(home, ignore_errors=True)
    print(text)
    (HERE / "results.md").write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
