"""Which kinds of facts a role may see, before anything is shared or withheld: data, for the gate. No framework.

OWN: of her own agency's women. SHARED: of other agencies' women, where a grant is in force. FLAG and RISK: of her own
agency's women, only that there is something, or only what is a risk. NAMED: only the worker named for that matter.
CLINICAL: of her own agency's women, what those who treat her wrote; until a room holds that, nothing.
"""

from collections.abc import Iterable
from enum import StrEnum

from alongside.register.agencies.codes import CASEWORKERS, Role
from alongside.register.agencies.codes import RECEIVERS as RECEIVERS
from alongside.register.people.codes import FieldGroup


class Scope(StrEnum):
    OWN = "own"
    SHARED = "shared"
    FLAG = "flag"
    RISK = "risk"
    NAMED = "named"
    CLINICAL = "clinical"


NEVER: frozenset[Scope] = frozenset()


# One line a role; in the order of the groups: identity, safe contact, whereabouts, health, sexual violence,
# immigration, children, court and police, notes, monitoring.
_TABLE = {
    Role.OUTREACH_WORKER: "own/shared own/shared own/shared flag named named flag own/shared own/shared own",
    Role.KEY_WORKER: "own/shared own/shared own/shared own/shared named named own/shared own/shared own/shared own",
    Role.HOSTEL_WORKER: "own/shared own/shared own risk named named risk own/shared own/shared own",
    Role.NURSE: "own/shared own/shared shared own/shared named named risk - clinical own",
    Role.COURT_WORKER: "own/shared own/shared own/shared shared - named - own/shared own/shared own",
    Role.TREATMENT_WORKER: "own/shared own/shared shared own/shared - named risk shared own/shared own",
    Role.MANAGER: "own own own own named named risk own own own",
}
MATRIX: dict[tuple[str, FieldGroup], frozenset[Scope]] = {
    (role.value, group): NEVER if cell == "-" else frozenset(Scope(each) for each in cell.split("/"))
    for role, line in _TABLE.items()
    for group, cell in zip(FieldGroup, line.split(), strict=True)
}
# Never shared by an agreement: the first two go to a named worker or by law only, so asking would promise nothing.
NOT_ASKED = (FieldGroup.SEXUAL_VIOLENCE, FieldGroup.IMMIGRATION, FieldGroup.MONITORING)
ASKED_OF_HER = tuple(group for group in FieldGroup if group not in NOT_ASKED)


# Kept apart from everything else that is written of her; the last two are read by name only.
NAMED_FOR = (FieldGroup.SEXUAL_VIOLENCE, FieldGroup.IMMIGRATION)
PRIVATE = (FieldGroup.HEALTH, FieldGroup.CHILDREN, *NAMED_FOR)


def scopes(roles: Iterable[str], group: FieldGroup) -> frozenset[Scope]:
    """How far whoever holds these roles sees into `group`. A role that the table does not name sees nothing."""
    return NEVER.union(*(MATRIX.get((role, group), NEVER) for role in roles))


def sees_own(roles: Iterable[str], group: FieldGroup) -> bool:
    return Scope.OWN in scopes(roles, group)


def sees_shared(roles: Iterable[str], group: FieldGroup) -> bool:
    return Scope.SHARED in scopes(roles, group)


def may_be_named(roles: Iterable[str]) -> bool:
    """Whether a grant to one worker counts for her: she must work with women at all."""
    return any(role in CASEWORKERS for role in roles)
