"""Private matters of one woman, masked for whoever reads: whole, only the risk, or only that there is something."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.trail.writing import leave
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership
from alongside.register.people.codes import FieldGroup, GrantBasis
from alongside.register.people.first_line import in_force
from alongside.register.people.matrix import NAMED_FOR, Scope, scopes
from alongside.register.people.models import Grant, Matter, Record
from alongside.register.people.policy import reads_whole
from alongside.register.people.remarks import remark
from alongside.register.people.rules import last_day


class Shown(StrEnum):
    WHOLE = "whole"
    RISK = "risk"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class MatterRow:
    """`words` and `risk` are there only as far as `shown` goes; `ask`: whom to ask, "Bethan Price, key worker"."""

    id: UUID
    group: FieldGroup
    shown: Shown
    words: str
    risk: str
    ask: str
    written_on: date
    is_own: bool
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Who is named for a matter of this woman, until when."""

    grant: UUID
    group: FieldGroup
    worker: str
    until: date


def matters(actor: Actor, record_id: UUID, *, with_ended: bool = False) -> list[MatterRow]:
    """What stands of a record that the actor sees, newest first; one trail row names the kinds that were read."""
    held = Matter.objects.visible_to(actor).filter(record_id=record_id).order_by("-written_at", "id")
    rows = list(held if with_ended else held.filter(ended_at=None))
    whole = Matter.objects.visible_to(actor).filter(reads_whole(actor), record_id=record_id)
    read = set(whole.order_by("pk").values_list("pk", flat=True))
    asks = _who(rows)
    found = [_masked(actor, row, row.pk in read, asks) for row in rows]
    if found:
        told = {row.group for row in found if row.shown is not Shown.FLAG}
        leave(
            actor,
            "people.open",
            rule="as far as her role, a grant or her name goes",
            kind="Record",
            subjects=[record_id],
            field_groups=[group for group in FieldGroup if group in told],
        )
    return found


def _masked(actor: Actor, row: Matter, is_whole: bool, asks: dict[UUID, str]) -> MatterRow:
    group = FieldGroup(row.group)
    risk = _text(row, "risk") if is_whole or Scope.RISK in scopes(actor.roles, group) else ""
    shown = Shown.WHOLE if is_whole else Shown.RISK if risk else Shown.FLAG
    return MatterRow(
        row.pk,
        group,
        shown,
        _text(row, "words") if is_whole else "",
        risk,
        asks.get(row.written_by, ""),
        timezone.localdate(row.written_at),
        row.agency_id == actor.agency,
        timezone.localdate(row.ended_at) if row.ended_at else None,
    )


def _text(row: Matter, field: str) -> str:
    return remark(row.agency_id, Place("people_matter", row.pk, field), getattr(row, field))


def _who(rows: Sequence[Matter]) -> dict[UUID, str]:
    """The writers, each with her role where she wrote it."""
    homes = {row.agency_id for row in rows}
    held = Membership.objects.filter(worker_id__in={row.written_by for row in rows}, agency_id__in=homes)
    named = held.select_related("worker", "agency").order_by("since", "id")
    return {
        each.worker_id: f"{each.worker.name}, {Role(each.role).words.lower()} of {each.agency.name}" for each in named
    }


def named(actor: Actor, record_id: UUID) -> list[NamedRow]:
    """Who is named for private matters of a record of the actor's agency."""
    record: Record = load(actor, Record, record_id)
    check(actor, "people.open", record.as_subject())
    grants = Grant.objects.visible_to(actor).filter(
        in_force(), record_id=record_id, agency_id=actor.agency, basis=GrantBasis.NAMED
    )
    return [
        NamedRow(
            each.pk, FieldGroup(each.groups[0]), each.to_worker.name if each.to_worker else "", last_day(each.until_at)
        )
        for each in grants.select_related("to_worker").order_by("to_worker__name", "id")
    ]


def may_be_named(actor: Actor) -> list[tuple[UUID, str]]:
    """Colleagues whose role can be named for a matter, by name."""
    today = timezone.localdate()
    held = Membership.objects.filter(agency_id=actor.agency, worker__is_active=True).exclude(until__lt=today)  # type: ignore[misc]
    rows = held.select_related("worker").order_by("worker__name", "id")
    fitting = {
        each.worker_id: each.worker.name
        for each in rows
        if any(Scope.NAMED in scopes([each.role], group) for group in NAMED_FOR)
    }
    return list(fitting.items())


def record_of_matter(actor: Actor, matter_id: UUID) -> UUID:
    """The record that a matter is about. Raises NotFound."""
    record: UUID = load(actor, Matter, matter_id).record_id
    return record
