"""The main job, from five lists to one picture, told as the workers of the invented partnership live it.

The tests stand in the order in which it happens, and each goes on from the one before.
"""

import csv
import re

import pytest
from playwright.sync_api import expect

from tests.browser.names import names, said_in
from tests.browser.visitor import Visit
from tests.browser.worker import LISTS, Worker, sheets

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FIRST_LOOKED_UP = "reb"


@pytest.fixture(scope="module")
def amara(visit: Visit) -> Worker:
    return Worker(visit, "Amara Obi", "Outreach worker")


@pytest.fixture(scope="module")
def bethan(visit: Visit) -> Worker:
    return Worker(visit, "Bethan Price", "Key worker")


@pytest.fixture(scope="module")
def jo(visit: Visit) -> Worker:
    return Worker(visit, "Jo Tandy", "Key worker")


@pytest.fixture(scope="module")
def elspeth(visit: Visit) -> Worker:
    return Worker(visit, "Elspeth Grant", "Partnership co-ordinator")


@pytest.fixture(scope="module")
def farah(visit: Visit) -> Worker:
    return Worker(visit, "Farah Aziz", "Commissioner")


@pytest.fixture(scope="module")
def grace(visit: Visit) -> Worker:
    return Worker(visit, "Grace Lowe", "Contributor")


# --- the lists come in ---


def test_amara_hands_in_the_vans_list(visit: Visit, amara: Worker) -> None:
    with amara.counting("U17"):
        amara.hands_in("outreach_van_contacts.csv")
        amara.says_that_the_columns_are_right()
        amara.sees_under("Rows about a woman", "194")
        amara.takes_it_in()
    amara.sees_under("New records", "194")


def test_bethan_corrects_a_row_of_the_bridge_on_the_spot(bethan: Worker) -> None:
    with bethan.counting("U17"):
        bethan.hands_in("bridge_casework_clients.xlsx")
        bethan.says_that_the_columns_are_right()
    bethan.sees_under("Ready to go in", "147")
    bethan.sees_under("That we cannot read at all", "1")
    bethan.corrects_row(151, "D.O.B. (optional)", "28/02/1979")
    bethan.takes_it_in()
    bethan.sees_under("New records", "148")


def test_jo_hands_in_the_drop_ins_register_with_its_repeat(jo: Worker) -> None:
    with jo.counting("U17"):
        jo.hands_in("dropin_register.csv")
        jo.says_that_the_columns_are_right()
        jo.sees_under("Ready to go in", "93")
        jo.sees_under("Exact repeats, which go in once", "1")
        jo.takes_it_in()


def test_carmel_hands_in_the_list_of_the_house(visit: Visit) -> None:
    carmel = Worker(visit, "Carmel Doyle", "Hostel worker")
    with carmel.counting("U17"):
        carmel.hands_in("hostel_residents.xlsx")
        carmel.says_that_the_columns_are_right()
        carmel.sees_under("Rows about a woman", "34")
        carmel.takes_it_in()
    carmel.sees_under("New records", "34")


def test_grace_hands_in_the_custody_list_by_keyboard_alone(grace: Worker) -> None:
    grace.page.keyboard.press("h")
    grace.arrives_at("Lists")
    grace.tabs_to("Your list")
    with grace.page.expect_file_chooser() as chooser:
        grace.page.keyboard.press("Space")
    chooser.value.set_files(LISTS / "CUSTODY_LIST_2007.txt")
    for words, heading in (("Hand in", "What we understood"), ("Continue", "Check before it goes in")):
        grace.tabs_to(words)
        grace.page.keyboard.press("Enter")
        grace.arrives_at(heading)
    grace.sees_under("Rows about a woman", "68")
    grace.tabs_to("Take in 68 rows")
    grace.page.keyboard.press("Enter")
    grace.is_told_that_it_is_in()
    grace.sees_under("New records", "68")


def test_the_same_file_again_leaves_nothing_to_do(amara: Worker) -> None:
    amara.hands_in("outreach_van_contacts.csv")
    expect(amara.page.get_by_role("alert").or_(amara.page.get_by_role("region")).first).to_contain_text(
        "There is nothing to do."
    )
    amara.looks_it_over()


def test_amara_undoes_her_list_and_takes_it_in_again(amara: Worker) -> None:
    amara.undoes_the_whole_list()
    amara.goes_to("Our records")
    amara.sees("No records yet.")
    amara.hands_in("outreach_van_contacts.csv")
    amara.says_that_the_columns_are_right()
    amara.takes_it_in()
    amara.sees_under("New records", "194")


# --- the same woman ---


def test_elspeth_has_all_records_compared(elspeth: Worker) -> None:
    elspeth.compares_all_records()
    elspeth.sees(re.compile(r"0 of [\d,]+ looked at"))


def test_elspeth_decides_about_ten_pairs_half_of_them_by_keyboard(elspeth: Worker) -> None:
    """She joins one pair only: what she says of the others can't contradict it, whatever pairs come."""
    elspeth.goes_to("Possible same women")
    elspeth.opens_the_first_pair()
    for key, answer in (("s", "The same woman"), *[("n", "Not the same")] * 2, *[("u", "Not sure")] * 2):
        with elspeth.counting("pair"):
            elspeth.judges_by_key(key, answer)
    for _ in range(4):
        elspeth.judges("Not the same", reason="Seen at two places the same night.")
    elspeth.judges("Not sure")


