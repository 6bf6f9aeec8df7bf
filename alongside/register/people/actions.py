"""Everything that changes records and the vault; sharing (`sharing/`) comes in here. Linking is in `linking/`."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.people.acting import settlement_job, sharing_job
from alongside.register.people.first_line import reason_needed
from alongside.register.people.intake import TakenIn, settle_days, write_batch, write_one
from alongside.register.people.known import GROUPS, Known, kept_beside
from alongside.register.people.linking.settle import settle_links
from alongside.register.people.models import Grant, Identity, Record
from alongside.register.people.preparing import Incoming, Prepared, prepare
from alongside.register.people.queries.vault import groups_own, open_vault
from alongside.register.people.sharing import (
    AlreadyKeptOut,
    BroughtAlready,
    CantBeNamed,
    KeepsYouOut,
    NobodyToKeepOut,
    NotAgreed,
    NotALeader,
    NotAReceiver,
    NotedAlready,
    NotForYourRole,
    NothingShared,
    NotLinked,
    NotYoursToName,
    SayWhy,
    SheHasDied,
    bring,
    declare_conflict,
    destroyed,
    end_all_of,
    end_grants,
    end_matter,
    exclude,
    give_grant,
    hand_out,
    hand_out_all,
    lead,
    lift_exclusion,
    lift_standing,
    name_worker,
    note_standing,
    offer_lead,
    open_as_agreed,
    open_by_law,
    say_why,
    stopped_using,
    take_lead,
    take_off,
    withdraw_grant,
    write_matter,
)

__all__ = [
    "AlreadyKeptOut",
    "BroughtAlready",
    "CantBeNamed",
    "KeepsYouOut",
    "NobodyToKeepOut",
    "NotALeader",
    "NotAReceiver",
    "NotAgreed",
    "NotForYourRole",
    "NotLinked",
    "NotYoursToName",
    "NotedAlready",
    "NothingShared",
    "SayWhy",
    "SheHasDied",
    "bring",
    "correct_identity",
    "declare_conflict",
    "destroyed",
    "end_all_of",
    "end_grants",
    "end_matter",
    "exclude",
    "give_grant",
    "hand_out",
    "hand_out_all",
    "lead",
    "lift_exclusion",
    "lift_standing",
    "make_record",
    "name_worker",
    "note_standing",
    "offer_lead",
    "open_as_agreed",
    "open_by_law",
    "say_why",
    "sharing_job",
    "stopped_using",
    "take_back",
    "take_in",
    "take_lead",
    "take_off",
    "withdraw_grant",
    "write_matter",
]


@action("people.record")
def make_record(actor: Actor, *, known: Known, seen_on: date | None = None) -> UUID:
    """A new record of the actor's agency. Always succeeds silently: it tells nothing about other agencies."""
    return write_one(actor, Incoming(known, seen_on, seen_on))


@action("people.change_identity", Record)
def correct_identity(actor: Actor, *, record: Record, known: Known) -> None:
    """A new version of what the agency knows her by; the versions before it are kept."""
    if record.removed_at is not None or reason_needed(actor, record.pk):
        raise NotFound("Record")
    seen = groups_own(actor)
    if seen < {*GROUPS.values()}:  # what her role does not see she can't have corrected: it stays as it was
        held = Identity.objects.visible_to(actor).filter(record=record, is_current=True).order_by("id")
        known = kept_beside(known, open_vault(held)[0][1], seen)
    write_one(actor, Incoming(known), of=record.pk)


@action("people.take_in")
def take_in(actor: Actor, *, rows: Sequence[Incoming] | Prepared, source: UUID) -> TakenIn:
    """Write a batch of a list into the job's agency; the same rows a second time change nothing.

    Rows may come made ready by `preparing.prepare`, which can run beside the writing.
    """
    assert actor.agency is not None
    batch = rows if isinstance(rows, Prepared) else prepare(actor.agency, rows)
    return write_batch(actor, batch, source)


@action("people.take_in")
def take_back(actor: Actor, *, source: UUID) -> int:
    """Undo what one list brought: its new records go, its changes give way to what stood before. Returns how many."""
    assert actor.partnership is not None
    now = timezone.now()
    brought = Identity.objects.visible_to(actor).filter(source=source, withdrawn_at=None)
    touched = set(brought.values_list("record_id", flat=True))
    brought.update(is_current=False, withdrawn_at=now, withdrawn_by=actor.user)
    went = Record.objects.visible_to(actor).filter(source=source, removed_at=None)
    gone = set(went.values_list("pk", flat=True))
    went.update(removed_at=now, removed_by=actor.user)
    _restore(list(touched - gone))
    Grant.objects.visible_to(actor).filter(AnyOf(F("record_id"), list(gone)), withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_by=actor.user
    )
    # Who may know of a record that went with its list is told no more, in this same transaction.
    job = settlement_job(actor.partnership)
    with acting_as(job):
        settle_links(job)
    return len(touched)


def _restore(records: list[UUID]) -> None:
    """Make the latest version of each that still stands the current one, with the days it and its elders tell."""
    if not records:
        return
    identities = Identity.objects.unscoped("an action restores its own agency's records")
    standing = identities.filter(AnyOf(F("record_id"), records), record__removed_at=None, withdrawn_at=None)
    latest = standing.order_by("record_id", "-version").distinct("record_id")
    identities.filter(pk__in=latest.values("pk")).update(is_current=True)
    settle_days(records)
