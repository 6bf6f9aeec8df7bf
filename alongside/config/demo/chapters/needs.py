"""What women told: at The Bridge and Lantern House, and in a third invented town whose agency works with 181 women.

The town and the scheme are told so that the published figures of such places come out of ordinary answers (F2, F4 to
F6, F8 to F10): nothing here says a percentage.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4, uuid5

from django.utils import timezone

from alongside.casework.accommodation.counting import first_entries
from alongside.casework.accommodation.facts import happened
from alongside.casework.contacts import actions as contacts
from alongside.casework.contacts.codes import Staying
from alongside.casework.contacts.rules.told import Told
from alongside.casework.needs.actions import Entry, take_in_answers
from alongside.casework.needs.codes import Answer, Subject
from alongside.config.demo.borough import borough
from alongside.config.demo.chapters.two_teams import known_of
from alongside.config.demo.personas import agency_of, persona
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.insight.interchange.terminal import intake_job
from alongside.register.agencies import actions as agency_actions
from alongside.register.agencies import queries as agencies
from alongside.register.agencies.codes import AgencyKind, Role, Setting
from alongside.register.people.actions import take_in
from alongside.register.people.intake import Incoming
from alongside.register.people.queries import records

SLUG, WOMEN, YEAR = "millside", 181, 364
S, A = Subject, Answer
# subject -> its answers and of how many women each is; the others were not asked
ANSWERED: dict[Subject, dict[Answer, int]] = {
    S.AGE: {A.UNDER_20: 6, A.IN_20S: 63, A.IN_30S: 72, A.IN_40S: 33, A.FROM_50: 7},
    S.SUPPORT: {A.HIGH: 55, A.MEDIUM: 26, A.LOW: 100},
    S.CRACK: {A.YES: 156, A.NO: 14, A.NOT_SAID: 6},
    S.HEROIN: {A.YES: 72, A.NO: 88, A.NOT_SAID: 9, A.NOT_KNOWN: 2},
    S.ALCOHOL: {A.YES: 67, A.NO: 95, A.NOT_SAID: 4},
    S.INJECTING: {A.YES: 51, A.NO: 108, A.NOT_SAID: 12},
    S.SCRIPT: {A.YES: 27, A.NO: 139},
    S.HEP_B: {A.YES: 4, A.NO: 70, A.NOT_KNOWN: 31},
}
HIV, HEP_C, BOTH = 9, 20, 5
STAYS: dict[Staying, int] = {
    Staying.OWN: 40, Staying.OUTSIDE: 14, Staying.SOFA: 12, Staying.SQUAT: 6, Staying.DRUG_HOUSE: 8,
    Staying.SPECIALIST: 32, Staying.FRIENDS: 22, Staying.HOSTEL: 8, Staying.PARTNER: 11, Staying.TEMPORARY: 7,
    Staying.NOT_SAID: 9,
}  # fmt: skip
ONCE, TWICE, OFTEN = 46, 25, (8,) * 14 + (7,) * 6 + (10, 11, 12, 13, 14, 15, 16, 18, 20, 22)  # times arrested
SEEN, SUMMONSED, CAME = 71, 13, 3
EXITS = (2, 3)  # reached in the year that ended yesterday, and in the one before


@dataclass(frozen=True, slots=True)
class Town:
    """The partnership, its agency, who works there, and the last day of its year."""

    partnership: UUID
    agency: UUID
    worker: Actor
    until: date

    @property
    def since(self) -> date:
        return self.until - timedelta(days=YEAR)


def tell(partnership: UUID, say: object) -> None:
    say("What women told: needs, court, and who moved on …")  # type: ignore[operator]
    _at_the_bridge(persona(partnership, "bridge", "key_worker"))
    outcomes_of_the_scheme(key_worker_at(agency_of("lantern").id, "Kezia Boateng", "kezia@riverside.example"))
    town()


def key_worker_at(agency: UUID, name: str, email: str) -> Actor:
    operator = agencies.operator()
    with acting_as(operator):
        person = agency_actions.set_up_worker(operator, email=email, name=name)
        role = agency_actions.give_role(
            operator, worker=person, agency=agency, role=Role.KEY_WORKER, since=date(2007, 1, 8)
        )
        found = agencies.actor_of_membership(role)
    assert found is not None
    return found


def _at_the_bridge(worker: Actor) -> None:
    """Half of its women were asked; some twice, since things change both ways."""
    lot, today = random.Random(6), timezone.localdate()  # noqa: S311  invented women, no secret
    with acting_as(worker):
        women = sorted(row.id for row in records(worker))[::2]
        told = []
        for record in women:
            on = today - timedelta(days=lot.randint(120, 500))
            told += [Entry(record, each, lot.choice((A.YES, A.NO, A.NOT_SAID)), on) for each in (S.CRACK, S.SCRIPT)]
            told += [Entry(record, S.SUPPORT, lot.choice((A.HIGH, A.MEDIUM, A.LOW)), on)]
            if lot.random() < 0.5:
                later = on + timedelta(days=90)
                told += [Entry(record, each, lot.choice((A.YES, A.NO)), later) for each in (S.CRACK, S.SCRIPT)]
            if lot.random() < 0.3:
                told += [Entry(record, S.ARREST, A.YES, on + timedelta(days=17))]
            if lot.random() < 0.2:
                told += [Entry(record, S.FAMILY, A.YES, on + timedelta(days=30))]
        take_in_answers(worker, entries=told)


def outcomes_of_the_scheme(worker: Actor) -> None:
    """What else became of the first women of the hostel, within three months of coming in; a woman may stand twice."""
    with acting_as(worker):
        told = happened(worker)
        house = next(unit.id for unit in told.units if unit.step == "first_stage")
        came = sorted(first_entries(told, house).items(), key=lambda each: each[1])
        days = [(woman, timezone.localdate(begins)) for woman, begins in came]

        def on(number: int, subject: Subject, answer: Answer, after: int) -> Entry:
            woman, begins = days[number]
            return Entry(woman, subject, answer, begins + timedelta(days=after))

        rows = [
            on(0, S.DETOX, A.BEGAN, 20), on(0, S.DETOX, A.LEFT, 37),
            on(1, S.DETOX, A.BEGAN, 30), on(1, S.DETOX, A.COMPLETED, 44), on(1, S.REHAB, A.BEGAN, 45),
            on(2, S.STABILISATION, A.BEGAN, 25), on(2, S.STABILISATION, A.LEFT, 31),
            *(on(number, S.DRUG_AGENCY, A.YES, 40) for number in (3, 4)),
            *(on(number, S.COURT_HELP, A.YES, 50) for number in (1, 5, 6)),
            on(7, S.VOLUNTEER, A.YES, 60),
            *(on(number, S.FAMILY, A.YES, 70) for number in (0, 3, 7, 8, 9, 10, 11)),
        ]  # fmt: skip
        take_in_answers(worker, entries=rows)


def town() -> Town:
    """Millside: one agency, 181 women met in a year, and two more groups who were there before."""
    made = set_up_town(SLUG, "Millside", "MW")
    lot = random.Random(181)  # noqa: S311  an invented town, no secret
    women = women_of(made, WOMEN + sum(EXITS))
    here, gone = women[:WOMEN], women[WOMEN:]
    with acting_as(made.worker):
        contacts.record_together(made.worker, told=list(_met(lot, made, here)))
        entries = [*_needs(lot, made, here), *_court(lot, made, here), *_exits(made, gone)]
        take_in_answers(made.worker, entries=entries)
    return made


def set_up_town(slug: str, name: str, prefix: str) -> Town:
    """A partnership of one agency, whose year ended yesterday."""
    operator = agencies.operator()
    with acting_as(operator):
        home = agency_actions.set_up_partnership(
            operator, slug=slug, name=f"{name} Partnership", area=name, is_invented=True
        )
        agency = agency_actions.set_up_agency(
            operator, partnership=home, slug=f"{slug}-women", name=f"{name} Women’s Service",
            kind=AgencyKind.SPECIALIST, setting=Setting.CASEWORK, prefix=prefix,
        )  # fmt: skip
    worker = key_worker_at(agency, "Olive Marsh", f"olive@{slug}.example")
    return Town(home, agency, worker, timezone.localdate() - timedelta(days=1))


def women_of(made: Town, number: int) -> Sequence[UUID]:
    """So many new records of the town's agency."""
    lot = random.Random(7)  # noqa: S311  invented women, no secret
    job = intake_job(made.partnership, made.agency)
    with acting_as(job):
        rows = [Incoming(known_of(lot, woman, made.until), None, None) for woman in borough(29)[:number]]
        return take_in(job, rows=rows, source=uuid5(made.agency, f"list of {number}")).records


