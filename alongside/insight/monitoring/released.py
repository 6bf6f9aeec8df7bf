"""Releases as rows ready to show, as CSV, and as CSV on the Web metadata beside it."""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from defusedcsv import csv

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.permissions import decide
from alongside.foundation.trail.writing import leave
from alongside.insight.monitoring.actions import definitions
from alongside.insight.monitoring.definitions import Definition
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.models import Given, Release
from alongside.insight.monitoring.outside import RULE, Shown
from alongside.insight.monitoring.releasing import kept
from alongside.register.agencies import facts as agencies

COLUMNS = (
    ("figure", "Figure", "string"),
    ("count", "Count; a star is fewer than ten, or none", "string"),
    ("denominator", "What it is counted out of; a star is fewer than ten, or none", "string"),
    ("per_cent", "Per cent, from the rounded counts", "integer"),
    ("unit", "What is counted", "string"),
    ("sentence", "What the figure means", "string"),
    ("out_of", "What the denominator is", "string"),
    ("definition", "Definition and its version", "string"),
    ("from", "First day of the period", "date"),
    ("to", "Last day of the period", "date"),
)


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """`number` None: it waits for its release."""

    id: UUID
    framework: str
    period: Period
    number: int | None
    given_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReleaseSheet:
    id: UUID
    framework: str
    partnership: str
    period: Period
    as_of: date
    number: int | None
    figures: tuple[tuple[str, tuple[tuple[Shown, Definition, str], ...]], ...]
    may_give: bool


def _numbers(actor: Actor) -> dict[UUID, tuple[int, datetime]]:
    rows = Given.objects.visible_to(actor).order_by("number")
    return {pk: (number, at) for pk, number, at in rows.values_list("release_id", "number", "given_at")}


def releases(actor: Actor) -> list[ReleaseRow]:
    """What the actor may see, what waits first, then the latest."""
    check(actor, "returns.open_releases")
    known, numbers = definitions(), _numbers(actor)
    rows = Release.objects.visible_to(actor).order_by("-prepared_at", "id")
    found = []
    for pk, framework, since, until in rows.values_list("id", "framework", "since", "until"):
        number, at = numbers.get(pk, (None, None))
        name = known.frameworks[framework].name if framework in known.frameworks else framework
        found.append(ReleaseRow(pk, name, Period(since, until), number, at))
    return sorted(found, key=lambda row: (row.number is not None, -(row.number or 0)))


def release_sheet(actor: Actor, pk: UUID) -> ReleaseSheet:
    """Raises NotFound: the same for absent and out of reach."""
    check(actor, "returns.open_releases")
    row: Release = load(actor, Release, pk)
    known, figures = definitions(), kept(row)
    frame = known.frameworks.get(row.framework)
    sections = [(each.name, each.figures) for each in frame.sections] if frame else [("Figures", tuple(figures))]
    number, _ = _numbers(actor).get(pk, (None, None))

    def line(key: str) -> tuple[Shown, Definition, str]:
        each = known.definitions[key]
        return figures[key], each, known.definitions[each.out_of].name if each.out_of else ""

    return ReleaseSheet(
        row.pk,
        frame.name if frame else row.framework,
        agencies.partnership_name(row.partnership_id),
        Period(row.since, row.until),
        row.as_of,
        number,
        tuple(
            (name, tuple(line(key) for key in keys if key in figures and key in known.definitions))
            for name, keys in sections
        ),
        number is None and actor.user != row.prepared_by and decide(actor, "returns.give", row.as_subject()).allowed,
    )


def went_out(actor: Actor, framework: str, period: Period) -> ReleaseSheet | None:
    """The latest release from the first day of a period to its last, or to a day before that; None where none is."""
    check(actor, "returns.open_releases")
    rows = Release.objects.visible_to(actor).exclude(given=None).filter(framework=framework, since=period.since)
    pk = rows.filter(until__lte=period.until).order_by("-until", "-given__number").values_list("id", flat=True).first()
    return release_sheet(actor, pk) if pk else None


def figures_of(actor: Actor, releases: Iterable[UUID]) -> dict[UUID, dict[str, tuple[Shown, Definition]]]:
    """The figures of releases that went out, by key; what is absent or out of reach is left out."""
    check(actor, "returns.open_releases")
    known = definitions().definitions
    rows = Release.objects.visible_to(actor).exclude(given=None).filter(pk__in=list(releases)).order_by("id")
    return {row.pk: {key: (each, known[key]) for key, each in kept(row).items() if key in known} for row in rows}


def whole_released(actor: Actor, keys: Iterable[str]) -> list[tuple[str, Period, int | None, int | None]]:
    """(key, period, count, denominator) of what went out, the latest first; None where it was hidden or is none."""
    check(actor, "returns.open_releases")
    wanted = sorted(keys)
    rows = Release.objects.visible_to(actor).exclude(given=None).order_by("-until", "-given__number") if wanted else ()
    return [
        (key, Period(row.since, row.until), _number(each.count), _number(each.of))
        for row in rows
        for key, each in kept(row).items()
        if key in wanted
    ]


def _number(cell: int | str | None) -> int | None:
    return cell if isinstance(cell, int) else None


def downloaded(actor: Actor, pk: UUID) -> ReleaseSheet:
    """The release to write into a file; each one leaves a trail row."""
    sheet = release_sheet(actor, pk)
    rule = decide(actor, "returns.open_releases").rule
    leave(actor, "returns.open_releases", rule=rule, kind="Release", subjects=[sheet.id])
    return sheet


def file_name(sheet: ReleaseSheet) -> str:
    return f"release-{sheet.period.since.isoformat()}-{sheet.period.until.isoformat()}.csv"


def as_csv(sheet: ReleaseSheet) -> bytes:
    """One row a figure, as its metadata describes it: no mark before the first heading, UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([name for name, _, _ in COLUMNS])
    for _, lines in sheet.figures:
        for each, definition, out_of in lines:
            writer.writerow(
                [
                    definition.name,
                    each.count,
                    "" if each.of is None else each.of,
                    "" if each.percent is None else each.percent,
                    definition.unit_words,
                    definition.sentence,
                    out_of,
                    f"{each.key} version {each.version}",
                    sheet.period.since.isoformat(),
                    sheet.period.until.isoformat(),
                ]
            )
    return out.getvalue().encode()


def as_metadata(sheet: ReleaseSheet) -> bytes:
    """CSV on the Web (https://www.w3.org/TR/tabular-metadata/): columns, types, period, rule of small numbers."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file_name(sheet),
        "dc:title": f"{sheet.framework}, {sheet.partnership}",
        "dc:description": RULE,
        "dc:temporal": f"{sheet.period.since.isoformat()}/{sheet.period.until.isoformat()}",
        "dc:issued": sheet.as_of.isoformat(),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "columns": [
                {"name": name, "titles": name, "dc:description": words, "datatype": kind, "null": ""}
                for name, words, kind in COLUMNS
            ]
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=2).encode()
