"""Each role and each kind of private facts: whole, the risk, that there is something, by name, or nothing (3a)."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.acting import actor_for
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, Worker
from alongside.register.people import actions, queries
from alongside.register.people.codes import FieldGroup
from alongside.register.people.known import GROUPS, Known
from alongside.register.people.models import Matter
from alongside.register.people.queries.matters import Shown, matters, named
from tests.world import SignIn, World, canaries, known

HER = ("van", 1)
HEALTH, VIOLENCE = FieldGroup.HEALTH, FieldGroup.SEXUAL_VIOLENCE
IMMIGRATION, CHILDREN = FieldGroup.IMMIGRATION, FieldGroup.CHILDREN
ROLES = {
    "outreach": Role.OUTREACH_WORKER,
    "key": Role.KEY_WORKER,
    "hostel": Role.HOSTEL_WORKER,
    "nurse": Role.NURSE,
    "court": Role.COURT_WORKER,
    "treatment": Role.TREATMENT_WORKER,
    "manager": Role.MANAGER,
}
# Written by hand from the design's table 3a: what each role is shown of her own agency's women, unless it is named.
WHOLE, RISK, FLAG = Shown.WHOLE, Shown.RISK, Shown.FLAG
SHOWN = {
    "outreach": {HEALTH: FLAG, CHILDREN: FLAG},
    "key": {HEALTH: WHOLE, CHILDREN: WHOLE},
    "hostel": {HEALTH: RISK, CHILDREN: RISK},
    "nurse": {HEALTH: WHOLE, CHILDREN: RISK},
    "court": {},
    "treatment": {HEALTH: WHOLE, CHILDREN: RISK},
    "manager": {HEALTH: WHOLE, CHILDREN: RISK},
}


@pytest.fixture
def staff(world: World) -> dict[str, Actor]:
    """A worker of the van for each role, beside those of the world."""
    found = {}
    for name, role in ROLES.items():
        worker = Worker.objects.create(email=f"{name}@team.example", name=f"{name.title()} Example")
        home = {"agency": world.agencies["van"], "role": role, "since": date(2020, 1, 1)}
        found[name] = actor_for(Membership.objects.create(worker=worker, **home), by_passkey=True)
    return found


def does(actor: Actor, action, *args, **facts):
    with acting_as(actor):
        return action(actor, *args, **facts)


@pytest.fixture
def written(world: World, staff: dict[str, Actor]) -> None:
    """The world's key worker wrote one of each kind."""
    for group in (HEALTH, VIOLENCE, IMMIGRATION, CHILDREN):
        does(
            world.actor("key_worker"),
            actions.write_matter,
            world.records[HER],
            group=group,
            words=f"Told of {group}",
            risk=f"Mind {group}",
        )


@pytest.mark.parametrize("name", sorted(ROLES))
def test_each_role_is_shown_what_the_table_says(world: World, staff, written, name: str) -> None:
    rows = does(staff[name], matters, world.records[HER])
    assert {row.group: row.shown for row in rows} == SHOWN[name]
    for row in rows:
        assert bool(row.words) is (row.shown is WHOLE)
        assert bool(row.risk) is (row.shown in (WHOLE, RISK))
        assert row.ask == "Key worker Example, key worker of Night Van"


def test_the_writer_is_named_and_reads_it(world: World, written) -> None:
    rows = does(world.actor("key_worker"), matters, world.records[HER])
    assert {row.group for row in rows if row.shown is WHOLE} == {HEALTH, VIOLENCE, IMMIGRATION, CHILDREN}


def test_a_named_colleague_reads_that_one_matter_until_it_is_ended(world: World, staff, written) -> None:
    her, key_worker, nurse = world.records[HER], world.actor("key_worker"), staff["nurse"]
    grant = does(key_worker, actions.name_worker, her, group=VIOLENCE, worker=nurse.user)
    assert {r.group: r.shown for r in does(nurse, matters, her)} == {**SHOWN["nurse"], VIOLENCE: WHOLE}
    assert VIOLENCE not in {r.group for r in does(staff["key"], matters, her)}, "her colleague was not named"
    does(key_worker, actions.withdraw_grant, grant)
    assert {r.group: r.shown for r in does(nurse, matters, her)} == SHOWN["nurse"]


def test_only_who_is_named_names_others_and_only_whom_the_table_lets(world: World, staff, written) -> None:
    her = world.records[HER]
    for name in ("key", "manager"):
        with pytest.raises(actions.NotYoursToName):
            does(staff[name], actions.name_worker, her, group=VIOLENCE, worker=staff["nurse"].user)
    for name in ("court", "treatment"):
        with pytest.raises(actions.CantBeNamed):
            does(world.actor("key_worker"), actions.name_worker, her, group=VIOLENCE, worker=staff[name].user)
    worker = world.workers["hostel_worker"].id
    with pytest.raises(actions.CantBeNamed):
        does(world.actor("key_worker"), actions.name_worker, her, group=VIOLENCE, worker=worker)


