"""Looks in an emergency: those to review, and what the page to begin one shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.register.agencies import queries as agencies
from alongside.register.agencies.codes import Role
from alongside.register.people.codes import FieldGroup
from alongside.register.people.queries.leading import led_by
from alongside.register.rights import words
from alongside.register.rights.codes import Finding
from alongside.register.rights.models import EmergencyLook
from alongside.register.rights.queries.signed import Signature, signatures
from alongside.register.rights.records import Own, codes_of, own_record, reachables

MOST = 50


@dataclass(frozen=True, slots=True)
class LookRow:
    """A line for whoever is told of it. `code` is the holder's; empty for the agency that looked elsewhere."""

    id: UUID
    worker: str
    agency: str
    holder: str
    code: str
    opened_at: datetime
    until: datetime
    review_due: datetime
    state: str
    is_open: bool
    is_to_review: bool


@dataclass(frozen=True, slots=True)
class LookView:
    """One look whole: for the one who looked, and for those who keep the record."""

    row: LookRow
    record: UUID
    groups: tuple[str, ...]
    reason: str
    finding: str
    finding_words: str
    signatures: tuple[Signature, ...]
    is_mine: bool
    is_mine_to_review: bool


@dataclass(frozen=True, slots=True)
class Beginning:
    """From which record she starts, and whose records of this woman she may look at: (agency, its name)."""

    her: Own
    choices: tuple[tuple[UUID, str], ...]


def beginning(actor: Actor, record: UUID) -> Beginning:
    """Raises NotFound."""
    her = own_record(actor, record)
    check(actor, "rights.look", her.as_subject())
    held_by = [each.agency for each in reachables(actor, her)]
    known = {agency: agencies.agency(agency) for agency in held_by}
    return Beginning(her, tuple((agency, row.name) for agency, row in known.items() if row))


def looks(actor: Actor) -> list[LookRow]:
    """The newest fifty that she may know of, both ways."""
    check(actor, "rights.open")
    rows = EmergencyLook.objects.visible_to(actor).select_related("agency", "holder")[:MOST]
    return _rows(actor, list(rows))


def to_review(actor: Actor) -> list[LookRow]:
    """Those that wait for the actor's agency to review them, soonest due first."""
    rows = EmergencyLook.objects.visible_to(actor).filter(holder_id=actor.agency, reviewed_at=None)
    return _rows(actor, list(rows.select_related("agency", "holder").order_by("review_due", "id")[:MOST]))


def notices(actor: Actor) -> list[LookRow]:
    """What stands on the first page: of the data protection lead, key workers, managers, and of who leads for her."""
    if actor.reach != "agency":
        return []
    if actor.roles & {Role.DP_LEAD, Role.MANAGER, Role.KEY_WORKER}:
        return to_review(actor)
    led = led_by(actor)
    waiting = EmergencyLook.objects.visible_to(actor).filter(
        holder_id=actor.agency, reviewed_at=None, record_id__in=led
    )
    shown = waiting.select_related("agency", "holder").order_by("review_due", "id")[:MOST]
    return _rows(actor, list(shown)) if led else []


def look_view(actor: Actor, look: UUID) -> LookView:
    """Raises NotFound."""
    row: EmergencyLook = load(actor, EmergencyLook, look)
    signed = (
        ("Opened", row.opened_at, row.opened_by),
        ("Closed early", row.closed_at, row.closed_by),
        ("Reviewed", row.reviewed_at, row.reviewed_by),
    )
    is_leads = Role.DP_LEAD.value in actor.roles and actor.agency == row.holder_id
    return LookView(
        row=_rows(actor, [row])[0],
        record=row.record_id,
        groups=tuple(FieldGroup(each).words for each in row.groups),
        reason=words.told(row, row.partnership_id, "reason"),
        finding=Finding(row.finding).words if row.finding else "",
        finding_words=words.told(row, row.partnership_id, "finding_words"),
        signatures=signatures(signed),
        is_mine=row.opened_by == actor.user,
        is_mine_to_review=is_leads and row.reviewed_at is None and row.opened_by != actor.user,
    )


def _rows(actor: Actor, rows: list[EmergencyLook]) -> list[LookRow]:
    codes = codes_of(actor, {row.record_id for row in rows})
    names, now = agencies.names_of(row.opened_by for row in rows), timezone.now()
    return [
        LookRow(
            row.pk,
            names.get(row.opened_by, ""),
            row.agency.name,
            row.holder.name,
            codes.get(row.record_id, ""),
            row.opened_at,
            row.until,
            row.review_due,
            _state(row, now),
            row.closed_at is None and row.until > now,
            row.reviewed_at is None,
        )
        for row in rows
    ]


def _state(row: EmergencyLook, now: datetime) -> str:
    if row.reviewed_at:
        return f"Reviewed: {Finding(row.finding).words}"
    return "Not reviewed in time: her reach has ended" if row.review_due <= now else "To be reviewed"
