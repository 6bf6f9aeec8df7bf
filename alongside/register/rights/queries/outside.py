"""The register of what police and others asked, and what became of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.register.rights import rules, words
from alongside.register.rights.actions.outside import SEALED, Written, as_asked
from alongside.register.rights.codes import Asker, Point, Power, Told, TurnedDownFor, YesNo
from alongside.register.rights.models import OutsideRequest
from alongside.register.rights.queries.signed import Signature, signatures
from alongside.register.rights.records import code_shown

MOST = 100


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A line of the register; `code` is empty where nobody knows whom they mean."""

    id: UUID
    received_on: date
    asker: str
    code: str
    state: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class OutsideView:
    """One request whole."""

    row: OutsideRow
    written: Written
    lacking: tuple[str, ...]
    signatures: tuple[Signature, ...]
    given_words: str
    is_signed: bool
    is_authorised: bool
    is_mine_to_sign: bool


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How the requests of a year ended: counts without a woman, to be published."""

    asked: int
    given: int
    turned_down: int
    by_reason: tuple[tuple[str, int], ...]


def register(actor: Actor, *, everything: bool = False) -> list[OutsideRow]:
    """The newest hundred of the agency, or all."""
    check(actor, "rights.open")
    return _rows(OutsideRequest.objects.visible_to(actor)[: None if everything else MOST])


def open_requests(actor: Actor) -> list[OutsideRow]:
    """Those that wait for somebody, oldest first."""
    waiting = OutsideRequest.objects.visible_to(actor).filter(given_at=None, turned_down_at=None)
    return _rows(waiting.order_by("received_on", "id")[:MOST])


def outcomes(actor: Actor, since: date, until: date) -> Outcomes:
    """How many were asked between two days, given and turned down, and for what reason."""
    rows = OutsideRequest.objects.visible_to(actor).filter(received_on__gte=since, received_on__lte=until)
    found = list(rows.order_by("id").values_list("given_at", "turned_down_for"))
    reasons = Counter(reason for _, reason in found if reason)
    listed = tuple((TurnedDownFor(reason).words, count) for reason, count in sorted(reasons.items()))
    return Outcomes(len(found), sum(1 for given, _ in found if given), sum(reasons.values()), listed)


def outside_view(actor: Actor, request: UUID) -> OutsideView:
    """Raises NotFound. Reading it leaves a trail row: it says what is known of her."""
    row: OutsideRequest = load(actor, OutsideRequest, request)
    check(actor, "rights.write", row.as_subject())
    signed = (
        ("Written down", row.written_at, row.written_by),
        ("Authorised, first", row.signed_at, row.signed_by),
        ("Authorised, second", row.signed_again_at, row.signed_again_by),
        ("Turned down", row.turned_down_at, row.turned_down_by),
        ("Given", row.given_at, row.given_by),
    )
    return OutsideView(
        row=_rows(OutsideRequest.objects.visible_to(actor).filter(pk=row.pk))[0],
        written=_written(row),
        lacking=tuple(rules.missing(as_asked(row))),
        signatures=signatures(signed),
        given_words=words.told(row, row.agency_id, "given_words"),
        is_signed=row.signed_by is not None,
        is_authorised=row.signed_again_by is not None,
        is_mine_to_sign=actor.user not in (row.written_by, row.signed_by) and row.signed_again_by is None,
    )


def _written(row: OutsideRequest) -> Written:
    told = {name: words.told(row, row.agency_id, name) for name in SEALED}
    return Written(
        asker=Asker(row.asker),
        received_on=row.received_on,
        record=row.record_id,
        in_writing=row.in_writing,
        power=Power(row.power),
        is_harmed=YesNo(row.is_harmed),
        points=tuple(Point(each) for each in row.points),
        counselling=YesNo(row.counselling),
        told=Told(row.told),
        **told,
    )


def _rows(found: QuerySet[OutsideRequest]) -> list[OutsideRow]:
    return [
        OutsideRow(
            row.pk,
            row.received_on,
            Asker(row.asker).words,
            code_shown(row.record),
            state_of(row),
            row.given_at is None and row.turned_down_at is None,
        )
        for row in found.select_related("record")
    ]


def state_of(row: OutsideRequest) -> str:
    if row.turned_down_at:
        return f"Turned down: {TurnedDownFor(row.turned_down_for).words}"
    if row.given_at:
        return "Given"
    if row.signed_again_at:
        return "Authorised, not given yet"
    if rules.missing(as_asked(row)):
        return "Points are missing"
    return "Waits for the second signature" if row.signed_at else "Waits for two signatures"
