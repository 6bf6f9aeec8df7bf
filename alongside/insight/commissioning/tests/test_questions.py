"""Questions about released figures: asked, answered, on the agenda until closed."""

from uuid import UUID, uuid4

import pytest

from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.insight.commissioning import actions, queries
from alongside.insight.commissioning.actions import Refused
from alongside.insight.commissioning.tests.worlds import own_folders, page, released, signed_in, world
from alongside.insight.monitoring.preparing import prepare_release
from tests.world import World, as_persona, canaries

__all__ = ["own_folders", "world"]
pytestmark = pytest.mark.django_db


def asked(world: World) -> UUID:
    release = released(world)
    with as_persona(world, "commissioner") as actor:
        made: UUID = actions.ask(actor, release=release, key="met", words="Why so few?")
    return made


def test_it_works(world: World) -> None:
    release = released(world)
    council, manager = signed_in(world, "commissioner"), signed_in(world, "manager")
    assert "Ask about a figure" in council.get(f"/returns/releases/{release}/").content.decode()
    made = council.post(f"/commissioning/releases/{release}/ask/", {"key": "met", "words": "Why so few?"})
    address = made["Location"]
    listed = manager.get("/commissioning/questions/").content.decode()
    assert "Women met" in listed
    assert "Council" in listed
    assert manager.post(f"{address}answer/", {"words": "The van was off the road."}).status_code == 302
    text = council.get(address).content.decode()
    assert "The van was off the road." in text
    assert "On the agenda" in text
    assert council.post(f"{address}close/").status_code == 302
    assert "No question is open" in manager.get("/commissioning/questions/").content.decode()
    assert "Closed" in manager.get(address).content.decode()


def test_it_stays_on_the_agenda_until_closed(world: World) -> None:
    pk = asked(world)
    with as_persona(world, "coordinator") as actor:
        assert queries.unanswered(actor) == 1
        actions.answer(actor, pk, words="We look into it.")
        assert queries.unanswered(actor) == 0
        assert [each.id for each in queries.agenda(actor)] == [pk]
    with as_persona(world, "commissioner") as actor:
        actions.close(actor, pk)
        assert queries.agenda(actor) == []
        assert [each.id for each in queries.closed_questions(actor)] == [pk]
        with pytest.raises(Refused, match="closed already"):
            actions.close(actor, pk)
    with as_persona(world, "manager") as actor, pytest.raises(Refused, match="closed already"):
        actions.answer(actor, pk, words="Too late.")


def test_only_what_went_out_can_be_asked_about(world: World) -> None:
    release = released(world)
    with as_persona(world, "commissioner") as actor:
        for about, key in ((release, "nothing"), (uuid4(), "met")):
            with pytest.raises(NotFound):
                actions.ask(actor, release=about, key=key, words="?")
    assert signed_in(world, "commissioner").get(f"/commissioning/releases/{uuid4()}/ask/").status_code == 404


def test_what_waits_for_its_release_is_not_asked_about(world: World) -> None:
    from alongside.insight.commissioning.tests.worlds import counted

    whole = counted(world, None)
    with as_persona(world, "coordinator") as actor:
        waits = prepare_release(actor, whole)
    assert signed_in(world, "commissioner").get(f"/commissioning/releases/{waits}/ask/").status_code == 404


def test_who_may_do_what(world: World) -> None:
    pk = asked(world)
    with as_persona(world, "key_worker") as actor:
        assert queries.question(actor, pk).words == "Why so few?"
        for wrong in (lambda: actions.answer(actor, pk, words="x"), lambda: actions.close(actor, pk)):
            with pytest.raises(Denied):
                wrong()
    with as_persona(world, "contributor") as actor, pytest.raises(Denied):
        queries.agenda(actor)
    with as_persona(world, "manager") as actor, pytest.raises(Denied):
        actions.close(actor, pk)


def test_empty_words_are_told(world: World) -> None:
    pk = asked(world)
    answer = signed_in(world, "manager").post(f"/commissioning/questions/{pk}/answer/", {"words": " "})
    assert answer.status_code == 422
    assert "Write what you want to say" in answer.content.decode()


def test_get_changes_nothing(world: World) -> None:
    pk = asked(world)
    page(world, "manager", "/commissioning/questions/")
    page(world, "commissioner", f"/commissioning/questions/{pk}/")
    for address in ("answer", "close"):
        assert signed_in(world, "manager").get(f"/commissioning/questions/{pk}/{address}/").status_code in (403, 405)


def test_a_name_in_an_answer_is_refused(world: World) -> None:
    name, release = canaries("riverside", "van", 1)["name"], released(world)
    with as_persona(world, "commissioner") as actor:
        pk = actions.ask(actor, release=release, key="met", words="Why?")
    client = signed_in(world, "manager")
    answer = client.post(f"/commissioning/questions/{pk}/answer/", {"words": f"Because of {name}."})
    assert answer.status_code == 422
    assert "Say it without the name" in answer.content.decode()
    with as_persona(world, "manager") as actor:
        assert queries.question(actor, pk).answers == ()
