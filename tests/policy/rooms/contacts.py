"""Contacts, shifts, sessions, areas and stock: an agency's own."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.casework.contacts import actions
from alongside.casework.contacts.codes import Course, LookOutReason, NoticeKind, SessionKind, Way
from alongside.casework.contacts.rules.standards import Crew, ShiftPlan
from alongside.casework.supplies import actions as supplies
from alongside.casework.supplies.codes import Why
from alongside.foundation.gate.level import acting_as
from tests.policy.words import (
    CASEWORKERS,
    CONTRIBUTORS,
    HOUSE,
    LAKE,
    LAKE_VAN,
    MANAGERS,
    NO_ONE,
    PERSONAS,
    RIVER,
    STRANGER,
    VAN,
    Open,
    Page,
)
from tests.world import canaries

OWN: dict[str, set[str]] = {"van's": VAN, "house's": HOUSE, "lake van's": LAKE_VAN, "stranger": NO_ONE}
REACH: dict[str, dict[str, set[str]]] = {
    "shift": OWN,
    "session": OWN,
    "contact": OWN,
    "note": OWN,
    "look-out": OWN,
    "shelf": OWN,
    "session and woman": OWN | {"another agency's session": NO_ONE, "another agency's woman": NO_ONE},
    "route": OWN,
    "feed": {"no key": PERSONAS},
    "area": {"riverside's": {*MANAGERS, *RIVER}, "lakeside's": LAKE, "stranger": NO_ONE},
}
CAN_TELL = {
    "kind": "operation",
    "words": "Dock Street",
    "until_day": "1",
    "until_month": "1",
    "until_year": "2100",
}
NIGHT = {
    "on_day": "1",
    "on_month": "1",
    "on_year": "2100",
    "starts": "22.00",
    "ends": "03.00",
    "weeks": "1",
    "kind": "foot",
    "plan_anyway": "1",
}
OPEN_FOR_CALENDARS = "not_found not_found not_found not_found not_found not_found not_found"
ROUTES: dict[str, Page | Open] = {
    "her-page": Page(CASEWORKERS, get="ok", about="record", on={("van's, died", "GET"): "redirect"}),
    "contacts:tonight": Page(CASEWORKERS, get="ok"),
    "contacts:saw": Page(CASEWORKERS, get="ok", post="redirect", data={"place": "street"}),
    "contacts:saw-her": Page(CASEWORKERS, get="ok", post="redirect", about="record", data={"place": "street"}),
    "contacts:quick": Page(CASEWORKERS, post="redirect", about="record", data={"outcome": "seen"}),
    "contacts:undo": Page(CASEWORKERS, post="redirect", about="contact"),
    "contacts:look-out": Page(
        CASEWORKERS,
        get="ok",
        post="redirect",
        about="record",
        data={"reason": "message", "days": "7"},
        on=dict.fromkeys([("van's", "POST"), ("house's", "POST"), ("lake van's", "POST")], "ok"),
    ),
    "contacts:end-look-out": Page(CASEWORKERS, post="redirect", about="look-out"),
    "contacts:note": Page(
        CASEWORKERS, post="redirect", about="record", data={"words": "Invented", "id": str(UUID(int=77))}
    ),
    "contacts:note-draft": Page(CASEWORKERS, post="ok", about="record", data={"words": "Invented"}),
    "contacts:undo-note": Page(CASEWORKERS, post="redirect", about="note"),
    "contacts:safe": Page(CASEWORKERS, get="ok", post="redirect", about="record", data={"calls": "no"}),
    "contacts:rota": Page(CASEWORKERS, get="ok"),
    "contacts:plan": Page(CASEWORKERS, get="ok", post="redirect", data=NIGHT),
    "contacts:routes": Page(CASEWORKERS, get="ok", post="redirect", data={"name": "Ferry round"}),
    "contacts:close-route": Page(CASEWORKERS, post="redirect", about="route"),
    "contacts:make-feed": Page(CASEWORKERS, post="ok"),
    "contacts:end-feed": Page(CASEWORKERS, post="redirect"),
    "contacts:feed": Open(OPEN_FOR_CALENDARS, "second_factor", OPEN_FOR_CALENDARS, about="feed"),
    "contacts:training": Page(MANAGERS, get="ok", post="ok"),
    "contacts:begin-now": Page(CASEWORKERS, post="redirect"),
    "contacts:shift": Page(CASEWORKERS, get="ok", about="shift"),
    "contacts:begin": Page(CASEWORKERS, post="redirect", about="shift"),
    "contacts:safety-call": Page(CASEWORKERS, post="redirect", about="shift"),
    "contacts:end": Page(CASEWORKERS, post="redirect", about="shift"),
    "contacts:call-off": Page(CASEWORKERS, post="redirect", about="shift"),
    "contacts:sessions": Page(CASEWORKERS, get="ok", post="redirect", data={"kind": "clinic"}),
    "contacts:session": Page(CASEWORKERS, get="ok", post="redirect", about="session"),
    "contacts:sheet": Page(CASEWORKERS, post="ok", about="session"),
    "contacts:close-session": Page(CASEWORKERS, post="redirect", about="session"),
    "contacts:sign-in": Page(CASEWORKERS, post="redirect", about="session and woman"),
    "contacts:coverage": Page(CASEWORKERS, get="ok"),
    "contacts:areas": Page(MANAGERS | RIVER | LAKE, get="ok", post="redirect", data={"name": "Ferry Road"}),
    "contacts:draw": Page(MANAGERS | RIVER | LAKE, get="ok", post="ok"),
    "contacts:notices": Page(CASEWORKERS, get="ok"),
    "contacts:together": Page(RIVER | LAKE, get="ok", figures=True),
    "contacts:map": Page(CASEWORKERS, get="ok"),
    "contacts:close-area": Page(MANAGERS | RIVER | LAKE, post="redirect", about="area"),
    "contacts:tell": Page(CONTRIBUTORS, get="ok", post="redirect", data=CAN_TELL),
    "contacts:api-contacts": Page(CASEWORKERS, get="ok", post="ok"),
    "supplies:shelves": Page(CASEWORKERS, get="ok", post="ok", data={"shelf": "nobody's", "why": "left"}),
    "supplies:new-shelf": Page(CASEWORKERS, get="ok", post="redirect", data={"new-name": "Van"}),
}

# whose -> (persona who makes it, partnership, agency, woman)
MAKERS = {
    "van's": ("key_worker", "riverside", "van", 1),
    "house's": ("hostel_worker", "riverside", "house", 2),
    "lake van's": ("lake_key_worker", "lakeside", "van", 1),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    made: dict[str, dict[str, object]] = {kind: {"stranger": STRANGER} for kind in REACH}
    for whose, (persona, slug, agency, woman) in MAKERS.items():
        actor = stage.actor(persona)
        with acting_as(actor):
            for kind, pk in _things(actor, stage.world(slug), slug, agency, woman).items():
                made[kind][whose] = pk
    for whose, persona in (("riverside's", "coordinator"), ("lakeside's", "lake_coordinator")):
        actor = stage.actor(persona)
        with acting_as(actor):
            made["area"][whose] = actions.keep_area(actor, name="Mill Lane")
    for persona in ("manager", "house_manager"):
        actor = stage.actor(persona)
        with acting_as(actor):
            actions.record_training(actor, worker=actor.user, course=Course.OUTREACH, done_on=date(2026, 1, 5))
    for world in (stage.riverside, stage.lakeside):
        _told_by_custody(world)
    women = {whose: stage.world(slug).records[agency, woman] for whose, (_, slug, agency, woman) in MAKERS.items()}
    made["session and woman"] |= {whose: (made["session"][whose], women[whose]) for whose in MAKERS} | {
        "stranger": (STRANGER, STRANGER),
        "another agency's session": (made["session"]["house's"], women["van's"]),
        "another agency's woman": (made["session"]["van's"], women["house's"]),
    }
    made["feed"] = {"no key": "nobodys-key"}
    return made


def _things(actor: Any, world: Any, slug: str, agency: str, woman: int) -> dict[str, UUID]:
    """A shift, a session, contacts with and without a record, a look-out and a shelf; canaries in every free text."""
    record, told, now = world.records[agency, woman], canaries(slug, agency, woman), timezone.now()
    shift = actions.begin_shift(actor, id=uuid4(), plan=_plan(actor, now, told["note"]))
    route = actions.keep_route(actor, name="Station round")
    session = actions.open_session(actor, kind=SessionKind.DROPIN, on=timezone.localdate())
    shelf = supplies.set_up_shelf(actor, name="Cupboard", low_marks={"condoms": 10})
    contact = actions.record_contact(
        actor, id=uuid4(), occurred_at=now, record=record, shift=shift, note=told["note"], given={"condoms": 2},
        shelf=shelf, staying="outside", next_step="look",
    )  # fmt: skip
    actions.record_contact(actor, id=uuid4(), occurred_at=now, shift=shift, description=told["mark"])
    actor_day = timezone.localdate() + timedelta(days=7)
    asked = actions.look_out(actor, record=record, reason=LookOutReason.WORRY, until=actor_day, words=told["note"])
    supplies.move(actor, shelf, why=Why.LEFT, amounts={"condoms": 3})
    note = actions.write_note(actor, id=uuid4(), record=record, words=told["note"])
    actions.keep_draft(actor, record=record, note=None, words=told["note"])
    actions.tell_safe_contact(actor, record=record, ways={Way.CALLS: "no"}, words=told["note"])
    return {
        "shift": shift, "session": session, "contact": contact.id, "look-out": asked, "shelf": shelf, "note": note,
        "route": route,
    }  # fmt: skip


def _plan(actor: Any, now: datetime, note: str) -> ShiftPlan:
    return ShiftPlan(now, now + timedelta(hours=5), crew=(Crew(actor.user),), hand_over=note)


def _told_by_custody(world: Any) -> None:
    actor = world.actor("contributor")
    today = timezone.localdate()
    with acting_as(actor):
        actions.tell_of_place(
            actor, kind=NoticeKind.OPERATION, words="Dock Street", since=today, until=today + timedelta(days=2)
        )
