"""Making a snapshot, and counting returns from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.turns import COUNTING, LISTS, under_way, wait_for_the_end_of
from alongside.insight.monitoring.definitions import BadDefinition, Catalogue, Framework, catalogue, needed
from alongside.insight.monitoring.figures import Figure, Period
from alongside.insight.monitoring.models import Return, ReturnWoman, Snapshot
from alongside.register.people import facts as people


class NoSuchFramework(Exception):
    words = "There is no set of figures of that name. Choose one of the list."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A return to be counted: of an agency, or of the partnership (None)."""

    framework: str
    agency: UUID | None
    period: Period


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for a return; `agencies`: of the partnership's, agency -> key -> its own count."""

    wanted: Wanted
    frame: Framework
    figures: dict[str, Figure]
    agencies: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Made:
    """A snapshot on its way to being kept. `numbers`: record -> the number of its woman in this snapshot."""

    id: UUID
    as_of: date
    facts: int
    files: dict[str, str]
    digest: str
    records: list[people.RecordFact]
    numbers: Mapping[UUID, int]


def sound_definitions() -> Catalogue:
    """The product's definitions and those of this installation (`definitions/` in its state directory), to count by.

    Raises BadDefinition.
    """
    return catalogue(Path(settings.DEFINITIONS))


def definitions() -> Catalogue:
    """The same, to read by: while a file of this installation can't be read, the product's own."""
    try:
        return sound_definitions()
    except BadDefinition:
        return catalogue()


def fault_in_definitions() -> str:
    """What is to be mended in this installation's definitions before anything is counted; "" where nothing is."""
    try:
        sound_definitions()
    except BadDefinition as fault:
        return fault.words
    return ""


def folder(snapshot: UUID) -> Path:
    return Path(settings.SNAPSHOTS) / str(snapshot)


def make_returns(actor: Actor, wanted: Iterable[Wanted]) -> list[UUID]:
    """As the counting job: one snapshot of its partnership, and every return that is wanted, from that snapshot.

    Reading, counting and keeping are three steps, so that counting holds no transaction. Nothing is kept unless all
    went well. Waits for lists that are going in; while it goes on nothing is released. Raises NoSuchFramework,
    BadDefinition, NotACode.
    """
    found, asked = sound_definitions(), list(wanted)
    if any(each.framework not in found.frameworks for each in asked):
        raise NoSuchFramework
    with under_way(actor.partnership, COUNTING):
        made = _snapshot(actor)
        counted = _counted(made, found, asked)
        with acting_as(actor):
            kept: list[UUID] = keep_returns(actor, made=made, counted=counted)
    return kept


def _counted(made: Made, found: Catalogue, asked: list[Wanted]) -> list[Counted]:
    # The engine is loaded where it is used, in the worker: the web server never counts.
    from alongside.insight.monitoring.engine import Scope, count, count_with_agencies

    counted = []
    for each in asked:
        frame = found.frameworks[each.framework]
        keys = found.counted_for(frame)
        if each.agency is not None:
            figures = count(folder(made.id), found, keys, Scope(str(each.agency)), each.period)
            counted.append(Counted(each, frame, figures, {}))
            continue
        told = count_with_agencies(folder(made.id), found, keys, each.period)
        own = [definition.key for definition in needed(found, frame.keys())]
        agencies = {
            agency: {key: told.agencies.get(agency, {}).get(key, 0) for key in own}
            for agency in sorted({str(row.agency) for row in made.records})
        }
        counted.append(Counted(each, frame, told.figures, agencies))
    return counted


def _snapshot(actor: Actor) -> Made:
    from alongside.insight.monitoring import gathering, snapshots

    pk, today = uuid4(), timezone.localdate()
    with acting_as(actor):
        wait_for_the_end_of(actor.partnership, LISTS)
        records = people.records(actor)
        numbers = gathering.numbered(records)
        written = snapshots.write(folder(pk), gathering.gathered(actor, records, numbers, today))
    return Made(pk, today, written.facts, written.files, written.digest, records, numbers)


@action("returns.count")
def keep_returns(actor: Actor, *, made: Made, counted: list[Counted]) -> list[UUID]:
    """Keep a snapshot with all that was counted from it; earlier ones stay."""
    assert actor.partnership is not None
    Snapshot(
        id=made.id,
        partnership_id=actor.partnership,
        as_of=made.as_of,
        facts=made.facts,
        files=made.files,
        digest=made.digest,
        made_by=actor.job,
    ).save(force_insert=True)
    return [_keep(actor, made, each) for each in counted]


def _keep(actor: Actor, made: Made, each: Counted) -> UUID:
    assert actor.partnership is not None
    wanted = each.wanted
    row = Return(
        partnership_id=actor.partnership,
        agency_id=wanted.agency,
        framework=each.frame.key,
        framework_version=each.frame.version,
        since=wanted.period.since,
        until=wanted.period.until,
        as_of=made.as_of,
        snapshot_id=made.id,
        digest=made.digest,
        figures={key: figure.to_json() for key, figure in each.figures.items()},
        by_agency=each.agencies,
        made_by=actor.job,
    )
    row.save(force_insert=True)
    if wanted.agency is not None:
        _keep_key(actor, made, wanted.agency, row.pk)
    return row.pk


def _keep_key(actor: Actor, made: Made, agency: UUID, of_return: UUID) -> None:
    assert actor.partnership is not None
    ReturnWoman.objects.bulk_create(
        [
            ReturnWoman(
                partnership_id=actor.partnership,
                agency_id=agency,
                of_return_id=of_return,
                record_id=row.id,
                number=made.numbers[row.id],
            )
            for row in made.records
            if row.agency == agency
        ]
    )
