"""Noting what changes how everyone handles a record, and saying why one reads about a woman who has died."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.foundation.vault.seal import Place
from alongside.register.people.acting import at_work
from alongside.register.people.codes import StandingKind
from alongside.register.people.first_line import in_force, to_us
from alongside.register.people.models import Grant, ReadReason, Record, Standing
from alongside.register.people.remarks import sealed_remark

OPEN_FOR = timedelta(hours=4)


class NotedAlready(Exception):
    """It stands there already; a mistake is taken back before it is noted anew."""

    words = "This is noted already."


class SayWhy(Exception):
    """Reading about a woman who has died needs a reason in words."""

    words = "Say why you need to read it."


@action("people.note_standing", Record)
def note_standing(actor: Actor, *, record: Record, kind: StandingKind, on: date | None = None, words: str = "") -> UUID:
    """From the next click on everyone handles the record so. Raises NotedAlready."""
    if record.removed_at is not None:
        raise NotFound("Record")
    partnership, agency, by = at_work(actor)
    row = uuid4()
    sealed = sealed_remark(agency, Place("people_standing", row, "words"), words.strip())
    own = {"partnership_id": partnership, "agency_id": agency, "record_id": record.pk}
    try:
        with transaction.atomic():
            Standing.objects.bulk_create([Standing(id=row, **own, kind=kind, on=on, words=sealed, noted_by=by)])
    except IntegrityError:
        raise NotedAlready from None
    return row


@action("people.note_standing", Standing)
def lift_standing(actor: Actor, *, standing: Standing) -> None:
    """It was a mistake: everything is as it was before."""
    held = Standing.objects.visible_to(actor).filter(pk=standing.pk, agency_id=actor.agency, lifted_at=None)
    if not held.update(lifted_at=timezone.now(), lifted_by=actor.user):
        raise NotFound("Standing")


def say_why(actor: Actor, record_id: UUID, words: str) -> None:
    """For four hours the record of a woman who has died opens to this worker. Raises SayWhy, NotFound."""
    if not words.strip():
        raise SayWhy
    _say_why(
        actor, record=record_id, words=words, subject=Subject("Record", record_id, actor.partnership, actor.agency)
    )


@action("people.say_why")
def _say_why(actor: Actor, *, record: UUID, words: str) -> None:
    own = Record.objects.visible_to(actor).filter(pk=record, removed_at=None)
    if not (own.exists() or Grant.objects.visible_to(actor).filter(to_us(actor), in_force(), record=record).exists()):
        raise NotFound("Record")
    partnership, agency, by = at_work(actor)
    row = uuid4()
    ReadReason.objects.bulk_create(
        [
            ReadReason(
                id=row,
                partnership_id=partnership,
                agency_id=agency,
                record_id=record,
                words=sealed_remark(agency, Place("people_readreason", row, "words"), words.strip()),
                given_by=by,
                until=timezone.now() + OPEN_FOR,
            )
        ]
    )
