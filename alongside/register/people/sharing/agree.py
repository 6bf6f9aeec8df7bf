"""Grants: made when she agrees, or by law; ended by her, by their day, or by who keeps the record."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.models import Agency, Forum
from alongside.register.people.acting import at_work, sharing_job
from alongside.register.people.codes import HER_YES, FieldGroup, GrantBasis, Purpose, StandingKind
from alongside.register.people.first_line import in_force_of
from alongside.register.people.matrix import RECEIVERS
from alongside.register.people.models import Grant, Record
from alongside.register.people.remarks import sealed_remark
from alongside.register.people.rules import LONGEST, agreed_groups, check_span, end_of
from alongside.register.people.sharing.items import drop_items, tell_forums

LONGEST_DAYS = timedelta(days=366)


class NotAReceiver(Exception):
    """Facts about her go to another agency of the partnership that works with women, and to no other."""

    words = "Choose another agency of your partnership that works with women, or a forum."


class NothingShared(Exception):
    """This grant has ended already."""

    words = "This has ended already. Nothing is shared by it."


class SheHasDied(Exception):
    """She can agree to nothing new. What she agreed before holds to its end."""

    words = "She has died. What she agreed before holds to its end; nothing new can be agreed."


@action("people.share", Record)
def give_grant(
    actor: Actor,
    *,
    record: Record,
    groups: Collection[FieldGroup],
    asked_on: date,
    until: date,
    to_agency: UUID | None = None,
    to_forum: UUID | None = None,
    purpose: Purpose = Purpose.SUPPORT,
    how_asked: str = "",
) -> UUID:
    """She agreed: one agency, or one forum, may know these kinds of facts from now through the London day `until`.

    A forum's purpose is its own, and it knows nothing before she is brought to it (`bring`). Takes the place of all
    that she agreed for that receiver before. Raises NotAReceiver, AskedLater, TooLong, NothingToShare, SheHasDied.
    """
    _check_stands(record)
    if in_force_of(StandingKind.DIED).filter(record=record).exists():
        raise SheHasDied
    if to_forum is not None:
        purpose = _forums_purpose(to_forum, record.partnership_id)
    if (to_agency is None) == (to_forum is None) or to_agency == record.agency_id:
        raise NotAReceiver
    if to_agency is not None and not _receives(to_agency, record.partnership_id):
        raise NotAReceiver
    check_span(asked_on, until, timezone.localdate())
    chosen = agreed_groups(groups)
    _, _, by = at_work(actor)
    receiver = {"to_agency_id": to_agency, "to_forum_id": to_forum}
    _end(_held(actor).filter(**receiver, record=record, basis__in=HER_YES), by)
    if to_forum is not None:
        tell_forums(actor, record.pk)
    return add_grant(
        record,
        by,
        how_asked=how_asked,
        **receiver,
        groups=chosen,
        purpose=purpose,
        basis=GrantBasis.AGREED,
        asked_on=asked_on,
        until_at=end_of(until),
    )


@action("people.share_as_agreed", Record)
def open_as_agreed(
    actor: Actor,
    *,
    record: Record,
    to_agency: UUID,
    groups: Collection[FieldGroup],
    asked_on: date,
    until: date,
    by: UUID,
    purpose: Purpose = Purpose.SUPPORT,
) -> UUID:
    """She agreed beforehand that `to_agency` may know these once something has come about: a referral was accepted.

    As the job `acting.sharing_job` of the holder. What she agreed for that agency before stays beside it: each opens
    what she said, and ends when she said. `by`: the worker who asked her. Raises as `give_grant` does.
    """
    _check_stands(record)
    if to_agency == record.agency_id or not _receives(to_agency, record.partnership_id):
        raise NotAReceiver
    check_span(asked_on, until, timezone.localdate())
    return add_grant(
        record,
        by,
        how_asked="",
        to_agency_id=to_agency,
        groups=agreed_groups(groups),
        purpose=purpose,
        basis=GrantBasis.STEP,
        asked_on=asked_on,
        until_at=end_of(until),
    )


@action("people.share_by_law", Record)
def open_by_law(
    actor: Actor,
    *,
    record: Record,
    basis: GrantBasis,
    groups: Collection[FieldGroup],
    until_at: datetime,
    by: UUID,
    to_agency: UUID,
    to_worker: UUID | None = None,
    reason: str = "",
) -> UUID:
    """Open `record` without asking her, for `to_agency` or for one of its workers, as the job `acting.sharing_job`.

    For rooms above, which decide that it is allowed: a disclosure signed by two, a broken glass (always to one worker).
    `by`: the worker who began it. Ended by `withdraw_grant` or `end_grants`. An exclusion beats it.
    """
    _check_stands(record)
    now = timezone.now()
    if basis in HER_YES or not _receives(to_agency, record.partnership_id):
        raise NotAReceiver
    if not now < until_at <= now + LONGEST_DAYS:
        raise ValueError(f"An opening by law ends within {LONGEST} months.")
    return add_grant(
        record,
        by,
        how_asked=reason,
        to_agency_id=to_agency,
        to_worker_id=to_worker,
        groups=[group.value for group in FieldGroup if group in groups],
        basis=basis,
        asked_on=timezone.localdate(),
        until_at=until_at,
    )


@action("people.share", Grant)
def withdraw_grant(actor: Actor, *, grant: Grant) -> None:
    """She changed her mind, or the reason is gone: over with the next transaction. Raises NothingShared.

    What she agreed for one receiver ends as a whole, also where she had said yes more than once.
    """
    held = _held(actor).filter(record_id=grant.record_id, withdrawn_at=None)
    if not held.filter(pk=grant.pk).exists():
        raise NothingShared
    same = Q(basis__in=HER_YES, to_agency_id=grant.to_agency_id, to_forum_id=grant.to_forum_id)
    _end(held.filter(Q(pk=grant.pk) | same if grant.basis in HER_YES else Q(pk=grant.pk)), actor.user)
    drop_items(actor, actor.user)


@action("people.share_by_law")
def end_grants(
    actor: Actor,
    *,
    by: UUID,
    to_agency: UUID | None = None,
    to_worker: UUID | None = None,
    basis: GrantBasis | None = None,
) -> int:
    """End what the job's agency gave: all of it, or that to one agency (and to forums that it convenes), one worker, of
    one basis. Returns how many.

    Call with `subject=Subject("Agency", agency, partnership, agency)`.
    """
    held = Grant.objects.visible_to(actor).filter(agency_id=actor.agency)
    wanted = {"to_worker_id": to_worker, "basis": basis}
    if to_agency is not None:
        held = held.filter(_to(to_agency))
    ended = _end(held.filter(**{name: value for name, value in wanted.items() if value is not None}), by)
    drop_items(actor, by)
    return ended


def end_all_of(partnership: UUID, agency: UUID, by: UUID) -> int:
    """Everything that `agency` gave and was given ends, each grant as the sharing job of its holder. How many.

    Inside the action that decided it. Receivers get their recall tasks, as after any grant that ended.
    """
    ended = 0
    for holder in Agency.objects.filter(partnership_id=partnership).order_by("pk").values_list("pk", flat=True):
        job, to = sharing_job(partnership, holder), None if holder == agency else agency
        with acting_as(job):
            given = Grant.objects.visible_to(job).filter(agency_id=holder, withdrawn_at=None)
            if (given.filter(_to(to)) if to else given).exists():
                home = Subject("Agency", holder, partnership, holder)
                ended += end_grants(job, by=by, to_agency=to, subject=home)
    return ended


def _to(agency: UUID) -> Q:
    return Q(to_agency_id=agency) | Q(to_forum__agency_id=agency)


def _held(actor: Actor) -> Any:
    """Grants of the actor's own agency's records: what it was given is not its own to end."""
    return Grant.objects.visible_to(actor).filter(agency_id=actor.agency)


def _end(grants: Any, by: UUID | None) -> int:
    ended: int = grants.filter(withdrawn_at=None).update(withdrawn_at=timezone.now(), withdrawn_by=by)
    return ended


def add_grant(record: Record, by: UUID, *, how_asked: str, **facts: Any) -> UUID:
    """One grant of this record, inside an action that decided it."""
    row = uuid4()
    sealed = sealed_remark(record.agency_id, Place("people_grant", row, "how_asked"), how_asked)
    Grant.objects.bulk_create(
        [
            Grant(
                id=row,
                partnership_id=record.partnership_id,
                agency_id=record.agency_id,
                record_id=record.pk,
                how_asked=sealed,
                given_by=by,
                **facts,
            )
        ]
    )
    return row


def _check_stands(record: Record) -> None:
    if record.removed_at is not None:
        raise NotFound("Record")


def _forums_purpose(forum: UUID, partnership: UUID) -> Purpose:
    row = Forum.objects.filter(pk=forum, partnership_id=partnership, ended_at=None).first()
    if row is None:
        raise NotAReceiver
    return Purpose(row.purpose)


def _receives(agency: UUID, partnership: UUID) -> bool:
    return Agency.objects.filter(pk=agency, partnership_id=partnership, kind__in=RECEIVERS, left_at=None).exists()
