"""Runs the reader in a child process without network, files or secrets, and takes its rows as they come."""

import functools
import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from .limits import Limits
from .refusals import REFUSALS, ListRefused
from .sheets import Row, Sheet, Sheets

_ROOT = Path(__file__).resolve().parents[4]
_START = (
    "import sys; sys.path.append(sys.argv[1]); sys.dont_write_bytecode = True; "
    "from alongside.insight.interchange.reading.child import main; main()"
)
_SAID = {"kind", "sheet", "note", "refused", "end"}
_PLAIN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_CLOSED_ENVIRONMENT = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}


def read_list(source: Path | bytes, limits: Limits | None = None) -> Sheets:
    """Reads a list once from end to end and keeps each sheet's opening rows.

    `source` is a file, or the bytes of one: those never touch a disk. Raises ListRefused, whose words say what to do.
    Memory stays bounded whatever the size of the list.
    """
    limits = limits or Limits()
    digest = _digest(source, limits)

    def reread(index: int) -> Iterator[Row]:
        if _digest(source, limits) != digest:
            raise ListRefused("changed")
        return (item for item in _items(source, limits, wanted=index) if isinstance(item, Row))

    return _summary(_items(source, limits, wanted=-1), digest, limits, reread)


def _summary(items: Iterator[Any], digest: str, limits: Limits, reread: Any) -> Sheets:
    kind = ""
    notes: list[str] = []
    sheets: list[tuple[str, list[Row], int]] = []
    for item in items:
        if isinstance(item, Row):
            if not sheets:
                raise ListRefused("damaged")
            _, opening, counted = sheets[-1]
            if len(opening) < limits.opening_rows:
                opening.append(item)
            sheets[-1] = (sheets[-1][0], opening, counted + 1)
        elif "sheet" in item:
            sheets.append((item["sheet"], [], 0))
        elif "note" in item:
            notes.append(item["note"])
        else:
            kind = item["kind"]
    if not any(any(row.cells for row in opening) for _, opening, _ in sheets):
        raise ListRefused("no_rows")
    return Sheets(
        sheets=tuple(Sheet(i, name, tuple(opening), n) for i, (name, opening, n) in enumerate(sheets)),
        kind=kind,
        digest=digest,
        notes=tuple(notes),
        reread=reread,
    )


def _items(given: Path | bytes, limits: Limits, *, wanted: int) -> Iterator[Any]:
    """What the child says, line by line: a Row, or a dict. Raises ListRefused as the child does or dies."""
    with _open(given, limits) as source, _child(source, limits, wanted) as (child, complaints):
        assert child.stdout is not None
        taken, ended = 0, False
        # A line is read with a bound of its own: a child that was taken over must not fill the parent.
        while line := child.stdout.readline(limits.output_bytes - taken + 1):
            taken += len(line)
            if taken > limits.output_bytes:
                raise ListRefused("unfolds_too_big")
            if not line.endswith(b"\n"):
                break  # the child was ended in the middle of a line
            item = _item(line)
            if isinstance(item, dict) and "refused" in item:
                raise ListRefused(item["refused"], row=int(item.get("row", 0)), limit=str(item.get("limit", "")))
            if item == {"end": True}:
                ended = True
                break
            yield item
        if not ended:
            raise ListRefused(_cause_of_death(child.wait(), complaints))


def _item(line: bytes) -> Row | dict[str, Any]:
    try:
        item = json.loads(line)
        if isinstance(item, list):
            number, cells = item
            return Row(int(number), tuple(str(cell) for cell in cells))
        if isinstance(item, dict) and item.keys() & _SAID and item.get("refused", "damaged") in REFUSALS:
            return item
    except (ValueError, TypeError):
        pass
    raise ListRefused("damaged")


def _cause_of_death(code: int, complaints: BinaryIO) -> str:
    complaints.seek(0)
    said = complaints.read(100_000)
    if code in (-signal.SIGXCPU, 128 + signal.SIGXCPU) or b"took too long" in said:
        return "too_slow"
    if code in (-signal.SIGKILL, 128 + signal.SIGKILL):
        return "too_slow"
    if code < 0 or code > 128 or b"MemoryError" in said or b"memory allocation" in said:
        return "too_much_memory"
    return "damaged"


@contextmanager
def _open(given: Path | bytes, limits: Limits) -> Iterator[BinaryIO]:
    """The file, opened without following a link; only a plain file of an allowed size."""
    try:
        handle = _in_memory(given) if isinstance(given, bytes) else os.open(given, _PLAIN_FILE)
    except FileNotFoundError as error:
        raise ListRefused("missing") from error
    except OSError as error:
        raise ListRefused("not_a_file") from error
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise ListRefused("not_a_file")
    with os.fdopen(handle, "rb") as source:
        if found.st_size == 0:
            raise ListRefused("empty")
        if found.st_size > limits.file_bytes:
            raise ListRefused("file_too_big", limit=f"{limits.file_bytes // (1024 * 1024)} MB")
        yield source


def _in_memory(content: bytes) -> int:
    """A file that has no name and no place on a disk."""
    handle = os.memfd_create("list", os.MFD_CLOEXEC)
    with os.fdopen(os.dup(handle), "wb") as target:
        target.write(content)
    os.lseek(handle, 0, os.SEEK_SET)
    return handle


def _digest(given: Path | bytes, limits: Limits) -> str:
    with _open(given, limits) as source:
        digest = hashlib.sha256()
        while chunk := source.read(1 << 20):
            digest.update(chunk)
        return digest.hexdigest()


@contextmanager
def _child(source: BinaryIO, limits: Limits, wanted: int) -> Iterator[tuple["subprocess.Popen[bytes]", BinaryIO]]:
    with tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(  # noqa: S603 (our own words only)
            [*confinement(), *_reader(), str(wanted), limits.to_json()],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=_CLOSED_ENVIRONMENT,
            cwd="/",
            close_fds=True,
        )
        watch = threading.Timer(limits.wall_seconds, child.kill)
        watch.daemon = True
        watch.start()
        try:
            yield child, complaints
        finally:
            watch.cancel()
            child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()


def _reader() -> list[str]:
    return [sys.executable, "-I", "-c", _START, str(_ROOT)]


@functools.cache
def confinement() -> tuple[str, ...]:
    """The bubblewrap command in front of the reader where it is installed and works here; otherwise nothing."""
    program = shutil.which("bwrap")
    if not program:
        return ()
    command = (program, *bubblewrap_options())
    trial = [*command, sys.executable, "-I", "-c", "import python_calamine, charset_normalizer"]
    try:
        done = subprocess.run(  # noqa: S603 (our own words only)
            trial, check=False, env=_CLOSED_ENVIRONMENT, capture_output=True, timeout=20
        )
        works = done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        works = False
    return command if works else ()


def bubblewrap_options() -> list[str]:
    """Only the interpreter and the reader are there, read-only; no network, no other processes."""
    seen = ["/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", sys.base_prefix, sys.prefix]
    seen += [str(_ROOT / "alongside" / "__init__.py"), str(_ROOT / "alongside" / "insight")]
    binds = [part for place in dict.fromkeys(seen) for part in ("--ro-bind-try", place, place)]
    return [
        *binds,
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--chdir",
        "/",
    ]
