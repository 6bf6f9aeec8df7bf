"""A process of jobs is killed in the middle: what it did is taken up again, and no turn stays taken."""

from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from alongside.config.jobs import TRIES, take_up
from alongside.register.people.jobs import link_partnership
from alongside.register.traces.jobs import destroy_keys

pytestmark = pytest.mark.django_db


def asked(task: Any = link_partnership, **turns: str) -> int:
    found: int = task.configure(**turns).defer(**({"partnership_id": "x"} if task is link_partnership else KEYS))
    return found


KEYS = {"holder_id": "x", "record_id": "x", "ids": []}


def being_done(job: int, heartbeat: str | None = None, attempts: int = 0) -> int:
    """By a process of which nothing is known any more, or one that was heard of so long ago."""
    with connection.cursor() as cursor:
        worker = None
        if heartbeat:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
                [heartbeat],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            [worker, attempts, job],
        )
    return job


def state(job: int) -> str:
    return app.job_manager.get_job_status(job).value


@pytest.mark.parametrize("heartbeat", [None, "31 seconds", "3 days"])
def test_what_a_dead_process_did_waits_again(heartbeat: str | None) -> None:
    job = being_done(asked(lock="a turn"), heartbeat)
    take_up.func(0)
    assert state(job) == "todo"


def test_what_a_living_process_does_is_left_to_it() -> None:
    job = being_done(asked(), "9 seconds")
    take_up.func(0)
    assert state(job) == "doing"


def test_what_waits_already_takes_its_place() -> None:
    dead = being_done(asked(queueing_lock="the same"))
    waits = asked(queueing_lock="the same")
    take_up.func(0)
    assert (state(dead), state(waits)) == ("failed", "todo")


def test_a_job_that_kills_every_process_is_given_up() -> None:
    job = asked(lock="a turn")
    for attempt in range(TRIES):
        assert state(job) == "todo"
        being_done(job, attempts=attempt)
        take_up.func(0)
    assert state(job) == "failed"


def test_keys_are_destroyed_however_often_it_died() -> None:
    """Its own patience is long: an erasure is never given up because a machine was restarted three times."""
    job = being_done(asked(destroy_keys), attempts=40)
    take_up.func(0)
    assert state(job) == "todo"
