"""A note on her page, its draft, and how she may be reached."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.codes import Way
from alongside.casework.contacts.models import Note, NoteDraft, SafeContact
from alongside.casework.contacts.rules.told import TooLong, UnknownCode
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from tests.world import SignIn, World

ID = UUID(int=60)


def hers(world: World, woman: int = 1) -> UUID:
    return world.records["van", woman]


def write(actor: Actor, record: UUID, words: str = "She asked for Zqrobyn", id: UUID = ID) -> UUID:
    return actions.write_note(actor, id=id, record=record, words=words)


# --- notes


def test_a_note_stands_on_her_page_sealed(world: World, van: Actor, sign_in: SignIn) -> None:
    write(van, hers(world))
    (row,) = Note.objects.visible_to(van)
    assert b"Zqrobyn" not in bytes(row.words)
    page = sign_in("key_worker").get(reverse("her-page", args=[hers(world)])).content.decode()
    assert "She asked for Zqrobyn" in page


def test_the_same_note_twice_is_one(world: World, van: Actor) -> None:
    for _ in range(3):
        write(van, hers(world))
    assert len(queries.notes_on(van, hers(world), 9)) == 1


def test_a_note_taken_back_stays_as_a_row_and_is_not_shown(world: World, van: Actor) -> None:
    write(van, hers(world))
    assert actions.take_back_note(van, ID) == hers(world)
    assert queries.notes_on(van, hers(world), 9) == []
    assert Note.objects.visible_to(van).get(pk=ID).withdrawn_by == van.user


def test_another_agency_reads_no_note_and_takes_none_back(world: World, van: Actor) -> None:
    write(van, hers(world))
    house = world.actor("hostel_worker")
    with acting_as(house):
        assert list(Note.objects.visible_to(house)) == []
        with pytest.raises(NotFound):
            actions.take_back_note(house, ID)
        with pytest.raises(NotFound):
            write(house, hers(world), id=uuid4())


def test_nothing_and_too_much_are_said(world: World, van: Actor) -> None:
    with pytest.raises(actions.NothingWritten):
        write(van, hers(world), words="  ")
    with pytest.raises(TooLong):
        write(van, hers(world), words="x" * 4001)
    assert list(Note.objects.visible_to(van)) == []


# --- drafts


def test_a_draft_is_hers_alone_and_comes_back_with_the_page(world: World, van: Actor, sign_in: SignIn) -> None:
    address = reverse("contacts:note-draft", args=[hers(world)])
    assert sign_in("key_worker").post(address, {"words": "Half a sentence", "id": str(ID)}).status_code == 204
    her_page = reverse("her-page", args=[hers(world)])
    assert "Half a sentence" in sign_in("key_worker").get(her_page).content.decode()
    assert "Half a sentence" not in sign_in("outreach_worker").get(her_page).content.decode()
    assert list(NoteDraft.objects.visible_to(van)) == []


def test_a_later_draft_takes_the_place_of_an_earlier_one(world: World, van: Actor) -> None:
    for words in ("She", "She asked"):
        actions.keep_draft(van, record=hers(world), note=ID, words=words)
    assert queries.draft_of(van, hers(world)) == "She asked"
    (row,) = NoteDraft.objects.visible_to(van)
    assert b"asked" not in bytes(row.words)


def test_saving_and_emptying_throw_the_draft_away(world: World, van: Actor) -> None:
    for end in (
        lambda: write(van, hers(world)),
        lambda: actions.keep_draft(van, record=hers(world), note=None, words=""),
    ):
        actions.keep_draft(van, record=hers(world), note=None, words="She asked")
        end()
        assert queries.draft_of(van, hers(world)) == ""


def test_a_draft_that_comes_after_its_note_is_no_draft(world: World, van: Actor) -> None:
    write(van, hers(world))
    actions.keep_draft(van, record=hers(world), note=ID, words="She asked for Zqrobyn")
    assert queries.draft_of(van, hers(world)) == ""


def test_a_draft_too_long_is_refused_and_the_last_one_stays(world: World, van: Actor, sign_in: SignIn) -> None:
    client, address = sign_in("key_worker"), reverse("contacts:note-draft", args=[hers(world)])
    client.post(address, {"words": "Short"})
    assert client.post(address, {"words": "x" * 4001}).status_code == 422
    with acting_as(world.actor("key_worker")):
        assert queries.draft_of(world.actor("key_worker"), hers(world)) == "Short"


# --- the form on her page


def test_saving_leads_back_with_a_way_to_undo(world: World, sign_in: SignIn) -> None:
    client, her_page = sign_in("key_worker"), reverse("her-page", args=[hers(world)])
    answer = client.post(reverse("contacts:note", args=[hers(world)]), {"words": "She came", "id": str(ID)})
    assert answer["Location"] == f"{her_page}?note={ID}"
    assert reverse("contacts:undo-note", args=[ID]) in client.get(answer["Location"]).content.decode()
    assert client.post(reverse("contacts:undo-note", args=[ID]))["Location"] == her_page
    assert "She came" not in client.get(her_page).content.decode()


@pytest.mark.parametrize("words", ["", "x" * 4001])
def test_what_cannot_be_saved_is_said_on_her_page(world: World, van: Actor, sign_in: SignIn, words: str) -> None:
    client = sign_in("key_worker")
    answer = client.post(reverse("contacts:note", args=[hers(world)]), {"words": words, "id": str(ID)}, follow=True)
    said = "Write the note" if not words else "below 4,000 letters"
    assert said in answer.content.decode()
    assert list(Note.objects.visible_to(van)) == []


# --- how she may be reached


def test_what_she_said_last_counts_and_the_rest_stays(world: World, van: Actor) -> None:
    actions.tell_safe_contact(van, record=hers(world), ways={Way.CALLS: "yes"}, words="Mornings")
    actions.tell_safe_contact(van, record=hers(world), ways={Way.CALLS: "no", Way.TEXTS: "not_said"}, words="Ask Zqjay")
    told = queries.safe_contact(van, hers(world))
    assert told is not None
    assert (told.alerts(), told.allowed(), told.words) == (("Don’t call her",), (), "Ask Zqjay")
    kept = list(SafeContact.objects.visible_to(van))
    assert len(kept) == 2
    assert not [row for row in kept if b"Zqjay" in bytes(row.words)]


def test_not_asked_is_not_no(world: World, van: Actor) -> None:
    actions.tell_safe_contact(van, record=hers(world), ways={Way.TEXTS: "yes"})
    told = queries.safe_contact(van, hers(world))
    assert told is not None
    assert told.alerts() == ()
    assert [way for way, _ in told.ways] == [Way.TEXTS]


def test_her_page_warns_before_anybody_calls(world: World, van: Actor, sign_in: SignIn) -> None:
    client, her_page = sign_in("key_worker"), reverse("her-page", args=[hers(world)])
    assert "Not asked yet" in client.get(her_page).content.decode()
    sent = {"calls": "no", "texts": "yes", "messages": "", "visits": "not_known", "words": "Mornings only"}
    assert client.post(reverse("contacts:safe", args=[hers(world)]), sent)["Location"] == her_page
    page = client.get(her_page).content.decode()
    assert "Don’t call her" in page
    assert "Mornings only" in page


def test_an_answer_that_is_none_is_refused(world: World, van: Actor) -> None:
    with pytest.raises(UnknownCode):
        actions.tell_safe_contact(van, record=hers(world), ways={Way.CALLS: "sometimes"})


def test_others_may_not(world: World) -> None:
    for persona in ("commissioner", "contributor", "coordinator", "dp_lead", "system_admin"):
        actor = world.actor(persona)
        with acting_as(actor), pytest.raises(Denied):
            actions.tell_safe_contact(actor, record=hers(world), ways={})
