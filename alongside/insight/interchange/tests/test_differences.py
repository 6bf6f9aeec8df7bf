"""What a later list of the same sender changes, and when to look twice."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.insight.interchange.understanding import Age, ListRow, Span, differences

FIRST = date(2024, 1, 2)


def on(day: date) -> Span:
    return Span(day, day)


def listed(count: int = 10) -> list[ListRow]:
    return [
        ListRow(
            0, n + 2, f"R{n}", on(FIRST + timedelta(days=n)), f"Kay{n}", age=Age(20 + n, 22 + n, 21.0 + n), note="tea"
        )
        for n in range(count)
    ]


def test_the_same_list_twice_changes_nothing() -> None:
    found = differences(listed(), [replace(row, number=row.number + 40) for row in listed()])
    assert (found.new, found.changed, found.gone, found.same, found.warnings) == ((), (), (), 10, ())


def test_new_changed_and_gone() -> None:
    later = [*listed()[1:], replace(listed(1)[0], reference="R99")]
    later[0] = replace(later[0], known_as="Zoe")
    found = differences(listed(), later)
    assert [row.reference for row in found.new] == ["R99"]
    assert [row.reference for row in found.gone] == ["R0"]
    assert [(change.later.reference, change.fields) for change in found.changed] == [("R1", ("known_as",))]
    assert (found.same, found.warnings) == (8, ())


def test_rows_without_a_reference_are_told_by_their_content() -> None:
    earlier = [replace(row, reference="") for row in listed(3)]
    found = differences(earlier, [*earlier[:2], replace(earlier[2], known_as="Zoe")])
    assert (len(found.new), len(found.gone), found.same) == (1, 1, 2)


def test_a_reference_for_several_contacts_and_a_repeat() -> None:
    twice = [replace(listed(1)[0], number=n, seen=on(FIRST + timedelta(days=n))) for n in (2, 3)]
    found = differences(twice, [*twice, replace(twice[0], number=9, repeat_of=2)])
    assert (found.same, found.new) == (2, ())


def test_half_the_rows_gone() -> None:
    found = differences(listed(), listed()[:5])
    assert len(found.gone) == 5
    assert "whole list" in found.warnings[0]


def test_all_dates_moved() -> None:
    later = [replace(row, seen=on(row.seen.first + timedelta(days=1462))) for row in listed() if row.seen]
    assert any("moved by +1462 days in 10 of 10" in words for words in differences(listed(), later).warnings)


def test_day_and_month_changed_places() -> None:
    earlier = [replace(row, seen=on(date(2024, 3, n + 4))) for n, row in enumerate(listed(6))]
    later = [replace(row, seen=on(date(2024, n + 4, 3))) for n, row in enumerate(listed(6))]
    assert any("changed places in 6 rows" in words for words in differences(earlier, later).warnings)


def test_a_column_that_means_something_else() -> None:
    later = [replace(row, known_as=f"Fernhill {n}") for n, row in enumerate(listed())]
    words = " ".join(differences(listed(), later).warnings)
    assert "The name is different in 10 of 10 rows" in words
    assert "say something else now" in words


def test_a_column_that_is_empty_now() -> None:
    later = [replace(row, note="") for row in listed()]
    assert "The note is empty now in 10 of 10 rows." in differences(listed(), later).warnings


def test_small_lists_raise_no_alarm() -> None:
    assert differences(listed(4), [replace(row, known_as="Zoe") for row in listed(2)]).warnings == ()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 30), max_size=20), st.lists(st.integers(0, 30), max_size=20))
def test_every_row_is_on_one_side_or_on_both(before: list[int], after: list[int]) -> None:
    rows = listed(31)
    found = differences([rows[n] for n in before], [rows[n] for n in after])
    assert found.same + len(found.gone) == len(before)
    assert found.same + len(found.new) == len(after)
