"""One picture as rows of text and numbers: what page, console, CSV and XLSX all show, so that they cannot differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from alongside.insight.population.definitions import DEFINITIONS, VERSION, Definition
from alongside.insight.population.lines import Counted, Line
from alongside.insight.population.outside import FOR_COORDINATOR, RULE
from alongside.insight.population.periods import Period
from alongside.insight.rounding import Cell, percentage

# What stands together, in the order of reading.
SECTIONS = (
    ("How many women", ("women", "shared", "new", "street_only", "justice_only")),
    ("By agency", ("by_agency",)),
    ("Who is known to whom", ("overlap",)),
    ("All women, met or not", ("all_evidence", "all_links")),
    ("What was counted", ("records", "records_by_agency", "groups")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """`label`: what is counted, or whom it is about; `percent`: of the denominator as shown, where it is a share."""

    line: Line
    label: str
    definition: Definition
    percent: int | None

    @property
    def interval(self) -> str:
        """ "between 80 and 95"; empty where nothing was estimated."""
        if self.line.low is None or self.line.high is None:
            return ""
        return f"between {said(self.line.low)} and {said(self.line.high)}"

    @property
    def between(self) -> str:
        """ "from 170 to 900"; empty without a range over models."""
        ends = self.line.between
        return f"from {said(ends[0])} to {said(ends[1])}" if ends else ""

    @property
    def of(self) -> str:
        """ "of 120 (about 25%)"; empty where it is no part of anything."""
        if self.line.of is None:
            return ""
        of = f"of {said(self.line.of)} {_whole(self.definition)}"
        return of if self.percent is None else f"{of} ({self.percent}%)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture and all that is needed to read it. `number`: of a picture that was given; None inside."""

    partnership: str
    as_of: date
    period: Period
    number: int | None
    counted: Counted

    @property
    def rule(self) -> str:
        return FOR_COORDINATOR if self.number is None else RULE

    @property
    def version(self) -> str:
        return f"Definitions, version {VERSION}"

    def sections(self) -> list[tuple[str, list[Row]]]:
        return [(title, [row for key in keys for row in self.rows(key)]) for title, keys in SECTIONS]

    def rows(self, key: str) -> list[Row]:
        return [_row(line) for line in self.counted.of(key)]

    def all_rows(self) -> Iterator[tuple[str, Row]]:
        for title, rows in self.sections():
            for row in rows:
                yield title, row

    def used(self) -> list[Definition]:
        """The definitions of the lines that there are."""
        return [each for each in DEFINITIONS.values() if self.counted.of(each.key)]


def said(cell: Cell | None) -> str:
    """`1,240`; a star as a star; "no number" where none can be given."""
    if cell is None:
        return "no number"
    return cell if isinstance(cell, str) else f"{cell:,}"


def _row(line: Line) -> Row:
    definition = DEFINITIONS[line.key]
    share = definition.share and line.count is not None and line.of is not None
    percent = percentage(line.count, line.of) if share else None  # type: ignore[arg-type]
    label = _listed(line.about) if line.about else definition.name
    return Row(line, label, definition, percent)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _whole(definition: Definition) -> str:
    return definition.denominator.removeprefix("all ")
