"""Definitions as questions in SQL, in words that DuckDB and Spark both understand: one scan of each kind of facts.

Three steps: of each kind, what holds for each woman (and agency); all kinds together, one row a woman with a mark for
each leaf; from these rows, counts. Nothing but codes and days of definitions, which were checked, stands in the text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from alongside.insight.monitoring.definitions import Definition
from alongside.insight.monitoring.figures import Period, months_before
from alongside.insight.monitoring.shape import KINDS

FIRST = date(1, 1, 1)
LATEST_OF_ALL = date(9999, 12, 31)
NO_ANSWER = ("", "not_said", "not_known")
RANKS = 1000  # more than any code has values


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose facts count: of one agency, or of the whole partnership (None)."""

    agency: str | None = None


def window(when: str, period: Period) -> tuple[date, date]:
    """First and last day of a definition's window.

    "last 6 months": to the period's end. "by 6 months ago": everything before those. "… before": the same, at the
    day before the period began.
    """
    before = date.fromordinal(period.since.toordinal() - 1)
    if when == "period":
        return period.since, period.until
    if when == "before":
        return FIRST, before
    if when == "ever":
        return FIRST, period.until
    if when == "end":
        return period.until, period.until
    end = before if when.endswith(" before") else period.until
    first = months_before(end, int(when.split()[1]))
    return (first, end) if when.startswith("last") else (FIRST, date.fromordinal(first.toordinal() - 1))


def text(value: str) -> str:
    """A value as it stands in SQL."""
    return "'" + value.replace("'", "''") + "'"


def day(value: date) -> str:
    return f"DATE '{value.isoformat()}'"


@dataclass(slots=True)
class _Kind:
    """What is asked of one kind of facts: aggregate -> its column; and the marks made of them."""

    name: str
    sums: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)

    def column(self, aggregate: str) -> str:
        return self.sums.setdefault(aggregate, f"a{len(self.sums)}")


