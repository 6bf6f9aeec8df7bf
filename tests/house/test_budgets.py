"""Size budgets: what has grown too large is split by meaning."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for path in (ROOT / "alongside").rglob("*.py") if not {"migrations", "tests"} & set(path.parts))
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50
MOST_DEPENDENCIES = 30


def functions(source: str) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((node.name, (node.end_lineno or node.lineno) - node.lineno + 1))
    return found


def test_there_is_something_to_measure():
    assert len(SOURCES) > 30


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_or_function_is_too_long(path):
    source = path.read_text()
    assert source.count("\n") <= MOST_LINES_OF_A_FILE
    too_long = {name: lines for name, lines in functions(source) if lines > MOST_LINES_OF_A_FUNCTION}
    assert not too_long


def test_a_long_function_would_be_found():
    body = "\n".join("    x = 1" for _ in range(60))
    assert functions(f"def long():\n{body}") == [("long", 61)]


def test_every_dependency_says_why():
    text = (ROOT / "pyproject.toml").read_text()
    wanted = tomllib.loads(text)["project"]["dependencies"]
    lines = text.split("dependencies = [")[1].split("\n]")[0].strip().splitlines()
    assert len(lines) == len(wanted) <= MOST_DEPENDENCIES
    assert all("#" in line and len(line.split("#")[1].strip()) > 10 for line in lines)


@pytest.mark.parametrize("room", sorted(path.parent for path in (ROOT / "alongside").glob("*/*/models.py")), ids=str)
def test_every_room_says_what_it_is(room):
    assert len((room / "README.md").read_text().splitlines()) >= 3


def test_no_vague_names():
    assert not [path for path in SOURCES if path.stem in {"utils", "helpers", "managers", "misc", "common"}]
