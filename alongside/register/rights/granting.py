"""The grants behind disclosures and emergency looks, and stopping all sharing of an agency.

Made and ended as the sharing job of the agency that holds the record, inside the action that decided it.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Subject
from alongside.foundation.vault.seal import Place
from alongside.register.people.actions import end_grants, open_by_law, sharing_job
from alongside.register.people.codes import FieldGroup, GrantBasis
from alongside.register.people.models import Grant
from alongside.register.people.remarks import remark, sealed_remark
from alongside.register.people.rules import end_of
from alongside.register.rights import rules
from alongside.register.rights.models import Disclosure, EmergencyLook

LOOK_LASTS = timedelta(hours=rules.LOOK_HOURS)


def for_disclosure(actor: Actor, row: Disclosure) -> UUID:
    """Two people signed: the receiving agency may know the groups named, through the day named."""
    job = sharing_job(row.partnership_id, row.agency_id)
    with acting_as(job):
        made: UUID = open_by_law(
            job,
            row.record_id,
            basis=GrantBasis.DISCLOSURE,
            groups=[FieldGroup(each) for each in row.groups],
            until_at=end_of(row.until),
            by=actor.user,
            to_agency=row.to_agency_id,
        )
    return made


def for_look(actor: Actor, row: EmergencyLook) -> UUID:
    """One worker, one woman, four hours."""
    job = sharing_job(row.partnership_id, row.holder_id)
    with acting_as(job):
        made: UUID = open_by_law(
            job,
            row.record_id,
            basis=GrantBasis.BREAK_GLASS,
            groups=[FieldGroup(each) for each in row.groups],
            until_at=row.until,
            by=actor.user,
            to_agency=row.agency_id,
            to_worker=row.opened_by,
        )
    return made


def withdraw(actor: Actor, row: Disclosure) -> None:
    """It ends with the next transaction."""
    _end(actor, row.partnership_id, row.agency_id, row.grant)


def withdraw_look(actor: Actor, row: EmergencyLook) -> None:
    _end(actor, row.partnership_id, row.holder_id, row.grant)


def _end(actor: Actor, partnership: UUID, holder: UUID, grant: UUID | None) -> None:
    job = sharing_job(partnership, holder)
    with acting_as(job):
        _end_one(job, grant, by=actor.user)


@action("people.share_by_law", Grant)
def _end_one(actor: Actor, *, grant: Grant, by: UUID) -> None:
    held = Grant.objects.visible_to(actor).filter(pk=grant.pk, withdrawn_at=None)
    held.update(withdrawn_at=timezone.now(), withdrawn_by=by)


def freeze(actor: Actor) -> list[UUID]:
    """End everything that the actor's agency shares. Returns what was ended."""
    assert actor.partnership is not None
    assert actor.agency is not None
    job = sharing_job(actor.partnership, actor.agency)
    with acting_as(job):
        ended = list(_in_force(job).values_list("pk", flat=True))
        end_grants(job, by=actor.user, subject=Subject("Agency", actor.agency, actor.partnership, actor.agency))
    return ended


def thaw(actor: Actor, grants: list[UUID]) -> int:
    """Give again what was frozen, to the same ends. What is over, or was agreed anew meanwhile, is left out."""
    assert actor.partnership is not None
    assert actor.agency is not None
    job = sharing_job(actor.partnership, actor.agency)
    with acting_as(job):
        again: int = _thaw(job, grants=grants, subject=Subject("Agency", actor.agency, actor.partnership, actor.agency))
    return again


@action("people.share_by_law")
def _thaw(actor: Actor, *, grants: list[UUID]) -> int:
    rows = Grant.objects.visible_to(actor).filter(agency_id=actor.agency, pk__in=grants, until_at__gt=timezone.now())
    standing = set(_in_force(actor).values_list("record_id", "to_agency_id", "to_forum_id", "basis"))
    again = [
        row
        for row in rows.order_by("given_at", "id")
        if (row.record_id, row.to_agency_id, row.to_forum_id, row.basis) not in standing
    ]
    for row in again:
        how_asked = remark(row.agency_id, _place(row.pk), row.how_asked)
        row.pk, row.withdrawn_at, row.withdrawn_by = uuid4(), None, None
        row.how_asked = sealed_remark(row.agency_id, _place(row.pk), how_asked)
        row._state.adding = True
    Grant.objects.bulk_create(again)
    return len(again)


def _place(grant: UUID) -> Place:
    return Place("people_grant", grant, "how_asked")


def _in_force(actor: Actor) -> QuerySet[Grant]:
    rows: QuerySet[Grant] = Grant.objects.visible_to(actor).filter(
        agency_id=actor.agency, withdrawn_at=None, until_at__gt=timezone.now()
    )
    return rows.order_by("given_at", "id")


def shared_out(actor: Actor) -> QuerySet[Grant]:
    """What the actor's agency shares with others now: for its data protection lead, who opens no record."""
    rows: QuerySet[Grant] = Grant.objects.unscoped(
        "the data protection lead sees which agency was given which kinds of facts, and no name"
    ).filter(agency_id=actor.agency, withdrawn_at=None, until_at__gt=timezone.now())
    return rows.exclude(to_agency_id=actor.agency).order_by("until_at", "id")
