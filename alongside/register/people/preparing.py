"""Making the rows of a list ready to be written: sealed, keyed, given their ids. No framework and no database.

It is most of the work of taking a list in, and needs nothing of what is in the vault: it can run while the rows before
are being written.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from alongside.foundation.vault.keys import key_service
from alongside.foundation.vault.seal import blind_index
from alongside.register.people.known import SEALED_FIELDS, Known, as_texts, content_of, seal_texts
from alongside.register.people.lookup import keys as lookup_keys
from alongside.register.people.lookup.parts import parts_of


@dataclass(frozen=True, slots=True)
class Incoming:
    """One woman as a row of a list tells of her."""

    known: Known
    seen_from: date | None = None
    seen_to: date | None = None


class Ready(NamedTuple):
    """One row as it will stand in the vault. `sealed`: one value for each of SEALED_FIELDS."""

    id: UUID
    data_key: bytes
    reference_index: int | None
    content_index: int
    match_keys: list[int]
    seen_from: date | None
    seen_to: date | None
    sealed: tuple[bytes | None, ...]

    @property
    def known_by(self) -> tuple[str, int]:
        """What tells whether the agency has this row already: its reference, or all it says."""
        if self.reference_index is not None:
            return "reference", self.reference_index
        return "content", self.content_index


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows that only this agency can write: their keys are its own."""

    agency: UUID
    rows: tuple[Ready, ...]


def prepare(agency: UUID, rows: Sequence[Incoming]) -> Prepared:
    """Rows in their order, each sealed under a data key of its own for an id of its own."""
    keys = key_service()
    reference_key = keys.index_key(agency, "reference")
    content_key = keys.index_key(agency, "content")
    hashed = lookup_keys.hasher(keys.index_key(agency, lookup_keys.FIELD))
    ready = []
    for row, (data_key, wrapped) in zip(rows, keys.new_data_keys(agency, len(rows)), strict=True):
        made, texts = uuid.uuid4(), as_texts(row.known)
        sealed = seal_texts(data_key, made, texts)
        ready.append(
            Ready(
                made,
                wrapped,
                blind_index(reference_key, row.known.reference) if row.known.reference else None,
                blind_index(content_key, content_of(texts)),
                lookup_keys.match_keys(parts_of(row.known, row.seen_from), hashed),
                row.seen_from,
                row.seen_to,
                tuple(map(sealed.get, SEALED_FIELDS)),
            )
        )
    return Prepared(agency, tuple(ready))