def test_where_nobody_is_named_any_more_a_manager_names_the_first(world: World, staff, written) -> None:
    her, key_worker = world.records[HER], world.actor("key_worker")
    for row in does(key_worker, named, her):
        does(key_worker, actions.withdraw_grant, row.grant)
    does(staff["manager"], actions.name_worker, her, group=VIOLENCE, worker=staff["key"].user)
    assert VIOLENCE in {row.group for row in does(staff["key"], matters, her)}


def test_a_role_that_sees_none_writes_none(world: World, staff) -> None:
    for name, group in (("court", VIOLENCE), ("treatment", VIOLENCE), ("court", CHILDREN)):
        with pytest.raises(actions.NotForYourRole):
            does(staff[name], actions.write_matter, world.records[HER], group=group, words="She said")


def test_whom_she_fears_is_not_told_that_there_is_anything(world: World, staff, written) -> None:
    does(world.actor("key_worker"), actions.exclude, world.records[HER], worker=staff["nurse"].user)
    assert does(staff["nurse"], matters, world.records[HER]) == []


def test_only_who_reads_it_whole_ends_it(world: World, staff, written) -> None:
    her = world.records[HER]
    flagged = next(row for row in does(staff["outreach"], matters, her) if row.group == HEALTH)
    with pytest.raises(NotFound):
        does(staff["outreach"], actions.end_matter, flagged.id)
    does(staff["nurse"], actions.end_matter, flagged.id)
    assert HEALTH not in {row.group for row in does(staff["outreach"], matters, her)}


def test_the_database_alone_keeps_what_is_read_by_name_from_a_colleague(world: World, staff, written) -> None:
    """The gate open: PostgreSQL knows the worker."""
    with acting_as(staff["key"]), connection.cursor() as cursor:
        cursor.execute('SELECT "group" FROM people_matter ORDER BY "group"')
        assert cursor.fetchall() == [("children",), ("health",)]


def test_nothing_of_it_stands_in_clear(world: World, written) -> None:
    with acting_as(world.actor("key_worker")):
        for row in Matter.objects.unscoped("test"):
            assert b"Told" not in bytes(row.words)
            assert b"Mind" not in bytes(row.risk)


# --- the roles of the table, in the vault


@pytest.mark.parametrize(
    ("name", "hidden"),
    [("key", set()), ("court", set()), ("nurse", {"area", "note"}), ("treatment", {"area"}), ("manager", set())],
)
def test_of_own_women_a_role_reads_its_kinds_of_facts(world: World, staff, name: str, hidden: set[str]) -> None:
    opened = does(staff[name], queries.names, [world.records[HER]])[world.records[HER]]
    whole = known("riverside", "van", 1)
    empty = {field for field in GROUPS if getattr(whole, field) and not getattr(opened, field)}
    assert empty == hidden


def test_a_correction_leaves_what_she_does_not_see_as_it_was(world: World, staff) -> None:
    her = world.records[HER]
    does(staff["nurse"], actions.correct_identity, her, known=Known(names=("Someone",), note="typed in vain"))
    after = does(staff["key"], queries.names, [her])[her]
    tokens = canaries("riverside", "van", 1)
    assert (after.names, after.area, after.note) == (("Someone",), tokens["area"], tokens["note"])


# --- the page


def test_the_page_tells_whom_to_ask_and_not_what_it_is(world: World, written, sign_in: SignIn) -> None:
    page = sign_in("outreach_worker").get(reverse("people:matters", args=[world.records[HER]])).content.decode()
    assert "There is something. Ask Key worker Example" in page
    assert "Told of" not in page
    assert "Mind" not in page


def test_beside_each_kind_stands_who_will_read_it(world: World, sign_in: SignIn) -> None:
    page = sign_in("key_worker").get(reverse("people:matters", args=[world.records[HER]])).content.decode()
    assert "Sexual violence: read by nobody until a worker is named for it" in page


def test_written_and_named_on_the_page(world: World, sign_in: SignIn) -> None:
    client, her = sign_in("key_worker"), world.records[HER]
    client.post(reverse("people:matters", args=[her]), {"group": "sexual_violence", "words": "In March"})
    page = client.get(reverse("people:matters", args=[her])).content.decode()
    assert "In March" in page
    worker = str(world.workers["outreach_worker"].id)
    client.post(reverse("people:name-worker", args=[her]), {"group": "sexual_violence", "worker": worker})
    assert "In March" in sign_in("outreach_worker").get(reverse("people:matters", args=[her])).content.decode()
    assert "In March" not in sign_in("manager").get(reverse("people:matters", args=[her])).content.decode()
