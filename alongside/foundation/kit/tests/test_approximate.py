from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.kit.approximate import ABOUT, PartialDate, Span, span
from alongside.foundation.kit.fields import ApproximateNumberField, PartialDateField, PartialDateWidget

READ = [
    ("30", 30, 30),
    (" 30 ", 30, 30),
    ("about 30", 27, 33),
    ("Around  30", 27, 33),
    ("c. 41", 38, 44),
    ("~25", 22, 28),
    ("30ish", 27, 33),
    ("30?", 27, 33),
    ("30 or so", 27, 33),
    ("28-32", 28, 32),
    ("28 to 32", 28, 32),
    ("32–28", 28, 32),
    ("between 19 and 23", 19, 23),
    ("20s", 20, 29),
    ("early 20s", 20, 23),
    ("mid-30s", 34, 36),
    ("late 20s", 27, 29),
    ("Late 40's", 47, 49),
    ("about 1", 0, 4),
]


@pytest.mark.parametrize(("text", "low", "high"), READ)
def test_it_reads_how_people_guess(text: str, low: int, high: int) -> None:
    assert span(text) == Span(low, high, text.strip())


@pytest.mark.parametrize("text", ["", "old", "3o", "thirty", "30 40", "1990", "-3", "20s 30s", "about", "30.5"])
def test_it_does_not_guess_at_a_guess(text: str) -> None:
    with pytest.raises(ValueError, match="Neither"):
        span(text)


@given(st.integers(0, 120), st.integers(0, 120))
def test_ends_are_in_order_however_they_are_typed(one: int, other: int) -> None:
    read = span(f"{one} to {other}")
    assert (read.low, read.high) == (min(one, other), max(one, other))


@given(st.integers(ABOUT, 120))
def test_about_holds_the_number_itself(middle: int) -> None:
    read = span(f"about {middle}")
    assert read.low <= middle <= read.high


@given(st.text(max_size=20))
def test_any_text_is_read_or_declined(text: str) -> None:
    try:
        read = span(text)
    except ValueError:
        return
    assert 0 <= read.low <= read.high


def age(**options: object) -> ApproximateNumberField:
    return ApproximateNumberField(label="Age", **options)


def test_an_empty_age_is_none() -> None:
    assert age(required=False).clean("") is None


def test_an_age_keeps_her_words() -> None:
    assert age().clean("about 30") == Span(27, 33, "about 30")


@pytest.mark.parametrize(("typed", "words"), [("old", "like 30, about 30"), ("300", "between 0 and 120")])
def test_an_age_that_cannot_be_says_what_would_do(typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        age().clean(typed)


def since() -> PartialDateField:
    return PartialDateField(label="Here since", required=False)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (["4", "3", "2026"], PartialDate(2026, 3, 4)),
        (["", "3", "2026"], PartialDate(2026, 3)),
        (["", "", " 2026 "], PartialDate(2026)),
        (["", "", ""], None),
        (["29", "2", "2024"], PartialDate(2024, 2, 29)),
    ],
)
def test_a_date_may_be_partly_known(typed: list[str], read: PartialDate | None) -> None:
    assert since().clean(typed) == read


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["4", "3", ""], "must include a year"),
        (["4", "", "2026"], "must include a month"),
        (["31", "2", "2026"], "real date"),
        (["29", "2", "2025"], "real date"),
        (["", "13", "2026"], "real date"),
        (["", "", "soon"], "real date"),
        (["", "0", "2026"], "real date"),
    ],
)
def test_a_date_that_cannot_be_names_what_is_wrong(typed: list[str], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        since().clean(typed)


@pytest.mark.parametrize(
    ("value", "boxes"),
    [
        (PartialDate(2026, 3), [None, 3, 2026]),
        (date(2026, 3, 4), [4, 3, 2026]),
        (None, [None, None, None]),
    ],
)
def test_the_boxes_are_filled_from_a_date(value: PartialDate | date | None, boxes: list[int | None]) -> None:
    assert PartialDateWidget().decompress(value) == boxes


def test_partial_dates_are_written_as_far_as_they_are_known() -> None:
    assert [str(each) for each in (PartialDate(2026), PartialDate(2026, 3), PartialDate(2026, 3, 4))] == [
        "2026",
        "March 2026",
        "4 March 2026",
    ]


def test_a_form_reads_the_three_boxes_by_name() -> None:
    class Form(forms.Form):
        on = PartialDateField()

    form = Form({"on_day": "", "on_month": "3", "on_year": "2026"})
    assert form.is_valid()
    assert form.cleaned_data["on"] == PartialDate(2026, 3)
