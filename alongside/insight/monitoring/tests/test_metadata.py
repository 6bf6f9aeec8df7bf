"""The CSV on the Web metadata of a release, held against the file that it describes (W3C tabular metadata, 2015)."""

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest

from alongside.insight.monitoring.tests.test_releases import _own_folders, give, prepared, signed_in, world
from tests.world import World

__all__ = ["_own_folders", "world"]
pytestmark = pytest.mark.django_db
OF_A_TABLE = {"@context", "url", "dialect", "tableSchema", "@type", "@id", "notes", "suppressOutput"}
OF_A_COLUMN = {"name", "titles", "datatype", "null", "required", "virtual", "lang"}
NAME = re.compile(r"^[A-Za-z][A-Za-z0-9_]*$")
READ = {"string": str, "integer": int, "date": date.fromisoformat}


def faults(described: dict[str, Any], content: bytes) -> list[str]:
    """What of the metadata is none, or is not true of the file."""
    found = [f"{key} is no property" for key in described if key not in OF_A_TABLE and not key.startswith("dc:")]
    if described["@context"][0] != "http://www.w3.org/ns/csvw":
        found.append("not of CSV on the Web")
    dialect, columns = described["dialect"], described["tableSchema"]["columns"]
    rows = list(csv.reader(io.StringIO(content.decode(dialect["encoding"])), delimiter=dialect["delimiter"]))
    heading, body = (rows[0], rows[1:]) if dialect["header"] else ([], rows)
    if heading != [each["titles"] for each in columns]:
        found.append("other headings")
    for each in columns:
        found += [f"{key} is no property" for key in each if key not in OF_A_COLUMN and not key.startswith("dc:")]
        found += [] if NAME.match(each["name"]) else [f"{each['name']} is no name"]
        found += [] if each["datatype"] in READ else [f"{each['datatype']} is no type"]
    found += [] if len({each["name"] for each in columns}) == len(columns) else ["a name twice"]
    for row in body:
        if len(row) != len(columns):
            found.append("a row of another length")
        for cell, each in zip(row, columns, strict=False):
            try:
                _ = cell == each["null"] or READ[each["datatype"]](cell)
            except (ValueError, KeyError):
                found.append(f"{each['name']}: “{cell}” is no {each['datatype']}")
    return found


@pytest.fixture
def told(world: World) -> tuple[dict[str, Any], bytes, str]:
    """Metadata, the file, and the name that the file is downloaded by."""
    release = prepared(world)
    give(world, release)
    client = signed_in(world, "commissioner")
    answer = client.get(f"/returns/releases/{release}/csv/")
    described = json.loads(client.get(f"/returns/releases/{release}/metadata/").content)
    return described, answer.content, answer["Content-Disposition"]


def test_it_describes_its_file(told: tuple[dict[str, Any], bytes, str]) -> None:
    described, content, name = told
    assert faults(described, content) == []
    assert f'"{described["url"]}"' in name
    assert len(content.splitlines()) == 24, "a heading and 23 figures"
    since, until = described["dc:temporal"].split("/")
    assert since <= until


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda table: table["tableSchema"]["columns"].reverse(), "other headings"),
        (lambda table: table["tableSchema"]["columns"][0].update(datatype="date"), "is no date"),
        (lambda table: table["tableSchema"]["columns"][0].update(datatype="words"), "is no type"),
        (lambda table: table["tableSchema"]["columns"][0].update(name="a b"), "is no name"),
        (lambda table: table["tableSchema"]["columns"].pop(), "another length"),
        (lambda table: table.update(colour="red"), "is no property"),
        (lambda table: table["dialect"].update(delimiter=";"), "other headings"),
    ],
)
def test_what_would_not_fit_is_found(told: tuple[dict[str, Any], bytes, str], change: Any, fault: str) -> None:
    described, content, _ = told
    change(described)
    assert any(fault in each for each in faults(described, content))
