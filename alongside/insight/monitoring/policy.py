"""Who counts, who reads a return, and who gets from a figure to the women behind it."""

from django.db.models import Q

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency, same_partnership
from alongside.foundation.gate.rows import rows_of
from alongside.insight.monitoring.models import Given, Passage, Preparation, Release, Return, ReturnWoman, Snapshot
from alongside.register.agencies.codes import CASEWORKERS, Role
from alongside.register.people.about import about_record
from alongside.register.people.codes import FieldGroup

NONE = Q(pk__in=[])
caseworkers = holds(*CASEWORKERS)
readers = holds(*CASEWORKERS, Role.COORDINATOR)
makers = holds(Role.MANAGER, Role.COORDINATOR)

permit(
    "returns.see",
    "Caseworkers see the returns of their own agency, the co-ordinator those of the partnership and its agencies:"
    " counts, and no name.",
    (readers,),
    without_passkey=True,
)
permit("returns.download", "Whoever sees a return may take it away as a file, with the same numbers.", (readers,))
permit(
    "returns.make",
    "A service manager has a return of her agency counted, the co-ordinator one of the partnership.",
    (makers,),
)
permit("returns.count", "The counting job counts one partnership from facts without names.", (is_job("counting"),))
permit(
    "returns.open_women",
    "Caseworkers ask which women of their agency stand behind a figure.",
    (caseworkers,),
)
permit(
    "returns.see_women",
    "Caseworkers see which women of their own agency stand behind a figure of its return.",
    (caseworkers, same_agency),
)
permit(
    "returns.definitions",
    "Caseworkers, the co-ordinator and commissioners read what each figure counts.",
    (holds(*CASEWORKERS, Role.COORDINATOR, Role.COMMISSIONER),),
    without_passkey=True,
)
permit(
    "returns.snapshots",
    "The co-ordinator sees which snapshots were made, each with its hash.",
    (holds(Role.COORDINATOR),),
    without_passkey=True,
)
permit(
    "returns.open_releases",
    "Caseworkers, the co-ordinator and commissioners see what was released; managers and the co-ordinator also what"
    " waits for its release.",
    (holds(*CASEWORKERS, Role.COORDINATOR, Role.COMMISSIONER),),
    without_passkey=True,
)
permit("returns.start_release", "The co-ordinator opens what leads to a release.", (holds(Role.COORDINATOR),))
permit(
    "returns.prepare",
    "The co-ordinator prepares a return of her own partnership for release.",
    (holds(Role.COORDINATOR), same_partnership),
)
permit(
    "returns.check_release",
    "The counting job checks what was asked for as a release, and keeps the release or why there is none.",
    (is_job("counting"),),
)
permit("returns.open_giving", "Service managers and the co-ordinator open what lets a release go out.", (makers,))
permit(
    "returns.give",
    "A service manager or another co-ordinator of the partnership lets go out what one person prepared.",
    (makers, same_partnership),
)
permit(
    "returns.explain",
    "A service manager writes beside a release of her partnership that waits, in the name of her agency.",
    (holds(Role.MANAGER), same_partnership),
)
permit("returns.open_explaining", "Service managers open what writes beside a release.", (holds(Role.MANAGER),))
permit(
    "returns.take_back_words",
    "A service manager takes back what her agency wrote beside a release that waits.",
    (holds(Role.MANAGER), same_agency),
)


def _whole_partnership(actor: Actor) -> bool:
    entitled = actor.job == "counting" or Role.COORDINATOR.value in actor.roles
    return bool(actor.partnership) and entitled and actor.reach == "coordinator"


def _works_there(actor: Actor) -> bool:
    held = actor.roles & {role.value for role in CASEWORKERS}
    return bool(actor.agency) and actor.reach == "agency" and bool(held)


@rows_of(Snapshot)
def snapshots(actor: Actor) -> Q:
    return Q(partnership_id=actor.partnership) if _whole_partnership(actor) else NONE


@rows_of(Return)
def returns(actor: Actor) -> Q:
    """An agency's own; for the co-ordinator and the job that counts, the partnership's."""
    if _whole_partnership(actor):
        return Q(partnership_id=actor.partnership)
    return Q(agency_id=actor.agency) if _works_there(actor) else NONE


@rows_of(ReturnWoman)
def women(actor: Actor) -> Q:
    """The agency's own alone, whoever else reads the return; never a woman from whom the worker is kept."""
    return Q(agency_id=actor.agency) & about_record(FieldGroup.WHEREABOUTS)(actor) if _works_there(actor) else NONE


@rows_of(Release)
def releases(actor: Actor) -> Q:
    """What was released; for those who prepare, check and release it also what waits. Rounded numbers only."""
    if actor.job == "counting" or actor.roles & {Role.MANAGER.value, Role.COORDINATOR.value}:
        return Q(partnership_id=actor.partnership)
    return Q(partnership_id=actor.partnership, given__isnull=False) if _reads_releases(actor) else NONE


@rows_of(Passage)
def passages(actor: Actor) -> Q:
    """As the release they stand beside."""
    if actor.roles & {Role.MANAGER.value, Role.COORDINATOR.value}:
        return Q(partnership_id=actor.partnership)
    went_out = Q(partnership_id=actor.partnership, release__given__isnull=False)
    return went_out if _reads_releases(actor) else NONE


@rows_of(Given)
def given(actor: Actor) -> Q:
    entitled = actor.job == "counting" or _reads_releases(actor)
    return Q(partnership_id=actor.partnership) if entitled else NONE


@rows_of(Preparation)
def preparations(actor: Actor) -> Q:
    """Of those who see the partnership's returns: what a refusal says is about exact counts."""
    return Q(partnership_id=actor.partnership) if _whole_partnership(actor) else NONE


def _reads_releases(actor: Actor) -> bool:
    entitled = actor.roles & {role.value for role in (*CASEWORKERS, Role.COORDINATOR, Role.COMMISSIONER)}
    return bool(actor.partnership and entitled)
