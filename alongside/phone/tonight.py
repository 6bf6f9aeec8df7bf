"""What a phone may carry for one night: what she likes to be called, what not to do to reach her, why we look for her.

Nothing else.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from alongside.casework.contacts import queries as contacts
from alongside.foundation.gate.actor import Actor


@dataclass(frozen=True, slots=True)
class OnList:
    """A woman on the list. `why` and `alerts` are words of our own codes; what somebody wrote stays at home."""

    record: UUID
    called: str
    why: str
    alerts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TonightsList:
    shift: UUID | None
    women: tuple[OnList, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "shift": str(self.shift) if self.shift else None,
            "women": [
                {"record": str(her.record), "called": her.called, "why": her.why, "alerts": list(her.alerts)}
                for her in self.women
            ],
        }


def tonights_list(actor: Actor) -> TonightsList:
    """The list of the shift that the actor is out on, or of tonight. The names leave one trail row."""
    shift = contacts.current_shift(actor)
    hoped_for = contacts.tonights_list(actor, shift.id if shift else None)
    safe = contacts.safe_contacts(actor, [her.record for her in hoped_for])
    women = tuple(
        OnList(
            her.record,
            her.name,
            her.tonight or (her.reasons[0] if her.reasons else ""),
            (*(safe[her.record].alerts() if her.record in safe else ()), *her.reasons),
        )
        for her in hoped_for
    )
    return TonightsList(shift.id if shift else None, women)


def planned_shift(actor: Actor) -> str | None:
    """The shift that a phone begins: the one the actor is on, or the next that may begin now; None where none is."""
    out = contacts.current_shift(actor)
    if out:
        return str(out.id)
    mine = [row for row in contacts.shifts_to_begin(actor) if any(each.worker == actor.user for each in row.crew)]
    return str(mine[0].id) if mine else None


def open_areas(actor: Actor) -> list[dict[str, str]]:
    """The areas that a contact can be in, by name."""
    return [{"id": str(area.id), "words": area.name} for area in contacts.areas(actor)]


def ground(actor: Actor) -> list[dict[str, Any]]:
    """The same with the hexagons of those that are drawn: the finest place that a phone can tell."""
    cells = {
        str(area.id): [{"id": each.cell, "words": each.words} for each in area.hexagons]
        for area in contacts.ground(actor)
    }
    return [{**area, "hexagons": cells.get(area["id"], [])} for area in open_areas(actor)]
