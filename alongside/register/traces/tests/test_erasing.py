"""Erasing a record: nothing of hers opens again, in the database of now or in a copy from before (P18)."""

import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from alongside.config import postgres
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.vault.alone import open_alone, seal_alone
from alongside.foundation.vault.keys import KeyGone, key_service
from alongside.foundation.vault.seal import Place, SealBroken
from alongside.register.people import queries
from alongside.register.people.codes import AcceptanceBasis
from alongside.register.people.known import SEALED_FIELDS, unseal_known
from alongside.register.people.linking import accept
from alongside.register.people.models import Acceptance, Grouping, Identity, Record
from alongside.register.traces.actions import erase_record
from alongside.register.traces.jobs import destroy_keys
from alongside.register.traces.terminal import restore_erasures
from tests.world import World, as_persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def hers(world: World) -> UUID:
    """Woman 2: known to the van and to the house; the van recorded how she was asked."""
    record = world.records["van", 2]
    with as_persona(world, "key_worker") as actor:
        today = date.today()
        accept(actor, record, basis=AcceptanceBasis.SHE_AGREED, how_asked="Over tea", asked_on=today, until=today)
    return record


def erase(world: World, record: UUID) -> int:
    with as_persona(world, "dp_lead") as lead:
        count = erase_record(lead, record)
    run_jobs()
    return count


def run_jobs() -> None:
    """What the worker process does."""
    for (arguments,) in asked(
        "SELECT args FROM procrastinate_jobs WHERE task_name = 'traces.destroy_keys' ORDER BY id"
    ):
        destroy_keys(**(json.loads(arguments) if isinstance(arguments, str) else arguments))


