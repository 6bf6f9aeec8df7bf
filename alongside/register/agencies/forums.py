"""Forums: standing panels of named workers of several agencies. Who sits on one, from when until when, and who chairs.

No woman is named here: who is on a forum's list is `people.sharing.bringing`. A forum is convened by a specialist
agency, and one of its managers chairs. Only those who work with women sit on it: never a contributor, a commissioner.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action, check
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.register.agencies.codes import CASEWORKERS, MEETS, RECEIVERS, AgencyKind, Purpose, Role
from alongside.register.agencies.models import Agency, Attendee, Forum, Membership
from alongside.register.agencies.queries import memberships_in_force

MAKE, KEEP = "agencies.make_forum", "agencies.keep_forum"


class OnlySpecialist(Exception):
    """A forum hears what women told a specialist agency in confidence: one of those convenes and chairs it."""

    words = "A specialist agency convenes a forum, and one of its managers chairs. Ask one of them."


class NameTaken(Exception):
    """Two forums of one name could not be told apart when she is asked."""

    words = "Another forum of your partnership has this name. Choose another."


class CantSit(Exception):
    """A worker of an agency of this partnership who works with women there."""

    words = "Choose somebody who works with women in an agency of your partnership."


class SitsAlready(Exception):
    """One seat of a worker, for one agency."""

    words = "She sits on this forum already."


class CantChair(Exception):
    """A manager of the agency that convenes it."""

    words = "Choose a manager of your agency."


class ChairStays(Exception):
    """A forum has a chair as long as it lasts."""

    words = "She chairs. Let another manager chair first."


@dataclass(frozen=True, slots=True)
class Seat:
    """One who sits on a forum, for one agency."""

    id: UUID
    worker: UUID
    worker_name: str
    agency: UUID
    agency_name: str
    chairs: bool
    since: date


@dataclass(frozen=True, slots=True)
class ForumRow:
    """`changed_at`: when the list of women last changed; which of them, nobody is told."""

    id: UUID
    name: str
    purpose: Purpose
    agency: UUID
    agency_name: str
    changed_at: datetime | None
    seats: tuple[Seat, ...]

    @property
    def agencies(self) -> list[str]:
        """Of those who sit on it, by name."""
        return sorted({seat.agency_name for seat in self.seats})

    @property
    def meets(self) -> str:
        """ "people from Night Van and Green House meet to plan support", as she is told it."""
        *first, last = self.agencies or ["no agency yet"]
        return f"people from {', '.join(first)}{' and ' if first else ''}{last} meet {MEETS[self.purpose]}"


@action(MAKE)
def make_forum(actor: Actor, *, name: str, purpose: Purpose) -> UUID:
    """A new forum, convened by the actor's agency; she chairs. Raises OnlySpecialist, NameTaken."""
    assert actor.partnership is not None
    assert actor.user is not None
    if not convenes(actor):
        raise OnlySpecialist
    own = {"partnership_id": actor.partnership, "agency_id": actor.agency}
    try:
        with transaction.atomic():
            row = Forum.objects.create(**own, name=name.strip(), purpose=purpose, made_by=actor.user)
    except IntegrityError:
        raise NameTaken from None
    Attendee.objects.create(forum=row, worker_id=actor.user, agency_id=row.agency_id, chairs=True, since_by=actor.user)
    return row.pk


def seat(actor: Actor, forum: UUID, *, membership: UUID) -> UUID:
    """A worker sits on the forum from now, for the agency of this role of hers. Raises CantSit, SitsAlready."""
    made: UUID = _seat(actor, forum=forum, membership=membership, subject=_subject(actor, forum))
    return made


@action(KEEP)
def _seat(actor: Actor, *, forum: UUID, membership: UUID) -> UUID:
    assert actor.partnership is not None
    assert actor.user is not None
    held = next((each for each in may_sit(actor.partnership) if each.id == membership), None)
    if held is None:
        raise CantSit
    try:
        with transaction.atomic():
            made = Attendee.objects.create(
                forum_id=forum, worker_id=held.worker, agency_id=held.agency, since_by=actor.user
            )
    except IntegrityError:
        raise SitsAlready from None
    return made.pk


