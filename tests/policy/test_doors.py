"""The four doors and the second line, each with the planted defect that must make its test fail."""

import uuid

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from alongside.config import installation, postgres
from alongside.config.tables import sealed_tables
from alongside.foundation.gate import rows
from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.changes import action, load
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.gate.rows import OutsideAction, Sealed, writing
from alongside.foundation.trail.models import TrailRow
from alongside.foundation.vault.seal import SealBroken
from alongside.register.people import queries
from alongside.register.people.models import Grouping, Identity, Person, Record
from tests.world import as_persona, build

pytestmark = pytest.mark.django_db


class TestRows:
    @pytest.mark.parametrize(
        "ask",
        [
            list,
            len,
            bool,
            lambda q: q.count(),
            lambda q: q.exists(),
            lambda q: q.first(),
            lambda q: q.get(),
            lambda q: list(q.iterator()),
            lambda q: list(q.values("id")),
            lambda q: q.aggregate(n=rows.models.Count("pk")),
            lambda q: list(q.filter(pk=None)),
            lambda q: q.in_bulk(),
            lambda q: q.explain(),
            lambda q: q.contains(Record()),
        ],
    )
    def test_no_question_without_an_actor(self, ask):
        with pytest.raises(Sealed):
            ask(Record.objects.all())

    def test_relations_are_sealed_too(self, world):
        with as_persona(world, "key_worker") as actor:
            record = Record.objects.visible_to(actor).first()
            with pytest.raises(Sealed):
                list(record.identities.all())
            identity = Identity.objects.visible_to(actor).first()
            with pytest.raises(Sealed):
                _ = identity.record

    def test_unscoped_says_why(self):
        with pytest.raises(ValueError, match="why"):
            Record.objects.unscoped("")

    def test_a_model_without_a_rule_shows_nothing(self, world, monkeypatch):
        monkeypatch.setattr(rows, "_rules", {})
        with as_persona(world, "key_worker") as actor:
            assert Record.objects.visible_to(actor).count() == 0

    def test_each_persona_sees_her_own_agency_or_nothing(self, world):
        seen = {}
        for persona in world.memberships:
            actor = world.actor(persona)
            with acting_as(actor):
                if actor.reach == "counter":
                    continue
                seen[persona] = Record.objects.visible_to(actor).count()
        assert seen == {
            "outreach_worker": 8,
            "key_worker": 8,
            "manager": 8,
            "dp_lead": 0,
            "hostel_worker": 4,
            "coordinator": 15,
        }


class TestChanges:
    def test_no_write_outside_an_action(self, world):
        with as_persona(world, "key_worker") as actor:
            record = Record.objects.visible_to(actor).first()
            for write in (
                record.save,
                record.delete,
                lambda: Record.objects.visible_to(actor).update(code="x"),
                lambda: Record.objects.visible_to(actor).delete(),
                lambda: Record.objects.bulk_create([record]),
                lambda: Record.objects.visible_to(actor).bulk_update([record], ["code"]),
                lambda: Record.objects.create(code="x"),
            ):
                with pytest.raises(OutsideAction):
                    write()

    def test_a_subject_out_of_reach_is_not_found(self, world):
        with as_persona(world, "hostel_worker") as actor:
            for pk in (world.records["van", 1], uuid.uuid4()):
                with pytest.raises(NotFound):
                    load(actor, Record, pk)

    def test_a_denied_action_changes_nothing_and_is_kept(self, world):
        ran = []

        @action("people.take_in")
        def anything(actor):
            ran.append(actor)

        with as_persona(world, "key_worker") as actor, pytest.raises(Denied):
            anything(actor)
        assert not ran
        row = TrailRow.objects.using("default").none()
        with as_persona(world, "dp_lead") as lead:
            row = TrailRow.objects.filter(allowed=False, permission="people.take_in").get()
            assert row.agency_id == lead.agency
            assert row.user_id == world.workers["key_worker"].id

    def test_an_error_undoes_the_action_whole(self, world):
        @action("people.record")
        def half(actor):
            Person.objects.bulk_create([Person(partnership_id=actor.partnership)])
            raise RuntimeError

        with as_persona(world, "key_worker") as actor, pytest.raises(RuntimeError):
            half(actor)
        assert not writing.get()
        with acting_as(world.job("linkage", reach="linker")) as _:
            assert Person.objects.unscoped("test").filter(partnership=world.partnership).count() == 15