def asked(query: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """As the owner of the database sees it, inside the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def identities(record: UUID) -> list[tuple[UUID, bytes, dict[str, bytes]]]:
    """(id, id of the data key, sealed fields) of what the vault holds: a copy of the database."""
    rows = Identity.objects.unscoped("a copy of the database").filter(record_id=record).order_by("version")
    return [(row.pk, bytes(row.data_key), {name: getattr(row, name) for name in SEALED_FIELDS}) for row in rows]


def test_a_copy_from_before_opens_no_more(world, hers):
    van = world.agencies["van"].id
    with as_persona(world, "key_worker"):
        ((row, key, sealed),) = identities(hers)
        how = bytes(Acceptance.objects.unscoped("a copy").get(record_id=hers).how_asked)
        place = Place("people_acceptance", Acceptance.objects.unscoped("a copy").get(record_id=hers).pk, "how_asked")
        assert unseal_known(key_service().unwrap(van, [key])[0], row, sealed).names  # it opens before
        assert open_alone(van, place, how) == "Over tea"
    assert erase(world, hers) >= 2
    with pytest.raises(KeyGone):
        key_service().unwrap(van, [key])
    with pytest.raises(SealBroken):
        open_alone(van, place, how)


def test_nothing_sealed_no_index_and_no_link_is_left(world, hers):
    erase(world, hers)
    with as_persona(world, "key_worker") as actor:
        assert identities(hers) == []
        assert Acceptance.objects.unscoped("test").get(record_id=hers).how_asked is None
        assert queries.names(actor, [hers]) == {}
        assert hers not in {row.id for row in queries.records(actor)}
        stub = Record.objects.unscoped("test").get(pk=hers)
        assert stub.removed_at is not None
        assert (stub.source, stub.first_seen_on is not None) == (None, True)
    with acting_as(world.job("linkage", reach="linker")):
        assert Grouping.objects.unscoped("test").get(record_id=hers).person_id == hers


def test_other_women_and_other_agencies_keep_everything(world, hers):
    with as_persona(world, "key_worker") as actor:
        before = queries.names(actor, [world.records["van", 1]])
    erase(world, hers)
    with as_persona(world, "key_worker") as actor:
        assert queries.names(actor, [world.records["van", 1]]) == before
        assert len(queries.records(actor)) == 7
    with as_persona(world, "hostel_worker") as actor:
        assert queries.names(actor, [world.records["house", 2]])


def test_doing_it_again_finds_nothing(world, hers):
    erase(world, hers)
    assert erase(world, hers) == 0


@pytest.mark.parametrize("persona", ["key_worker", "manager", "coordinator", "commissioner", "system_admin"])
def test_only_the_data_protection_lead_may(world, hers, persona):
    with as_persona(world, persona) as actor, pytest.raises(Denied):
        erase_record(actor, hers)
    with as_persona(world, "key_worker"):
        assert identities(hers)


@pytest.mark.parametrize("other", ["house", "nobody"])
def test_another_agencys_record_is_not_found(world, hers, other):
    with as_persona(world, "dp_lead") as lead, pytest.raises(NotFound):
        erase_record(lead, world.records.get((other, 2), UUID(int=7)))
    with as_persona(world, "hostel_worker"):
        assert identities(world.records["house", 2])


def test_the_database_itself_erases_for_the_holder_only(world, hers):
    """The gate gone: somebody of another agency asks the database's function."""
    with as_persona(world, "hostel_worker"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM traces_erase(%s)", [hers])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM traces_readers(%s)", [hers])
        assert cursor.fetchone() == (0,)
    with as_persona(world, "key_worker"):
        assert identities(hers)


def test_an_undone_erasure_destroys_nothing(world, hers):
    def breaks_off() -> None:
        with as_persona(world, "dp_lead") as lead:
            erase_record(lead, hers)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    run_jobs()
    with as_persona(world, "key_worker") as actor:
        assert queries.names(actor, [hers])[hers].names


def test_it_leaves_one_row_in_the_trail(world, hers):
    erase(world, hers)
    with as_persona(world, "dp_lead"):
        rows = asked("SELECT subjects, allowed FROM trail_trailrow WHERE permission = 'traces.erase'")
    assert rows == [([hers], True)]


# --- after a restore


def test_what_a_restore_brings_back_is_erased_again(world, hers):
    with as_persona(world, "key_worker"):
        ((before,),) = asked("SELECT to_jsonb(t) FROM people_identity t WHERE record_id = %s", (hers,))
    erase(world, hers)
    with as_persona(world, "key_worker"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_identity SELECT * FROM jsonb_populate_record(NULL::people_identity, %s)",
            [before if isinstance(before, str) else json.dumps(before)],
        )
        assert identities(hers)
    found = restore_erasures()
    assert found.rows >= 1
    with as_persona(world, "key_worker"):
        assert identities(hers) == []
    assert restore_erasures().rows == 0


# --- every room that there is, and one that comes later


@pytest.fixture(scope="module")
def later_room(django_db_setup) -> Iterator[None]:
    """Tables of a room that nobody has written yet: a row about a record, and a row that hangs on that.

    Made for all tests of this file, since the transaction of a test would hold their locks.
    """
    with postgres.address().connect() as owner:
        owner.execute(
            "CREATE TABLE later_note (id uuid PRIMARY KEY, record_id uuid REFERENCES people_record, agency_id uuid,"
            " words bytea NOT NULL);"
            "CREATE TABLE later_line (id uuid PRIMARY KEY, note_id uuid REFERENCES later_note, data_key bytea,"
            " words bytea);"
            "GRANT SELECT, INSERT ON later_note, later_line TO alongside_app"
        )
        yield
        owner.execute("DROP TABLE later_line; DROP TABLE later_note")


def test_a_room_that_comes_later_is_covered(later_room, world, hers):
    van = world.agencies["van"].id
    with as_persona(world, "key_worker"), connection.cursor() as cursor:
        alone = seal_alone(van, Place("later_note", UUID(int=1), "words"), "Said in tears")
        _, id = key_service().new_data_keys(van, 1)[0]
        cursor.execute("INSERT INTO later_note VALUES (%s, %s, %s, %s)", [UUID(int=1), hers, van, alone])
        cursor.execute("INSERT INTO later_line VALUES (%s, %s, %s, %s)", [UUID(int=2), UUID(int=1), id, b"\x01sealed"])
    erase(world, hers)
    with as_persona(world, "key_worker"):
        assert asked("SELECT words FROM later_note")[0][0] == b""
        assert asked("SELECT data_key, words FROM later_line") == [(None, None)]
    for gone in (id, alone[1:17]):
        with pytest.raises(KeyGone):
            key_service().unwrap(van, [gone])


def test_every_sealed_field_about_her_hangs_on_her_record_within_two_steps():
    """Else erasing would not reach it. What hangs on no record is named here, with what becomes of it."""
    not_hers = {
        "interchange_handedin": "the files of lists are forgotten with her",
        "interchange_filepart": "deleted with them",
        "interchange_stagedrow": "emptied with them",
        "interchange_rememberedmapping": "headings of columns; no woman's line",
    }
    with postgres.address().connect() as owner:
        rows = owner.execute(
            "SELECT DISTINCT c.table_name FROM information_schema.columns c JOIN information_schema.tables t"
            " USING (table_schema, table_name) WHERE c.table_schema = 'public' AND c.data_type = 'bytea'"
            " AND t.table_type = 'BASE TABLE' AND c.table_name NOT LIKE 'trail\\_%'"
        ).fetchall()
        sealed = {row[0] for row in rows}
        linked = owner.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
        ).fetchall()
    sealed -= {"later_note", "later_line"}
    one = {table for table, target in linked if target == "people_record"}
    two = {table for table, target in linked if target in one}
    assert sealed - one - two - set(not_hers) == NOT_REACHED


# Sealed fields that hang on no record, each with its reason.
NOT_REACHED = {
    "accommodation_movesfeed",  # a worker's calendar of moves
    "contacts_feedkey",  # a worker's calendar
    "contacts_notice",  # what the police announced
    "contacts_shift",  # what a shift handed over: emptied where it names her, see mentions.py
    "contacts_unnamedcontact",  # women without a record: the same
    "phone_device",  # a phone's own name
    "programs_programkey",  # what lets a program in; no woman in it
    "rights_breach",  # what a data protection lead wrote of a breach: the same
    "phone_envelope",  # emptied by the id of the contact that came of it
}


def test_the_search_would_find_a_key_that_was_forgotten(world, hers, monkeypatch):
    """A planted defect: the job never runs."""
    monkeypatch.setattr("alongside.register.traces.actions.ask_for_destroying", lambda *_: None)
    van = world.agencies["van"].id
    with as_persona(world, "key_worker"):
        ((_, key, _),) = identities(hers)
    erase(world, hers)
    assert key_service().unwrap(van, [key])


def test_nobody_but_the_product_may_call_the_functions():
    with postgres.address().connect() as owner:
        for role in ("alongside_counter", "alongside_coordinator", "alongside_linker", "alongside_sealer"):
            for call in ("traces_erase(uuid)", "traces_readers(uuid)"):
                may = owner.execute("SELECT has_function_privilege(%s, %s, 'EXECUTE')", [role, call]).fetchone()
                assert may == (False,), (role, call)
