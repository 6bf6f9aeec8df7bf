"""Who leads: a worker of the agency, then a colleague, or one of another agency that works with her too."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action, take_turn_on
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import CASEWORKERS
from alongside.register.agencies.models import Membership
from alongside.register.people.acting import at_work, sharing_job
from alongside.register.people.codes import GrantBasis
from alongside.register.people.first_line import is_barred
from alongside.register.people.matrix import ASKED_OF_HER
from alongside.register.people.models import CaseworkLink, Lead, Record
from alongside.register.people.rules import end_of
from alongside.register.people.sharing.agree import add_grant

READS_ON = timedelta(days=30)


class NotALeader(Exception):
    """A colleague of this agency who works with women, and from whom she is not kept."""

    words = "Choose a colleague who works with women here."


class NotLinked(Exception):
    """Only an agency of which she agreed that it may know is asked."""

    words = "Choose an agency that works with her too, and of which she agreed that each may know of the other."


@action("people.lead", Record)
def lead(actor: Actor, *, record: Record, worker: UUID) -> UUID:
    """This colleague leads from now on; who led before does not, in the same moment. Raises NotALeader."""
    if record.removed_at is not None:
        raise NotFound("Record")
    today = timezone.localdate()
    held = Membership.objects.filter(worker_id=worker, agency_id=record.agency_id, worker__is_active=True)
    member = held.filter(role__in=CASEWORKERS).exclude(until__lt=today).order_by("id").first()
    if member is None or _is_kept_out(actor, record.pk, worker):
        raise NotALeader
    before = Lead.objects.visible_to(actor).filter(record=record, agency_id=actor.agency, ended_at=None).first()
    woman = before.woman if before else uuid4()
    _end(actor, Q(record=record))
    return _begin(actor, record.pk, worker, woman)


@action("people.lead", Lead)
def offer_lead(actor: Actor, *, lead: Lead, to_agency: UUID, reads_on: bool) -> None:
    """Ask an agency that works with her too to lead. Until it takes over, nothing changes. Raises NotLinked.

    `reads_on`: she agreed that the team that led so far reads on for thirty days.
    """
    if lead.ended_at is not None:
        raise NotFound("Lead")
    if to_agency not in linked_agencies(actor, lead.record_id):
        raise NotLinked
    held = Lead.objects.visible_to(actor).filter(pk=lead.pk, agency_id=actor.agency)
    held.update(offered_to_id=to_agency, reads_on=reads_on, offered_at=timezone.now(), offered_by=actor.user)


@action("people.take_lead", Lead)
def take_lead(actor: Actor, *, lead: Lead) -> UUID:
    """The agency that was asked leads, by the one who says so: in one transaction the old lead ends and hers begins.

    Where she agreed, the old team reads on for thirty days. Raises NotFound when it was taken back meanwhile.
    """
    partnership, agency, by = at_work(actor)
    if lead.ended_at is not None or lead.offered_to_id != agency:
        raise NotFound("Lead")
    own = next(iter(linked_here(actor, lead.record_id)), None)
    if own is None:
        raise NotFound("Record")
    take_turn_on(own)
    job = sharing_job(partnership, lead.agency_id)
    with acting_as(job):
        _end(job, Q(pk=lead.pk), by=by)
    _end(actor, Q(record_id=own))
    made = _begin(actor, own, by, lead.woman)
    if lead.reads_on:
        _read_on(actor, own, lead.agency_id, by)
    return made


def _read_on(actor: Actor, record: UUID, old_team: UUID, by: UUID) -> None:
    """What she agreed for that agency before, if anything, stands beside it until its own end."""
    today = timezone.localdate()
    add_grant(
        Record.objects.visible_to(actor).get(pk=record),
        by,
        how_asked="She agreed when her lead worker changed.",
        to_agency_id=old_team,
        groups=[group.value for group in ASKED_OF_HER],
        basis=GrantBasis.STEP,
        asked_on=today,
        until_at=end_of(today + READS_ON),
    )


def linked_agencies(actor: Actor, record: UUID) -> set[UUID]:
    """Other agencies of which both holders agreed that each may know of the other."""
    rows = _links(actor).filter(Q(a_id=record) | Q(b_id=record)).order_by("id")
    pairs = rows.values_list("a_id", "agency_a_id", "agency_b_id")
    return {agency_b if a == record else agency_a for a, agency_a, agency_b in pairs}


def linked_here(actor: Actor, record: UUID) -> list[UUID]:
    """The records of the actor's agency that are linked to this one, of another."""
    mine = Q(a_id=record, agency_b_id=actor.agency) | Q(b_id=record, agency_a_id=actor.agency)
    rows = _links(actor).filter(mine).order_by("id")
    return [b if a == record else a for a, b in rows.values_list("a_id", "b_id")]


def _links(actor: Actor) -> QuerySet[CaseworkLink]:
    rows: QuerySet[CaseworkLink] = CaseworkLink.objects.visible_to(actor)
    return rows.filter(ended_at=None, until__gte=timezone.localdate())


def _is_kept_out(actor: Actor, record: UUID, worker: UUID) -> bool:
    other = Actor(partnership=actor.partnership, agency=actor.agency, user=worker, reach="agency")
    return is_barred(other, record)


def _begin(actor: Actor, record: UUID, worker: UUID, woman: UUID) -> UUID:
    partnership, agency, by = at_work(actor)
    row = uuid4()
    own = {"partnership_id": partnership, "agency_id": agency, "record_id": record}
    Lead.objects.bulk_create([Lead(id=row, **own, worker_id=worker, woman=woman, since_by=by)])
    return row


def _end(actor: Actor, which: Q, by: UUID | None = None) -> None:
    held = Lead.objects.visible_to(actor).filter(which, agency_id=actor.agency, ended_at=None)
    held.update(ended_at=timezone.now(), ended_by=by or actor.user)
