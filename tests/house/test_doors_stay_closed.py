"""What the source may not contain: ways round the gate, ways out for a name, ways to look away."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = sorted(p for p in (ROOT / "alongside").rglob("*.py") if not {"migrations", "tests"} & set(p.parts))
# Files that may speak SQL themselves, each with its reason.
MAY_USE_A_CURSOR = {
    "foundation/gate/level.py": "tells PostgreSQL who acts",
    "foundation/gate/changes.py": "takes the advisory lock of a row",
    "foundation/gate/turns.py": "takes the advisory lock of long work",
    "foundation/gate/bulk.py": "adds many rows at once, inside an action and under row-level security",
    "foundation/trail/writing.py": "adds a row that may not be read back",
    "foundation/trail/sealing.py": "reads the whole trail, as the sealer's own database role, outside any request",
    "config/installation.py": "asks PostgreSQL whether it is safe",
}
ROUND_THE_GATE = re.compile(
    r"\.cursor\(|\.raw\(|RawSQL|\.extra\(|_base_manager|connection\.execute|psycopg\.\w*Cursor\("
)
MARKED_SAFE = re.compile(r"mark_safe|SafeString|\|\s*safe\b|autoescape\s*=\s*False")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT / "alongside"))


def test_nobody_goes_round_the_gate():
    found = {named(p) for p in PRODUCT if ROUND_THE_GATE.search(p.read_text())} - {"config/postgres.py"}
    listed = {*MAY_USE_A_CURSOR, *LISTED_BY_ROOMS}
    assert found - listed == set(), "a way round the gate without a reason"
    assert listed - found == set(), "a file on the list no longer needs to be there"


# Files of rooms that match, each with its reason. What is listed must still match.
LISTED_BY_ROOMS = {
    "register/traces/reaching.py": "asks functions that reach across rooms, for one record or an agency that left",
    "register/people/linkage/engine.py": "speaks to DuckDB in memory, never to the database of the product",
}


def test_a_way_round_would_be_found():
    assert ROUND_THE_GATE.search("with connection.cursor() as c:")
    assert ROUND_THE_GATE.search("Record._base_manager.all()")


def test_nothing_is_marked_safe_by_hand():
    templates = [*(ROOT / "alongside").rglob("*.html")]
    assert not [named(p) for p in [*PRODUCT, *templates] if MARKED_SAFE.search(p.read_text())]


def test_models_stay_behind_their_room():
    """Pages, forms, API and shells never import models; nobody imports another room's models from outside register."""
    offenders = []
    for path in PRODUCT:
        parts = path.relative_to(ROOT / "alongside").parts
        if not ({"pages", "forms", "api", "urls"} & {part.removesuffix(".py") for part in parts}):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and re.match(r"alongside\..*\.models$", node.module or ""):
                offenders.append(named(path))
    assert not [each for each in offenders if not each.startswith("foundation/kit")]


@pytest.mark.parametrize("path", PRODUCT, ids=named)
def test_no_print_of_a_value_and_no_swallowed_error(path):
    tree = ast.parse(path.read_text())
    in_cli = "cli" in str(path) or path.name in {"installation.py"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            assert in_cli, f"print at line {node.lineno}"
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            raise AssertionError(f"bare except at line {node.lineno}")
