"""Agreeing, withdrawing and keeping out, and what each line then shows: for tests of sharing."""

import re
from contextlib import contextmanager
from datetime import date, timedelta

from django.utils import timezone

from alongside.config import postgres
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.models import Membership, Worker
from alongside.register.people import actions, queries
from alongside.register.people.codes import FieldGroup
from alongside.register.people.models import Identity, Record
from tests.world import canaries

VAN, HOUSE = "key_worker", "hostel_worker"
IDENTITY, NOTES, HEALTH, WHEREABOUTS = (
    FieldGroup.IDENTITY,
    FieldGroup.NOTES,
    FieldGroup.HEALTH,
    FieldGroup.WHEREABOUTS,
)
HER = ("van", 1)  # known to the van alone


def give(world, groups=(IDENTITY, NOTES), until=None, persona=VAN, record=HER, **changed):
    actor, today = world.actor(persona), timezone.localdate()
    facts = {
        "to_agency": world.agencies["house"].id,
        "groups": groups,
        "asked_on": today,
        "until": until or today + timedelta(days=30),
        "how_asked": "Over tea",
    } | changed
    with acting_as(actor):
        return actions.give_grant(actor, world.records[record], **facts)


def withdraw(world, grant, persona=VAN):
    actor = world.actor(persona)
    with acting_as(actor):
        actions.withdraw_grant(actor, grant)


def keep_out(world, persona=VAN, record=HER, **whom):
    actor = world.actor(persona)
    with acting_as(actor):
        return actions.exclude(actor, world.records[record], **whom)


def named(world, persona, record=HER):
    actor = world.actor(persona)
    with acting_as(actor):
        known = queries.names(actor, [world.records[record]])
    return [each.names[0] for each in known.values()]


def below(world, persona, model=Identity, record=HER):
    """What PostgreSQL alone shows of a record."""
    actor = world.actor(persona)
    path = "pk" if model is Record else "record_id"
    with acting_as(actor):
        return model.objects.unscoped("a test reads past the gate").filter(**{path: world.records[record]}).count()


def shared(world, persona=HOUSE):
    actor = world.actor(persona)
    with acting_as(actor):
        return queries.shared_with_us(actor)


def another(world, agency, role, name="other"):
    worker = Worker.objects.create(email=f"{name}@{agency}.example", name=name.title())
    held = Membership.objects.create(worker=worker, agency=world.agencies[agency], role=role, since=date(2020, 1, 1))
    world.workers[name], world.memberships[name] = worker, held
    return worker


@contextmanager
def emptied(function):
    """A function that the policies ask finds nothing, in a database that others see too: it is put back."""
    with postgres.address().connect() as owner:
        ((words,),) = owner.execute("SELECT pg_get_functiondef(%s::regprocedure)", [function]).fetchall()
        owner.execute(re.sub(r"BEGIN.*END", "BEGIN RETURN; END", words, flags=re.DOTALL).encode())
        owner.commit()
        try:
            yield
        finally:
            owner.execute(words.encode())
            owner.commit()


HER_NAME = canaries("riverside", "van", 1)["name"]
