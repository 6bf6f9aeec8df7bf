"""An agency's own sign-in (OpenID Connect): set up by its manager, for its own workers and its own roles only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.vault import installation
from alongside.register.agencies.models import Agency, IdentityProvider, Membership, ProviderSession
from alongside.register.agencies.queries import names_of

KEEP = "agencies.keep_sign_in"


class SetUpAlready(Exception):
    """One at a time."""

    words = "Your agency has a sign-in already. Take it away first."


class NotCameByIt(Exception):
    """Who shuts every other door has just come through this one: so it is known to work."""

    words = "Sign in with it yourself first. Then you know that it works, and can make it the only way."


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page for signing in shows."""

    id: UUID
    agency_name: str


@dataclass(frozen=True, slots=True)
class Client:
    """What it takes to ask a provider. `strong_answers`: what its `acr` says when a second factor was used."""

    id: UUID
    agency: UUID
    agency_name: str
    partnership: UUID
    issuer: str
    client_id: str
    secret: str
    strong_answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """What its manager sees: never the secret. `linked`: how many workers."""

    id: UUID
    issuer: str
    client_id: str
    strong_answers: tuple[str, ...]
    is_on: bool
    is_only: bool
    set_up_at: datetime
    set_up_by: str
    linked: int


def offers() -> list[Offer]:
    """Every sign-in that is switched on, by the agency's name."""
    rows = IdentityProvider.objects.filter(is_on=True, ended_at=None, agency__left_at=None)
    return [Offer(*row) for row in rows.order_by("agency__name").values_list("id", "agency__name")]


def offers_to(worker: UUID) -> list[Offer]:
    """Those of agencies in which she has a role today."""
    today = timezone.localdate()
    still = Q(until=None) | Q(until__gte=today)
    agencies = Membership.objects.filter(still, worker_id=worker, since__lte=today).values("agency_id")
    rows = IdentityProvider.objects.filter(is_on=True, ended_at=None, agency__left_at=None, agency_id__in=agencies)
    return [Offer(*row) for row in rows.order_by("agency__name").values_list("id", "agency__name")]


def client(provider: UUID) -> Client | None:
    """None unless it is switched on and its agency is still of the partnership."""
    rows = IdentityProvider.objects.filter(pk=provider, is_on=True, ended_at=None, agency__left_at=None)
    row = rows.select_related("agency").first()
    return client_of(row) if row else None


def client_of(row: IdentityProvider) -> Client:
    """`row` with its agency."""
    return Client(
        row.pk,
        row.agency_id,
        row.agency.name,
        row.agency.partnership_id,
        row.issuer,
        row.client_id,
        installation.opened(row.sealed_secret, settings.SINGLE_SIGN_ON_KEY),
        tuple(row.strong_answers),
    )


def own_provider(actor: Actor) -> ProviderRow | None:
    """Of the actor's agency."""
    rows = IdentityProvider.objects.filter(agency_id=actor.agency, ended_at=None) if actor.agency else None
    row = rows.select_related("agency").first() if rows is not None else None
    if row is None:
        return None
    return ProviderRow(
        row.pk,
        row.issuer,
        row.client_id,
        tuple(row.strong_answers),
        row.is_on,
        row.agency.own_sign_in_only,
        timezone.localtime(row.set_up_at),
        names_of([row.set_up_by]).get(row.set_up_by, ""),
        SocialAccount.objects.filter(provider=str(row.pk)).count(),
    )


@action(KEEP)
def set_up_provider(
    actor: Actor, *, issuer: str, client_id: str, secret: str, strong_answers: Sequence[str] = ()
) -> UUID:
    """Switched off until its manager switches it on. Raises SetUpAlready."""
    assert actor.agency is not None
    assert actor.user is not None
    try:
        with transaction.atomic():
            made = IdentityProvider.objects.create(
                agency_id=actor.agency,
                issuer=issuer,
                client_id=client_id,
                sealed_secret=installation.sealed(secret, settings.SINGLE_SIGN_ON_KEY),
                strong_answers=list(strong_answers),
                set_up_by=actor.user,
            )
    except IntegrityError:
        raise SetUpAlready from None
    return made.pk


@action(KEEP)
def change_provider(actor: Actor, *, secret: str = "", strong_answers: Sequence[str] = ()) -> None:
    """Another secret (empty: the same), other answers. Raises NotFound."""
    row = _own(actor)
    if secret:
        row.sealed_secret = installation.sealed(secret, settings.SINGLE_SIGN_ON_KEY)
    row.strong_answers = list(strong_answers)
    row.save(update_fields=["sealed_secret", "strong_answers"])


@action(KEEP)
def switch_provider(actor: Actor, *, on: bool) -> None:
    """Switched off, every session that it began ends with its next click, and other ways are open. Raises NotFound."""
    row = _own(actor)
    row.is_on = on
    row.save(update_fields=["is_on"])
    if not on:
        _close(row)


@action(KEEP)
def make_only(actor: Actor, *, only: bool, came_by_it: bool) -> None:
    """Whether roles in this agency open in sessions that its own sign-in began, and in no others.

    Raises NotFound, NotCameByIt.
    """
    row = _own(actor)
    if only and not (came_by_it and row.is_on):
        raise NotCameByIt
    Agency.objects.filter(pk=row.agency_id).update(own_sign_in_only=only)


@action("agencies.open_other_ways")
def open_other_ways(actor: Actor, *, agency: UUID) -> None:
    """For the day when its own sign-in fails for good: its workers can sign in with what they have here."""
    Agency.objects.filter(pk=agency).update(own_sign_in_only=False)


@action(KEEP)
def take_provider_away(actor: Actor) -> None:
    """It signs nobody in, and nobody is linked with it any more. Raises NotFound."""
    assert actor.user is not None
    row = _own(actor)
    row.is_on, row.ended_at, row.ended_by = False, timezone.now(), actor.user
    row.save(update_fields=["is_on", "ended_at", "ended_by"])
    _close(row)
    SocialAccount.objects.filter(provider=str(row.pk)).delete()


def _close(row: IdentityProvider) -> None:
    Agency.objects.filter(pk=row.agency_id).update(own_sign_in_only=False)
    ProviderSession.objects.filter(provider=row, ended_at=None).update(ended_at=timezone.now(), sealed_tokens="")


def _own(actor: Actor) -> IdentityProvider:
    row = IdentityProvider.objects.filter(agency_id=actor.agency, ended_at=None).first() if actor.agency else None
    if row is None:
        raise NotFound("IdentityProvider")
    return row
