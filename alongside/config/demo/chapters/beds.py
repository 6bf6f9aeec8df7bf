"""Lantern House: a hostel of ten beds, a second stage of fifteen, three flats, and two years of who stayed and waited.

The stays of before come in as a house takes in its own book; what is true tonight is done by its workers.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation import actions
from alongside.casework.accommodation.actions.what_if import ask_what_if, give_what_if
from alongside.casework.accommodation.codes import BedKind, Need, Staffed, Step, Takes, TaskKind, VoidReason
from alongside.casework.accommodation.rules import noon
from alongside.config.demo.borough import YEAR, borough
from alongside.config.demo.personas import persona
from alongside.config.demo.two_years import (
    EARLIER_BEDS,
    FLAT,
    FLATS,
    HOSTEL_BEDS,
    HOUSE,
    LATER_BEDS,
    LATER_BEDS_OPEN,
    LENGTH,
    SECOND,
    Stayed,
    TwoYears,
    Waited,
    two_years,
)
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.codes import Source
from alongside.register.agencies.queries import services
from alongside.register.people.actions import make_record
from alongside.register.people.known import Age, Known
from alongside.register.people.queries import records

Day = Callable[[int], datetime]
_USING = (Takes.WOMEN_ONLY, Takes.STILL_USING, Takes.DUAL_DIAGNOSIS)
SECOND_STAGE, MOVE_ON = (Takes.WOMEN_ONLY, Takes.DRUG_FREE), (Takes.WOMEN_ONLY, Takes.CHILDREN)


def two_years_of_beds(manager: Actor, worker: Actor) -> dict[str, UUID]:
    """Everything of this chapter, by the house's own manager and worker. Returns its houses by name."""
    told, opened = two_years(), timezone.localdate() - timedelta(days=LENGTH)

    def day(number: int) -> datetime:
        return noon(opened + timedelta(days=number))

    with acting_as(manager):
        units, beds = _houses(manager, opened)
        women = _women(manager, told.women)
        taken = actions.take_in_stays(manager, rows=[_past(stay, beds, women, day) for stay in told.stays])
        assert not taken.left_out, taken.left_out
        for house, bed, since, until in told.voids:
            actions.void_bed(manager, beds[house][bed], reason=VoidReason.REPAIR, begins=day(since), ends=day(until))
        left_out = actions.take_in_waits(manager, units[HOUSE], rows=[_waited(wait, women, day) for wait in told.waits])
        assert not left_out, left_out
    with acting_as(worker):
        _tonight(worker, units, beds, women, told, dict(zip(map(id, told.stays), taken.ids, strict=True)))
    return units


def tell(partnership: UUID, say: Callable[[str], None]) -> None:
    say("Opening Lantern House, and two years of who stayed and who waited …")
    two_years_of_beds(persona(partnership, "lantern", "manager"), persona(partnership, "lantern", "hostel_worker"))
    _three_more_flats(persona(partnership, "partnership-office", "coordinator"))


def _three_more_flats(coordinator: Actor) -> None:
    """Asked and given, so that a commissioner finds it."""
    with acting_as(coordinator):
        asked = ask_what_if(coordinator, more={Step.FLAT: 3}, runs=60)
        give_what_if(coordinator, asked)


def _houses(manager: Actor, opened: date) -> tuple[dict[str, UUID], dict[str, list[UUID]]]:
    assert manager.partnership is not None
    offered = {each.slug: each.id for each in services(manager.partnership, manager.agency)}
    units, beds = {}, {}
    for house, name, step, staffed, takes, leads_to, service in (
        (HOUSE, "Lantern House", Step.FIRST_STAGE, Staffed.ALWAYS, _USING, [Step.SECOND_STAGE], "hostel"),
        (
            SECOND,
            "Lantern Terrace",
            Step.SECOND_STAGE,
            Staffed.DAYS,
            SECOND_STAGE,
            [Step.FLAT, Step.TENANCY],
            "second-stage",
        ),
        (FLAT, "Lantern Flats", Step.FLAT, Staffed.VISITS, MOVE_ON, [Step.TENANCY], "flats"),
    ):
        units[house] = actions.set_up_unit(
            manager,
            name=name,
            step=step,
            staffed=staffed,
            takes=takes,
            leads_to=leads_to,
            emergency_minutes=60 if house == HOUSE else None,
            service=offered.get(service),
        )
    add = actions.add_beds
    beds[HOUSE] = add(manager, units[HOUSE], number=HOSTEL_BEDS, kind=BedKind.BED, opened_on=opened)
    beds[SECOND] = add(manager, units[SECOND], number=EARLIER_BEDS, kind=BedKind.ROOM, opened_on=opened)
    later = opened + timedelta(days=LATER_BEDS_OPEN)
    beds[SECOND] += add(manager, units[SECOND], number=LATER_BEDS, kind=BedKind.ROOM, opened_on=later)
    beds[FLAT] = add(manager, units[FLAT], number=FLATS, kind=BedKind.FLAT, opened_on=opened)
    return units, beds


