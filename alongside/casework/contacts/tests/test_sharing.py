"""What she agreed decides what another agency sees of her contacts; whom she fears sees nothing, at home either."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.codes import LookOutReason
from alongside.casework.contacts.models import Contact
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.agencies.acting import actor_for
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership
from alongside.register.people.codes import FieldGroup
from alongside.register.people.sharing.agree import give_grant, withdraw_grant
from alongside.register.people.sharing.keep_out import exclude
from tests.world import World


@pytest.fixture
def house(world: World) -> Actor:
    """A key worker of the house: her role may be told where a woman is."""
    member = Membership.objects.create(
        worker=world.workers["hostel_worker"],
        agency=world.agencies["house"],
        role=Role.KEY_WORKER,
        since=date(2020, 1, 1),
    )
    return actor_for(member, by_passkey=True)


@pytest.fixture
def hers(world: World) -> UUID:
    return world.records["van", 1]


@pytest.fixture
def contact(world: World, hers: UUID) -> UUID:
    van = world.actor("key_worker")
    with acting_as(van):
        return actions.record_contact(
            van, id=uuid4(), occurred_at=timezone.now(), record=hers, staying="outside", note="Robyn",
            topics=("health",), worry="afraid", next_step="look", given={"condoms": 1},
        ).id  # fmt: skip


def grant(world: World, hers: UUID, group: FieldGroup) -> UUID:
    van, today = world.actor("key_worker"), timezone.localdate()
    with acting_as(van):
        made: UUID = give_grant(
            van,
            hers,
            to_agency=world.agencies["house"].id,
            groups=[group],
            asked_on=today,
            until=today + timedelta(days=30),
        )
    return made


def seen(actor: Actor, hers: UUID) -> list[queries.ContactRow]:
    with acting_as(actor):
        return queries.timeline(actor, [hers])


def test_without_her_word_nothing_is_seen(house: Actor, hers: UUID, contact: UUID) -> None:
    assert seen(house, hers) == []


def test_with_it_when_and_where_and_nothing_else(world: World, house: Actor, hers: UUID, contact: UUID) -> None:
    grant(world, hers, FieldGroup.WHEREABOUTS)
    (row,) = seen(house, hers)
    assert (row.agency_name, row.staying, row.is_own) == ("Night Van", "Outside", False)
    assert (row.note, row.topics, row.worry, row.next_step, row.given, row.by) == ("", (), "", "", (), "")


def test_another_kind_of_facts_opens_nothing(world: World, house: Actor, hers: UUID, contact: UUID) -> None:
    grant(world, hers, FieldGroup.HEALTH)
    assert seen(house, hers) == []


def test_a_role_that_is_not_told_where_she_is_sees_nothing(world: World, hers: UUID, contact: UUID) -> None:
    grant(world, hers, FieldGroup.WHEREABOUTS)
    assert seen(world.actor("hostel_worker"), hers) == []


def test_withdrawn_consent_hides_her(world: World, house: Actor, hers: UUID, contact: UUID) -> None:
    given = grant(world, hers, FieldGroup.WHEREABOUTS)
    van = world.actor("key_worker")
    with acting_as(van):
        withdraw_grant(van, given)
    assert seen(house, hers) == []


def test_what_is_shared_is_read_and_never_changed_nor_counted_as_own(
    world: World, house: Actor, hers: UUID, contact: UUID
) -> None:
    grant(world, hers, FieldGroup.WHEREABOUTS)
    today = timezone.localdate()
    with acting_as(house):
        with pytest.raises((Denied, NotFound)):
            actions.undo_contact(house, contact)
        with pytest.raises(NotFound):
            actions.record_contact(house, id=uuid4(), occurred_at=timezone.now(), record=hers)
        assert queries.own_contacts(house, today - timedelta(days=1), today) == []
        assert queries.tonights_list(house) == []
        assert queries.coverage(house, 4).contacts == 0
    van = world.actor("key_worker")
    with acting_as(van):
        assert Contact.objects.visible_to(van).get(pk=contact).withdrawn_at is None


def test_a_look_out_stays_at_home(world: World, house: Actor, hers: UUID) -> None:
    grant(world, hers, FieldGroup.WHEREABOUTS)
    van, until = world.actor("key_worker"), timezone.localdate() + timedelta(days=3)
    with acting_as(van):
        actions.look_out(van, record=hers, reason=LookOutReason.MESSAGE, until=until, words="Robyn")
    with acting_as(house):
        assert queries.look_out_for(house, hers) is None


def test_whom_she_fears_sees_nothing_at_home(world: World, hers: UUID, contact: UUID) -> None:
    van, feared = world.actor("key_worker"), world.actor("outreach_worker")
    today = timezone.localdate()
    with acting_as(van):
        assert [her.record for her in queries.tonights_list(van)] == [hers]
        exclude(van, hers, worker=feared.user)
    assert seen(feared, hers) == []
    with acting_as(feared):
        assert queries.tonights_list(feared) == []
        assert queries.own_contacts(feared, today - timedelta(days=1), today) == []
        with pytest.raises(NotFound):
            actions.record_contact(feared, id=uuid4(), occurred_at=timezone.now(), record=hers)
    assert len(seen(van, hers)) == 1
