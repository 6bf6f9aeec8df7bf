"""Everything that shares a woman's record, ends that, and keeps out whom she fears."""

from alongside.register.people.sharing.agree import (
    NotAReceiver,
    NothingShared,
    SheHasDied,
    end_all_of,
    end_grants,
    give_grant,
    open_as_agreed,
    open_by_law,
    withdraw_grant,
)
from alongside.register.people.sharing.bringing import BroughtAlready, NotAgreed, bring, take_off
from alongside.register.people.sharing.handouts import destroyed, hand_out, hand_out_all, stopped_using
from alongside.register.people.sharing.keep_out import (
    AlreadyKeptOut,
    KeepsYouOut,
    NobodyToKeepOut,
    declare_conflict,
    exclude,
    lift_exclusion,
)
from alongside.register.people.sharing.leading import NotALeader, NotLinked, lead, offer_lead, take_lead
from alongside.register.people.sharing.matters import (
    CantBeNamed,
    NotForYourRole,
    NotYoursToName,
    end_matter,
    name_worker,
    write_matter,
)
from alongside.register.people.sharing.standing import NotedAlready, SayWhy, lift_standing, note_standing, say_why

__all__ = [
    "AlreadyKeptOut",
    "BroughtAlready",
    "CantBeNamed",
    "KeepsYouOut",
    "NobodyToKeepOut",
    "NotALeader",
    "NotAReceiver",
    "NotAgreed",
    "NotForYourRole",
    "NotLinked",
    "NotYoursToName",
    "NotedAlready",
    "NothingShared",
    "SayWhy",
    "SheHasDied",
    "bring",
    "declare_conflict",
    "destroyed",
    "end_all_of",
    "end_grants",
    "end_matter",
    "exclude",
    "give_grant",
    "hand_out",
    "hand_out_all",
    "lead",
    "lift_exclusion",
    "lift_standing",
    "name_worker",
    "note_standing",
    "offer_lead",
    "open_as_agreed",
    "open_by_law",
    "say_why",
    "stopped_using",
    "take_lead",
    "take_off",
    "withdraw_grant",
    "write_matter",
]
