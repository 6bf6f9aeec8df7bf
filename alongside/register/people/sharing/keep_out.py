"""Whom she fears, and who should not see her: kept out of everything about her, and never told."""

from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.foundation.vault.seal import Place
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Agency, Membership
from alongside.register.people.acting import at_work
from alongside.register.people.codes import ExclusionReason
from alongside.register.people.first_line import in_force, is_barred, to_us
from alongside.register.people.models import Exclusion, Grant, Record
from alongside.register.people.remarks import sealed_remark
from alongside.register.people.sharing.items import tell_forums


class NobodyToKeepOut(Exception):
    """A worker, an agency or a team of the partnership is kept out; not a whole agency from its own record."""

    words = "Choose a worker, a team or another agency of your partnership."


class KeepsYouOut(Exception):
    """The one who keeps this can't keep herself out that way."""

    words = "This would keep you out as well. Ask a colleague to do it, or say that you should not see her yourself."


class AlreadyKeptOut(Exception):
    """It is kept already."""

    words = "They are kept out already."


@action("people.keep_out", Record)
def exclude(
    actor: Actor,
    *,
    record: Record,
    worker: UUID | None = None,
    agency: UUID | None = None,
    role: Role | None = None,
    reason: ExclusionReason = ExclusionReason.SHE_ASKED,
    words: str = "",
) -> UUID:
    """Keep out one worker, everyone of an agency, or those of one role there. Beats every grant, at once.

    Raises NobodyToKeepOut, KeepsYouOut, AlreadyKeptOut.
    """
    if record.removed_at is not None:
        raise NotFound("Record")
    if (worker is None) == (agency is None) or not _is_here(actor, worker, agency, role):
        raise NobodyToKeepOut
    made = _add(actor, record.pk, worker, agency, role.value if role else "", reason, words)
    if is_barred(actor, record.pk):
        raise KeepsYouOut
    return made


@action("people.keep_out", Exclusion)
def lift_exclusion(actor: Actor, *, exclusion: Exclusion) -> None:
    """They may see again what they might otherwise see."""
    held = Exclusion.objects.visible_to(actor).filter(pk=exclusion.pk, lifted_at=None)
    if not held.update(lifted_at=timezone.now(), lifted_by=actor.user):
        raise NotFound("Exclusion")
    tell_forums(actor, exclusion.record_id)


def declare_conflict(actor: Actor, record_id: UUID, words: str = "") -> None:
    """The actor says that she should not see this record: from the next click on she does not."""
    subject = Subject("Record", record_id, actor.partnership, actor.agency)
    _declare_conflict(actor, record=record_id, words=words, subject=subject)


@action("people.declare_conflict")
def _declare_conflict(actor: Actor, *, record: UUID, words: str) -> None:
    own = Record.objects.visible_to(actor).filter(pk=record, removed_at=None)
    if not (own.exists() or Grant.objects.visible_to(actor).filter(to_us(actor), in_force(), record=record).exists()):
        raise NotFound("Record")
    _add(actor, record, actor.user, None, "", ExclusionReason.CONFLICT, words)


def _is_here(actor: Actor, worker: UUID | None, agency: UUID | None, role: Role | None) -> bool:
    partnership, home, _ = at_work(actor)
    if worker is not None:
        return Membership.objects.filter(worker_id=worker, agency__partnership_id=partnership).exists()
    if agency is None or (agency == home and role is None):
        return False
    return Agency.objects.filter(pk=agency, partnership_id=partnership).exists()


def _add(
    actor: Actor,
    record: UUID,
    worker: UUID | None,
    agency: UUID | None,
    role: str,
    reason: ExclusionReason,
    words: str,
) -> UUID:
    partnership, home, by = at_work(actor)
    who = {"record_id": record, "worker_id": worker, "feared_agency_id": agency, "feared_role": role}
    own = {"partnership_id": partnership, "agency_id": home}
    if Exclusion.objects.visible_to(actor).filter(**who, lifted_at=None).exists():
        raise AlreadyKeptOut
    tell_forums(actor, record)
    row = uuid4()
    sealed = sealed_remark(home, Place("people_exclusion", row, "words"), words)
    Exclusion.objects.bulk_create([Exclusion(id=row, **own, **who, reason=reason, words=sealed, excluded_by=by)])
    return row
