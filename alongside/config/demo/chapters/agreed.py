"""What some women of the invented partnership agreed, one who changed her mind, and one who fears a worker."""

from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from alongside.config.demo.personas import persona
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.people import actions, queries
from alongside.register.people.codes import FieldGroup, HandoutKind, Purpose

TO_FIND_HER = (FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT, FieldGroup.WHEREABOUTS)
TO_WORK_WITH_HER = (*TO_FIND_HER, FieldGroup.HEALTH, FieldGroup.COURT, FieldGroup.NOTES)
# From whom, to whom, which of the women seen last there, what, for what, asked how many days ago, for how many days.
AGREED = (
    ("bridge", "lantern", 0, TO_WORK_WITH_HER, Purpose.HOME, 40, 320),
    ("bridge", "lantern", 1, TO_FIND_HER, Purpose.HOME, 12, 90),
    ("bridge", "nightlight", 0, TO_FIND_HER, Purpose.SUPPORT, 40, 320),
    ("bridge", "harbour", 2, (FieldGroup.IDENTITY, FieldGroup.HEALTH), Purpose.HEALTH, 5, 180),
    ("nightlight", "bridge", 0, TO_WORK_WITH_HER, Purpose.SUPPORT, 20, 345),
    ("nightlight", "bridge", 1, TO_FIND_HER, Purpose.SAFETY, 3, 88),
    ("nightlight", "lantern", 2, TO_FIND_HER, Purpose.HOME, 9, 60),
    ("lantern", "bridge", 0, TO_WORK_WITH_HER, Purpose.SUPPORT, 60, 300),
    ("harbour", "nightlight", 0, TO_FIND_HER, Purpose.SAFETY, 15, 75),
)
SAID = (
    "On her own, over tea. She read it herself.",
    "At the drop-in. We read it to her twice.",
    "In the car, after court. She said no to two things.",
)
ROLE = {"bridge": "key_worker", "nightlight": "outreach_worker", "lantern": "hostel_worker", "harbour": "key_worker"}


def tell(partnership: UUID, say: Callable[[str], None]) -> None:
    say("Asking women what other agencies may know, and whom they fear …")
    who = {slug: persona(partnership, slug, role) for slug, role in ROLE.items()}
    women = {slug: _women(actor) for slug, actor in who.items()}
    for number, (holder, to, woman, groups, purpose, ago, lasts) in enumerate(AGREED):
        said = SAID[number % len(SAID)]
        _give(who[holder], women[holder][woman], who[to], groups, purpose, (ago, lasts), said)
    _one_changes_her_mind(who["bridge"], women["bridge"][3], who["lantern"])
    bethan, hers = who["bridge"], women["bridge"][4]
    with acting_as(bethan):
        actions.exclude(
            bethan, hers, agency=who["harbour"].agency, words="Her former partner's sister volunteers there."
        )
        actions.exclude(bethan, women["bridge"][1], worker=who["harbour"].user)
        actions.hand_out(bethan, women["bridge"][0], HandoutKind.SHEET)


def _women(actor: Actor) -> list[UUID]:
    """The women whom an agency saw last."""
    with acting_as(actor):
        return [row.id for row in queries.records(actor)[:6]]


def _give(
    holder: Actor,
    record: UUID,
    to: Actor,
    groups: Collection[FieldGroup],
    purpose: Purpose,
    days: tuple[int, int],
    said: str,
) -> UUID:
    assert to.agency is not None
    today, (ago, lasts) = timezone.localdate(), days
    with acting_as(holder):
        given: UUID = actions.give_grant(
            holder,
            record,
            to_agency=to.agency,
            groups=groups,
            purpose=purpose,
            asked_on=today - timedelta(days=ago),
            until=today + timedelta(days=lasts),
            how_asked=said,
        )
    return given


def _one_changes_her_mind(holder: Actor, record: UUID, to: Actor) -> None:
    """The receiver printed something meanwhile: it is asked to destroy it."""
    given = _give(holder, record, to, TO_FIND_HER, Purpose.HOME, (30, 60), SAID[0])
    with acting_as(to):
        actions.hand_out(to, record, HandoutKind.PRINT, TO_FIND_HER)
    with acting_as(holder):
        actions.withdraw_grant(holder, given)
