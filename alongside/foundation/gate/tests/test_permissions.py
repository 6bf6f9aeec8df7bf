import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.gate import permissions
from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.permissions import (
    Predicate,
    Subject,
    decide,
    holds,
    is_job,
    permit,
    same_agency,
    same_partnership,
    signed_in,
)

YES = Predicate("yes", "always", lambda actor, subject: True)
NO = Predicate("no", "never", lambda actor, subject: False)
UNKNOWN = Predicate("unknown", "can't tell", lambda actor, subject: None)
A, B = uuid.UUID(int=1), uuid.UUID(int=2)
WORKER = Actor(partnership=A, agency=A, user=B, roles=frozenset({"key_worker"}), reach="agency", by_passkey=True)


@pytest.fixture
def declare(monkeypatch):
    monkeypatch.setattr(permissions, "_declared", {})
    return permit


def test_what_nobody_declared_is_denied(declare):
    assert not decide(WORKER, "room.anything").allowed


@given(st.lists(st.lists(st.sampled_from([YES, NO, UNKNOWN]), min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_clause_all_of_its_predicates_unknown_is_no(clauses):
    permissions._declared.pop("test.clauses", None)
    permit("test.clauses", "For this test.", *(tuple(clause) for clause in clauses))
    expected = any(all(predicate is YES for predicate in clause) for clause in clauses)
    assert decide(NOBODY, "test.clauses").allowed is expected
    permissions._declared.pop("test.clauses")


def test_the_verdict_names_the_rule(declare):
    declare("room.open", "Sentence.", (NO,), (YES, signed_in))
    assert decide(WORKER, "room.open").rule == "room.open: yes + signed in"
    assert decide(NOBODY, "room.open").rule == "room.open: no clause holds"


def test_a_permission_is_declared_once_and_never_empty(declare):
    declare("room.open", "Sentence.", (YES,))
    with pytest.raises(ValueError, match="twice"):
        declare("room.open", "Another.", (YES,))
    for clauses in ((), ((),), ((YES,), ())):
        with pytest.raises(ValueError, match="at least one predicate"):
            declare("room.other", "Sentence.", *clauses)


@pytest.mark.parametrize(
    ("predicate", "subject", "expected"),
    [
        (same_agency, Subject(agency=A), True),
        (same_agency, Subject(agency=B), False),
        (same_agency, Subject(), None),
        (same_partnership, Subject(partnership=A), True),
        (same_partnership, Subject(partnership=B), False),
        (same_partnership, Subject(), None),
        (holds("key_worker", "manager"), Subject(), True),
        (holds("manager"), Subject(), False),
        (is_job("linkage"), Subject(), False),
        (signed_in, Subject(), True),
    ],
)
def test_predicates(predicate, subject, expected):
    assert predicate.asks(WORKER, subject) is expected


def test_nobody_is_an_actor_who_may_nothing():
    assert not NOBODY.is_signed_in
    assert NOBODY.reach == "nothing"


def test_an_actor_without_agency_is_not_of_the_agency_none():
    assert same_agency.asks(Actor(user=A), Subject(agency=None)) is None


def test_a_user_is_not_a_job():
    with pytest.raises(ValueError, match="not both"):
        Actor(user=A, job="linkage")
