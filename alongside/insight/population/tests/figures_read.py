"""The figures as a reader finds them: on the page, in CSV and in XLSX, in one shape to compare."""

import csv
import io
from html.parser import HTMLParser

import openpyxl

from alongside.insight.population.files import HEADINGS
from tests.world import canaries


class Figures(HTMLParser):
    """Rows of the table of all figures."""

    def __init__(self):
        super().__init__()
        self.rows, self.inside, self.cell = [], False, False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.inside = dict(attrs).get("id") == "all-figures"
        if self.inside and tag == "tr":
            self.rows.append([])
        if self.inside and tag in ("td", "th"):
            self.cell = True
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = False

    def handle_data(self, data):
        if self.inside and self.cell:
            self.rows[-1][-1] += data.strip()


def figures_on(page):
    parser = Figures()
    parser.feed(page.text)
    return {row[0]: row[1] for row in parser.rows[1:]}


def figures_in_csv(content):
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    return {_label(row["Figure"], row["About"]): row["Count"] for row in rows[: end_of(rows)]}


def end_of(rows):
    return next(number for number, row in enumerate(rows) if row["Section"] == "Picture of")


def figures_in_xlsx(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Figures"]
    rows = [dict(zip(HEADINGS, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    return {
        _label(row["Figure"], row["About"] or ""): "" if row["Count"] is None else str(row["Count"]) for row in rows
    }


def _label(figure, about):
    names = about.split(", ")
    joined = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{figure}: {joined}" if about else figure


def plain(figures):
    return {label: shown.replace(",", "").replace("no number", "") for label, shown in figures.items()}


def names_in(world, text):
    tokens = {token for slug, woman in world.records for token in canaries("riverside", slug, woman).values()}
    return sorted(token for token in tokens if token.lower() in text.lower())
