"""What workers do in the product, one sentence each."""

import re
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import python_calamine
from playwright.sync_api import Locator, expect

from tests.browser.visitor import PATIENCE_MS, Visitor

LISTS = Path(__file__).parents[3] / "shared" / "data" / "extracts"
WAITING_PAIRS = re.compile(r"^[A-Z]{2}-.+ and [A-Z]{2}-")


class Worker(Visitor):
    # --- her agency's list ---

    def hands_in(self, file_name: str) -> None:
        self.goes_to("Lists")
        with self.page.expect_file_chooser() as chooser:
            self.clicks(self.page.get_by_label("Your list"))
        chooser.value.set_files(LISTS / file_name)
        self.presses("Hand in")

    def says_that_the_columns_are_right(self) -> None:
        self.arrives_at("What we understood")
        self.presses("Continue")
        self.arrives_at("Check before it goes in")

    def takes_it_in(self) -> None:
        self.presses(re.compile("^Take in"))
        self.is_told_that_it_is_in()

    def is_told_that_it_is_in(self) -> None:
        expect(self.page.get_by_role("heading", name="What went in")).to_be_visible(timeout=PATIENCE_MS)
        self.looks_it_over()

    def corrects_row(self, number: int, column: str, text: str) -> None:
        self.follows(f"Correct row {number}")
        self.arrives_at(f"Row {number}")
        box = self.page.get_by_label(column, exact=True)
        box.fill("")
        self.types(column, text)
        self.presses("Save this row")
        self.arrives_at("Check before it goes in")
        self.sees("No row needs you.")

    def undoes_the_whole_list(self) -> None:
        self.follows_button("Undo this list")
        self.arrives_at("Undo this list?")
        self.presses("Undo the whole list")
        expect(self.page.get_by_text("Undone", exact=True)).to_be_visible(timeout=PATIENCE_MS)
        self.looks_it_over()

    def follows_button(self, words: str) -> None:
        """A link that looks like a button."""
        self.clicks(self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words)).first)

    # --- possible same women ---

    def compares_all_records(self) -> None:
        self.goes_to("Possible same women")
        self.presses("Compare all records again")
        expect(self.page.locator("[data-progress=running]")).to_be_visible()
        self.looks_it_over()
        expect(self.page.get_by_text("looked at.")).to_be_visible(timeout=PATIENCE_MS)
        self.looks_it_over()

    def opens_the_first_pair(self) -> None:
        self.clicks(self.page.get_by_role("main").get_by_role("link", name=WAITING_PAIRS).first)
        self.arrives_at("The same woman?")

    def judges(self, answer: str, reason: str = "") -> None:
        """By mouse."""
        if reason:
            self.types("Why (optional)", reason)
        self.presses(answer)
        self.is_told(answer)

    def judges_by_key(self, key: str, answer: str) -> None:
        self.page.keyboard.press(key)
        self.ledger.keys += 1
        self.is_told(answer)

    def is_told(self, answer: str) -> None:
        expect(self.done()).to_contain_text(f": {answer}")
        self.arrives_at("The same woman?")

    def done(self) -> Locator:
        return self.page.locator(".govuk-notification-banner--success")

    # --- what she agreed to ---

    def answers_what_she_agreed(self) -> None:
        """Four questions, one a page."""
        self.arrives_at("Who may know that we work with her")
        self.clicks(self.page.get_by_role("radio").first)
        self.presses("Continue")
        self.looks_it_over()
        self.types("How was she asked, or which law says so?", "We talked about it over tea.")
        self.presses("Continue")
        self.looks_it_over()
        today = date.today()
        for label, part in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
            self.types(label, str(part))
        self.presses("Continue")
        self.looks_it_over()
        self.clicks(self.page.get_by_role("radio").first)
        self.presses("Keep this")
        self.arrives_at(re.compile("^Record "))

    # --- the picture ---

    def waits_for_the_picture(self) -> None:
        """It is counted by itself once the records were compared, and anew after decisions."""
        self.goes_to("The picture")
        self.presses("Count the picture now")
        give = self.page.get_by_role("button", name="Give this picture to the commissioner")
        for _ in range(PATIENCE_MS // 2_000):
            if give.is_visible() and not self.page.get_by_text("changed since this was counted").is_visible():
                break
            self.page.wait_for_timeout(2_000)
            self.page.goto("/picture/")
        self.arrives_at("The picture")

    def downloads(self, kind: str) -> bytes:
        with self.page.expect_download() as download:
            self.follows(f"Download as {kind}")
        return download.value.path().read_bytes()

    def figures(self) -> list[list[str]]:
        """The table of all figures, as it stands on the page."""
        rows = self.page.locator("#all-figures tr")
        return [[cell.strip() for cell in row.locator("th, td").all_inner_texts()] for row in rows.all()]


def sheets(xlsx: bytes) -> dict[str, list[list[object]]]:
    """What a spreadsheet holds, by sheet. It is a package without macros."""
    assert not [name for name in zipfile.ZipFile(BytesIO(xlsx)).namelist() if "vba" in name.lower()]
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(xlsx))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
