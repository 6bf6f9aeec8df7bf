"""An invented partnership whose records were compared: evidence made from the truth, and pictures of it."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

import numpy as np

from alongside.foundation.gate.level import acting_as
from alongside.insight.population.actions import give_picture, make_picture
from alongside.insight.population.counting import Facts
from alongside.register.agencies.facts import AgencyFact
from alongside.register.people.acting import counting_job, linkage_job
from alongside.register.people.comparing import Compared, Unlinked, packed
from alongside.register.people.facts import RecordFact
from alongside.register.people.linkage import BayesFactors
from alongside.register.people.linking.run import Found, begin_run, keep_run
from alongside.register.people.models import Record
from tests.world import World

FIRST = date(2025, 6, 1)
SURE = 9.0


def _id(*parts: object) -> UUID:
    return uuid5(NAMESPACE_OID, "|".join(map(str, parts)))


def unlinked(agency: Iterable[str], woman: Iterable[int], sure: float = SURE) -> Unlinked:
    """Evidence of all pairs: `sure` for one woman, its contrary for two."""
    names, codes = np.unique(list(agency), return_inverse=True)
    who = np.array(list(woman))
    left, right = np.triu_indices(len(who), 1)
    log_bf = np.where(who[left] == who[right], sure, -sure)
    return Unlinked(tuple(map(str, names)), codes, np.zeros(len(who), np.int64), left, right, log_bf)


def facts(
    lists: dict[str, Iterable[int]],
    settings: dict[str, str] | None = None,
    *,
    linked: bool = True,
    first: dict[int, date | None] | None = None,
    sure: float = SURE,
) -> Facts:
    """`lists`: agency -> the women on it, each with one record; `first`: woman -> first day, else FIRST."""
    agencies = [
        AgencyFact(_id(name), name, (settings or {}).get(name, "casework"), "specialist") for name in sorted(lists)
    ]
    person = {woman: _id(woman) for women in lists.values() for woman in women}
    rows = [
        (_record(agency, woman, (first or {}).get(woman, FIRST), person[woman]), woman)
        for agency in agencies
        for woman in lists[agency.name]
    ]
    rows.sort(key=lambda row: row[0].id)
    evidence = unlinked([str(row.agency) for row, _ in rows], [woman for _, woman in rows], sure) if linked else None
    return Facts([row for row, _ in rows], agencies, evidence)


def _record(agency: AgencyFact, woman: int, first: date | None, person: UUID) -> RecordFact:
    return RecordFact(_id(agency.name, woman), agency.id, agency.setting, first, FIRST, person)


def compare(world: World) -> None:
    """Write a run as the engine would have found the truth of the small world: agencies share women by number."""
    job = linkage_job(world.partnership.id)
    with acting_as(job):
        held = list(
            Record.objects.visible_to(job).filter(removed_at=None).order_by("id").values_list("id", "agency_id")
        )
        woman = {record: number for (_, number), record in world.records.items()}
        found = unlinked([str(agency) for _, agency in held], [woman[record] for record, _ in held])
        factors = BayesFactors(
            found.agencies, found.agency, found.area, np.arange(len(held)), found.left, found.right, found.log_bf
        )
        together = Compared([], 0.0, {}, packed(factors))
        keep_run(job, begin_run(job), found=Found(dict(held), together, {}))


def count(world: World) -> UUID:
    return make_picture(counting_job(world.partnership.id))


def give(world: World, picture: UUID) -> int:
    actor = world.actor("coordinator")
    with acting_as(actor):
        number: int = give_picture(actor, picture)
    return number


def days(number: int) -> timedelta:
    return timedelta(days=number)
