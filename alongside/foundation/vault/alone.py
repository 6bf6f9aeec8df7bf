"""Sealing one text that stands alone: it carries the id of a data key of its own, so it can be destroyed by itself.

Layout: the byte 2, the id of the data key (16 bytes), then what `Sealer.seal` gives. Overhead: 46 bytes.
"""

from collections.abc import Sequence
from uuid import UUID

from alongside.foundation.vault.keys import ID_BYTES, KeyGone, key_service
from alongside.foundation.vault.seal import Place, SealBroken, seal, unseal

MARK = b"\x02"


def seal_alone(holder: UUID, place: Place, text: str) -> bytes:
    """`text` sealed for `place` under a fresh data key of `holder`, an agency or a partnership."""
    data_key, id = key_service().new_data_keys(holder, 1)[0]
    return MARK + id + seal(data_key, place, text)


def open_alone(holder: UUID, place: Place, sealed: bytes | memoryview) -> str:
    """The inverse. Raises SealBroken: changed, moved, another holder's, or its key was destroyed."""
    return open_all(holder, [(place, sealed)])[0]


def open_all(holder: UUID, values: Sequence[tuple[Place, bytes | memoryview]]) -> list[str]:
    """As `open_alone`, many in one question to the key process."""
    cut = [(place, bytes(sealed)) for place, sealed in values]
    if any(sealed[:1] != MARK for _, sealed in cut):
        raise SealBroken("A sealed text does not carry its key.")
    try:
        keys = key_service().unwrap(holder, [sealed[1 : 1 + ID_BYTES] for _, sealed in cut])
    except KeyGone:
        raise SealBroken("The key of a sealed text is not there any more, or is another agency's.") from None
    return [unseal(key, place, sealed[1 + ID_BYTES :]) for key, (place, sealed) in zip(keys, cut, strict=True)]