def leave_forum(actor: Actor, seat_id: UUID) -> None:
    """She sits on it no more, from the next click on. Raises NotFound, ChairStays."""
    row = _seat_row(actor, seat_id)
    _leave(actor, seat=row, subject=_subject(actor, row.forum_id))


@action(KEEP)
def _leave(actor: Actor, *, seat: Attendee) -> None:
    if seat.chairs:
        raise ChairStays
    _end(Attendee.objects.filter(pk=seat.pk), actor.user)


def let_chair(actor: Actor, seat_id: UUID) -> None:
    """Another manager of the agency that convenes it chairs. Raises NotFound, CantChair."""
    row = _seat_row(actor, seat_id)
    _let_chair(actor, seat=row, subject=_subject(actor, row.forum_id))


@action(KEEP)
def _let_chair(actor: Actor, *, seat: Attendee) -> None:
    if seat.agency_id != actor.agency or seat.worker_id not in managers(actor):
        raise CantChair
    Attendee.objects.filter(forum_id=seat.forum_id, until_at=None, chairs=True).update(chairs=False)
    Attendee.objects.filter(pk=seat.pk).update(chairs=True)


def end_forum(actor: Actor, forum: UUID) -> None:
    """It meets no more: nobody sees anything by it from the next click on."""
    _end_forum(actor, forum=forum, subject=_subject(actor, forum))


@action(KEEP)
def _end_forum(actor: Actor, *, forum: UUID) -> None:
    Forum.objects.filter(pk=forum, ended_at=None).update(ended_at=timezone.now(), ended_by=actor.user)
    _end(Attendee.objects.filter(forum_id=forum), actor.user)


