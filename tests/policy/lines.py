"""Looking at each line of defence alone: the gate without the database's rules, the rules without the gate."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.db import models
from psycopg import sql
from psycopg.types.json import Jsonb

from alongside.config import postgres
from alongside.config.tables import sealed_tables
from alongside.foundation.gate import permissions, rows
from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Permission, Predicate, Subject
from alongside.foundation.gate.rows import SealedModel
from tests.policy.below import ASKERS, DENIED, JOBS, LIKE, TABLES, WORKER, WORKERS, Below
from tests.policy.stage import Stage

ALWAYS = Predicate("always", "always", lambda actor, subject: True)
NEVER = Predicate("never", "never", lambda actor, subject: False)
Label = Callable[[Any], str]


def sealed_models() -> dict[str, type[models.Model]]:
    return {model.__name__: model for model in apps.get_models() if issubclass(model, SealedModel)}


# --- switching a line off


def open_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything allowed, every row wanted: what is still hidden, PostgreSQL hides."""
    for name, known in list(permissions._declared.items()):
        monkeypatch.setitem(permissions._declared, name, Permission(name, known.sentence, ((ALWAYS,),)))
    for model in sealed_models().values():
        monkeypatch.setitem(rows._rules, model, lambda actor: models.Q())


@contextmanager
def without_the_second_line() -> Iterator[None]:
    """Row-level security off, and every role may read every table: what is still hidden, the gate hides."""
    with postgres.address().connect() as owner:
        before, columns = _grants(owner), _column_grants(owner)
        try:
            for table in sealed_tables():
                owner.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(sql.Identifier(table)))
                for role in {role for role, _, _ in ASKERS.values()}:
                    owner.execute(_grant("GRANT SELECT, INSERT ON {} TO {}", table, role))
            yield
        finally:
            for table in sealed_tables():
                owner.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(sql.Identifier(table)))
                for role in {role for role, _, _ in ASKERS.values()}:
                    for right in {"SELECT", "INSERT"} - before.get((table, role), set()):
                        owner.execute(_grant(f"REVOKE {right} ON {{}} FROM {{}}", table, role))
                    # Taking back a right to the table takes those to its columns too.
                    if "SELECT" not in before.get((table, role), set()) and (held := columns.get((table, role))):
                        named = sql.SQL(", ").join(map(sql.Identifier, sorted(held)))
                        words = sql.SQL("GRANT SELECT ({}) ON {} TO {}")
                        owner.execute(words.format(named, sql.Identifier(table), sql.Identifier(role)))


def _grant(words: str, table: str, role: str) -> sql.Composed:
    return sql.SQL(words).format(sql.Identifier(table), sql.Identifier(role))


def _grants(owner: psycopg.Connection) -> dict[tuple[str, str], set[str]]:
    held: dict[tuple[str, str], set[str]] = {}
    for table, role, right in owner.execute(
        "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants"
    ).fetchall():
        held.setdefault((table, role), set()).add(right)
    return held


def _column_grants(owner: psycopg.Connection) -> dict[tuple[str, str], set[str]]:
    """(table, role) -> the columns that the role may read."""
    held: dict[tuple[str, str], set[str]] = {}
    for table, role, column in owner.execute(
        "SELECT table_name, grantee, column_name FROM information_schema.role_column_grants"
        " WHERE privilege_type = 'SELECT'"
    ).fetchall():
        held.setdefault((table, role), set()).add(column)
    return held


# --- whose a row is, in words


def labels(stage: Stage) -> dict[UUID, str]:
    found = {}
    for world in (stage.riverside, stage.lakeside):
        found[world.partnership.id] = world.partnership.slug
        found |= {agency.id: f"{world.partnership.slug} {slug}" for slug, agency in world.agencies.items()}
    return found


def owner_of(names: dict[UUID, str], ids: tuple[Any, ...], steady: bool) -> str:
    told = [each if isinstance(each, str) else names.get(each, "-") for each in ids]
    return "/".join(told if steady else sorted(told))


# --- the gate alone


def gate_actors(stage: Stage) -> dict[str, Actor]:
    """Everyone whom GATE speaks of, and some of whom it says nothing because they see nothing."""
    people = (
        "key_worker",
        "hostel_worker",
        "coordinator",
        "dp_lead",
        "commissioner",
        "contributor",
        "system_admin",
        "no_membership",
        "custody_dp_lead",
    )
    return {
        "nobody": NOBODY,
        **{persona: stage.actor(persona) for persona in people},
        "intake": stage.riverside.job("intake", "van"),
        "phone": stage.riverside.job("phone", "van"),
        "program": stage.riverside.job("program", "van"),
        "linkage": stage.riverside.job("linkage", reach="linker"),
        **{job: stage.riverside.job(job, reach="coordinator") for job in ("settlement", "counting")},
    }


