"""The ground in hexagons, and boundaries out of a GeoJSON file (RFC 7946) with what to do about one that can't be used.

Nothing finer than a hexagon of H3's resolution 8 is ever kept of where a woman was: about 0.7 km2, 530 m a side.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import h3

RESOLUTION = 8
HEXAGON = re.compile(r"88[0-9a-f]{8}fffff")  # how H3 writes a cell of this resolution; the database holds to it too
MOST_BYTES = 5 * 1024 * 1024
MOST_AREAS = 200
MOST_POINTS = 100_000
MOST_KM2 = 10_000.0
LONGEST_NAME = 80
LEAST = 1e-10  # square degrees, about a square metre: less is a line
PLACES = 5  # decimals of a degree: a metre
NAMED = ("name", "area", "ward", "title", "label")

Point = tuple[float, float]  # longitude, latitude
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]  # its outer ring, then its holes


class BoundaryRefused(Exception):
    """A file from which no area can be drawn. Its words say what to do; they repeat nothing out of the file."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


NOT_GEOJSON = "This is no GeoJSON file. In your map program, export the areas as GeoJSON and choose that file."
NO_NAMES = "The shapes have no names. Give each one a property called “name”, and export them again."
METRES = (
    "The shapes are not in longitude and latitude; they may be metres of the British grid. Export them again as"
    " WGS 84 (EPSG:4326)."
)
SWAPPED = "Longitude and latitude stand the wrong way round. Export the shapes again as GeoJSON, longitude first."
TOO_LARGE = "The shapes cover more than a county. Export only the areas where you go out."
TOO_MANY = f"There are more than {MOST_AREAS} areas in the file. Export only those where you go out."
TOO_FINE = "The shapes are drawn with more than 100,000 points. Simplify them in your map program to some metres."
TOO_BIG = "The file is larger than 5 MB. Simplify the shapes in your map program to some metres."


@dataclass(frozen=True, slots=True)
class Boundary:
    """One named area of the file. Shapes of the same name are one area."""

    name: str
    polygons: tuple[Polygon, ...]


def read_boundaries(content: bytes) -> list[Boundary]:
    """The areas of a GeoJSON file, in its order. Raises BoundaryRefused; nothing is taken from half a file."""
    if len(content) > MOST_BYTES:
        raise BoundaryRefused(TOO_BIG)
    features = _features(content)
    names = _names(features)
    found: dict[str, Boundary] = {}
    points = 0
    for number, (name, feature) in enumerate(zip(names, features, strict=True), 1):
        polygons = _polygons(feature.get("geometry"), number)
        points += sum(len(ring) for polygon in polygons for ring in polygon)
        if points > MOST_POINTS:
            raise BoundaryRefused(TOO_FINE)
        there = found.get(name.casefold(), Boundary(name, ()))
        found[name.casefold()] = Boundary(there.name, there.polygons + polygons)
    if len(found) > MOST_AREAS:
        raise BoundaryRefused(TOO_MANY)
    if sum(_km2(polygon) for each in found.values() for polygon in each.polygons) > MOST_KM2:
        raise BoundaryRefused(TOO_LARGE)
    return list(found.values())


def _features(content: bytes) -> list[dict[str, Any]]:
    try:
        told = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BoundaryRefused(NOT_GEOJSON) from None
    if isinstance(told, dict) and told.get("type") == "Feature":
        told = {"type": "FeatureCollection", "features": [told]}
    if not isinstance(told, dict) or told.get("type") != "FeatureCollection":
        raise BoundaryRefused(NOT_GEOJSON)
    features = told.get("features")
    if not isinstance(features, list) or not features or not all(isinstance(each, dict) for each in features):
        raise BoundaryRefused(NOT_GEOJSON)
    return features


def _no_number(text: str) -> float:
    raise ValueError(text)


