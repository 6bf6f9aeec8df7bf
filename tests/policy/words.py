"""Who there is, and the words for what a page answers them: what every expectation is written in.

Words: ok, redirect, not_found, forbidden, method, sign_in, second_factor (first set one up), confirm (prove it is you),
passkey (names need one).
`bad` and every error word are always wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# --- who there is ---------------------------------------------------------------------------------------------
VAN = {"outreach_worker", "key_worker", "manager", "both_as_van"}
HOUSE = {"hostel_worker", "house_key_worker", "house_manager", "both_as_house"}
LAKE_VAN, LAKE_HOUSE = {"lake_key_worker"}, {"lake_hostel_worker"}
# Of an agency that keeps no record: they read what women agreed that it is told.
CLINIC, LAKE_CLINIC = {"nurse", "court_worker", "treatment_worker"}, {"lake_nurse"}
CASEWORKERS = VAN | HOUSE | LAKE_VAN | LAKE_HOUSE | CLINIC | LAKE_CLINIC
COORDINATORS = {"coordinator", "lake_coordinator"}
LEADS = {"dp_lead", "lake_dp_lead", "custody_dp_lead"}
ADMINISTRATORS = {"system_admin", "lake_system_admin"}
COMMISSIONERS, CONTRIBUTORS = {"commissioner"}, {"contributor"}
NOBODY_YET = {"no_membership", "ended", "both_unchosen"}  # signed in, acting for no agency
UNKNOWN = {"nobody", "closed"}  # a closed account is nobody's
HAND_IN = CASEWORKERS | CONTRIBUTORS
READ_PICTURE = CASEWORKERS | COORDINATORS | COMMISSIONERS
PERSONAS = (
    CASEWORKERS
    | COORDINATORS
    | LEADS
    | ADMINISTRATORS
    | COMMISSIONERS
    | CONTRIBUTORS
    | NOBODY_YET
    | UNKNOWN
    | {"password_only", "by_code"}
)

# Whose women's names a persona may be shown: (partnership, readers); what these read is in `canary.READERS`.
NAMES_OF: dict[str, tuple[str, str]] = {
    **dict.fromkeys(VAN, ("riverside", "van")),
    **dict.fromkeys(HOUSE, ("riverside", "house")),
    "outreach_worker": ("riverside", "van, feared"),
    "house_key_worker": ("riverside", "house, feared"),
    "house_manager": ("riverside", "house, sits on a forum"),
    "nurse": ("riverside", "sits on a forum, feared"),
    **dict.fromkeys(LAKE_VAN, ("lakeside", "van")),
    **dict.fromkeys(LAKE_HOUSE, ("lakeside", "house")),
    "contributor": ("riverside", "custody's open list"),
    # Not the vault: only what somebody wrote into the registers that she keeps.
    "dp_lead": ("riverside", "van's register"),
    "lake_dp_lead": ("lakeside", "van's register"),
}

# --- which of the things on the stage each may reach; everyone else finds nothing there. Rooms add theirs. -------
REACH: dict[str, dict[str, set[str]]] = {}
MANAGERS = {"manager", "house_manager"}
STRANGER = UUID(int=7)  # the id of nothing
RIVER, LAKE, NO_ONE = {"coordinator"}, {"lake_coordinator"}, set[str]()


# --- which route answers whom ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Page:
    """A page of ours. Those not in `who` are forbidden; the unknown are asked to sign in. `about`: a kind of REACH.

    `on`: what is other for one thing on the stage; `absent`: for whom the page does not exist.
    `figures`: a screen of figures, which opens without a passkey; every other page asks for it.
    """

    who: set[str]
    get: str = "method"
    post: str = "method"
    about: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    but: Mapping[tuple[str, str], str] = field(default_factory=dict)
    on: Mapping[tuple[str, str], str] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    figures: bool = False

    def word(self, persona: str, method: str, target: str) -> str:
        if persona in UNKNOWN:
            return "sign_in" if method in ("GET", "HEAD") else "not_found"
        if persona in self.absent:
            return "not_found"
        if persona == "password_only":
            return "second_factor"
        # "by_code" is a key worker of the van who signed in with password and code.
        alike = "key_worker" if persona == "by_code" else persona
        if alike not in self.who:
            return "forbidden"
        if persona == "by_code" and not self.figures:
            return "passkey"
        word = {"GET": self.get, "HEAD": self.get, "POST": self.post}.get(method, "method")
        if word != "method" and self.about and alike not in REACH[self.about][target]:
            return "not_found"
        return self.but.get((persona, method), self.on.get((target, method), word))


@dataclass(frozen=True)
class Open:
    """A page before or beside the work: one word for each of METHODS, for three kinds of people."""

    unknown: str
    password_only: str
    signed_in: str
    about: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    but: Mapping[str, str] = field(default_factory=dict)

    def word(self, persona: str, method: str, target: str) -> str:
        group = (
            self.unknown if persona in UNKNOWN else self.password_only if persona == "password_only" else self.signed_in
        )
        words = self.but.get(persona, group).split()
        return words[METHODS.index(method)] if len(words) > 1 else words[0]
