"""Everything that shares a woman's record, ends that, and keeps out whom she fears."""

from alongside.register.people.sharing.agree import (
    NotAReceiver,
    NothingShared,
    end_grants,
    give_grant,
    open_as_agreed,
    open_by_law,
    withdraw_grant,
)
from alongside.register.people.sharing.handouts import destroyed, hand_out, stopped_using
from alongside.register.people.sharing.keep_out import (
    AlreadyKeptOut,
    KeepsYouOut,
    NobodyToKeepOut,
    declare_conflict,
    exclude,
    lift_exclusion,
)

__all__ = [
    "AlreadyKeptOut",
    "KeepsYouOut",
    "NobodyToKeepOut",
    "NotAReceiver",
    "NothingShared",
    "declare_conflict",
    "destroyed",
    "end_grants",
    "exclude",
    "give_grant",
    "hand_out",
    "lift_exclusion",
    "open_as_agreed",
    "open_by_law",
    "stopped_using",
    "withdraw_grant",
]
