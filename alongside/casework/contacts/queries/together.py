"""Coverage of the whole partnership, from facts that name nobody: for the co-ordinator."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts import facts
from alongside.casework.contacts.codes import Outcome
from alongside.casework.contacts.queries.places import Drawn, areas, ground
from alongside.casework.contacts.rules import coverage as rules
from alongside.casework.contacts.rules import heat
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.level import acting_as
from alongside.register.people import facts as people

Met = dict[UUID, date]


@dataclass(frozen=True, slots=True)
class Together:
    """All agencies' shifts and contacts. A woman is a person: records believed to be hers count once."""

    since: date
    until: date
    weeks: int
    shifts: int
    contacts: int
    women: int
    week: tuple[rules.CellOf, ...]
    by_area: tuple[tuple[str, rules.AreaLine], ...]
    suggestion: rules.Suggestion | None
    flow: rules.Flow
    ground: list[Drawn]
    cells: list[heat.Heat]


def together(actor: Actor, weeks: int) -> Together:
    """The partnership's last so many weeks until yesterday, counted as the counting job counts."""
    check(actor, "contacts.see_together")
    assert actor.partnership is not None
    until = timezone.localdate() - timedelta(days=1)
    since = until - timedelta(weeks=weeks, days=-1)
    job = people.counting_job(actor.partnership)
    with acting_as(job):
        records, shifts = people.records(job), facts.shifts(job, since, until)
        told = [each for each in facts.contacts(job, since, until) if each.outcome != Outcome.NOT_SEEN]
    person = {row.id: row.person for row in records}
    out = [rules.Out(timezone.localtime(each.begun), timezone.localtime(each.ended), each.areas) for each in shifts]
    street = [
        rules.Met(
            datetime.combine(each.on, time(each.hour)), each.area, person.get(each.record) if each.record else None
        )
        for each in told
        if each.session is None
    ]
    week, drawn = rules.cells(out, street), ground(actor)
    named = {each.id: each.name for each in areas(actor)}
    cells = [each.cell for area in drawn for each in area.hexagons]
    placed = [(each.hexagon, person.get(each.record) if each.record else None) for each in told]
    return Together(
        since=since,
        until=until,
        weeks=weeks,
        shifts=len(out),
        contacts=len(street),
        women=len({each.record for each in street} - {None}),
        week=tuple(week),
        by_area=tuple((named[line.area], line) for line in rules.by_area(list(named), out, street)),
        suggestion=rules.suggestion(week, weeks),
        flow=rules.flow(_first_met(records, since, until), _sessions(told, person)),
        ground=drawn,
        cells=heat.heat(cells, placed),
    )


def _first_met(records: list[people.RecordFact], since: date, until: date) -> Met:
    """The women whom no agency knew before, and when one met them."""
    first: Met = {}
    for row in records:
        if row.first_seen_on is not None:
            first[row.person] = min(first.get(row.person, date.max), row.first_seen_on)
    return {each: on for each, on in first.items() if since <= on <= until}


def _sessions(told: list[facts.ContactFact], person: dict[UUID, UUID]) -> dict[UUID, list[date]]:
    """The days on which each woman came to a session of any agency, in order."""
    came: dict[UUID, list[date]] = defaultdict(list)
    for each in told:
        if each.session is not None and each.record in person:
            came[person[each.record]].append(each.on)
    return came
