"""What to call her on a page of beds: her name for her own agency's workers, her record's code for the co-ordinator."""

from collections.abc import Iterable
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.register.people.queries import called, names, records

UNKNOWN = "A record that is no longer there"


def called_by(actor: Actor, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """One trail row where names are opened. A record out of reach is left out."""
    wanted = sorted({each for each in ids if each is not None})
    if not wanted:
        return {}
    codes = {row.id: row.code for row in records(actor, wanted)}
    known = names(actor, sorted(codes)) if actor.reach == "agency" else {}
    return {pk: called(known[pk]) if pk in known and known[pk].names else code for pk, code in codes.items()}
