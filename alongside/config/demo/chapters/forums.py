"""A panel that meets on Thursdays: who sits on it, two women brought to it, and one who changed her mind."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.config.demo.personas import persona
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies import forums
from alongside.register.agencies.codes import Purpose, Role
from alongside.register.agencies.queries import memberships_in_force
from alongside.register.people import actions, queries
from alongside.register.people.codes import FieldGroup

TOLD = (FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT, FieldGroup.WHEREABOUTS, FieldGroup.NOTES)
SIT = {
    ("nightlight", Role.OUTREACH_WORKER),
    ("lantern", Role.HOSTEL_WORKER),
    ("harbour", Role.NURSE),
    ("bridge", Role.COURT_WORKER),
}


def tell(partnership: UUID, say: Callable[[str], None]) -> None:
    say("A panel that meets on Thursdays …")
    chair = persona(partnership, "bridge", Role.MANAGER)
    with acting_as(chair):
        panel = forums.make_forum(chair, name="Thursday panel", purpose=Purpose.SAFETY)
        for each in _sitting(partnership, chair):
            forums.seat(chair, panel, membership=each)
    bethan = persona(partnership, "bridge", Role.KEY_WORKER)
    amara = persona(partnership, "nightlight", Role.OUTREACH_WORKER)
    for actor, number in ((bethan, 0), (amara, 1), (bethan, 5)):
        grant = _bring(actor, number, panel)
    with acting_as(bethan):
        actions.withdraw_grant(bethan, grant)


def _sitting(partnership: UUID, chair: Actor) -> list[UUID]:
    """One of each team: Jo, who works for two agencies, sits on none."""
    found: dict[tuple[UUID, Role], UUID] = {}
    slugs = {persona(partnership, slug, role).agency: slug for slug, role in SIT}
    for each in sorted(memberships_in_force(partnership), key=lambda each: each.worker_name):
        if (slugs.get(each.agency), each.role) in SIT and each.worker != chair.user:
            found.setdefault((each.agency, each.role), each.id)
    return list(found.values())


def _bring(actor: Actor, number: int, panel: UUID) -> UUID:
    today = timezone.localdate()
    with acting_as(actor):
        record = queries.records(actor)[number].id
        grant: UUID = actions.give_grant(
            actor,
            record,
            to_forum=panel,
            groups=TOLD,
            asked_on=today,
            until=today + timedelta(days=180),
            how_asked="At the drop-in. She read it herself and asked who sits there.",
        )
        actions.bring(actor, record, forum=panel, meets_on=_thursday(today))
    return grant


def _thursday(today: date) -> date:
    """The next one."""
    return today + timedelta(days=(3 - today.weekday()) % 7 or 7)
