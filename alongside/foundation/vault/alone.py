"""Sealing one text that stands alone: it carries the id of a data key of its own, so it can be destroyed by itself.

Layout: the byte 2, the id of the data key (16 bytes), then what `Sealer.seal` gives. Overhead: 46 bytes.
"""

from collections.abc import Sequence
from uuid import UUID

from alongside.foundation.vault.keys import ID_BYTES, KeyGone, key_service
from alongside.foundation.vault.seal import Place, SealBroken, seal, unseal
from alongside.foundation.vault.wire import WEB_AT_ONCE

MARK = b"\x02"


def seal_alone(holder: UUID, place: Place, text: str) -> bytes:
    """`text` sealed for `place` under a fresh data key of `holder`, an agency or a partnership."""
    return seal_all(holder, [(place, text)])[0]


def seal_all(holder: UUID, values: Sequence[tuple[Place, str]]) -> list[bytes]:
    """As `seal_alone`, many in one question to the key process."""
    made: list[tuple[bytes, bytes]] = []
    for start in range(0, len(values), WEB_AT_ONCE):
        made += key_service().new_data_keys(holder, min(WEB_AT_ONCE, len(values) - start))
    return [MARK + id + seal(key, place, text) for (key, id), (place, text) in zip(made, values, strict=True)]


def open_alone(holder: UUID, place: Place, sealed: bytes | memoryview) -> str:
    """The inverse. Raises SealBroken: changed, moved, another holder's, or its key was destroyed."""
    return open_all(holder, [(place, sealed)])[0]


def open_all(holder: UUID, values: Sequence[tuple[Place, bytes | memoryview]]) -> list[str]:
    """As `open_alone`, many in one question to the key process (a page's worth; more are asked in turns)."""
    cut = [(place, bytes(sealed)) for place, sealed in values]
    if any(sealed[:1] != MARK for _, sealed in cut):
        raise SealBroken("A sealed text does not carry its key.")
    opened: list[str] = []
    for start in range(0, len(cut), WEB_AT_ONCE):
        some = cut[start : start + WEB_AT_ONCE]
        try:
            keys = key_service().unwrap(holder, [sealed[1 : 1 + ID_BYTES] for _, sealed in some])
        except KeyGone:
            raise SealBroken("The key of a sealed text is not there any more, or is another agency's.") from None
        opened += [unseal(key, place, sealed[1 + ID_BYTES :]) for key, (place, sealed) in zip(keys, some, strict=True)]
    return opened
