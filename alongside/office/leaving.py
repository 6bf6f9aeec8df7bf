"""A worker leaves: what is hers alone ends with one click, in one transaction.

Her account closes, her sessions end, her passkeys, codes and apps are gone. Her phones delete what they hold when they
next call (`phone.actions.greet` asks whether her role is in force). Whose lead worker she was stands on "Lead workers".
"""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from alongside.foundation.gate.actor import Actor
from alongside.register.agencies import actions


def leave(actor: Actor, worker: UUID) -> None:
    """Close the account of a worker of the administrator's partnership, and end what it opened. Raises NotFound."""
    with transaction.atomic():
        actions.set_active(actor, worker=worker, active=False)
        for session in UserSession.objects.filter(user_id=worker).order_by("pk"):
            session.end()
        Authenticator.objects.filter(user_id=worker).delete()
