"""What she asks of an agency: a copy, a correction, an erasure, a complaint."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.register.rights import words
from alongside.register.rights.codes import Decision, Exemption, Kind, Way
from alongside.register.rights.models import HerRequest
from alongside.register.rights.records import Own, acting, own_record
from alongside.register.rights.refusals import IdentityOpen, NotChecked, OwnSignature, SettledAlready


def receive(actor: Actor, record: UUID, *, kind: Kind, way: Way, received_on: date, said: str = "") -> UUID:
    """Write down what she asks. Raises NotFound for a record out of reach."""
    her = own_record(actor, record)
    return _receive(actor, subject=her.as_subject(), her=her, kind=kind, way=way, received_on=received_on, said=said)


@action("rights.receive")
def _receive(actor: Actor, *, her: Own, kind: Kind, way: Way, received_on: date, said: str) -> UUID:
    row = HerRequest(
        partnership_id=her.partnership,
        agency_id=her.agency,
        record_id=her.id,
        kind=kind,
        way=way,
        received_on=received_on,
        received_by=acting(actor).worker,
    )
    words.put(row, her.agency, words=said)
    row.save(force_insert=True)
    return row.pk


@action("rights.receive", HerRequest)
def ask_for_identity(actor: Actor, *, herrequest: HerRequest) -> None:
    """We are not sure that it is she who asks: the clock stands still until a worker who knows her has met her."""
    _mark(actor, herrequest, "identity_asked")


@action("rights.receive", HerRequest)
def settle_identity(actor: Actor, *, herrequest: HerRequest) -> None:
    """A worker who knows her met her in person: it is she. The month begins now if it had not begun."""
    _mark(actor, herrequest, "identity_checked")


@action("rights.receive", HerRequest)
def acknowledge(actor: Actor, *, herrequest: HerRequest) -> None:
    """She was told that it is being looked at, in the way that is safe for her."""
    _mark(actor, herrequest, "acknowledged")


@action("rights.decide", HerRequest)
def extend(actor: Actor, *, herrequest: HerRequest, why: str) -> None:
    """Two more months, because it is complex; she is told why within the first."""
    words.put(herrequest, herrequest.agency_id, extended_words=why)
    _mark(actor, herrequest, "extended")


@action("rights.decide", HerRequest)
def decide(actor: Actor, *, herrequest: HerRequest, decision: Decision, why: str) -> None:
    """Say yes, in part or no, with the reason that she is given."""
    if herrequest.decided_at is not None:
        raise SettledAlready
    if _identity_is_open(herrequest):
        raise IdentityOpen
    herrequest.decision = decision
    words.put(herrequest, herrequest.agency_id, decided_words=why)
    _mark(actor, herrequest, "decided")


@action("rights.pack", HerRequest)
def prepare_pack(
    actor: Actor, *, herrequest: HerRequest, others: str, exemptions: list[Exemption], held_back: str
) -> None:
    """Names of other people to take out (one on each line), and which parts are held back and why.

    Whatever was checked before has to be checked again.
    """
    _check_copy(herrequest)
    herrequest.exemptions = list(exemptions)
    words.put(herrequest, herrequest.agency_id, others=others, held_back=held_back)
    herrequest.checked_at = herrequest.checked_by = None
    herrequest.save()


@action("rights.pack", HerRequest)
def check_pack(actor: Actor, *, herrequest: HerRequest) -> None:
    """I read the copy from beginning to end: no other person's name is left in it that should not be."""
    _check_copy(herrequest)
    _mark(actor, herrequest, "checked", again=True)


@action("rights.pack", HerRequest)
def hand_over(actor: Actor, *, herrequest: HerRequest, how: str) -> None:
    """She got it into her own hand. Never by mail. Someone else than who hands it over has checked it."""
    _check_copy(herrequest)
    if _identity_is_open(herrequest) or herrequest.identity_checked_at is None:
        raise IdentityOpen
    if herrequest.checked_by is None:
        raise NotChecked
    if herrequest.checked_by == actor.user:
        raise OwnSignature("You checked the copy: someone else hands it over.")
    words.put(herrequest, herrequest.agency_id, done_words=how)
    _mark(actor, herrequest, "done")


@action("rights.receive", HerRequest)
def answer(actor: Actor, *, herrequest: HerRequest, how: str) -> None:
    """She was told what was decided, and it was done: a correction was made, a complaint answered, a no explained."""
    if herrequest.kind == Kind.ACCESS and herrequest.decision != Decision.NO:
        raise NotChecked("A copy is handed over from its own page.")
    if herrequest.decided_at is None:
        raise SettledAlready("Nothing is decided yet.")
    if herrequest.kind == Kind.ERASURE and herrequest.decision == Decision.YES:
        raise SettledAlready("Erasing it settles it.")
    words.put(herrequest, herrequest.agency_id, done_words=how)
    _mark(actor, herrequest, "done")


def _mark(actor: Actor, row: HerRequest, step: str, again: bool = False) -> None:
    """Write down when and by whom a step was done. Raises SettledAlready for one that was done, or all is done."""
    if row.done_at is not None or (getattr(row, f"{step}_at") is not None and not again):
        raise SettledAlready
    setattr(row, f"{step}_at", timezone.now())
    setattr(row, f"{step}_by", actor.user)
    row.save()


def _identity_is_open(row: HerRequest) -> bool:
    return row.identity_asked_at is not None and row.identity_checked_at is None


def _check_copy(row: HerRequest) -> None:
    if row.kind != Kind.ACCESS or row.done_at is not None or row.decision == Decision.NO:
        raise SettledAlready
