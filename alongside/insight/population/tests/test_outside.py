"""The small-number rule on whole pictures: nothing leaves that it does not allow."""

from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.population import outside as rule
from alongside.insight.population.definitions import DEFINITIONS
from alongside.insight.population.lines import Counted, Line
from alongside.insight.population.outside import is_safe, outside
from alongside.insight.population.periods import Period
from alongside.insight.population.sheet import Sheet
from alongside.insight.rounding import HIDDEN

NUMBERS = st.integers(0, 400)
WORDS = st.lists(st.sampled_from(["About 3 are.", "Too few.", "Between 8 and 12."]), max_size=3).map(tuple)


@st.composite
def a_line(draw) -> Line:
    key = draw(st.sampled_from(sorted(DEFINITIONS)))
    low, count, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    is_given, with_interval = draw(st.booleans()), draw(st.booleans())
    return Line(
        key,
        count if is_given else None,
        low if with_interval else None,
        high if with_interval else None,
        draw(st.none() | st.integers(count, 500)),
        draw(st.sampled_from([(), ("Van",), ("Van", "House")])),
        draw(WORDS),
        draw(st.none() | st.tuples(NUMBERS, NUMBERS).map(lambda ends: (min(ends), max(ends)))),
        structural=is_given and count == 0 and draw(st.booleans()),
    )


PICTURES = st.builds(
    Counted, st.just(("Van", "House")), st.lists(a_line(), max_size=12).map(tuple), st.just(("Note 3",))
)


def unsafe(shown: Counted) -> list[object]:
    """Numbers that the rule does not allow, in cells or in words."""
    cells = [cell for line in shown.lines for cell in (line.count, line.low, line.high, line.of, *(line.between or ()))]
    spoken = [
        int(word)
        for line in shown.lines
        for words in line.words
        for word in words.replace(",", "").replace(".", " ").split()
        if word.isdigit()
    ]
    return [each for each in [*cells, *spoken] if not is_safe(each)]


@given(PICTURES)
def test_no_number_leaves_that_the_rule_hides(inside):
    assert unsafe(outside(inside)) == []


@given(PICTURES)
def test_nought_leaves_only_where_nothing_else_is_possible(inside):
    for before, after in _both(inside):
        if after.count == 0:
            assert before.structural
        if isinstance(before.count, int) and before.count <= 7 and not before.structural:
            assert after.count == HIDDEN


@given(PICTURES)
def test_percentages_come_from_rounded_numbers_of_a_whole_that_is_not_small(inside):
    sheet = Sheet("Fernhill", date(2026, 3, 31), Period(date(2025, 4, 1), date(2026, 3, 31)), 1, outside(inside))
    for _, row in sheet.all_rows():
        if row.percent is not None:
            assert row.line.of >= 20
            assert row.percent == int(100 * row.line.count / row.line.of + 0.5)
            assert f"({row.percent}%)" in row.of


@given(PICTURES)
def test_an_interval_outside_holds_the_one_inside(inside):
    for before, after in _both(inside):
        if isinstance(after.low, int):
            assert after.low <= before.low
        if isinstance(after.high, int):
            assert after.high >= before.high


def _both(inside):
    """Lines before and after, one to one: overlaps are left out when hidden, so they are compared as another kind."""
    renamed = replace(inside, lines=tuple(replace(each, key="women", of=None) for each in inside.lines))
    return zip(renamed.lines, outside(renamed).lines, strict=True)


def test_hidden_overlaps_are_left_out_whether_small_or_nought():
    lines = tuple(Line("overlap", count, of=60, about=(str(count),)) for count in (0, 1, 7, 8, 40))
    inside = Counted(("A", "B"), lines)
    assert [(line.about, line.count) for line in outside(inside).lines] == [(("8",), 10), (("40",), 40)]


def test_an_estimate_is_told_again_from_rounded_numbers():
    line = Line("all_links", 233, 187, 301, words=("The agencies know about 7 women.",), between=(180, 402))
    shown = outside(Counted((), (line,))).lines[0]
    assert (shown.count, shown.low, shown.high, shown.between) == (235, 185, 305, (180, 405))
    assert "about 235 women in all" in shown.words[0]
    assert "between 185 and 305" in shown.words[0]
    assert shown.words[1].startswith("That is a wide interval")


def test_a_refusal_keeps_its_reason_and_loses_its_numbers():
    line = Line("all_links", None, words=("Too few women are on two lists.", "About 3 are, and 20 are needed."))
    assert outside(Counted((), (line,))).lines[0].words == ("Too few women are on two lists.",)


def test_rounding_left_out_would_be_found(monkeypatch):
    monkeypatch.setattr(rule, "_rounded", lambda count, structural: count)
    assert unsafe(outside(Counted((), (Line("women", 123, of=4),)))) == [123, 4]


def test_an_interval_left_exact_would_be_found(monkeypatch):
    monkeypatch.setattr(rule, "widened", lambda low, high, count: (low, high))
    assert unsafe(outside(Counted((), (Line("women", 120, 113, 127),)))) == [113, 127]


def test_words_left_as_they_are_would_be_found(monkeypatch):
    monkeypatch.setattr(rule, "_words", lambda count, low, high: ("About 3 are.",))
    assert unsafe(outside(Counted((), (Line("women", 120, words=("x",)),)))) == [3]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        (None, True),
        ("*", True),
        (0, True),
        (5, False),
        (7, False),
        (8, False),
        (10, True),
        (15, True),
        (22, False),
        (20.0, False),
    ],
)
def test_what_is_safe(cell, safe):
    assert is_safe(cell) is safe


def test_nothing_of_the_inside_is_forgotten_by_a_new_field():
    """Whoever adds a field to a line has to say here what the rule does with it."""
    assert set(asdict(Line("women", 1))) == {
        "key",
        "count",
        "low",
        "high",
        "of",
        "about",
        "words",
        "between",
        "structural",
    }
