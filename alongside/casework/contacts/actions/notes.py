"""A note on her page, its draft while it is typed, and how she may be reached."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.casework.contacts.actions.home import home
from alongside.casework.contacts.codes import MayWe, Way
from alongside.casework.contacts.models import Note, NoteDraft, SafeContact
from alongside.casework.contacts.rules.told import LONGEST_NOTE, TooLong, UnknownCode
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action, take_turn_on
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.vault.seal import Place
from alongside.register.people.queries import records
from alongside.register.people.remarks import sealed_remark


class NothingWritten(Exception):
    """A note without a word."""

    words = "Write the note, then save it."


@action("contacts.record")
def write_note(actor: Actor, *, id: UUID, record: UUID, words: str) -> UUID:
    """A note on her page; her draft of it goes. The same id a second time changes nothing.

    Raises NotFound, NothingWritten, TooLong.
    """
    words = _checked(actor, record, words)
    if not words:
        raise NothingWritten
    take_turn_on(id)
    if not Note.objects.visible_to(actor).filter(pk=id).exists():
        row = Note(id=id, **home(actor), record_id=record, written_by=actor.user)
        row.words = _sealed(actor, Place("contacts_note", id, "words"), words)
        row.save(force_insert=True)
    NoteDraft.objects.visible_to(actor).filter(record_id=record, worker=actor.user).delete()
    return id


@action("contacts.record")
def keep_draft(actor: Actor, *, record: UUID, note: UUID | None, words: str) -> None:
    """What is typed so far of the note that will have this id. An empty draft, or one that comes after its note, goes.

    Raises NotFound, TooLong.
    """
    words = _checked(actor, record, words)
    take_turn_on(note)
    if note and Note.objects.visible_to(actor).filter(pk=note).exists():
        words = ""
    drafts = NoteDraft.objects.visible_to(actor).filter(record_id=record, worker=actor.user)
    if not words:
        drafts.delete()
        return
    assert actor.user is not None
    row = drafts.first() or NoteDraft(id=uuid4(), **home(actor), record_id=record, worker=actor.user)
    row.words = _sealed(actor, Place("contacts_notedraft", row.pk, "words"), words)
    row.saved_at, row.saved_by = timezone.now(), actor.user
    row.save()


@action("contacts.change", Note)
def take_back_note(actor: Actor, *, note: Note) -> UUID:
    """The row stays, and is shown no more. A second time changes nothing. Returns her record."""
    if note.withdrawn_at is None:
        note.withdrawn_at, note.withdrawn_by = timezone.now(), actor.user
        note.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return note.record_id


@action("contacts.record")
def tell_safe_contact(actor: Actor, *, record: UUID, ways: Mapping[Way, str], words: str = "") -> UUID:
    """How she may be reached, as she says today; what was told before stays on record. An empty answer: not asked.

    Raises NotFound, UnknownCode, TooLong.
    """
    words = _checked(actor, record, words)
    if not set(ways.values()) <= {"", *MayWe}:
        raise UnknownCode("ways")
    row = SafeContact(**home(actor), record_id=record, told_by=actor.user)
    for way in Way:
        setattr(row, way.value, ways.get(way, ""))
    assert actor.agency is not None
    row.words = sealed_remark(actor.agency, Place("contacts_safecontact", row.pk, "words"), words)
    row.save(force_insert=True)
    return row.pk


def _checked(actor: Actor, record: UUID, words: str) -> str:
    words = words.strip()
    if len(words) > LONGEST_NOTE:
        raise TooLong
    if not records(actor, [record]):
        raise NotFound("Record")
    return words


def _sealed(actor: Actor, place: Place, words: str) -> bytes:
    assert actor.agency is not None
    sealed = sealed_remark(actor.agency, place, words)
    assert sealed is not None
    return sealed
