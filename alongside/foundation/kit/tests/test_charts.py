import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.kit.charts import LABEL, SHADES, TOP, VALUE, WIDTH, bar_chart, grid_chart, upset_chart
from alongside.foundation.kit.environment import environment
from alongside.foundation.kit.rows import Bar, Overlap, Pages, Square

SETS = (("Outreach", "1,180"), ("Clinic", "840"))


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=12))
def test_bars_are_in_proportion_and_stay_inside(values: list[float]) -> None:
    chart = bar_chart([Bar("a", value, str(value)) for value in values])
    room = WIDTH - LABEL - VALUE
    assert all(0 <= mark.length <= room + 0.1 for mark in chart.marks)
    if max(values) > 0:
        assert max(mark.length for mark in chart.marks) == pytest.approx(room, abs=0.1)


def test_an_interval_sets_the_scale_too() -> None:
    chart = bar_chart([Bar("a", 50, "50", low=40, high=100)])
    mark = chart.marks[0]
    assert mark.high == WIDTH - VALUE
    assert mark.length == pytest.approx((WIDTH - LABEL - VALUE) / 2)


def test_a_withheld_figure_draws_nothing() -> None:
    assert bar_chart([Bar("a", None, "fewer than 5")]).marks[0].length == 0


def test_no_bars_is_an_empty_chart() -> None:
    assert bar_chart([]).marks == ()


def test_upset_marks_members_and_joins_them() -> None:
    chart = upset_chart(SETS, [Overlap(("Outreach",), 10, "10"), Overlap(("Outreach", "Clinic"), 5, "5")])
    alone, both = chart.columns
    assert [inside for _, inside in alone.dots] == [True, False]
    assert alone.join is None
    assert both.join == (chart.sets[0][2], chart.sets[1][2])
    assert both.height == pytest.approx(alone.height / 2, abs=0.1)
    assert alone.height < TOP


def test_upset_grows_with_its_columns() -> None:
    many = upset_chart(SETS, [Overlap(("Outreach",), 1, "1")] * 31)
    assert many.width > WIDTH
    assert max(column.x for column in many.columns) < many.width


def test_upset_refuses_an_unknown_set() -> None:
    with pytest.raises(ValueError, match="No such set: Hostel"):
        upset_chart(SETS, [Overlap(("Hostel",), 1, "1")])


def test_a_chart_has_the_same_words_in_its_table() -> None:
    chart = bar_chart([Bar("Outreach", 1180, "1,180"), Bar("Custody", None, "fewer than 5")])
    source = '{% import "kit/figures.html" as figures %}{{ figures.bars("b", "Known", chart) }}'
    html = environment().from_string(source).render(chart=chart)
    table = html[html.index("<table") :]
    assert "1,180" in table
    assert "fewer than 5" in table
    assert "Custody" in table
    assert "style=" not in html


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (4, 12, (1, None, 3, 4, 5, None, 12)),
        (12, 12, (1, None, 11, 12)),
        (2, 12, (1, 2, 3, None, 12)),
    ],
)
def test_pages_show_the_ends_and_the_neighbours(number: int, last: int, shown: tuple[int | None, ...]) -> None:
    assert Pages(number, last, 50).shown == shown


def test_pages_know_their_address() -> None:
    assert Pages(1, 2, 60, address="?state=open&page={page}").href(2) == "?state=open&page=2"


@given(st.lists(st.lists(st.none() | st.floats(0, 1e6), min_size=7, max_size=7), min_size=1, max_size=6))
def test_a_square_is_the_darker_the_greater_and_none_lies_outside(values: list[list[float | None]]) -> None:
    chart = grid_chart("MTWTFSS", ["row"] * len(values), [[Square(each) for each in line] for line in values])
    marked = sorted((mark.square.value or 0, mark.shade) for mark in chart.marks)
    assert [shade for _, shade in marked] == sorted(shade for _, shade in marked)
    assert all((mark.shade == 0) == (not mark.square.value) and mark.shade <= SHADES for mark in chart.marks)
    assert all(mark.x + chart.wide <= chart.width and mark.y + chart.high <= chart.height for mark in chart.marks)
