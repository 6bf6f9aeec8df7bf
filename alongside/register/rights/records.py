"""Which of the agency's own records something is about. Codes and days only; names stay in the vault."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.foundation.kit.show import day
from alongside.register.agencies.codes import Role
from alongside.register.people.models import CaseworkLink, Record
from alongside.register.rights.refusals import SheIsKeptFrom


@dataclass(frozen=True, slots=True)
class Own:
    """One of the actor's own agency's records."""

    id: UUID
    code: str
    partnership: UUID
    agency: UUID
    last_seen_on: date | None
    recorded_on: date
    first_seen_on: date | None = None

    @property
    def first_and_last(self) -> tuple[str, str]:
        """The days she was first and last seen, in words."""
        return day(self.first_seen_on), day(self.last_seen_on)

    def as_subject(self) -> Subject:
        return Subject("Record", self.id, self.partnership, self.agency)


@dataclass(frozen=True, slots=True)
class Acting:
    """A worker acting for an agency, as rows write her down."""

    partnership: UUID
    agency: UUID
    worker: UUID


def acting(actor: Actor) -> Acting:
    """Actions of this room are never a job's: a permission that held has made sure of it."""
    assert actor.partnership is not None
    assert actor.agency is not None
    assert actor.user is not None
    return Acting(actor.partnership, actor.agency, actor.user)


def own_records(actor: Actor) -> QuerySet[Record]:
    """The agency's own records that stand. The data protection lead, who opens no record, has their codes and days."""
    if Role.DP_LEAD.value in actor.roles and actor.agency:
        rows = Record.objects.unscoped("the data protection lead works by code; row-level security keeps her agency")
    else:
        rows = Record.objects.visible_to(actor)
    found: QuerySet[Record] = rows.filter(agency_id=actor.agency, removed_at=None)
    return found


def own_record(actor: Actor, record: UUID) -> Own:
    """Raises NotFound: the same for absent, removed, another agency's and one she is kept from."""
    row = own_records(actor).filter(pk=record).first()
    if row is None:
        raise NotFound("Record")
    return _own(row)


def own_record_called(actor: Actor, code: str) -> Own:
    """The record with this code. Raises SheIsKeptFrom, in the same words whyever there is none."""
    row = own_records(actor).filter(code=code.strip().upper()).first()
    if row is None:
        raise SheIsKeptFrom
    return _own(row)


def codes_of(actor: Actor, records: set[UUID]) -> dict[UUID, str]:
    """Codes of records by id, of those in reach."""
    return dict(own_records(actor).filter(pk__in=records).values_list("id", "code")) if records else {}


def code_shown(record: Record | None) -> str:
    """The code of a record that a row of this room is about, loaded with it."""
    if record is None:
        return ""
    return "Erased" if record.removed_at else record.code


def _own(row: Record) -> Own:
    return Own(
        row.pk,
        row.code,
        row.partnership_id,
        row.agency_id,
        row.last_seen_on,
        timezone.localdate(row.recorded_at),
        row.first_seen_on,
    )


@dataclass(frozen=True, slots=True)
class Reachable:
    """A record that a worker may look at in an emergency: her own agency's, or one linked to it with both agreed."""

    record: UUID
    agency: UUID


def reachable_from(actor: Actor, her: Own, held_by: UUID) -> Reachable:
    """The record that `held_by` has of the same woman. Raises NotFound unless both holders accepted."""
    found = next((each for each in reachables(actor, her) if each.agency == held_by), None)
    if found is None:
        raise NotFound("Record")
    return found


def reachables(actor: Actor, her: Own) -> list[Reachable]:
    """Her own agency's record first, then those that both holders agreed may be known to be hers."""
    links = CaseworkLink.objects.visible_to(actor).filter(
        Q(a_id=her.id) | Q(b_id=her.id), ended_at=None, until__gte=timezone.localdate()
    )
    found = [Reachable(her.id, her.agency)]
    for a, b, agency_a, agency_b in links.order_by("id").values_list("a_id", "b_id", "agency_a_id", "agency_b_id"):
        found.append(Reachable(b, agency_b) if a == her.id else Reachable(a, agency_a))
    return found
