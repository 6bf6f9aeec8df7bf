"""What every command shares: making Django ready, saying what goes on, refusing in one sentence."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Refused(Exception):
    """The command can't do what was asked; the message says why and what to do."""


def say(words: str) -> None:
    print(words, flush=True)


def set_up() -> None:
    """Settings and rooms, without touching the database."""
    import django

    django.setup()


def ready() -> None:
    """Settings, rooms and a database that is up to date."""
    set_up()
    from alongside.config import installation

    installation.ready(say)


class Progress:
    """One line that tells how far long work is. On a terminal it is rewritten; elsewhere a new line now and then."""

    def __init__(self, words: str, out: TextIO | None = None, every_seconds: float = 5.0) -> None:
        self.words, self.out, self.every = words, out or sys.stdout, every_seconds
        self.began = self.told = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        """`done` of `of` steps; `of` 0 when nobody knows."""
        now = time.monotonic()
        if self.out.isatty():
            self.out.write(f"\r{self._line(done, of)}")
        elif now - self.told >= self.every:
            self.told = now
            self.out.write(f"{self._line(done, of)}\n")
        self.out.flush()

    def end(self, words: str = "done") -> None:
        start = "\r" if self.out.isatty() else ""
        self.out.write(f"{start}{self.words}: {words} ({time.monotonic() - self.began:.1f} s)\n")
        self.out.flush()

    def _line(self, done: int, of: int) -> str:
        return f"{self.words}: {done:,} of {of:,} ({100 * done // of}%)" if of else f"{self.words}: {done:,}"


@contextmanager
def telling(words: str) -> Iterator[Progress]:
    """Say what begins, hand out its Progress, and say that it ended."""
    progress = Progress(words)
    say(f"{words} …")
    yield progress
    progress.end()
