"""Pairs of records that may be one woman, as the one who decides sees them.

The co-ordinator sees codes, agencies and days; names belong to an agency and only its workers see them. What an
agency's workers see, groups and rivals too, is made from their own records alone.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.trail.writing import leave
from alongside.register.agencies.facts import agencies
from alongside.register.people.chances import chance, number
from alongside.register.people.codes import Judgement, RunState
from alongside.register.people.known import Known
from alongside.register.people.models import Decision, LinkageRun, Pair
from alongside.register.people.queries.grouped import Grouped, grouped
from alongside.register.people.queries.record import RecordRow, records
from alongside.register.people.queries.vault import names

ASKED_FROM = 0.05  # a pair less likely than this is not worth a person's time
PAGE = 20
BETWEEN, WITHIN = "between", "within"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One pair that waits. A seen-by line: code and agency of both."""

    id: UUID
    first: str
    second: str
    chance: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what waits, the most helpful look first; `looked_at` of `total` have a decision."""

    rows: tuple[QueueRow, ...]
    waiting: int
    looked_at: int
    page: int
    last_page: int

    @property
    def total(self) -> int:
        return self.waiting + self.looked_at


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records. `known` only for its own agency's workers."""

    record: RecordRow
    agency: str
    known: Known | None
    group: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """All that is shown of one pair. `weakest`, `rivals`: sentences."""

    id: UUID
    sides: tuple[Side, Side]
    chance: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    unknown: tuple[str, ...]
    together: bool
    weakest: str
    rivals: tuple[str, ...]
    decided: str


@dataclass(frozen=True, slots=True)
class RunView:
    """How far the latest run is, or when it ended."""

    state: RunState
    step: str
    percent: int


def sees_both_kinds(actor: Actor) -> bool:
    """Whether the actor reviews pairs between agencies and, for contributors' lists, within one."""
    return actor.reach == "coordinator"


def queue(actor: Actor, show: str = "", page: int = 1) -> Queue:
    """A page of the pairs that wait for the actor; `show` is `between`, `within` or '' for all."""
    check(actor, "people.review")
    pairs = _asked(actor, show)
    total = pairs.count()
    waiting = pairs.filter(~Exists(_decision(actor)))
    count = waiting.count()
    last = max(1, -(-count // PAGE))
    page = min(max(1, page), last)
    rows = waiting.order_by("-gain", "id")[(page - 1) * PAGE : page * PAGE]
    called = {fact.id: fact.name for fact in agencies(actor.partnership)} if actor.partnership else {}
    columns = ("id", "a__code", "agency_a_id", "b__code", "agency_b_id", "probability")
    shown = tuple(
        QueueRow(pk, f"{code_a}, {called[agency_a]}", f"{code_b}, {called[agency_b]}", chance(probability))
        for pk, code_a, agency_a, code_b, agency_b, probability in rows.values_list(*columns)
    )
    return Queue(shown, count, total - count, page, last)


def next_pair(actor: Actor, show: str = "") -> UUID | None:
    """The pair whose answer helps most now."""
    check(actor, "people.review")
    waiting = _asked(actor, show).filter(~Exists(_decision(actor)))
    return waiting.order_by("-gain", "id").values_list("id", flat=True).first()


def _asked(actor: Actor, show: str) -> QuerySet[Pair]:
    pairs: QuerySet[Pair] = Pair.objects.visible_to(actor).filter(
        probability__gte=ASKED_FROM, a__removed_at=None, b__removed_at=None
    )
    if show == BETWEEN:
        return pairs.exclude(agency_a_id=F("agency_b_id"))
    return pairs.filter(agency_a_id=F("agency_b_id")) if show == WITHIN else pairs


def _standing(actor: Actor) -> QuerySet[Decision]:
    """Decisions that nothing undid."""
    rows: QuerySet[Decision] = Decision.objects.visible_to(actor).filter(undone_by=None)
    return rows.exclude(judgement=Judgement.WITHDRAWN)


def _decision(actor: Actor) -> QuerySet[Decision]:
    """Decisions about the pair of an outer query."""
    return _standing(actor).filter(a_id=OuterRef("a_id"), b_id=OuterRef("b_id"))


def pair_view(actor: Actor, pair_id: UUID) -> PairView:
    """One pair with its evidence. Leaves a trail row; raises NotFound for a pair the actor may not see."""
    pair: Pair = load(actor, Pair, pair_id)
    check(actor, "people.decide", pair.as_subject())
    around = grouped(actor, pair.a_id, pair.b_id, pair.held_by_id)
    rows = {row.id: row for row in records(actor, list({pair.a_id, pair.b_id, *around.members, *around.mentioned}))}
    if not {pair.a_id, pair.b_id} <= rows.keys():
        raise NotFound("Pair")  # a list was taken back since the last run
    known = names(actor, [pair.a_id, pair.b_id]) if pair.held_by_id else {}
    called = {fact.id: fact.name for fact in agencies(pair.partnership_id)}
    leave(actor, "people.review", rule="people.review", kind="Record", subjects=[pair.a_id, pair.b_id])
    first, second = (
        Side(
            rows[record],
            called[rows[record].agency],
            known.get(record),
            _codes(around.group_of(record), rows),
        )
        for record in (pair.a_id, pair.b_id)
    )
    before = _standing(actor).filter(a_id=pair.a_id, b_id=pair.b_id).order_by("-decided_at", "id")
    judgement = before.values_list("judgement", flat=True).first()
    return PairView(
        id=pair.pk,
        sides=(first, second),
        chance=chance(pair.probability),
        speaks_for=tuple(pair.evidence.get("for", ())),
        speaks_against=tuple(pair.evidence.get("against", ())),
        unknown=tuple(pair.evidence.get("unknown", ())),
        together=around.together,
        weakest=_weakest(around, rows),
        rivals=_rivals(around, rows),
        decided=Judgement(judgement).words if judgement else "",
    )


def _codes(members: tuple[UUID, ...], rows: dict[UUID, RecordRow]) -> tuple[str, ...]:
    return tuple(rows[member].code for member in members if member in rows)


def _weakest(around: Grouped, rows: dict[UUID, RecordRow]) -> str:
    edge = around.weakest
    if edge is None or edge.a not in rows or edge.b not in rows:
        return ""
    return f"{rows[edge.a].code} with {rows[edge.b].code}: {number(edge.probability)}"


def _rivals(around: Grouped, rows: dict[UUID, RecordRow]) -> tuple[str, ...]:
    return tuple(
        f"{rows[mine].code} with {rows[other].code}: {number(probability)}"
        for mine, other, probability in around.rivals
        if mine in rows and other in rows
    )


def latest_run(actor: Actor) -> RunView | None:
    """The run that the co-ordinator asked for last."""
    check(actor, "people.review")
    rows = LinkageRun.objects.visible_to(actor).order_by("-made_at", "id")
    row = rows.values_list("state", "step", "percent").first()
    return RunView(RunState(row[0]), row[1], row[2]) if row else None
