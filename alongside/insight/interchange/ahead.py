"""Getting through many rows: making the next batch ready while this one is being written. No framework."""

import gc
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

Each = TypeVar("Each")
Made = TypeVar("Made")


def in_batches(rows: Iterable[Each], at_once: int) -> Iterator[list[Each]]:
    rows = iter(rows)
    while batch := list(islice(rows, at_once)):
        yield batch


def one_ahead(make: Callable[[Each], Made], items: Iterable[Each]) -> Iterator[Made]:
    """What `make` makes of each item, in order. It makes the next in a thread of its own while the caller has this one.

    Where the caller waits for the database, Python is free for the other thread. `items` stays with the caller.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as other:
        coming = None
        for item in items:
            made, coming = coming, other.submit(make, item)
            if made is not None:
                yield made.result()
        if coming is not None:
            yield coming.result()


@contextmanager
def without_seeking_cycles() -> Iterator[None]:
    """Rows hold no reference cycles; seeking them among so many takes as long as all the rest of taking a list in."""
    sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sought:
            gc.enable()
