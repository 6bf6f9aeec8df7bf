"""A year of referrals between the invented agencies: who asked, who answered and when, and every no with its reason."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation.actions import accept_onto_list
from alongside.casework.accommodation.queries import house_of_referral
from alongside.casework.referrals import actions
from alongside.casework.referrals.codes import PASSED_ON, DeclineReason, WithdrawReason
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies import queries as agencies
from alongside.register.agencies.codes import Role, ServiceKind, Source, Takes
from alongside.register.people import queries as people
from alongside.register.people.codes import FieldGroup

YEAR, MONTH = 365, 28
SENDERS = (("nightlight", Role.OUTREACH_WORKER), ("bridge", Role.KEY_WORKER), ("harbour", Role.KEY_WORKER))
ANSWERERS = (*SENDERS, ("lantern", Role.HOSTEL_WORKER))
# Agency and service, how many in the year, and how many of ten it takes. The hostel is full more often than not.
ASKED = (
    ("lantern", "hostel", 18, 5),
    ("lantern", "second-stage", 6, 4),
    ("harbour", "prescribing", 10, 8),
    ("harbour", "dropin", 4, 10),
    ("bridge", "casework", 6, 8),
    ("quayside", "tenancies", 4, 2),
)
SHE_SAYS = (
    "She asked on her own. She wants to be away from Dock Street before the winter.",
    "She slept here twice this week and says that she is ready.",
    "She wants a room with a door that locks.",
    "",
)
NO = (
    DeclineReason.NO_SPACE,
    DeclineReason.NO_SPACE,
    DeclineReason.LIST_CLOSED,
    DeclineReason.NOT_DUAL_DIAGNOSIS,
    DeclineReason.AREA,
    DeclineReason.BEFORE,
)


@dataclass
class Telling:
    """`by_agency`: who speaks for each agency, by its slug; `ours`: its records, not yet used ones first."""

    lot: random.Random
    today: date
    services: dict[tuple[str, str], agencies.ServiceRow]
    by_agency: dict[str, Actor]
    ours: dict[str, list[UUID]]


def tell(partnership: UUID, say: Callable[[str], None]) -> None:
    say("A year of referrals …")
    telling = _telling(partnership)
    for agency, slug, many, of_ten in ASKED:
        service = telling.services[agency, slug]
        for place in range(many):
            _one(telling, agency, service, YEAR - place * (YEAR - MONTH) // many, of_ten)
    for days in (1, 2, 6, 9):
        _send(telling, "nightlight", telling.services["lantern", "hostel"], days)
    _send(telling, "bridge", telling.services["harbour", "prescribing"], 0)
    _send(telling, "harbour", telling.services["bridge", "court"], 5)
    _send(telling, "lantern", telling.services["quayside", "tenancies"], 12)
    _onto_the_list(telling)
    _returned(telling)
    _asked_herself(telling)
    _turned_away(telling)


def _telling(partnership: UUID) -> Telling:
    held = agencies.memberships_in_force(partnership)
    slugs = {slug: agencies.agency_called(slug, "riverside") for slug, _ in ANSWERERS}
    by_agency, ours = {}, {}
    lot = random.Random(5)  # noqa: S311  an invented year, no secret
    for slug, role in ANSWERERS:
        home = slugs[slug]
        found = next(each for each in held if home and each.agency == home.id and each.role == role)
        actor = agencies.actor_of_membership(found.id)
        assert actor is not None
        by_agency[slug] = actor
        with acting_as(actor):
            ours[slug] = sorted(row.id for row in people.records(actor))
        lot.shuffle(ours[slug])
    services = {}
    for each in agencies.services(partnership):
        home = agencies.agency(each.agency)
        services[home.slug if home else "", each.slug] = each
    return Telling(lot, timezone.localdate(), services, by_agency, ours)


def _send(telling: Telling, slug: str, service: agencies.ServiceRow, days_ago: int, **more: object) -> UUID:
    """One woman of this agency, once in the year."""
    lot, actor = telling.lot, telling.by_agency[slug]
    sent_on = telling.today - timedelta(days=days_ago)
    needs = [Takes.STILL_USING] * (lot.random() < 0.7) + [Takes.DUAL_DIAGNOSIS] * (lot.random() < 0.3)
    asked = actions.Asked(
        service=service.id,
        source=Source.OUTREACH if slug == "nightlight" else Source.AGENCY,
        groups=(FieldGroup.IDENTITY, *(group for group in PASSED_ON[1:] if lot.random() < 0.5)),
        needs=tuple(needs) + ((Takes.PETS,) if lot.random() < 0.1 else ()),
        words=lot.choice(SHE_SAYS),
        asked_on=sent_on - timedelta(days=lot.choice((0, 0, 0, 1, 3))),
        sent_on=sent_on,
        **more,  # type: ignore[arg-type]
    )
    with acting_as(actor):
        # Of a woman who keeps somebody out the one who answers may be told nothing: she is left out of this year.
        record = next(each for each in iter(telling.ours[slug].pop, None) if not people.kept_out(actor, each))
        made: UUID = actions.send(actor, record, asked=asked)
    return made


def _one(telling: Telling, agency: str, service: agencies.ServiceRow, days_ago: int, of_ten: int) -> None:
    """Sent, and answered as such a service answers."""
    lot = telling.lot
    slug = lot.choice([each for each, _ in SENDERS if each != agency])
    id = _send(telling, slug, service, days_ago)
    sent_on = telling.today - timedelta(days=days_ago)
    if lot.random() < 0.06:
        return  # nobody ever answered
    if lot.random() < 0.06:
        _do(telling, slug, actions.withdraw, id, seen=1, reason=lot.choice(list(WithdrawReason)[:3]), on=sent_on)
        return
    answering = slug if service.is_outside else agency
    on = sent_on + timedelta(days=lot.choice((0, 1, 1, 2, 3, 5, 8)))
    if lot.randrange(10) >= of_ten:
        _do(telling, answering, actions.decline, id, seen=1, reason=lot.choice(NO), on=on)
        return
    starts_on = on + timedelta(days=lot.choice((1, 2, 4, 9)))
    _do(telling, answering, actions.accept, id, seen=1, on=on, starts_on=starts_on)
    if lot.random() < 0.85 and starts_on <= telling.today:
        _do(telling, answering, actions.start, id, seen=2, on=starts_on)


def _onto_the_list(telling: Telling) -> None:
    """The hostel says yes, she is on its list, and she agreed that it reads on in what her caseworker writes."""
    id = _send(telling, "bridge", telling.services["lantern", "hostel"], 3, opens_months=6)
    actor = telling.by_agency["lantern"]
    with acting_as(actor):
        house = house_of_referral(actor, id)
        if house is None:  # this chapter is told without the houses
            actions.accept(actor, id, seen=1)
        else:
            accept_onto_list(actor, house, referral=id, seen=1)


def _do(telling: Telling, slug: str, action: object, *args: object, **facts: object) -> None:
    actor = telling.by_agency[slug]
    with acting_as(actor):
        action(actor, *args, **facts)  # type: ignore[operator]


def _returned(telling: Telling) -> None:
    """The hostel has no bed but a place in the second stage: one offer is taken up, one waits for her word."""
    hostel, second = telling.services["lantern", "hostel"], telling.services["lantern", "second-stage"]
    for slug in ("bridge", "harbour"):
        id = _send(telling, slug, hostel, 4)
        facts = {"seen": 1, "service": second.id, "reason": DeclineReason.NO_SPACE}
        _do(telling, "lantern", actions.return_with_offer, id, **facts)
        if slug == "bridge":
            _do(telling, slug, actions.take_up_offer, id, seen=2)


def _asked_herself(telling: Telling) -> None:
    """One woman rang the bell of the house, one came from court."""
    for slug, service, source in (("lantern", "hostel", Source.SELF), ("bridge", "court", Source.COURT)):
        actor = telling.by_agency[slug]
        asked = actions.Asked(service=telling.services[slug, service].id, source=source)
        with acting_as(actor):
            actions.send(actor, telling.ours[slug].pop(), asked=asked)


def _turned_away(telling: Telling) -> None:
    """What services said to women outside any referral."""
    said: Sequence[tuple[str, ServiceKind, DeclineReason, str]] = (
        ("nightlight", ServiceKind.HOSTEL, DeclineReason.FUNDS, ""),
        ("nightlight", ServiceKind.CLINIC, DeclineReason.PAPERS, "They wanted proof of an address."),
        ("harbour", ServiceKind.TREATMENT, DeclineReason.LIST_CLOSED, ""),
        ("bridge", ServiceKind.FLATS, DeclineReason.PAPERS, "A deposit of four weeks."),
        ("harbour", ServiceKind.HOSTEL, DeclineReason.NOT_PETS, "She would not leave the dog."),
    )
    for slug, kind, reason, words in said:
        on = telling.today - timedelta(days=telling.lot.randint(3, 200))
        record = telling.ours[slug].pop()
        _do(telling, slug, actions.turned_away, record, kind=kind, reason=reason, on=on, words=words)
