"""Sentences in a worker's own words beside a decision or an acceptance. Sealed, since a name may slip into one."""

from collections.abc import Sequence
from uuid import UUID

from alongside.foundation.vault.alone import open_all, seal_all
from alongside.foundation.vault.seal import Place

Held = bytes | memoryview | None


def sealed_remark(holder: UUID, place: Place, words: str) -> bytes | None:
    """`words` sealed for `place`; None for no words. `holder`: the agency, or the partnership, that may read them."""
    return sealed_remarks(holder, [(place, words)])[0]


def remark(holder: UUID, place: Place, sealed: Held) -> str:
    """The inverse of `sealed_remark`."""
    return remarks(holder, [(place, sealed)])[0]


def sealed_remarks(holder: UUID, words: Sequence[tuple[Place, str]]) -> list[bytes | None]:
    """As `sealed_remark`, in one question to the key process however many there are."""
    sealed = iter(seal_all(holder, [each for each in words if each[1]]))
    return [next(sealed) if text else None for _, text in words]


def remarks(holder: UUID, sealed: Sequence[tuple[Place, Held]]) -> list[str]:
    """The inverse of `sealed_remarks`."""
    opened = iter(open_all(holder, [(place, held) for place, held in sealed if held]))
    return [next(opened) if held else "" for _, held in sealed]
