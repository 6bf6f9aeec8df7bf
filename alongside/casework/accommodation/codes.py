"""Steps of the pathway, why a bed is taken, how a stay ends, who waits and why: value and words."""

from alongside.register.agencies.codes import Coded, Source, Takes

__all__ = ["Source", "Takes"]  # the register's own words: whom a service takes, how a woman comes to it


class Step(Coded):
    """A kind of place. Which leads to which is data of each house, so a pathway may have any shape."""

    FIRST_STAGE = "first_stage", "First stage"
    SECOND_STAGE = "second_stage", "Second stage"
    SEMI_INDEPENDENT = "semi_independent", "Semi-independent"
    FLAT = "flat", "Move-on flat"
    HOSTEL = "hostel", "Generic hostel"
    HIGH_SUPPORT = "high_support", "High support"
    DRUG_FREE = "drug_free", "Drug-free third stage"
    FLOATING = "floating", "Floating support"
    TENANCY = "tenancy", "Own tenancy"


class Staffed(Coded):
    ALWAYS = "always", "Staff day and night"
    DAYS = "days", "Staff in the day"
    VISITS = "visits", "A worker visits"


class BedKind(Coded):
    BED = "bed", "Bed"
    ROOM = "room", "Room"
    FLAT = "flat", "Flat"
    PLACE = "place", "Place"


class UseKind(Coded):
    STAY = "stay", "She stays here"
    HOLD = "hold", "Held for her"
    VOID = "void", "Not in use"


class VoidReason(Coded):
    REPAIR = "repair", "Being repaired"
    MAKING_READY = "making_ready", "Being made ready"
    NO_STAFF = "no_staff", "Not enough staff"
    CLOSED = "closed", "Closed for good"


class EndReason(Coded):
    """Why a stay ended. `planned` says which of them were agreed with her beforehand."""

    MOVED_ON = "moved_on", "Moved on as planned"
    TREATMENT = "treatment", "To treatment, as planned"
    HER_CHOICE = "her_choice", "Her own choice"
    HOUSE_ENDED = "house_ended", "The house ended it"
    ARREARS = "arrears", "Rent that was owed"
    NOT_SAFE = "not_safe", "Not safe for her here"
    PRISON = "prison", "Prison"
    HOSPITAL = "hospital", "Hospital"
    NOT_SEEN = "not_seen", "We no longer see her"
    DIED = "died", "She died"

    @property
    def is_planned(self) -> bool:
        return self in (EndReason.MOVED_ON, EndReason.TREATMENT)


class WhereTo(Coded):
    FIRST_STAGE = "first_stage", "First stage"
    SECOND_STAGE = "second_stage", "Second stage"
    SEMI_INDEPENDENT = "semi_independent", "Semi-independent"
    FLAT = "flat", "Move-on flat"
    HOSTEL = "hostel", "Generic hostel"
    HIGH_SUPPORT = "high_support", "High support"
    DRUG_FREE = "drug_free", "Drug-free third stage"
    TENANCY = "tenancy", "Own tenancy"
    TREATMENT = "treatment", "Detox or rehab"
    FAMILY = "family", "Family or friends"
    NOWHERE = "nowhere", "No settled place"
    PRISON = "prison", "Prison"
    HOSPITAL = "hospital", "Hospital"
    DIED = "died", "She died"
    NOT_KNOWN = "not_known", "She does not know yet"
    NOT_SAID = "not_said", "She chose not to say"
    NOT_ASKED = "not_asked", "We did not ask"


class AwayKind(Coded):
    LEAVE = "leave", "On leave"
    HOSPITAL = "hospital", "In hospital"
    PRISON = "prison", "In prison"
    TREATMENT = "treatment", "In detox or rehab"
    NOT_SEEN = "not_seen", "Not seen"


class BlockedBy(Coded):
    """Why she cannot move although she is ready."""

    NO_PLACE = "no_place", "No place is free"
    TURNED_DOWN = "turned_down", "The next place turned her down"
    MONEY = "money", "Deposit or rent in advance"
    PAPERS = "papers", "Papers or benefits"
    TREATMENT = "treatment", "Waiting for treatment first"
    NOT_YET = "not_yet", "She wants to wait"


class TaskKind(Coded):
    NOTICE = "notice", "Give notice here"
    RENT = "rent", "Rent account and benefits"
    DEPOSIT = "deposit", "Deposit"
    VIEWING = "viewing", "Viewing and keys"
    FURNITURE = "furniture", "Furniture"
    HEALTH = "health", "Doctor and chemist near the new place"
    SUPPORT = "support", "Support after the move"


class Need(Coded):
    """What holds for her while she waits; the stated order speaks of these."""

    NOWHERE = "nowhere", "Nowhere to sleep tonight"
    NOT_SAFE = "not_safe", "Not safe where she is"
    READY = "ready", "She says she is ready now"
    LEAVING = "leaving", "Leaves prison, hospital or treatment"
    MOVING = "moving", "Ready to move on from another house"
    BACK = "back", "Comes back after a stay that broke down"


class WaitingEnd(Coded):
    PLACED = "placed", "Given a bed"
    ELSEWHERE = "elsewhere", "Moved to another place"
    HER_CHOICE = "her_choice", "She no longer wants it"
    NOT_SEEN = "not_seen", "We no longer see her"
    DIED = "died", "She died"


class WaitingStep(Coded):
    JOINED = "joined", "Put on the list"
    CHANGED = "changed", "What holds for her changed"
    OFFERED = "offered", "Offered a bed"
    NOT_NOW = "not_now", "She said: not now"
    ENDED = "ended", "Left the list"
