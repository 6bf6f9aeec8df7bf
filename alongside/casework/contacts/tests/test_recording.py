"""Recording a contact: once, with as little as a worker has, and never as what was not asked."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from alongside.casework.contacts import actions
from alongside.casework.contacts.actions import AlreadyRecorded, NoSuchArea, NoSuchShift
from alongside.casework.contacts.codes import Outcome
from alongside.casework.contacts.models import Contact, UnnamedContact
from alongside.casework.contacts.queries import timeline
from alongside.casework.contacts.rules.told import NotYet, Told, TooLong, TwoWomen, UnknownCode
from alongside.casework.supplies import actions as supplies
from alongside.casework.supplies import queries as stock
from alongside.casework.supplies.rules import NotThatMany
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.people.known import Known
from alongside.register.people.queries import names, records
from tests.world import World

ID = UUID(int=50)


def hers(world: World, woman: int = 1) -> UUID:
    return world.records["van", woman]


def record(actor: Actor, **told: object) -> actions.Recorded:
    return actions.record_contact(actor, **{"id": ID, "occurred_at": timezone.now(), **told})


def rows(actor: Actor) -> list[Contact]:
    return list(Contact.objects.visible_to(actor).order_by("occurred_at"))


def test_date_and_place_are_enough(world: World, van: Actor) -> None:
    record(van, record=hers(world))
    (row,) = rows(van)
    assert (row.record_id, row.place, row.outcome) == (hers(world), "street", "met")
    assert row.occurred_by == van.user


def test_what_was_not_asked_is_never_no(world: World, van: Actor) -> None:
    record(van, record=hers(world))
    (row,) = rows(van)
    assert (row.staying, row.next_step, row.brought_by, row.given, row.matters) == ("", "", "", {}, None)


@pytest.mark.parametrize("outcome", [Outcome.SEEN, Outcome.NOT_SEEN])
def test_seen_and_hoped_for_count(world: World, van: Actor, outcome: Outcome) -> None:
    record(van, record=hers(world), outcome=outcome)
    assert [row.outcome for row in rows(van)] == [outcome]


def test_a_new_woman_by_nickname(van: Actor) -> None:
    made = record(van, new=Known(names=("Robyn",)))
    assert made.record is not None
    assert names(van, [made.record])[made.record].names == ("Robyn",)


def test_a_woman_of_whom_only_a_description_is_known(van: Actor) -> None:
    made = record(van, description="Red coat, by the bridge")
    assert made.record is None
    (row,) = UnnamedContact.objects.visible_to(van)
    assert b"Red coat" not in bytes(row.description)


def test_a_note_is_sealed(world: World, van: Actor) -> None:
    record(van, record=hers(world), note="She asked for Robyn")
    assert b"Robyn" not in bytes(rows(van)[0].note)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_what_she_talked_of_and_what_worries_us_is_sealed(world: World, van: Actor) -> None:
    record(van, record=hers(world), topics=("sexual_health", "hurt"), worry="afraid")
    record(van, id=UUID(int=51), description="Red coat", topics=("hurt",))
    kept = [*rows(van), *UnnamedContact.objects.visible_to(van)]
    assert len(kept) == 2
    for row in kept:
        columns = b"".join(_bytes(getattr(row, field.attname)) for field in row._meta.local_fields)
        assert not [word for word in (b"hurt", b"health", b"afraid") if word in columns]
    (shown,) = timeline(van, [hers(world)])
    assert (shown.topics, shown.worry) == (("Someone hurt her", "Sexual health"), "Afraid of someone")


# --- the same envelope again


def test_five_times_the_same_is_once(world: World, van: Actor) -> None:
    told = {"occurred_at": timezone.now(), "new": Known(names=("Robyn",)), "given": {"condoms": 2}}
    before = len(records(van))
    results = [record(van, **told) for _ in range(5)]
    assert [result.again for result in results] == [False, True, True, True, True]
    assert len({result.record for result in results}) == 1
    assert len(rows(van)) == 1
    assert len(records(van)) == before + 1


def test_the_same_id_with_other_answers(world: World, van: Actor) -> None:
    at = timezone.now()
    record(van, record=hers(world), occurred_at=at)
    with pytest.raises(AlreadyRecorded):
        record(van, record=hers(world), occurred_at=at, staying="outside")
    with pytest.raises(AlreadyRecorded):
        record(van, occurred_at=at, description="Red coat")
    assert [row.staying for row in rows(van)] == [""]


def test_another_agencys_id_is_not_overwritten(world: World, van: Actor) -> None:
    record(van, record=hers(world))
    house = world.actor("hostel_worker")
    with acting_as(house), pytest.raises(AlreadyRecorded):
        record(house, record=world.records["house", 2])
    assert rows(van)[0].record_id == hers(world)


# --- what can't be right


def test_a_clock_two_days_ahead(world: World, van: Actor) -> None:
    with pytest.raises(NotYet):
        record(van, record=hers(world), occurred_at=timezone.now() + timedelta(hours=48))


def test_a_clock_two_days_behind_is_kept_as_told(world: World, van: Actor) -> None:
    at = timezone.now() - timedelta(hours=48)
    record(van, record=hers(world), occurred_at=at)
    (row,) = rows(van)
    assert row.occurred_at == at
    assert row.recorded_at - row.occurred_at > timedelta(hours=47)


def test_a_closed_area_still_takes_contacts(world: World, van: Actor) -> None:
    manager = world.actor("manager")
    with acting_as(manager):
        area = actions.keep_area(manager, name="Mill Lane")
        actions.close_area(manager, area)
    record(van, record=hers(world), area=area)
    assert rows(van)[0].area_id == area


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"area": uuid4()}, NoSuchArea),
        ({"shift": uuid4()}, NoSuchShift),
        ({"session": uuid4()}, NoSuchShift),
        ({"staying": "castle"}, UnknownCode),
        ({"place": ""}, UnknownCode),
        ({"topics": ("gossip",)}, UnknownCode),
        ({"description": "Red coat"}, TwoWomen),
        ({"note": "x" * 4001}, TooLong),
        ({"given": {"condoms": 0}}, NotThatMany),
        ({"given": {"diamonds": 1}}, NotThatMany),
    ],
)
def test_what_cannot_be_right_is_named_and_leaves_nothing(
    world: World, van: Actor, told: dict[str, object], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        record(van, record=hers(world), **told)
    assert rows(van) == []


def test_another_agencys_woman_is_not_found(world: World, van: Actor) -> None:
    for record_id in (world.records["house", 2], uuid4()):
        with pytest.raises(NotFound):
            record(van, record=record_id)


def test_others_may_not(world: World) -> None:
    for persona in ("commissioner", "contributor", "coordinator", "dp_lead", "system_admin"):
        actor = world.actor(persona)
        with acting_as(actor), pytest.raises(Denied):
            record(actor)


# --- what goes with it


def test_what_was_given_leaves_the_shelf_once(world: World, van: Actor) -> None:
    shelf = supplies.set_up_shelf(van, name="Van")
    told = {"record": hers(world), "given": {"condoms": 4}, "shelf": shelf, "occurred_at": timezone.now()}
    record(van, **told)
    record(van, **told)
    assert [(item.value, held) for item, held in stock.shelves(van)[0].stock] == [("condoms", -4)]


def test_undoing_keeps_the_row_and_counts_it_no_more(world: World, van: Actor) -> None:
    made = record(van, record=hers(world))
    actions.undo_contact(van, made.id)
    (row,) = rows(van)
    assert row.withdrawn_at is not None
    assert row.withdrawn_by == van.user


def test_a_sheet_is_all_or_nothing(world: World, van: Actor) -> None:
    at = timezone.now()
    told = [Told(uuid4(), at, record=hers(world, woman), note="x") for woman in range(3)]
    with pytest.raises(NotFound):
        actions.record_together(van, told=[*told, Told(uuid4(), at, record=world.records["house", 2])])
    assert rows(van) == []
    assert actions.record_together(van, told=told) == 3
    assert actions.record_together(van, told=told) == 0
    assert len(rows(van)) == 3
