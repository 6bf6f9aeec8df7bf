"""Rights and requests: an agency's own registers; the desk of its data protection lead."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.register.people.codes import FieldGroup
from alongside.register.rights.actions import breach, emergency, hers, keeping, outside, sharing
from alongside.register.rights.actions.outside import Written
from alongside.register.rights.actions.sharing import Proposed
from alongside.register.rights.codes import Asker, Authority, Ground, Kind, RecordClass, Told, Way
from tests.policy.words import CASEWORKERS, HOUSE, LAKE_VAN, LEADS, NO_ONE, STRANGER, VAN, Open, Page
from tests.world import canaries

REGISTERED = 70  # what slipped into the registers that a data protection lead reads: no woman of the stage
VAN_LEAD, LAKE_LEAD = {"dp_lead"}, {"lake_dp_lead"}
HERE = CASEWORKERS | LEADS
OWN: dict[str, set[str]] = {
    "van's": VAN | VAN_LEAD,
    "house's": HOUSE,
    "lake van's": LAKE_VAN | LAKE_LEAD,
    "stranger": NO_ONE,
}
REACH: dict[str, dict[str, set[str]]] = {
    "outside request": OWN,
    "disclosure": OWN,
    "her request": OWN,
    # A copy is put together by those who work with her; the data protection lead reads no names.
    "copy": {"van's": VAN, "house's": HOUSE, "lake van's": LAKE_VAN, "not a copy": NO_ONE, "stranger": NO_ONE},
    # Of the house's record the one who looked, too; of her own agency's record everyone there.
    "look": {
        "van's own": VAN | VAN_LEAD,
        "van's at the house": HOUSE | {"key_worker"} | VAN_LEAD,
        "lake van's": LAKE_VAN | LAKE_LEAD,
        "stranger": NO_ONE,
    },
    "kept record": {"van's": VAN_LEAD, "house's": NO_ONE, "lake van's": LAKE_LEAD, "stranger": NO_ONE},
    "breach": {"van's": VAN_LEAD, "lake van's": LAKE_LEAD, "stranger": NO_ONE},
}
TODAY = date.today()


def on(name: str, day: date = TODAY) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


ASKED = {"asker": "police", "power": "none", "is_harmed": "not_known", "counselling": "not_known", "told": "undecided"}
SHARED = {
    "ground": "life",
    "groups": "whereabouts",
    "necessity": "She is in danger",
    "risk": "He knows where she is",
    "told": "before",
    **on("review_on"),
    **on("until"),
}
BREACH = {"said": "A phone was lost", "known_at": "00.00", **on("known_on"), **on("since"), **on("until")}
GONE = "redirect"  # a step that is not there any more leads back to the page
ROUTES: dict[str, Page | Open] = {
    "rights:desk": Page(LEADS, get="ok"),
    "rights:outside": Page(HERE, get="ok"),
    "rights:outside-new": Page(HERE, get="ok", post="redirect", data={**ASKED, **on("received_on")}),
    "rights:outside-one": Page(HERE, get="ok", post=GONE, about="outside request", data={"step": "none"}),
    "rights:outside-edit": Page(
        HERE, get="ok", post="redirect", about="outside request", data={**ASKED, **on("received_on")}
    ),
    "rights:disclosures": Page(HERE, get="ok"),
    "rights:disclosure": Page(HERE, get="ok", post=GONE, about="disclosure", data={"step": "none"}),
    "rights:disclosure-new": Page(CASEWORKERS, get="ok", post="ok", about="record", data=SHARED),
    "rights:looks": Page(HERE, get="ok"),
    "rights:look": Page(HERE, get="ok", post=GONE, about="look", data={"step": "none"}),
    "rights:look-new": Page(CASEWORKERS, get="ok", post="ok", about="record", data={"reason": "She called for help"}),
    "rights:hers": Page(HERE, get="ok"),
    "rights:hers-new": Page(HERE, get="ok", post="ok", data={"code": "XX-0000-0000"}),
    "rights:hers-one": Page(HERE, get="ok", post=GONE, about="her request", data={"step": "none"}),
    "rights:pack": Page(CASEWORKERS, get="ok", post=GONE, about="copy", data={"step": "none"}),
    "rights:pack-print": Page(CASEWORKERS, post="ok", about="copy"),
    "rights:pack-file": Page(CASEWORKERS, post="ok", about="copy"),
    "rights:schedule": Page(
        LEADS, get="ok", post="redirect", data={"step": "woman", "years": "9", "authority": "Our own schedule"}
    ),
    "rights:kept": Page(LEADS, get="ok", post=GONE, about="kept record", data={"step": "none"}),
    "rights:breaches": Page(LEADS, get="ok"),
    "rights:breach-new": Page(LEADS, get="ok", post="redirect", data=BREACH),
    "rights:breach": Page(LEADS, get="ok", post=GONE, about="breach", data={"step": "none"}),
    "rights:breach-file": Page(LEADS, get="ok", about="breach"),
}

# whose -> (worker, data protection lead, partnership, agency, woman, agency that is given something)
MAKERS = {
    "van's": ("key_worker", "dp_lead", "riverside", "van", 1, "house"),
    "house's": ("hostel_worker", "", "riverside", "house", 2, "van"),
    "lake van's": ("lake_key_worker", "lake_dp_lead", "lakeside", "van", 1, "house"),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    """The same three things of three agencies; canaries in every free text, as names slip into them."""
    made: dict[str, dict[str, object]] = {kind: {"stranger": STRANGER} for kind in REACH}
    for whose, (worker, lead, slug, agency, woman, other) in MAKERS.items():
        world = stage.world(slug)
        record, told = world.records[agency, woman], canaries(slug, agency, REGISTERED if lead else woman)
        actor = stage.actor(worker)
        with acting_as(actor):
            made["outside request"][whose] = _ask(actor, record, told["note"])
            made["disclosure"][whose] = _share(actor, record, world.agencies[other].id, told["note"])
            made["copy"][whose] = made["her request"][whose] = hers.receive(
                actor, record, kind=Kind.ACCESS, way=Way.IN_PERSON, received_on=TODAY, said=told["alias"]
            )
            hers.prepare_pack(actor, made["copy"][whose], others=told["last"], exemptions=[], held_back=told["mark"])
        made["kept record"][whose] = record
        if lead:
            made["breach"][whose] = _lead(stage.actor(lead), record, told["note"])
    _looks(stage, made["look"])
    made["copy"]["not a copy"] = _complaint(stage)
    return made


def _ask(actor: Any, record: UUID, words: str) -> UUID:
    return outside.write_down(
        actor,
        Written(Asker.POLICE, TODAY, record, words, purpose=words, necessity=words, extract=words, told_words=words),
    )


def _share(actor: Any, record: UUID, to: UUID, words: str) -> UUID:
    proposed = Proposed(to, Ground.LIFE, (FieldGroup.WHEREABOUTS,), words, words, Told.NOT, words, TODAY, TODAY)
    return sharing.propose(actor, record, proposed)


def _lead(actor: Any, record: UUID, words: str) -> object:
    """What only she does: a rule, a hold that was lifted, a record kept on, a breach."""
    with acting_as(actor):
        keeping.set_rule(actor, record_class=RecordClass.COMPLAINT, years=12, authority="Our own schedule")
        keeping.place_hold(actor, record, authority=Authority.COURT, why=words)
        keeping.lift_hold(actor, record, why=words)
        keeping.keep_on(actor, record, until=TODAY + timedelta(days=30), why=words)
        return breach.write_down(
            actor, said=words, known_since=timezone.now(), worker=actor.user, since=TODAY, until=TODAY
        )


def _looks(stage: Any, made: dict[str, object]) -> None:
    """Woman 2: both holders accepted that each may know of the other."""
    for whose, persona, slug, woman, holder in (
        ("van's own", "key_worker", "riverside", 1, "van"),
        ("van's at the house", "key_worker", "riverside", 2, "house"),
        ("lake van's", "lake_key_worker", "lakeside", 1, "van"),
    ):
        actor, world = stage.actor(persona), stage.world(slug)
        with acting_as(actor):
            made[whose] = emergency.look(
                actor,
                world.records["van", woman],
                held_by=world.agencies[holder].id,
                groups=[FieldGroup.WHEREABOUTS],
                reason="She called for help",
            )
            if holder != "van":  # what it opens is tried in the room; here it would change what others expect
                emergency.close(actor, made[whose])


def _complaint(stage: Any) -> UUID:
    actor = stage.actor("key_worker")
    with acting_as(actor):
        return hers.receive(
            actor,
            stage.riverside.records["van", 1],
            kind=Kind.COMPLAINT,
            way=Way.WRITING,
            received_on=TODAY,
            said=canaries("riverside", "van", REGISTERED)["note"],
        )
