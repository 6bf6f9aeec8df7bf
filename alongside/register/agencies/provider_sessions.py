"""Sessions that an agency's own sign-in began: whether its provider still says yes.

It is asked again when five minutes have passed, before anything is shown. While it does not answer, what was known
counts for five minutes more.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.foundation.vault import installation
from alongside.register.agencies.models import Membership, ProviderSession
from alongside.register.agencies.providers import Client, client_of
from alongside.register.agencies.suspending import suspended_now

FRESH = timedelta(minutes=5)
GRACE = timedelta(minutes=5)
ASK_EVERY = timedelta(seconds=30)  # while it does not answer, not with each click
NONE = timedelta(0)


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    SILENT = "silent"


Ask = Callable[[Client, str], tuple[Verdict, str]]  # the tokens as text; the verdict, and the tokens from now on


def works_in(worker: UUID, agency: UUID) -> bool:
    """Whether she has an open account and a role there that gives reach."""
    return _held(worker).filter(agency_id=agency, since__lte=date.today()).exists()


def works_elsewhere(worker: UUID, agency: UUID) -> bool:
    """Whether she has, or will have, a role in another agency."""
    return _held(worker).exclude(agency_id=agency).exists()


def _held(worker: UUID) -> QuerySet[Membership]:
    still = Q(until=None) | Q(until__gte=date.today())
    return Membership.objects.filter(still, worker_id=worker, worker__is_active=True).exclude(suspended_now())


def begin(provider: UUID, worker: UUID, tokens: str) -> UUID:
    """A session that this provider has just begun; `tokens` are sealed. What outlived every session is thrown away."""
    now = timezone.now()
    old = ProviderSession.objects.filter(
        ended_at=None, began_at__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    )
    old.update(ended_at=now, sealed_tokens="")
    made = ProviderSession.objects.create(
        provider_id=provider,
        worker_id=worker,
        sealed_tokens=installation.sealed(tokens, settings.SINGLE_SIGN_ON_KEY),
        began_at=now,
        checked_at=now,
        asked_at=now,
    )
    return made.pk


def end_sessions(worker: UUID, provider: UUID) -> None:
    """Each ends with its next click."""
    rows = ProviderSession.objects.filter(worker_id=worker, provider_id=provider, ended_at=None)
    rows.update(ended_at=timezone.now(), sealed_tokens="")


def end(session: UUID) -> None:
    """She signed out: what it takes to ask about her is thrown away."""
    ProviderSession.objects.filter(pk=session, ended_at=None).update(ended_at=timezone.now(), sealed_tokens="")


def still_there(session: UUID, ask: Ask) -> Verdict:
    """YES: go on. NO: it has ended, or ends now. SILENT: it ends, for its provider has not answered for too long."""
    rows = ProviderSession.objects.select_related("provider__agency").filter(pk=session)
    row = rows.first()
    if row is None or _is_over(row):
        return Verdict.NO
    if not _is_due(row, timezone.now()):
        return Verdict.YES
    with transaction.atomic():  # two clicks at once: one asks, the other waits for the answer
        row = rows.select_for_update(of=("self",)).get()
        now = timezone.now()
        if _is_over(row):
            return Verdict.NO
        return _asked(row, ask, now) if _is_due(row, now) else Verdict.YES


def _is_over(row: ProviderSession) -> bool:
    provider = row.provider
    gone = not provider.is_on or provider.ended_at is not None or provider.agency.left_at is not None
    return row.ended_at is not None or gone


def _is_due(row: ProviderSession, now: datetime) -> bool:
    known = now - row.checked_at
    if NONE <= known < FRESH:
        return False
    asked_lately = row.asked_at > row.checked_at and NONE <= now - row.asked_at < ASK_EVERY
    return not (asked_lately and known < FRESH + GRACE)


def _asked(row: ProviderSession, ask: Ask, now: datetime) -> Verdict:
    tokens = installation.opened(row.sealed_tokens, settings.SINGLE_SIGN_ON_KEY)
    verdict, tokens = ask(client_of(row.provider), tokens)
    row.asked_at = now
    if verdict is Verdict.YES:
        row.checked_at = now
        row.sealed_tokens = installation.sealed(tokens, settings.SINGLE_SIGN_ON_KEY)
    elif verdict is Verdict.NO or not NONE <= now - row.checked_at < FRESH + GRACE:
        row.ended_at, row.sealed_tokens = now, ""
    row.save(update_fields=["asked_at", "checked_at", "sealed_tokens", "ended_at"])
    return verdict if row.ended_at else Verdict.YES
