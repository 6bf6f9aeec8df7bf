"""Every rule matters: taken away or loosened one at a time, something here fails each time (P6)."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from django.db import models
from psycopg import sql

from alongside.config import postgres
from alongside.foundation.gate import permissions, rows
from alongside.foundation.gate.permissions import Permission, decide, declared
from tests.policy.below import DECISIONS, GATE, JOBS, TABLES
from tests.policy.lines import (
    ALWAYS,
    IS,
    NEVER,
    SUBJECTS,
    Database,
    differs,
    evaluator_actors,
    sealed_models,
    shown_by_the_gate,
    without_the_second_line,
)
from tests.policy.stage import Stage


def expected(permission: str) -> set[tuple[str, str]]:
    return {(who, whose) for askers, needed in DECISIONS[permission] for who in askers for whose in IS[needed]}


def allowed(permission: str) -> set[tuple[str, str]]:
    return {
        (who, whose)
        for who, actor in evaluator_actors().items()
        for whose, subject in SUBJECTS.items()
        if decide(actor, permission, subject).allowed
    }


def test_every_permission_is_in_the_table() -> None:
    assert set(DECISIONS) == set(declared())


@pytest.mark.parametrize("permission", sorted(DECISIONS))
def test_the_evaluator_says_what_the_table_says(permission: str) -> None:
    assert allowed(permission) == expected(permission)


def mutants(known: Permission) -> Iterator[tuple[str, Permission]]:
    """The permission without one of its clauses, and with one of its conditions always met or never."""
    for number, clause in enumerate(known.clauses):
        rest = known.clauses[:number] + known.clauses[number + 1 :]
        yield f"{known.name} without clause {number + 1}", replace(known, clauses=rest or ((NEVER,),))
        for place, predicate in enumerate(clause):
            for other in (ALWAYS, NEVER):
                loose = (*clause[:place], other, *clause[place + 1 :])
                clauses = (*known.clauses[:number], loose, *known.clauses[number + 1 :])
                yield f"{known.name}: {predicate.name} is {other.name} met", replace(known, clauses=clauses)


def test_no_condition_can_be_taken_away_unseen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    total, alive = 0, []
    for name, known in declared().items():
        for words, mutant in mutants(known):
            total += 1
            with monkeypatch.context() as planted:
                planted.setitem(permissions._declared, name, mutant)
                if allowed(name) == expected(name):
                    alive.append(words)
    _say(capsys, "conditions of permissions", total, alive)


def test_no_role_can_be_added_or_taken_away_unseen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each role let through, or kept out, of each permission."""
    total, alive = 0, []
    for name, known in declared().items():
        for who, actor in evaluator_actors().items():
            for let in (True, False):
                if _flipped(name, who, let) == expected(name):
                    continue  # it was so before
                total += 1
                asked = [[_for(actor, each, let) for each in clause] for clause in known.clauses]
                with monkeypatch.context() as planted:
                    clauses = tuple(tuple(clause) for clause in asked)
                    planted.setitem(permissions._declared, name, replace(known, clauses=clauses))
                    if allowed(name) == expected(name):
                        alive.append(f"{name}: {who} {'let in' if let else 'kept out'}")
    _say(capsys, "roles of permissions", total, alive)


def _flipped(name: str, who: str, let: bool) -> set[tuple[str, str]]:
    others = {pair for pair in expected(name) if pair[0] != who}
    return others | {(who, whose) for whose in SUBJECTS} if let else others


def _for(chosen: object, predicate: permissions.Predicate, let: bool) -> permissions.Predicate:
    asks = predicate.asks
    return replace(
        predicate, asks=lambda actor, subject: let if actor is chosen or actor == chosen else asks(actor, subject)
    )


# What a password and a code open: figures, and the choice for whom she acts. Everything else needs a passkey.
FIGURES = {
    "accommodation.count",
    "accommodation.see_figures",
    "accommodation.see_what_if",
    "agencies.choose",
    "commissioning.questions",
    "commissioning.review",
    "commissioning.see",
    "contacts.see_together",
    "picture.exist",
    "picture.see",
    "returns.definitions",
    "returns.open_releases",
    "returns.see",
    "returns.snapshots",
}


