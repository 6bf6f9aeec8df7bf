"""Who sees the picture, and how much of it."""

from django.db.models import Q

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_partnership
from alongside.foundation.gate.rows import rows_of
from alongside.insight.population.models import OutsidePicture, Picture
from alongside.register.agencies.codes import CASEWORKERS, Role

NONE = Q(pk__in=[])
coordinator = holds(Role.COORDINATOR)
insiders = holds(*(role for role in Role if role is not Role.CONTRIBUTOR))
readers = holds(*CASEWORKERS, Role.COORDINATOR, Role.COMMISSIONER)

permit("picture.exist", "For a contributor the picture does not exist.", (insiders,), without_passkey=True)
permit(
    "picture.see",
    "The co-ordinator sees the picture with exact numbers and no name. Caseworkers, managers and commissioners see the"
    " pictures that she gave, by the small-number rule: an exact or living number would tell an agency, by what changes"
    " after it adds a record, whether another one knows the woman.",
    (readers,),
    without_passkey=True,
)
permit("picture.download", "Whoever sees a picture may take it away as a file, with the same numbers.", (readers,))
permit(
    "picture.make",
    "The co-ordinator asks for the picture to be counted again, and opens what leads to giving it.",
    (coordinator,),
)
permit("picture.count", "The counting job counts one partnership from facts without names.", (is_job("counting"),))
permit(
    "picture.give",
    "The co-ordinator gives a picture to the commissioner and the agencies, once in a quarter; it stays as it is.",
    (coordinator, same_partnership),
)


@rows_of(Picture)
def pictures(actor: Actor) -> Q:
    """Exact numbers: for the co-ordinator and the job that counts."""
    entitled = actor.job == "counting" or Role.COORDINATOR.value in actor.roles
    return Q(partnership_id=actor.partnership) if entitled and actor.reach == "coordinator" else NONE


@rows_of(OutsidePicture)
def given(actor: Actor) -> Q:
    entitled = actor.roles & {role.value for role in (*CASEWORKERS, Role.COORDINATOR, Role.COMMISSIONER)}
    return Q(partnership_id=actor.partnership) if actor.partnership and entitled else NONE