def end_seats_of(agency: UUID, by: UUID, worker: UUID | None = None) -> None:
    """An agency, or one worker of it, leaves: its seats end, and with the agency the forums that it convened."""
    seats = Q(agency_id=agency) & (Q(worker_id=worker) if worker else Q())
    if worker is None:
        seats |= Q(forum__agency_id=agency)
        Forum.objects.filter(agency_id=agency, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
    _end(Attendee.objects.filter(seats), by)


def list_changed(forums: Iterable[UUID]) -> None:
    """Something on these forums' lists changed. Inside the action that changed it."""
    Forum.objects.filter(pk__in=set(forums)).update(changed_at=timezone.now())


def convenes(actor: Actor) -> bool:
    """Whether the actor's agency is one that may convene a forum."""
    return Agency.objects.filter(pk=actor.agency, kind=AgencyKind.SPECIALIST, left_at=None).exists()  # type: ignore[misc]


def managers(actor: Actor) -> set[UUID]:
    """Who may chair what the actor's agency convenes."""
    held = Membership.objects.filter(agency_id=actor.agency, role=Role.MANAGER)  # type: ignore[misc]
    return set(held.exclude(until__lt=timezone.localdate()).order_by("pk").values_list("worker_id", flat=True))


def may_sit(partnership: UUID) -> list["Sitter"]:
    """Everyone who works with women in an agency that may be told of them, by name: one row for each agency of hers."""
    kinds = dict(
        Agency.objects.filter(partnership_id=partnership, left_at=None).order_by("pk").values_list("pk", "kind")
    )
    found: dict[tuple[UUID, UUID], Sitter] = {}
    for each in memberships_in_force(partnership):
        if each.role in CASEWORKERS and each.is_active and kinds.get(each.agency) in RECEIVERS:
            words = f"{each.worker_name}, {each.agency_name}"
            found.setdefault((each.worker, each.agency), Sitter(each.id, each.worker, each.agency, words))
    return sorted(found.values(), key=lambda each: each.words)


@dataclass(frozen=True, slots=True)
class Sitter:
    """One who may sit on a forum: a role of hers, by its id."""

    id: UUID
    worker: UUID
    agency: UUID
    words: str


def forums(partnership: UUID | None, ids: Iterable[UUID] | None = None) -> list[ForumRow]:
    """The forums of a partnership by name; of `ids` ended ones too."""
    rows = Forum.objects.filter(partnership_id=partnership)  # type: ignore[misc]
    rows = rows.filter(ended_at=None) if ids is None else rows.filter(pk__in=set(ids))
    found = list(rows.select_related("agency").order_by("name", "id"))
    seats = _seats_of([row.pk for row in found])
    return [
        ForumRow(
            row.pk,
            row.name,
            Purpose(row.purpose),
            row.agency_id,
            row.agency.name,
            timezone.localtime(row.changed_at) if row.changed_at else None,
            tuple(seats.get(row.pk, ())),
        )
        for row in found
    ]


def sitting_on(ids: Iterable[UUID]) -> dict[UUID, tuple[str, frozenset[tuple[UUID, UUID]]]]:
    """Forum -> its name, and worker and agency of each who sits on it; without those that have ended."""
    rows = Attendee.objects.filter(forum_id__in=set(ids), until_at=None, forum__ended_at=None).order_by(
        "forum__name", "id"
    )
    found: dict[UUID, tuple[str, set[tuple[UUID, UUID]]]] = {}
    for forum, name, worker, agency in rows.values_list("forum_id", "forum__name", "worker_id", "agency_id"):
        found.setdefault(forum, (name, set()))[1].add((worker, agency))
    return {forum: (name, frozenset(seats)) for forum, (name, seats) in found.items()}


def my_forums(actor: Actor) -> list[ForumRow]:
    """Those on which the actor sits, for the agency for which she acts."""
    return [each for each in forums(actor.partnership) if _sits(actor, each) is not None]


def my_forum(actor: Actor, forum: UUID) -> tuple[ForumRow, bool]:
    """One of them, and whether she chairs. Raises NotFound: where she does not sit it is as if there were none."""
    row = next((each for each in my_forums(actor) if each.id == forum), None)
    if row is None:
        raise NotFound("Forum")
    mine = _sits(actor, row)
    return row, mine is not None and mine.chairs


def kept_forums(actor: Actor) -> list[ForumRow]:
    """Those that the actor's agency convenes."""
    check(actor, MAKE)
    return [each for each in forums(actor.partnership) if each.agency == actor.agency]


def kept_forum(actor: Actor, forum: UUID) -> ForumRow:
    """One of them. Raises NotFound."""
    row = next((each for each in kept_forums(actor) if each.id == forum), None)
    if row is None:
        raise NotFound("Forum")
    return row


def forum_of_seat(actor: Actor, seat_id: UUID) -> UUID:
    """The forum of a seat, of those that the actor's agency convenes. Raises NotFound."""
    return _seat_row(actor, seat_id).forum_id


def _sits(actor: Actor, row: ForumRow) -> Seat | None:
    return next((seat for seat in row.seats if (seat.worker, seat.agency) == (actor.user, actor.agency)), None)


def _seats_of(ids: Sequence[UUID]) -> dict[UUID, list[Seat]]:
    rows = Attendee.objects.filter(forum_id__in=ids, until_at=None).select_related("worker", "agency")
    found: dict[UUID, list[Seat]] = {}
    for row in rows.order_by("-chairs", "worker__name", "id"):
        found.setdefault(row.forum_id, []).append(
            Seat(
                row.pk,
                row.worker_id,
                row.worker.name,
                row.agency_id,
                row.agency.name,
                row.chairs,
                timezone.localdate(row.since_at),
            )
        )
    return found


def _seat_row(actor: Actor, seat_id: UUID) -> Attendee:
    kept = Attendee.objects.filter(until_at=None, forum__agency_id=actor.agency, forum__ended_at=None)  # type: ignore[misc]
    row = kept.filter(pk=seat_id).first()
    if row is None:
        raise NotFound("Attendee")
    return row


def _subject(actor: Actor, forum: UUID) -> Subject:
    """Raises NotFound: another agency's forum, or one that has ended, is as if there were none."""
    row = Forum.objects.filter(pk=forum, partnership_id=actor.partnership, ended_at=None).first()  # type: ignore[misc]
    if row is None:
        raise NotFound("Forum")
    return Subject("Forum", row.pk, row.partnership_id, row.agency_id)


def _end(seats: QuerySet[Attendee], by: UUID | None) -> None:
    seats.filter(until_at=None).update(until_at=timezone.now(), until_by=by)
