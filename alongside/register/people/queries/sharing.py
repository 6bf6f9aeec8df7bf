"""What is kept about sharing a record: grants, who is kept out, numbered copies, and what a receiver has to stop."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.codes import Role
from alongside.register.people.codes import ExclusionReason, FieldGroup, GrantBasis, HandoutKind, Purpose
from alongside.register.people.first_line import in_force, to_call_back
from alongside.register.people.models import Exclusion, Grant, Handout, RecallDone, Record
from alongside.register.people.queries.shared import shared
from alongside.register.people.remarks import remark
from alongside.register.people.rules import last_day


@dataclass(frozen=True, slots=True)
class GrantRow:
    """What one agency, or one worker, may know; `ended_on` empty while it holds."""

    id: UUID
    to_name: str
    to_mark: str  # the letters of the receiver, for paper that names no service
    groups: tuple[FieldGroup, ...]
    purpose: Purpose
    basis: GrantBasis
    how_asked: str
    asked_on: date
    until: date
    ended_on: date | None
    given_by: UUID


@dataclass(frozen=True, slots=True)
class KeptOutRow:
    """Who is kept out, in words."""

    id: UUID
    who: str
    reason: str
    since: date


@dataclass(frozen=True, slots=True)
class HandoutRow:
    id: UUID
    number: str
    kind: str
    made_at: datetime
    destroyed: bool


@dataclass(frozen=True, slots=True)
class Recall:
    """A grant to the actor's agency, or to a forum on which it sat, that has ended, and the copies made meanwhile."""

    grant: UUID
    forum: str
    holder_name: str
    groups: tuple[FieldGroup, ...]
    since: date
    ended_on: date
    copies: tuple[HandoutRow, ...]


def sharing(actor: Actor, record_id: UUID) -> list[GrantRow]:
    """All that was ever agreed or opened for a record of the actor's agency, what holds first."""
    own_record(actor, record_id)
    rows = Grant.objects.visible_to(actor).filter(record_id=record_id, agency_id=actor.agency)
    ordered = rows.select_related("to_agency", "to_worker", "to_forum").order_by("to_agency__name", "-given_at", "id")
    found = [_grant(each) for each in ordered]
    return [each for each in found if not each.ended_on] + [each for each in found if each.ended_on]


def kept_out(actor: Actor, record_id: UUID) -> list[KeptOutRow]:
    """Who is kept out of a record of the actor's agency now."""
    own_record(actor, record_id)
    rows = Exclusion.objects.visible_to(actor).filter(record_id=record_id, lifted_at=None)
    return [
        KeptOutRow(each.pk, _who(each), ExclusionReason(each.reason).words, timezone.localdate(each.excluded_at))
        for each in rows.select_related("worker", "feared_agency").order_by("excluded_at", "id")
    ]


def agencies_kept_out(actor: Actor, record_id: UUID) -> set[UUID]:
    """The agencies of which nobody may see this record, as the holder wrote it down: nothing of her goes there."""
    own_record(actor, record_id)
    rows = Exclusion.objects.visible_to(actor).filter(record_id=record_id, lifted_at=None, feared_role="")
    return set(rows.filter(feared_agency__isnull=False).values_list("feared_agency_id", flat=True))


def handouts(actor: Actor, record_id: UUID) -> list[HandoutRow]:
    """Numbered prints and exports that the actor's agency made about a record, the latest first."""
    check(actor, "people.hand_out")
    rows = Handout.objects.visible_to(actor).filter(record_id=record_id).order_by("-made_at", "id")
    return [_handout(each) for each in rows]


