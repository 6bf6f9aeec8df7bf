"""Erasing a woman reaches what other rooms hold of her: contacts, referral packages, texts that only name her."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone
from psycopg import sql

from alongside.casework.contacts import actions as contacts
from alongside.casework.contacts.actions.shifts import Crew, ShiftPlan
from alongside.casework.referrals.actions.sending import Asked, send
from alongside.casework.referrals.tests.conftest import open_services
from alongside.foundation.gate.level import acting_as
from alongside.foundation.vault.keys import KeyGone, key_service
from alongside.register.people.codes import FieldGroup
from alongside.register.traces import actions as traces
from alongside.register.traces.mentions import pattern
from alongside.register.traces.tests.test_erasing import run_jobs
from tests.world import World, canaries, does

pytestmark = pytest.mark.django_db
WOMAN, OTHER = 1, 3


def kept(world: World, table: str, field: str, where: str, value: object) -> bytes | None:
    actor = world.actor("key_worker")
    with acting_as(actor), connection.cursor() as cursor:
        query = sql.SQL("SELECT {} FROM {} WHERE {} = %s").format(*map(sql.Identifier, (field, table, where)))
        cursor.execute(query, [value])
        (found,) = cursor.fetchone()
    return None if found is None else bytes(found)


def erase(world: World) -> None:
    does(world, "dp_lead", traces.erase_record, world.records["van", WOMAN])
    run_jobs()


def shift(world: World, hand_over: str) -> UUID:
    now = timezone.now()
    plan = ShiftPlan(now, now + timedelta(hours=5), crew=(Crew(world.workers["key_worker"].id),), hand_over=hand_over)
    made: UUID = does(world, "key_worker", contacts.begin_shift, id=uuid4(), plan=plan)
    return made


def is_gone(world: World, sealed: bytes) -> bool:
    try:
        key_service().unwrap(world.agencies["van"].id, [sealed[1:17]])
    except KeyGone:
        return True
    return False


def test_a_hand_over_that_names_her_is_emptied_and_its_key_destroyed(world: World) -> None:
    name, other = canaries("riverside", "van", WOMAN)["name"], canaries("riverside", "van", OTHER)["name"]
    hers, others = shift(world, f"Ring {name} before noon."), shift(world, f"{other} waits at the quay.")
    before = kept(world, "contacts_shift", "hand_over", "id", hers)
    assert before
    erase(world)
    assert kept(world, "contacts_shift", "hand_over", "id", hers) is None
    assert is_gone(world, before)
    left = kept(world, "contacts_shift", "hand_over", "id", others)
    assert left
    assert not is_gone(world, left)


def test_a_woman_without_a_record_who_was_she_is_forgotten(world: World) -> None:
    alias, now = canaries("riverside", "van", WOMAN)["alias"], timezone.now()
    described = [f"Says she is {alias.upper()}, red coat", "Tall, green coat"]
    made = [
        does(world, "key_worker", contacts.record_contact, id=uuid4(), occurred_at=now, description=words)
        for words in described
    ]
    erase(world)
    told = [kept(world, "contacts_unnamedcontact", "description", "id", each.id) for each in made]
    assert told[0] is None
    assert told[1] is not None


def test_the_note_of_a_contact_and_its_key_are_gone(world: World) -> None:
    made = does(
        world,
        "key_worker",
        contacts.record_contact,
        id=uuid4(),
        occurred_at=timezone.now(),
        record=world.records["van", WOMAN],
        note="She slept at her aunt's",
    )
    before = kept(world, "contacts_contact", "note", "id", made.id)
    assert before
    erase(world)
    assert kept(world, "contacts_contact", "note", "id", made.id) is None
    assert is_gone(world, before)


def test_a_referral_package_is_emptied_and_its_key_destroyed(world: World) -> None:
    services, her = open_services(world), world.records["van", WOMAN]
    asked = Asked(services.hostel, groups=(FieldGroup.IDENTITY,), words="She is ready now")
    does(world, "key_worker", send, her, asked=asked)
    tables = ("referrals_package", "referrals_referral")
    keys = [kept(world, table, "data_key", "record_id", her) for table in tables]
    assert any(keys)
    erase(world)
    for table, fields in zip(tables, (("known", "words", "data_key"), ("summary", "data_key")), strict=True):
        for field in fields:
            assert not kept(world, table, field, "record_id", her), (table, field)
    holders = (world.partnership.id, world.agencies["van"].id, world.agencies["house"].id)
    for key in filter(None, keys):
        for holder in holders:
            with pytest.raises(KeyGone):
                key_service().unwrap(holder, [key])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("May waits", True),
        ("MAY waits", True),
        ("She may wait", False),
        ("Mayfair is quiet", False),
        ("may", False),
    ],
)
def test_a_name_is_found_as_a_name(text: str, found: bool) -> None:
    spoken_of = pattern(["May Al"])
    assert spoken_of
    assert bool(spoken_of.search(text)) is found
    assert pattern(["Al"]) is None, "too short to be looked for"


def test_a_text_that_was_forgotten_would_be_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "erase_mentions", lambda agency, record: [])
    hers = shift(world, f"Ring {canaries('riverside', 'van', WOMAN)['name']} before noon.")
    erase(world)
    assert kept(world, "contacts_shift", "hand_over", "id", hers)
