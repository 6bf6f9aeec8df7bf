"""One run of linkage: every record of a partnership compared with every other that may be the same woman.

Reading, comparing and writing are three steps, so that the long comparing holds no transaction. Decisions made
meanwhile count: the groups are made from those that stand when the run is written.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

import pyarrow as pa
import pyarrow.compute as pc

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.codes import AgencyKind
from alongside.register.agencies.models import Agency
from alongside.register.people.acting import settlement_job, take_turn
from alongside.register.people.codes import RunState
from alongside.register.people.comparing import Compared, Edge, compare, compare_alone, groups
from alongside.register.people.grouping import standing
from alongside.register.people.linking.figures import figures, gains
from alongside.register.people.linking.settle import settle_links
from alongside.register.people.linking.table import Listed, table
from alongside.register.people.models import Grouping, LinkageRun, Pair, Record
from alongside.register.people.queries import names
from alongside.register.people.queries.decided import decided, said

Progress = Callable[[str, int], None]
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """What was read and what the comparing gave: the partnership's pairs, and each agency's own from its list alone."""

    agency_of: dict[UUID, UUID]
    together: Compared
    own: dict[UUID, list[Edge]]


def run_linkage(actor: Actor, progress: Progress = lambda words, percent: None) -> UUID:
    """Compare all records of the linkage job's partnership and keep what was found. Returns the run.

    How far it is stands in the run, for pages, and is told to `progress` as a sentence and a percentage.
    """
    with acting_as(actor):
        run = begin_run(actor)

    def tell(words: str, percent: int) -> None:
        with acting_as(actor):
            tell_progress(actor, run, step=words, percent=percent)
        progress(words, percent)

    try:
        found = _find(actor, tell)
        tell("Keeping what was found", 85)
        with acting_as(actor):
            keep_run(actor, run, found=found)
        _settle(actor)
    except BaseException:
        with acting_as(actor):
            stop_run(actor, run)
        raise
    progress("Finished", 100)
    return run


def _settle(actor: Actor) -> None:
    """End what records that were removed, or days that have passed, should end."""
    assert actor.partnership is not None
    job = settlement_job(actor.partnership)
    with acting_as(job):
        settle_links(job)


def _find(actor: Actor, progress: Progress) -> Found:
    progress("Reading the records", 5)
    with acting_as(actor):
        agency_of, records = _read(actor)
        stands = standing(said(decided(actor)))
        seeing = _seeing(actor)
    progress("Comparing all records", 20)
    together = compare(records, stands)
    own: dict[UUID, list[Edge]] = {}
    for place, agency in enumerate(seeing):
        progress("Comparing each agency’s own records", 60 + 25 * place // len(seeing))
        part = records.filter(pc.equal(records["agency"], str(agency)))
        own[agency] = compare_alone(part)
    return Found(agency_of, together, own)


def _read(actor: Actor) -> tuple[dict[UUID, UUID], pa.Table]:
    """Every record's agency, and the table for the engine. Leaves one trail row with their number."""
    rows = Record.objects.visible_to(actor).filter(removed_at=None).order_by("id")
    listed = [Listed(*row) for row in rows.values_list("id", "agency_id", "last_seen_on")]
    return {row.id: row.agency for row in listed}, table(listed, names(actor, [row.id for row in listed]))


def _seeing(actor: Actor) -> list[UUID]:
    """Agencies whose workers see their own records, in a steady order."""
    assert actor.partnership is not None
    kinds = (AgencyKind.SPECIALIST, AgencyKind.GENERIC)
    rows = Agency.objects.filter(partnership_id=actor.partnership, kind__in=kinds).order_by("id")
    return list(rows.values_list("id", flat=True))


@action("people.link")
def begin_run(actor: Actor) -> UUID:
    """A run that is under way, for others to see."""
    assert actor.partnership is not None
    run = LinkageRun(id=uuid4(), partnership_id=actor.partnership, made_by=actor.job, step="Waiting to begin")
    LinkageRun.objects.bulk_create([run])
    return run.id


@action("people.link", LinkageRun)
def tell_progress(actor: Actor, *, linkagerun: LinkageRun, step: str, percent: int) -> None:
    """How far the run is."""
    LinkageRun.objects.visible_to(actor).filter(pk=linkagerun.pk).update(step=step, percent=percent)


@action("people.link", LinkageRun)
def stop_run(actor: Actor, *, linkagerun: LinkageRun) -> None:
    """The run ended before its end; what an earlier one found stays."""
    LinkageRun.objects.visible_to(actor).filter(pk=linkagerun.pk).update(
        state=RunState.STOPPED, step="Stopped before its end. What was found before stays as it was."
    )


@action("people.link", LinkageRun)
def keep_run(actor: Actor, *, linkagerun: LinkageRun, found: Found) -> None:
    """Replace the partnership's pairs and group all records again, by the decisions that stand now."""
    take_turn(linkagerun.partnership_id)
    stands = standing(said(decided(actor)))
    placed = groups(sorted(found.agency_of), found.together.edges, stands)
    Pair.objects.visible_to(actor).delete()
    _keep_pairs(linkagerun, found, placed)
    _regroup_all(actor, placed)
    LinkageRun.objects.visible_to(actor).filter(pk=linkagerun.pk).update(
        state=RunState.FINISHED,
        step="Finished",
        percent=100,
        model=found.together.model,
        evidence=found.together.evidence,
        figures=figures(found.agency_of, found.together, placed, stands),
    )


def _keep_pairs(run: LinkageRun, found: Found, placed: dict[UUID, UUID]) -> None:
    rows = [*_rows(run, None, found.together.edges, found.agency_of, placed)]
    for agency, held in found.own.items():
        rows += _rows(run, agency, held, found.agency_of, {})
    Pair.objects.bulk_create(rows, batch_size=BATCH)


def _rows(
    run: LinkageRun,
    held_by: UUID | None,
    kept: Sequence[Edge],
    agency_of: dict[UUID, UUID],
    placed: dict[UUID, UUID],
) -> Iterable[Pair]:
    for edge, gain in zip(kept, gains(kept, placed), strict=True):
        yield Pair(
            id=_id(edge.a, edge.b, held_by),
            partnership_id=run.partnership_id,
            a_id=edge.a,
            b_id=edge.b,
            agency_a_id=agency_of[edge.a],
            agency_b_id=agency_of[edge.b],
            held_by_id=held_by,
            run_id=run.pk,
            probability=edge.probability,
            weight=edge.weight,
            gain=gain,
            evidence=edge.evidence,
        )


def _id(*parts: Any) -> UUID:
    """The same pair has the same id in every run, so that an open page still leads to it."""
    return uuid5(NAMESPACE_OID, "|".join(map(str, parts)))


def _regroup_all(actor: Actor, placed: dict[UUID, UUID]) -> None:
    """Move the records that belong to another person now. A record that was removed stands alone."""
    moved = [
        Grouping(record_id=row.record_id, person_id=person, partnership_id=row.partnership_id)
        for row in Grouping.objects.visible_to(actor).order_by("record_id")
        if row.person_id != (person := placed.get(row.record_id, row.record_id))
    ]
    Grouping.objects.bulk_create(
        moved, batch_size=BATCH, update_conflicts=True, unique_fields=["record"], update_fields=["person"]
    )
