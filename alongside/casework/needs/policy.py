"""Who writes down and reads what is known of her on a day, by kind of facts; and who counts it."""

from django.db.models import Q

from alongside.casework.needs.codes import Kept
from alongside.casework.needs.models import MODELS
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency
from alongside.foundation.gate.rows import rows_of
from alongside.register.agencies.codes import CASEWORKERS
from alongside.register.people.about import about_record
from alongside.register.people.codes import FieldGroup
from alongside.register.people.matrix import sees_own

NONE = Q(pk__in=[])
GROUP: dict[Kept, FieldGroup] = {
    Kept.HEALTH: FieldGroup.HEALTH,
    Kept.COURT: FieldGroup.COURT,
    Kept.LIFE: FieldGroup.MONITORING,
}
caseworker = holds(*CASEWORKERS)

permit(
    "needs.see",
    "Caseworkers see what their own agency wrote down of her health, court and life, as far as their role goes.",
    (caseworker,),
)
permit(
    "needs.write",
    "Caseworkers write down what a woman of their own agency tells, as far as their role goes.",
    (caseworker, same_agency),
)
permit(
    "needs.take_in",
    "Caseworkers take in their own agency's book of such answers, about its own records.",
    (caseworker,),
)
permit("needs.count", "The counting job reads answers with their day, without names.", (is_job("counting"),))


def kinds_open_to(actor: Actor) -> tuple[Kept, ...]:
    """The kinds of answers that the actor's role sees of her own agency's women, and so may write."""
    return tuple(kept for kept, group in GROUP.items() if sees_own(actor.roles, group))


def _works_there(actor: Actor) -> bool:
    caseworks = bool(actor.roles & {role.value for role in CASEWORKERS})
    return caseworks and actor.reach == "agency" and actor.agency is not None


def _rule(group: FieldGroup) -> object:
    def rule(actor: Actor) -> Q:
        """By what she agreed to; for counting the partnership's."""
        if actor.job:
            return Q(partnership_id=actor.partnership) if actor.job == "counting" and actor.partnership else NONE
        return about_record(group)(actor) if _works_there(actor) else NONE

    return rule


for _kept, _model in MODELS.items():
    rows_of(_model)(_rule(GROUP[_kept]))  # type: ignore[arg-type]
