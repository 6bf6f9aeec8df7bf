"""Tests that watch every page: who may come in, what a GET does, what it costs, and what it says."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from jinja2 import UndefinedError

from alongside.foundation.gate.permissions import declared
from alongside.foundation.kit.environment import environment
from alongside.register.rights.about_her import told_tables
from tests.policy.browsers import Browsers, word
from tests.policy.conftest import browsers, stage  # noqa: F401  the same stage as the policy tests
from tests.policy.expected import REACH, ROUTES, Page
from tests.policy.routes import routes

ROOT = Path(__file__).parents[2]
MOST_QUERIES = 12
HER_COPY = ("rights:pack", "rights:pack-file", "rights:pack-print")
# What every request asks before its page is reached: who she is, for whom she acts, and the frame of transaction.
FRAME = re.compile(
    r"django_session|usersessions_|mfa_authenticator|agencies_worker\"\.\"password|^SELECT \"agencies_membership\""
    r"|set_config|current_setting|SAVEPOINT|^BEGIN|^ROLLBACK|^COMMIT|trail_trailrow"
)
MAY_WRITE = re.compile(r"^\s*INSERT INTO trail_trailrow|django_session|usersessions_usersession")


READ: set[tuple[str, str, str]] = set()  # pages that were asked for already, in this process


def pages() -> list[tuple[str, str, str]]:
    """(route, target, persona) of every page that can be read."""
    found = []
    for name, rule in sorted(ROUTES.items()):
        if not isinstance(rule, Page) or rule.get != "ok":
            continue
        targets = [target for target, who in REACH[rule.about].items() if who] if rule.about else [""]
        for target in targets:
            who = sorted(rule.who & REACH[rule.about][target]) if target else sorted(rule.who)
            if who and rule.word(who[0], "GET", target) == "ok":
                found.append((name, target, "key_worker" if "key_worker" in who else who[0]))
    return found


def read(browsers: Browsers, name: str, target: str, persona: str) -> tuple[Any, list[str]]:  # noqa: F811
    address = routes()[name].address(*browsers.stage.about(ROUTES[name].about, target))
    if persona not in browsers.clients:
        browsers.ask(persona, "GET", routes()["away"].address())  # signs in
    connection.queries_log.clear()  # it holds 9,000, and all pages together ask more
    with CaptureQueriesContext(connection) as asked:
        answer = browsers.ask(persona, "GET", address)
    assert word(answer) == "ok", f"{persona} {name} {target}: {word(answer)}"
    READ.add((name, target, persona))
    return answer, [each["sql"].strip() for each in asked]


# --- doors


def test_every_route_names_a_permission_or_is_on_a_list() -> None:
    listed = settings.GATE_PUBLIC_ROUTES | settings.GATE_OWN_ACCOUNT_ROUTES
    for name, route in routes().items():
        permission = getattr(route.view, "permission", None)
        assert permission in declared() or name in listed, f"{name} is open to nobody and everybody"
        assert not (permission and name in listed), f"{name} is on a list and names a permission"


def test_what_the_lists_name_is_there() -> None:
    known = {*routes(), "demo", "gallery"}  # the last two are there in a demo only
    assert known >= settings.GATE_PUBLIC_ROUTES | settings.GATE_OWN_ACCOUNT_ROUTES
    assert known >= settings.SECOND_FACTOR_SETUP_ROUTES


# --- what a GET does


@pytest.mark.parametrize(("name", "target", "persona"), pages())
def test_a_get_only_reads(browsers: Browsers, name: str, target: str, persona: str) -> None:  # noqa: F811
    _, asked = read(browsers, name, target, persona)
    written = [each for each in asked if re.match(r"INSERT|UPDATE|DELETE|TRUNCATE|ALTER|CREATE", each)]
    assert [each[:120] for each in written if not MAY_WRITE.search(each)] == []


@pytest.mark.parametrize(("name", "target", "persona"), pages())
def test_a_page_asks_little(browsers: Browsers, name: str, target: str, persona: str) -> None:  # noqa: F811
    if (name, target, persona) not in READ:
        read(browsers, name, target, persona)  # the first time fills what is remembered for a while
    _, asked = read(browsers, name, target, persona)
    own = [each[:160] for each in asked if not FRAME.search(each)]
    tables = len(told_tables()) if name in HER_COPY else 0  # her copy asks each table that holds anything of her
    assert len(own) <= MOST_QUERIES + tables, "\n".join(own)


# Lists that are turned into a mapping or a set at once: their order is never seen.
UNSEEN_ORDER: dict[str, str] = {
    "Identity": "opened into a mapping by record",
}


def test_no_list_is_in_no_order(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Rows of ours that a page reads, more than one at a time, are in an order that somebody chose."""
    unordered = {}
    fetch = QuerySet._fetch_all

    def watched(rows: Any) -> None:
        fetch(rows)
        if len(rows._result_cache) > 1 and not rows.ordered and rows.model.__module__.startswith("alongside."):
            unordered.setdefault(rows.model.__name__, str(rows.query)[:200])

    monkeypatch.setattr(QuerySet, "_fetch_all", watched)
    for name, target, persona in pages():
        read(browsers, name, target, persona)
    assert {model: asked for model, asked in unordered.items() if model not in UNSEEN_ORDER} == {}


