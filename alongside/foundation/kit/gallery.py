"""Every component in every state, with invented words: the page that the accessibility tests crawl."""

from typing import Any

from django import forms

from alongside.foundation.kit import charts
from alongside.foundation.kit.fields import ApproximateNumberField, PartialDateField
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.rows import (
    Bar,
    Cell,
    Chosen,
    Column,
    Download,
    Evidence,
    Figure,
    Moment,
    Overlap,
    Pages,
    Shape,
    Square,
    SummaryRow,
)
from alongside.foundation.kit.shell import Link, Membership, Notice, Shell

FOUR_ANSWERS = (
    ("yes", "Yes"),
    ("no", "No"),
    ("unsaid", "Asked, she chose not to say"),
    ("unknown", "She does not know"),
    ("unasked", "Not asked"),
)
PLACES = (("", "Choose a place"), ("quay", "Quayside"), ("mill", "Mill Road"), ("arches", "The Arches"))
SERVICES = (("food", "Something to eat"), ("nurse", "Saw the nurse"), ("call", "Made a call"))


class GalleryForm(PageForm):
    known_as = forms.CharField(label="What does she like to be called?", help_text="Any name will do.")
    age = ApproximateNumberField(
        label="Age",
        required=False,
        help_text="A guess is fine: about 30, late 20s, 28 to 32.",
        widget=forms.TextInput(attrs={"width": "10"}),
    )
    times = forms.IntegerField(
        label="How many times this month", required=False, widget=forms.NumberInput(attrs={"width": "3"})
    )
    since = PartialDateField(
        label="Here since", required=False, help_text="Leave out the day or month if you do not know it."
    )
    place = forms.ChoiceField(label="Where", choices=PLACES, required=False)
    indoors = forms.ChoiceField(
        label="Is there a safe place tonight?", choices=FOUR_ANSWERS, widget=forms.RadioSelect, required=False
    )
    used = forms.MultipleChoiceField(
        label="What she used today", choices=SERVICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    told = forms.BooleanField(label="I have told her who will see this", required=False)
    went_well = forms.CharField(label="What went well?", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    file = forms.FileField(
        label="A list",
        required=False,
        help_text="CSV, XLSX, XLS or ODS",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.xlsx,.xls,.ods"}),
    )
    secret = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)


SHELL = Shell(
    worker="Rosa Ellery",
    acting_for="Northgate Outreach",
    agencies=(Membership("n", "Northgate Outreach", current=True), Membership("q", "Quayside Clinic")),
    navigation=(
        Link("Today", "#main", current=True, shortcut="t"),
        Link("Women", "#table", shortcut="w"),
        Link("Same woman?", "#evidence", count=12, shortcut="s"),
        Link("Lists in", "#progress"),
        Link("The picture", "#figures"),
    ),
    account=(Link("Your account", "#main"), Link("What you looked at", "#timeline")),
    footer=(Link("Help", "#main"), Link("Privacy", "#main"), Link("This screen got in my way", "#main")),
    home_url="#main",
    switch_url="#main",
    sign_out_url="#main",
    hide_url="#main",
)

FIGURES = (
    Figure(
        "All women, met or not",
        "4,310",
        "Estimate from five lists, wrong links allowed for.",
        "1 October 2026",
        interval="95% interval 3,980 to 4,720",
        href="#figures",
        downloads=(Download("Download CSV", "#figures"),),
    ),
    Figure(
        "Known to more than one agency",
        "612",
        "Women with records at two agencies or more.",
        "1 October 2026",
        interval="Between 570 and 660, as links are not certain",
        of="612 of 2,204 known women (28%)",
        href="#figures",
    ),
    Figure(
        "Known only to justice",
        "fewer than 5",
        "Women that only a justice list names.",
        "1 October 2026",
        of="of 2,204 known women",
    ),
)
BARS = charts.bar_chart(
    (
        Bar("Northgate Outreach", 1180, "1,180", 1140, 1225),
        Bar("Quayside Clinic", 840, "840", 815, 872),
        Bar("Mill Road Hostel", 310, "310", 300, 318),
        Bar("Custody list", None, "fewer than 5"),
    )
)
SETS = (("Northgate Outreach", "1,180"), ("Quayside Clinic", "840"), ("Mill Road Hostel", "310"))
UPSET = charts.upset_chart(
    SETS,
    (
        Overlap(("Northgate Outreach",), 790, "790"),
        Overlap(("Quayside Clinic",), 520, "520"),
        Overlap(("Northgate Outreach", "Quayside Clinic"), 240, "240"),
        Overlap(("Mill Road Hostel",), 130, "130"),
        Overlap(("Northgate Outreach", "Mill Road Hostel"), 110, "110"),
        Overlap(("Quayside Clinic", "Mill Road Hostel"), 30, "30"),
        Overlap(("Northgate Outreach", "Quayside Clinic", "Mill Road Hostel"), 40, "40"),
    ),
)
GRID = charts.grid_chart(
    ("Mon", "Tue", "Wed"),
    ("Evening", "Night"),
    ((Square(4, "12"), Square(None), Square(1)), (Square(8, "31"), Square(6, "20"), Square(None))),
)
SHAPES = (
    Shape(
        ((1.60, 53.28), (1.61, 53.275), (1.62, 53.28), (1.62, 53.29), (1.61, 53.295), (1.60, 53.29)), "Quay 1", "15", 3
    ),
    Shape(((1.62, 53.28), (1.63, 53.275), (1.64, 53.28), (1.64, 53.29), (1.63, 53.295), (1.62, 53.29)), "Quay 2", "*"),
    Shape(((1.59, 53.27), (1.65, 53.27), (1.65, 53.30), (1.59, 53.30)), "Quay", kind="area"),
)
COLUMNS = (Column("Record"), Column("Area"), Column("State"), Column("Last contact"), Column("Contacts", numeric=True))
ROWS = (
    (Cell("R-2041", "#table"), "Quayside", Cell("In touch", tag="green"), "4 March 2026", "12"),
    (Cell("R-1187", "#table"), "Mill Road", Cell("Not in touch", tag="neutral"), "November 2025", "1,103"),
    (Cell("R-0932", "#table"), "The Arches", Cell("Review due", tag="yellow"), "Not known", "3"),
)
FOR = (
    Evidence("Both say “Sunny”, a name that few women here use", "strong"),
    Evidence("Ages overlap: about 30, and 29", "some"),
    Evidence("The same streets: Quayside", "a little"),
)
AGAINST = (Evidence("Different marks: a swallow, and none seen", "some"),)
TIMELINE = (
    Moment(
        "Seen at Quayside", "4 March 2026, 02:14", "Rosa Ellery", "Took a hot drink. Asked about the clinic on Friday."
    ),
    Moment("No contact with us", "November 2025 to March 2026", gap=True),
    Moment("Moved into Mill Road", "3 November 2025", "Mill Road Hostel", href="#timeline"),
)
SUMMARY = (
    SummaryRow("Known as", "Sunny", "#summary"),
    SummaryRow("Age", "about 30 (27 to 33)", "#summary"),
    SummaryRow("Code", "R-2041"),
)


def gallery() -> dict[str, Any]:
    """The context of `kit/gallery.html`, form states included."""
    faulty = GalleryForm(
        {
            "known_as": "",
            "age": "old enough",
            "since_day": "31",
            "since_month": "2",
            "since_year": "2026",
            "times": "many",
            "place": "nowhere",
            "indoors": "maybe",
            "used": ["food"],
        },
        auto_id="faulty_%s",
    )
    filled = GalleryForm(
        initial={"known_as": "Sunny", "age": "about 30", "place": "quay", "indoors": "unsaid", "used": ["food", "call"]}
    )
    return {
        "shell": SHELL,
        "csrf_input": "",
        "filled": filled,
        "faulty": faulty,
        "notices": (
            Notice("The list from Northgate Outreach is in: 412 rows, none lost.", "success"),
            Notice("Two rows wait for you."),
        ),
        "figures": FIGURES,
        "bars": BARS,
        "upset": UPSET,
        "grid": GRID,
        "shapes": SHAPES,
        "columns": COLUMNS,
        "rows": ROWS,
        "links": (Download("Download CSV", "#table"), Download("Download XLSX", "#table")),
        "speaks_for": FOR,
        "speaks_against": AGAINST,
        "timeline": TIMELINE,
        "summary": SUMMARY,
        "pages": Pages(4, 12, 583),
        "chosen": (Chosen("Quayside", "#filter"), Chosen("In touch", "#filter")),
    }
