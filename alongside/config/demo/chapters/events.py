"""What happened to some women besides the work: one died, one turned out to be a child; who leads; private matters."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.actions import look_out
from alongside.casework.contacts.codes import LookOutReason
from alongside.config.demo.personas import persona
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.codes import Role
from alongside.register.people import actions, queries
from alongside.register.people.codes import FieldGroup, StandingKind


def tell(partnership: UUID, say: Callable[[str], None]) -> None:
    say("Noting that a woman has died, that another is under 18, who leads, and what is private …")
    today = timezone.localdate()
    bethan = persona(partnership, "bridge", Role.KEY_WORKER)
    amara = persona(partnership, "nightlight", Role.OUTREACH_WORKER)
    with acting_as(bethan):
        actions.note_standing(
            bethan,
            _seen_long_ago(bethan),
            kind=StandingKind.DIED,
            on=today - timedelta(days=36),
            words="Her mother rang. The funeral was on a Tuesday; three of us went.",
        )
    _lead(bethan, amara)
    with acting_as(amara):
        girl = queries.records(amara)[9].id
        actions.note_standing(
            amara,
            girl,
            kind=StandingKind.UNDER_18,
            on=today + timedelta(days=210),
            words="She told us her birthday. Told to the duty social worker the same night.",
        )
        look_out(amara, record=girl, reason=LookOutReason.WORRY, until=today + timedelta(days=7))


def _seen_long_ago(actor: Actor) -> UUID:
    return queries.records(actor)[40].id


def _lead(bethan: Actor, amara: Actor) -> None:
    """Who leads for the women seen last; and what one told, for those who may read it."""
    for actor in (bethan, amara):
        assert actor.user is not None
        with acting_as(actor):
            for row in queries.records(actor)[:5]:
                actions.lead(actor, row.id, worker=actor.user)
    with acting_as(bethan):
        her = queries.records(bethan)[0].id
        actions.write_matter(
            bethan,
            her,
            group=FieldGroup.HEALTH,
            words="Hepatitis C, on treatment since May; the clinic rings her on Mondays.",
            risk="She faints when she has not eaten. Keep biscuits in the room.",
        )
        actions.write_matter(
            bethan,
            her,
            group=FieldGroup.SEXUAL_VIOLENCE,
            words="She told of one night in March, and does not want anything done now. Ask her again in a month.",
        )