class TestNames:
    def test_the_holder_reads_them_and_leaves_a_trail(self, world):
        record = world.records["van", 2]
        with as_persona(world, "key_worker") as actor:
            opened = queries.names(actor, [record])
        assert opened[record].names[0].endswith("namexv")
        with as_persona(world, "dp_lead"):
            row = TrailRow.objects.filter(permission="people.read_names").order_by("-id").first()
        assert (row.allowed, row.subjects, row.field_groups) == (True, [record], ["identity"])

    @pytest.mark.parametrize("persona", ["hostel_worker", "dp_lead"])
    def test_others_get_what_they_get_of_a_stranger(self, world, persona):
        with as_persona(world, persona) as actor:
            known = queries.names(actor, [world.records["van", 1]])
            stranger = queries.names(actor, [uuid.uuid4()])
        assert known == stranger == {}

    @pytest.mark.parametrize("persona", ["coordinator", "commissioner", "contributor", "system_admin"])
    def test_some_database_roles_can_not_even_ask(self, world, persona):
        with pytest.raises(ProgrammingError, match="permission denied"), as_persona(world, persona):
            list(Identity.objects.unscoped("a planted defect: the gate is gone").values("names"))

    def test_a_field_moved_to_another_row_does_not_open(self, world):
        with as_persona(world, "key_worker") as actor:
            one, other = Identity.objects.visible_to(actor).filter(is_current=True).order_by("id")[:2]
            token = writing.set("test")
            Identity.objects.visible_to(actor).filter(pk=other.pk).update(names=one.names)
            writing.reset(token)
            with pytest.raises(SealBroken):
                queries.names(actor, [other.record_id])


class TestSecondLine:
    """Row-level security alone, as if the gate allowed everything (P4)."""

    def test_outside_a_request_there_is_nothing(self, world):
        with acting_as(NOBODY):
            assert Record.objects.unscoped("test").count() == 0
            assert Identity.objects.unscoped("test").count() == 0

    @pytest.mark.parametrize(("persona", "expected"), [("key_worker", 8), ("hostel_worker", 4)])
    def test_an_agency_sees_its_own_rows(self, world, persona, expected):
        with as_persona(world, persona) as actor:
            rows_seen = Identity.objects.unscoped("a planted defect: the gate is gone")
            assert rows_seen.count() == expected
            assert set(rows_seen.values_list("agency_id", flat=True)) == {actor.agency}

    def test_another_partnership_does_not_exist(self, world):
        other = build("lakeside")
        for reach in ("coordinator", "linker"):
            job = Actor(partnership=other.partnership.id, job="linkage", reach=reach)
            with acting_as(job):
                assert set(Record.objects.unscoped("test").values_list("partnership_id", flat=True)) == {
                    other.partnership.id
                }

    def test_an_agency_can_not_read_who_is_grouped_with_whom(self, world):
        with pytest.raises(ProgrammingError, match="permission denied"), as_persona(world, "key_worker"):
            Grouping.objects.unscoped("test").count()

    def test_another_agencys_row_can_not_be_changed_or_added(self, world):
        token = writing.set("test")
        try:
            with as_persona(world, "hostel_worker"):
                theirs = Record.objects.unscoped("test").filter(pk=world.records["van", 1])
                assert theirs.update(code="stolen") == 0
                with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                    Record.objects.create(
                        partnership=world.partnership, agency=world.agencies["van"], code="NV-PLANTED"
                    )
        finally:
            writing.reset(token)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE trail_trailrow SET allowed = true",
            "DELETE FROM trail_trailrow",
            "UPDATE people_decision SET reason = ''",
            "DELETE FROM people_decision",
            "DELETE FROM people_record",
            "TRUNCATE trail_trailrow",
        ],
    )
    def test_the_trail_and_decisions_can_not_be_changed(self, world, statement):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, as_persona(world, "key_worker"), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_every_sealed_table_is_protected(self):
        assert len(sealed_tables()) >= 10
        assert installation.problems() == []

    def test_an_unprotected_table_is_noticed(self, monkeypatch):
        monkeypatch.setattr("alongside.config.tables.sealed_tables", lambda: {"agencies_agency"})
        assert any("agencies_agency" in each for each in installation.problems())

    def test_a_server_that_runs_kept_plans_under_old_policies_is_refused(self):
        assert [installation.unpatched(version) for version in (150009, 160010, 170001, 180000)] == [[]] * 4
        assert all(installation.unpatched(version) for version in (130017, 140013, 150008, 160004, 170000))

    @pytest.mark.django_db(databases=["default", "owner"])
    def test_start_is_refused_to_a_role_that_could_bypass_it(self):
        words = " ".join(installation.problems("owner"))
        assert "could bypass" in words
        assert "must own nothing" in words

    def test_the_app_role_is_not_a_superuser_and_owns_nothing(self):
        at = postgres.address()
        with (
            psycopg.connect(
                host=at.host, port=at.port, dbname=at.name, user=postgres.APP, password=postgres.app_password()
            ) as app,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            app.execute("ALTER TABLE people_record DISABLE ROW LEVEL SECURITY")