def allowed_by_code(permission: str, *, takes_away: bool = False) -> set[tuple[str, str]]:
    return {
        (who, whose)
        for who, actor in evaluator_actors().items()
        for whose, subject in SUBJECTS.items()
        if decide(replace(actor, by_passkey=False), permission, subject, takes_away=takes_away).allowed
    }


def expected_by_code(permission: str) -> set[tuple[str, str]]:
    """Jobs have a proof of their own."""
    return {pair for pair in expected(permission) if permission in FIGURES or pair[0] in {*JOBS, "operator"}}


@pytest.mark.parametrize("permission", sorted(DECISIONS))
def test_without_a_passkey_figures_are_open_and_nothing_else(permission: str) -> None:
    assert allowed_by_code(permission) == expected_by_code(permission)
    jobs = {pair for pair in expected(permission) if pair[0] in {*JOBS, "operator"}}
    assert allowed_by_code(permission, takes_away=True) == jobs


def test_no_permission_can_lose_its_passkey_unseen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    total, alive = 0, []
    for name, known in declared().items():
        if not any(who not in {*JOBS, "operator"} for who, _ in expected(name)):
            continue  # a job's alone
        total += 1
        with monkeypatch.context() as planted:
            planted.setitem(permissions._declared, name, replace(known, without_passkey=not known.without_passkey))
            if allowed_by_code(name) == expected_by_code(name):
                alive.append(f"{name} is {'closed' if known.without_passkey else 'open'} without a passkey")
    _say(capsys, "needs for a passkey", total, alive)


def test_no_rule_of_rows_can_be_loosened_unseen(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    total, alive = 0, []
    with without_the_second_line():
        for name, model in sealed_models().items():
            for words, rule in (
                ("everything", lambda actor: models.Q()),
                ("nothing", lambda actor: models.Q(pk__in=[])),
            ):
                total += 1
                with monkeypatch.context() as planted:
                    planted.setitem(rows._rules, model, rule)
                    if shown_by_the_gate(stage, name) == GATE[name]:
                        alive.append(f"{name} shows {words}")
    _say(capsys, "rules of rows", total, alive)


def planted(owner: psycopg.Connection) -> Iterator[tuple[str, sql.Composed]]:
    """(table, defect): each policy dropped, and each of its conditions always met where its role may ask at all."""
    found = owner.execute(
        "SELECT tablename, policyname, cmd, has_table_privilege(roles[1], tablename, 'SELECT'),"
        " has_table_privilege(roles[1], tablename, 'INSERT')"
        " FROM pg_policies WHERE policyname <> 'owner_migrates' ORDER BY tablename, policyname"
    )
    for table, policy, command, reads, adds in found.fetchall():
        on = (sql.Identifier(policy), sql.Identifier(table))
        yield table, sql.SQL("DROP POLICY {} ON {}").format(*on)
        if reads and command != "INSERT" and policy != "sealer_reads":  # it reads every row: that is what it is for
            yield table, sql.SQL("ALTER POLICY {} ON {} USING (true)").format(*on)
        if adds and command != "SELECT" and table != "trail_trailrow":  # anyone adds to the trail: it must be left
            yield table, sql.SQL("ALTER POLICY {} ON {} WITH CHECK (true)").format(*on)


def test_no_policy_of_the_database_can_be_dropped_unseen(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    total, alive = 0, []
    with postgres.address().connect() as owner:
        for table, words in planted(owner):
            total += 1
            with owner.transaction(force_rollback=True):
                owner.execute(words)
                if not differs(Database(owner, stage), table):
                    alive.append(words.as_string(owner))
    _say(capsys, "policies of the database", total, alive)


def test_a_table_without_its_guard_is_noticed(stage: Stage) -> None:
    with postgres.address().connect() as owner:
        for table in TABLES:
            with owner.transaction(force_rollback=True):
                owner.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(sql.Identifier(table)))
                assert differs(Database(owner, stage), table), table


def _say(capsys: pytest.CaptureFixture[str], what: str, total: int, alive: list[str]) -> None:
    with capsys.disabled():
        print(f"\n{what}: {total - len(alive)} of {total} planted defects found")
    assert not alive, "\n".join(alive)
