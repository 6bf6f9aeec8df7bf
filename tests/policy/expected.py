"""Who gets which answer where: written by hand from the design, never from the gate.

The frame, records and lists stand here; each later room has a module of its own in `rooms/`.
"""

from collections.abc import Iterator
from datetime import date

from tests.policy.rooms import ROOMS
from tests.policy.words import (
    ADMINISTRATORS,
    CASEWORKERS,
    COMMISSIONERS,
    CONTRIBUTORS,
    COORDINATORS,
    HAND_IN,
    HOUSE,
    LAKE,
    LAKE_HOUSE,
    LAKE_VAN,
    LEADS,
    METHODS,
    NAMES_OF,
    NO_ONE,
    NOBODY_YET,
    PERSONAS,
    REACH,
    READ_PICTURE,
    RIVER,
    UNKNOWN,
    VAN,
    Open,
    Page,
)

GIVEN = HOUSE - {"house_manager"}  # a manager sees nothing of what is shared with her agency
FEARED_WORKERS = {"outreach_worker", "house_key_worker", "coordinator"}
REACH |= {
    "record": {
        "van's": VAN,
        "house's": HOUSE,
        "custody's": NO_ONE,
        "lake van's": LAKE_VAN,
        "lake house's": LAKE_HOUSE,
        "van's, shared": VAN,
        "van's, feared": VAN - FEARED_WORKERS,
        "van's, ended": VAN,
        "van's, died": VAN,
        "van's, under 18": VAN,
        "removed": NO_ONE,
        "stranger": NO_ONE,
    },
    "seen record": {
        "van's": VAN,
        "van's, shared": VAN | GIVEN,
        "van's, feared": (VAN | GIVEN) - FEARED_WORKERS,
        "van's, ended": VAN,
        "van's, died": VAN | GIVEN,
        "van's, brought": VAN | {"house_manager"},
        "van's, brought too": VAN | {"house_manager", "nurse"},
        "van's, off the list": VAN,
        "van's, took back": VAN,
        "stranger": NO_ONE,
    },
    "given record": {
        "van's": NO_ONE,
        "van's, shared": GIVEN,
        "van's, feared": GIVEN - FEARED_WORKERS,
        "van's, ended": NO_ONE,
        "van's, died": GIVEN,
        "van's, brought": {"house_manager"},
        "van's, brought too": {"house_manager", "nurse"},
        "van's, off the list": NO_ONE,
        "van's, took back": NO_ONE,
        "stranger": NO_ONE,
    },
    "standing": {"van's, died": VAN | HOUSE, "van's, under 18": VAN, "stranger": NO_ONE},
    "lead": {"van's": VAN, "van's, offered": VAN | HOUSE, "stranger": NO_ONE},
    "offered lead": {"van's": NO_ONE, "van's, offered": HOUSE, "stranger": NO_ONE},
    # Who reads it whole. Who is told only that something is there ends nothing.
    "matter": {
        "van's, health": {"key_worker", "both_as_van", "manager"},
        "van's, violence": {"key_worker", "both_as_van"},
        "van's, shared": {"key_worker", "both_as_van", "manager", "house_key_worker"},
        "stranger": NO_ONE,
    },
    "grant": {
        "shared": VAN | HOUSE,
        "feared": (VAN | HOUSE) - FEARED_WORKERS,
        "ended": VAN | HOUSE,
        "stranger": NO_ONE,
    },
    "ended grant": {"ended": HOUSE, "shared": NO_ONE, "stranger": NO_ONE},
    "exclusion": {"van's": VAN - FEARED_WORKERS, "stranger": NO_ONE},
    "pair": {
        "within van": VAN,
        "within house": HOUSE,
        "van and house": RIVER,
        "van and custody": RIVER,
        "within custody": RIVER,
        "within van, from all lists": NO_ONE,
        "lake, van and house": LAKE,
        "lake, within van": LAKE_VAN,
        "stranger": NO_ONE,
    },
    "decision": {
        "within van": VAN,
        "within house": HOUSE,
        "van and house": RIVER,
        "undone": RIVER,
        "lake, van and house": LAKE,
        "lake, within van": LAKE_VAN,
        "stranger": NO_ONE,
    },
    "worker": {
        "van's": {"system_admin"},
        "house's": {"system_admin"},
        "lake's": {"lake_system_admin"},
        "nobody's": NO_ONE,
        "stranger": NO_ONE,
    },
    "membership": {
        "van's": {"system_admin"},
        "house's": {"system_admin"},
        "lake's": {"lake_system_admin"},
        "ended": NO_ONE,
        "stranger": NO_ONE,
    },
    "list": {
        "van's": VAN,
        "custody's": CONTRIBUTORS,
        "custody's, in": CONTRIBUTORS,
        "lake van's": LAKE_VAN,
        "stranger": NO_ONE,
    },
    "row": {
        "van's": VAN,
        "custody's": CONTRIBUTORS,
        "custody's, in": CONTRIBUTORS,
        "lake van's": LAKE_VAN,
        "another list's": NO_ONE,
        "stranger": NO_ONE,
    },
    "passkey": {"key worker's": {"key_worker"}, "hostel worker's": {"hostel_worker"}, "stranger": NO_ONE},
}