def _names(features: Sequence[dict[str, Any]]) -> list[str]:
    """The name of each shape, by the property that all of them have and that reads most like one."""
    told = [each.get("properties") for each in features]
    if not all(isinstance(each, dict) for each in told):
        raise BoundaryRefused(NO_NAMES)
    rows: list[dict[str, str]] = [
        {key.casefold(): " ".join(value.split()) for key, value in each.items() if isinstance(value, str)}
        for each in told
        if isinstance(each, dict)
    ]
    shared = [key for key in rows[0] if all(row.get(key) for row in rows)]
    liked = [key for key in NAMED if key in shared]
    # As statistics offices write it: WD23NM, ward_name.
    liked += sorted(key for key in shared if key.endswith(("nm", "name")))
    if not liked:
        raise BoundaryRefused(NO_NAMES)
    names = [row[liked[0]] for row in rows]
    if any(len(name) > LONGEST_NAME or "\0" in name for name in names):
        raise BoundaryRefused(f"A name is longer than {LONGEST_NAME} letters. Shorten it and export the shapes again.")
    return names


def _polygons(geometry: Any, number: int) -> tuple[Polygon, ...]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    told = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        told = [told]
    elif kind != "MultiPolygon":
        raise BoundaryRefused(f"Shape {number} of the file is no area but a point or a line. Leave it out, or draw it.")
    if not isinstance(told, list) or not told:
        raise _broken(number)
    return tuple(tuple(_rings(polygon, number)) for polygon in told)


def _broken(number: int) -> BoundaryRefused:
    return BoundaryRefused(f"Shape {number} of the file is not closed or not whole. Draw it again and export it.")


def _rings(polygon: Any, number: int) -> Iterator[Ring]:
    if not isinstance(polygon, list) or not polygon:
        raise _broken(number)
    for told in polygon:
        if not isinstance(told, list):
            raise _broken(number)
        ring = tuple(_point(each, number) for each in told)
        if len(ring) < 4 or ring[0] != ring[-1] or _twice_its_area(ring) < LEAST:
            raise _broken(number)
        yield ring


def _point(told: Any, number: int) -> Point:
    """Rounded to a metre. A height after longitude and latitude is left out."""
    if not isinstance(told, list) or len(told) not in (2, 3):
        raise _broken(number)
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in told):
        raise _broken(number)
    longitude, latitude = told[0], told[1]
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise BoundaryRefused(METRES)
    if 49 <= longitude <= 61 and -9 <= latitude <= 3:  # nowhere in the United Kingdom, unless they are swapped
        raise BoundaryRefused(SWAPPED)
    return round(float(longitude), PLACES), round(float(latitude), PLACES)


def _twice_its_area(ring: Ring) -> float:
    """In square degrees."""
    return abs(math.fsum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)))


def _km2(polygon: Polygon) -> float:
    """Of the rectangle around it: enough to keep a file from asking for the hexagons of a continent."""
    east, north = [point[0] for point in polygon[0]], [point[1] for point in polygon[0]]
    middle = math.cos(math.radians((max(north) + min(north)) / 2))
    return (max(east) - min(east)) * 111.32 * middle * (max(north) - min(north)) * 110.57


def hexagons_of(polygons: Iterable[Sequence[Sequence[Sequence[float]]]]) -> tuple[str, ...]:
    """The hexagons of an area, from north to south: those whose middle lies in it; of a small one, those it touches."""
    shape = h3.geo_to_h3shape({"type": "MultiPolygon", "coordinates": list(polygons)})
    cells = h3.h3shape_to_cells(shape, RESOLUTION)
    if not cells:
        cells = h3.h3shape_to_cells_experimental(shape, RESOLUTION, contain="overlap")
    return tuple(sorted(cells, key=_from_the_north))


def _from_the_north(cell: str) -> tuple[float, float, str]:
    latitude, longitude = h3.cell_to_latlng(cell)
    return -latitude, longitude, cell


def is_hexagon(text: str) -> bool:
    """Whether it is a hexagon of just this size: one that is finer would tell more of her than may be kept."""
    return bool(HEXAGON.fullmatch(text)) and h3.is_valid_cell(text)


def outline(cell: str) -> tuple[Point, ...]:
    """The corners of a hexagon."""
    return tuple(
        (round(longitude, PLACES), round(latitude, PLACES)) for latitude, longitude in h3.cell_to_boundary(cell)
    )
