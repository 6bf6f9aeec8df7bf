"""Looking in an emergency (break-glass, B7): one woman, four hours, one worker, a typed reason, and a review."""

from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.register.agencies.suspending import lift_suspension, suspend_from
from alongside.register.people.codes import FieldGroup
from alongside.register.rights import granting, rules, words
from alongside.register.rights.codes import Finding
from alongside.register.rights.models import EmergencyLook
from alongside.register.rights.records import Reachable, acting, own_record, reachable_from
from alongside.register.rights.refusals import NotComplete, OwnSignature, SettledAlready


def look(actor: Actor, record: UUID, *, held_by: UUID, groups: list[FieldGroup], reason: str) -> UUID:
    """Open one woman's record to this worker for four hours. `record`: her own agency's, from which she starts.

    `held_by`: whose record she looks at, her own agency's or one that may be known to work with her. Raises NotFound
    for any other, NotComplete without a reason. She who is kept from a record is not let in by this either.
    """
    her = own_record(actor, record)
    lacking = [what for what, there in (("which kinds of facts", groups), ("the reason", reason.strip())) if not there]
    if lacking:
        raise NotComplete(lacking)
    target = reachable_from(actor, her, held_by)
    made: UUID = _look(
        actor, subject=her.as_subject(), target=target, started_from=her.id, groups=groups, reason=reason
    )
    return made


@action("rights.look")
def _look(actor: Actor, *, target: Reachable, started_from: UUID, groups: list[FieldGroup], reason: str) -> UUID:
    me = acting(actor)
    now = timezone.now()
    row = EmergencyLook(
        partnership_id=me.partnership,
        agency_id=me.agency,
        holder_id=target.agency,
        record_id=target.record,
        started_from=started_from,
        groups=[each.value for each in groups],
        until=now + granting.LOOK_LASTS,
        review_due=rules.review_due(now),
        opened_at=now,
        opened_by=me.worker,
    )
    words.put(row, me.partnership, reason=reason)
    row.grant = granting.for_look(actor, row)
    row.save(force_insert=True)
    suspend_from(me.worker, me.agency, begins=row.review_due, cause=row.pk)
    return row.pk


@action("rights.emergency", EmergencyLook)
def close(actor: Actor, *, emergencylook: EmergencyLook) -> None:
    """She has seen what she needed: the record closes before the four hours are over."""
    if emergencylook.opened_by != actor.user or emergencylook.closed_at is not None:
        raise SettledAlready
    emergencylook.closed_at, emergencylook.closed_by = timezone.now(), actor.user
    emergencylook.save()
    granting.withdraw_look(actor, emergencylook)


@action("rights.review_look", EmergencyLook)
def review(actor: Actor, *, emergencylook: EmergencyLook, finding: Finding, why: str) -> None:
    """The holder's data protection lead says whether it was needed. Until then the worker's reach ends on its day."""
    if emergencylook.reviewed_at is not None:
        raise SettledAlready
    if emergencylook.opened_by == actor.user:
        raise OwnSignature("You looked yourself: another data protection lead reviews it.")
    emergencylook.reviewed_at, emergencylook.reviewed_by = timezone.now(), actor.user
    emergencylook.finding = finding
    words.put(emergencylook, emergencylook.partnership_id, finding_words=why)
    emergencylook.save()
    lift_suspension(emergencylook.pk, by=actor.user)
