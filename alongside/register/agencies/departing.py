"""An agency leaves its partnership, as far as agencies, roles and services go. There is no woman in this room.

What ends in the rooms above, in the same transaction, is put together in `office/departing.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action, take_turn_on
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.trail import queries as trail
from alongside.register.agencies.forums import end_seats_of
from alongside.register.agencies.models import Agency, Departure, Membership, Service
from alongside.register.agencies.queries import names_of

LEAVE, CONFIRM = "agencies.leave", "agencies.confirm_leaving"
FRESH = timedelta(days=7)  # a part that was taken longer ago is taken again


class AskedAlready(Exception):
    """One departure of an agency at a time, and none after it left."""

    words = "Your agency has asked to leave already."


class TooLateNow(Exception):
    """It was confirmed, or taken back."""

    words = "This was confirmed or taken back meanwhile. Nothing was changed."


class NotTakenYet(Exception):
    """Its data goes along before anything is destroyed."""

    words = "Its data has not been taken along whole within the last seven days. Ask its manager to take every part."


class NeedsAnother(Exception):
    """Two people, and the second of another agency."""

    words = "Another agency's system administrator confirms this, not the one who asked."


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of its data that was taken along. `number` stands in the file."""

    number: str
    part: int
    of: int
    women: int
    at: datetime
    by: str
    by_id: UUID


@dataclass(frozen=True, slots=True)
class DepartureRow:
    """`whole`: one of its managers took every part of hers within seven days; `copies`: numbers of the parts of those
    days, whoever took them. `key_waits`: it left, and its key is not destroyed yet."""

    id: UUID
    agency: UUID
    agency_name: str
    counts: Mapping[str, int]
    parts: tuple[PartRow, ...]
    asked_at: datetime
    asked_by: str
    confirmed_at: datetime | None
    confirmed_by: str
    shredded_at: datetime | None
    whole: bool
    copies: tuple[str, ...]

    @property
    def key_waits(self) -> bool:
        return self.confirmed_at is not None and self.shredded_at is None


def departure(actor: Actor) -> DepartureRow | None:
    """What the actor's agency asked, until it is taken back."""
    if actor.agency is None:
        return None
    rows = Departure.objects.filter(agency_id=actor.agency, taken_back_at=None).select_related("agency")
    row = rows.order_by("id").first()
    return _row(row) if row else None


def departures(actor: Actor) -> list[DepartureRow]:
    """Of the actor's partnership, the open ones first."""
    rows = Departure.objects.filter(agency__partnership_id=actor.partnership, taken_back_at=None)  # type: ignore[misc]
    found = [_row(row) for row in rows.select_related("agency").order_by("-asked_at", "id")]
    return sorted(found, key=lambda each: each.confirmed_at is not None)


def has_left(agency: UUID) -> bool:
    return Agency.objects.filter(pk=agency, left_at__isnull=False).exists()


@action(LEAVE)
def ask_to_leave(actor: Actor, *, counts: Mapping[str, int]) -> UUID:
    """A manager asks; nothing ends yet. The newest seal of the trail is kept for her agency. Raises AskedAlready."""
    assert actor.agency is not None
    assert actor.user is not None
    try:
        with transaction.atomic():
            made = Departure.objects.create(agency_id=actor.agency, counts=dict(counts), asked_by=actor.user)
    except IntegrityError:
        raise AskedAlready from None
    newest = trail.last_seal()
    if newest is not None:
        trail.keep_head(actor, newest, timezone.now())
    return made.pk


@action(LEAVE)
def note_part(
    actor: Actor, *, departure: UUID, number: str, part: int, of: int, women: int, counts: Mapping[str, int]
) -> None:
    """A part of its data was taken along. Raises NotFound, TooLateNow."""
    row = _open(departure, agency_id=actor.agency)
    now = timezone.now().isoformat()
    row.parts = [
        *row.parts,
        {"number": number, "part": part, "of": of, "women": women, "at": now, "by": str(actor.user)},
    ]
    row.counts = dict(counts)
    row.save(update_fields=["parts", "counts"])


@action(LEAVE)
def stay_after_all(actor: Actor, *, departure: UUID) -> None:
    """What was asked is taken back. Raises NotFound, TooLateNow."""
    row = _open(departure, agency_id=actor.agency)
    row.taken_back_at, row.taken_back_by = timezone.now(), actor.user
    row.save(update_fields=["taken_back_at", "taken_back_by"])


