"""Reading the trail: an agency's own rows, through row-level security."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.foundation.trail.models import KeptHead, Seal, TrailRow

if TYPE_CHECKING:
    from alongside.foundation.gate.actor import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """One act or refusal. `subjects`: ids of records; `count`: how many it was about, also where none is listed."""

    at: datetime
    user: UUID | None
    job: str
    permission: str
    allowed: bool
    kind: str
    subjects: tuple[UUID, ...]
    count: int


def entries(
    actor: "Actor",
    *,
    user: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    most: int = 100,
) -> list[Entry]:
    """The newest rows of the actor's agency, newest first. The caller has checked that she may read them."""
    rows = TrailRow.objects.filter(agency_id=actor.agency)
    if user:
        rows = rows.filter(user_id=user)
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lt=until)
    columns = ("at", "user_id", "job", "permission", "allowed", "kind", "subjects", "count")
    return [
        Entry(at, who, job, permission, allowed, kind, tuple(subjects), count)
        for at, who, job, permission, allowed, kind, subjects, count in rows.order_by("-id").values_list(*columns)[
            :most
        ]
    ]


@dataclass(frozen=True, slots=True)
class SealRow:
    """A seal as a page shows it. `head`: 64 hexadecimal digits."""

    number: int
    sealed_at: datetime
    head: str


def last_seal() -> SealRow | None:
    """The newest seal over the trail of the whole installation; it tells nothing about anyone."""
    row = Seal.objects.order_by("-number").first()
    return SealRow(row.number, row.sealed_at, bytes(row.head).hex()) if row else None


def seal_of(number: int) -> SealRow | None:
    row = Seal.objects.filter(number=number).first()
    return SealRow(row.number, row.sealed_at, bytes(row.head).hex()) if row else None


@dataclass(frozen=True, slots=True)
class Kept:
    """A seal that the actor's agency kept, and whether the trail still has it as it was."""

    number: int
    head: str
    kept_at: datetime
    kept_by: UUID
    stands: bool


def kept_heads(actor: "Actor", most: int = 20) -> list[Kept]:
    """What the actor's agency kept, newest first, each held against the seals of now."""
    if actor.agency is None:
        return []
    rows = list(KeptHead.objects.filter(agency_id=actor.agency).order_by("-number", "-kept_at")[:most])
    heads = {
        number: bytes(head)
        for number, head in Seal.objects.filter(number__in=[row.number for row in rows])
        .order_by("number")
        .values_list("number", "head")
    }
    return [
        Kept(row.number, bytes(row.head).hex(), row.kept_at, row.kept_by, heads.get(row.number) == bytes(row.head))
        for row in rows
    ]


def keep_head(actor: "Actor", seal: SealRow, at: datetime) -> None:
    """Keep a seal for the actor's agency. Called by an action only."""
    assert actor.agency is not None
    assert actor.user is not None
    KeptHead.objects.create(
        agency_id=actor.agency, number=seal.number, head=bytes.fromhex(seal.head), kept_at=at, kept_by=actor.user
    )


@dataclass(frozen=True, slots=True)
class Opening:
    """A worker opened one record."""

    at: datetime
    user: UUID
    record: UUID


def openings(actor: "Actor", since: datetime) -> list[Opening]:
    """Each time a worker of the actor's agency read the names of one single record, newest first."""
    if actor.agency is None:
        return []
    rows = TrailRow.objects.filter(
        agency_id=actor.agency, at__gte=since, permission="people.read_names", allowed=True, subjects__len=1
    ).exclude(user_id=None)
    found = rows.order_by("-id").values_list("at", "user_id", "subjects")
    return [Opening(at, user, subjects[0]) for at, user, subjects in found if user]


@dataclass(frozen=True, slots=True)
class LimitReached:
    at: datetime
    user: UUID
    rule: str


def limits_reached(actor: "Actor", since: datetime, permission: str) -> list[LimitReached]:
    """When a worker of the actor's agency came to a limit, newest first."""
    if actor.agency is None:
        return []
    rows = TrailRow.objects.filter(agency_id=actor.agency, at__gte=since, permission=permission).exclude(user_id=None)
    found = rows.order_by("-id").values_list("at", "user_id", "rule")
    return [LimitReached(at, user, rule) for at, user, rule in found if user]


def own_count(
    actor: "Actor", since: datetime, permission: str, *, routes: tuple[str, ...] = ()
) -> tuple[set[UUID], int]:
    """What the actor herself did since then: the single records she read, and in how many spans of 20 seconds.

    `routes`: only what was asked by these (method and pattern).
    """
    rows = TrailRow.objects.filter(user_id=actor.user, at__gte=since, permission=permission, allowed=True)
    if routes:
        rows = rows.filter(route__in=routes)
    found = list(rows.order_by("id").values_list("at", "subjects"))
    return {subjects[0] for _, subjects in found if len(subjects) == 1}, len(
        {int(at.timestamp() // 20) for at, _ in found}
    )
