"""Sharing with one agency without asking her (B6): never a flag, always two people, a law, the least, and an end."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.register.people.codes import FieldGroup
from alongside.register.rights import granting, words
from alongside.register.rights.codes import Ground, Told
from alongside.register.rights.models import Disclosure
from alongside.register.rights.records import acting, own_record
from alongside.register.rights.refusals import NotComplete, OwnSignature, SettledAlready, WrongDays


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is to be shared, with whom, on what law. All of it must be there: there is no draft."""

    to_agency: UUID
    ground: Ground
    groups: tuple[FieldGroup, ...]
    necessity: str
    risk: str
    told: Told
    told_words: str
    until: date
    review_on: date


def propose(actor: Actor, record: UUID, proposed: Proposed) -> UUID:
    """Write it down and sign it as the first of two. Nothing is shared yet. Raises NotFound, NotComplete, WrongDays."""
    her = own_record(actor, record)
    _check(proposed, actor)
    made: UUID = _propose(actor, subject=her.as_subject(), record=her.id, proposed=proposed)
    return made


@action("rights.disclose")
def _propose(actor: Actor, *, record: UUID, proposed: Proposed) -> UUID:
    me = acting(actor)
    row = Disclosure(
        partnership_id=me.partnership,
        agency_id=me.agency,
        record_id=record,
        to_agency_id=proposed.to_agency,
        ground=proposed.ground,
        groups=[each.value for each in proposed.groups],
        told=proposed.told,
        until=proposed.until,
        review_on=proposed.review_on,
        written_by=me.worker,
    )
    words.put(
        row,
        row.agency_id,
        necessity=proposed.necessity,
        risk=proposed.risk,
        told_words=proposed.told_words,
    )
    row.save(force_insert=True)
    return row.pk


@action("rights.sign_disclosure", Disclosure)
def sign(actor: Actor, *, disclosure: Disclosure) -> None:
    """The second person of the holder: from now on it is shared. Raises OwnSignature, SettledAlready, WrongDays."""
    _check_waits(disclosure)
    if disclosure.written_by == actor.user:
        raise OwnSignature
    if disclosure.until < timezone.localdate():
        raise WrongDays("Its time is over already: write it down anew.")
    disclosure.signed_at, disclosure.signed_by = timezone.now(), actor.user
    disclosure.grant = granting.for_disclosure(actor, disclosure)
    disclosure.save()


@action("rights.sign_disclosure", Disclosure)
def turn_down(actor: Actor, *, disclosure: Disclosure) -> None:
    """It is not shared. The one who wrote it may take it back so too."""
    _check_waits(disclosure)
    disclosure.turned_down_at, disclosure.turned_down_by = timezone.now(), actor.user
    disclosure.save()


@action("rights.sign_disclosure", Disclosure)
def review(actor: Actor, *, disclosure: Disclosure, goes_on: bool) -> None:
    """Looked at again on its day: it goes on to its end, or ends now."""
    if disclosure.signed_at is None or disclosure.ended_at is not None:
        raise SettledAlready
    disclosure.reviewed_at, disclosure.reviewed_by = timezone.now(), actor.user
    if not goes_on:
        disclosure.ended_at, disclosure.ended_by = timezone.now(), actor.user
        granting.withdraw(actor, disclosure)
    disclosure.save()


def _check_waits(row: Disclosure) -> None:
    if row.signed_at is not None or row.turned_down_at is not None:
        raise SettledAlready


def _check(proposed: Proposed, actor: Actor) -> None:
    lacking = [
        words
        for words, is_there in (
            ("which kinds of facts", proposed.groups),
            ("why it is necessary", proposed.necessity.strip()),
            ("what the risk is", proposed.risk.strip()),
            ("whether she is told", proposed.told != Told.UNDECIDED),
            ("why she is not told now", proposed.told == Told.BEFORE or proposed.told_words.strip()),
        )
        if not is_there
    ]
    if lacking:
        raise NotComplete(lacking)
    if proposed.to_agency == actor.agency:
        raise WrongDays("Choose another agency: yours has it already.")
    if not timezone.localdate() <= proposed.review_on <= proposed.until:
        raise WrongDays("The review must be today or later, and not after the end.")
