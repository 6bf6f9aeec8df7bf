"""What she talked of and what worries us, as the one text that is sealed."""

from collections.abc import Iterable
from typing import NamedTuple


class Matters(NamedTuple):
    """Codes of `Topic`, and one of `Worry`; empty is not asked."""

    topics: tuple[str, ...] = ()
    worry: str = ""


def as_text(topics: Iterable[str], worry: str) -> str:
    """`health,leaving|hurt`; nothing where nothing was told, so that nothing is sealed for it."""
    return f"{','.join(sorted(topics))}|{worry}" if topics or worry else ""


def of_text(text: str) -> Matters:
    """The inverse of `as_text`."""
    topics, _, worry = text.partition("|")
    return Matters(tuple(topics.split(",")) if topics else (), worry)