OWNED_BY = {
    "Record": ("agency_id",),
    "Identity": ("agency_id",),
    "Acceptance": ("agency_id",),
    "Grant": ("agency_id",),
    "Exclusion": ("agency_id",),
    "Handout": ("agency_id",),
    "Standing": ("agency_id",),
    "ReadReason": ("agency_id",),
    "Matter": ("agency_id",),
    "Lead": ("agency_id",),
    "RecallDone": ("agency_id",),
    "CaseworkLink": ("agency_a_id", "agency_b_id"),
    "Pair": ("agency_a_id", "agency_b_id"),
    "Item": ("agency_id",),
    "Decision": ("agency_a_id", "agency_b_id"),
    "Person": ("partnership_id",),
    "Grouping": ("partnership_id",),
    "LinkageRun": ("partnership_id",),
    "HandedIn": ("agency_id",),
    "RememberedMapping": ("agency_id",),
    "FilePart": ("agency_id", "handed_in__state"),
    "StagedRow": ("agency_id", "handed_in__state"),
    **dict.fromkeys(
        "Contact UnnamedContact LookOut Shift OnShift Training DropInSession Notice StockPlace StockMove SafeContact"
        " Note NoteDraft ProgramKey OpenPlace Route".split(),
        ("agency_id",),
    ),
    **dict.fromkeys("Unit Bed BedUse Away Blocked MoveTask Waiting WaitingEvent ListOrder".split(), ("agency_id",)),
    "WhatIf": ("partnership_id",),
    "Area": ("partnership_id",),
    "Device": ("agency_id",),
    "Envelope": ("agency_id",),
    **dict.fromkeys(
        "OutsideRequest Disclosure HerRequest LegalHold RetentionRule KeptOn Breach".split(), ("agency_id",)
    ),
    "EmergencyLook": ("agency_id", "holder_id"),
    **dict.fromkeys(
        "Referral Arrival CountedReferral ReferralStep OpenReferral Package".split(), ("agency_id", "answering_id")
    ),
    **dict.fromkeys("OpenedRecord Learnt TurnedAway HealthAnswer CourtAnswer LifeAnswer".split(), ("agency_id",)),
    "Picture": ("partnership_id",),
    **dict.fromkeys(("Snapshot", "Release", "Given", "Preparation"), ("partnership_id",)),
    "Return": ("agency_id",),
    "ReturnWoman": ("agency_id",),
    "OutsidePicture": ("partnership_id",),
    **dict.fromkeys("Plan Target Answer OldReturn".split(), ("agency_id",)),
    **dict.fromkeys(("Question", "Passage", "AreaFigure"), ("partnership_id",)),
}


def shown_by_the_gate(stage: Stage, name: str) -> dict[str, set[str]]:
    """asker -> owners of the rows of this model that `visible_to` gives. To be asked without the second line."""
    names, model, found = labels(stage), sealed_models()[name], {}
    for asker, actor in gate_actors(stage).items():
        with acting_as(actor):
            seen = model.objects.visible_to(actor).values_list(*OWNED_BY[name])  # type: ignore[attr-defined]
            if whose := {owner_of(names, row, steady=False) for row in seen}:
                found[asker] = whose
    return found


# --- the database alone


STEADY = {"held_by_id", "partnership_id"}  # the first of columns that are read in their order