FOUND_NOT = "not_found"
FIRST = "second_factor"
TODAY = date.today()
ASKED = {
    "basis": "she_agreed",
    "how_asked": "In person",
    "months": "3",
    "asked_on_day": str(TODAY.day),
    "asked_on_month": str(TODAY.month),
    "asked_on_year": str(TODAY.year),
}
NO_PICTURE = frozenset(CONTRIBUTORS | NOBODY_YET)
SAY_WHY = {("van's, died", "GET"): "redirect", ("van's, died", "HEAD"): "redirect"}  # to where she says it
SHE_SAID_NO = {"question": "agency", "skip": "1"}
KNOWN_BY = {"called": "Invented"}

ROUTES: dict[str, Page | Open] = {
    # the frame
    "home": Open(
        "sign_in sign_in not_found not_found not_found not_found not_found",
        FIRST,
        "ok ok not_found not_found not_found not_found not_found",
        but=dict.fromkeys(NOBODY_YET, "redirect redirect not_found not_found not_found not_found not_found"),
    ),
    "act-for": Page(
        PERSONAS - UNKNOWN,
        get="ok",
        post="not_found",
        data={"agency": "membership:van's"},
        but={("key_worker", "POST"): "redirect"},
        figures=True,  # the first is hers alone
    ),
    "hide": Open(
        FOUND_NOT,
        *2 * ("not_found not_found redirect not_found not_found not_found not_found",),
    ),
    "away": Open("ok", "ok", "ok"),
    "robots": Open("ok", "ok", "ok"),
    "who-looked": Page(LEADS, get="ok"),
    "installation": Page(ADMINISTRATORS, get="ok", post="ok"),
    "end-role": Page(ADMINISTRATORS, post="redirect", about="membership"),
    "lost-passkey": Page(ADMINISTRATORS, post="redirect", about="worker"),
    "close-account": Page(ADMINISTRATORS, post="redirect", about="worker"),
    # her own account
    "account_login": Open("ok ok ok ok method method ok", FIRST, "redirect"),
    "account_logout": Open(
        "sign_in sign_in sign_in method method method ok", *2 * ("ok ok sign_in method method method ok",)
    ),
    "account_inactive": Open("ok ok method method method method ok", FIRST, "ok ok method method method method ok"),
    "account_reauthenticate": Open(FOUND_NOT, *2 * ("ok ok ok ok method method ok",)),
    "account_change_password": Open(FOUND_NOT, *2 * ("ok ok ok ok method method ok",)),
    "mfa_login_webauthn": Open("sign_in sign_in sign_in sign_in method method ok", FIRST, "redirect"),
    "mfa_authenticate": Open("sign_in", FIRST, "redirect"),
    "mfa_reauthenticate": Open(FOUND_NOT, "confirm", "ok ok ok ok method method ok"),
    "mfa_reauthenticate_webauthn": Open(
        FOUND_NOT,
        "confirm",
        "confirm",
        but=dict.fromkeys(("key_worker", "hostel_worker"), "ok ok passkey passkey method method ok"),
    ),
    "mfa_index": Open(FOUND_NOT, *2 * ("ok ok method method method method ok",)),
    "mfa_activate_totp": Open(FOUND_NOT, "confirm", "confirm"),
    "mfa_deactivate_totp": Open(FOUND_NOT, FIRST, "confirm"),
    "mfa_view_recovery_codes": Open(FOUND_NOT, FIRST, "not_found not_found method method method method ok"),
    "mfa_generate_recovery_codes": Open(FOUND_NOT, FIRST, "confirm"),
    "mfa_list_webauthn": Open(FOUND_NOT, FIRST, "ok ok method method method method ok"),
    "mfa_add_webauthn": Open(FOUND_NOT, "confirm", "confirm"),
    "mfa_edit_webauthn": Open(FOUND_NOT, FIRST, "confirm", about="passkey"),
    "mfa_remove_webauthn": Open(FOUND_NOT, FIRST, "confirm", about="passkey"),
    "account_device": Open(FOUND_NOT, FIRST, "not_found not_found redirect not_found not_found not_found not_found"),
    "step-up": Open(
        FOUND_NOT,
        FIRST,
        "redirect redirect not_found not_found not_found not_found not_found",
        but={"by_code": "passkey passkey not_found not_found not_found not_found not_found"},
    ),
    "usersessions_list": Open(FOUND_NOT, FIRST, "ok ok redirect redirect method method ok"),
    # records
    "people:records": Page(CASEWORKERS, get="ok"),
    "people:look-up": Page(CASEWORKERS, get="ok", post="ok", data={"words": "zq"}),
    "people:new": Page(CASEWORKERS, get="ok", post="redirect", data=KNOWN_BY),
    "people:record": Page(CASEWORKERS, get="ok", about="record", on=SAY_WHY),
    "people:correct": Page(CASEWORKERS, get="ok", post="redirect", about="record", data=KNOWN_BY, on=SAY_WHY),
    "people:accept": Page(CASEWORKERS, get="ok", post="redirect", about="record", data=ASKED),
    "people:withdraw-acceptance": Page(CASEWORKERS, post="redirect", about="record"),
    # what she agreed, and whom she keeps out
    "people:sharing": Page(CASEWORKERS, get="ok", about="record"),
    "people:talk": Page(CASEWORKERS, get="ok", post="redirect", about="record", data=SHE_SAID_NO, on=SAY_WHY),
    "people:sheet": Page(CASEWORKERS, post="ok", about="record"),
    "people:stop-sharing": Page(
        CASEWORKERS,
        post="redirect",
        about="grant",
        but={(persona, "POST"): "forbidden" for persona in HOUSE},  # it was given them, and is not theirs to end
    ),
    "people:keep-out": Page(
        CASEWORKERS, get="ok", post="redirect", about="record", data={"who": "office", "reason": "she_asked"}
    ),
    "people:let-in": Page(CASEWORKERS, post="redirect", about="exclusion"),
    "people:conflict": Page(CASEWORKERS, get="ok", post="redirect", about="seen record"),
    "people:shared-list": Page(CASEWORKERS, get="ok"),
    "people:shared": Page(CASEWORKERS, get="ok", about="given record", on=SAY_WHY),
    "people:stopped-using": Page(CASEWORKERS, post="redirect", about="ended grant"),
    # she has died, or is under 18
    "people:standing": Page(CASEWORKERS, get="ok", post="redirect", about="record", data={"kind": "died"}),
    "people:mistake": Page(
        CASEWORKERS,
        post="redirect",
        about="standing",
        but={(persona, "POST"): "forbidden" for persona in HOUSE},  # it was noted by who keeps the record
    ),
    "people:reason": Page(CASEWORKERS, get="ok", post="redirect", about="seen record", data={"words": "Inquest"}),
    "people:child-referral": Page(CASEWORKERS, post="ok", about="record"),
    # who leads
    "people:leads": Page(CASEWORKERS, get="ok"),
    "people:lead": Page(CASEWORKERS, get="ok", post="ok", about="record", data={"worker": "nobody"}),
    "people:offer-lead": Page(CASEWORKERS, post="redirect", about="lead", data={"agency": "none"}),
    "people:take-lead": Page(CASEWORKERS, post="redirect", about="offered lead"),
    # private matters
    "people:matters": Page(
        CASEWORKERS,
        get="ok",
        post="redirect",
        about="record",
        data={"group": "immigration", "words": "Papers"},
        on=SAY_WHY,
    ),
    "people:name-worker": Page(CASEWORKERS, post="ok", about="record", data={"group": "immigration"}),
    "people:matter-end": Page(
        CASEWORKERS, post="redirect", about="matter", but={("house_key_worker", "POST"): "forbidden"}
    ),
    # possible same women
    "people:review": Page(CASEWORKERS | COORDINATORS, get="ok"),
    "people:decisions": Page(CASEWORKERS | COORDINATORS, get="ok"),
    "people:pair": Page(CASEWORKERS | COORDINATORS, get="ok", about="pair"),
    "people:decide": Page(
        CASEWORKERS | COORDINATORS, post="redirect", about="pair", data={"judgement": "not_sure", "reason": ""}
    ),
    "people:undo": Page(CASEWORKERS | COORDINATORS, post="redirect", about="decision"),
    "people:compare": Page(COORDINATORS, post="redirect"),
    "people:comparing": Page(COORDINATORS, get="ok"),
    # lists
    "lists:index": Page(HAND_IN, get="ok"),
    "lists:hand-in": Page(HAND_IN, post="ok"),
    "lists:list": Page(HAND_IN, get="redirect", about="list", on={("custody's, in", "GET"): "ok"}),
    "lists:progress": Page(HAND_IN, get="ok", about="list"),
    "lists:columns": Page(
        HAND_IN,
        get="ok",
        post="ok",
        about="list",
        on={("custody's, in", "GET"): "not_found", ("custody's, in", "POST"): "not_found"},
    ),
    "lists:check": Page(HAND_IN, get="ok", about="list"),
    "lists:take": Page(HAND_IN, post="redirect", about="list"),
    "lists:undo": Page(HAND_IN, get="ok", post="redirect", about="list"),
    "lists:row": Page(HAND_IN, get="ok", post="redirect", about="row", data={"leave_out": "1"}),
    "lists:mend-csv": Page(HAND_IN, post="ok", about="list"),
    "lists:mend-xlsx": Page(HAND_IN, post="ok", about="list"),
    # the picture: to a contributor, and to whoever acts for no agency, there is none
    "picture:picture": Page(READ_PICTURE, get="ok", absent=NO_PICTURE, figures=True),
    "picture:csv": Page(READ_PICTURE, get="ok", absent=NO_PICTURE),
    "picture:xlsx": Page(READ_PICTURE, get="ok", absent=NO_PICTURE),
    "picture:count": Page(COORDINATORS, post="redirect", absent=NO_PICTURE),
    "picture:give": Page(COORDINATORS, post="redirect", absent=NO_PICTURE),
}
for _room in ROOMS:
    REACH |= _room.REACH
    ROUTES |= _room.ROUTES


