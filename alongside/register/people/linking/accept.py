"""The holder says, for one record, that agencies that work with her too may know of it.

She is asked without telling whether anyone does, and nothing that these actions return or take time for tells it
either. No service depends on it.
"""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.vault.seal import Place
from alongside.register.people.acting import settlement_job, take_turn
from alongside.register.people.codes import AcceptanceBasis
from alongside.register.people.linking.settle import settle_links
from alongside.register.people.models import Acceptance, Record
from alongside.register.people.remarks import sealed_remark
from alongside.register.people.rules import LONGEST, AskedLater, TooLong, months_after


class NothingAccepted(Exception):
    """There is no acceptance in force to withdraw."""

    words = "Nothing is agreed for this record at the moment."


@action("people.accept", Record)
def accept(
    actor: Actor, *, record: Record, basis: AcceptanceBasis, how_asked: str, asked_on: date, until: date
) -> None:
    """Keep the acceptance, in place of an earlier one, and let what follows from it follow."""
    _check_stands(record)
    assert actor.user is not None
    if asked_on > timezone.localdate():
        raise AskedLater
    if not asked_on <= until <= months_after(asked_on, LONGEST):
        raise TooLong
    _withdraw(actor, record)
    row = uuid4()
    Acceptance.objects.bulk_create(
        [
            Acceptance(
                id=row,
                partnership_id=record.partnership_id,
                agency_id=record.agency_id,
                record=record,
                basis=basis,
                how_asked=sealed_remark(record.agency_id, Place("people_acceptance", row, "how_asked"), how_asked),
                asked_on=asked_on,
                until=until,
                accepted_by=actor.user,
            )
        ]
    )
    _settle(actor)


@action("people.accept", Record)
def withdraw_acceptance(actor: Actor, *, record: Record) -> None:
    """She changed her mind, or the reason is gone: from now on nobody is told, and who was told is told no more."""
    _check_stands(record)
    if not _withdraw(actor, record):
        raise NothingAccepted
    _settle(actor)


def _check_stands(record: Record) -> None:
    """A record that was taken back with its list is not there any more."""
    if record.removed_at is not None:
        raise NotFound("Record")


def _withdraw(actor: Actor, record: Record) -> int:
    held = Acceptance.objects.visible_to(actor).filter(record=record, withdrawn_at=None)
    ended: int = held.update(withdrawn_at=timezone.now(), withdrawn_by=actor.user)
    return ended


def _settle(actor: Actor) -> None:
    assert actor.partnership is not None
    take_turn(actor.partnership)
    job = settlement_job(actor.partnership)
    with acting_as(job):
        settle_links(job, decided_by=actor.user)
