"""After a restore, at the machine: what was erased before it is erased again."""

from dataclasses import dataclass, replace
from uuid import UUID

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.vault.keys import ROTATION_SECONDS, key_service
from alongside.register.agencies import queries
from alongside.register.traces.actions import erase_record


@dataclass(frozen=True, slots=True)
class ErasedAgain:
    """`records`: in the ledger; `rows`: records about which something had come back; `keys`: keys that had; `left`: the
    agencies that left, whose keys are gone again."""

    records: int
    rows: int
    keys: int
    left: tuple[UUID, ...] = ()


def restore_erasures() -> ErasedAgain:
    """Go through the ledger of the key process: destroy the keys, and erase the records, that came back."""
    keys = key_service()
    came_back = int(keys.ask("erase_again", ROTATION_SECONDS)["gone"])
    lines = keys.ask("erasures")["erasures"]
    left = {UUID(each["holder"]) for each in lines if each.get("whole")}
    # What an agency that left had erased before is emptied with the rest, when it leaves again.
    stayed = [(UUID(each["holder"]), UUID(each["subject"])) for each in lines if UUID(each["holder"]) not in left]
    erased = set(stayed)
    rows = sum(_again(holder, record) for holder, record in sorted(erased))
    return ErasedAgain(len({record for _, record in erased}), rows, came_back, tuple(sorted(left)))


def _again(holder: UUID, record: UUID) -> bool:
    """Whether something had come back. A holder that is no agency, or not hers, has no such record."""
    operator = replace(queries.operator(), agency=holder, reach="agency")
    with acting_as(operator):
        try:
            return erase_record(operator, record) > 0
        except NotFound:
            return False
