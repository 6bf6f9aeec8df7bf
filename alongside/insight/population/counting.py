"""From nameless facts to the lines of a picture. Pure: the same facts and seed give the same picture."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.estimate import estimate_population
from alongside.insight.population.evidence import PairEvidence
from alongside.insight.population.lines import Counted, Line
from alongside.insight.population.membership import Span, distinct_women, span
from alongside.insight.population.refusals import BelowTheKnown, NotCompared, NotEstimable, TooFewLists
from alongside.insight.population.two_lists import Interval
from alongside.insight.population.unlinked import estimate_without_links
from alongside.insight.population.words import explain, explain_unlinked

if TYPE_CHECKING:
    from alongside.register.agencies.facts import AgencyFact
    from alongside.register.people.facts import DecidedFact, RecordFact, Unlinked

SURE = 50.0
"""Natural log Bayes factor that stands for a person's decision: no evidence outweighs it."""
LEAST_SHOWN = 0.5  # combinations expected to hold fewer women than this are noise of the drawing
STREET, JUSTICE = "street", "justice"
NEVER = np.iinfo(np.int64).max
EMPTY = "No agency has a record yet, so there is nothing to count."
LEFT_OUT = "Combinations of agencies that are expected to hold less than half a woman are left out."


@dataclass(frozen=True)
class Facts:
    """What is counted: records by id, all agencies, the evidence of all pairs in that order, what people decided."""

    records: "Sequence[RecordFact]"
    agencies: "Sequence[AgencyFact]"
    evidence: "Unlinked | None"
    decided: "Sequence[DecidedFact]" = ()


def counted(facts: Facts, since: date, until: date, *, seed: int = 0, draws: int = 40) -> Counted:
    """All lines. `since` and `until`, both included, bound what is new. Raises NotCompared."""
    names = agency_names(facts)
    if not facts.records:
        return Counted((), (Line("records", 0), Line("women", 0, of=0)), (EMPTY,))
    groups, evidence = _groups(facts, names, seed, draws)
    women = _Women(facts, names, groups)
    lines = [*women.lines(since, until), *_records(facts, names), *_estimates(facts, names, evidence, women.all)]
    return Counted(tuple(names[each] for each in women.agencies), tuple(lines), (LEFT_OUT,))


def agency_names(facts: Facts) -> dict[UUID, str]:
    """A name for each agency; two of one name are numbered."""
    seen: Counter[str] = Counter()
    named = {}
    for agency in facts.agencies:
        seen[agency.name] += 1
        named[agency.id] = agency.name if seen[agency.name] == 1 else f"{agency.name} ({seen[agency.name]})"
    return named


def _groups(
    facts: Facts, names: dict[UUID, str], seed: int, draws: int
) -> tuple[NDArray[np.int64], PairEvidence | None]:
    """(draws, records): who is one woman in each drawn grouping."""
    if len(facts.records) < 2:
        return np.zeros((1, len(facts.records)), np.int64), None
    evidence = pair_evidence(facts, names)
    return distinct_women(evidence, seed=seed, draws=draws).groups, evidence


def pair_evidence(facts: Facts, names: dict[UUID, str]) -> PairEvidence:
    """The kept evidence with people's decisions put over it. Raises NotCompared when it is about other records."""
    kept = facts.evidence
    if kept is None:
        raise NotCompared("The records have not been compared yet. Compare them first: who is one woman is not known.")
    if [kept.agencies[code] for code in kept.agency.tolist()] != [str(each.agency) for each in facts.records]:
        raise NotCompared("Records came in or were taken back since they were last compared. Compare them again first.")
    log_bf = kept.log_bf.copy()
    place = {record.id: number for number, record in enumerate(facts.records)}
    for each in facts.decided:
        if each.a in place and each.b in place:
            left, right = sorted((place[each.a], place[each.b]))
            log_bf[_of_pair(left, right, len(place))] = SURE if each.same else -SURE
    named = tuple(names[UUID(agency)] for agency in kept.agencies)
    return PairEvidence(named, kept.agency, kept.area, kept.left, kept.right, log_bf)


def _of_pair(left: int, right: int, records: int) -> int:
    """The place of a pair among all pairs, in the order of `numpy.triu_indices`."""
    return left * (2 * records - left - 1) // 2 + right - left - 1


