"""Leaving a trail row: in the caller's transaction, so that there is no read or change without it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from alongside.foundation.gate.actor import Actor

# Written by hand because the product may add rows but not read them back: the ORM would ask for the new id.
# The transaction takes its number before the row takes its id: so the sealer knows of every row on its way.
INSERT = """
WITH mine AS MATERIALIZED (SELECT pg_current_xact_id() AS number)
INSERT INTO trail_trailrow (at, partnership_id, agency_id, user_id, job, purpose, permission, allowed, rule, kind,
                            subjects, field_groups, count, route)
SELECT now(), %s::uuid, %s::uuid, %s::uuid, %s, %s, %s, %s, %s, %s, %s::uuid[], %s, %s, %s
FROM mine WHERE number IS NOT NULL
"""


def leave(
    actor: "Actor",
    permission: str,
    *,
    allowed: bool = True,
    rule: str,
    kind: str = "",
    subjects: Sequence[UUID] = (),
    field_groups: Sequence[str] = (),
    count: int | None = None,
) -> None:
    """Add one row. `count`: how many rows or women it was about (defaults to the number of `subjects`)."""
    how_many = len(subjects) if count is None else count
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                actor.partnership,
                actor.agency,
                actor.user,
                actor.job,
                actor.purpose,
                permission,
                allowed,
                rule[:200],
                kind,
                list(subjects),
                list(field_groups),
                how_many,
                actor.route[:120],
            ],
        )
