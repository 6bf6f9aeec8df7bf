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


class Setting(Coded):
    STREET = "street", "Street outreach"
    CASEWORK = "casework", "Casework"
    DROPIN = "dropin", "Drop-in"
    ACCOMMODATION = "accommodation", "Accommodation"
    JUSTICE = "justice", "Police, court and prison"
    NONE = "none", "No direct work"


class Role(Coded):
    OUTREACH_WORKER = "outreach_worker", "Outreach worker"
    KEY_WORKER = "key_worker", "Key worker"
    HOSTEL_WORKER = "hostel_worker", "Hostel worker"
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
    Role.MANAGER: "agency",
    Role.DP_LEAD: "agency",
    Role.COORDINATOR: "coordinator",
    Role.COMMISSIONER: "counter",
    Role.CONTRIBUTOR: "counter",
    Role.SYSTEM_ADMIN: "counter",
}
CASEWORKERS = (Role.OUTREACH_WORKER, Role.KEY_WORKER, Role.HOSTEL_WORKER, Role.MANAGER)
