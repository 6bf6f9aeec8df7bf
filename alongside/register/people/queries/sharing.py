"""What is kept about sharing a record: grants, who is kept out, numbered copies, and what a receiver has to stop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Agency
from alongside.register.people.audience import Audience, Given, KeptOut
from alongside.register.people.codes import ExclusionReason, FieldGroup, GrantBasis, HandoutKind, Purpose
from alongside.register.people.first_line import in_force
from alongside.register.people.models import Exclusion, Grant, Handout, Record
from alongside.register.people.queries.shared import shared
from alongside.register.people.remarks import remark
from alongside.register.people.rules import last_day


@dataclass(frozen=True, slots=True)
class GrantRow:
    """What one agency, or one worker, may know; `ended_on` empty while it holds."""

    id: UUID
    to_agency: UUID
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
    """A grant to the actor's agency that has ended, and the copies made meanwhile."""

    grant: UUID
    holder_name: str
    groups: tuple[FieldGroup, ...]
    since: date
    ended_on: date
    copies: tuple[HandoutRow, ...]


def sharing(actor: Actor, record_id: UUID) -> list[GrantRow]:
    """All that was ever agreed or opened for a record of the actor's agency, what holds first."""
    _own_record(actor, record_id)
    rows = Grant.objects.visible_to(actor).filter(record_id=record_id, agency_id=actor.agency)
    ordered = rows.select_related("to_agency", "to_worker").order_by("to_agency__name", "-given_at", "id")
    found = [_grant(each) for each in ordered]
    return [each for each in found if not each.ended_on] + [each for each in found if each.ended_on]


def kept_out(actor: Actor, record_id: UUID) -> list[KeptOutRow]:
    """Who is kept out of a record of the actor's agency now."""
    _own_record(actor, record_id)
    rows = Exclusion.objects.visible_to(actor).filter(record_id=record_id, lifted_at=None)
    return [
        KeptOutRow(each.pk, _who(each), ExclusionReason(each.reason).words, timezone.localdate(each.excluded_at))
        for each in rows.select_related("worker", "feared_agency").order_by("excluded_at", "id")
    ]


def agencies_kept_out(actor: Actor, record_id: UUID) -> set[UUID]:
    """The agencies of which nobody may see this record, as the holder wrote it down: nothing of her goes there."""
    _own_record(actor, record_id)
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
    ended = Grant.objects.visible_to(actor).filter(to_agency_id=actor.agency, recalled=None).exclude(in_force())
    grants = list(ended.exclude(agency_id=actor.agency).select_related("agency").order_by("-given_at", "id"))
    again = Grant.objects.visible_to(actor).filter(in_force(), to_agency_id=actor.agency)
    still = dict(again.order_by("id").values_list("record_id", "groups"))
    made = Handout.objects.visible_to(actor).filter(record_id__in=[each.record_id for each in grants])
    copies = list(made.filter(destroyed_at=None).order_by("made_at", "id"))
    return [
        Recall(
            grant=each.pk,
            holder_name=each.agency.name,
            groups=_groups(each.groups),
            since=timezone.localdate(each.given_at),
            ended_on=_ended_on(each) or last_day(each.until_at),
            copies=tuple(_handout(copy) for copy in copies if copy.record_id == each.record_id),
        )
        for each in grants
        if not set(each.groups) <= set(still.get(each.record_id, ()))  # asked anew, and nothing was taken back
    ]


def audience(actor: Actor, record_id: UUID | None = None) -> Audience:
    """Who will see what about a record of the actor's agency; without one, about a woman whom it is about to record."""
    home = Agency.objects.get(pk=actor.agency)  # type: ignore[misc]
    if record_id is None:
        return Audience(home.pk, home.name)
    _own_record(actor, record_id)
    given = Grant.objects.visible_to(actor).filter(in_force(), record_id=record_id, agency_id=actor.agency)
    out = Exclusion.objects.visible_to(actor).filter(record_id=record_id, lifted_at=None).order_by("id")
    return Audience(
        home.pk,
        home.name,
        tuple(
            _given(each) for each in given.select_related("to_agency", "to_worker").order_by("to_agency__name", "id")
        ),
        tuple(KeptOut(*row) for row in out.values_list("worker_id", "feared_agency_id", "feared_role")),
    )


