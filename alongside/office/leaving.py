"""A worker leaves: what is hers alone ends with one click, in one transaction.

Her account closes, her sessions end, her passkeys, codes and apps are gone. Her phones delete what they hold when they
next call (`phone.actions.greet` asks whether her role is in force). Whose lead worker she was stands on "Lead workers".

And: a worker has lost her passkey, and with it the recovery codes.
"""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound
from alongside.office.accounts import sign_ins
from alongside.register.agencies import actions, queries

LOST = (Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES)


def leave(actor: Actor, worker: UUID) -> None:
    """Close the account of a worker of the administrator's partnership, and end what it opened. Raises NotFound."""
    with transaction.atomic():
        actions.set_active(actor, worker=worker, active=False)
        _end_sessions(worker)
        Authenticator.objects.filter(user_id=worker).delete()


@action("agencies.manage")
def take_passkeys_away(actor: Actor, *, worker: UUID) -> None:
    """Her passkeys and recovery codes are worth nothing from now on, and her sessions end; she adds a new passkey.

    The system administrator reaches her own partnership, the operator at the machine everyone: the administrator may
    have lost hers. Raises NotFound.
    """
    her = get_user_model().objects.filter(pk=worker).first()
    if her is None or (actor.partnership and all(each.worker != worker for each in queries.workers(actor))):
        raise NotFound("Worker")
    _end_sessions(worker)
    Authenticator.objects.filter(user_id=worker, type__in=LOST).delete()
    by = "the operator at the machine" if actor.job else "the system administrator"
    sign_ins.keep_of(her, sign_ins.PASSKEY_REMOVED, route=actor.route, rule=f"by {by}")


def _end_sessions(worker: UUID) -> None:
    for session in UserSession.objects.filter(user_id=worker).order_by("pk"):
        session.end()
