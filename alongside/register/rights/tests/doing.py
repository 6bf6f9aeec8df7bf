"""As a persona of the small world: do, ask, and see what she sees of other rooms."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.rows import writing
from alongside.register.people import queries as people
from alongside.register.people.codes import FieldGroup
from alongside.register.rights.actions import sharing
from alongside.register.rights.actions.sharing import Proposed
from alongside.register.rights.codes import Ground, Told
from tests.world import does


def names_seen(world, persona, record):
    """Names of one record that this persona may read now."""
    known = does(world, persona, people.names, [world.records[record]])
    return [each.names[0] for each in known.values()]


def refused_by_the_database(world, persona, row, **changed):
    """Whether a constraint refuses the row as it would be, whatever the product asks."""
    token = writing.set("a planted defect")
    try:
        with acting_as(world.actor(persona)), transaction.atomic():
            type(row).objects.unscoped("a test").filter(pk=row.pk).update(**changed)
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    finally:
        writing.reset(token)
    return False


def row_of(world, persona, model, id):
    with acting_as(world.actor(persona)):
        return model.objects.unscoped("a test").get(pk=id)


def shares(world, *, by="key_worker", record=("van", 1), to="house", groups=(FieldGroup.IDENTITY,), **changed):
    """A disclosure that one person of the holder wrote; with `signed` another person signs it."""
    today, signed = timezone.localdate(), changed.pop("signed", "")
    facts = {
        "ground": Ground.LIFE,
        "groups": groups,
        "necessity": "She is in danger tonight",
        "risk": "He knows where she sleeps",
        "told": Told.NOT,
        "told_words": "She cannot be reached",
        "until": today + timedelta(days=7),
        "review_on": today + timedelta(days=2),
    } | changed
    made = does(world, by, sharing.propose, world.records[record], Proposed(world.agencies[to].id, **facts))
    if signed:
        does(world, signed, sharing.sign, made)
    return made
