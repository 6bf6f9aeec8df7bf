"""Forums. The van convenes one: its manager chairs, a manager of the house and a nurse sit on it; a court worker did.

Four women agreed: two are on its list, and one of them fears the nurse; one was taken off, one changed her mind.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from alongside.foundation.gate.level import acting_as
from alongside.register.agencies import forums
from alongside.register.agencies.codes import Purpose
from alongside.register.agencies.models import Forum
from alongside.register.people import actions
from alongside.register.people.codes import FieldGroup
from tests.policy.rooms.elsewhere import copied
from tests.policy.words import CASEWORKERS, HOUSE, MANAGERS, NO_ONE, STRANGER, VAN, Open, Page

NAMED = [FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT, FieldGroup.NOTES]
SITS = {"manager", "house_manager", "nurse"}
IN_DAYS = [date.today() + timedelta(days=number) for number in (3, 10)]
REACH: dict[str, dict[str, set[str]]] = {
    "forum": {"van's": SITS, "house's": {"house_manager"}, "stranger": NO_ONE},
    "kept forum": {"van's": {"manager"}, "house's": {"house_manager"}, "stranger": NO_ONE},
    "seat": {"nurse's": {"manager"}, "court worker's, left": NO_ONE, "stranger": NO_ONE},
    "agreed record": {"van's, off the list": VAN, "house's": HOUSE, "stranger": NO_ONE},
    "item": {"van's": VAN | {"house_manager", "nurse"}, "van's, feared": VAN | {"house_manager"}, "stranger": NO_ONE},
}
ROUTES: dict[str, Page | Open] = {
    "people:forums": Page(CASEWORKERS, get="ok"),
    "people:forum": Page(CASEWORKERS, get="ok", about="forum"),
    "people:forum-print": Page(CASEWORKERS, post="ok", about="forum"),
    "people:forum-new": Page(MANAGERS, get="ok", post="redirect", data={"name": "Monday panel", "purpose": "home"}),
    "people:forum-people": Page(
        MANAGERS, get="ok", post="redirect", about="kept forum", data={"worker": "membership:van's"}
    ),
    "people:forum-end": Page(MANAGERS, post="redirect", about="kept forum"),
    "people:forum-leave": Page(MANAGERS, post="redirect", about="seat"),
    "people:forum-chair": Page(MANAGERS, post="redirect", about="seat"),
    "people:bring": Page(
        CASEWORKERS,
        get="ok",
        post="redirect",
        about="agreed record",
        data={"forum": "forum:van's", "meets_on": IN_DAYS[1].isoformat(), "stays": "7"},
    ),
    "people:take-off": Page(
        CASEWORKERS,
        post="redirect",
        about="item",
        # They read of her and did not bring her.
        but={("house_manager", "POST"): "forbidden", ("nurse", "POST"): "forbidden"},
    ),
}


def stand(stage: Any) -> Mapping[str, dict[str, object]]:
    from tests.policy.stage import BROUGHT, BROUGHT_TOO, OFF_THE_LIST, TOOK_BACK

    manager, house_manager = stage.actor("manager"), stage.actor("house_manager")
    with acting_as(manager):
        panel = forums.make_forum(manager, name="Thursday panel", purpose=Purpose.SAFETY)
        sitting = {
            who: forums.seat(manager, panel, membership=stage.who[who][1].id) for who in ("nurse", "court_worker")
        }
        forums.seat(manager, panel, membership=stage.who["house_manager"][1].id)
        forums.leave_forum(manager, sitting["court_worker"])
    with acting_as(house_manager):
        other = forums.make_forum(house_manager, name="Housing panel", purpose=Purpose.HOME)
    at, agreed, items = stage.riverside.records, {}, {}
    for woman in (BROUGHT, BROUGHT_TOO, OFF_THE_LIST, TOOK_BACK):
        agreed[woman], items[woman] = _brought(stage, "key_worker", at["van", woman], panel, NAMED)
    _brought(stage, "hostel_worker", at["house", 2], panel, [FieldGroup.COURT])  # on the list without her name
    van = stage.actor("key_worker")
    with acting_as(van):
        actions.exclude(van, at["van", BROUGHT], worker=stage.who["nurse"][0].id)
        actions.take_off(van, items[OFF_THE_LIST])
        actions.withdraw_grant(van, agreed[TOOK_BACK])
    lake = stage.lakeside
    theirs = Forum.objects.create(
        partnership=lake.partnership, agency=lake.agencies["van"], name="Lake panel", purpose="home", made_by=STRANGER
    )
    copied("people_item", lake, "van", record_id=lake.records["van", 1], forum_id=theirs.pk)
    women = {
        "van's, brought": BROUGHT,
        "van's, brought too": BROUGHT_TOO,
        "van's, off the list": OFF_THE_LIST,
        "van's, took back": TOOK_BACK,
    }
    stage.targets["seen record"] |= {name: at["van", woman] for name, woman in women.items()}
    stage.targets["given record"] = stage.targets["seen record"]
    return {
        "forum": {"van's": panel, "house's": other, "stranger": STRANGER},
        "kept forum": {"van's": panel, "house's": other, "stranger": STRANGER},
        "seat": {"nurse's": sitting["nurse"], "court worker's, left": sitting["court_worker"], "stranger": STRANGER},
        "agreed record": {
            "van's, off the list": at["van", OFF_THE_LIST],
            "house's": at["house", 2],
            "stranger": STRANGER,
        },
        "item": {"van's": items[BROUGHT_TOO], "van's, feared": items[BROUGHT], "stranger": STRANGER},
    }


def _brought(
    stage: Any, persona: str, record: object, forum: object, groups: list[FieldGroup]
) -> tuple[object, object]:
    actor = stage.actor(persona)
    with acting_as(actor):
        grant = actions.give_grant(
            actor,
            record,
            to_forum=forum,
            groups=groups,
            asked_on=date.today(),
            until=date.today() + timedelta(days=90),
        )
        return grant, actions.bring(actor, record, forum=forum, meets_on=IN_DAYS[0])
