from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.test import Client

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from tests.world import World, build

SignIn = Callable[[str], Client]


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def van(world: World) -> Iterator[Actor]:
    """An outreach worker of the van, for the whole test."""
    actor = world.actor("outreach_worker")
    with acting_as(actor):
        yield actor


@pytest.fixture
def sign_in(world: World, settings: LazySettings) -> SignIn:
    """A client in which a persona of the world is signed in, as one enters the demo: without a second factor."""
    settings.DEMO = True

    def as_persona(persona: str) -> Client:
        client = Client()
        client.force_login(world.workers[persona], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["entered_demo"] = True
        session.save()
        return client

    return as_persona
