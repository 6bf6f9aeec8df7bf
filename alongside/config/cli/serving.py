"""`alongside serve`: the web server and one process for jobs, until Ctrl-C."""

import argparse
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from itertools import count
from multiprocessing.process import BaseProcess
from typing import Any

from alongside.config import machine
from alongside.config.cli import demo
from alongside.config.cli.frame import Refused, ready, say

HOST = "127.0.0.1"
STOP_SECONDS = 10
WEB = {
    "workers": 2,
    "threads": 4,
    "worker_class": "gthread",
    "preload_app": True,
    "loglevel": "warning",
    # A worker asked twice to stop (by us and by whoever stops the whole group) may wait for itself: it is ended sooner
    # than we end the server, so that none is left behind holding the port.
    "graceful_timeout": STOP_SECONDS // 2,
}
KEYS_TURN = 10  # half seconds between two looks at the key process
Child = subprocess.Popen[bytes] | BaseProcess


def add_to(commands: Any) -> None:
    parser = commands.add_parser("serve", help=f"serve on {HOST}:8000 and run jobs, until Ctrl-C")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--demo", action="store_true", help="with the invented partnership, open to all at this machine"
    )
    parser.add_argument("--no-lists", action="store_true", help="with --demo: agencies and workers only")
    parser.set_defaults(run=serve)


def serve(given: argparse.Namespace) -> int:
    if given.demo:
        os.environ["ALONGSIDE_DEMO"] = "1"
    if _is_taken(given.port):
        raise Refused(f"Port {given.port} is in use. Stop what uses it, or choose another with --port.")
    ready()
    _refuse_if_unsafe()
    if given.demo and not demo.is_built(with_lists=not given.no_lists):
        # In a process of its own: the threads that counting leaves behind would not live on in the web server's fork.
        subprocess.run([sys.argv[0], "demo", *(["--no-lists"] if given.no_lists else [])], check=True)
    _collect_static()
    web = _start_web(given.port)
    processes: list[Child] = [web]
    try:
        _wait_until_open(given.port, web)
        _greet(given.port)
        processes.append(_start_jobs())
        sealer = _start_sealer()
        try:
            return _watch(processes)
        finally:
            _stop([sealer])
    finally:
        _stop(processes)


def _refuse_if_unsafe() -> None:
    from alongside.config import installation

    if problems := installation.problems():
        raise Refused(
            "Alongside does not start, because names would not be safe:\n" + "\n".join(f"- {each}" for each in problems)
        )


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _start_web(port: int) -> Child:
    """The web server, forked from this process: the rooms are loaded already, so the first page comes soon."""
    from django.db import connections

    for each in connections.all():
        each.close()
        if hasattr(each, "close_pool"):
            each.close_pool()  # its threads would not live on in the fork
    web = multiprocessing.get_context("fork").Process(target=_run_web, args=(port,))
    web.start()
    return web


def _run_web(port: int) -> None:
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    class Web(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in {**WEB, "bind": f"{HOST}:{port}"}.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            from alongside.config.wsgi import application

            return application

    from alongside.foundation.vault.keys import call_as

    call_as("web")
    os.setsid()  # Ctrl-C reaches the parent alone, which ends the rest in order
    Web().run()


def _start_jobs() -> Child:
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1"]
    return subprocess.Popen(command, start_new_session=True, env={**os.environ, "ALONGSIDE_KEYS_CALLER": "jobs"})


def _start_sealer() -> Child:
    """Seals the trail. Its end stops nobody's work: it says why itself, and `alongside trail verify` tells more."""
    program = "import sys; from alongside.config.cli import main; sys.exit(main())"
    return subprocess.Popen([sys.executable, "-c", program, "trail", "seal"], start_new_session=True)


def _exit_code(child: Child) -> int | None:
    """None while it runs."""
    return child.poll() if isinstance(child, subprocess.Popen) else child.exitcode


def _wait_until_open(port: int, web: Child, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not _is_taken(port):
        if _exit_code(web) is not None or time.monotonic() > deadline:
            raise Refused("The web server did not start. Its reason stands above.")
        time.sleep(0.05)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, port)) == 0


def _greet(port: int) -> None:
    from django.conf import settings

    say(f"Alongside is open at http://{HOST}:{port}/ (Ctrl-C ends it)")
    if settings.DEMO and settings.IS_LOCAL:
        from alongside.config.demo.personas import entrances

        for line in entrances(f"http://{HOST}:{port}"):
            say(line)


def _watch(processes: list[Child]) -> int:
    """Until one of them ends, or someone asks us to. Returns 0 when asked to, else the code of the one that ended."""

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    for each_signal in (signal.SIGINT, signal.SIGTERM):  # a shell may have told us to ignore the first
        signal.signal(each_signal, ended)
    try:
        for turn in count():
            for each in processes:
                if (code := _exit_code(each)) is not None:
                    say("A process ended by itself; stopping.")
                    return code or 1
            if turn % KEYS_TURN == 0:
                _keep_keys()
            time.sleep(0.5)
        return 0
    except KeyboardInterrupt:
        say("Stopping …")
        return 0


def _keep_keys() -> None:
    """A key process that ended is started again; until it answers, pages say that names are locked."""
    from alongside.foundation.vault.keys import KeysUnreachable

    try:
        machine.start_keys()
    except KeysUnreachable as unreachable:
        say(str(unreachable))


def _stop(processes: list[Child]) -> None:
    for each in processes:
        if _exit_code(each) is None:
            each.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    while any(_exit_code(each) is None for each in processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    for each in processes:
        if _exit_code(each) is None:
            each.kill()
