"""Sending a woman to a service, or writing down that she, a court or a prison asked."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.casework.referrals import passing_on, rules
from alongside.casework.referrals.actions.steps import Taken, add_step, steps_of
from alongside.casework.referrals.codes import PASSED_ON, HowAgreed, Side, State
from alongside.casework.referrals.models import OpenReferral, Package, Referral
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import Source, Takes
from alongside.register.agencies.queries import ServiceRow, may_refer, service
from alongside.register.people.codes import FieldGroup, code_of
from alongside.register.people.known import Known
from alongside.register.people.models import Record
from alongside.register.people.queries import agencies_kept_out, names


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a service. `groups`: what she agreed to pass on; `words`: why now, for the service alone;
    `opens_months`: for how long it may read on in these parts of our record once it says yes.

    `from_agency`: an outside agency on whose paper or call this was written down.
    """

    service: UUID
    source: Source = Source.AGENCY
    groups: tuple[FieldGroup, ...] = ()
    needs: tuple[Takes, ...] = ()
    words: str = ""
    how_agreed: HowAgreed = HowAgreed.IN_PERSON
    asked_on: date | None = None
    sent_on: date | None = None
    for_worker: UUID | None = None
    from_agency: UUID | None = None
    opens_months: int = 0


@action("referrals.send", Record)
def send(actor: Actor, *, record: Record, asked: Asked) -> UUID:
    """A new referral of this record. What she agreed to pass on is sealed as it is known today.

    Raises NotOpenToUs, KeptOut, AskedAlready (an open one to the same service), OutOfOrder, NotFound (no such service).
    """
    if record.removed_at is not None:
        raise NotFound("Record")
    return send_on(actor, record.pk, asked)


def send_on(actor: Actor, record: UUID, asked: Asked, follows: UUID | None = None) -> UUID:
    """As `send`, inside an action. `follows`: the referral that came back with this offer."""
    assert actor.partnership is not None
    assert actor.agency is not None
    to = service(asked.service, actor.partnership)
    if to is None:
        raise NotFound("Service")
    if follows is None and to.id not in may_refer(actor.agency, asked.source):
        raise rules.NotOpenToUs(f"{to.name} does not take a referral like this from us. Ring them, or choose another.")
    if to.agency in agencies_kept_out(actor, record):
        raise rules.KeptOut(f"She wants {to.agency_name} kept out. Choose another service with her.")
    _make_room(actor, record, to)
    known = names(actor, [record]).get(record, Known())
    try:
        with transaction.atomic():
            return _written(actor, record, asked, to, known, follows)
    except IntegrityError as fault:
        if "one_open_referral" in str(fault):
            raise _asked_already(to) from None
        raise rules.OutOfOrder("She can't have asked after it was sent. Check the days.") from None


def _make_room(actor: Actor, record: UUID, to: ServiceRow) -> None:
    """An open referral to the same service stands in the way; one whose time ran out is written down as expired."""
    standing = OpenReferral.objects.visible_to(actor).filter(record_id=record, service_id=to.id)
    row = standing.select_related("referral").order_by("pk").first()
    if row is None:
        return
    steps = steps_of(actor, row.referral)
    if rules.state_of(steps, row.referral.lapses_on, timezone.localdate()) is not State.EXPIRED:
        raise _asked_already(to)
    expired = Taken(State.EXPIRED, Side.SENDER, steps[-1].number)
    add_step(actor, row.referral, expired, row.referral.lapses_on + timedelta(days=1), steps[-1].number + 1)


def _asked_already(to: ServiceRow) -> rules.AskedAlready:
    return rules.AskedAlready(f"{to.name} has an open referral of her from us already. Withdraw it first, or wait.")


def _written(actor: Actor, record: UUID, asked: Asked, to: ServiceRow, known: Known, follows: UUID | None) -> UUID:
    today = timezone.localdate()
    sent_on, id = asked.sent_on or today, uuid.uuid4()
    if sent_on > today:
        raise rules.OutOfOrder("That day has not come yet. Check the day.")
    groups = [group.value for group in PASSED_ON if group in asked.groups]
    key, wrapped = passing_on.new_key(actor.agency)  # type: ignore[arg-type]
    summary = passing_on.summary_of(known, groups, asked.needs, today)
    row = Referral.objects.create(
        id=id,
        number=code_of("R", id),
        partnership_id=actor.partnership,
        agency_id=actor.agency,
        record_id=record,
        service_id=to.id,
        answering_id=actor.agency if to.is_outside else to.agency,
        for_worker=asked.for_worker,
        source=asked.source,
        from_agency_id=asked.from_agency,
        follows_id=follows,
        groups=groups,
        opens_months=asked.opens_months if groups else 0,
        how_agreed=asked.how_agreed,
        agreed_on=sent_on,
        asked_on=asked.asked_on or sent_on,
        sent_on=sent_on,
        lapses_on=sent_on + timedelta(days=to.lapses_after_days),
        data_key=wrapped,
        summary=passing_on.sealed_summary(key, id, summary),
        recorded_by=actor.user,
    )
    add_step(actor, row, Taken(State.SENT, Side.SENDER, 0), sent_on, 1)
    both = {"partnership_id": row.partnership_id, "agency_id": row.agency_id, "record_id": record}
    both["answering_id"] = row.answering_id
    OpenReferral.objects.create(referral_id=id, service_id=to.id, **both)
    key, wrapped = passing_on.new_key(row.agency_id)
    part = passing_on.sealed_package(key, id, passing_on.part_of(known, groups), asked.words.strip())
    Package.objects.create(referral_id=id, data_key=wrapped, **part, **both)
    return id
