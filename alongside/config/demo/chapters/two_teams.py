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
from alongside.config.demo.borough import YEAR as YEAR_OF_STORY
from alongside.config.demo.borough import Woman, borough
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.insight.interchange.terminal import intake_job
from alongside.insight.monitoring.actions import Wanted, make_returns
from alongside.insight.monitoring.figures import Period
from alongside.insight.population.actions import make_picture
from alongside.register.agencies import actions as agency_actions
from alongside.register.agencies import queries as agencies
from alongside.register.agencies.codes import AgencyKind, Role, Setting
from alongside.register.people.actions import take_in
from alongside.register.people.facts import counting_job
from alongside.register.people.intake import Incoming
from alongside.register.people.known import Age, Born, Known
from alongside.register.people.linking import linkage_job, run_linkage

SLUG = "hillside"
ALL = 230  # how many women there are: nobody in the story knows
FIRST, SECOND, BOTH, NEW = 212, 142, 131, 37
YEAR = 364
TEAMS = (
    ("hillside-night", "Hillside Night Team", "HN", "Lena Ferris", "lena@hillside.example"),
    ("hillside-dawn", "Hillside Dawn Team", "HD", "Mo Quigley", "mo@hillside.example"),
)
OFFICE = ("hillside-office", "Hillside Partnership Office", "HO", "Pat Marsh", "pat@hillside.example")


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
    _count(teams)


def last_year() -> Period:
    """The 364 days until yesterday."""
    until = timezone.localdate() - timedelta(days=1)
    return Period(until - timedelta(days=YEAR - 1), until)


def _count(teams: Sequence[Actor]) -> None:
    """The records are compared, the women counted, and each team's return of the year, and the town's, is made."""
    home = teams[0].partnership
    assert home is not None
    job = counting_job(home)
    run_linkage(linkage_job(home))
    make_picture(job)
    make_returns(job, [Wanted("quarterly", agency, last_year()) for agency in (*(each.agency for each in teams), None)])


def _teams() -> list[Actor]:
    """Both teams, and an office from which a co-ordinator sees the picture."""
    operator = agencies.operator()
    with acting_as(operator):
        home = agency_actions.set_up_partnership(
            operator, slug=SLUG, name="Hillside Partnership", area="Hillside", is_invented=True
        )
        teams = [_agency(operator, home, each, Role.OUTREACH_WORKER) for each in TEAMS]
        _agency(operator, home, OFFICE, Role.COORDINATOR)
    return teams


def _agency(operator: Actor, home: UUID, told: tuple[str, ...], role: Role) -> Actor:
    slug, name, prefix, worker, email = told
    street = role is Role.OUTREACH_WORKER
    agency = agency_actions.set_up_agency(
        operator,
        partnership=home,
        slug=slug,
        name=name,
        kind=AgencyKind.SPECIALIST if street else AgencyKind.GENERIC,
        setting=Setting.STREET if street else Setting.NONE,
        prefix=prefix,
    )
    person = agency_actions.set_up_worker(operator, email=email, name=worker)
    held = agency_actions.give_role(operator, worker=person, agency=agency, role=role, since=date(2007, 1, 8))
    actor = agencies.actor_of_membership(held)
    assert actor is not None
    return actor


def _year(lot: random.Random, actor: Actor, women: Sequence[Woman], new: int) -> None:
    """Two nights a week for two years; in the second each of the women was met, `new` of them for the first time.

    The last night is over by yesterday: what happened after midnight is of the next day.
    """
    assert actor.partnership is not None
    assert actor.agency is not None
    today = timezone.localdate()
    nights = [day for back in range(YEAR * 2, 1, -1) if (day := today - timedelta(days=back)).weekday() in (2, 5)]
    before = [night for night in nights if night < today - timedelta(days=YEAR)]
    within = [night for night in nights if night >= today - timedelta(days=YEAR)]
    met = [
        sorted(lot.sample(within, lot.randint(1, 6)) + ([] if number < new else lot.sample(before, 2)))
        for number in range(len(women))
    ]
    job = intake_job(actor.partnership, actor.agency)
    with acting_as(job):
        rows = [
            Incoming(known_of(lot, woman, today), days[0], days[-1]) for woman, days in zip(women, met, strict=True)
        ]
        taken = take_in(job, rows=rows, source=uuid5(actor.agency, "first list"))
    with acting_as(actor):
        plans = [_plan(actor, night) for night in nights]
        shifts = dict(zip(nights, actions.record_past_shifts(actor, plans=plans), strict=True))
        told = [
            _met(lot, record, night, shifts[night])
            for record, days in zip(taken.records, met, strict=True)
            for night in days
        ]
        actions.record_together(actor, told=told)


def known_of(lot: random.Random, woman: Woman, today: date) -> Known:
    """A team that goes out twice a week for years knows most women well: a last name, a birthday, some phones."""
    born = woman.born.replace(year=woman.born.year + today.year - YEAR_OF_STORY, day=min(woman.born.day, 28))
    age = today.year - born.year
    has_birthday = lot.random() < 0.9
    return Known(
        names=(woman.street or woman.short,) if lot.random() < 0.2 else (woman.short,),
        last_names=(woman.last,) if lot.random() < 0.92 else (),
        born=Born(born, born) if has_birthday else None,
        age=None if has_birthday else Age(max(18, age - 2), max(18, age + 2), today),
        area=woman.area,
        marks=("@".join(woman.mark),) if woman.mark else (),
        phones=(woman.phone,) if woman.phone and lot.random() < 0.4 else (),
    )


def _plan(actor: Actor, night: date) -> ShiftPlan:
    starts = timezone.make_aware(datetime.combine(night, time(22)))
    crew = (Crew(actor.user),) if actor.user else ()
    return ShiftPlan(starts, starts + timedelta(hours=5), kind="foot", crew=crew)


def _met(lot: random.Random, record: UUID, night: date, shift: UUID) -> Told:
    at = timezone.make_aware(datetime.combine(night, time(22))) + timedelta(minutes=lot.randint(10, 280))
    return Told(id=uuid4(), occurred_at=at, record=record, shift=shift)
