"""An agency keeps its own services: whom each takes, in how many days it answers, and who may send women there."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import ServiceKind, Source, Takes
from alongside.register.agencies.models import Agency, ReferralRight, Service

KEEP = "agencies.keep_services"


@action(KEEP)
def open_service(actor: Actor, *, name: str, kind: ServiceKind) -> UUID:
    """A new service of the actor's agency; every agency may send women to it until that is changed."""
    assert actor.agency is not None
    slug = slugify(name)[:40] or "service"
    taken = set(Service.objects.filter(agency_id=actor.agency, slug__startswith=slug).values_list("slug", flat=True))
    free = next(each for each in (slug, *(f"{slug}-{number}" for number in range(2, 999))) if each not in taken)
    row = Service.objects.create(agency_id=actor.agency, slug=free, name=name, kind=kind)
    ReferralRight.objects.bulk_create(ReferralRight(service=row, source=source) for source in Source)
    return row.pk


@action(KEEP)
def change_service(
    actor: Actor,
    *,
    service: UUID,
    name: str,
    takes: Collection[Takes],
    answers_within_days: int,
    lapses_after_days: int,
    sources: Collection[Source],
    agencies: Collection[UUID] = (),
) -> None:
    """What it is now. `sources`: how women may come; `agencies`: the only ones that may send them, none named: all.

    Referrals that were sent stay. Raises NotFound: not a service of the actor's agency, or an agency of elsewhere.
    """
    assert actor.partnership is not None
    row = _own(actor, service)
    senders: list[UUID | None] = [*sorted(set(agencies))] or [None]
    known = Agency.objects.filter(pk__in=agencies, partnership_id=actor.partnership).count()
    if known != len(set(agencies)):
        raise NotFound("Agency")
    row.name, row.takes = name, [each.value for each in Takes if each in takes]
    row.answers_within_days, row.lapses_after_days = answers_within_days, lapses_after_days
    with transaction.atomic():
        row.save(update_fields=["name", "takes", "answers_within_days", "lapses_after_days"])
        row.rights.all().delete()
        ReferralRight.objects.bulk_create(
            ReferralRight(service=row, source=source, agency_id=sender) for source in sources for sender in senders
        )


@action(KEEP)
def end_service(actor: Actor, *, service: UUID) -> None:
    """Nobody is sent there from now on; what was sent can still be answered. The row stays."""
    row = _own(actor, service)
    row.until = timezone.localdate() - timedelta(days=1)
    row.save(update_fields=["until"])


def _own(actor: Actor, service: UUID) -> Service:
    assert actor.agency is not None
    row = Service.objects.filter(pk=service, agency_id=actor.agency, until=None).first()
    if row is None:
        raise NotFound("Service")
    return row
