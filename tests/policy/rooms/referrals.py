"""Referrals: for the agency that sent one and the one that answers it; by number for the co-ordinator."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from alongside.casework.referrals import actions
from alongside.casework.referrals.codes import DeclineReason
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies import actions as agencies
from alongside.register.agencies.codes import ServiceKind, Source
from alongside.register.agencies.queries import operator
from alongside.register.people.codes import FieldGroup
from tests.policy.words import CASEWORKERS, COORDINATORS, HOUSE, LAKE_HOUSE, LAKE_VAN, MANAGERS, NO_ONE, VAN, Open, Page
from tests.world import canaries

EVERYTHING = (FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT, FieldGroup.WHEREABOUTS, FieldGroup.NOTES)
SIDES = {
    # what stands on the stage -> who sent it, who answers it
    "van's, waiting": (VAN, HOUSE),
    "van's, accepted": (VAN, HOUSE),
    "van's, declined": (VAN, HOUSE),
    "house's own": (HOUSE, HOUSE),
    "lake van's": (LAKE_VAN, LAKE_HOUSE),
    "stranger": (NO_ONE, NO_ONE),
}
REACH: dict[str, dict[str, set[str]]] = {
    "referral": {name: sends | answers for name, (sends, answers) in SIDES.items()},
    "sent referral": {name: sends for name, (sends, _) in SIDES.items()},
    "arrival": {name: answers for name, (_, answers) in SIDES.items()},
    "service": {"house's": NO_ONE},
    "own service": {"house's": {"house_manager"}, "lake house's": NO_ONE, "stranger": NO_ONE},
}
SENT = {"service": "service:house's", "groups": "identity", "how_agreed": "in_person", "source": "agency"}
SERVICE = {"name": "Hostel", "sources": "agency", "answers_within_days": "3", "lapses_after_days": "28"}
NO = {"service": "elsewhere", "kind": "hostel", "reason": "no_space"}
# The service is of the other partnership: they are told to choose one.
NOT_THEIRS = {("lake van's", "POST"): "ok", ("lake house's", "POST"): "ok"}
ROUTES: dict[str, Page | Open] = {
    "referrals:index": Page(CASEWORKERS, get="ok"),
    "referrals:across": Page(COORDINATORS, get="ok"),
    "referrals:csv": Page(CASEWORKERS, get="ok"),
    "referrals:refer": Page(CASEWORKERS, get="ok", post="redirect", about="record", data=SENT, on=NOT_THEIRS),
    "referrals:turned-away": Page(CASEWORKERS, get="ok", post="redirect", about="record", data=NO),
    "referrals:referral": Page(CASEWORKERS, get="ok", about="referral"),
    "referrals:paper": Page(CASEWORKERS, post="ok", about="sent referral"),
    "referrals:step": Page(CASEWORKERS, post="redirect", about="arrival", data={"what": "receive", "seen": "1"}),
    "referrals:api": Page(CASEWORKERS, get="ok", post="ok"),
    "referrals:api-one": Page(CASEWORKERS, get="ok", about="referral"),
    "services": Page(MANAGERS, get="ok", post="redirect", data={"name": "Night beds", "kind": "hostel"}),
    "service": Page(MANAGERS, get="ok", post="redirect", about="own service", data=SERVICE),
    "referrals:api-step": Page(CASEWORKERS, post="ok", about="arrival", data={"step": "receive", "seen": "1"}),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    """Names stand in what waits and in what was declined; what was accepted passed no name on."""
    river, lake = _services(stage.riverside), _services(stage.lakeside)
    waiting = _send(stage, "key_worker", "riverside", "van", 1, river["hostel"])
    accepted = _send(stage, "key_worker", "riverside", "van", 3, river["hostel"], groups=(), words="")
    declined = _send(stage, "key_worker", "riverside", "van", 4, river["hostel"])
    own = _send(stage, "hostel_worker", "riverside", "house", 4, river["hostel"], source=Source.SELF)
    lake_van = _send(stage, "lake_key_worker", "lakeside", "van", 1, lake["hostel"])
    _as(stage, "hostel_worker", actions.accept, accepted, seen=1)
    _as(stage, "hostel_worker", actions.decline, declined, seen=1, reason=DeclineReason.NO_SPACE)
    _as(stage, "key_worker", actions.know_outcome, declined)
    for persona, agency, woman in (("key_worker", "van", 1), ("hostel_worker", "house", 2)):
        _no(stage, persona, agency, woman)
    named: dict[str, object] = dict(zip(SIDES, (waiting, accepted, declined, own, lake_van, UUID(int=7)), strict=True))
    return {
        **{kind: dict(named) for kind in ("referral", "sent referral", "arrival")},
        "service": {"house's": river["second"]},
        "own service": {"house's": river["second"], "lake house's": lake["second"], "stranger": UUID(int=7)},
    }


def _services(world: Any) -> dict[str, UUID]:
    actor = operator()
    with acting_as(actor):
        return {
            slug: agencies.set_up_service(
                actor, agency=world.agencies["house"].id, slug=slug, name=slug.title(), kind=kind
            )
            for slug, kind in (("hostel", ServiceKind.HOSTEL), ("second", ServiceKind.HOUSE))
        }


def _as(stage: Any, persona: str, action: Any, *args: Any, **facts: Any) -> Any:
    actor = stage.actor(persona)
    with acting_as(actor):
        return action(actor, *args, **facts)


def _send(stage: Any, persona: str, slug: str, agency: str, woman: int, service: UUID, **more: Any) -> UUID:
    record, told = stage.world(slug).records[agency, woman], canaries(slug, agency, woman)
    asked = actions.Asked(service=service, **{"groups": EVERYTHING, "words": told["note"], **more})
    made: UUID = _as(stage, persona, actions.send, record, asked=asked)
    return made


def _no(stage: Any, persona: str, agency: str, woman: int) -> None:
    record, told = stage.riverside.records[agency, woman], canaries("riverside", agency, woman)
    facts = {"kind": ServiceKind.HOSTEL, "reason": DeclineReason.AREA, "words": told["note"]}
    _as(stage, persona, actions.turned_away, record, **facts)
