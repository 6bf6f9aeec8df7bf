"""Who keeps an agency's stock, and who counts it."""

from django.db.models import Q

from alongside.casework.supplies.models import StockMove, StockPlace
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency
from alongside.foundation.gate.rows import rows_of
from alongside.register.agencies.codes import CASEWORKERS

NONE = Q(pk__in=[])
caseworker = holds(*CASEWORKERS)

permit("supplies.see", "Caseworkers see what their own agency has on its shelves.", (caseworker,))
permit("supplies.keep", "Caseworkers set up their agency's shelves.", (caseworker,))
permit(
    "supplies.move",
    "Caseworkers record what came onto, or went from, a shelf of their own agency.",
    (caseworker, same_agency),
)
permit("supplies.count", "The counting job reads what went out, without a name.", (is_job("counting"),))


def own(actor: Actor) -> Q:
    """The agency's own shelves, for those who work with women; the partnership's for counting."""
    if actor.job == "counting" and actor.partnership:
        return Q(partnership_id=actor.partnership)
    works_there = bool(actor.roles & {role.value for role in CASEWORKERS})
    return Q(agency_id=actor.agency) if actor.reach == "agency" and actor.agency and works_there else NONE


rows_of(StockPlace)(own)
rows_of(StockMove)(own)