def _women(manager: Actor, wanted: int) -> list[UUID]:
    """The house's own records, and as many new ones as it met in these two years besides."""
    held = sorted(row.id for row in records(manager))[:wanted]
    today = timezone.localdate()
    for woman in borough(seed=23)[: wanted - len(held)]:
        age = (date(YEAR, 7, 1) - woman.born).days // 365
        known = Known(names=(woman.short,), last_names=(woman.last,), age=Age(age, age, today), area=woman.area)
        held.append(make_record(manager, known=known, seen_on=today))
    return held


def _past(stay: Stayed, beds: dict[str, list[UUID]], women: list[UUID], day: Day) -> actions.PastStay:
    ends = day(stay.ends) if stay.ends is not None and stay.ends < LENGTH else None
    return actions.PastStay(
        beds[stay.unit][stay.bed],
        women[stay.woman],
        day(stay.begins),
        ends,
        stay.reason if ends else None,
        stay.where_to,
        tuple(actions.PastAway(kind, day(since), _until(until, ends, day)) for kind, since, until in stay.away),
        tuple(
            actions.PastBlocked(step, reason, day(since), _until(until, ends, day))
            for step, reason, since, until in stay.blocked
        ),
    )


def _until(until: int | None, ends: datetime | None, day: Day) -> datetime | None:
    return ends if until is None else day(until)


def _waited(wait: Waited, women: list[UUID], day: Day) -> actions.PastWait:
    return actions.PastWait(
        women[wait.woman],
        day(wait.joined),
        Source.OUTREACH if wait.met_outside else Source.AGENCY,
        wait.needs,
        day(wait.ended) if wait.ended is not None else None,
        wait.ended_as,
    )


def _tonight(
    worker: Actor,
    units: dict[str, UUID],
    beds: dict[str, list[UUID]],
    women: list[UUID],
    told: TwoYears,
    ids: dict[int, UUID],
) -> None:
    """A bed is held, a move is planned with what is to do before, and one woman needs a bed tonight."""
    here = [stay for stay in told.stays if stay.ends is None]
    taken = {stay.bed for stay in here if stay.unit == HOUSE}
    free = [bed for number, bed in enumerate(beds[HOUSE]) if number not in taken]
    waiting = [wait.woman for wait in told.waits if wait.ended is None]
    actions.hold_bed(worker, free[0], record=women[waiting[0]], hours=24)
    today = timezone.localdate()
    ready = [stay for stay in here if stay.unit == SECOND][:3]
    for number, stay in enumerate(ready):
        actions.expect_move(worker, ids[id(stay)], leaves_on=today + timedelta(days=4 + 9 * number))
        for kind, days in ((TaskKind.NOTICE, 2), (TaskKind.RENT, 6), (TaskKind.VIEWING, 9)):
            actions.add_task(worker, ids[id(stay)], kind=kind, due_on=today + timedelta(days=days * (number + 1) - 5))
    left = [stay.woman for stay in told.stays if stay.where_to == "not_asked" and stay.ends is not None]
    elsewhere = {stay.woman for stay in here} | set(waiting)
    back = next((woman for woman in left if woman not in elsewhere), None)
    if back is not None:
        actions.join_list(
            worker,
            units[HOUSE],
            record=women[back],
            source=Source.SELF,
            is_emergency=True,
            needs=[Need.NOWHERE, Need.BACK],
        )
