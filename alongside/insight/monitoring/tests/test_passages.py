"""Words beside figures: refused with where a name of the agency stands; no way to learn what another agency knows."""

from uuid import UUID, uuid4

import pytest

from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.insight.monitoring import passages
from alongside.insight.monitoring.passages import WordsRefused, take_back_passage, write_passage
from alongside.insight.monitoring.releasing import ReleaseRefused
from alongside.insight.monitoring.tests.test_releases import _own_folders, give, prepared, signed_in, world
from alongside.register.people import naming
from alongside.register.people.actions import make_record
from alongside.register.people.facts import names_in
from alongside.register.people.known import Known
from tests.world import SEEN, World, as_persona, canaries

__all__ = ["_own_folders", "world"]
pytestmark = pytest.mark.django_db


def write(world: World, release: UUID, words: str, persona: str = "manager", key: str = "") -> UUID:
    with as_persona(world, persona) as actor:
        made: UUID = write_passage(actor, release, key=key, words=words)
    return made


def know(world: World, persona: str, *names: str, last: str = "") -> None:
    with as_persona(world, persona) as actor:
        make_record(actor, known=Known(names=names, last_names=(last,) if last else ()), seen_on=SEEN)


def test_it_works(world: World) -> None:
    release = prepared(world)
    client, council = signed_in(world, "manager"), signed_in(world, "commissioner")
    address = f"/returns/releases/{release}/"
    words = {"key": "met", "words": "The van was off the road in May 2026."}
    assert client.post(f"{address}words/", words).status_code == 302
    assert "off the road" in client.get(address).content.decode()
    assert client.post(f"{address}give/").status_code == 302
    text = council.get(address).content.decode()
    assert "The van was off the road in May 2026." in text
    assert "Night Van" in text


def test_a_name_of_the_agency_is_refused_with_where_it_stands(world: World) -> None:
    release = prepared(world)
    know(world, "manager", "Kelly", last="O'Brien-Hart")
    name = canaries("riverside", "van", 3)["name"]
    for words, where in (
        (f"It rained. Then {name} came.", f"in sentence 2 “{name}”"),
        ("Kelly’s bed was free.", "in sentence 1 “Kelly’s”"),
        ("It helped kelly.", "in sentence 1 “kelly”"),
        ("As O’Brien-Hart said.", "“O’Brien-Hart”"),
    ):
        with pytest.raises(WordsRefused, match=where):
            write(world, release, words)
    answer = signed_in(world, "manager").post(f"/returns/releases/{release}/words/", {"words": f"So {name} said."})
    assert answer.status_code == 422
    assert "Say it without the name" in answer.content.decode()


def test_ordinary_words_and_months_are_no_names(world: World) -> None:
    know(world, "manager", "May")
    know(world, "manager", "Grace", last="Street")
    release = prepared(world)
    write(world, release, "May 2026 was wet, and on 4 May more so. May we hope? It stood in the street by grace.")
    for words in ("We met Grace.", "Then May came."):
        with pytest.raises(WordsRefused):
            write(world, release, words)


def test_another_agency_s_names_are_not_told(world: World) -> None:
    """The house types a name that the van alone knows: it stands, as it would for a name that nobody knows."""
    know(world, "manager", "Rosalindy")
    with as_persona(world, "hostel_worker") as actor:
        assert names_in(actor, "Rosalindy") == names_in(actor, "Wilhelmine") == []
    with as_persona(world, "manager") as actor:
        assert [each.word for each in names_in(actor, "Rosalindy Wilhelmine")] == ["Rosalindy"]
    for persona in ("coordinator", "commissioner"):
        with as_persona(world, persona) as actor, pytest.raises(Denied):
            names_in(actor, "Rosalindy")


def test_a_release_refuses_with_where_the_name_stands(world: World) -> None:
    """A woman who came after the words were written: they are looked at again when the release goes out."""
    release = prepared(world)
    pk = write(world, release, "It rained. Josefina opened the door.")
    know(world, "manager", "Josefina")
    with pytest.raises(ReleaseRefused, match=r"Night Van wrote .* in sentence 2 “Josefina”"):
        give(world, release)
    with as_persona(world, "manager") as actor:
        take_back_passage(actor, pk)
    assert give(world, release) == 1


def test_the_check_is_what_refuses(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the same words go out: the test above looks at the check and at nothing else."""
    release = prepared(world)
    write(world, release, "Josefina opened the door.")
    know(world, "manager", "Josefina")
    monkeypatch.setattr(passages, "names_in", lambda actor, words: [])
    assert give(world, release) == 1


def test_nothing_is_added_to_what_went_out(world: World) -> None:
    release = prepared(world)
    pk = write(world, release, "It rained.")
    with pytest.raises(WordsRefused, match="not hold that figure"):
        write(world, release, "It rained.", key="nothing")
    give(world, release)
    with pytest.raises(WordsRefused, match="went out"):
        write(world, release, "It rained more.")
    with as_persona(world, "manager") as actor, pytest.raises(WordsRefused, match="went out"):
        take_back_passage(actor, pk)


def test_others_do_not_write(world: World) -> None:
    release = prepared(world)
    for persona in ("key_worker", "coordinator", "commissioner"):
        with pytest.raises((Denied, NotFound)):
            write(world, release, "It rained.", persona)
    with pytest.raises(NotFound):
        write(world, uuid4(), "It rained.")


def test_each_word_as_it_stands() -> None:
    told = [(each.word, each.sentence, token) for each, token in naming._words("Anne-Marie saw Zoë. New: Åsa's.")]
    assert [each for each in told if each[0] != "saw"] == [
        ("Anne-Marie", 1, "annemarie"),
        ("Anne-Marie", 1, "anne"),
        ("Anne-Marie", 1, "marie"),
        ("Zoë", 1, "zoe"),
        ("Åsa's", 2, "asa"),
    ]