def test_elspeth_undoes_one_of_them(elspeth: Worker) -> None:
    elspeth.goes_to("Possible same women")
    elspeth.follows("What was decided, by whom, and why")
    elspeth.arrives_at("What was decided")
    expect(elspeth.page.get_by_text("Stands", exact=True)).to_have_count(10)
    elspeth.presses(re.compile("^Undo"))
    elspeth.arrives_at("What was decided")
    expect(elspeth.page.get_by_text("Stands", exact=True)).to_have_count(9)


# --- the picture ---


def test_elspeth_reads_the_picture_and_gives_it(elspeth: Worker) -> None:
    elspeth.waits_for_the_picture()
    elspeth.sees("How many women")
    elspeth.sees("All women, met or not")
    elspeth.page.once("dialog", lambda asked: asked.accept())
    elspeth.presses("Give this picture to the commissioner")
    expect(elspeth.done()).to_contain_text("Picture 1 was given.")
    elspeth.looks_it_over()


def test_elspeth_was_shown_no_name_anywhere(elspeth: Worker) -> None:
    assert len(names()) > 300
    assert len(elspeth.read) > 15
    for page in elspeth.read:
        assert said_in(page) == set()


def test_farah_reads_rounded_numbers_and_both_files_agree_with_the_page(farah: Worker) -> None:
    farah.goes_to("The picture")
    table = list(csv.reader(farah.downloads("CSV").decode("utf-8-sig").splitlines()))
    rows = table[1 : table.index([])]
    book = sheets(farah.downloads("XLSX"))
    assert [[_plain(cell) for cell in row] for row in book["Figures"]] == table[: table.index([])]
    assert [_digits(row[3]) for row in rows] == [_digits(row[1]) for row in farah.figures()[1:]]
    counts = [int(cell) for row in rows for cell in row[3:7] if cell.isdigit()]
    assert len(counts) > 10
    assert all(count % 5 == 0 for count in counts)
    assert said_in(farah.page.content()) == set()


def test_grace_who_only_gives_finds_no_picture(grace: Worker) -> None:
    for path in ("/picture/", "/picture/csv/", "/picture/xlsx/"):
        answer = grace.page.request.get(path)
        assert answer.status == 404
    grace.page.goto("/picture/")
    grace.looks_it_over()
    absent = grace.page.get_by_role("main").inner_text()
    grace.page.goto("/no-such-page/")
    assert grace.page.get_by_role("main").inner_text() == absent


# --- one woman ---


def test_bethan_finds_a_woman_with_three_keys(bethan: Worker) -> None:
    bethan.goes_home()
    with bethan.counting("U5"):
        bethan.goes_to("Look up")
        bethan.types("Name, nickname or street name", FIRST_LOOKED_UP)
        found = bethan.page.locator("#results").get_by_role("link", name="Rebecca").first
        expect(found).to_be_visible()
    bethan.looks_it_over()
    assert FIRST_LOOKED_UP not in bethan.page.url
    bethan.clicks(found)
    bethan.arrives_at(re.compile("^Record BR-"))


def test_bethan_keeps_that_others_may_know_and_takes_it_back(bethan: Worker) -> None:
    bethan.follows("Let them know")
    bethan.answers_what_she_agreed()
    bethan.sees("may know of it until")
    with bethan.counting("U15"):
        bethan.follows("Change what they may know")
        bethan.arrives_at("Who may know that we work with her")
        bethan.presses("She changed her mind")
        bethan.arrives_at(re.compile("^Record BR-"))
    bethan.sees("are not told that you do")


def test_bethan_makes_and_corrects_a_record(bethan: Worker) -> None:
    bethan.goes_to("Look up")
    bethan.types("Name, nickname or street name", "Zuleika")
    expect(bethan.page.locator("#results")).to_contain_text("0 likely records")
    bethan.presses("Make a new record")
    bethan.arrives_at("New record")
    bethan.presses("Save")
    bethan.arrives_at(re.compile("^Record BR-"))
    bethan.follows_button("Correct this")
    bethan.arrives_at(re.compile("^Correct record BR-"))
    bethan.page.get_by_label("What does she like to be called?").fill("")
    bethan.presses("Save")
    expect(bethan.page.get_by_role("alert")).to_contain_text("There is a problem")
    bethan.looks_it_over()


def test_hanna_reads_who_looked_by_code_and_never_by_name(visit: Visit) -> None:
    hanna = Worker(visit, "Hanna Nowak", "Data protection lead")
    hanna.goes_to("Who looked")
    hanna.sees("Bethan Price")
    assert said_in(hanna.page.content()) == set()


def test_ines_sees_that_all_is_well_and_no_woman(visit: Visit) -> None:
    ines = Worker(visit, "Ines Moreau", "System administrator")
    ines.goes_to("Workers and installation")
    ines.sees("Nothing is wrong.")
    assert said_in(ines.page.content()) == set()


# --- every other page, and the bill ---


def test_the_pages_that_nobody_passed_have_no_barrier_either(visit: Visit, amara: Worker, jo: Worker) -> None:
    dipa = Worker(visit, "Dipa Shah", "Service manager")
    dipa.goes_to("Possible same women")
    amara.goes_to("Look up")
    for path, heading in (
        ("/gallery/", "Components"),
        ("/acting-for/", "For whom do you act?"),
        ("/accounts/factors/", "How you sign in"),
        ("/accounts/sessions/", "Where you are signed in"),
    ):
        jo.page.goto(path)
        jo.arrives_at(heading)
    jo.page.goto("/")
    jo.page.get_by_role("button", name=re.compile("^Hide screen")).click()
    jo.page.wait_for_url("**/away/")
    jo.looks_it_over()
    jo.page.goto("/accounts/login/")
    jo.looks_it_over()


def _plain(cell: object) -> str:
    """A cell of a spreadsheet as a text file holds it."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
