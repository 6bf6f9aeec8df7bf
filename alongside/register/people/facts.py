"""Records, groups and pair evidence as dated, nameless rows: the one door for counting.

A record is told by its own random id, a person by the smallest id of her records. Call as the counting job, inside
`acting_as` of it: `counting_job(partnership)`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.people.acting import checking_job, counting_job
from alongside.register.people.codes import RunState, StandingKind
from alongside.register.people.comparing import Unlinked, unpacked
from alongside.register.people.first_line import in_force_of
from alongside.register.people.grouping import standing
from alongside.register.people.models import Decision, Grouping, LinkageRun, Pair, Record
from alongside.register.people.naming import Standing, names_in, of_the_same_last_name
from alongside.register.people.queries.decided import decided, said

LEAST = 0.01
__all__ = [
    "PairFact",
    "RecordFact",
    "RunFact",
    "Standing",
    "Unlinked",
    "checking_job",
    "counting_job",
    "latest_run",
    "names_in",
    "of_the_same_last_name",
    "pairs",
    "records",
    "unlinked",
]


@dataclass(frozen=True, slots=True)
class RecordFact:
    id: UUID
    agency: UUID
    setting: str
    first_seen_on: date | None
    last_seen_on: date | None
    person: UUID


@dataclass(frozen=True, slots=True)
class PairFact:
    """Two records, `a` before `b`, and the calibrated probability that they are one woman."""

    a: UUID
    b: UUID
    agency_a: UUID
    agency_b: UUID
    probability: float


@dataclass(frozen=True, slots=True)
class DecidedFact:
    """Two records of which a person said that they are one woman, or that they are not."""

    a: UUID
    b: UUID
    same: bool


@dataclass(frozen=True, slots=True)
class RunFact:
    """The latest finished run; `figures`: see `linking.figures`."""

    id: UUID
    made_at: datetime
    figures: dict[str, Any]


def records(actor: Actor) -> list[RecordFact]:
    """All records of the partnership that were not removed, by id; without girls found to be under 18."""
    check(actor, "people.count")
    persons = dict(Grouping.objects.visible_to(actor).order_by("record_id").values_list("record_id", "person_id"))
    girls = in_force_of(StandingKind.UNDER_18).values("record_id")
    rows = Record.objects.visible_to(actor).filter(removed_at=None).exclude(pk__in=girls).order_by("id")
    columns = ("id", "agency_id", "agency__setting", "first_seen_on", "last_seen_on")
    return [
        RecordFact(pk, agency, setting, first, last, persons.get(pk, pk))
        for pk, agency, setting, first, last in rows.values_list(*columns)
    ]


def pairs(actor: Actor) -> list[PairFact]:
    """The partnership's pairs of the latest run with a probability above 0.01, of one agency or of two."""
    check(actor, "people.count")
    rows = Pair.objects.visible_to(actor).filter(held_by=None, probability__gt=LEAST).order_by("a_id", "b_id")
    return [PairFact(*row) for row in rows.values_list("a_id", "b_id", "agency_a_id", "agency_b_id", "probability")]


def latest_run(actor: Actor) -> RunFact | None:
    """The latest run that came to its end."""
    check(actor, "people.count")
    runs = LinkageRun.objects.visible_to(actor).filter(state=RunState.FINISHED).order_by("-made_at", "id")
    row = runs.values_list("id", "made_at", "figures").first()
    return RunFact(*row) if row else None


def unlinked(actor: Actor) -> Unlinked | None:
    """What all pairs say before any link is decided, from the latest run that came to its end."""
    check(actor, "people.count")
    runs = LinkageRun.objects.visible_to(actor).filter(state=RunState.FINISHED).order_by("-made_at", "id")
    kept = runs.values_list("evidence", flat=True).first()
    return unpacked(kept) if kept else None


def decisions(actor: Actor) -> list[DecidedFact]:
    """The decisions that stand and contradict no other."""
    check(actor, "people.count")
    stands = standing(said(decided(actor)))
    same, apart = stands.same(), stands.not_same()
    return [DecidedFact(a, b, True) for a, b in same] + [DecidedFact(a, b, False) for a, b in apart]


def state(actor: Actor) -> str:
    """A word that changes whenever records, decisions or the latest run do, to tell whether a count still holds."""
    check(actor, "people.count")
    run = latest_run(actor)
    held = Record.objects.visible_to(actor)
    numbers = (held.count(), held.exclude(removed_at=None).count(), Decision.objects.visible_to(actor).count())
    return "|".join(map(str, (run.id if run else "", *numbers)))
