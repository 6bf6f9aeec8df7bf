"""Returns, snapshots and definitions as rows ready to show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.permissions import NotFound, decide
from alongside.foundation.trail.writing import leave
from alongside.insight.monitoring.actions import definitions
from alongside.insight.monitoring.checks import Check
from alongside.insight.monitoring.definitions import Catalogue, Definition, Framework
from alongside.insight.monitoring.figures import Figure, Period
from alongside.insight.monitoring.models import Return, ReturnWoman, Snapshot
from alongside.register.agencies import facts as agencies

MOST = 50
Sheet = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    id: UUID
    as_of: date
    made_at: datetime
    facts: int
    digest: str


@dataclass(frozen=True, slots=True)
class ReturnRow:
    id: UUID
    framework: str
    whose: str
    period: Period
    as_of: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its meaning.

    `recounted` and `earlier`: its count when this period was counted last, and in the period before; None where it was
    not, or by another version of the definition.
    """

    definition: Definition
    figure: Figure
    out_of: str
    recounted: int | None
    earlier: int | None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check of a return. `of`: its denominator, what `out_of` names; `tells`: there is something to do."""

    check: Check
    line: Line
    of: int | None
    out_of: str

    @property
    def tells(self) -> bool:
        return self.check.tells(self.line.figure.count, self.of)


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """A return as page and files show it. `whose`: the agency, or the partnership."""

    id: UUID
    framework: str
    sentence: str
    framework_version: int
    whose: str
    period: Period
    as_of: date
    made_at: datetime
    snapshot: UUID
    digest: str
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    checks: tuple[CheckLine, ...]
    earlier: Period | None
    opens_women: bool
    is_whole: bool  # of the partnership, not of an agency

    def lines(self) -> Iterator[tuple[str, Line]]:
        for name, lines in self.sections:
            for line in lines:
                yield name, line


def snapshots(actor: Actor) -> list[SnapshotRow]:
    """The latest snapshots of the partnership."""
    check(actor, "returns.snapshots")
    rows = Snapshot.objects.visible_to(actor).order_by("-made_at", "id")
    return [SnapshotRow(*row) for row in rows.values_list("id", "as_of", "made_at", "facts", "digest")[:MOST]]


def returns(actor: Actor) -> list[ReturnRow]:
    """The latest counting of each return that the actor may see, the latest period first."""
    check(actor, "returns.see")
    found, names = definitions(), _names(actor)
    rows = Return.objects.visible_to(actor).order_by("framework", "agency_id", "since", "until", "-made_at", "id")
    latest = rows.distinct("framework", "agency_id", "since", "until").defer("figures")
    listed = [
        ReturnRow(
            row.id,
            found.frameworks[row.framework].name if row.framework in found.frameworks else row.framework,
            names.get(row.agency_id, ""),
            Period(row.since, row.until),
            row.as_of,
            row.made_at,
        )
        for row in latest
    ]
    return sorted(listed, key=lambda row: (row.period.until, row.made_at), reverse=True)[:MOST]


def _names(actor: Actor) -> dict[UUID | None, str]:
    assert actor.partnership is not None
    named: dict[UUID | None, str] = {each.id: each.name for each in agencies.agencies(actor.partnership)}
    return {**named, None: agencies.partnership_name(actor.partnership)}


def return_sheet(actor: Actor, pk: UUID) -> ReturnSheet:
    """A return with its meaning and what changed. Raises NotFound: the same for absent and out of reach."""
    check(actor, "returns.see")
    row: Return = load(actor, Return, pk)
    return _sheet(actor, row)


def _sheet(actor: Actor, row: Return) -> ReturnSheet:
    found = definitions()
    frame = found.frameworks.get(row.framework)
    if frame is None:
        raise NotFound("Return")
    alike = Return.objects.visible_to(actor).filter(framework=row.framework, agency_id=row.agency_id)
    earlier_ones = alike.filter(made_at__lt=row.made_at).order_by("-made_at", "id")
    again = earlier_ones.filter(since=row.since, until=row.until).first()
    before = alike.filter(until__lt=row.since).order_by("-until", "-made_at", "id").first()

    def lines(keys: tuple[str, ...]) -> tuple[Line, ...]:
        return tuple(_line(found, row, again, before, key) for key in keys if key in row.figures)

    return ReturnSheet(
        row.id,
        frame.name,
        frame.sentence,
        row.framework_version,
        _names(actor).get(row.agency_id, ""),
        Period(row.since, row.until),
        row.as_of,
        row.made_at,
        row.snapshot_id,
        row.digest,
        tuple((section.name, lines(section.figures)) for section in frame.sections),
        _checks(found, frame, row, again, before),
        Period(before.since, before.until) if before else None,
        decide(actor, "returns.see_women", row.as_subject()).allowed,
        row.agency_id is None,
    )


def _line(found: Catalogue, row: Return, again: Return | None, before: Return | None, key: str) -> Line:
    definition, figure = found.definitions[key], Figure.from_json(row.figures[key])
    out_of = found.definitions[definition.out_of].name if definition.out_of else ""
    return Line(definition, figure, out_of, _count(again, figure), _count(before, figure))


def _checks(
    found: Catalogue, frame: Framework, row: Return, again: Return | None = None, before: Return | None = None
) -> tuple[CheckLine, ...]:
    """The checks that were counted with this return, in their order."""
    told = []
    for check_ in (found.checks[key] for key in frame.checks):
        if not all(key in row.figures for key in check_.figures()):
            continue
        line = _line(found, row, again, before, check_.figure)
        of, out_of = line.figure.of, line.out_of
        if check_.beside:
            of, out_of = row.figures[check_.beside]["count"], found.definitions[check_.beside].name
        told.append(CheckLine(check_, line, of, out_of))
    return tuple(told)


def _count(other: Return | None, figure: Figure) -> int | None:
    """What another return says of the same figure by the same version of its definition."""
    kept = other.figures.get(figure.key) if other else None
    return kept["count"] if kept and kept["version"] == figure.version else None


def downloaded(actor: Actor, pk: UUID) -> ReturnSheet:
    """The return to write into a file; each one leaves a trail row."""
    check(actor, "returns.download")
    sheet = return_sheet(actor, pk)
    rule = decide(actor, "returns.download").rule
    leave(actor, "returns.download", rule=rule, kind="Return", subjects=[sheet.id])
    return sheet


def cut_across(actor: Actor, framework: str, period: Period) -> Period | None:
    """The period of a return of the same kind that this one overlaps in part; None where they lie apart or within.

    Of the actor's agency, or of the partnership for its co-ordinator: what `jobs.ask_for_return` would count.
    """
    check(actor, "returns.see")
    agency = None if actor.reach == "coordinator" else actor.agency
    rows = Return.objects.visible_to(actor).filter(framework=framework, agency_id=agency)
    rows = rows.filter(since__lte=period.until, until__gte=period.since).order_by("-until", "id")
    for since, until in rows.values_list("since", "until"):
        within = since <= period.since and period.until <= until
        around = period.since <= since and until <= period.until
        if not (within or around):
            return Period(since, until)
    return None


@dataclass(frozen=True, slots=True)
class Behind:
    """The records behind a figure, in a steady order."""

    name: str
    sentence: str
    records: tuple[UUID, ...]


def women_behind(actor: Actor, pk: UUID, key: str) -> Behind:
    """Records of the actor's agency behind a figure of its return; leaves a trail row. Raises NotFound, Denied."""
    row: Return = load(actor, Return, pk)
    check(actor, "returns.see_women", row.as_subject())
    kept, definition = row.figures.get(key), definitions().definitions.get(key)
    if kept is None or definition is None or definition.unit != "women":
        raise NotFound("Return")
    numbers = Figure.from_json(kept).women
    rows = ReturnWoman.objects.visible_to(actor).filter(of_return_id=row.pk, number__in=numbers)
    records = tuple(rows.order_by("record_id").values_list("record_id", flat=True))
    rule = decide(actor, "returns.see_women", row.as_subject()).rule
    leave(actor, "returns.see_women", rule=rule, kind="Return", subjects=[row.pk], count=len(records))
    return Behind(definition.name, definition.sentence, records)