ONE_OF_EACH_KIND = {"nobody", "password_only", "key_worker", "hostel_worker", "coordinator", "both_unchosen"}


def cells(name: str) -> Iterator[tuple[str, str, str]]:
    """(persona, method, target) of a route: every method on one target, on the others those that look at it.

    Pages before and beside the work know kinds of people only: there one of each kind tries the rarer methods.
    """
    rule = ROUTES[name]
    targets = list(REACH[rule.about]) if rule.about else [""]
    for persona in sorted(PERSONAS):
        for number, target in enumerate(targets):
            every = number == 0 and (isinstance(rule, Page) or persona in ONE_OF_EACH_KIND)
            for method in METHODS if every else looking(rule):
                yield persona, method, target


def looking(rule: Page | Open) -> tuple[str, ...]:
    """The methods with which a page looks at what it is about."""
    if isinstance(rule, Open):
        return ("GET", "POST")
    return tuple(method for method, word in (("GET", rule.get), ("POST", rule.post)) if word != "method")


__all__ = [
    "CASEWORKERS",
    "COMMISSIONERS",
    "HOUSE",
    "LAKE_VAN",
    "METHODS",
    "NAMES_OF",
    "PERSONAS",
    "REACH",
    "ROUTES",
    "TODAY",
    "VAN",
    "Page",
    "cells",
    "looking",
]
