"""Sharing on the committed stage: "Who will see this" is the gate's answer; a withdrawal is obeyed by a request that is
already running; two at once end it once.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models, transaction

from alongside.casework.accommodation.models import BedUse, Waiting
from alongside.casework.contacts.models import Contact, LookOut
from alongside.casework.referrals.models import Package, TurnedAway
from alongside.config import postgres
from alongside.foundation.gate import rows
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership
from alongside.register.people import matrix, queries
from alongside.register.people.actions import NothingShared, withdraw_grant
from alongside.register.people.audience import GivenForum
from alongside.register.people.codes import FieldGroup
from alongside.register.people.models import Grant
from alongside.register.people.policy import about
from tests.policy.browsers import Browsers, word
from tests.policy.canary import told
from tests.policy.routes import routes
from tests.policy.stage import BROUGHT, BROUGHT_TOO, ENDED, FEARED, OFF_THE_LIST, SHARED, Stage
from tests.world import canaries

HOUSE_WORKER = "hostel_worker"


@contextmanager
def undone(stage: Stage, persona: str) -> Iterator[Any]:
    actor = stage.actor(persona)
    with acting_as(actor):
        yield actor
        transaction.set_rollback(True)


def by_the_gate(stage: Stage, persona: str, record: UUID, group: FieldGroup) -> bool:
    """Whether a row of `group` about this record is among those that the sharing rule shows this persona."""
    with undone(stage, persona) as actor:
        rows = Grant.objects.unscoped("any table with a record and an agency")
        return bool(rows.filter(about(actor, group), record_id=record).exists())


def people_of_riverside(stage: Stage) -> dict[str, Membership]:
    found = {
        persona: membership
        for persona, (worker, membership) in stage.who.items()
        if membership is not None
        and membership.agency.partnership_id == stage.riverside.partnership.id
        and membership.until is None
        and worker.is_active
    }
    assert len(found) > 10
    return found


def differences(stage: Stage) -> list[str]:
    """Where the words beside a box and the gate part."""
    found = []
    for woman in (SHARED, FEARED, ENDED, BROUGHT, BROUGHT_TOO, OFF_THE_LIST):
        record = stage.riverside.records["van", woman]
        with undone(stage, "key_worker") as actor:
            audience = queries.audience(actor, record)
        for persona, membership in people_of_riverside(stage).items():
            held = Membership.objects.filter(worker_id=membership.worker_id, until=None).order_by("id")
            teams = {(each.agency_id, Role(each.role)) for each in held}
            acts_as = (membership.agency_id, Role(membership.role))
            for group in FieldGroup:
                says = audience.includes(group, membership.worker_id, acts_as, teams)
                if says is not by_the_gate(stage, persona, record, group):
                    found.append(f"{persona} {woman} {group}: the words say {says}")
    return found


def test_who_will_see_this_is_what_the_gate_answers(stage: Stage) -> None:
    assert differences(stage) == []


# What stands beside a box of a room above -> (table, kind of facts, whether it stays in the own agency). A contact's
# note and worry stand on its row: their box says what is told of the row at home.
BOXES: dict[str, tuple[Any, FieldGroup | None, bool]] = {
    "where she stays, of a contact": (Contact, FieldGroup.WHEREABOUTS, False),
    "the words of a look-out": (LookOut, FieldGroup.WHEREABOUTS, True),
    "why now, of a referral": (Package, None, True),
    "what a service said": (TurnedAway, FieldGroup.NOTES, False),
    "her place on a list": (Waiting, FieldGroup.WHEREABOUTS, False),
    "her stay": (BedUse, FieldGroup.WHEREABOUTS, False),
}


def part_from_the_gate(stage: Stage, box: str) -> list[str]:
    """For whom the words beside a box of a room above say something else than the rule of its rows."""
    model, group, stays = BOXES[box]
    slug, keeper = ("house", "hostel_worker") if model in (BedUse, Waiting) else ("van", "key_worker")
    home = stage.riverside.agencies[slug].id
    with undone(stage, keeper) as actor:
        row = model.objects.visible_to(actor).filter(agency_id=home).exclude(record=None).order_by("pk").first()
        assert row is not None, "nothing on the stage to compare"
        audience = queries.audience(actor, row.record_id)
    by_code = {Role.COORDINATOR} if model in (BedUse, Waiting) else set()  # said beside the box, too
    found = []
    for persona, membership in people_of_riverside(stage).items():
        held = Membership.objects.filter(worker_id=membership.worker_id, until=None).order_by("id")
        teams = {(each.agency_id, Role(each.role)) for each in held}
        acts_as = (membership.agency_id, Role(membership.role))
        if model is Package and membership.agency_id != home:
            continue  # "the service, once it takes her": whether this one took her is the referral's own test
        if acts_as[1] in by_code:
            says = True
        elif stays or group is None:
            says = membership.agency_id == home and acts_as[1] in audience.roles_here(group)
        else:
            says = audience.includes(group, membership.worker_id, acts_as, teams)
        with undone(stage, persona) as actor:
            if model.objects.visible_to(actor).filter(pk=row.pk).exists() is not says:
                found.append(f"{persona}: the words say {says}")
    return found


@pytest.mark.parametrize("box", sorted(BOXES))
def test_beside_the_boxes_of_other_rooms_stands_what_the_gate_answers(stage: Stage, box: str) -> None:
    assert part_from_the_gate(stage, box) == []


def test_a_box_that_parts_from_the_gate_would_be_found(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(matrix.MATRIX, (Role.KEY_WORKER.value, FieldGroup.WHEREABOUTS), matrix.NEVER)
    wrong = {"agency": lambda actor: models.Q(agency_id=actor.agency)}
    nothing = models.Q(pk__in=[])
    monkeypatch.setitem(rows._rules, Contact, lambda actor: wrong.get(actor.reach, lambda _: nothing)(actor))
    assert part_from_the_gate(stage, "where she stays, of a contact")


def test_words_that_part_from_the_gate_would_be_found(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    key = (Role.HOSTEL_WORKER.value, FieldGroup.NOTES)
    monkeypatch.setattr("alongside.register.people.first_line.sees_shared", lambda roles, group: True)
    monkeypatch.setitem(matrix.MATRIX, key, matrix.NEVER)
    assert differences(stage)


def test_a_forum_that_opens_to_everyone_of_its_agencies_would_be_found(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planted defect: the words take the whole agency for the one who sits there."""
    seats = GivenForum.__init__

    def wide(self: GivenForum, *args: Any) -> None:
        seats(self, *args)
        everyone = {(worker.id, each.agency_id) for worker, each in stage.who.values() if each is not None}
        object.__setattr__(self, "seats", frozenset(everyone))

    monkeypatch.setattr(GivenForum, "__init__", wide)
    assert differences(stage)


