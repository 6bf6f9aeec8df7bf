"""How a session was begun, if an agency's own sign-in began it, and what it then reaches. No table, no query."""

from dataclasses import dataclass
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from alongside.register.agencies.models import Membership

METHOD = "own_sign_in"  # as allauth's record in the session names it


@dataclass(frozen=True, slots=True)
class Came:
    """`strong`: its provider said that a second factor was used."""

    session: UUID
    agency: UUID
    strong: bool


def came_by(request: HttpRequest, worker: AbstractBaseUser | None = None) -> Came | None:
    """None: by password, code or passkey of this installation. `worker`: who is about to be signed in."""
    for each in reversed(get_authentication_records(request, worker or request.user)):
        if each.get("method") == METHOD:
            return Came(UUID(each["session"]), UUID(each["agency"]), bool(each["strong"]))
    return None


def opens(membership: Membership, came: Came | None) -> bool:
    """An agency's own sign-in opens its own roles and no others: it can vouch for nobody to another agency."""
    if came is not None:
        return membership.agency_id == came.agency
    return not membership.agency.own_sign_in_only
