"""Who of her own agency's records might the woman be whom a worker has before her?

Nothing here reads beyond `visible_to`: what other agencies know changes neither the answer nor the work done for it.
"""

import time
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, FloatField, Func, IntegerField, QuerySet, UUIDField, Value

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.permissions import decide
from alongside.foundation.trail.writing import leave
from alongside.foundation.vault.keys import key_service
from alongside.register.people.codes import FieldGroup
from alongside.register.people.known import Known
from alongside.register.people.linkage.model import shipped
from alongside.register.people.lookup import keys
from alongside.register.people.lookup.parts import Parts, begins_as, parts_of
from alongside.register.people.lookup.rarity import Sample, SampledRarity
from alongside.register.people.lookup.reasons import Reasons, reasons
from alongside.register.people.lookup.rows import rows_of
from alongside.register.people.lookup.scorer import Scored, Scorer, probabilities
from alongside.register.people.models import Identity, Record
from alongside.register.people.queries.record import RecordRow, records
from alongside.register.people.queries.vault import unsealed

SHOWN = 5
OPENED = 50  # how many candidates are unsealed and scored; the keys they share choose them
CONVINCING = 0.5  # below it the whole area is looked at too
NARROW = 400  # a key that more records hold than this is no way to find one of them
SAMPLE = 20_000
SAMPLE_LASTS = 300.0  # seconds
COMPARED = ("names", "last_names", "born", "age", "ethnicity", "area", "marks", "phones")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a worker has: anything from one name to a corner. `on` is the day on which she looks as old as that."""

    known: Known
    on: date


@dataclass(frozen=True, slots=True)
class Likely:
    """A record that may be hers, what the agency knows her by, and why it is shown."""

    record: RecordRow
    known: Known
    probability: float
    why: Reasons


@dataclass(frozen=True, slots=True)
class _Candidate:
    record: UUID
    known: Known
    scored: Scored
    begins: bool  # one of her names begins as what was typed: of two equally likely, the one meant


def look_up(actor: Actor, asked: Asked) -> list[Likely]:
    """At most five records of the actor's agency, the likeliest first. One trail row: how many, never the terms."""
    check(actor, "people.look_up")
    parts = parts_of(asked.known, asked.on)
    search = _Search(actor, parts)
    candidates = search.candidates()
    shares = probabilities([each.scored.bits for each in candidates], search.sample.records)
    if max(shares, default=0.0) < CONVINCING and search.widen():
        candidates = search.candidates()
        shares = probabilities([each.scored.bits for each in candidates], search.sample.records)
    ranked = zip(shares, candidates, strict=True)
    best = nlargest(SHOWN, ranked, key=lambda pair: (round(pair[0], 6), pair[1].begins, pair[1].record))
    rows = {row.id: row for row in records(actor, [each.record for _, each in best])}
    leave(
        actor,
        "people.look_up",
        rule=decide(actor, "people.look_up").rule,
        kind="Record",
        subjects=list(rows),
        count=len(candidates),
        field_groups=[FieldGroup.IDENTITY],
    )
    return [
        Likely(rows[each.record], each.known, share, reasons(each.known, each.scored))
        for share, each in best
        if each.record in rows
    ]


class _Search:
    """One look-up: which keys are asked for, and the candidates that they bring up."""

    def __init__(self, actor: Actor, parts: Parts) -> None:
        assert actor.agency is not None
        self._actor, self._parts = actor, parts
        index_key = key_service().index_key(actor.agency, keys.FIELD)
        self._hashed = keys.hasher(index_key)
        self.sample = sample_of(actor, index_key)
        asked = {key: self.sample.worth(key) for key in map(self._hashed, keys.asked_for(parts))}
        self._narrow = {key for key in asked if self.sample.expected(key) <= NARROW}
        area = parts.area or parts.hood
        self._area = self._hashed(("area", area)) if area else None
        self._asked = asked
        share = self.sample.share(self._area) if self._area is not None and parts.area else None
        self._scorer = Scorer(shipped(), area_share=share)

    def widen(self) -> bool:
        """Look at everybody in the area too; False when that brings up nobody else."""
        if self._area is None or self._area in self._narrow:
            return False
        self._narrow.add(self._area)
        return True

    def candidates(self) -> list[_Candidate]:
        """Those who share the most telling keys, opened and scored."""
        agency = self._actor.agency
        assert agency is not None
        rows = list(self._sharing()) if self._narrow else []
        opened = unsealed(agency, COMPARED, [(row[0], row[2], row[5:]) for row in rows])
        parts = [parts_of(known, row[3] or row[4]) for row, known in zip(rows, opened, strict=True)]
        asked, compared = rows_of(self._parts, parts, SampledRarity(self.sample, self._hashed))
        return [
            _Candidate(row[1], known, self._scorer.score(asked, other), begins_as(self._parts, theirs))
            for row, known, other, theirs in zip(rows, opened, compared, parts, strict=True)
        ]

    def _sharing(self) -> QuerySet[Identity, tuple[Any, ...]]:
        keys_field: ArrayField[Any, Any] = ArrayField(BigIntegerField())
        worth_field: ArrayField[Any, Any] = ArrayField(FloatField())
        sharing = Func(
            Value(list(self._narrow), output_field=keys_field),
            Value(list(self._asked), output_field=keys_field),
            Value(list(self._asked.values()), output_field=worth_field),
            Value(OPENED, output_field=IntegerField()),
            function="people_sharing",
            output_field=UUIDField(),
            template="(SELECT %(function)s(%(expressions)s))",
        )
        # In no order: they are scored and ordered by that.
        found: QuerySet[Identity] = Identity.objects.visible_to(self._actor).filter(pk__in=sharing)
        return found.values_list("id", "record_id", "data_key", "seen_from", "seen_to", *COMPARED).order_by()


_samples: dict[UUID, tuple[float, bytes, Sample]] = {}


def sample_of(actor: Actor, index_key: bytes) -> Sample:
    """How often keys occur among the agency's records, from a sample that this process renews every few minutes.

    Identities have random ids, so the first ones by id are a random sample. A new index key makes the sample stale.
    """
    assert actor.agency is not None
    made_at, of_key, sample = _samples.get(actor.agency, (0.0, b"", None))
    if sample is None or of_key != index_key or time.monotonic() - made_at > SAMPLE_LASTS:
        current = Identity.objects.visible_to(actor).filter(is_current=True, agency_id=actor.agency)
        held = current.order_by("pk").values_list("match_keys", flat=True)[:SAMPLE]
        count = Record.objects.visible_to(actor).filter(removed_at=None).count()
        sample = Sample.of(held, count)
        _samples[actor.agency] = (time.monotonic(), index_key, sample)
    return sample
