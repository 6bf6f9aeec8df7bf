"""Tests run against a real PostgreSQL in a state directory of their own; one database for each test process."""

import os
import shutil

import pytest

from tests.settings import TEST_HOME


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return  # the first process alone starts what all share
    from alongside.config import machine, postgres

    machine.start_keys()
    if not os.environ.get("DATABASE_URL"):
        postgres.start_embedded()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> None:
    """A fresh, migrated database; the product's own way of making one."""
    from alongside.config import installation

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        installation.rebuild_database()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput") and os.environ.get("CI"):
        from alongside.config import postgres

        postgres.stop_embedded()
        shutil.rmtree(TEST_HOME, ignore_errors=True)
