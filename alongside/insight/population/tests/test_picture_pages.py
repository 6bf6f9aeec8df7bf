"""The picture on pages and in files: for each reader as much as she may have, and the same numbers everywhere."""

import csv
import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.insight.population import outside as rule
from alongside.insight.population import pages
from alongside.insight.population.console import as_text, count_and_tell
from alongside.insight.population.files import as_csv, as_xlsx
from alongside.insight.population.outside import is_safe
from alongside.insight.population.queries import picture as picture_of
from alongside.insight.population.tests.figures_read import (
    end_of,
    figures_in_csv,
    figures_in_xlsx,
    figures_on,
    names_in,
    plain,
)
from alongside.insight.population.tests.picture_world import compare, count, give
from alongside.register.agencies.models import Agency
from tests.world import build, canaries, enter

pytestmark = pytest.mark.django_db
READERS = ["coordinator", "commissioner", "manager", "key_worker", "outreach_worker", "hostel_worker"]
GETS = ["picture:picture", "picture:csv", "picture:xlsx"]
POSTS = ["picture:count", "picture:give"]
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)", re.IGNORECASE)
NOT_HERS = re.compile("trail_trailrow|usersessions_|django_session")
FRAME = re.compile(
    r"^(SAVEPOINT|RELEASE|SELECT set_config|SELECT current_setting)"
    r"|FROM \"(agencies_worker|agencies_membership)\"|usersessions_|django_session"
)


@pytest.fixture
def world(db):
    world = build(women=48)
    compare(world)
    give(world, count(world))
    return world


