"""Kinds of agency, settings and roles: value and words."""

from enum import StrEnum

from alongside.foundation.gate.actor import Reach


class Coded(StrEnum):
    """A code with its words."""

    words: str

    def __new__(cls, value: str, words: str = "") -> "Coded":
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.words) for member in cls]


class AgencyKind(Coded):
    SPECIALIST = "specialist", "Specialist agency"
    GENERIC = "generic", "Generic agency"
    COMMISSIONER = "commissioner", "Commissioner"
    CONTRIBUTOR = "contributor", "Contributor: gives, sees nothing"
    OUTSIDE = "outside", "Outside agency, without an account"


class Setting(Coded):
    STREET = "street", "Street outreach"
    CASEWORK = "casework", "Casework"
    DROPIN = "dropin", "Drop-in"
    ACCOMMODATION = "accommodation", "Accommodation"
    JUSTICE = "justice", "Police, court and prison"
    NONE = "none", "No direct work"


class ServiceKind(Coded):
    OUTREACH = "outreach", "Outreach team"
    DROPIN = "dropin", "Drop-in"
    CASEWORK = "casework", "Casework"
    CLINIC = "clinic", "Clinic"
    TREATMENT = "treatment", "Drug and alcohol treatment"
    HOSTEL = "hostel", "Hostel"
    HOUSE = "house", "Shared house"
    FLATS = "flats", "Flats"
    FLOATING = "floating", "Floating support"
    COURT = "court", "Court scheme"
    PRISON = "prison", "Prison link"


# Kinds in which a woman lives: a referral there asks for a bed.
HOUSING = (ServiceKind.HOSTEL, ServiceKind.HOUSE, ServiceKind.FLATS)


class Takes(Coded):
    """Whom a service can take. What a service does not name it does not take."""

    WOMEN_ONLY = "women_only", "Women only"
    CHILDREN = "children", "With children"
    COUPLES = "couples", "With a partner"
    PETS = "pets", "With a pet"
    STILL_USING = "still_using", "Still using"
    DRUG_FREE = "drug_free", "Drug free"
    DUAL_DIAGNOSIS = "dual_diagnosis", "Mental health and drug use together"
    STEP_FREE = "step_free", "Needs no stairs"


class Source(Coded):
    """How a woman comes to a service."""

    AGENCY = "agency", "Referred by an agency"
    OUTREACH = "outreach", "Met on outreach"
    SELF = "self", "She asked herself"
    COURT = "court", "From court"
    PRISON = "prison", "From prison"


class Role(Coded):
    OUTREACH_WORKER = "outreach_worker", "Outreach worker"
    KEY_WORKER = "key_worker", "Key worker"
    HOSTEL_WORKER = "hostel_worker", "Hostel worker"
    NURSE = "nurse", "Nurse or prescriber"
    COURT_WORKER = "court_worker", "Court and prison link worker"
    TREATMENT_WORKER = "treatment_worker", "Treatment key worker"
    MANAGER = "manager", "Service manager"
    COORDINATOR = "coordinator", "Partnership co-ordinator"
    COMMISSIONER = "commissioner", "Commissioner"
    CONTRIBUTOR = "contributor", "Contributor"
    DP_LEAD = "dp_lead", "Data protection lead"
    SYSTEM_ADMIN = "system_admin", "System administrator"


REACH: dict[Role, Reach] = {
    Role.OUTREACH_WORKER: "agency",
    Role.KEY_WORKER: "agency",
    Role.HOSTEL_WORKER: "agency",
    Role.NURSE: "agency",
    Role.COURT_WORKER: "agency",
    Role.TREATMENT_WORKER: "agency",
    Role.MANAGER: "agency",
    Role.DP_LEAD: "agency",
    Role.COORDINATOR: "coordinator",
    Role.COMMISSIONER: "counter",
    Role.CONTRIBUTOR: "counter",
    Role.SYSTEM_ADMIN: "counter",
}
CASEWORKERS = (
    Role.OUTREACH_WORKER,
    Role.KEY_WORKER,
    Role.HOSTEL_WORKER,
    Role.NURSE,
    Role.COURT_WORKER,
    Role.TREATMENT_WORKER,
    Role.MANAGER,
)

# Agencies to which facts about a woman may go at all.
RECEIVERS = (AgencyKind.SPECIALIST, AgencyKind.GENERIC)

# Beside her roles: she sits on a forum now (`acting.actor_for`). Held by nobody as a membership.
ATTENDEE = "attendee"


class Purpose(Coded):
    """What may be done with what she agreed to let others know, as she is asked it."""

    SUPPORT = "support", "To support you"
    HOME = "home", "To find you a safe place to live"
    HEALTH = "health", "To look after your health"
    COURT = "court", "To help with court or prison"
    SAFETY = "safety", "To keep you safe"


# What a forum of each purpose meets for.
MEETS = {
    Purpose.SUPPORT: "to plan support",
    Purpose.HOME: "to find safe places to live",
    Purpose.HEALTH: "to look after women’s health",
    Purpose.COURT: "to help with court and prison",
    Purpose.SAFETY: "to keep women safe",
}