def test_the_words_name_agencies_and_roles(stage: Stage) -> None:
    with undone(stage, "key_worker") as actor:
        notes = queries.who_will_see(actor, stage.riverside.records["van", FEARED], FieldGroup.NOTES)
        violence = queries.who_will_see(actor, None, FieldGroup.SEXUAL_VIOLENCE)
    told = "everyone who works with women, but not nurses or prescribers"
    assert notes.startswith(f"Night Van ({told}); Green House ({told}, service managers) until")
    assert notes.endswith("Not the people she asked to keep out")
    assert violence == "nobody until a worker is named for it"


# --- withdrawn while a request runs


@contextmanager
def withdrawn(stage: Stage, grant: str = "shared") -> Iterator[Any]:
    """Gives a function that ends the grant from outside, committed; put back afterwards."""
    row = stage.targets["grant"][grant]
    with postgres.address().connect() as owner:
        owner.autocommit = True

        def end() -> None:
            owner.execute("UPDATE people_grant SET withdrawn_at = now(), withdrawn_by = given_by WHERE id = %s", [row])

        try:
            yield end
        finally:
            owner.execute("UPDATE people_grant SET withdrawn_at = NULL, withdrawn_by = NULL WHERE id = %s", [row])


def test_what_is_withdrawn_is_gone_for_a_request_that_already_runs(stage: Stage) -> None:
    record = stage.riverside.records["van", SHARED]
    with withdrawn(stage) as end, undone(stage, HOUSE_WORKER) as actor:
        assert queries.shared(actor, record).record == record
        assert queries.names(actor, [record])
        end()
        assert queries.names(actor, [record]) == {}
        with pytest.raises(NotFound):
            queries.shared(actor, record)


@pytest.mark.parametrize("route", ["people:shared", "people:shared-list"])
def test_a_page_in_the_middle_shows_no_name_and_does_not_break(
    browsers: Browsers, stage: Stage, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    """The grant is read, then withdrawn, then the name would be read."""
    record = stage.riverside.records["van", SHARED]
    name = canaries("riverside", "van", SHARED)["name"].encode()
    address = routes()[route].address(*([record] if route == "people:shared" else []))
    assert name in browsers.ask(HOUSE_WORKER, "GET", address).content
    real = queries.names
    with withdrawn(stage) as end:

        def half_way(*args: Any) -> Any:
            end()
            return real(*args)

        room = "alongside.register.people"
        module = import_module(f"{room}.queries.shared" if route == "people:shared" else f"{room}.pages.shared")
        monkeypatch.setattr(module, "names", half_way)
        answer = browsers.ask(HOUSE_WORKER, "GET", address)
    assert word(answer) == "ok"
    assert name not in told(answer)


def test_two_withdrawals_at_once_end_it_once(stage: Stage) -> None:
    grant, said = stage.targets["grant"]["shared"], []
    ready = threading.Barrier(2)

    def withdraw(persona: str) -> None:
        actor = stage.actor(persona)
        try:
            ready.wait(10)
            with acting_as(actor):
                withdraw_grant(actor, grant)
            said.append("ended")
        except NothingShared:
            said.append("had ended")
        finally:
            connection.close()

    with withdrawn(stage):
        both = [threading.Thread(target=withdraw, args=[persona]) for persona in ("key_worker", "manager")]
        for each in both:
            each.start()
        for each in both:
            each.join(30)
        assert sorted(said) == ["ended", "had ended"]
        assert not by_the_gate(stage, HOUSE_WORKER, stage.riverside.records["van", SHARED], FieldGroup.NOTES)