def meanings(actor: Actor) -> list[Definition]:
    """All definitions, by name."""
    check(actor, "returns.definitions")
    return sorted(definitions().definitions.values(), key=lambda each: each.name)


def frameworks() -> list[Framework]:
    """The sets of figures that a return can hold, by name."""
    return sorted(definitions().frameworks.values(), key=lambda each: each.name)


def definitions_of(framework: str) -> dict[str, Definition]:
    """The figures of a set, in its order; none of a set that is gone."""
    found = definitions()
    frame = found.frameworks.get(framework)
    return {key: found.definitions[key] for key in Framework.keys(frame)} if frame else {}


def counted_so_far(actor: Actor, framework: str, agency: UUID | None, period: Period) -> ReturnSheet | None:
    """The latest counting from the first day of a period to its last, or to a day before that; None where none was."""
    check(actor, "returns.see")
    rows = Return.objects.visible_to(actor).filter(framework=framework, agency_id=agency, since=period.since)
    row = rows.filter(until__lte=period.until).order_by("-until", "-made_at", "id").first()
    return _sheet(actor, row) if row else None


def by_quarter(actor: Actor, framework: str, agency: UUID | None, quarters: Sequence[Period]) -> dict[Period, Sheet]:
    """The latest counting of each of these quarters, figures by key; quarters that were not counted are left out."""
    check(actor, "returns.see")
    rows = Return.objects.visible_to(actor).filter(framework=framework, agency_id=agency)
    rows = rows.filter(since__in=[each.since for each in quarters]).order_by("made_at", "id")
    wanted = set(quarters)
    return {
        Period(row.since, row.until): {key: Figure.from_json(kept) for key, kept in row.figures.items()}
        for row in rows
        if Period(row.since, row.until) in wanted
    }


def checked(actor: Actor, framework: str, agency: UUID | None, period: Period) -> tuple[UUID, list[CheckLine]] | None:
    """The latest return of just this period, and its checks that tell something; None where none was counted."""
    check(actor, "returns.see")
    rows = Return.objects.visible_to(actor).filter(framework=framework, agency_id=agency)
    row = rows.filter(since=period.since, until=period.until).order_by("-made_at", "id").first()
    found = definitions()
    frame = found.frameworks.get(framework)
    if row is None or frame is None:
        return None
    return row.pk, [each for each in _checks(found, frame, row) if each.tells]


def known_figures() -> dict[str, Definition]:
    """Every figure that stands in some set, by key."""
    found = definitions()
    keys = {key for frame in found.frameworks.values() for key in Framework.keys(frame)}
    return {key: found.definitions[key] for key in sorted(keys)}


def whole_counts(actor: Actor, keys: Iterable[str]) -> list[tuple[str, Period, int, int | None]]:
    """(key, period, count, denominator) of the partnership's latest returns, the latest period first."""
    check(actor, "returns.see")
    known, wanted = definitions().definitions, sorted(keys)
    rows = (
        Return.objects.visible_to(actor).filter(agency_id=None).defer("by_agency").order_by("-until", "-made_at", "id")
    )
    return [
        (key, Period(row.since, row.until), row.figures[key]["count"], row.figures[key]["of"])
        for row in (rows[:MOST] if wanted else ())
        for key in wanted
        if key in row.figures and row.figures[key]["version"] == known[key].version
    ]