@action(CONFIRM)
def confirm(actor: Actor, *, departure: UUID) -> UUID:
    """It has left: roles and services end with yesterday, and nothing can be shared with it. Which agency.

    Only inside the transaction of `office.departing.confirm`, which ends the rest. Raises NotFound, TooLateNow,
    NeedsAnother, NotTakenYet.
    """
    row = _open(departure, agency__partnership_id=actor.partnership)
    if actor.user == row.asked_by or actor.agency == row.agency_id:
        raise NeedsAnother
    if not _is_whole(row):
        raise NotTakenYet
    row.confirmed_at, row.confirmed_by = timezone.now(), actor.user
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    _leave(row.agency_id, actor.user)
    return row.agency_id


@action("agencies.left_again")
def left_again(actor: Actor, *, agency: UUID) -> bool:
    """After a restore from before it left: it has left. Whether such an agency is here; asked twice changes nothing."""
    if not Agency.objects.filter(pk=agency).exists():
        return False
    now = timezone.now()
    known = Departure.objects.filter(agency_id=agency, taken_back_at=None).order_by("id").first()
    row = known or Departure(agency_id=agency, asked_by=agency)
    row.confirmed_at, row.shredded_at, row.shredded_by = row.confirmed_at or now, now, "after a restore"
    row.save()
    _leave(agency, None)
    return True


@action("agencies.note_shredded")
def note_shredded(actor: Actor, *, agency: UUID) -> None:
    """Its key, and every key that it wrapped, is destroyed."""
    rows = Departure.objects.filter(agency_id=agency, confirmed_at__isnull=False, shredded_at=None)
    rows.update(shredded_at=timezone.now(), shredded_by=actor.job)


def _leave(agency: UUID, by: UUID | None) -> None:
    yesterday = date.today() - timedelta(days=1)
    Agency.objects.filter(pk=agency, left_at=None).update(left_at=timezone.now(), left_by=by)
    open_still = Q(until=None) | Q(until__gt=yesterday)
    Membership.objects.filter(open_still, agency_id=agency).update(until=yesterday)
    Service.objects.filter(open_still, agency_id=agency).update(until=yesterday)
    end_seats_of(agency, by or agency)


def _open(departure: UUID, **where: Any) -> Departure:
    take_turn_on(departure)
    row = Departure.objects.filter(pk=departure, **where).first()
    if row is None:
        raise NotFound("Departure")
    if row.confirmed_at is not None or row.taken_back_at is not None:
        raise TooLateNow
    return row


def _fresh(row: Departure) -> list[dict[str, Any]]:
    """The parts that were taken within a week."""
    oldest = timezone.now() - FRESH
    return [each for each in row.parts if datetime.fromisoformat(each["at"]) >= oldest]


def _is_whole(row: Departure) -> bool:
    """Somebody took every part of the division that she took last."""
    fresh = _fresh(row)
    last = {each["by"]: each["of"] for each in fresh}
    return any(
        {each["part"] for each in fresh if (each["by"], each["of"]) == (by, of)} >= set(range(1, of + 1))
        for by, of in last.items()
    )


def _row(row: Departure) -> DepartureRow:
    people = {UUID(each["by"]) for each in row.parts} | {row.asked_by}
    names = names_of(people | ({row.confirmed_by} if row.confirmed_by else set()))
    parts = tuple(
        PartRow(
            each["number"],
            each["part"],
            each["of"],
            each["women"],
            timezone.localtime(datetime.fromisoformat(each["at"])),
            names.get(UUID(each["by"]), ""),
            UUID(each["by"]),
        )
        for each in row.parts
    )
    return DepartureRow(
        row.pk,
        row.agency_id,
        row.agency.name,
        row.counts,
        parts,
        timezone.localtime(row.asked_at),
        names.get(row.asked_by, ""),
        timezone.localtime(row.confirmed_at) if row.confirmed_at else None,
        names.get(row.confirmed_by, "") if row.confirmed_by else "",
        timezone.localtime(row.shredded_at) if row.shredded_at else None,
        _is_whole(row),
        tuple(each["number"] for each in _fresh(row)),
    )
