"""Either line of defence alone keeps every name at home: PostgreSQL without the gate (P4), the gate without it (P5)."""

from collections.abc import Iterator

import pytest

from alongside.config import postgres
from alongside.config.tables import sealed_tables
from alongside.foundation.gate import rows
from tests.policy.below import ASKERS, GATE, LIKE, TABLES
from tests.policy.browsers import Browsers
from tests.policy.canary import Scanner, everyone_but, read_by, told
from tests.policy.expected import CASEWORKERS, NAMES_OF, REACH, ROUTES, Page
from tests.policy.lines import (
    Database,
    differs,
    open_the_gate,
    sealed_models,
    shown_by_the_gate,
    without_the_second_line,
)
from tests.policy.routes import routes
from tests.policy.stage import Stage

# One of each kind that the database or the gate tells apart.
ASKING = (
    "key_worker",
    "hostel_worker",
    "house_manager",  # she sits on a forum
    "coordinator",
    "commissioner",
    "contributor",
    "dp_lead",
    "lake_key_worker",
    "nobody",
)
# Who reaches her agency's rows in the database, whatever her role: for the database alone. Nor does it ask for the
# reason without which the gate opens nothing of a woman who died: what was agreed of her still stands there.
HOME_BELOW = {
    **NAMES_OF,
    "dp_lead": ("riverside", "van"),
    "hostel_worker": ("riverside", "house, without a reason asked"),
    "house_manager": ("riverside", "house, sits on a forum, by the database"),
}


def leaks(browsers: Browsers, persona: str, home: tuple[str, str] | None) -> Iterator[str]:
    """Names of elsewhere in whatever our pages answer this persona, whether it is meant for her or not."""
    foreign = everyone_but(home)
    for name, rule in ROUTES.items():
        if not isinstance(rule, Page):
            continue
        for target in REACH[rule.about] if rule.about else [""]:
            values = browsers.stage.about(rule.about, target)
            for method, word in (("GET", rule.get), ("POST", rule.post)):
                data = dict(rule.data) if method == "POST" else {}
                if word != "method":
                    answer = browsers.ask(persona, method, routes()[name].address(*values), data)
                    if found := foreign.found(told(answer)):
                        yield f"{persona} {method} {name} {target}: {found}"


def shows_her_own(browsers: Browsers, persona: str) -> bool:
    record = browsers.stage.targets["record"]["van's"]
    answer = browsers.ask(persona, "GET", routes()["people:record"].address(record))
    return bool(Scanner.of(read_by(NAMES_OF[persona])).found(answer.content))


@pytest.mark.parametrize("persona", ASKING)
def test_the_database_alone_keeps_names_at_home(
    browsers: Browsers, monkeypatch: pytest.MonkeyPatch, persona: str
) -> None:
    open_the_gate(monkeypatch)
    found = list(leaks(browsers, persona, HOME_BELOW.get(persona)))
    assert not found, "\n".join(found)
    assert shows_her_own(browsers, "key_worker")


def test_with_neither_line_names_would_be_seen(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    open_the_gate(monkeypatch)
    with without_the_second_line():
        assert list(leaks(browsers, "hostel_worker", NAMES_OF["hostel_worker"]))


@pytest.mark.parametrize("persona", ASKING)
def test_the_gate_alone_keeps_names_at_home(browsers: Browsers, persona: str) -> None:
    with without_the_second_line():
        assert list(leaks(browsers, persona, NAMES_OF.get(persona))) == []
        assert persona not in CASEWORKERS or persona != "key_worker" or shows_her_own(browsers, persona)


def assert_the_database_shows_as_told(stage: Stage) -> None:
    with postgres.address().connect() as owner, owner.transaction(force_rollback=True):
        found = [line for table in TABLES for line in differs(Database(owner, stage), table)]
    assert not found, "\n".join(found)


def test_the_gate_alone_shows_each_her_rows(stage: Stage) -> None:
    assert set(GATE) == set(sealed_models()), "a model about women without a line in the table"
    with without_the_second_line():
        assert {name: shown_by_the_gate(stage, name) for name in GATE} == GATE


def test_the_database_alone_shows_each_her_rows(stage: Stage) -> None:
    assert set(TABLES) == sealed_tables(), "a table about women without a line in the table of expectations"
    assert all(set(ASKERS) - set(LIKE) <= set(each.sees) & set(each.adds) for each in TABLES.values())
    assert_the_database_shows_as_told(stage)


def test_the_second_line_is_back(stage: Stage) -> None:
    with without_the_second_line():
        pass
    assert_the_database_shows_as_told(stage)
    assert rows._rules
