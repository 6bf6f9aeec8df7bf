"""An agency leaves the partnership: what ends with it, in one transaction, and its data in parts before that.

Asked by its manager, confirmed by another agency's system administrator. Sharing both ways, links, roles, sessions,
programs' keys and services end together or not at all; what it held is emptied in the same transaction. Its key is
destroyed by a job once that has committed: until the key process has answered, the page says that the key waits.
Phones delete what they hold when they next call: their worker's role is over (`phone.actions.greet`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from alongside.casework.accommodation.queries import women_here
from alongside.casework.referrals.queries import open_to_us
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.register.agencies import actions, departing, queries
from alongside.register.agencies.codes import Role
from alongside.register.agencies.departing import DepartureRow
from alongside.register.agencies.queries import MembershipRow
from alongside.register.people.actions import end_all_of, hand_out_all, say_why, sharing_job
from alongside.register.people.codes import FieldGroup, HandoutKind
from alongside.register.people.queries import records
from alongside.register.people.queries.leaving import can_open_some, not_in_copies, reasons_to_give, what_would_end
from alongside.register.programs.actions import end_all_keys
from alongside.register.programs.queries import in_force
from alongside.register.rights.about_her import Section
from alongside.register.rights.queries.keeping import holds_in_force
from alongside.register.rights.queries.whole import all_of, registers
from alongside.register.traces.leaving import empty_what_it_held

IN_ONE_PART = 50  # women
# What ends, in the order in which the page tells it.
WORDS = {
    "records": "Women’s records: nobody opens them again",
    "given": "What women agreed that this agency tells others",
    "received": "What other agencies tell this one",
    "links": "Links by which this agency and another know that both work with her",
    "leads": "Women for whom this agency leads",
    "in_beds": "Women in its beds now: each needs a place first",
    "waiting": "Referrals to it that are open: their senders learn that no answer came",
    "workers": "Workers whose roles end, and who are signed out",
    "programs": "Keys for programs",
    "services": "Services in the directory",
}


class HeldByLaw(Exception):
    """A hold forbids erasing: it is lifted first, by that agency's data protection lead."""

    words = "A legal hold stands on records of this agency. Its data protection lead lifts it first."


class PartMissing(Exception):
    """Women whom the one who took the data is kept from go along with somebody else's part, or they are lost."""

    def __init__(self, words: str) -> None:
        super().__init__(type(self).__name__)
        self.words = words


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the data as a file: `women` of them from the `first` on."""

    number: int
    of: int
    women: tuple[UUID, ...]


def counts(actor: Actor) -> dict[str, int]:
    """What ends when the actor's agency leaves, as it is now."""
    assert actor.partnership is not None
    members = {row.worker for row in queries.memberships_in_force(actor.partnership) if row.agency == actor.agency}
    found = {
        **what_would_end(actor),
        "in_beds": women_here(actor),
        "waiting": open_to_us(actor),
        "workers": len(members),
        "programs": in_force(actor),
        "services": len(queries.services(actor.partnership, actor.agency)),
    }
    return {name: found[name] for name in WORDS}


def parts(actor: Actor) -> list[Part]:
    """The agency's women in equal parts, by their records' codes; one empty part where there are none."""
    women = [row.id for row in sorted(records(actor), key=lambda row: row.code)]
    of = max(1, ceil(len(women) / IN_ONE_PART))
    return [Part(at + 1, of, tuple(women[at * IN_ONE_PART : (at + 1) * IN_ONE_PART])) for at in range(of)]


def other_managers(actor: Actor) -> list[str]:
    """Who else is a service manager of the actor's agency: each takes along what she may open."""
    return [each.worker_name for each in _managers(actor.partnership, actor.agency) if each.worker != actor.user]


def _managers(partnership: UUID | None, agency: UUID | None) -> list[MembershipRow]:
    held = queries.memberships_in_force(partnership) if partnership else []
    return [each for each in held if each.agency == agency and each.role is Role.MANAGER and each.is_active]


