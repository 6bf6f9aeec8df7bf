"""A year of nights: Nightlight's van, Harbour's drop-in, and the two outreach teams of another invented town.

Drawn by lot, the same for the same day. Everything goes through the rooms' own actions, as paper typed in later.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.codes import (
    BroughtBy,
    Course,
    LookOutReason,
    NextStep,
    NoticeKind,
    Outcome,
    PlaceKind,
    Seat,
    ServiceHere,
    SessionKind,
    Staying,
    Topic,
    Worry,
)
from alongside.casework.contacts.queries import Drawn
from alongside.casework.contacts.rules.ground import read_boundaries
from alongside.casework.contacts.rules.standards import Crew, ShiftPlan
from alongside.casework.contacts.rules.told import Told
from alongside.casework.supplies import actions as supplies
from alongside.casework.supplies.codes import Why
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies import actions as agency_actions
from alongside.register.agencies import queries as agencies
from alongside.register.agencies.codes import Role
from alongside.register.people.queries import records

TOWN = Path(__file__).parents[1] / "areas.geojson"
YEAR = 364
OUT_ON = {0: (19, 4), 3: (22, 5), 4: (22, 5), 5: (22, 5)}  # weekday -> first hour, hours; nobody on the other days
ROUNDS = {
    "River round": ("Ferry Road", "Dock Street", "North Quay"),
    "Station round": ("Station Approach", "Chapel Yard", "Mill Lane"),
    "Long round": ("Mill Lane", "Weavers Row", "Dock Street", "Cross Keys"),
}
UNVISITED = "Cross Keys"  # nobody went there in the last months
STAYING = {
    Staying.OUTSIDE: 14, Staying.SOFA: 18, Staying.STRINGS: 9, Staying.DRUG_HOUSE: 16, Staying.OWN: 15,
    Staying.FRIENDS: 8, Staying.HOSTEL: 6, Staying.SPECIALIST: 8, Staying.NOWHERE: 4, Staying.NOT_SAID: 5, "": 22,
}  # fmt: skip
GIVEN = (("condoms", 0.75), ("hot_drink", 0.5), ("food", 0.35), ("card", 0.2), ("naloxone", 0.08), ("needles", 0.12))
STEPS = (NextStep.LOOK, NextStep.DROPIN, NextStep.GO_WITH, NextStep.NOTHING)
SEEN_AS = ("Red coat, about thirty", "Tall, walks with a stick", "Very young, with a man")
HANDED_OVER = (
    "Quiet until one, then busy by the station. Two asked about the hostel.",
    "Rain. Most stayed in; the van stood at the chapel until late.",
    "New faces near the dock. Go round there early next time.",
    "Police spoke to women on Ferry Road. We stayed with them until it was over.",
)


Ground = Mapping[UUID, Sequence[str]]  # area -> its hexagons


@dataclass(frozen=True, slots=True)
class Regular:
    """One woman as the nights see her: how often, where, on which days, since when."""

    record: UUID
    often: float
    area: Drawn
    corner: str
    days: frozenset[int]
    since: date
    staying: str


def tell(partnership: UUID, say: object) -> None:
    say("Going out for a year of nights …")  # type: ignore[operator]
    lot = random.Random(7)  # noqa: S311  an invented town, no secret
    areas = _areas(_persona(partnership, "partnership-office", Role.COORDINATOR))
    amara = _persona(partnership, "nightlight", Role.OUTREACH_WORKER)
    _train(partnership, amara)
    _nights(lot, amara, areas)
    _tonight(lot, amara, areas)
    _supplies(amara)
    _drop_in(lot, _persona(partnership, "harbour", Role.KEY_WORKER))
    _tell_of_places(_persona(partnership, "justice", Role.CONTRIBUTOR))


def _persona(partnership: UUID, slug: str, role: Role) -> Actor:
    held = next(
        each
        for each in agencies.memberships_in_force(partnership)
        if each.role == role and (found := agencies.agency(each.agency)) and found.slug == slug
    )
    actor = agencies.actor_of_membership(held.id)
    assert actor is not None
    return actor


def _areas(coordinator: Actor) -> dict[str, Drawn]:
    """The co-ordinator draws the areas from the file beside this chapter: an invented town, out at sea."""
    with acting_as(coordinator):
        actions.draw_areas(coordinator, boundaries=read_boundaries(TOWN.read_bytes()))
        return {area.name: area for area in queries.ground(coordinator)}


def _train(partnership: UUID, amara: Actor) -> None:
    """Nightlight has a manager, who records that both who go out are trained."""
    operator = agencies.operator()
    with acting_as(operator):
        kit = agency_actions.set_up_worker(operator, email="kit@riverside.example", name="Kit Adeyemi")
        agency_actions.give_role(operator, worker=kit, agency=amara.agency, role=Role.MANAGER, since=date(2007, 1, 8))
    manager = _persona(partnership, "nightlight", Role.MANAGER)
    with acting_as(manager):
        for worker in agencies.colleagues(manager):
            done_on = timezone.localdate() - timedelta(days=500)
            for course in (Course.OUTREACH, Course.NALOXONE):
                actions.record_training(manager, worker=worker, course=course, done_on=done_on)


# --- the van


def _nights(lot: random.Random, actor: Actor, areas: dict[str, Drawn]) -> None:
    today = timezone.localdate()
    begun = today - timedelta(days=YEAR)
    with acting_as(actor):
        for name, those in ROUNDS.items():
            actions.keep_route(actor, name=name, areas=[areas[each].id for each in those])
        crew = _crew(actor)
        ground = {area.id: [each.cell for each in area.hexagons] for area in areas.values()}
        women = [_regular(lot, row.id, list(areas.values()), begun) for row in records(actor)]
        nights = [day for back in range(YEAR, 0, -1) if (day := today - timedelta(days=back)).weekday() in OUT_ON]
        plans = [_plan(lot, day, crew, areas) for day in nights]
        shifts = actions.record_past_shifts(
            actor, plans=plans, said={"named_services": "yes", "early_and_late": lot.choice(("yes", "no"))}
        )
        told = [
            each
            for day, plan, shift in zip(nights, plans, shifts, strict=True)
            for each in _night(lot, day, plan, shift, women, ground)
        ]
        for start in range(0, len(told), 500):
            actions.record_together(actor, told=told[start : start + 500])
        for plan, shift in list(zip(plans, shifts, strict=True))[-30::3]:
            actions.record_contact(
                actor, id=uuid4(), occurred_at=_at(lot, plan), shift=shift, area=plan.areas[0],
                description=lot.choice(SEEN_AS),
            )  # fmt: skip


def _crew(actor: Actor) -> tuple[Crew, ...]:
    assert actor.user is not None
    others = sorted(worker for worker in agencies.colleagues(actor) if worker != actor.user)
    return (Crew(actor.user, seat=Seat.PASSENGER), *(Crew(each, seat=Seat.DRIVER) for each in others[:1]))


def _regular(lot: random.Random, record: UUID, areas: Sequence[Drawn], begun: date) -> Regular:
    """Most are met now and then, some nearly every night; one in eight on one day of the week only."""
    some_days = frozenset(lot.sample(sorted(OUT_ON), 1)) if lot.random() < 0.12 else frozenset(OUT_ON)
    since = begun if lot.random() < 0.6 else begun + timedelta(days=lot.randint(1, YEAR - 10))
    staying = lot.choices(list(STAYING), list(STAYING.values()))[0]
    often = lot.choice((0.03, 0.05, 0.08, 0.15, 0.3)) * (2 if len(some_days) == 1 else 1)
    area = lot.choice(areas)
    return Regular(record, often, area, lot.choice(area.hexagons).cell, some_days, since, staying)


def _plan(lot: random.Random, day: date, crew: tuple[Crew, ...], areas: dict[str, Drawn]) -> ShiftPlan:
    hour, hours = OUT_ON[day.weekday()]
    starts = timezone.make_aware(datetime.combine(day, time(hour)))
    late = day > timezone.localdate() - timedelta(weeks=11)
    round_ = lot.choice(list(ROUNDS))
    names = [name for name in ROUNDS[round_] if not (late and name == UNVISITED)]
    return ShiftPlan(
        starts,
        starts + timedelta(hours=hours),
        route=round_,
        areas=tuple(areas[name].id for name in names),
        crew=crew if lot.random() < 0.9 else crew[:1],
        hand_over=lot.choice(HANDED_OVER),
    )


def _night(
    lot: random.Random, day: date, plan: ShiftPlan, shift: UUID, women: Sequence[Regular], ground: Ground
) -> Iterator[Told]:
    for her in women:
        if day >= her.since and day.weekday() in her.days and lot.random() < her.often:
            yield _met(lot, her, plan, shift, day, ground)


def _met(lot: random.Random, her: Regular, plan: ShiftPlan, shift: UUID, day: date, ground: Ground) -> Told:
    outcome = lot.choices((Outcome.MET, Outcome.SEEN, Outcome.NOT_SEEN), (82, 12, 6))[0]
    met = outcome is Outcome.MET
    lately = day > timezone.localdate() - timedelta(days=12)
    area = her.area.id if her.area.id in plan.areas else lot.choice(plan.areas)
    corner = her.corner if area == her.area.id and lot.random() < 0.8 else lot.choice(ground[area])
    step = lot.choice(STEPS) if lot.random() < 0.3 else ""
    return Told(
        id=uuid4(),
        occurred_at=_at(lot, plan),
        place=PlaceKind.VAN if lot.random() < 0.4 else PlaceKind.STREET,
        outcome=outcome,
        record=her.record,
        shift=shift,
        area=area,
        hexagon=corner if lot.random() < 0.85 else "",  # some phones were in a pocket
        staying=(her.staying if lot.random() < 0.8 else lot.choice(list(STAYING))) if met else "",
        topics=tuple(sorted(lot.sample([each.value for each in Topic], lot.randint(0, 3)))) if met else (),
        given={item: 1 for item, share in GIVEN if met and lot.random() < share},
        next_step=step if met else "",
        next_on=day + timedelta(days=lot.randint(1, 10)) if met and step and step != NextStep.NOTHING else None,
        worry=lot.choice((Worry.UNWELL, Worry.AFRAID, Worry.ALONE)) if met and lately and lot.random() < 0.15 else "",
        worker=lot.choice(plan.crew).worker,
    )


def _at(lot: random.Random, plan: ShiftPlan) -> datetime:
    return plan.starts + timedelta(minutes=lot.randint(5, int((plan.ends - plan.starts).total_seconds() // 60) - 5))


def _tonight(lot: random.Random, actor: Actor, areas: dict[str, Drawn]) -> None:
    """A shift that can begin today and every week from now; three women to look out for."""
    now = timezone.now()
    with acting_as(actor):
        starts = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
        plan = ShiftPlan(
            starts,
            starts + timedelta(hours=5),
            route="Station round",
            areas=tuple(areas[name].id for name in ROUNDS["Station round"]),
            crew=_crew(actor),
        )
        actions.plan_shift(actor, plan=plan, weeks=8)
        asked = (
            (LookOutReason.PLACE, "Lantern House has kept a room until Monday."),
            (LookOutReason.MESSAGE, "Her sister rang and would love to hear from her."),
            (LookOutReason.NOT_SEEN, "Not seen for six weeks. Ask by the station."),
        )
        women = lot.sample([row.id for row in records(actor)], len(asked))
        for record, (reason, words) in zip(women, asked, strict=True):
            until = timezone.localdate() + timedelta(days=14)
            actions.look_out(actor, record=record, reason=reason, until=until, words=words)


def _supplies(actor: Actor) -> None:
    with acting_as(actor):
        van = supplies.set_up_shelf(actor, name="Van", low_marks={"condoms": 100, "naloxone": 4, "card": 50})
        chapel = supplies.set_up_shelf(actor, name="Refill point at the chapel", low_marks={"condoms": 30})
        supplies.move(actor, van, why=Why.DELIVERED, amounts={"condoms": 600, "naloxone": 12, "card": 200, "food": 60})
        supplies.move(actor, chapel, why=Why.DELIVERED, amounts={"condoms": 100, "needles": 40})
        supplies.move(actor, chapel, why=Why.LEFT, amounts={"condoms": 75, "needles": 22})
        supplies.move(actor, van, why=Why.BROUGHT_BACK, amounts={"returned": 34})


def _tell_of_places(actor: Actor) -> None:
    today = timezone.localdate()
    told = (
        (NoticeKind.OPERATION, "Dock Street and North Quay: stay away in the evenings", 0, 5),
        (NoticeKind.OPERATION, "Station Approach: stay away all night", 9, 10),
        (NoticeKind.OPERATION, "Ferry Road: stay away until midnight", -20, -16),
        (NoticeKind.INTELLIGENCE, "Women seen behind the depot on Weavers Row, after three in the morning", 0, 21),
    )
    with acting_as(actor):
        for kind, words, first, last in told:
            since, until = today + timedelta(days=first), today + timedelta(days=last)
            actions.tell_of_place(actor, kind=kind, words=words, since=since, until=until)


# --- the drop-in


def _drop_in(lot: random.Random, actor: Actor) -> None:
    """Tuesdays and Fridays for half a year: who came, what she used, and who brought her the first time."""
    today = timezone.localdate()
    days = [day for back in range(180, 0, -1) if (day := today - timedelta(days=back)).weekday() in (1, 4)]
    used = [each.value for each in ServiceHere]
    with acting_as(actor):
        women = [(row.id, lot.choice((0.02, 0.05, 0.1, 0.25))) for row in records(actor)]
        told, known = [], set[UUID]()
        for day in days:
            services = [ServiceHere.FOOD, ServiceHere.TALK, *lot.sample(list(ServiceHere)[2:-1], 3)]
            session = actions.open_session(actor, kind=SessionKind.DROPIN, on=day, services=services)
            for record, often in women:
                if lot.random() < often:
                    if record not in known and lot.random() < 0.7:
                        told.append(_before(lot, record, day))
                    told.append(_came(lot, record, session, day, used, record not in known))
                    known.add(record)
        others = [record for record, _ in women if record not in known and lot.random() < 0.5]
        told += [_before(lot, record, days[lot.randrange(len(days))]) for record in others]  # they have not come yet
        actions.record_together(actor, told=told)
        actions.open_session(actor, kind=SessionKind.DROPIN, on=today, services=[ServiceHere.FOOD, ServiceHere.NURSE])


def _before(lot: random.Random, record: UUID, day: date) -> Told:
    """Many were met somewhere else first: on a visit, at court, by phone."""
    on = day - timedelta(days=lot.randint(1, 40))
    place = lot.choice((PlaceKind.VISIT, PlaceKind.COURT, PlaceKind.CALL, PlaceKind.HOSPITAL))
    at = timezone.make_aware(datetime.combine(on, time(lot.randint(10, 16))))
    return Told(id=uuid4(), occurred_at=at, place=place, record=record, next_step=NextStep.DROPIN)


def _came(lot: random.Random, record: UUID, session: UUID, day: date, used: Sequence[str], first: bool) -> Told:
    return Told(
        id=uuid4(),
        occurred_at=timezone.make_aware(datetime.combine(day, time(lot.randint(11, 15), lot.randint(0, 59)))),
        place=PlaceKind.DROPIN,
        record=record,
        session=session,
        services=tuple(sorted(lot.sample(used, lot.randint(1, 3)))),
        brought_by=lot.choice([each.value for each in BroughtBy]) if first else "",
    )
