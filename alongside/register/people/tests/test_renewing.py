"""New keys for blind indexes: everything is found as before, and nothing by the old key."""

from uuid import UUID

import pytest
from django.conf import settings

from alongside.config import cli
from alongside.config.cli import keeping
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied
from alongside.foundation.vault.keys import KeysLocked, SocketKeys, key_service
from alongside.foundation.vault.outbox import outbox_public_key
from alongside.foundation.vault.seal import blind_index
from alongside.register.people import renewing
from alongside.register.people.actions import correct_identity, take_in
from alongside.register.people.intake import Incoming
from alongside.register.people.known import Known
from alongside.register.people.models import Identity
from alongside.register.people.queries import Asked, look_up
from alongside.register.people.renewing import renew_indexes
from tests.world import SEEN, World, build, canaries, known, reference

pytestmark = pytest.mark.django_db
WOMEN = 6


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(renewing, "BATCH", 4)  # several batches
    return build(women=WOMEN)


def found(world: World, woman: int, persona: str = "key_worker") -> UUID | None:
    actor = world.actor(persona)
    with acting_as(actor):
        likely = look_up(actor, Asked(Known(names=(canaries("riverside", "van", woman)["name"],)), SEEN))
    return likely[0].record.id if likely else None


def indexes(world: World, agency: str = "van") -> dict[UUID, tuple[object, ...]]:
    job = world.job("intake", agency)
    with acting_as(job):
        rows = Identity.objects.visible_to(job).filter(agency_id=job.agency).order_by("pk")
        return {row.pk: (row.reference_index, row.content_index, *row.match_keys) for row in rows}


def renew(world: World, agency: str = "van") -> int:
    return renew_indexes(world.agencies[agency].id)


def test_every_woman_is_found_as_before_and_every_index_is_another(world):
    before, house = indexes(world), indexes(world, "house")
    assert renew(world) == WOMEN
    after = indexes(world)
    assert set(after) == set(before)
    for row, held in before.items():
        assert not set(held) & set(after[row])
        assert len(held) == len(after[row])
    assert [found(world, woman) for woman in range(WOMEN)] == [world.records["van", woman] for woman in range(WOMEN)]
    assert indexes(world, "house") == house


def test_the_old_key_is_gone(world):
    van = world.agencies["van"].id
    old = key_service().index_key(van, "reference")
    renew(world)
    new = key_service().index_key(van, "reference")
    guess = reference("riverside", "van", 1)
    held = {each for row in indexes(world).values() for each in row}
    assert blind_index(new, guess) in held
    assert blind_index(old, guess) not in held


def test_the_same_list_again_makes_no_second_record(world):
    renew(world)
    job = world.job("intake", "van")
    with acting_as(job):
        again = take_in(job, rows=[Incoming(known("riverside", "van", 1), SEEN, SEEN)], source=UUID(int=1))
    assert (again.new, again.changed, again.same) == (0, 0, 1)


def test_a_correction_that_is_silent_about_her_reference_is_still_found_by_it(world):
    actor, record = world.actor("key_worker"), world.records["van", 1]
    with acting_as(actor):
        correct_identity(actor, record, known=Known(names=("Corrected",)))
    renew(world)
    expected = blind_index(
        key_service().index_key(world.agencies["van"].id, "reference"), reference("riverside", "van", 1)
    )
    with acting_as(actor):
        current = Identity.objects.visible_to(actor).get(record_id=record, is_current=True)
    assert current.reference_index == expected


def test_the_phones_key_stays(world):
    van = world.agencies["van"].id
    before = outbox_public_key(van)
    renew(world)
    assert outbox_public_key(van) == before


class TestMeanwhile:
    def broken_off(self, world, monkeypatch) -> None:
        def fail(done: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            renew_indexes(world.agencies["van"].id, fail)

    def test_the_web_process_gets_no_index_key_and_names_are_read(self, world, monkeypatch):
        self.broken_off(world, monkeypatch)
        van, house = world.agencies["van"].id, world.agencies["house"].id
        for caller in ("web", "jobs"):
            keys = SocketKeys(settings.KEYS_SOCKETS, caller)
            with pytest.raises(KeysLocked):
                keys.index_key(van, "match")
            assert keys.index_key(house, "match")
            assert keys.new_data_keys(van, 1)

    def test_run_again_it_ends_as_one_that_did_not_break_off(self, world, monkeypatch):
        self.broken_off(world, monkeypatch)
        assert renew(world) == WOMEN
        assert [found(world, woman) for woman in range(WOMEN)] == [world.records["van", n] for n in range(WOMEN)]
        assert SocketKeys(settings.KEYS_SOCKETS, "web").index_key(world.agencies["van"].id, "match")

    def test_without_the_lock_a_woman_would_be_missed(self, world, monkeypatch):
        """A planted defect: the web process looks up while half of the indexes are old ones."""
        self.broken_off(world, monkeypatch)  # tests call as the operator, who is not locked out
        assert [found(world, woman) for woman in range(WOMEN)] != [world.records["van", n] for n in range(WOMEN)]


@pytest.mark.parametrize("persona", ["key_worker", "dp_lead", "system_admin"])
def test_only_the_operator_at_the_machine_may(world, persona):
    actor = world.actor(persona)
    with acting_as(actor), pytest.raises(Denied):
        renewing._renew(actor, after=UUID(int=0), since=None)


def test_the_command_says_what_it_did(world, monkeypatch, capsys):
    monkeypatch.setattr(keeping, "ready", lambda: None)
    assert cli.main(["keys", "renew-indexes", "--agency", "van"]) == 0
    assert f"{WOMEN} indexes were computed anew" in capsys.readouterr().out
    assert cli.main(["keys", "renew-indexes", "--agency", "nowhere"]) == 2
