"""Reading the trail: an agency's own rows, through row-level security."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.foundation.trail.models import TrailRow

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
