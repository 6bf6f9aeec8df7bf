"""Returns made elsewhere, handed in by the page."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.foundation.kit.tables import as_xlsx
from alongside.insight.commissioning import queries
from alongside.insight.commissioning.tests.worlds import own_folders, signed_in, world
from tests.world import World, as_persona, canaries

__all__ = ["own_folders", "world"]
pytestmark = pytest.mark.django_db
PRINTED = [["Support", "Women", "%"], ["High", 55, "31%"], ["Medium", 26, "14%"]]
FORM = {"title": "Year 2005", "since": "2005-04-01", "until": "2006-03-31", "out_of": "181"}


def handed_in(world: World, persona: str = "manager", content: bytes = b"", **changes: str) -> tuple[int, str]:
    given = SimpleUploadedFile("return.xlsx", content or as_xlsx({"Return": PRINTED}, title="Return"))
    answer = signed_in(world, persona).post("/commissioning/earlier/hand-in/", {**FORM, **changes, "file": given})
    return answer.status_code, answer.get("Location", "") or answer.content.decode()


def test_it_works(world: World) -> None:
    status, address = handed_in(world)
    assert status == 302
    client = signed_in(world, "manager")
    text = client.get(address).content.decode()
    assert "1 line does not fit" in text
    assert "31% is printed, but 55 of 181 is 30%." in text
    assert "1 fault" in client.get("/commissioning/earlier/").content.decode()
    assert client.post(f"{address}throw-away/").status_code == 302
    assert "Year 2005" not in client.get("/commissioning/earlier/").content.decode()
    assert "Nothing of it is kept" in client.get(address).content.decode()


def test_other_agency_gets_404(world: World) -> None:
    _, address = handed_in(world)
    assert signed_in(world, "coordinator").get(address).status_code == 404
    assert signed_in(world, "manager").get(f"/commissioning/earlier/{uuid4()}/").status_code == 404
    assert signed_in(world, "key_worker").get(address).status_code == 403
    with as_persona(world, "coordinator") as actor:
        assert queries.old_returns(actor) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "This is a PDF"), (b"Dear all,\nnothing\n", "No figures were found"), (b"\x00\x01", "not a list")],
)
def test_what_is_no_return_is_told(world: World, content: bytes, words: str) -> None:
    status, text = handed_in(world, content=content)
    assert status == 422
    assert words in text


def test_a_wrong_form_is_told(world: World) -> None:
    for changes, words in (({"title": ""}, "called"), ({"until": "2004-01-01"}, "before the first day")):
        status, text = handed_in(world, **changes)
        assert status == 422
        assert words in text


def test_get_changes_nothing(world: World) -> None:
    assert signed_in(world, "manager").get("/commissioning/earlier/hand-in/").status_code == 405


@pytest.mark.parametrize("where", ["title", "line"])
def test_a_name_of_the_agency_in_it_is_refused_and_nothing_is_kept(world: World, where: str) -> None:
    name = canaries("riverside", "van", 1)["name"]
    if where == "title":
        status, text = handed_in(world, title=f"What {name} did")
    else:
        lines = [*PRINTED, [f"Visits to {name}", 3, ""]]
        status, text = handed_in(world, content=as_xlsx({"Return": lines}, title="Return"))
    assert status == 422
    assert "A name of a woman whom the agency knows stands" in text
    with as_persona(world, "manager") as actor:
        assert queries.old_returns(actor) == []
    if where == "title":
        assert handed_in(world, "coordinator", title=f"What {name} did")[0] == 302, "nobody learns what others know"
