"""The key process does not answer: a calm page, no name, nothing half written, and the trail knows it was asked."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.middleware import LOCKED
from alongside.foundation.trail.models import TrailRow
from alongside.foundation.vault.keys import KeysLocked, SocketKeys, key_service
from alongside.office.tests.test_limits import browser
from alongside.register.people.models import Record
from tests.world import World, canaries

pytestmark = pytest.mark.django_db


@pytest.fixture
def unreachable(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(settings, "KEYS_SOCKETS", tmp_path / "nowhere")
    key_service.cache_clear()
    yield
    key_service.cache_clear()


def asked(world: World, what: str):
    client, record = browser(world), world.records["van", 1]
    if what == "her page":
        return client.get(reverse("people:record", args=[record]))
    if what == "the list":
        return client.get(reverse("people:records"))
    if what == "a look-up":
        return client.post(reverse("people:look-up"), {"words": canaries("riverside", "van", 1)["name"]})
    return client.post(reverse("people:new"), {"called": "Invented"})


WAYS = ("her page", "the list", "a look-up", "a new record")


@pytest.mark.parametrize("what", WAYS)
def test_a_calm_page_and_no_name(world, unreachable, what):
    answer = asked(world, what)
    text = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "Names are locked at the moment" in text
    assert "xv" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize("what", WAYS)
def test_nothing_is_written_but_that_it_was_asked(world, unreachable, what):
    actor = world.actor("key_worker")
    with acting_as(actor):
        before = Record.objects.visible_to(actor).count()
    asked(world, what)
    lead = world.actor("dp_lead")
    with acting_as(lead):
        rows = TrailRow.objects.filter(user_id=actor.user, permission=LOCKED).order_by("id")
        assert [(row.allowed, row.agency_id) for row in rows] == [(False, actor.agency)]
    with acting_as(actor):
        assert Record.objects.visible_to(actor).count() == before


def test_a_page_without_names_goes_on(world, unreachable):
    assert browser(world, "dp_lead").get(reverse("who-looked")).status_code == 200


def test_an_agency_whose_key_file_was_taken_away_gets_the_same_page(world, monkeypatch):
    def locked(*_: object, **__: object) -> None:
        raise KeysLocked("The key file is not here.")

    monkeypatch.setattr(SocketKeys, "ask", locked)
    answer = asked(world, "her page")
    assert answer.status_code == 503
    assert "key file" not in answer.content.decode()


@pytest.mark.parametrize("what", WAYS)
def test_when_it_answers_again_all_is_as_before(world, what):
    assert asked(world, what).status_code in (200, 302)
