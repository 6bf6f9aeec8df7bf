"""Every route, method and persona, about everything on the stage: the answer that the hand-written table says (P1),
and in no answer a name of a woman whom the persona's agency does not know (P2).
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from alongside.foundation.gate import permissions
from alongside.foundation.gate.permissions import Permission, Predicate
from alongside.foundation.gate.routes import page
from alongside.office.pages import FIRST_WORDS
from alongside.register.agencies.codes import Role
from tests.policy.browsers import Browsers, word
from tests.policy.canary import Scanner, everyone_but, told
from tests.policy.expected import METHODS, NAMES_OF, PERSONAS, REACH, ROUTES, Page, cells, looking
from tests.policy.routes import Route, routes
from tests.world import canary

AGENCIES_WITH_NAMES = {*NAMES_OF.values(), None}
SCANNERS: dict[tuple[str, str] | None, Scanner] = {}
SEEN: dict[tuple[str, str] | None, set[int]] = {holder: set() for holder in AGENCIES_WITH_NAMES}


def scanner(holder: tuple[str, str] | None) -> Scanner:
    if holder not in SCANNERS:
        SCANNERS[holder] = everyone_but(holder)
    return SCANNERS[holder]


def ask(browsers: Browsers, route: Route, persona: str, method: str, target: str) -> Any:
    rule = ROUTES[route.name]
    values = browsers.stage.about(rule.about, target)
    data = {name: filled(browsers, value) for name, value in rule.data.items()} if method == "POST" else {}
    return browsers.ask(persona, method, route.address(*values), data)


def filled(browsers: Browsers, value: str) -> str:
    """`membership:van's` stands for the id of that thing on the stage."""
    kind, _, name = value.partition(":")
    return str(browsers.stage.targets[kind][name]) if name else value


def wrong(browsers: Browsers, route: Route, chosen: Callable[[str, str, str], bool] = lambda *_: True) -> Iterator[str]:
    """The cells of a route whose answer is not the expected one, or holds a name."""
    for persona, method, target in cells(route.name):
        if not chosen(persona, method, target):
            continue
        answer = ask(browsers, route, persona, method, target)
        expected = ROUTES[route.name].word(persona, method, target)
        if word(answer) != expected:
            yield f"{persona} {method} {route.name} {target}: {word(answer)}, not {expected}"
        holder, all_told = NAMES_OF.get(persona), told(answer)
        if hash(all_told) not in SEEN[holder]:
            SEEN[holder].add(hash(all_told))
            if leaked := scanner(holder).found(all_told) | scanner(holder).found_in_file(answer.content):
                yield f"{persona} {method} {route.name} {target}: told {leaked}"


def test_every_route_has_its_rows() -> None:
    assert set(routes()) == set(ROUTES)


def test_the_table_speaks_of_everyone_and_everything_on_the_stage(browsers: Browsers) -> None:
    assert set(browsers.personas()) == PERSONAS
    assert {kind: set(named) for kind, named in browsers.stage.targets.items()} == {
        kind: set(named) for kind, named in REACH.items()
    }


def test_the_table_is_large(capsys: pytest.CaptureFixture[str]) -> None:
    count = sum(1 for name in ROUTES for _ in cells(name))
    with capsys.disabled():
        print(
            f"\nThe matrix has {count:,} cells: {len(ROUTES)} routes, {len(PERSONAS)} personas, {len(METHODS)} methods."
        )
    assert count >= 50_000


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_each_gets_her_answer(browsers: Browsers, name: str) -> None:
    assert list(wrong(browsers, routes()[name])) == []


# --- the same tests fail on a planted defect ---


def loosened(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    always = Predicate("always", "always", lambda actor, subject: True)
    known = permissions._declared[name]
    monkeypatch.setitem(permissions._declared, name, Permission(name, known.sentence, ((always,),)))


def test_a_loosened_permission_is_found(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    loosened(monkeypatch, "people.list")
    assert list(wrong(browsers, routes()["people:records"], lambda persona, method, _: method == "GET"))


def by_code(persona: str, method: str, target: str) -> bool:
    return persona == "by_code" and method == "GET"


def test_a_permission_that_forgot_the_passkey_is_found(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    known = permissions._declared["people.list"]
    monkeypatch.setitem(permissions._declared, "people.list", replace(known, without_passkey=True))
    assert list(wrong(browsers, routes()["people:records"], by_code))


def test_a_code_taken_for_a_passkey_is_found(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(wrong(browsers, routes()["people:record"], by_code)) == []
    monkeypatch.setattr("alongside.register.agencies.acting.proved_passkey", lambda request: True)
    assert list(wrong(browsers, routes()["people:record"], by_code))


def test_a_file_that_opens_with_its_screen_is_found(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    route = routes()["accommodation:figures-csv"]
    monkeypatch.setattr(route.pattern, "callback", page("accommodation.see_figures")(inspect.unwrap(route.view)))
    assert list(wrong(browsers, route, by_code))


def test_a_page_that_lost_its_permission_is_found(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    route = routes()["who-looked"]
    bare = route.view.__wrapped__
    bare.permission = route.view.permission
    monkeypatch.setattr(route.pattern, "callback", bare)
    assert list(wrong(browsers, route, lambda persona, method, _: method == "POST"))


def test_a_route_nobody_declared_is_refused(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    route = routes()["people:new"]
    monkeypatch.setattr(route.pattern, "callback", lambda request: pytest.fail("the view ran"))
    assert word(browsers.ask("key_worker", "GET", route.address())) == "forbidden"


def test_a_name_in_an_answer_is_found(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = canary("riverside", "van", 1, "name")
    monkeypatch.setitem(FIRST_WORDS, Role.HOSTEL_WORKER, f"Look after {shown.upper()} tonight")
    told_to_her = list(wrong(browsers, routes()["home"], lambda persona, method, _: persona == "hostel_worker"))
    assert any(shown in each for each in told_to_her)


# Pages whose query or action asks for a right of its own: without the page's permission the answer is the same.
GUARDED_TWICE = {
    "accommodation:accept",
    "accommodation:api-stays",
    "accommodation:ask",
    "accommodation:end-feed",
    "accommodation:figures",
    "accommodation:figures-csv",
    "accommodation:make-feed",
    "close-account",
    "commissioning:add-target",
    "commissioning:areas",
    "commissioning:areas-pdf",
    "commissioning:ask",
    "commissioning:blank",
    "commissioning:earlier",
    "commissioning:earlier-one",
    "commissioning:fill",
    "commissioning:hand-in",
    "commissioning:plan",
    "commissioning:plan-pdf",
    "commissioning:plans",
    "commissioning:question",
    "commissioning:questions",
    "commissioning:release-pdf",
    "commissioning:return-pdf",
    "commissioning:review",
    "commissioning:review-pdf",
    "contacts:begin",
    "contacts:begin-now",
    "contacts:coverage",
    "contacts:end-feed",
    "contacts:make-feed",
    "contacts:map",
    "contacts:note",
    "contacts:note-draft",
    "contacts:notices",
    "contacts:quick",
    "contacts:rota",
    "contacts:saw",
    "contacts:sessions",
    "contacts:sheet",
    "contacts:shift",
    "contacts:together",
    "contacts:tonight",
    "contacts:training",
    "directory:card",
    "directory:close",
    "directory:open",
    "directory:place",
    "end-role",
    "installation",
    "leaving-stay",
    "lost-passkey",
    "own-sign-in-change",
    "people:compare",
    "people:comparing",
    "people:conflict",
    "people:decisions",
    "people:forum-end",
    "people:forum-people",
    "people:forum-print",
    "people:leads",
    "people:reason",
    "people:records",
    "people:review",
    "people:shared",
    "people:shared-list",
    "phone:held",
    "phone:list",
    "phone:phones",
    "programs:keys",
    "referrals:across",
    "referrals:api-one",
    "referrals:csv",
    "referrals:index",
    "referrals:paper",
    "referrals:referral",
    "returns:csv",
    "returns:definitions",
    "returns:index",
    "returns:make",
    "returns:release",
    "returns:release-csv",
    "returns:release-metadata",
    "returns:releases",
    "returns:return",
    "returns:snapshots",
    "returns:xlsx",
    "rights:breaches",
    "rights:desk",
    "rights:disclosures",
    "rights:hers",
    "rights:looks",
    "rights:outside",
    "rights:schedule",
    "supplies:shelves",
    "to-mend",
    "traces:keep",
    "traces:seals",
    "traces:unusual",
    "who-looked",
}


def test_no_page_loses_its_permission_unseen(
    browsers: Browsers, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    alive, gated = set(), 0
    for name, route in routes().items():
        rule = ROUTES[name]
        if not isinstance(rule, Page):
            continue
        gated += 1
        bare = inspect.unwrap(route.view)
        monkeypatch.setattr(bare, "permission", route.view.permission, raising=False)
        with monkeypatch.context() as planted:
            planted.setattr(route.pattern, "callback", bare)
            outside = {"commissioner", "dp_lead", "no_membership"} - rule.who or {"nobody"}
            first = next(iter(REACH[rule.about]), "") if rule.about else ""
            seen = wrong(browsers, route, lambda p, m, t: p in outside and m in looking(rule) and t == first)  # noqa: B023
            if not list(seen):
                alive.add(name)
    with capsys.disabled():
        print(f"\npages without their permission: {gated - len(alive)} of {gated} found; asked twice: {sorted(alive)}")
    assert sorted(alive) == sorted(GUARDED_TWICE)
