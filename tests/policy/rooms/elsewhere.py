"""Rows of the other partnership where no persona there would write one: they must be rows not to see."""

from uuid import uuid4

from psycopg import sql
from psycopg.types.json import Jsonb

from alongside.config import postgres
from tests.world import World


def copied(table: str, there: World, agency: str, **facts: object) -> None:
    """One row of the table again, as of this agency of another partnership, under an id of its own; `facts` differ."""
    own = {"id": uuid4(), "partnership_id": there.partnership.id, "agency_id": there.agencies[agency].id, **facts}
    with postgres.address().connect() as owner:
        owner.execute(
            sql.SQL(
                "INSERT INTO {0} SELECT (jsonb_populate_record(kept, %s)).* FROM {0} kept ORDER BY id LIMIT 1"
            ).format(sql.Identifier(table)),
            [Jsonb({name: str(value) for name, value in own.items()})],
        )
