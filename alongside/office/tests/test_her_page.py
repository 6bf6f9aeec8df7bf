"""Her page: what it asks for, and in which order it tells it."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from alongside.casework.contacts import actions
from alongside.casework.contacts.codes import Way
from alongside.foundation.gate.level import acting_as
from tests.world import SignIn, World


def test_notes_and_contacts_stand_in_one_line_of_time(world: World, sign_in: SignIn) -> None:
    actor, her = world.actor("key_worker"), world.records["van", 1]
    with acting_as(actor):
        for days in (90, 1):
            at = timezone.now() - timedelta(days=days)
            actions.record_contact(actor, id=uuid4(), occurred_at=at, record=her, staying="sofa")
        actions.write_note(actor, id=uuid4(), record=her, words="She rang")
        actions.tell_safe_contact(actor, record=her, ways={Way.MESSAGES: "no"}, words="Mornings")
    page = sign_in("key_worker").get(reverse("her-page", args=[her])).content.decode()
    told = [page.index(words) for words in ("She rang", "We talked in the street", "No contact that we may see")]
    assert told == sorted(told)
    assert "Don’t leave a message" in page


def test_absent_removed_and_out_of_reach_are_the_same(world: World, sign_in: SignIn) -> None:
    client = sign_in("key_worker")
    for record in (world.records["house", 2], uuid4()):
        assert client.get(reverse("her-page", args=[record])).status_code == 404
