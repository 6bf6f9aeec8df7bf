"""Signing in, out, a wrong password, a passkey added or removed: in the trail of each agency for which she works.

Its data protection lead reads them there.

What was typed is never kept. A wrong password for an unknown address leaves a row too, of nobody: as much work as for a
known one, so that time does not tell which it was.
"""

from dataclasses import replace
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from alongside.foundation.gate.actor import NOBODY
from alongside.foundation.trail.writing import leave
from alongside.register.agencies.acting import actor_for, memberships_of

SIGNED_IN, SIGNED_OUT, WRONG = "accounts.sign_in", "accounts.sign_out", "accounts.wrong_password"
PASSKEY_ADDED, PASSKEY_REMOVED = "accounts.passkey_added", "accounts.passkey_removed"
# Her agency's own sign-in: linked with her, no more, or it ended a session of hers.
LINKED, UNLINKED, ENDED = "accounts.own_sign_in_linked", "accounts.own_sign_in_unlinked", "accounts.own_sign_in_ended"


def keep(request: HttpRequest, worker: AbstractBaseUser | None, what: str, *, rule: str = "") -> None:
    keep_of(worker, what, route=f"{request.method} {request.path_info}", rule=rule)


def keep_of(worker: AbstractBaseUser | None, what: str, *, route: str, rule: str = "") -> None:
    """One row for each of her memberships; one of her alone, or of nobody, where there is none."""
    held = memberships_of(worker or get_user_model()(), date.today())  # type: ignore[arg-type]  # ours, or a new one
    actors = [actor_for(each, by_passkey=False) for each in held] or [
        replace(NOBODY, user=worker.pk if worker else None)
    ]
    for actor in {each.agency: each for each in actors}.values():
        leave(
            replace(actor, route=route),
            what,
            allowed=what != WRONG,
            rule=rule,
            count=0,
        )


def known_as(address: object) -> AbstractBaseUser | None:
    """Whose account it is, by the address that was typed."""
    found: AbstractBaseUser | None = get_user_model().objects.filter(email__iexact=str(address or "")).first()
    return found
