"""How long things are kept: the schedule, legal holds, reviews of what is due, and erasing. Nothing goes silently."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action, take_turn_on
from alongside.foundation.gate.permissions import Subject
from alongside.register.rights import words
from alongside.register.rights.codes import Authority, Decision, Kind, RecordClass, Way
from alongside.register.rights.models import HerRequest, KeptOn, LegalHold, RetentionRule
from alongside.register.rights.records import Own, acting, own_record
from alongside.register.rights.refusals import (
    HeldAlready,
    NotChecked,
    OnHold,
    OwnSignature,
    SettledAlready,
    WrongDays,
)
from alongside.register.traces.actions import erase_record


def _here(actor: Actor) -> Subject:
    return Subject("", None, actor.partnership, actor.agency)


def set_rule(actor: Actor, *, record_class: RecordClass, years: int, authority: str) -> None:
    """How long this agency keeps a class, in place of what stood before."""
    _set_rule(actor, subject=_here(actor), record_class=record_class, years=years, authority=authority)


@action("rights.keep")
def _set_rule(actor: Actor, *, record_class: RecordClass, years: int, authority: str) -> None:
    me = acting(actor)
    changed = {"years": years, "authority": authority, "changed_at": timezone.now(), "changed_by": me.worker}
    rows = RetentionRule.objects.visible_to(actor).filter(record_class=record_class)
    if not rows.update(**changed):
        RetentionRule(partnership_id=me.partnership, agency_id=me.agency, record_class=record_class, **changed).save(
            force_insert=True
        )


def place_hold(actor: Actor, record: UUID, *, authority: Authority, why: str) -> None:
    """Nothing of this record is erased until the hold is lifted. Raises NotFound, HeldAlready."""
    her = own_record(actor, record)
    _place_hold(actor, subject=her.as_subject(), her=her, authority=authority, why=why)


@action("rights.keep")
def _place_hold(actor: Actor, *, her: Own, authority: Authority, why: str) -> None:
    take_turn_on(her.id)
    if hold_on(actor, her.id) is not None:
        raise HeldAlready
    row = LegalHold(
        partnership_id=her.partnership,
        agency_id=her.agency,
        record_id=her.id,
        authority=authority,
        placed_by=acting(actor).worker,
    )
    words.put(row, her.agency, words=why)
    row.save(force_insert=True)


def lift_hold(actor: Actor, record: UUID, *, why: str) -> None:
    """The clock of retention goes on. Raises NotFound, SettledAlready."""
    her = own_record(actor, record)
    _lift_hold(actor, subject=her.as_subject(), her=her, why=why)


@action("rights.keep")
def _lift_hold(actor: Actor, *, her: Own, why: str) -> None:
    take_turn_on(her.id)
    row = hold_on(actor, her.id)
    if row is None:
        raise SettledAlready("There is no hold in force for this record.")
    row.lifted_at, row.lifted_by = timezone.now(), actor.user
    words.put(row, her.agency, lifted_words=why)
    row.save()


def keep_on(actor: Actor, record: UUID, *, until: date, why: str) -> None:
    """Its time is over, and there is a reason to keep it until another day. Raises NotFound, WrongDays."""
    if until <= timezone.localdate():
        raise WrongDays("Choose a day that is still to come.")
    her = own_record(actor, record)
    _keep_on(actor, subject=her.as_subject(), her=her, until=until, why=why)


@action("rights.keep")
def _keep_on(actor: Actor, *, her: Own, until: date, why: str) -> None:
    row = KeptOn(
        partnership_id=her.partnership,
        agency_id=her.agency,
        record_id=her.id,
        until=until,
        decided_by=acting(actor).worker,
    )
    words.put(row, her.agency, reason=why)
    row.save(force_insert=True)


def let_go(actor: Actor, record: UUID, *, why: str) -> UUID:
    """Its time is over: the data protection lead decides to erase it, once a service manager agrees."""
    her = own_record(actor, record)
    made: UUID = _let_go(actor, subject=her.as_subject(), her=her, why=why)
    return made


@action("rights.keep")
def _let_go(actor: Actor, *, her: Own, why: str) -> UUID:
    take_turn_on(her.id)
    if hold_on(actor, her.id) is not None:
        raise OnHold
    now = timezone.now()
    row = HerRequest(
        partnership_id=her.partnership,
        agency_id=her.agency,
        record_id=her.id,
        kind=Kind.ERASURE,
        way=Way.TIME_OVER,
        received_on=timezone.localdate(),
        received_by=acting(actor).worker,
        decision=Decision.YES,
        decided_at=now,
        decided_by=actor.user,
    )
    words.put(row, her.agency, decided_words=why)
    row.save(force_insert=True)
    return row.pk


@action("rights.agree_erasure", HerRequest)
def agree(actor: Actor, *, herrequest: HerRequest) -> None:
    """A service manager looked at it too: it may be erased. Raises SettledAlready, OwnSignature."""
    _check_to_erase(herrequest)
    if actor.user == herrequest.decided_by:
        raise OwnSignature("You decided this: someone else agrees.")
    herrequest.checked_at, herrequest.checked_by = timezone.now(), actor.user
    herrequest.save()


@action("rights.erase", HerRequest)
def erase(actor: Actor, *, herrequest: HerRequest) -> None:
    """Erase what two people agreed to erase: keys, indexes and links go; what is left is a stub that names nobody.

    Raises OnHold, NotChecked, OwnSignature, SettledAlready.
    """
    _check_to_erase(herrequest)
    if herrequest.checked_by is None:
        raise NotChecked("A service manager has to agree before it is erased.")
    if herrequest.checked_by == actor.user:
        raise OwnSignature("You agreed to this: someone else erases it.")
    take_turn_on(herrequest.record_id)
    if hold_on(actor, herrequest.record_id) is not None:
        raise OnHold
    herrequest.done_at, herrequest.done_by = timezone.now(), actor.user
    herrequest.save()
    erase_record(actor, herrequest.record_id)


def _check_to_erase(row: HerRequest) -> None:
    if row.kind != Kind.ERASURE or row.decision != Decision.YES or row.done_at is not None:
        raise SettledAlready


def hold_on(actor: Actor, record: UUID) -> LegalHold | None:
    """The hold in force on a record."""
    row: LegalHold | None = LegalHold.objects.visible_to(actor).filter(record_id=record, lifted_at=None).first()
    return row
