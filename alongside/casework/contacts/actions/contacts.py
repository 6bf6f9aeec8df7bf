"""Recording a contact, many at once from a sheet, and undoing one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from alongside.casework.contacts.actions.home import home
from alongside.casework.contacts.models import Area, Contact, DropInSession, Meeting, Shift, UnnamedContact
from alongside.casework.contacts.rules.matters import as_text
from alongside.casework.contacts.rules.told import Told, check
from alongside.casework.supplies import actions as supplies
from alongside.casework.supplies.codes import Why
from alongside.casework.supplies.rules import checked
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import insert_rows
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.questions import Question
from alongside.foundation.vault.seal import Place
from alongside.register.people.actions import make_record
from alongside.register.people.queries import records
from alongside.register.people.remarks import remark, sealed_remarks

PLAIN = (
    "occurred_at outcome place shift session area hexagon staying given services brought_by next_step next_on"
).split()


class AlreadyRecorded(Exception):
    """A contact of this id is there, and says something else."""

    words = "This contact was recorded before, and not with the same answers. Both are kept until a person chooses."


class NoSuchShift(Exception):
    """No shift, or session, of this agency has this id."""

    words = "That shift is not one of your agency's."


class NoSuchArea(Exception):
    """No area of this partnership has this id. One that was closed is still an area."""

    words = "That area is not one of your partnership's."


@dataclass(frozen=True, slots=True)
class Recorded:
    """`record` is None for a woman without one; `again`: it was there already, and nothing changed."""

    id: UUID
    record: UUID | None
    again: bool = False


@action("contacts.record")
def record_contact(actor: Actor, *, id: UUID, occurred_at: datetime, **told: Any) -> Recorded:
    """Record one contact (fields: `rules.told.Told`). The same id with the same answers a second time changes nothing.

    Raises AlreadyRecorded for the same id with other answers; NotFound for a record out of reach; NoSuchShift,
    NoSuchArea, NotYet, UnknownCode, TwoWomen, TooFine, TooLong and supplies' NotThatMany for what can't be right.
    """
    given = Told(id=id, occurred_at=occurred_at, **told)
    check(given, timezone.now())
    checked(given.given)
    if known := _known(actor, given):
        return known
    _check_places(actor, given)
    if given.record is not None and not records(actor, [given.record]):
        raise NotFound("Record")
    try:
        with transaction.atomic():
            return _write(actor, given)
    except IntegrityError:  # the same contact came by another way at this moment
        known = _known(actor, given)
        if known is None:  # another agency's contact has this id
            raise AlreadyRecorded from None
        return known


FIND = [
    Question(lambda actor, id, model=model: model.objects.visible_to(actor).filter(pk=id, agency_id=actor.agency))
    for model in (Contact, UnnamedContact)
]


def _known(actor: Actor, told: Told) -> Recorded | None:
    """The contact of this id, if it says the same. Raises AlreadyRecorded when it does not."""
    for find in FIND:  # mostly there is none
        for row in find(actor, id=told.id):
            if remark(row.agency_id, _place(row, "body"), row.body) != _digest(told):
                raise AlreadyRecorded
            return Recorded(row.pk, getattr(row, "record_id", None), again=True)
    return None


def _check_places(actor: Actor, told: Told) -> None:
    for model, pk in ((Shift, told.shift), (DropInSession, told.session)):
        if pk is not None and not model.objects.visible_to(actor).filter(pk=pk).exists():
            raise NoSuchShift
    if told.area is not None and not Area.objects.visible_to(actor).filter(pk=told.area).exists():
        raise NoSuchArea


def _write(actor: Actor, told: Told) -> Recorded:
    record = told.record
    if told.new is not None:
        record = make_record(actor, known=told.new, seen_on=timezone.localdate(told.occurred_at))
    (row,) = _rows(actor, [(told, record)])
    row.save(force_insert=True)
    if told.given and told.shelf:
        day = timezone.localdate(told.occurred_at)
        supplies.move(actor, told.shelf, why=Why.GIVEN, amounts=told.given, on=day, contact=row.pk)
    return Recorded(row.pk, record)


def _rows(actor: Actor, told: Sequence[tuple[Told, UUID | None]]) -> list[Meeting]:
    """The rows of these contacts, each with her record, not yet written. What is sealed is sealed in one go."""
    assert actor.agency is not None
    rows = [_plain(actor, each, record) for each, record in told]
    words = [
        (row, name, text) for row, (each, _) in zip(rows, told, strict=True) for name, text in _words(row, each).items()
    ]
    sealed = sealed_remarks(actor.agency, [(_place(row, name), text) for row, name, text in words])
    for (row, name, _), held in zip(words, sealed, strict=True):
        setattr(row, name, held)
    return rows


def _plain(actor: Actor, told: Told, record: UUID | None) -> Meeting:
    model: type[Meeting] = UnnamedContact if record is None else Contact
    row = model(id=told.id, **home(actor), **_columns(told))
    row.occurred_by, row.recorded_by = told.worker or actor.user, actor.user
    if isinstance(row, Contact) and record is not None:
        row.record_id = record
    return row


def _words(row: Meeting, told: Told) -> dict[str, str]:
    """What is sealed of a contact, by field."""
    words = {"note": told.note, "body": _digest(told), "matters": as_text(told.topics, told.worry)}
    return words | {"description": told.description} if isinstance(row, UnnamedContact) else words


def _columns(told: Told) -> dict[str, Any]:
    ids = {"shift": "shift_id", "session": "session_id", "area": "area_id"}
    values = {ids.get(name, name): getattr(told, name) for name in PLAIN}
    return values | {"services": list(told.services), "given": dict(told.given)}


def _digest(told: Told) -> str:
    return hashlib.sha256(told.body().encode()).hexdigest()


def _place(row: Meeting, field: str) -> Place:
    return Place(row._meta.db_table, row.pk, field)


@action("contacts.record")
def record_together(actor: Actor, *, told: Sequence[Told]) -> int:
    """Record a sheet: many contacts with women who have records. All of them or none; returns how many are new.

    Raises as `record_contact` does. What was given is kept with each contact; no shelf changes.
    """
    now = timezone.now()
    for each in told:
        check(each, now)
        checked(each.given)
        if each.record is None:
            raise NotFound("Record")
    there = set(
        Contact.objects.visible_to(actor).filter(pk__in=[each.id for each in told]).values_list("pk", flat=True)
    )
    new = [each for each in told if each.id not in there]
    for each in told:
        if each.id in there:
            _known(actor, each)
    _check_all(actor, new)
    rows = _rows(actor, [(each, each.record) for each in new])
    columns = [field.name for field in Contact._meta.local_fields if field.name not in LEFT_OUT]
    values = [[_value(row, name) for name in columns] for row in rows]
    shared = {"partnership": actor.partnership, "agency": actor.agency}
    return insert_rows(Contact, columns, values, every=shared)


LEFT_OUT = {"partnership", "agency", "recorded_at", "withdrawn_at", "withdrawn_by"}
LINKS = {"shift", "session", "area", "record"}


def _value(row: Meeting, name: str) -> Any:
    value = getattr(row, f"{name}_id" if name in LINKS else name)
    return Jsonb(value) if isinstance(value, dict) else value


def _check_all(actor: Actor, told: Sequence[Told]) -> None:
    """The checks of one contact for all of them, in one query each."""
    hers = {each.record for each in told if each.record is not None}
    if {row.id for row in records(actor, sorted(hers))} != hers:
        raise NotFound("Record")
    for model, wanted, fault in (
        (Shift, {each.shift for each in told}, NoSuchShift),
        (DropInSession, {each.session for each in told}, NoSuchShift),
        (Area, {each.area for each in told}, NoSuchArea),
    ):
        asked = wanted - {None}
        if asked and model.objects.visible_to(actor).filter(pk__in=asked).count() != len(asked):
            raise fault


@action("contacts.change", Contact)
def undo_contact(actor: Actor, *, contact: Contact) -> None:
    """Take a contact back; the row stays, and counts no more. A second time changes nothing."""
    if contact.withdrawn_at is None:
        contact.withdrawn_at, contact.withdrawn_by = timezone.now(), actor.user
        contact.save(update_fields=["withdrawn_at", "withdrawn_by"])
