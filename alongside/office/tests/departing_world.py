"""An agency of the world leaves: steps that the tests of before and of after share."""

import json
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.office import departing as steps
from alongside.register.agencies import departing
from alongside.register.people import actions as people
from alongside.register.people import queries
from alongside.register.people.codes import FieldGroup
from alongside.register.traces import jobs
from tests.world import World, does

HER, THEIRS = ("van", 0), ("house", 0)


def shares(world: World, persona: str, record: tuple[str, int], to: str) -> None:
    today = timezone.localdate()
    does(
        world,
        persona,
        people.give_grant,
        world.records[record],
        to_agency=world.agencies[to].id,
        groups=[FieldGroup.IDENTITY],
        asked_on=today,
        until=today + timedelta(days=90),
        how_asked="Over tea",
    )


def asked_and_taken(world: World) -> UUID:
    """The van asks to leave and takes every part along."""
    actor = world.actor("manager")
    with acting_as(actor):
        departure: UUID = departing.ask_to_leave(actor, counts=steps.counts(actor))
        for part in steps.parts(actor):
            steps.take_part(actor, part.number)
    return departure


def confirms(world: World, departure: UUID) -> None:
    does(world, "system_admin", steps.confirm, departure)


def waiting_jobs() -> list[dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'traces.forget_key' ORDER BY id")
        return [each if isinstance(each, dict) else json.loads(each) for (each,) in cursor.fetchall()]


def destroy_all_keys() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'traces.destroy_keys' ORDER BY id")
        found = [each if isinstance(each, dict) else json.loads(each) for (each,) in cursor.fetchall()]
    for arguments in found:
        jobs.destroy_keys(**arguments)


def destroy_key() -> None:
    for arguments in waiting_jobs():
        jobs.forget_key(**arguments)


def seen(world: World, persona: str, record: tuple[str, int]) -> bool:
    return bool(does(world, persona, queries.names, [world.records[record]]))


def sealed_left(world: World, agency: str) -> set[str]:
    """Every column of bytes, in every table with an agency but the trail's own, in which something of it stands."""
    job = world.job("sharing", agency)
    with acting_as(job), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c"
            " JOIN information_schema.columns a USING (table_schema, table_name)"
            " WHERE c.table_schema = 'public' AND c.data_type = 'bytea' AND a.column_name = 'agency_id'"
            " AND c.table_name NOT LIKE 'trail%%'"
            " AND has_column_privilege(c.table_name::regclass, c.column_name, 'SELECT') ORDER BY 1, 2"
        )
        found = set()
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE agency_id = %s AND length("{column}") > 0',  # noqa: S608
                [job.agency],
            )
            if cursor.fetchone() != (0,):
                found.add(f"{table}.{column}")
    return found
