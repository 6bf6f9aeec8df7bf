"""Sentences in a worker's own words beside a decision or an acceptance. Sealed, since a name may slip into one."""

from uuid import UUID

from alongside.foundation.vault.keys import key_service
from alongside.foundation.vault.seal import Place, seal, unseal


def sealed_remark(holder: UUID, place: Place, words: str) -> bytes | None:
    """`words` sealed for `place`; None for no words. `holder`: the agency, or the partnership, that may read them."""
    return seal(key_service().remark_key(holder), place, words) if words else None


def remark(holder: UUID, place: Place, sealed: bytes | memoryview | None) -> str:
    """The inverse of `sealed_remark`."""
    return unseal(key_service().remark_key(holder), place, bytes(sealed)) if sealed else ""
