"""Tests run against a real PostgreSQL in a state directory of their own; one database for each test process."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings

from tests.settings import TEST_HOME

if TYPE_CHECKING:
    from tests.world import SignIn, World


@pytest.fixture(autouse=True)
def questions_are_what_the_orm_would_ask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whoever plants a defect asks for `monkeypatch`: there they may differ, and nothing of it is kept."""
    from alongside.foundation.gate import questions

    questions.compared["always"] = True
    questions.differed.clear()
    yield
    if "monkeypatch" in request.fixturenames:
        questions.forget()
    else:
        assert not questions.differed


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


@pytest.fixture
def world(db: None) -> "World":
    from tests.world import build

    return build()


@pytest.fixture
def sign_in(world: "World", settings: LazySettings) -> "SignIn":
    """A client in which a persona of the world is signed in, as one enters the demo: without a second factor."""
    from django.test import Client
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # read before: in the demo there are two more
    settings.DEMO = True

    def as_persona(persona: str) -> Client:
        client = Client()
        client.force_login(world.workers[persona], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["entered_demo"] = True
        session.save()
        return client

    return as_persona


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput") and os.environ.get("CI"):
        from alongside.config import postgres

        postgres.stop_embedded()
        shutil.rmtree(TEST_HOME, ignore_errors=True)
