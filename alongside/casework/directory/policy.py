"""Who reads what is open, and who keeps it."""

from django.db.models import Q

from alongside.casework.directory.models import OpenPlace
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, permit, same_agency
from alongside.foundation.gate.rows import rows_of
from alongside.register.agencies.codes import CASEWORKERS, Role

permit(
    "directory.see",
    "Caseworkers and the co-ordinator see what is open, and print the card.",
    (holds(*CASEWORKERS, Role.COORDINATOR),),
)
permit("directory.add", "A service manager adds a place of her agency.", (holds(Role.MANAGER),))
permit("directory.keep", "A service manager keeps a place of her own agency.", (holds(Role.MANAGER), same_agency))


@rows_of(OpenPlace)
def places(actor: Actor) -> Q:
    """The partnership's: nothing about a woman stands there."""
    works_there = actor.reach == "agency" and bool(actor.roles & {role.value for role in CASEWORKERS})
    reads = works_there or Role.COORDINATOR in actor.roles
    return Q(partnership_id=actor.partnership) if reads and actor.partnership else Q(pk__in=[])
