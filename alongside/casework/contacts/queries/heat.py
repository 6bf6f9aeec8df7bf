"""Where contacts fell, by hexagon of the ground."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.codes import Outcome
from alongside.casework.contacts.models import Contact, UnnamedContact
from alongside.casework.contacts.queries.places import Drawn, ground
from alongside.casework.contacts.rules import heat as rules
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check


@dataclass(frozen=True, slots=True)
class HeatMap:
    """`cells`: every hexagon of the ground, under the rule for small numbers. `elsewhere`: contacts in none of them."""

    since: date
    until: date
    ground: list[Drawn]
    cells: list[rules.Heat]
    contacts: int
    elsewhere: int


def heat(actor: Actor, weeks: int) -> HeatMap:
    """The own agency's contacts of the last so many weeks until yesterday; hoped for and not seen is none."""
    check(actor, "contacts.see")
    until = timezone.localdate() - timedelta(days=1)
    since = until - timedelta(weeks=weeks, days=-1)
    found: list[tuple[str, UUID | None]] = []
    for model in (Contact, UnnamedContact):
        rows = model.objects.visible_to(actor).filter(
            agency_id=actor.agency, occurred_at__date__range=(since, until), withdrawn_at=None
        )
        columns = ["hexagon", *(["record_id"] if model is Contact else [])]
        told = rows.exclude(outcome=Outcome.NOT_SEEN).order_by("id").values_list(*columns)
        found += [(cell, hers[0] if hers else None) for cell, *hers in told]
    drawn = ground(actor)
    cells = [each.cell for area in drawn for each in area.hexagons]
    here = set(cells)
    within = [each for each in found if each[0] in here]
    return HeatMap(since, until, drawn, rules.heat(cells, within), len(within), len(found) - len(within))
