"""Handing in through the pages: five clicks when the headings match; nothing for those who may not."""

import csv
import io
import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.insight.interchange.actions import hand_in
from alongside.insight.interchange.models import StagedRow
from alongside.insight.interchange.tests.conftest import EXTRACTS
from alongside.insight.interchange.tests.test_taking_in import EXPECTED, PLAIN, records
from tests.world import SignIn, World

RunJob = Callable[..., None]
OUTSIDERS = ("commissioner", "coordinator", "system_admin", "dp_lead")
OF_A_LIST = ("list", "columns", "check", "undo", "progress")
FILES = ("mend-csv", "mend-xlsx")
SECRET = PLAIN.replace(b"Ash", b"Zanthippa").replace(b"nonsense", b"=HYPERLINK(1)")


def send(client: Client, content: bytes, name: str = "list.csv") -> HttpResponse:
    return client.post(reverse("lists:hand-in"), {"file": SimpleUploadedFile(name, content)})


def handed_in(client: Client, content: bytes = SECRET) -> UUID:
    answer = send(client, content)
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer["Location"].split("/")[2])


def address(route: str, list_id: UUID) -> str:
    return reverse(f"lists:{route}", args=[list_id])


def without_token(answer: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def rows_of(world: World, list_id: UUID) -> list[StagedRow]:
    job = world.job("intake", "van")
    with acting_as(job):
        return list(StagedRow.objects.visible_to(job).filter(handed_in=list_id).order_by("number"))


@pytest.mark.parametrize("name", EXPECTED)
def test_it_works(sign_in: SignIn, world: World, run_job: RunJob, name: str) -> None:
    """Lists, the file, Hand in, Continue, Take in: five clicks."""
    client = sign_in("manager")
    assert client.get(reverse("lists:index")).status_code == 200
    sent = send(client, (EXTRACTS / name).read_bytes(), name)
    page = client.get(sent["Location"])
    assert "What we understood" in page.content.decode()
    selected = r'<select[^>]*name="(column_\d+)".*?<option value="(\w+)" selected'
    chosen = dict(re.findall(selected, page.content.decode(), re.DOTALL))
    checked = client.post(sent["Location"], chosen, follow=True)
    _, ready, _, unreadable, _ = EXPECTED[name]
    later = f"; leave {unreadable} for later" if unreadable else ""
    assert f"Take in {ready} rows{later}" in checked.content.decode()
    list_id = UUID(sent["Location"].split("/")[2])
    going = client.post(address("take", list_id), follow=True).content.decode()
    assert "The list waits for its turn to go in" in going
    run_job("van", list_id)
    done = client.get(address("list", list_id)).content.decode()
    assert re.search(rf"New records\s*</dt>\s*<dd[^>]*>{ready}<", done)
    assert "Undo this list" in done
    assert records(world, "van") == ready


def test_the_same_file_again_says_so(sign_in: SignIn) -> None:
    client = sign_in("manager")
    first = handed_in(client)
    answer = client.post(reverse("lists:hand-in"), {"file": SimpleUploadedFile("other.csv", SECRET)}, follow=True)
    assert "This very file came in on" in answer.content.decode()
    assert answer.redirect_chain[0][0] == address("list", first)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7 \x00", "This is a PDF"), (b"", "This file is empty"), (b"PK\x03\x04 broken", "damaged")],
)
def test_a_file_that_is_no_list_is_refused_in_words(sign_in: SignIn, content: bytes, words: str) -> None:
    answer = send(sign_in("manager"), content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()


def test_no_file_at_all(sign_in: SignIn) -> None:
    answer = sign_in("manager").post(reverse("lists:hand-in"), {})
    assert answer.status_code == 422
    assert "Choose your list" in answer.content.decode()


def test_a_row_is_corrected_on_the_spot(sign_in: SignIn, world: World, run_job: RunJob) -> None:
    client = sign_in("outreach_worker")
    list_id = handed_in(client)
    row = rows_of(world, list_id)[0]
    where = reverse("lists:row", args=[list_id, row.pk])
    assert where in client.get(address("check", list_id)).content.decode()
    form = client.get(where).content.decode()
    assert "looks like a formula" in form
    cells = {"cell_0": "3", "cell_1": "Cat", "cell_2": "a lot", "cell_3": ""}
    wrong = client.post(where, cells)
    assert wrong.status_code == 422
    assert 'value="a lot"' in wrong.content.decode(), "what was typed is kept"
    assert 'href="#id_cell_2"' in wrong.content.decode(), "the fault leads to its cell"
    right = client.post(where, cells | {"cell_2": "about 30"}, follow=True).content.decode()
    assert "Row 4 can go in now." in right
    assert "Take in 6 rows" in right
    client.post(address("take", list_id))
    run_job("van", list_id)
    assert records(world, "van") == 6


def test_a_row_is_left_out(sign_in: SignIn, world: World) -> None:
    client = sign_in("outreach_worker")
    list_id = handed_in(client)
    where = reverse("lists:row", args=[list_id, rows_of(world, list_id)[0].pk])
    html = client.post(where, {"leave_out": "yes"}, follow=True).content.decode()
    assert "1 row is left out, as you said." in html
    assert "No row needs you." in html


def test_undo_asks_first_and_takes_all_back(sign_in: SignIn, world: World, run_job: RunJob) -> None:
    client = sign_in("manager")
    list_id = handed_in(client)
    client.post(address("take", list_id))
    run_job("van", list_id)
    assert "Undo this list?" in client.get(address("undo", list_id)).content.decode()
    assert records(world, "van") == 5
    client.post(address("undo", list_id))
    run_job("van", list_id, back=True)
    assert records(world, "van") == 0
    html = client.get(address("list", list_id)).content.decode()
    assert "Undone" in html
    assert "What had gone in" in html
    assert client.get(address("undo", list_id)).status_code == 404


def test_throwing_away_before_anything_went_in(sign_in: SignIn, world: World) -> None:
    client = sign_in("manager")
    list_id = handed_in(client)
    assert "Throw this list away?" in client.get(address("undo", list_id)).content.decode()
    assert "Thrown away" in client.post(address("undo", list_id), follow=True).content.decode()
    assert client.get(address("columns", list_id)).status_code == 404


def test_how_far_it_is_comes_as_a_part_of_the_page(sign_in: SignIn, run_job: RunJob) -> None:
    client = sign_in("manager")
    list_id = handed_in(client)
    client.post(address("take", list_id))
    assert 'data-progress="running"' in client.get(address("progress", list_id)).content.decode()
    run_job("van", list_id)
    answer = client.get(address("progress", list_id))
    assert answer["X-Fragment"] == "1"
    assert f'data-next="{address("list", list_id)}"' in answer.content.decode()


@pytest.mark.parametrize("route", OF_A_LIST)
def test_other_agency_gets_404(sign_in: SignIn, route: str) -> None:
    list_id = handed_in(sign_in("manager"))
    for persona in ("hostel_worker", "contributor"):
        client = sign_in(persona)
        forbidden, absent = client.get(address(route, list_id)), client.get(address(route, uuid4()))
        assert forbidden.status_code == absent.status_code == 404
        assert without_token(forbidden) == without_token(absent)


@pytest.mark.parametrize("persona", OUTSIDERS)
def test_outsiders_get_nothing(sign_in: SignIn, persona: str) -> None:
    list_id = handed_in(sign_in("manager"))
    client = sign_in(persona)
    assert client.get(reverse("lists:index")).status_code == 403
    assert send(client, PLAIN).status_code == 403
    for route in OF_A_LIST:
        assert client.get(address(route, list_id)).status_code in (403, 404)


def test_signed_out_gets_nothing(world: World) -> None:
    assert Client().get(reverse("lists:index")).status_code in (302, 404)


@pytest.mark.parametrize("route", OF_A_LIST)
def test_get_changes_nothing(sign_in: SignIn, route: str) -> None:
    client = sign_in("manager")
    list_id = handed_in(client)
    with CaptureQueriesContext(connection) as captured:
        client.get(address(route, list_id))
    written = [q["sql"] for q in captured if re.match(r"\s*(INSERT|UPDATE|DELETE)", q["sql"])]
    assert not [sql for sql in written if "interchange_" in sql or "people_" in sql]


@pytest.mark.parametrize("route", ["index", *OF_A_LIST])
def test_at_most_twelve_queries_beside_the_frame(sign_in: SignIn, route: str) -> None:
    client = sign_in("manager")
    list_id = handed_in(client)
    where = reverse("lists:index") if route == "index" else address(route, list_id)
    with CaptureQueriesContext(connection) as captured:
        client.get(where)
    assert len([q for q in captured if re.search(r"interchange_|trail_|agencies_worker", q["sql"])]) <= 12


def test_reading_rows_leaves_a_trail(sign_in: SignIn) -> None:
    client = sign_in("manager")
    list_id = handed_in(client)
    for route in ("columns", "check", "mend-csv"):
        with CaptureQueriesContext(connection) as captured:
            (client.post if route in FILES else client.get)(address(route, list_id))
        assert [q for q in captured if "trail_trailrow" in q["sql"] and "lists.read_rows" in q["sql"]], route


def test_a_contributor_sees_her_file_until_it_goes_in(sign_in: SignIn, run_job: RunJob) -> None:
    client = sign_in("contributor")
    list_id = handed_in(client)
    assert "Zanthippa" in client.get(address("columns", list_id)).content.decode()
    client.post(address("take", list_id), {"with_gaps": "on"})
    run_job("custody", list_id)
    for route in OF_A_LIST:
        assert b"Zanthippa" not in client.get(address(route, list_id)).content, route
    for route in FILES:
        assert b"Zanthippa" not in client.post(address(route, list_id)).content, route
    html = client.get(address("list", list_id)).content.decode()
    assert re.search(r"New records\s*</dt>\s*<dd[^>]*>6<", html)
    assert client.get(address("columns", list_id)).status_code == 404


def test_nothing_of_the_file_in_title_address_or_file_name(sign_in: SignIn) -> None:
    client = sign_in("manager")
    sent = send(client, SECRET, "Zanthippa Quill.csv")
    list_id = UUID(sent["Location"].split("/")[2])
    for route in (*OF_A_LIST, *FILES):
        answer = (client.post if route in FILES else client.get)(address(route, list_id))
        titles = re.findall(r"<title>(.*?)</title>", answer.content.decode(errors="replace"))
        assert "Zanthippa" not in " ".join([*answer.headers.values(), *titles])
    assert client.post(address("mend-csv", list_id))["Content-Disposition"] == 'attachment; filename="rows-to-mend.csv"'


def test_rows_to_mend_hold_no_formula(sign_in: SignIn) -> None:
    client = sign_in("manager")
    list_id = handed_in(client)
    table = list(csv.reader(io.StringIO(client.post(address("mend-csv", list_id)).content.decode("utf-8-sig"))))
    assert table[0] == ["Copy", "Row", "What is wrong", "What to do", "Ref", "Name", "Age", "DOB"]
    assert table[1][1] == "4"
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@"))]
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(client.post(address("mend-xlsx", list_id)).content))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value} == {"s"}