@pytest.fixture
def visit(world, client, settings):
    """Sign a persona in; the second factor has its own tests."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if ".accounts." not in each]

    def as_persona(persona):
        return enter(client, world.workers[persona])

    return as_persona


@pytest.mark.parametrize("persona", READERS)
def test_it_works(visit, persona):
    page = visit(persona).get(reverse("picture:picture"))
    assert page.status_code == 200
    for words in ("Women known to the agencies", "Who is known to whom", "All women, met or not", "As of"):
        assert words in page.text
    for address in ("picture:csv", "picture:xlsx"):
        assert visit(persona).get(reverse(address)).status_code == 200


def test_only_the_coordinator_reads_exact_numbers(visit):
    assert figures_on(visit("coordinator").get(reverse("picture:picture")))["Records"] == "88"
    assert "*" not in figures_on(visit("coordinator").get(reverse("picture:picture"))).values()
    for persona in READERS[1:]:
        page = visit(persona).get(reverse("picture:picture"))
        assert page.text.count("Give this picture") == page.text.count("Count the picture now") == 0


@pytest.mark.parametrize("address", [*GETS, *POSTS])
def test_for_a_contributor_it_does_not_exist(visit, address):
    client = visit("contributor")
    unknown = client.get("/picture/nowhere/")
    page = client.get(reverse(address))
    posted = client.post(reverse(address))
    assert page.status_code == posted.status_code == unknown.status_code == 404
    assert page.content == posted.content == unknown.content
    assert {name: page[name] for name in page.headers} == {name: unknown[name] for name in unknown.headers}


def test_nothing_leads_a_contributor_there(visit):
    assert "picture" not in visit("contributor").get(reverse("home")).text.lower()


@pytest.mark.parametrize("persona", ["dp_lead", "system_admin"])
def test_those_without_the_right_get_403(visit, persona):
    client = visit(persona)
    assert {client.get(reverse(address)).status_code for address in GETS} == {403}
    assert {client.post(reverse(address)).status_code for address in POSTS} == {403}


@pytest.mark.parametrize("persona", READERS[1:])
def test_only_the_coordinator_counts_and_gives(visit, persona):
    client = visit(persona)
    assert {client.post(reverse(address)).status_code for address in POSTS} == {403}


def test_strangers_are_asked_to_sign_in(client, world):
    assert {client.get(reverse(address)).headers["Location"] for address in GETS} == {reverse("account_login")}
    assert {client.post(reverse(address)).status_code for address in POSTS} == {404}


@pytest.mark.parametrize("address", POSTS)
def test_changes_are_posts(visit, address):
    assert visit("coordinator").get(reverse(address)).status_code == 405


class TestOutside:
    """What a commissioner reads, by the rule."""

    def numbers(self, page):
        """Every number that the page shows to a reader but days, percentages and versions."""
        main = page.text.split("<main")[1].split(">", 1)[1].split("</main>")[0]
        text = re.sub(r"<svg.*?>|<text [^>]*>|<[^>]+>", " ", main)
        text = re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}|\d+%|picture \d+|version \d+|95 of 100", " ", text)
        return [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", text)]

    def test_every_number_on_the_page_obeys_the_rule(self, visit):
        page = visit("commissioner").get(reverse("picture:picture"))
        found = self.numbers(page)
        assert len(found) > 20
        assert [each for each in found if not is_safe(each)] == []
        assert "*" in figures_on(page).values()

    def test_every_number_in_both_files_obeys_the_rule(self, visit):
        client = visit("commissioner")
        table = list(csv.DictReader(io.StringIO(client.get(reverse("picture:csv")).content.decode("utf-8-sig"))))
        cells = [row[name] for row in table[: end_of(table)] for name in ("Count", "Low", "High", "Denominator")]
        assert [each for each in cells if each not in ("", "*") and not is_safe(int(each))] == []
        book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("picture:xlsx")).content))
        rows = book["Figures"].iter_rows(min_row=2, values_only=True)
        values = [row[place] for row in rows for place in (3, 4, 5, 6)]
        assert len(values) > 20
        assert [each for each in values if not is_safe(each)] == []

    def test_rounding_left_out_would_be_found(self, visit, world, monkeypatch):
        from alongside.insight.population import actions

        monkeypatch.setattr(actions, "outside", lambda counted: counted)
        other = build("lakeside", women=53)
        compare(other)
        give(other, count(other))
        actor = other.actor("commissioner")
        with acting_as(actor):
            text = as_csv(picture_of(actor)).decode("utf-8-sig")
        table = list(csv.DictReader(io.StringIO(text)))
        assert [row["Count"] for row in table[: end_of(table)] if row["Count"] and not is_safe(int(row["Count"]))]

    def test_the_rule_is_said_where_the_numbers_are(self, visit):
        client = visit("commissioner")
        page, content = client.get(reverse("picture:picture")), client.get(reverse("picture:csv")).content.decode()
        assert rule.RULE in page.text
        assert rule.RULE in content

    def test_it_is_the_given_picture_even_when_another_was_counted(self, visit, world):
        client, address = visit("commissioner"), reverse("picture:picture")
        before = figures_on(client.get(address))
        count(world)
        assert figures_on(client.get(f"{address}?since=2020-01-01&until=2020-12-31")) == before

    def test_the_coordinator_can_look_at_what_was_given(self, visit):
        given = figures_on(visit("coordinator").get(reverse("picture:picture") + "?given=1"))
        assert given == figures_on(visit("commissioner").get(reverse("picture:picture")))


@pytest.mark.parametrize("persona", ["coordinator", "commissioner"])
def test_page_files_and_console_agree(visit, world, persona):
    client, actor = visit(persona), world.actor(persona)
    page = plain(figures_on(client.get(reverse("picture:picture"))))
    assert page == figures_in_csv(client.get(reverse("picture:csv")).content)
    assert page == figures_in_xlsx(client.get(reverse("picture:xlsx")).content)
    with acting_as(actor):
        sheet = picture_of(actor)
    told = as_text(sheet)
    for _, row in sheet.all_rows():
        shown = "no number" if row.line.count is None else str(row.line.count)
        assert re.search(rf"^  {re.escape(row.label)} +{re.escape(shown)}(,|$)", told, re.MULTILINE), row.label


def test_the_console_counts_and_tells(world):
    told = count_and_tell(world.partnership.id)
    assert told.startswith("The picture of Riverside, as of ")
    assert "Women known to two agencies or more" in told
    assert names_in(world, told) == []


@pytest.mark.parametrize("persona", READERS)
def test_no_name_in_any_of_it(visit, world, persona):
    client = visit(persona)
    page = client.get(reverse("picture:picture"))
    text = page.text + str(page.headers) + client.get(reverse("picture:csv")).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("picture:xlsx")).content))
    text += " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert names_in(world, text) == []
    assert names_in(world, canaries("riverside", "van", 3)["name"]) != []


@pytest.mark.parametrize("persona", ["coordinator", "commissioner"])
def test_queries_do_not_grow(visit, persona, django_assert_max_num_queries):
    client = visit(persona)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(reverse("picture:picture"))
    assert len([each for each in asked.captured_queries if not FRAME.search(each["sql"])]) <= 12


@pytest.mark.parametrize("persona", ["coordinator", "commissioner"])
@pytest.mark.parametrize("address", GETS)
def test_get_changes_nothing(visit, persona, address):
    client = visit(persona)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(address) + "?since=2020-01-01&until=2020-12-31")
    assert not [each["sql"] for each in asked if WRITES.match(each["sql"]) and not NOT_HERS.search(each["sql"])]


@pytest.mark.parametrize("persona", ["coordinator", "commissioner"])
def test_addresses_that_make_no_sense_are_answered(visit, persona):
    client = visit(persona)
    for asked in (
        "since=x&until=y",
        "since=2026-02-01&until=2026-01-01",
        "given=0",
        "given=9999",
        "given=-3",
        "given=999999999999",
        "since=0001-01-01&until=9999-12-31",
        "given=1&given=2",
    ):
        for address in GETS:
            assert client.get(f"{reverse(address)}?{asked}").status_code in (200, 404)


def test_before_anything_was_given_it_says_so(visit, world):
    other = build("lakeside", women=2)
    client = visit("commissioner")
    enter(client, other.workers["commissioner"])
    page = client.get(reverse("picture:picture"))
    assert "No picture has been given yet" in page.text
    assert client.get(reverse("picture:csv")).status_code == 404
    enter(client, other.workers["coordinator"])
    assert "Nothing has been counted for this yet" in client.get(reverse("picture:picture")).text


def test_a_download_leaves_a_trail(visit):
    client = visit("commissioner")
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("picture:csv"))
    rows = [each["sql"] for each in asked if "INSERT INTO trail_trailrow" in each["sql"]]
    assert len(rows) == 1
    assert "picture.download" in rows[0]
    assert "OutsidePicture" in rows[0]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_names_are_neutral(visit, kind):
    answer = visit("coordinator").get(reverse(f"picture:{kind}"))
    assert re.fullmatch(rf'attachment; filename="picture-\d{{4}}-\d\d-\d\d\.{kind}"', answer["Content-Disposition"])
    assert "no-store" in answer["Cache-Control"]


def test_no_cell_runs_as_a_formula(world):
    agency = world.agencies["van"]
    Agency.objects.filter(pk=agency.pk).update(name='=HYPERLINK("http://x.example","+1")')
    compare(world)
    count(world)
    actor = world.actor("coordinator")
    with acting_as(actor):
        sheet = picture_of(actor)
    cells = [cell for row in csv.reader(io.StringIO(as_csv(sheet).decode("utf-8-sig"))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(sheet)))
    found = [cell for page in book for row in page.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert found
    assert {cell.data_type for cell in found} == {"s"}


def test_the_file_holds_its_cover(visit):
    book = openpyxl.load_workbook(io.BytesIO(visit("commissioner").get(reverse("picture:xlsx")).content))
    cover = {row[0]: row[1] for row in book["Cover"].iter_rows(values_only=True)}
    assert cover["Picture of"] == "Riverside"
    assert cover["Rule"] == rule.RULE
    assert "Different women behind all records" in cover["Women known to the agencies"]
    assert book.sheetnames == ["Cover", "Figures"]


def test_giving_twice_in_a_quarter_is_answered_in_words(visit):
    page = visit("coordinator").post(reverse("picture:give"), follow=True)
    assert page.status_code == 200
    assert "A picture was given in this quarter already" in page.text


def test_giving_shows_what_was_given(visit, world):
    other = build("lakeside", women=30)
    compare(other)
    count(other)
    client = visit("coordinator")
    enter(client, other.workers["coordinator"])
    page = client.post(reverse("picture:give"), follow=True)
    assert page.redirect_chain == [(reverse("picture:picture") + "?given=1", 302)]
    assert "Picture 1 was given" in page.text


def test_asking_for_a_count_leaves_a_job(visit, monkeypatch):
    asked = []
    monkeypatch.setattr(pages, "ask_for_picture", lambda actor, period: asked.append(period))
    page = visit("coordinator").post(reverse("picture:count"), {"since": "2025-04-01", "until": "2026-03-31"})
    assert page["Location"] == reverse("picture:picture") + "?since=2025-04-01&until=2026-03-31"
    assert str(asked[0].since) == "2025-04-01"
    page = visit("coordinator").post(reverse("picture:count"))
    assert page["Location"] == reverse("picture:picture")
    assert asked[1] is None


def test_asking_twice_leaves_one_job(world):
    from alongside.insight.population.jobs import ask_for_picture

    actor = world.actor("coordinator")
    with acting_as(actor):
        assert ask_for_picture(actor) is True
        assert ask_for_picture(actor) is False


def test_a_chart_has_its_table_and_its_words(visit):
    page = visit("commissioner").get(reverse("picture:picture")).text
    assert page.count('role="img"') == 2
    assert page.count("The same as a table") == 2
    assert " style=" not in page
    assert "<script>" not in page


def test_it_is_used_by_keyboard(visit):
    """Every control is a link, a button, a field or a summary: nothing needs a pointer or a script."""
    page = visit("coordinator").get(reverse("picture:picture")).text
    assert "onclick" not in page
    assert 'tabindex="-1"' not in page.split("<main")[1].replace('id="main" tabindex="-1"', "")
    for words in ("Count the picture now", "Give this picture to the commissioner", "Download as XLSX"):
        assert re.search(rf"<(button|a)[^>]*>\s*{words}", page)


def test_a_picture_that_is_out_of_date_is_not_given(visit):
    other = build("lakeside", women=30)
    compare(other)
    count(other)
    compare(other)  # something changed
    client = visit("coordinator")
    enter(client, other.workers["coordinator"])
    assert "Give this picture" not in client.get(reverse("picture:picture")).content.decode()
    page = client.post(reverse("picture:give"), follow=True)
    assert "Something changed since this picture was counted" in page.content.decode()
    assert "Given as picture" not in page.content.decode()
