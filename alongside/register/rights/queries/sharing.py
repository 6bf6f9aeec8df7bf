"""What is shared without asking her, and all sharing that is in force."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.register.people.codes import HER_YES, FieldGroup
from alongside.register.rights import words
from alongside.register.rights.codes import Ground, Told
from alongside.register.rights.granting import shared_out
from alongside.register.rights.models import Disclosure
from alongside.register.rights.queries.signed import Signature, signatures
from alongside.register.rights.records import code_shown

MOST = 100


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """A line of the register."""

    id: UUID
    code: str
    to_agency: str
    ground: str
    until: date
    review_on: date
    state: str
    waits: bool
    is_to_review: bool


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """One disclosure whole."""

    row: DisclosureRow
    record: UUID
    groups: tuple[str, ...]
    necessity: str
    risk: str
    told: str
    told_words: str
    signatures: tuple[Signature, ...]
    is_mine_to_sign: bool
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class SharedWith:
    """What is in force with one agency: how many records, on what basis. A count of the agency's own grants."""

    agency: str
    agreed: int
    by_law: int
    soonest_end: date


def register(actor: Actor, *, everything: bool = False) -> list[DisclosureRow]:
    """The newest hundred of the agency, or all."""
    check(actor, "rights.open")
    return _rows(Disclosure.objects.visible_to(actor)[: None if everything else MOST])


def disclosure_view(actor: Actor, disclosure: UUID) -> DisclosureView:
    """Raises NotFound."""
    row: Disclosure = load(actor, Disclosure, disclosure)
    check(actor, "rights.sign_disclosure", row.as_subject())
    signed = (
        ("Written down and signed, first", row.written_at, row.written_by),
        ("Signed, second: shared from now on", row.signed_at, row.signed_by),
        ("Turned down", row.turned_down_at, row.turned_down_by),
        ("Reviewed", row.reviewed_at, row.reviewed_by),
        ("Ended", row.ended_at, row.ended_by),
    )
    waits = _waits(row)
    return DisclosureView(
        row=_rows(Disclosure.objects.visible_to(actor).filter(pk=row.pk))[0],
        record=row.record_id,
        groups=tuple(FieldGroup(each).words for each in row.groups),
        necessity=words.told(row, row.agency_id, "necessity"),
        risk=words.told(row, row.agency_id, "risk"),
        told=Told(row.told).words,
        told_words=words.told(row, row.agency_id, "told_words"),
        signatures=signatures(signed),
        is_mine_to_sign=waits and row.written_by != actor.user,
        is_in_force=_is_in_force(row),
    )


def shared_now(actor: Actor) -> list[SharedWith]:
    """The sharing in force, one line for each receiving agency or forum."""
    check(actor, "rights.desk")
    found: dict[str, list[tuple[str, date]]] = {}
    named = shared_out(actor).annotate(to_name=Coalesce("to_agency__name", "to_forum__name"))
    for name, basis, until in named.order_by("to_name", "until_at", "id").values_list("to_name", "basis", "until_at"):
        found.setdefault(name, []).append((basis, timezone.localdate(until)))
    return [
        SharedWith(
            name,
            sum(1 for basis, _ in each if basis in HER_YES),
            sum(1 for basis, _ in each if basis not in HER_YES),
            min(until for _, until in each),
        )
        for name, each in found.items()
    ]


def _rows(found: QuerySet[Disclosure]) -> list[DisclosureRow]:
    today = timezone.localdate()
    return [
        DisclosureRow(
            row.pk,
            code_shown(row.record),
            row.to_agency.name,
            Ground(row.ground).words,
            row.until,
            row.review_on,
            _state(row),
            _waits(row),
            _is_in_force(row) and row.reviewed_at is None and row.review_on <= today,
        )
        for row in found.select_related("to_agency", "record")
    ]


def _waits(row: Disclosure) -> bool:
    return row.signed_at is None and row.turned_down_at is None


def _is_in_force(row: Disclosure) -> bool:
    return row.signed_at is not None and row.ended_at is None and row.until >= timezone.localdate()


def _state(row: Disclosure) -> str:
    if row.turned_down_at:
        return "Turned down"
    if row.signed_at is None:
        return "Waits for the second signature"
    if row.ended_at:
        return "Ended"
    return "In force" if _is_in_force(row) else "Over"