def part_missing(asked: DepartureRow, partnership: UUID) -> str:
    """Who has to take a part that nobody took within the seven days, in a sentence; empty where nothing is missing.

    It tells no number and no woman: only whom to ask.
    """
    job = sharing_job(partnership, asked.agency)
    with acting_as(job):
        left = not_in_copies(job, asked.copies)
        able = [row.worker_name for row in _managers(partnership, asked.agency) if can_open_some(job, row.worker, left)]
    if not left:
        return ""
    if not able:
        return (
            "Its data is not taken along whole, and no service manager there may open what is missing. Let one more"
            " person be a service manager there; she takes every part."
        )
    whom = " and ".join(sorted(set(able)))
    return f"Its data is not taken along whole. Ask {whom} to take every part."


def take_part(actor: Actor, number: int) -> tuple[str, list[Section]]:
    """One part of the data, with a number that stays with each woman in it. Raises NotFound, TooLateNow."""
    asked, part = departing.departure(actor), next((each for each in parts(actor) if each.number == number), None)
    if asked is None or part is None or asked.confirmed_at is not None:
        raise NotFound("Departure")
    for woman in reasons_to_give(actor, part.women):
        say_why(actor, woman, "Taking along what our agency holds about her")
    sections = all_of(actor, part.women) if part.women else []
    if number == 1:
        sections = [*sections, *registers(actor)]
    copy = hand_out_all(actor, part.women, HandoutKind.EXPORT, tuple(FieldGroup)) or "none"
    facts = {"part": number, "of": part.of, "women": len(part.women)}
    departing.note_part(actor, departure=asked.id, number=copy, counts=counts(actor), **facts)
    return copy, sections


def confirm(actor: Actor, departure: UUID) -> None:
    """It leaves, wholly or not at all.

    Raises NotFound, TooLateNow, NeedsAnother, NotTakenYet, PartMissing, HeldByLaw.
    """
    assert actor.partnership is not None
    assert actor.user is not None
    with transaction.atomic():
        asked = _asked(departure, actor)
        workers = _workers_of(asked, actor)
        agency = departing.confirm(actor, departure=departure)
        if words := part_missing(asked, actor.partnership):
            raise PartMissing(words)
        _end(actor.partnership, agency, actor.user)
        for worker in sorted(workers):
            sign_out(actor, worker)


def again(agency: UUID) -> bool:
    """After a restore from before it left, at the machine: it leaves once more. False where it is not known here."""
    operator = queries.operator()
    with transaction.atomic():
        with acting_as(operator):
            known: bool = departing.left_again(operator, agency=agency)
        if not known:
            return False
        row = queries.agency(agency)
        assert row is not None
        _end(row.partnership, agency, agency, with_key=False)
    return True


def _end(partnership: UUID, agency: UUID, by: UUID, *, with_key: bool = True) -> None:
    """Sharing both ways, programs' keys, and everything sealed."""
    job = sharing_job(partnership, agency)
    with acting_as(job):
        if with_key and holds_in_force(job):
            raise HeldByLaw
        end_all_of(partnership, agency, by)
        end_all_keys(job, by=by, subject=Subject("Agency", agency, partnership, agency))
        empty_what_it_held(job, with_key=with_key)


def _asked(departure: UUID, actor: Actor) -> DepartureRow:
    asked = next((each for each in departing.departures(actor) if each.id == departure), None)
    if asked is None:
        raise NotFound("Departure")
    return asked


def _workers_of(asked: DepartureRow, actor: Actor) -> set[UUID]:
    held = queries.memberships_in_force(actor.partnership) if actor.partnership else []
    return {row.worker for row in held if row.agency == asked.agency}


def sign_out(actor: Actor, worker: UUID) -> None:
    """Her sessions end. Where she has no other role her account closes, with passkeys, codes and apps."""
    for session in UserSession.objects.filter(user_id=worker).order_by("pk"):
        session.end()
    if not queries.has_a_role(worker, date.today()):
        actions.set_active(actor, worker=worker, active=False)
        Authenticator.objects.filter(user_id=worker).delete()


def told(kept: dict[str, int] | None) -> Sequence[tuple[str, int]]:
    """Counts in words, without what is none."""
    return [(words, kept[name]) for name, words in WORDS.items() if kept and kept.get(name)]
