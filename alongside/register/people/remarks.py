"""Sentences in a worker's own words beside a decision or an acceptance. Sealed, since a name may slip into one."""

from uuid import UUID

from alongside.foundation.vault.alone import open_alone, seal_alone
from alongside.foundation.vault.seal import Place


def sealed_remark(holder: UUID, place: Place, words: str) -> bytes | None:
    """`words` sealed for `place`; None for no words. `holder`: the agency, or the partnership, that may read them."""
    return seal_alone(holder, place, words) if words else None


def remark(holder: UUID, place: Place, sealed: bytes | memoryview | None) -> str:
    """The inverse of `sealed_remark`."""
    return open_alone(holder, place, sealed) if sealed else ""
