"""The tables of ASVS 5.0 and of what was checked: every requirement stands there once, every test named exists."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([12]) \| (test|reason|not applicable|not yet) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w/.-]+\.py)::(\w+)`")
# How many requirements each chapter has at levels 1 and 2 (OWASP ASVS 5.0.0).
CHAPTERS = {
    "V1": 27, "V2": 11, "V3": 19, "V4": 10, "V5": 9, "V6": 35, "V7": 18, "V8": 7, "V9": 7, "V10": 29, "V11": 14,
    "V12": 9, "V13": 13, "V14": 9, "V15": 13, "V16": 16, "V17": 7,
}  # fmt: skip


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall((ROOT / "docs" / "asvs.md").read_text())


@cache
def named_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def there(path: str, name: str) -> bool:
    return (ROOT / path).is_file() and name in named_in(ROOT / path)


def test_every_requirement_stands_there_once() -> None:
    ids = [row[0] for row in rows()]
    assert [id for id, count in Counter(ids).items() if count > 1] == []
    assert dict(Counter(id.split(".")[0] for id in ids)) == CHAPTERS


@pytest.mark.parametrize(("id", "by"), [(id, by) for id, _, answer, by in rows() if answer == "test"])
def test_the_test_that_is_named_exists(id: str, by: str) -> None:
    named = NAMED.findall(by)
    assert named, f"{id} names no test"
    assert [f"{path}::{name}" for path, name in named if not there(path, name)] == []


def test_a_reason_is_a_sentence() -> None:
    assert [id for id, _, answer, by in rows() if answer != "test" and (len(by) < 15 or not by.endswith("."))] == []


def test_every_test_that_shows_a_claim_exists() -> None:
    """docs/confidentiality-checked.md: each claim beside its test, and the defect that was planted for it."""
    named = NAMED.findall((ROOT / "docs" / "confidentiality-checked.md").read_text())
    assert len(named) > 50
    assert [f"{path}::{name}" for path, name in named if not there(path, name)] == []


def test_a_test_that_is_not_there_would_be_found() -> None:
    assert not there("tests/policy/test_asvs.py", "test_that_nobody_wrote")
    assert not there("tests/policy/nothing_here.py", "test_the_test_that_is_named_exists")


def test_what_is_not_yet_held_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    counted = Counter(answer for _, _, answer, _ in rows())
    with capsys.disabled():
        print(f"\nASVS 5.0 levels 1 and 2: {dict(counted)}")
    assert counted["test"] > 80