class _Women:
    """Drawn groupings, and counts of women in each of them."""

    def __init__(self, facts: Facts, names: dict[UUID, str], groups: NDArray[np.int64]) -> None:
        self.names, self.groups, self.total = names, groups, len(facts.records)
        setting = {each.id: each.setting for each in facts.agencies}
        self.agencies = [each.id for each in facts.agencies if any(row.agency == each.id for row in facts.records)]
        code = {agency: place for place, agency in enumerate(self.agencies)}
        self.bit = np.array([1 << code[row.agency] for row in facts.records], np.int64)
        self.settings = [setting[agency] for agency in self.agencies]
        self.has = {kind: kind in setting.values() for kind in (STREET, JUSTICE)}
        self.first = np.array(
            [row.first_seen_on.toordinal() if row.first_seen_on else NEVER for row in facts.records], np.int64
        )
        drawn = [self._patterns(each) for each in groups]
        self.patterns = [pattern for pattern, _ in drawn]
        self.firsts = [first for _, first in drawn]
        self.all = span(np.array([float(len(each)) for each in self.patterns]))

    def _patterns(self, group: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Each woman's agencies as bits, and the first day that any of her records tells."""
        _, place = np.unique(group, return_inverse=True)
        pattern = np.zeros(place.max() + 1, np.int64)
        np.bitwise_or.at(pattern, place, self.bit)
        first = np.full(len(pattern), NEVER)
        np.minimum.at(first, place, self.first)
        return pattern, first

    def lines(self, since: date, until: date) -> Iterator[Line]:
        """Women, by agency, by overlap, shared, new, known only here or there."""
        yield self._line("women", self.all, of=self.total)
        for place, agency in enumerate(self.agencies):
            yield self._line("by_agency", self._count([known >> place & 1 == 1 for known in self.patterns]), (agency,))
        yield self._line("shared", self._count([known & (known - 1) > 0 for known in self.patterns]))
        yield from self._overlaps()
        new = [(first >= since.toordinal()) & (first <= until.toordinal()) for first in self.firsts]
        yield self._line("new", self._count(new))
        for key, kind in (("street_only", STREET), ("justice_only", JUSTICE)):
            here = sum(1 << place for place, setting in enumerate(self.settings) if setting == kind)
            found = self._line(key, self._count([known & ~here == 0 for known in self.patterns]))
            yield replace(found, structural=not self.has[kind])

    def _overlaps(self) -> Iterator[Line]:
        """The commonest first, as in an UpSet plot."""
        codes = np.unique(np.concatenate(self.patterns)).tolist()
        found = {code: self._count([known == code for known in self.patterns]) for code in codes}
        for code, women in sorted(found.items(), key=lambda each: (-each[1].mean, each[0])):
            if women.mean >= LEAST_SHOWN:
                here = [each for place, each in enumerate(self.agencies) if code >> place & 1]
                yield self._line("overlap", women, here)

    def _count(self, chosen: Sequence[NDArray[np.bool_]]) -> Span:
        """Of the women chosen in each draw."""
        return span(np.array([float(each.sum()) for each in chosen]))

    def _line(self, key: str, women: Span, about: Sequence[UUID] = (), of: int | None = None) -> Line:
        whole = _whole(self.all.mean) if of is None else of
        low, high = (_whole(women.low), _whole(women.high)) if len(self.groups) > 1 else (None, None)
        return Line(key, _whole(women.mean), low, high, whole, tuple(self.names[each] for each in about))


def _records(facts: Facts, names: dict[UUID, str]) -> Iterator[Line]:
    yield Line("records", len(facts.records))
    held = Counter(record.agency for record in facts.records)
    for agency in facts.agencies:
        if held[agency.id]:
            yield Line("records_by_agency", held[agency.id], of=len(facts.records), about=(names[agency.id],))
    yield Line("groups", len({record.person for record in facts.records}), of=len(facts.records))


def _estimates(facts: Facts, names: dict[UUID, str], evidence: PairEvidence | None, seen: Span) -> Iterator[Line]:
    """All women, from the evidence and from the groups: a number with its words, or the words why there is none."""
    try:
        yield _from_evidence(evidence, seen)
    except NotEstimable as refusal:
        yield _not_estimable("all_evidence", refusal)
    try:
        linked = estimate_population(_by_groups(facts, names))
        yield _estimate("all_links", linked.interval, linked.spread, explain(linked))
    except NotEstimable as refusal:
        yield _not_estimable("all_links", refusal)


def _from_evidence(evidence: PairEvidence | None, seen: Span) -> Line:
    """The estimate without links; the women who are known are a floor under it, as it is not made from their number."""
    if evidence is None:
        raise TooFewLists
    found = estimate_without_links(evidence)
    if found.interval.estimate < seen.mean:
        raise BelowTheKnown(f"It would be {_whole(found.interval.estimate)}, and {_whole(seen.mean)} are known.")
    found = replace(found, interval=replace(found.interval, low=max(found.interval.low, seen.low)))
    return _estimate("all_evidence", found.interval, found.spread, explain_unlinked(found, seen.mean))


def _by_groups(facts: Facts, names: dict[UUID, str]) -> CaptureTable:
    members: dict[UUID, set[str]] = {}
    for record in facts.records:
        members.setdefault(record.person, set()).add(names[record.agency])
    held = {record.agency for record in facts.records}
    return CaptureTable.from_members([name for agency, name in names.items() if agency in held], members.values())


def _estimate(key: str, found: Interval, spread: tuple[float, float], words: list[str]) -> Line:
    least, most = _whole(spread[0]), _whole(spread[1])
    return Line(
        key,
        _whole(found.estimate),
        _whole(found.low),
        _whole(found.high),
        words=tuple(words),
        between=(least, most) if least < most else None,
    )


def _not_estimable(key: str, refusal: NotEstimable) -> Line:
    rest = str(refusal).removeprefix(refusal.words).strip()
    return Line(key, None, words=(refusal.words, rest) if rest else (refusal.words,))


def _whole(number: float) -> int:
    """Halves upwards, like every other rounding here."""
    return int(number + 0.5)
