"""Contacts as a timeline, a list and a count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.casework.contacts.codes import NextStep, Outcome, PlaceKind, ServiceHere, Staying, Topic, Worry
from alongside.casework.contacts.models import Contact
from alongside.casework.contacts.queries.notes import NoteRow, newest_notes, note_rows
from alongside.casework.contacts.rules.matters import Matters, of_text
from alongside.casework.supplies.codes import Item
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.questions import Question
from alongside.foundation.kit.show import day
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.facts import agencies
from alongside.register.agencies.queries import names_of
from alongside.register.people.remarks import remarks

MOST = 200


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact ready to show. Of another agency's: when, where and where she stayed; nothing else."""

    id: UUID
    record: UUID
    agency: UUID
    agency_name: str
    is_own: bool
    at: datetime
    recorded_at: datetime
    by: str
    outcome: Outcome
    place: PlaceKind
    area: str
    hexagon: str
    staying: str
    staying_code: str
    topics: tuple[str, ...]
    services: tuple[str, ...]
    given: tuple[str, ...]
    worry: str
    next_step: str
    next_on: date | None
    note: str
    taken_back: bool

    def told(self) -> str:
        """What was told, in one line; nothing where nothing was."""
        parts = [self.area, f"staying: {self.staying.lower()}" if self.staying else ""]
        parts += [f"talked of {', '.join(self.topics).lower()}"] if self.topics else []
        parts += [f"used {', '.join(self.services).lower()}"] if self.services else []
        parts += [f"given {', '.join(self.given).lower()}"] if self.given else []
        parts += [f"worry: {self.worry.lower()}"] if self.worry else []
        line = "; ".join(part for part in parts if part)
        return f"{line[:1].upper()}{line[1:]}." if line else ""


_met = Question(
    lambda actor, of, most: (
        Contact.objects.visible_to(actor)
        .filter(AnyOf(F("record_id"), of), withdrawn_at=None)
        .select_related("area")
        .order_by("-occurred_at", "id")[:most]
    )
)


def timeline(actor: Actor, of: Sequence[UUID], most: int = MOST) -> list[ContactRow]:
    """Contacts with the woman of these records, as far as the actor may see them, the newest first."""
    check(actor, "contacts.see")
    return _rows(actor, _met(actor, of=list(of), most=most))


def story(actor: Actor, of: Sequence[UUID], most: int) -> tuple[list[ContactRow], list[NoteRow]]:
    """Her timeline and the notes on her page, the first of `of` being the own record; each the newest first."""
    check(actor, "contacts.see")
    rows = _met(actor, of=list(of), most=most)
    notes = newest_notes(actor, of[0], most)
    own = (row.occurred_by for row in rows if row.agency_id == actor.agency)
    workers = names_of(each for each in (*own, *(note.written_by for note in notes)) if each)
    return _rows(actor, rows, workers), note_rows(notes, workers)


def _rows(actor: Actor, rows: list[Contact], known: dict[UUID, str] | None = None) -> list[ContactRow]:
    foreign = {row.agency_id for row in rows} - {actor.agency}
    named = {each.id: each.name for each in agencies(actor.partnership)} if foreign and actor.partnership else {}
    own = [row for row in rows if row.agency_id == actor.agency]
    workers = names_of(row.occurred_by for row in own if row.occurred_by) if known is None else known
    opened = _opened(actor, own)
    return [_row(actor, row, named, workers, *opened.get(row.pk, ("", Matters()))) for row in rows]


def _opened(actor: Actor, rows: list[Contact]) -> dict[UUID, tuple[str, Matters]]:
    """Note and matters of own contacts, asked of the key process once."""
    if actor.agency is None:
        return {}
    fields = [
        (Place("contacts_contact", row.pk, name), getattr(row, name)) for row in rows for name in ("note", "matters")
    ]
    words = remarks(actor.agency, fields)
    return {row.pk: (words[2 * at], of_text(words[2 * at + 1])) for at, row in enumerate(rows)}


def _row(
    actor: Actor, row: Contact, named: dict[UUID, str], workers: dict[UUID, str], note: str, matters: Matters
) -> ContactRow:
    own = row.agency_id == actor.agency
    return ContactRow(
        id=row.pk,
        record=row.record_id,
        agency=row.agency_id,
        agency_name="" if own else named.get(row.agency_id, ""),
        is_own=own,
        at=timezone.localtime(row.occurred_at),
        recorded_at=timezone.localtime(row.recorded_at),
        by=workers.get(row.occurred_by, "") if own and row.occurred_by else "",
        outcome=Outcome(row.outcome),
        place=PlaceKind(row.place),
        area=row.area.name if row.area else "",
        hexagon=row.hexagon if own else "",
        staying=Staying(row.staying).words if row.staying else "",
        staying_code=row.staying,
        topics=tuple(Topic(each).words for each in matters.topics),
        services=tuple(ServiceHere(each).words for each in row.services) if own else (),
        given=tuple(Item(each).words for each in row.given) if own else (),
        worry=Worry(matters.worry).words if matters.worry else "",
        next_step=NextStep(row.next_step).words if own and row.next_step else "",
        next_on=row.next_on if own else None,
        note=note,
        taken_back=row.withdrawn_at is not None,
    )


def last_told(actor: Actor, record: UUID) -> str:
    """Where she was last staying and when she said so, as the own agency knows; empty where nobody asked."""
    check(actor, "contacts.see")
    rows = Contact.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency, withdrawn_at=None)
    told = rows.exclude(staying="").order_by("-occurred_at", "id").values_list("staying", "occurred_at").first()
    return f"{Staying(told[0]).words}, as told on {day(timezone.localdate(told[1]))}" if told else ""