def test_every_form_is_refused_without_its_token(browsers: Browsers) -> None:  # noqa: F811
    """Another site can't make her browser send a form."""
    browsers.ask("key_worker", "GET", "/")
    client = browsers.clients["key_worker"]
    client.handler.enforce_csrf_checks = True
    try:
        for name, rule in ROUTES.items():
            if isinstance(rule, Page) and rule.post != "method" and "key_worker" in rule.who:
                named = REACH[rule.about] if rule.about else {"": {"key_worker"}}
                target = next((t for t, who in named.items() if "key_worker" in who), next(iter(named)))
                address = routes()[name].address(*browsers.stage.about(rule.about, target))
                assert word(browsers.ask("key_worker", "POST", address, dict(rule.data))) == "forbidden", name
    finally:
        client.handler.enforce_csrf_checks = False


# --- templates and words


def test_an_undefined_name_in_a_template_fails() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing_of_this_name }}").render()


def kept_files() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    yield from (ROOT / name for name in listed if (ROOT / name).is_file())


OF_A_MACHINE = re.compile(r"(?<![\w.:/-])/(?:work|tmp|root|home/\w+|mnt|Users/\w+)/[\w.-]+")
PLAIN = {".py", ".md", ".html", ".toml", ".txt", ".yml", ".yaml", ".json", ".css", ".js", ".cfg", ".sh", ""}


def test_nothing_names_a_place_on_a_machine() -> None:
    here = Path(__file__).name
    found = {
        str(path.relative_to(ROOT)): match.group(0)
        for path in kept_files()
        if path.suffix in PLAIN and path.name != here and path.stat().st_size < 1_000_000
        if (match := OF_A_MACHINE.search(path.read_text(errors="replace")))
    }
    assert found == {}


def test_a_place_on_a_machine_would_be_found() -> None:
    assert OF_A_MACHINE.search("see " + "/work" + "/main/README.md")
    assert not OF_A_MACHINE.search("https://example.org/work/main")


def test_the_commands_of_the_readme_are_in_the_makefile() -> None:
    there = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    pages_to_read = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
    told = {word for page in pages_to_read for word in re.findall(r"`?\bmake ([a-z]+)\b`", page.read_text())}
    blocks = {
        word
        for page in pages_to_read
        for word in re.findall(r"^\s*\$? ?make ([a-z]+)\s*(?:#.*)?$", page.read_text(), re.MULTILINE)
    }
    assert told | blocks <= there
