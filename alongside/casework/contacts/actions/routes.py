"""The rounds of an agency's shifts, by name."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.casework.contacts.actions.home import home
from alongside.casework.contacts.models import Route
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action


class RouteThere(Exception):
    """The agency has a route of this name."""

    words = "There is a route of this name already."


@action("contacts.plan")
def keep_route(actor: Actor, *, name: str, areas: Sequence[UUID] = ()) -> UUID:
    """Name a round and the areas it goes through, in their order. Raises RouteThere."""
    route = Route(**home(actor), name=name, areas=list(areas), kept_by=actor.user)
    try:
        with transaction.atomic():
            route.save(force_insert=True)
    except IntegrityError:
        raise RouteThere from None
    return route.pk


@action("contacts.lead", Route)
def close_route(actor: Actor, *, route: Route) -> None:
    """Offer it no more. Shifts that went it keep its name."""
    if route.closed_at is None:
        route.closed_at, route.closed_by = timezone.now(), actor.user
        route.save(update_fields=["closed_at", "closed_by"])
