"""Another invented town, with two outreach teams and nothing else: a year in which one met 212 women, the other 142.

They share the figures of two teams in south London (F7 of the published ones): 37 of the 142 were new. How many women
there are in all nobody recorded; the overlap of the two lists lets one estimate it.
"""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4, uuid5

from django.utils import timezone

from alongside.casework.contacts import actions
from alongside.casework.contacts.rules.standards import Crew, ShiftPlan
from alongside.casework.contacts.rules.told import Told
from alongside.config.demo.borough import Woman, borough
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.insight.interchange.terminal import intake_job
from alongside.register.agencies import actions as agency_actions
from alongside.register.agencies import queries as agencies
from alongside.register.agencies.codes import AgencyKind, Role, Setting
from alongside.register.people.actions import take_in
from alongside.register.people.intake import Incoming
from alongside.register.people.known import Age, Known

SLUG = "hillside"
ALL = 230  # how many women there are: nobody in the story knows
FIRST, SECOND, BOTH, NEW = 212, 142, 131, 37
YEAR = 364
TEAMS = (
    ("hillside-night", "Hillside Night Team", "HN", "Lena Ferris", "lena@hillside.example"),
    ("hillside-dawn", "Hillside Dawn Team", "HD", "Mo Quigley", "mo@hillside.example"),
)


def tell(partnership: UUID, say: object) -> None:
    del partnership
    say("Another town: two outreach teams and their year …")  # type: ignore[operator]
    lot = random.Random(212)  # noqa: S311  an invented town, no secret
    town = borough(23)[:ALL]
    first = lot.sample(range(ALL), FIRST)
    rest = [number for number in range(ALL) if number not in set(first)]
    second = lot.sample(first, BOTH) + lot.sample(rest, SECOND - BOTH)
    teams = _teams()
    _year(lot, teams[0], [town[number] for number in first], new=60)
    _year(lot, teams[1], [town[number] for number in second], new=NEW)


def _teams() -> list[Actor]:
    operator = agencies.operator()
    found = []
    with acting_as(operator):
        home = agency_actions.set_up_partnership(
            operator, slug=SLUG, name="Hillside Partnership", area="Hillside", is_invented=True
        )
        for slug, name, prefix, worker, email in TEAMS:
            agency = agency_actions.set_up_agency(
                operator, partnership=home, slug=slug, name=name, kind=AgencyKind.SPECIALIST, setting=Setting.STREET,
                prefix=prefix,
            )  # fmt: skip
            person = agency_actions.set_up_worker(operator, email=email, name=worker)
            role = agency_actions.give_role(
                operator, worker=person, agency=agency, role=Role.OUTREACH_WORKER, since=date(2007, 1, 8)
            )
            found.append(agencies.actor_of_membership(role))
    return [actor for actor in found if actor is not None]


def _year(lot: random.Random, actor: Actor, women: Sequence[Woman], new: int) -> None:
    """Two nights a week for two years; in the second each of the women was met, `new` of them for the first time."""
    assert actor.partnership is not None
    assert actor.agency is not None
    today = timezone.localdate()
    job = intake_job(actor.partnership, actor.agency)
    with acting_as(job):
        rows = [Incoming(_known(lot, woman, today), None, None) for woman in women]
        taken = take_in(job, rows=rows, source=uuid5(actor.agency, "first list"))
    nights = [day for back in range(YEAR * 2, 0, -1) if (day := today - timedelta(days=back)).weekday() in (2, 5)]
    before = [night for night in nights if night < today - timedelta(days=YEAR)]
    within = [night for night in nights if night >= today - timedelta(days=YEAR)]
    with acting_as(actor):
        plans = [_plan(actor, night) for night in nights]
        shifts = dict(zip(nights, actions.record_past_shifts(actor, plans=plans), strict=True))
        told = []
        for number, record in enumerate(taken.records):
            days = lot.sample(within, lot.randint(1, 6)) + ([] if number < new else lot.sample(before, 2))
            told += [_met(lot, record, night, shifts[night]) for night in sorted(days)]
        actions.record_together(actor, told=told)


def _known(lot: random.Random, woman: Woman, today: date) -> Known:
    age = 2007 - woman.born.year + lot.randint(-3, 3)
    return Known(
        names=(woman.street or woman.short,) if lot.random() < 0.4 else (woman.short,),
        last_names=(woman.last,) if lot.random() < 0.3 else (),
        age=Age(max(18, age - 2), max(18, age + 2), today),
        area=woman.area,
        marks=("@".join(woman.mark),) if woman.mark else (),
    )


def _plan(actor: Actor, night: date) -> ShiftPlan:
    starts = timezone.make_aware(datetime.combine(night, time(22)))
    crew = (Crew(actor.user),) if actor.user else ()
    return ShiftPlan(starts, starts + timedelta(hours=5), kind="foot", crew=crew)


def _met(lot: random.Random, record: UUID, night: date, shift: UUID) -> Told:
    at = timezone.make_aware(datetime.combine(night, time(22))) + timedelta(minutes=lot.randint(10, 280))
    return Told(id=uuid4(), occurred_at=at, record=record, shift=shift)
