"""Invented records with pair evidence set by hand, for tests of deciding and accepting."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.people.acting import counting_job, linkage_job
from alongside.register.people.comparing import Compared, Edge
from alongside.register.people.linking.run import Found, begin_run, keep_run
from alongside.register.people.models import Decision, Grouping, Pair, Record
from tests.world import World

EVIDENCE = {
    "for": ["The same street name, and a rare one"],
    "against": ["Other neighbourhoods"],
    "unknown": ["Phone"],
}


def edge(one: UUID, other: UUID, probability: float) -> Edge:
    """A pair whose phone numbers agree where it is likelier than not, and differ where it is not."""
    a, b = sorted((one, other))
    bits = 12.0 if probability > 0.5 else -4.0
    return Edge(a, b, probability, bits - 8 + probability, EVIDENCE | {"weights": {"phone": bits}})


def keep(world: World, together: list[Edge], own: dict[str, list[Edge]] | None = None) -> UUID:
    """Write a run as if the engine had found these pairs."""
    job = linkage_job(world.partnership.id)
    with acting_as(job):
        rows = Record.objects.visible_to(job).filter(removed_at=None)
        agency_of = dict(rows.values_list("id", "agency_id"))
        found = Found(
            agency_of,
            Compared(together, sum(each.probability for each in together)),
            {world.agencies[slug].id: held for slug, held in (own or {}).items()},
        )
        run = begin_run(job)
        keep_run(job, run, found=found)
    return run


def grouping(world: World) -> dict[UUID, UUID]:
    """Record -> person, of the whole partnership."""
    job = counting_job(world.partnership.id)
    with acting_as(job):
        return dict(Grouping.objects.visible_to(job).order_by("record_id").values_list("record_id", "person_id"))


def pair_of(actor: Actor, one: UUID, other: UUID) -> UUID:
    """The id of the pair as this actor sees it."""
    a, b = sorted((one, other))
    with acting_as(actor):
        return Pair.objects.visible_to(actor).get(a_id=a, b_id=b).pk


def decisions(actor: Actor) -> int:
    with acting_as(actor):
        return Decision.objects.visible_to(actor).count()


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens inside leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
