"""Writing of a private matter, and naming the workers who may read it."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.models import Membership
from alongside.register.people.acting import at_work
from alongside.register.people.codes import FieldGroup, GrantBasis
from alongside.register.people.first_line import is_given
from alongside.register.people.matrix import NAMED_FOR, PRIVATE, Scope, scopes
from alongside.register.people.models import Grant, Matter, Record
from alongside.register.people.policy import reads_whole
from alongside.register.people.remarks import sealed_remark
from alongside.register.people.rules import end_of
from alongside.register.people.sharing.agree import add_grant

NAMED_DAYS = timedelta(days=364)


class NotForYourRole(Exception):
    """A role that never sees a kind of facts writes none."""

    words = "Your role does not keep this. Tell a colleague who works with her."


class NotYoursToName(Exception):
    """Who is named lets others in; where nobody is named, or they all left, a service manager does."""

    words = "Only somebody who is named for this already can name a colleague; a service manager can where nobody is."


class CantBeNamed(Exception):
    """A colleague of this agency whose role can be named for it."""

    words = "Choose a colleague who works with women here and whose role can be told of this."


@action("people.write_matter", Record)
def write_matter(actor: Actor, *, record: Record, group: FieldGroup, words: str, risk: str = "") -> UUID:
    """Kept for those who may read it. Where that is by name only, the writer is named. Raises NotForYourRole."""
    if record.removed_at is not None:
        raise NotFound("Record")
    held = scopes(actor.roles, group)
    if group not in PRIVATE or not held:
        raise NotForYourRole
    partnership, agency, by = at_work(actor)
    row = uuid4()
    sealed = {
        field: sealed_remark(agency, Place("people_matter", row, field), text.strip())
        for field, text in (("words", words), ("risk", risk))
    }
    own = {"partnership_id": partnership, "agency_id": agency, "record_id": record.pk}
    if Scope.NAMED in held and not is_given(actor, record.pk, group):
        _name(actor, record, group, by)  # first: the database shows her what she writes by her name alone
    Matter.objects.bulk_create([Matter(id=row, **own, group=group, **sealed, written_by=by)])
    return row


@action("people.write_matter", Matter)
def end_matter(actor: Actor, *, matter: Matter) -> None:
    """It is over, or was a mistake: it stands there no more. For who reads it whole."""
    held = Matter.objects.visible_to(actor).filter(reads_whole(actor), pk=matter.pk, ended_at=None)
    if not held.update(ended_at=timezone.now(), ended_by=actor.user):
        raise NotFound("Matter")


@action("people.name_worker", Record)
def name_worker(actor: Actor, *, record: Record, group: FieldGroup, worker: UUID) -> UUID:
    """This colleague may read this one matter of this one woman, for at most a year. Ended by `withdraw_grant`.

    Raises NotYoursToName, CantBeNamed.
    """
    if record.removed_at is not None:
        raise NotFound("Record")
    named = Grant.objects.visible_to(actor).filter(
        record=record, basis=GrantBasis.NAMED, groups__contains=[group.value], withdrawn_at=None
    )
    named = named.filter(until_at__gt=timezone.now(), to_worker__is_active=True)
    if not (named.filter(to_worker_id=actor.user).exists() or (may_begin(actor) and not named.exists())):
        raise NotYoursToName
    today = timezone.localdate()
    roles = Membership.objects.filter(worker_id=worker, agency_id=record.agency_id).exclude(until__lt=today)
    if group not in NAMED_FOR or Scope.NAMED not in scopes(roles.values_list("role", flat=True), group):
        raise CantBeNamed
    return _name(actor, record, group, worker)


def may_begin(actor: Actor) -> bool:
    """Where nobody is named any more, a service manager names the first."""
    return "manager" in actor.roles


def _name(actor: Actor, record: Record, group: FieldGroup, worker: UUID) -> UUID:
    _, agency, by = at_work(actor)
    today = timezone.localdate()
    return add_grant(
        record,
        by,
        how_asked="",
        to_agency_id=agency,
        to_worker_id=worker,
        groups=[group.value],
        basis=GrantBasis.NAMED,
        asked_on=today,
        until_at=end_of(today + NAMED_DAYS),
    )
