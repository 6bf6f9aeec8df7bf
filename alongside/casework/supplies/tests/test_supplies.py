"""Shelves: what stands there is the sum of what changed."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from alongside.casework.supplies import actions, facts, queries, rules
from alongside.casework.supplies.codes import Item, Why
from alongside.casework.supplies.models import StockMove
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from tests.world import World


@pytest.fixture
def van(world: World) -> Iterator[Actor]:
    actor = world.actor("outreach_worker")
    with acting_as(actor):
        yield actor


@pytest.fixture
def shelf(van: Actor) -> UUID:
    return actions.set_up_shelf(van, name="Van", low_marks={"condoms": 10})


def held(actor: Actor) -> dict[str, int]:
    (shelf,) = queries.shelves(actor)
    return {item.value: amount for item, amount in shelf.stock}


def test_in_and_out(van: Actor, shelf: UUID) -> None:
    actions.move(van, shelf, why=Why.DELIVERED, amounts={"condoms": 50, "naloxone": 3})
    actions.move(van, shelf, why=Why.LEFT, amounts={"condoms": 39})
    actions.move(van, shelf, why=Why.SPOILT, amounts={"naloxone": 1})
    assert held(van) == {"condoms": 11, "naloxone": 2}
    assert queries.shelves(van)[0].low == ()
    actions.move(van, shelf, why=Why.LEFT, amounts={"condoms": 1})
    assert queries.shelves(van)[0].low == (Item.CONDOMS,)


def test_a_count_sets_the_shelf_also_to_nothing(van: Actor, shelf: UUID) -> None:
    actions.move(van, shelf, why=Why.DELIVERED, amounts={"condoms": 50})
    actions.move(van, shelf, why=Why.COUNTED, amounts={"condoms": 42})
    assert held(van) == {"condoms": 42}
    actions.move(van, shelf, why=Why.COUNTED, amounts={"condoms": 0})
    assert held(van) == {"condoms": 0}


def test_used_needles_are_counted_and_never_on_the_shelf(van: Actor, shelf: UUID) -> None:
    actions.move(van, shelf, why=Why.BROUGHT_BACK, amounts={"returned": 12})
    assert held(van) == {}
    assert [(row.item, row.change) for row in queries.latest_moves(van)] == [(Item.RETURNED, 12)]


def test_the_same_contact_gives_once(van: Actor, shelf: UUID) -> None:
    contact = uuid4()
    for amounts in ({"condoms": 2}, {"condoms": 2, "food": 1}):
        actions.move(van, shelf, why=Why.GIVEN, amounts=amounts, contact=contact)
    assert held(van) == {"condoms": -2, "food": -1}


@pytest.mark.parametrize("amounts", [{"condoms": 0}, {"condoms": 1000}, {"condoms": -1}, {"diamonds": 1}])
def test_an_impossible_amount_changes_nothing(van: Actor, shelf: UUID, amounts: dict[str, int]) -> None:
    with pytest.raises(rules.NotThatMany):
        actions.move(van, shelf, why=Why.LEFT, amounts=amounts)
    assert StockMove.objects.visible_to(van).count() == 0


def test_a_name_is_taken_once(van: Actor, shelf: UUID) -> None:
    with pytest.raises(actions.NameTaken):
        actions.set_up_shelf(van, name="Van")


def test_another_agency_finds_no_shelf(world: World, van: Actor, shelf: UUID) -> None:
    house = world.actor("hostel_worker")
    with acting_as(house):
        assert queries.shelves(house) == []
        with pytest.raises(NotFound):
            actions.move(house, shelf, why=Why.LEFT, amounts={"condoms": 1})
        actions.set_up_shelf(house, name="Van")  # its own name


def test_facts_are_for_the_counting_job(world: World, van: Actor, shelf: UUID) -> None:
    actions.move(van, shelf, why=Why.LEFT, amounts={"condoms": 5})
    actions.move(van, shelf, why=Why.COUNTED, amounts={"condoms": 5})
    today, job = timezone.localdate(), world.job("counting", reach="coordinator")
    with acting_as(job):
        (row,) = facts.moves(job, today, today)
        assert (row.item, row.why, row.amount, row.contact) == ("condoms", "left", 5, None)
    with pytest.raises(Denied):
        facts.moves(van, today, today)
