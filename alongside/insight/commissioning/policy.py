"""Who sets and sees what was agreed, who asks and answers, and who hands in a return made elsewhere."""

from django.db.models import Q

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, permit, same_agency, same_partnership
from alongside.foundation.gate.rows import rows_of
from alongside.insight.commissioning.models import Answer, AreaFigure, OldReturn, Plan, Question, Target
from alongside.register.agencies.codes import CASEWORKERS, Role

NONE = Q(pk__in=[])
ACCOUNTABLE = (Role.MANAGER, Role.COORDINATOR)
everyone = holds(*CASEWORKERS, Role.COORDINATOR, Role.COMMISSIONER)
insiders = holds(*CASEWORKERS, Role.COORDINATOR)
accountable = holds(*ACCOUNTABLE)

permit(
    "commissioning.see",
    "Caseworkers see what was agreed for services of their agency and for the partnership; the co-ordinator and"
    " commissioners all of it, commissioners beside released figures only.",
    (everyone,),
    without_passkey=True,
)
permit("commissioning.open_setting", "Service managers and the co-ordinator open what sets a plan.", (accountable,))
permit(
    "commissioning.set",
    "A service manager sets plans and targets of her agency's services, the co-ordinator any of the partnership.",
    (holds(Role.MANAGER), same_agency),
    (holds(Role.COORDINATOR), same_partnership),
)
permit(
    "commissioning.review",
    "Caseworkers see how the figures of their agency moved over two years, the co-ordinator those of the partnership.",
    (insiders,),
    without_passkey=True,
)
permit(
    "commissioning.fill",
    "Whoever sees a return may have a commissioner's own template filled with its figures.",
    (insiders,),
)
permit(
    "commissioning.questions",
    "Caseworkers, the co-ordinator and commissioners see what was asked about released figures, and the answers.",
    (everyone,),
    without_passkey=True,
)
permit(
    "commissioning.areas",
    "Caseworkers, the co-ordinator and commissioners see figures of other areas beside ours; all but the co-ordinator"
    " beside what was released.",
    (everyone,),
)
permit("commissioning.set_area", "The co-ordinator writes down what other areas printed.", (holds(Role.COORDINATOR),))
permit(
    "commissioning.change_area",
    "The co-ordinator takes back a figure of another area that stands beside her partnership's.",
    (holds(Role.COORDINATOR), same_partnership),
)
permit("commissioning.ask", "A commissioner asks about a figure that was released.", (holds(Role.COMMISSIONER),))
permit("commissioning.answer", "Service managers and the co-ordinator answer.", (accountable,))
permit("commissioning.open_closing", "Commissioners open what closes a question.", (holds(Role.COMMISSIONER),))
permit(
    "commissioning.close",
    "A commissioner of the agency that asked closes the question; until then it stands on the agenda.",
    (holds(Role.COMMISSIONER), same_agency),
)
permit(
    "commissioning.old_returns",
    "Service managers and the co-ordinator hand in returns that were made elsewhere, and see what does not fit.",
    (accountable,),
)
permit(
    "commissioning.throw_away",
    "Who handed in a return made elsewhere, or a colleague in the same role, throws it away.",
    (accountable, same_agency),
)


def _is(actor: Actor, *roles: Role) -> bool:
    return bool(actor.partnership and actor.roles & {role.value for role in roles})


def _agreed(actor: Actor) -> Q:
    if _is(actor, Role.COORDINATOR, Role.COMMISSIONER):
        return Q(partnership_id=actor.partnership)
    own = Q(partnership_id=actor.partnership) & (Q(agency_id=actor.agency) | Q(agency=None))
    return own if _is(actor, *CASEWORKERS) else NONE


@rows_of(Plan)
def plans(actor: Actor) -> Q:
    """The partnership's for everyone in it; of services those of the own agency, for commissioners all."""
    return _agreed(actor)


@rows_of(Target)
def targets(actor: Actor) -> Q:
    return _agreed(actor)


def _in_the_room(actor: Actor) -> Q:
    entitled = _is(actor, *CASEWORKERS, Role.COORDINATOR, Role.COMMISSIONER)
    return Q(partnership_id=actor.partnership) if entitled else NONE


@rows_of(AreaFigure)
def area_figures(actor: Actor) -> Q:
    """Printed elsewhere: for everyone who reads figures here."""
    return _in_the_room(actor)


@rows_of(Question)
def questions(actor: Actor) -> Q:
    """About figures that went out: whoever reads those reads these."""
    return _in_the_room(actor)


@rows_of(Answer)
def answers(actor: Actor) -> Q:
    return _in_the_room(actor)


@rows_of(OldReturn)
def old_returns(actor: Actor) -> Q:
    """The agency's own, for those who answer for its figures."""
    return Q(agency_id=actor.agency) if actor.agency and _is(actor, *ACCOUNTABLE) else NONE
