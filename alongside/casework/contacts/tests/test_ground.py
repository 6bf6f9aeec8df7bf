"""Boundaries out of a file, hexagons, and the rule for small numbers; none of it with a database."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.casework.contacts.rules import ground as g
from alongside.casework.contacts.rules.heat import heat
from alongside.insight.rounding import rounded

SQUARE = [[1.60, 53.28], [1.63, 53.28], [1.63, 53.30], [1.60, 53.30], [1.60, 53.28]]
HOLE = [[1.61, 53.285], [1.62, 53.285], [1.62, 53.295], [1.61, 53.295], [1.61, 53.285]]
BESIDE = [[east + 0.03, north] for east, north in SQUARE]


def shape(name: object = "Mill Lane", rings: Any = None, kind: str = "Polygon", key: str = "name") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": [SQUARE] if rings is None else rings}
    return {"type": "Feature", "properties": {key: name}, "geometry": geometry}


def file_of(*shapes: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": shapes}).encode()


def refused(content: bytes) -> str:
    with pytest.raises(g.BoundaryRefused) as told:
        g.read_boundaries(content)
    return told.value.words


def test_a_file_as_map_programs_write_it() -> None:
    found = g.read_boundaries(file_of(shape(), shape("Dock  Street ", [BESIDE])))
    assert [each.name for each in found] == ["Mill Lane", "Dock Street"]
    assert found[0].polygons[0][0][0] == (1.6, 53.28)


def test_shapes_of_one_name_are_one_area_and_heights_are_left_out() -> None:
    high = [[*point, 12.5] for point in BESIDE]
    (found,) = g.read_boundaries(file_of(shape("Mill Lane"), shape("MILL LANE", [high])))
    assert found.name == "Mill Lane"
    assert len(found.polygons) == 2
    assert found.polygons[1][0][0] == (1.63, 53.28)


@pytest.mark.parametrize("key", ["name", "NAME", "WD23NM", "ward_name", "Area"])
def test_the_property_that_reads_like_a_name(key: str) -> None:
    assert g.read_boundaries(file_of(shape(key=key)))[0].name == "Mill Lane"


def test_one_shape_alone_and_a_shape_with_a_hole() -> None:
    (whole,) = g.read_boundaries(json.dumps(shape()).encode())
    (holed,) = g.read_boundaries(file_of(shape(rings=[SQUARE, HOLE])))
    assert len(holed.polygons[0]) == 2
    assert set(g.hexagons_of(holed.polygons)) < set(g.hexagons_of(whole.polygons))


def test_a_mark_at_the_beginning_of_the_file_does_no_harm() -> None:
    assert g.read_boundaries(b"\xef\xbb\xbf" + file_of(shape()))


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", g.NOT_GEOJSON),
    "no json": (lambda: b"PK\x03\x04", g.NOT_GEOJSON),
    "half a file": (lambda: file_of(shape())[:-9], g.NOT_GEOJSON),
    "other letters": (lambda: b"\xff\xfe\x00\xd8", g.NOT_GEOJSON),
    "another thing": (lambda: b'{"type": "Topology"}', g.NOT_GEOJSON),
    "a number": (lambda: b"5", g.NOT_GEOJSON),
    "very deep": (lambda: b"[" * 200_000, g.NOT_GEOJSON),
    "a long number": (lambda: b"9" * 100_000, g.NOT_GEOJSON),
    "no shapes": (lambda: file_of(), g.NOT_GEOJSON),
    "shapes that are none": (lambda: file_of(5), g.NOT_GEOJSON),
    "no properties": (lambda: file_of({"type": "Feature", "geometry": None}), g.NO_NAMES),
    "no name": (lambda: file_of(shape(key="colour")), g.NO_NAMES),
    "an empty name": (lambda: file_of(shape(" ")), g.NO_NAMES),
    "a number for a name": (lambda: file_of(shape(7)), g.NO_NAMES),
    "a name that one lacks": (lambda: file_of(shape(), shape(key="ward")), g.NO_NAMES),
    "a long name": (lambda: file_of(shape("x" * 81)), "longer than 80"),
    "a nought in a name": (lambda: file_of(shape("a\0b")), "Shorten"),
    "a point": (lambda: file_of(shape(kind="Point", rings=[1.6, 53.28])), "Shape 1"),
    "no geometry": (lambda: file_of(shape(), {**shape(), "geometry": None}), "Shape 2"),
    "not closed": (lambda: file_of(shape(rings=[SQUARE[:-1]])), "not closed"),
    "a line": (lambda: file_of(shape(rings=[[SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[0]]])), "not closed"),
    "no rings": (lambda: file_of(shape(rings=[])), "not closed"),
    "a word for a ring": (lambda: file_of(shape(rings=["ring"])), "not closed"),
    "words for numbers": (lambda: file_of(shape(rings=[[["a", "b"]] * 4])), "not closed"),
    "true for a number": (lambda: file_of(shape(rings=[[[True, 53.28]] * 4])), "not closed"),
    "metres": (lambda: file_of(shape(rings=[[[x * 1e5, y * 1e4] for x, y in SQUARE]])), g.METRES),
    "endless": (lambda: file_of(shape()).replace(b"53.28", b"1e999"), g.METRES),
    "no number": (lambda: file_of(shape()).replace(b"53.28", b"NaN"), g.NOT_GEOJSON),
    "swapped": (lambda: file_of(shape(rings=[[[y, x] for x, y in SQUARE]])), g.SWAPPED),
    "a continent": (lambda: file_of(shape(rings=[[[-10, 40], [20, 40], [20, 48], [-10, 48], [-10, 40]]])), g.TOO_LARGE),
    "too many": (lambda: file_of(*(shape(f"Area {n}") for n in range(201))), g.TOO_MANY),
    "too fine": (lambda: file_of(shape(rings=[[SQUARE[0], *SQUARE[1:-1] * 34_000, SQUARE[0]]])), g.TOO_FINE),
    "too big": (lambda: b" " * (g.MOST_BYTES + 1), g.TOO_BIG),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_says_what_to_do_and_repeats_nothing(what: str) -> None:
    content, words = BAD[what]
    told = refused(content())
    assert words in told
    assert "Mill Lane" not in told


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_file_is_a_fault_of_ours(told: object) -> None:
    for content in (told, {"type": "FeatureCollection", "features": told}, {**shape(), "geometry": told}):
        with suppress(g.BoundaryRefused):
            g.read_boundaries(json.dumps(content).encode())


# --- hexagons


def test_areas_beside_each_other_share_no_hexagon_and_leave_none_out() -> None:
    left, right = g.hexagons_of([[SQUARE]]), g.hexagons_of([[BESIDE]])
    both = g.hexagons_of([[SQUARE], [BESIDE]])
    assert not set(left) & set(right)
    assert sorted([*left, *right]) == sorted(both)


def test_they_are_numbered_from_the_north() -> None:
    north = [h3.cell_to_latlng(cell)[0] for cell in g.hexagons_of([[SQUARE]])]
    assert north == sorted(north, reverse=True)


def test_an_area_smaller_than_a_hexagon_has_one_all_the_same() -> None:
    yard = [[1.6, 53.28], [1.6001, 53.28], [1.6001, 53.2801], [1.6, 53.28]]
    assert g.hexagons_of([[yard]])


@given(st.floats(-89, 89), st.floats(-180, 180), st.integers(0, 15))
def test_one_size_of_hexagon_and_no_other(north: float, east: float, resolution: int) -> None:
    assert g.is_hexagon(h3.latlng_to_cell(north, east, resolution)) is (resolution == g.RESOLUTION)


@pytest.mark.parametrize("text", ["", "88", "88195da49dfffff ", "88195DA49DFFFFF", "88fffffffffffff", "hexagon"])
def test_what_is_no_hexagon(text: str) -> None:
    assert not g.is_hexagon(text)


# --- small numbers


def people(count: int) -> list[UUID]:
    return [UUID(int=number) for number in range(count)]


@pytest.mark.parametrize("women", range(40))
def test_the_rule_is_that_of_figures_that_leave_the_partnership(women: int) -> None:
    (told,) = heat(["a"], [("a", each) for each in people(women)])
    assert told.women == str(rounded(women))
    assert (told.contacts == "*") == (told.shade == 0) == (women <= 7)


def test_many_contacts_with_few_women_stay_hidden() -> None:
    (told,) = heat(["a"], [("a", each) for each in people(7)] * 30)
    assert (told.women, told.contacts, told.shade) == ("*", "*", 0)


def test_women_without_a_record_never_lift_a_hexagon_over_the_rule() -> None:
    (told,) = heat(["a"], [("a", each) for each in people(7)] + [("a", None)] * 20)
    assert told.contacts == "*"


def test_nobody_and_few_look_the_same_and_shade_follows_what_is_shown() -> None:
    many = [("a", each) for each in people(40)] + [("b", each) for each in people(10)]
    told = heat(["a", "b", "c", "d"], [*many, ("c", UUID(int=1))])
    assert [each.shade for each in told] == [4, 1, 0, 0]
    assert (told[2].women, told[2].contacts) == (told[3].women, told[3].contacts) == ("*", "*")
