"""Who makes and ends the keys of an agency's programs."""

from django.db.models import Q

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency
from alongside.foundation.gate.rows import rows_of
from alongside.register.agencies.codes import Role
from alongside.register.programs.models import ProgramKey

permit("programs.keep", "A service manager makes keys for her agency's programs.", (holds(Role.MANAGER),))
permit("programs.end", "A service manager ends a key of her own agency.", (holds(Role.MANAGER), same_agency))
permit(
    "programs.end_all",
    "The sharing job of an agency that leaves ends every key of its programs.",
    (is_job("sharing"), same_agency),
)
permit(
    "programs.read",
    "A program of the agency, let in by its own key, reads what the key was made for.",
    (is_job("program"), same_agency),
)


@rows_of(ProgramKey)
def keys(actor: Actor) -> Q:
    """The agency's own, for its managers, for the program that shows one, and for the job that ends them all."""
    sees = actor.job in ("program", "sharing") or Role.MANAGER in actor.roles
    return Q(agency_id=actor.agency) if sees and actor.reach == "agency" and actor.agency else Q(pk__in=[])
