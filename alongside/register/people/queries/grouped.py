"""The groups around a pair: who is in them, by what they hold together, and who else might be meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from alongside.foundation.gate.actor import Actor
from alongside.register.people.acting import settlement_job
from alongside.register.people.codes import Judgement
from alongside.register.people.comparing import Edge, groups
from alongside.register.people.grouping import NEAR, Sets, neighbourhood, standing
from alongside.register.people.models import Grouping, Pair
from alongside.register.people.queries.decided import decided, edges, said

RIVALS = 5
RIVAL_FROM = 0.1


@dataclass(frozen=True, slots=True)
class Grouped:
    """`placed`: record -> its group. `weakest`: the pair without which a group would fall apart first."""

    a: UUID
    b: UUID
    placed: Mapping[UUID, UUID]
    weakest: Edge | None
    rivals: tuple[tuple[UUID, UUID, float], ...]  # one of the two, the other record, probability

    @property
    def together(self) -> bool:
        return self.placed.get(self.a, self.a) == self.placed.get(self.b, self.b)

    @property
    def members(self) -> tuple[UUID, ...]:
        return tuple({*self.group_of(self.a), *self.group_of(self.b)})

    @property
    def mentioned(self) -> tuple[UUID, ...]:
        weakest = (self.weakest.a, self.weakest.b) if self.weakest else ()
        return (*weakest, *(other for _, other, _ in self.rivals))

    def group_of(self, record: UUID) -> tuple[UUID, ...]:
        group = self.placed.get(record, record)
        return tuple(sorted(each for each, its in self.placed.items() if its == group)) or (record,)


def grouped(actor: Actor, a: UUID, b: UUID, held_by: UUID | None) -> Grouped:
    """Groups around two records: the partnership's, or for an agency those its own records alone would make."""
    placed = _own(actor, a, b, held_by) if held_by else _partnerships(actor, a, b)
    members = [record for record, group in placed.items() if group in {placed.get(a, a), placed.get(b, b)}]
    # Groups rest on pairs within agencies too, which the co-ordinator does not decide about.
    lens = actor if held_by or actor.partnership is None else settlement_job(actor.partnership)
    touching = edges(lens, Q(a_id__in=members) | Q(b_id__in=members))
    inside = [each for each in touching if placed.get(each.a) is not None and placed.get(each.a) == placed.get(each.b)]
    return Grouped(a, b, placed, _weakest(inside), _rivals(a, b, touching, placed))


def _partnerships(actor: Actor, a: UUID, b: UUID) -> dict[UUID, UUID]:
    rows = Grouping.objects.visible_to(actor)
    persons = rows.filter(record_id__in=[a, b]).order_by("record_id").values("person_id")
    return dict(rows.filter(person_id__in=persons).order_by("record_id").values_list("record_id", "person_id"))


def _own(actor: Actor, a: UUID, b: UUID, held_by: UUID) -> dict[UUID, UUID]:
    """What the groups would be if there were no other list."""
    all_said = said(decided(actor))
    joined = [(each.a, each.b) for each in all_said if each.judgement is Judgement.SAME]
    near = Pair.objects.visible_to(actor).filter(held_by_id=held_by, probability__gt=NEAR).order_by("a_id", "b_id")
    around = neighbourhood((a, b), [*near.values_list("a_id", "b_id"), *joined])
    return groups(around, edges(actor, Q(a_id__in=around, b_id__in=around)), standing(all_said))


def _weakest(inside: Sequence[Edge]) -> Edge | None:
    """The last pair needed to hold all together, when the likeliest are taken first."""
    sets: Sets[UUID] = Sets()
    last = None
    for edge in sorted(inside, key=lambda each: (-each.probability, each.a, each.b)):
        if sets.anchor(edge.a) != sets.anchor(edge.b):
            sets.join(edge.a, edge.b)
            last = edge
    return last


def _rivals(
    a: UUID, b: UUID, touching: Sequence[Edge], placed: Mapping[UUID, UUID]
) -> tuple[tuple[UUID, UUID, float], ...]:
    """Other records that one of the two may belong with instead, likeliest first."""
    found = []
    for edge in touching:
        for mine, other in ((edge.a, edge.b), (edge.b, edge.a)):
            elsewhere = placed.get(other, other) not in {placed.get(a, a), placed.get(b, b)}
            if mine in (a, b) and elsewhere and edge.probability >= RIVAL_FROM:
                found.append((mine, other, edge.probability))
    return tuple(sorted(found, key=lambda each: (-each[2], each[0], each[1]))[:RIVALS])