class Database:
    """Questions to PostgreSQL in one transaction of its owner, as each asker; nothing is kept."""

    def __init__(self, owner: psycopg.Connection, stage: Stage) -> None:
        self.owner, self.names = owner, labels(stage)
        self.ids = {name: id for id, name in self.names.items()}
        self.stage = stage

    def ask(self, table: str, asker: str) -> tuple[set[str] | str, str]:
        """(whose rows she sees, whose rows she may add)"""
        rows = self._rows(table)
        with self._as(asker):
            sees = self._sees(table)
            adds = self._adds(table, asker, rows)
        return sees, adds

    @contextmanager
    def _as(self, asker: str) -> Iterator[None]:
        role, partnership, agency = ASKERS[asker]
        held = f"{partnership} {agency}" if agency else ""
        with self.owner.transaction(force_rollback=True):
            self.owner.execute(
                "SELECT set_config('app.partnership', %s, true), set_config('app.agency', %s, true),"
                " set_config('app.user', %s, true), set_config('role', %s, true)",
                [str(self.ids.get(partnership, "")), str(self.ids.get(held, "")), self._worker(asker), role],
            )
            yield

    def _worker(self, asker: str) -> str:
        return str(self.stage.who[WORKER[asker]][0].id) if asker in WORKER else ""

    def _sees(self, table: str) -> set[str] | str:
        own = TABLES[table].own
        columns = sql.SQL(", ").join(map(sql.Identifier, own))
        try:
            with self.owner.transaction():
                query = sql.SQL("SELECT DISTINCT {} FROM {}").format(columns, sql.Identifier(table))
                seen = self.owner.execute(query).fetchall()
        except psycopg.errors.InsufficientPrivilege:
            return DENIED
        return {owner_of(self.names, row, own[0] in STEADY) for row in seen}

    def _rows(self, table: str) -> list[tuple[str, dict[str, Any]]]:
        """Every row with its owner, as PostgreSQL would take it."""
        rows = self.owner.execute(sql.SQL("SELECT to_jsonb(t) FROM {} t").format(sql.Identifier(table))).fetchall()
        own = TABLES[table].own
        found = []
        for (row,) in rows:
            ids = tuple(UUID(row[column]) if row[column] else None for column in own)
            found.append((owner_of(self.names, ids, own[0] in STEADY), row))
        return found

    def _adds(self, table: str, asker: str, rows: list[tuple[str, dict[str, Any]]]) -> str:
        named = asker if asker in TABLES[table].adds else LIKE.get(asker, asker)
        mine = [row for whose, row in rows if self._is_hers(table, whose, named)][-5:]
        foreign = self._foreign(rows[0][1])
        if self._takes(table, foreign) or (mine and asker in ("van", "house") and self._takes_half(table, mine[0])):
            return "any"
        return "own" if any(self._takes(table, row) for row in mine) else "none"

    def _is_hers(self, table: str, whose: str, asker: str) -> bool:
        _, partnership, agency = ASKERS[asker]
        by_agency = agency and TABLES[table].own != ("partnership_id",)
        if not by_agency:
            return bool(partnership) and partnership in whose
        return set(whose.split("/")) - {partnership} <= {f"{partnership} {agency}"}

    def _foreign(self, row: dict[str, Any]) -> dict[str, Any]:
        """The same row as if the other partnership's van held it."""
        swap = {
            "partnership_id": "lakeside",
            "agency_id": "lakeside van",
            "agency_a_id": "lakeside van",
            "agency_b_id": "lakeside van",
            "answering_id": "lakeside van",
            "held_by_id": "lakeside van",
        }
        return {**row, **{column: str(self.ids[name]) for column, name in swap.items() if column in row}}

    def _takes_half(self, table: str, row: dict[str, Any]) -> bool:
        if "agency_b_id" not in row:
            return False
        return any(
            self._takes(table, {**row, side: str(self.ids["lakeside van"])}) for side in ("agency_a_id", "agency_b_id")
        )

    def _takes(self, table: str, row: dict[str, Any]) -> bool:
        """Whether row-level security lets it through: that the row is there already is told only afterwards."""
        put = sql.SQL("INSERT INTO {0} SELECT * FROM jsonb_populate_record(NULL::{0}, %s)").format(
            sql.Identifier(table)
        )
        try:
            with self.owner.transaction(force_rollback=True):
                self.owner.execute(put, [Jsonb(row)])
        except psycopg.errors.InsufficientPrivilege:
            return False
        except psycopg.errors.IntegrityError:
            return True
        return True


def differs(below: Database, table: str) -> list[str]:
    """Where PostgreSQL does not do what the table says."""
    expected: Below = TABLES[table]
    found = []
    for asker in ASKERS:
        sees, adds = below.ask(table, asker)
        if (sees, adds) != expected.expected(asker):
            found.append(f"{table}, {asker}: sees {sees}, adds {adds}")
    return found


# --- the evaluator


def evaluator_actors() -> dict[str, Actor]:
    home, agency, someone = UUID(int=1), UUID(int=2), UUID(int=3)
    held = {
        role: Actor(home, agency, someone, roles=frozenset({role}), reach="agency", by_passkey=True) for role in WORKERS
    }
    jobs = {job: Actor(home, agency, job=job, reach="agency") for job in (*JOBS, "operator")}
    return {**held, **jobs, "no agency": Actor(user=someone, by_passkey=True), "nobody": NOBODY}


SUBJECTS = {
    "nothing": Subject(),
    "own agency": Subject("Record", UUID(int=9), UUID(int=1), UUID(int=2)),
    "other agency": Subject("Record", UUID(int=9), UUID(int=1), UUID(int=5)),
    "own partnership": Subject("Pair", UUID(int=9), UUID(int=1), None),
    "other partnership": Subject("Record", UUID(int=9), UUID(int=6), UUID(int=7)),
    "agency alone": Subject("Trail", None, None, UUID(int=2)),
    "other agency alone": Subject("Trail", None, None, UUID(int=5)),
}
IS = {
    "any": set(SUBJECTS),
    "own agency": {"own agency", "agency alone"},
    "own partnership": {"own agency", "other agency", "own partnership"},
}
