"""Agencies of the partnership that can be given facts about a woman."""

from alongside.foundation.gate.actor import Actor
from alongside.register.agencies.codes import AgencyKind
from alongside.register.agencies.facts import agencies

WORK_WITH_WOMEN = frozenset({AgencyKind.SPECIALIST.value, AgencyKind.GENERIC.value})


def receivers(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of every other agency of the partnership that works with women, by name."""
    if actor.partnership is None:
        return []
    rows = agencies(actor.partnership)
    return [(str(row.id), row.name) for row in rows if row.kind in WORK_WITH_WOMEN and row.id != actor.agency]
