"""What PostgreSQL is told of who acts, and what it is told again when someone acts within."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as

pytestmark = pytest.mark.django_db
ONE = Actor(partnership=uuid4(), agency=uuid4(), user=uuid4(), reach="agency")
OTHER = Actor(partnership=ONE.partnership, agency=uuid4(), job="intake", reach="agency")
JOB = Actor(partnership=ONE.partnership, job="linkage", reach="linker")


def told() -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('app.agency', true), current_setting('app.user', true)")
        role, agency, user = cursor.fetchone()
    return role, agency or "", user or ""


def as_told(actor: Actor) -> tuple[str, str, str]:
    role = "alongside_linker" if actor.reach == "linker" else "alongside_app"
    return role, str(actor.agency or ""), str(actor.user or "")


def test_the_outer_actor_is_back_after_the_inner():
    before = told()
    with acting_as(ONE):
        assert told() == as_told(ONE)
        with acting_as(JOB):
            assert told() == as_told(JOB)
            with acting_as(OTHER):
                assert told() == as_told(OTHER)
            assert told() == as_told(JOB)
        assert told() == as_told(ONE)
    assert told() == before


def test_the_outer_actor_is_back_after_an_error():
    with acting_as(ONE):
        with pytest.raises(LookupError), acting_as(OTHER), acting_as(JOB):
            raise LookupError
        assert told() == as_told(ONE)
        with acting_as(OTHER):
            assert told() == as_told(OTHER)


def test_the_outer_actor_is_back_when_what_the_inner_did_is_undone():
    with acting_as(ONE):
        with acting_as(OTHER):
            transaction.set_rollback(True)
        assert told() == as_told(ONE)


def test_an_actor_outlives_no_transaction():
    before = told()
    with pytest.raises(LookupError), acting_as(ONE):
        raise LookupError
    assert told() == before
    with acting_as(OTHER):
        assert told() == as_told(OTHER)


def test_within_the_same_actor_nothing_is_told_again():
    with acting_as(ONE):
        with (
            CaptureQueriesContext(
                connection,
            ) as asked,
            acting_as(ONE),
        ):
            pass
        assert told() == as_told(ONE)
    assert [each["sql"].split(" ")[0] for each in asked.captured_queries] == ["SAVEPOINT", "RELEASE"]
