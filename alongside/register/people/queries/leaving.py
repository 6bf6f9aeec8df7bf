"""What of an agency's women ends when it leaves the partnership: counts of its own rows, for its manager."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.people.codes import StandingKind
from alongside.register.people.first_line import barred_from, in_force, in_force_of, needs_reason
from alongside.register.people.models import CaseworkLink, Grant, Handout, Lead, Record


def what_would_end(actor: Actor) -> dict[str, int]:
    """Women's records, what the agency gave and was given, links, and women whom it leads."""
    check(actor, "people.list")
    grants = Grant.objects.visible_to(actor).filter(in_force()).order_by("pk").values_list("agency_id", "to_agency_id")
    between = [(holder == actor.agency, to == actor.agency) for holder, to in grants]
    links = CaseworkLink.objects.visible_to(actor).filter(ended_at=None, until__gte=timezone.localdate())
    return {
        "records": Record.objects.visible_to(actor).filter(removed_at=None).count(),
        "given": between.count((True, False)),
        "received": between.count((False, True)),
        "links": links.count(),
        "leads": Lead.objects.visible_to(actor).filter(agency_id=actor.agency, ended_at=None).count(),
    }


def not_in_copies(job: Actor, numbers: Collection[str]) -> set[UUID]:
    """The records of the job's agency that stand in no copy of these numbers. `job`: `acting.sharing_job`."""
    taken = Handout.objects.visible_to(job).filter(number__in=numbers).values("record_id")
    left = Record.objects.visible_to(job).filter(removed_at=None).exclude(pk__in=taken)
    return set(left.values_list("pk", flat=True))


def can_open_some(job: Actor, worker: UUID, records: Collection[UUID]) -> bool:
    """Whether this worker of the job's agency is not kept from every one of these records."""
    her = Actor(partnership=job.partnership, agency=job.agency, user=worker, reach="agency")
    rows = Record.objects.visible_to(job).filter(pk__in=records)
    return bool(rows.exclude(pk__in=barred_from(her)).exists())


def reasons_to_give(actor: Actor, records: Collection[UUID]) -> list[UUID]:
    """Those of women who have died, of which the actor has not said in the last four hours why she reads them."""
    died = in_force_of(StandingKind.DIED).filter(record_id__in=records)
    return list(died.filter(record_id__in=needs_reason(actor)).order_by("pk").values_list("record_id", flat=True))
