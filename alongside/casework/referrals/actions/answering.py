"""What the service does with a referral. `seen`: number of the last step that stood on the page."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.casework.referrals import passing_on
from alongside.casework.referrals.actions.steps import Taken, take_step
from alongside.casework.referrals.codes import DeclineReason, Side, State
from alongside.casework.referrals.models import Arrival, OpenedRecord, Package
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import HOUSING
from alongside.register.agencies.queries import services
from alongside.register.people.actions import make_record, open_as_agreed, sharing_job
from alongside.register.people.codes import FieldGroup, Purpose
from alongside.register.people.rules import LONGEST, months_after

ANSWER = "referrals.answer"


@action(ANSWER, Arrival)
def receive(actor: Actor, *, arrival: Arrival, seen: int, on: date | None = None) -> None:
    """The service says that it has it."""
    take_step(actor, arrival, Taken(State.RECEIVED, Side.SERVICE, seen, on))


@action(ANSWER, Arrival)
def accept(
    actor: Actor, *, arrival: Arrival, seen: int, on: date | None = None, starts_on: date | None = None
) -> UUID | None:
    """The service takes her. Another agency's gets a record of its own with what she agreed to pass on, and reads on in
    the sender's for as long as she agreed to that.

    Returns that record; None where the sender answers for itself or for a service without an account.
    """
    take_step(actor, arrival, Taken(State.ACCEPTED, Side.SERVICE, seen, on, starts_on=starts_on))
    if arrival.agency_id == arrival.answering_id:
        return None
    _open_theirs(arrival)
    return _open_record(actor, arrival)


def _open_theirs(arrival: Arrival) -> None:
    """The sender decided it with her when it sent her; it takes effect with the yes, and ends as any grant does."""
    until = min(months_after(timezone.localdate(), arrival.opens_months), months_after(arrival.agreed_on, LONGEST))
    if not arrival.opens_months or until <= timezone.localdate():
        return
    job = sharing_job(arrival.partnership_id, arrival.agency_id)
    with acting_as(job), suppress(NotFound):  # the sender has taken its record back since
        open_as_agreed(
            job,
            arrival.record_id,
            to_agency=arrival.answering_id,
            groups=[FieldGroup(group) for group in arrival.groups],
            purpose=Purpose.HOME if arrival.service.kind in HOUSING else Purpose.SUPPORT,
            asked_on=arrival.agreed_on,
            until=until,
            by=arrival.recorded_by,
        )


def _open_record(actor: Actor, arrival: Arrival) -> UUID:
    """A new record of the accepting agency. Whether it knew her before is its own affair, and told to nobody."""
    row = Package.objects.visible_to(actor).get(pk=arrival.pk)
    known, _ = passing_on.package(row.agency_id, row.pk, row.data_key, row.known, row.words)
    record: UUID = make_record(actor, known=known)
    OpenedRecord.objects.create(
        partnership_id=actor.partnership,
        agency_id=actor.agency,
        record_id=record,
        referral_id=arrival.pk,
        opened_by=actor.user,
    )
    return record


@action(ANSWER, Arrival)
def decline(actor: Actor, *, arrival: Arrival, seen: int, reason: DeclineReason, on: date | None = None) -> None:
    """The service says no, and why. That it did is a fact for the record of barriers."""
    take_step(actor, arrival, Taken(State.DECLINED, Side.SERVICE, seen, on, reason))


@action(ANSWER, Arrival)
def return_with_offer(
    actor: Actor,
    *,
    arrival: Arrival,
    seen: int,
    service: UUID,
    reason: DeclineReason,
    on: date | None = None,
    starts_on: date | None = None,
) -> None:
    """Not this service, but another one of the same agency. Raises NotFound for a service that is not theirs."""
    offered = {each.id for each in services(arrival.partnership_id, arrival.service.agency_id)}
    if service not in offered - {arrival.service_id}:
        raise NotFound("Service")
    other = Taken(State.RETURNED, Side.SERVICE, seen, on, reason, starts_on, service)
    take_step(actor, arrival, other)


@action(ANSWER, Arrival)
def offer(actor: Actor, *, arrival: Arrival, seen: int, starts_on: date, on: date | None = None) -> None:
    """A day on which she can come; another one when the time did not work."""
    take_step(actor, arrival, Taken(State.OFFERED, Side.SERVICE, seen, on, starts_on=starts_on))


@action(ANSWER, Arrival)
def start(actor: Actor, *, arrival: Arrival, seen: int, on: date | None = None) -> None:
    """She came: moved in, or was there for the first time."""
    take_step(actor, arrival, Taken(State.STARTED, Side.SERVICE, seen, on))
