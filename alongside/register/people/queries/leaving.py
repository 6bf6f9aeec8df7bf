"""What of an agency's women ends when it leaves the partnership: counts of its own rows, for its manager."""

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.people.first_line import in_force
from alongside.register.people.models import CaseworkLink, Grant, Lead, Record


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