def _day(lot: random.Random, made: Town) -> date:
    return made.since + timedelta(days=lot.randint(0, YEAR))


def _met(lot: random.Random, made: Town, women: Sequence[UUID]) -> Iterable[Told]:
    staying: list[str] = [place.value for place, number in STAYS.items() for _ in range(number)]
    staying += [""] * (len(women) - len(staying))
    lot.shuffle(staying)
    for record, place in zip(women, staying, strict=True):
        at = timezone.make_aware(datetime.combine(_day(lot, made), time(15)))
        yield Told(id=uuid4(), occurred_at=at, record=record, staying=place)


def _needs(lot: random.Random, made: Town, women: Sequence[UUID]) -> Iterable[Entry]:
    for subject, answers in ANSWERED.items():
        given = [answer for answer, number in answers.items() for _ in range(number)]
        for record, answer in zip(lot.sample(women, len(given)), given, strict=True):
            yield Entry(record, subject, answer, _day(lot, made))
    ill = lot.sample(women, HIV + HEP_C - BOTH)
    for record in ill[:HIV]:
        yield Entry(record, S.HIV, A.YES, _day(lot, made))
    for record in ill[HIV - BOTH :]:
        yield Entry(record, S.HEP_C, A.YES, _day(lot, made))


def _court(lot: random.Random, made: Town, women: Sequence[UUID]) -> Iterable[Entry]:
    times = (1,) * ONCE + (2,) * TWICE + OFTEN
    arrested = lot.sample(women, len(times))
    for record, often in zip(arrested, times, strict=True):
        for back in lot.sample(range(YEAR + 1), often):
            yield Entry(record, S.ARREST, A.YES, made.until - timedelta(days=back))
    places = (A.IN_COURT, A.IN_CELLS, A.CONCOURSE)
    for number, record in enumerate(lot.sample(arrested, SEEN)):
        yield Entry(record, S.COURT_SEEN, places[number % 3], _day(lot, made))
    court_day = made.until - timedelta(days=10)
    for number, record in enumerate(lot.sample(arrested, SUMMONSED)):
        yield Entry(record, S.HEARING, A.CAME if number < CAME else A.NOT_COME, court_day)


def _exits(made: Town, women: Sequence[UUID]) -> Iterable[Entry]:
    """Free of drugs and sex work when the last six months of a year began, and still so near its end."""
    ends = [made.until] * EXITS[0] + [made.since - timedelta(days=1)] * EXITS[1]
    for record, end in zip(women, ends, strict=True):
        for back in (200, 20):
            yield Entry(record, S.DRUGS, A.NO, end - timedelta(days=back))
            yield Entry(record, S.SEX_WORK, A.NO, end - timedelta(days=back))