def who_will_see(actor: Actor, record_id: UUID | None, group: FieldGroup) -> str:
    """The words beside a sensitive box. Several boxes on a page: ask `audience` once, then `.words(group)`."""
    return audience(actor, record_id).words(group)


def seen_beside(
    actor: Actor, record_id: UUID | None, boxes: Mapping[str, tuple[FieldGroup | None, bool]]
) -> dict[str, str]:
    """Box of a form -> who will see what is typed there, for rooms above.

    `boxes`: the kind of facts (None: whatever every role of the own agency reads), and whether it stays in the own
    agency. Empty for a record that another agency holds: whom that one tells is not ours to know.
    """
    try:
        told = audience(actor, record_id)
    except NotFound:
        return dict.fromkeys(boxes, "")
    return {
        name: told.words_here(group) if stays or group is None else told.words(group)
        for name, (group, stays) in boxes.items()
    }


def seen_of_each(actor: Actor, records: Sequence[UUID], group: FieldGroup) -> dict[UUID, str]:
    """Record -> who will see `group` of her, for a form in which one of several women is chosen. Own records only."""
    home = Agency.objects.get(pk=actor.agency)  # type: ignore[misc]
    own = Record.objects.visible_to(actor).filter(pk__in=records, removed_at=None).order_by("pk")
    ids = list(own.values_list("pk", flat=True))
    given = Grant.objects.visible_to(actor).filter(in_force(), record_id__in=ids, agency_id=actor.agency)
    grants = list(given.select_related("to_agency", "to_worker").order_by("to_agency__name", "id"))
    out = Exclusion.objects.visible_to(actor).filter(record_id__in=ids, lifted_at=None).order_by("id")
    kept = list(out.values_list("record_id", "worker_id", "feared_agency_id", "feared_role"))
    return {
        id: Audience(
            home.pk,
            home.name,
            tuple(_given(each) for each in grants if each.record_id == id),
            tuple(KeptOut(*rest) for record, *rest in kept if record == id),
        ).words(group)
        for id in ids
    }


def code_of_record(actor: Actor, record_id: UUID) -> str:
    """The code of a record of the actor's agency. Raises NotFound."""
    return _own_record(actor, record_id).code


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


def _own_record(actor: Actor, record_id: UUID) -> Record:
    record: Record = load(actor, Record, record_id)
    check(actor, "people.open", record.as_subject())
    if record.removed_at is not None:
        raise NotFound("Record")
    return record


def _given(row: Grant) -> Given:
    return Given(
        row.to_agency_id,
        row.to_agency.name,
        _groups(row.groups),
        last_day(row.until_at),
        row.to_worker_id,
        row.to_worker.name if row.to_worker else "",
    )


def _grant(row: Grant) -> GrantRow:
    to_name = f"{row.to_worker.name}, {row.to_agency.name}" if row.to_worker else row.to_agency.name
    return GrantRow(
        id=row.pk,
        to_agency=row.to_agency_id,
        to_name=to_name,
        to_mark=row.to_agency.prefix,
        groups=_groups(row.groups),
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
    return last_day(row.until_at) if row.until_at <= timezone.now() else None


def _groups(values: list[str]) -> tuple[FieldGroup, ...]:
    return tuple(group for group in FieldGroup if group.value in values)


def _handout(row: Handout) -> HandoutRow:
    return HandoutRow(row.pk, row.number, HandoutKind(row.kind).words, row.made_at, row.destroyed_at is not None)


def _who(row: Exclusion) -> str:
    if row.worker is not None:
        return str(row.worker.name)
    agency = row.feared_agency.name if row.feared_agency else ""
    return f"{Role(row.feared_role).words}s of {agency}" if row.feared_role else f"Everyone at {agency}"
