"""Definitions as questions in SQL, in words that DuckDB and Spark both understand.

Three steps: for whom each leaf holds (one small scan each); one row a woman, and one a woman and agency, with a bit for
each leaf; from these rows, counts. Nothing but codes and days of definitions, which were checked, stands in the text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.insight.monitoring.definitions import Definition
from alongside.insight.monitoring.figures import Period, months_before
from alongside.insight.monitoring.shape import KINDS

FIRST = date(1, 1, 1)
LATEST_OF_ALL = date(9999, 12, 31)
NO_ANSWER = ("", "not_said", "not_known")
RANKS = 1000  # more than any code has values
BITS = 60  # leaves in one number


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


class Questions:
    """All that is asked of a snapshot for these definitions (parts before wholes) and one period.

    `split`: for each agency beside the whole, in column `agency`, which is empty for the whole.
    """

    def __init__(
        self, known: Mapping[str, Definition], wanted: Sequence[Definition], period: Period, scope: Scope, split: bool
    ) -> None:
        self.known, self.wanted, self.period, self.scope, self.split = known, wanted, period, scope, split
        self.leaves = [each for each in wanted if each.unit == "women" and each.is_leaf]
        self.numbers = {each.key: number for number, each in enumerate(self.leaves)}

    # --- what holds for each woman

    def marked(self) -> str:
        """One row a woman, agency and leaf that holds for her: its bit in one of the columns m0, m1 …

        `whose`: "" for the whole alone, the agency for itself alone, and with `adds_up` for itself and the whole.
        """
        rows = [row for number, each in enumerate(self.leaves) for row in self._leaf(number, each)]
        return " UNION ALL ".join(rows)

    def women(self) -> str:
        """From the table `marked`: one row a woman (and agency) with all her marks."""
        masks = ", ".join(f"bit_or(m{number}) AS m{number}" for number in range(self._masks()))
        whole = f"SELECT '' AS agency, woman, {masks} FROM marked WHERE adds_up OR whose = '' GROUP BY woman"  # noqa: S608
        if not self.split:
            return whole
        each = f"SELECT whose AS agency, woman, {masks} FROM marked WHERE whose <> '' GROUP BY whose, woman"  # noqa: S608
        return f"{whole} UNION ALL {each}"

    def _masks(self) -> int:
        return (len(self.leaves) + BITS - 1) // BITS

    def _leaf(self, number: int, each: Definition) -> list[str]:
        """What the leaf gives to `marked`: where agencies add up to the whole one question, else one for each."""
        adds_up = not each.latest and each.at_least == 1
        if not self.split:
            return [self._holding(number, each, "''", "woman", both=False)]
        if adds_up:
            return [self._holding(number, each, "agency", "agency, woman", both=True)]
        whole = self._holding(number, each, "''", "woman", both=False)
        return [whole, self._holding(number, each, "agency", "agency, woman", both=False)]

    def _holding(self, number: int, each: Definition, of: str, by: str, *, both: bool) -> str:
        bits = ", ".join(
            f"CAST({1 << number % BITS if number // BITS == mask else 0} AS BIGINT) AS m{mask}"
            for mask in range(self._masks())
        )
        where = f"woman IS NOT NULL{self._of()} AND {self._where(each)}"
        rest = ""
        if each.latest:
            ranks = {value: rank for rank, value in enumerate(sorted(KINDS[each.fact].codes[each.latest].values))}
            column = f"code_{each.latest}"
            cases = " ".join(f"WHEN {text(value)} THEN {rank}" for value, rank in ranks.items())
            key = f"(year(day) * 1000 + dayofyear(day)) * {RANKS} + CASE {column} {cases} END"
            where += f" AND {column} NOT IN ({', '.join(map(text, NO_ANSWER))})"
            wanted = ", ".join(str(ranks[value]) for value in each.codes[each.latest])
            rest = f" HAVING max({key}) % {RANKS} IN ({wanted})"
        elif each.at_least > 1:
            rest = f" HAVING count(*) >= {each.at_least}"
        says = "true" if both else "false"
        return (
            f"SELECT {of} AS whose, {says} AS adds_up, woman, {bits} FROM {each.fact} WHERE {where} GROUP BY {by}{rest}"  # noqa: S608
        )

    def holds(self, key: str) -> str:
        """Whether a woman belongs to a definition, from her marks. What counts is always a part of its whole."""
        each = self.known[key]
        if each.is_leaf:
            mask, bit = divmod(self.numbers[key], BITS)
            rule = f"(m{mask} & {1 << bit}) <> 0"
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
        return f"SELECT agency, {columns} FROM women GROUP BY agency"  # noqa: S608

    def listed(self, keys: Iterable[str]) -> str:
        """One row a woman of the whole: whether each definition holds for her."""
        columns = ", ".join(self.holds(key) for key in keys)
        return f"SELECT woman, {columns} FROM women WHERE agency = '' ORDER BY woman"  # noqa: S608

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