def recalls(actor: Actor) -> list[Recall]:
    """What was given to the actor's agency and has ended, until somebody says that its use has stopped."""
    check(actor, "people.stop_using")
    done = RecallDone.objects.visible_to(actor).values("grant_id")
    ended = Grant.objects.visible_to(actor).exclude(in_force()).exclude(pk__in=done).exclude(agency_id=actor.agency)
    ours = ended.filter(Q(to_agency_id=actor.agency) | to_call_back(actor))
    grants = list(ours.select_related("agency", "to_forum").order_by("-given_at", "id"))
    again = Grant.objects.visible_to(actor).filter(in_force(), to_agency_id=actor.agency)
    still: dict[UUID, set[str]] = {}
    for record, groups in again.order_by("id").values_list("record_id", "groups"):
        still.setdefault(record, set()).update(groups)
    made = Handout.objects.visible_to(actor).filter(record_id__in=[each.record_id for each in grants])
    copies = list(made.filter(destroyed_at=None).order_by("made_at", "id"))
    return [  # what was asked anew, with nothing taken back, is not in it
        Recall(
            grant=each.pk,
            forum=each.to_forum.name if each.to_forum else "",
            holder_name=each.agency.name,
            groups=groups_of(each.groups),
            since=timezone.localdate(each.given_at),
            ended_on=_ended_on(each) or last_day(each.until_at),
            copies=tuple(_handout(copy) for copy in copies if copy.record_id == each.record_id),
        )
        for each in grants
        if not set(each.groups) <= still.get(each.record_id, set())
    ]


def code_of_record(actor: Actor, record_id: UUID) -> str:
    """The code of a record of the actor's agency. Raises NotFound."""
    return own_record(actor, record_id).code


def holder_of(actor: Actor, grant_id: UUID) -> UUID:
    """The record that a grant is about. Raises NotFound for one that the actor may not see."""
    record: UUID = load(actor, Grant, grant_id).record_id
    return record


def record_kept_from(actor: Actor, exclusion_id: UUID) -> UUID:
    """The record that somebody is kept out of. Raises NotFound."""
    record: UUID = load(actor, Exclusion, exclusion_id).record_id
    return record


def record_seen(actor: Actor, record_id: UUID) -> str:
    """The code of a record that the actor sees: her agency's own, or one shared with it. Raises NotFound."""
    own = Record.objects.visible_to(actor).filter(pk=record_id, removed_at=None).values_list("code", flat=True).first()
    return own or shared(actor, record_id).code


def own_record(actor: Actor, record_id: UUID) -> Record:
    record: Record = load(actor, Record, record_id)
    check(actor, "people.open", record.as_subject())
    if record.removed_at is not None:
        raise NotFound("Record")
    return record


def _grant(row: Grant) -> GrantRow:
    to_name = f"{row.to_worker.name}, {row.receiver}" if row.to_worker else row.receiver
    letters = "".join(word[0].upper() for word in row.receiver.split())[:4]
    return GrantRow(
        id=row.pk,
        to_name=to_name,
        to_mark=row.to_agency.prefix if row.to_agency else letters,
        groups=groups_of(row.groups),
        purpose=Purpose(row.purpose),
        basis=GrantBasis(row.basis),
        how_asked=remark(row.agency_id, Place("people_grant", row.pk, "how_asked"), row.how_asked),
        asked_on=row.asked_on,
        until=last_day(row.until_at),
        ended_on=_ended_on(row),
        given_by=row.given_by,
    )


def _ended_on(row: Grant) -> date | None:
    if row.withdrawn_at is not None:
        return timezone.localdate(row.withdrawn_at)
    if row.to_forum is not None and row.to_forum.ended_at is not None:
        return timezone.localdate(row.to_forum.ended_at)
    return last_day(row.until_at) if row.until_at <= timezone.now() else None


def groups_of(values: list[str]) -> tuple[FieldGroup, ...]:
    return tuple(group for group in FieldGroup if group.value in values)


def _handout(row: Handout) -> HandoutRow:
    return HandoutRow(row.pk, row.number, HandoutKind(row.kind).words, row.made_at, row.destroyed_at is not None)


def _who(row: Exclusion) -> str:
    if row.worker is not None:
        return str(row.worker.name)
    agency = row.feared_agency.name if row.feared_agency else ""
    return f"{Role(row.feared_role).words}s of {agency}" if row.feared_role else f"Everyone at {agency}"