def test_a_file_with_rows_to_mend_has_a_number_that_the_list_keeps(sign_in: SignIn) -> None:
    client = sign_in("manager")
    list_id = handed_in(client)
    table = list(csv.reader(io.StringIO(client.post(address("mend-csv", list_id)).content.decode("utf-8-sig"))))
    (number,) = {line[0] for line in table[1:]}
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", number)
    page = client.get(address("check", list_id)).content.decode()
    assert f"{number}: {len(table) - 1} row" in page
    client.post(address("undo", list_id))
    gone = client.get(address("list", list_id)).content.decode()
    assert number in gone
    assert "delete these files too" in gone


def test_looking_at_a_list_makes_no_file(sign_in: SignIn) -> None:
    client = sign_in("manager")
    list_id = handed_in(client)
    for route in FILES:
        assert client.get(address(route, list_id)).status_code == 405
    assert "Files with rows" not in client.get(address("check", list_id)).content.decode()


def test_the_worker_s_agency_holds_what_she_hands_in(sign_in: SignIn, world: World) -> None:
    list_id = handed_in(sign_in("hostel_worker"))
    job = world.job("intake", "house")
    with acting_as(job):
        assert not hand_in(job, content=SECRET).is_new
    assert str(list_id) not in sign_in("manager").get(reverse("lists:index")).content.decode()
