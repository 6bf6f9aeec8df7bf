"""Notes on her page, the draft of one, and how she may be reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.casework.contacts.codes import MayWe, Way
from alongside.casework.contacts.models import Note, NoteDraft, SafeContact
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.questions import Question
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.queries import names_of
from alongside.register.people.remarks import remark, remarks


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: UUID
    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class SafeContactRow:
    """What she said last about how to reach her. `ways`: those that somebody asked about."""

    ways: tuple[tuple[Way, MayWe], ...]
    words: str
    told_at: datetime
    is_own: bool

    def alerts(self) -> tuple[str, ...]:
        """What not to do, in words of our own."""
        return tuple(way.barred for way, answer in self.ways if answer is MayWe.NO)

    def allowed(self) -> tuple[str, ...]:
        return tuple(way.words for way, answer in self.ways if answer is MayWe.YES)


_notes = Question(
    lambda actor, record, most: (
        Note.objects.visible_to(actor).filter(record_id=record, withdrawn_at=None).order_by("-written_at", "id")[:most]
    )
)
_draft = Question(
    lambda actor, record, worker: NoteDraft.objects.visible_to(actor).filter(record_id=record, worker=worker)
)
_latest = Question(
    lambda actor, of: (
        SafeContact.objects.visible_to(actor)
        .filter(AnyOf(F("record_id"), of))
        .order_by("record_id", "-told_at", "id")
        .distinct("record_id")
    )
)


def notes_on(actor: Actor, record: UUID, most: int) -> list[NoteRow]:
    """The agency's notes on her page that were not taken back, the newest first."""
    check(actor, "contacts.see")
    rows = newest_notes(actor, record, most)
    return note_rows(rows, names_of(row.written_by for row in rows if row.written_by))


def newest_notes(actor: Actor, record: UUID, most: int) -> list[Note]:
    return _notes(actor, record=record, most=most)


def note_rows(rows: list[Note], workers: Mapping[UUID, str]) -> list[NoteRow]:
    """Opened in one question to the key process."""
    if not rows:
        return []
    words = remarks(rows[0].agency_id, [(Place("contacts_note", row.pk, "words"), row.words) for row in rows])
    return [
        NoteRow(
            row.pk,
            timezone.localtime(row.written_at),
            workers.get(row.written_by, "") if row.written_by else "",
            text,
        )
        for row, text in zip(rows, words, strict=True)
    ]


def draft_of(actor: Actor, record: UUID) -> str:
    """What this worker typed for her page and did not save; empty where there is none."""
    check(actor, "contacts.see")
    if actor.user is None:
        return ""
    found = _draft(actor, record=record, worker=actor.user)
    return (
        remark(found[0].agency_id, Place("contacts_notedraft", found[0].pk, "words"), found[0].words) if found else ""
    )


def safe_contact(actor: Actor, record: UUID) -> SafeContactRow | None:
    """What she said last about how to reach her, as far as the actor may know."""
    return safe_contacts(actor, [record], with_words=True).get(record)


def safe_contact_history(actor: Actor, record: UUID) -> list[SafeContactRow]:
    """All that she said about it, the newest first."""
    check(actor, "contacts.see")
    rows = SafeContact.objects.visible_to(actor).filter(record_id=record).order_by("-told_at", "id")
    return [_safe(actor, row, with_words=True) for row in rows]


def safe_contacts(actor: Actor, of: Sequence[UUID], *, with_words: bool = False) -> dict[UUID, SafeContactRow]:
    """What each of these women said last; where nothing was told there is nothing. Own words only where wanted."""
    check(actor, "contacts.see")
    return {row.record_id: _safe(actor, row, with_words) for row in _latest(actor, of=list(of))}


def _safe(actor: Actor, row: SafeContact, with_words: bool) -> SafeContactRow:
    words = with_words and remark(row.agency_id, Place("contacts_safecontact", row.pk, "words"), row.words)
    return SafeContactRow(
        tuple((way, MayWe(answer)) for way in Way if (answer := getattr(row, way.value))),
        words or "",
        timezone.localtime(row.told_at),
        row.agency_id == actor.agency,
    )