class Questions:
    """All that is asked of a snapshot for these definitions (parts before wholes) and one period.

    `split`: for each agency beside the whole, in column `agency`, which is empty for the whole.
    """

    def __init__(
        self, known: Mapping[str, Definition], wanted: Sequence[Definition], period: Period, scope: Scope, split: bool
    ) -> None:
        self.known, self.wanted, self.period, self.scope, self.split = known, wanted, period, scope, split
        self.names = {each.key: f"d{number}" for number, each in enumerate(wanted)}

    # --- what holds for each woman

    def women(self) -> str:
        """One row a woman (and agency) with a mark for each leaf; "" where no women are counted."""
        kinds = self._kinds()
        marks = [mark for kind in kinds for mark in kind.marks]
        if not marks:
            return ""
        parts = [self._marked(kind, marks) for kind in kinds]
        by = "agency, woman" if self.split else "woman"
        columns = ", ".join(f"bool_or({mark}) AS {mark}" for mark in marks)
        if len(parts) == 1:
            return parts[0]
        return f"SELECT {by}, {columns} FROM ({' UNION ALL '.join(parts)}) AS each_kind GROUP BY {by}"  # noqa: S608

    def _kinds(self) -> list[_Kind]:
        kinds: dict[str, _Kind] = {}
        for each in self.wanted:
            if each.unit == "women" and each.is_leaf:
                kind = kinds.setdefault(each.fact, _Kind(each.fact))
                kind.marks[self.names[each.key]] = self._mark(kind, each)
        return list(kinds.values())

    def _mark(self, kind: _Kind, each: Definition) -> str:
        where = self._where(each)
        if each.latest:
            ranks = {value: number for number, value in enumerate(sorted(KINDS[each.fact].codes[each.latest].values))}
            column = f"code_{each.latest}"
            cases = " ".join(f"WHEN {text(value)} THEN {number}" for value, number in ranks.items())
            key = f"(year(day) * 1000 + dayofyear(day)) * {RANKS} + CASE {column} {cases} END"
            untold = ", ".join(map(text, NO_ANSWER))
            last = kind.column(f"max(CASE WHEN {where} AND {column} NOT IN ({untold}) THEN {key} END)")
            wanted = ", ".join(str(ranks[value]) for value in each.codes[each.latest])
            return f"coalesce({last} % {RANKS} IN ({wanted}), false)"
        if each.at_least > 1:
            return f"{kind.column(f'sum(CASE WHEN {where} THEN 1 ELSE 0 END)')} >= {each.at_least}"
        return f"coalesce({kind.column(f'bool_or({where})')}, false)"

    def _marked(self, kind: _Kind, marks: Sequence[str]) -> str:
        """One kind's rows with the marks of all kinds, in the order of `marks`."""
        keys = "agency, woman" if self.split else "woman"
        groups = "GROUPING SETS ((woman), (agency, woman))" if self.split else "woman"
        sums = ", ".join(f"{aggregate} AS {name}" for aggregate, name in kind.sums.items())
        inner = f"SELECT {keys}, {sums} FROM {kind.name} WHERE woman IS NOT NULL{self._of()} GROUP BY {groups}"  # noqa: S608
        columns = ", ".join(f"{kind.marks.get(mark, 'false')} AS {mark}" for mark in marks)
        return f"SELECT {keys}, {columns} FROM ({inner}) AS {kind.name}_women"  # noqa: S608

    def holds(self, key: str) -> str:
        """Whether a woman belongs to a definition, from her marks. What counts is always a part of its whole."""
        each = self.known[key]
        if each.is_leaf:
            rule = self.names[key]
        else:
            parts = [self.holds(part) for part in each.all_of]
            if each.any_of:
                parts.append(f"({' OR '.join(self.holds(part) for part in each.any_of)})")
            parts += [f"NOT {self.holds(part)}" for part in each.but_not]
            rule = f"({' AND '.join(parts)})"
        return f"({rule} AND {self.holds(each.out_of)})" if each.out_of else rule

    def counts(self, keys: Iterable[str]) -> str:
        """One row (and one an agency): how many women each definition holds for, in the order of `keys`."""
        columns = ", ".join(f"count(CASE WHEN {self.holds(key)} THEN 1 END)" for key in keys)
        by = "agency" if self.split else "'' AS agency"
        return f"SELECT {by}, {columns} FROM women" + (" GROUP BY agency" if self.split else "")  # noqa: S608

    def listed(self, keys: Iterable[str]) -> str:
        """One row a woman of the whole: whether each definition holds for her."""
        columns = ", ".join(self.holds(key) for key in keys)
        whole = " WHERE agency IS NULL" if self.split else ""
        return f"SELECT woman, {columns} FROM women{whole} ORDER BY woman"  # noqa: S608

    # --- facts and amounts

    def sums(self) -> dict[str, str]:
        """Kind -> a question for one row (and one an agency) of its figures in the order of `summed`."""
        found = {}
        for kind, members in self.summed().items():
            columns = ", ".join(self._sum(each) for each in members)
            groups = " GROUP BY GROUPING SETS ((), (agency))" if self.split else ""
            by = "agency" if self.split else "'' AS agency"
            found[kind] = f"SELECT {by}, {columns} FROM {kind} WHERE true{self._of()}{groups}"  # noqa: S608
        return found

    def summed(self) -> dict[str, list[Definition]]:
        """Kind -> the definitions that count its facts or their amounts."""
        found: dict[str, list[Definition]] = {}
        for each in self.wanted:
            if each.unit != "women":
                found.setdefault(each.fact, []).append(each)
        return found

    def _sum(self, each: Definition) -> str:
        """Facts, or their amounts; of a part only those that the whole counts too."""
        where = self._where(each)
        if each.out_of:
            where = f"{where}{self._codes(self.known[each.out_of])}"
        return f"coalesce(sum(CASE WHEN {where} THEN {'1' if each.unit == 'times' else 'amount'} ELSE 0 END), 0)"

    # --- conditions

    def _of(self) -> str:
        return f" AND agency = {text(self.scope.agency)}" if self.scope.agency is not None else ""

    def _where(self, each: Definition) -> str:
        first, last = (day(value) for value in window(each.when, self.period))
        where = {
            "begins": f"day BETWEEN {first} AND {last}",
            "ends": f"until BETWEEN {first} AND {last}",
            "lasts": f"coalesce(until, {day(LATEST_OF_ALL)}) >= {first} AND day <= {last}",
        }
        return where[each.on] + self._codes(each)

    def _codes(self, each: Definition) -> str:
        parts = []
        for name, wanted in each.codes.items():
            if name == each.latest:
                continue
            if KINDS[each.fact].codes[name].many:
                parts.append("(" + " OR ".join(f"array_contains(code_{name}, {text(value)})" for value in wanted) + ")")
            else:
                parts.append(f"code_{name} IN ({', '.join(map(text, wanted))})")
        return "".join(f" AND {part}" for part in parts)
