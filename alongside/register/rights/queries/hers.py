"""What women asked of this agency, and by when each is to be answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.permissions import NotFound
from alongside.register.rights import rules, words
from alongside.register.rights.codes import Decision, Exemption, Kind, Way
from alongside.register.rights.models import HerRequest
from alongside.register.rights.queries.signed import Signature, signatures
from alongside.register.rights.records import code_shown

MOST = 100


@dataclass(frozen=True, slots=True)
class HerRow:
    """A line of the register. `due` None: the clock stands still, or all is done."""

    id: UUID
    record: UUID
    code: str
    kind: Kind
    received_on: date
    due: date | None
    is_late: bool
    state: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class HerView:
    """One request whole, without what the agency holds about her: that is the pack's."""

    row: HerRow
    way: str
    said: str
    decision: Decision | None
    decided_words: str
    done_words: str
    others: str
    held_back: str
    exemptions: tuple[Exemption, ...]
    acknowledge_by: date | None
    is_acknowledged: bool
    is_identity_asked: bool
    is_identity_settled: bool
    is_extended: bool
    is_checked: bool
    is_mine_to_hand_over: bool
    is_mine_to_agree: bool
    is_mine_to_erase: bool
    signatures: tuple[Signature, ...]


def register(actor: Actor) -> list[HerRow]:
    """The newest hundred of the agency."""
    check(actor, "rights.open")
    return _rows(HerRequest.objects.visible_to(actor)[:MOST])


def open_requests(actor: Actor) -> list[HerRow]:
    """Those still to be answered, soonest due first."""
    rows = _rows(HerRequest.objects.visible_to(actor).filter(done_at=None)[:MOST])
    return sorted(rows, key=lambda each: (each.due is None, each.due or each.received_on, each.code))


def her_request(actor: Actor, request: UUID) -> HerView:
    """Raises NotFound."""
    row = HerRequest.objects.visible_to(actor).filter(pk=request).select_related("record").first()
    if row is None:
        raise NotFound("HerRequest")
    check(actor, "rights.receive", row.as_subject())
    return HerView(
        row=_row(row, timezone.localdate()),
        way=Way(row.way).words,
        said=words.told(row, row.agency_id, "words"),
        decision=Decision(row.decision) if row.decision else None,
        decided_words=words.told(row, row.agency_id, "decided_words"),
        done_words=words.told(row, row.agency_id, "done_words"),
        others=words.told(row, row.agency_id, "others"),
        held_back=words.told(row, row.agency_id, "held_back"),
        exemptions=tuple(Exemption(each) for each in row.exemptions),
        acknowledge_by=_clock(row).acknowledge_by,
        is_acknowledged=row.acknowledged_at is not None,
        is_identity_asked=row.identity_asked_at is not None,
        is_identity_settled=row.identity_checked_at is not None,
        is_extended=row.extended_at is not None,
        is_checked=row.checked_at is not None,
        is_mine_to_hand_over=row.checked_by is not None and row.checked_by != actor.user,
        is_mine_to_agree=row.checked_by is None and row.decided_by != actor.user,
        is_mine_to_erase=row.checked_by is not None and row.checked_by != actor.user,
        signatures=_signatures(row),
    )


def _signatures(row: HerRequest) -> tuple[Signature, ...]:
    steps = (
        ("Written down", "received"),
        ("Identity asked for", "identity_asked"),
        ("Identity settled", "identity_checked"),
        ("Acknowledged", "acknowledged"),
        ("Two months more", "extended"),
        ("Decided", "decided"),
        ("Agreed to erase" if row.kind == Kind.ERASURE else "Copy checked", "checked"),
        ("Done", "done"),
    )
    return signatures((what, getattr(row, f"{name}_at"), getattr(row, f"{name}_by")) for what, name in steps)


def _clock(row: HerRequest) -> rules.Clock:
    asked, checked = row.identity_asked_at, row.identity_checked_at
    return rules.clock(
        Kind(row.kind),
        row.received_on,
        identity_asked=timezone.localdate(asked) if asked else None,
        identity_checked=timezone.localdate(checked) if checked else None,
        is_extended=row.extended_at is not None,
    )


def _rows(found: QuerySet[HerRequest]) -> list[HerRow]:
    today = timezone.localdate()
    return [_row(row, today) for row in found.select_related("record")]


def _row(row: HerRequest, today: date) -> HerRow:
    """`row` comes with its record."""
    clock, is_open = _clock(row), row.done_at is None
    return HerRow(
        row.pk,
        row.record_id,
        code_shown(row.record),
        Kind(row.kind),
        row.received_on,
        clock.due if is_open else None,
        is_open and clock.is_late(today),
        _state(row, clock),
        is_open,
    )


def _state(row: HerRequest, clock: rules.Clock) -> str:
    if row.done_at:
        return "Done"
    if clock.due is None:
        return "The clock stands: identity"
    if row.decided_at:
        return f"Decided: {Decision(row.decision).words}"
    return "Copy to be made" if row.kind == Kind.ACCESS else "To be decided"
