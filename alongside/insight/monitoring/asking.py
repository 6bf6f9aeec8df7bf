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


def _bit(number: int, mask: int) -> int:
    """The bit of a leaf in one of the numbers that hold them; 0 where it stands in another."""
    return 1 << number % BITS if number // BITS == mask else 0


def _big(value: int) -> str:
    return f"CAST({value} AS BIGINT)"


def _adds_up(each: Definition) -> bool:
    """Whether it holds for a woman as soon as it holds for her at any one agency."""
    return not each.latest and each.at_least == 1


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
        """For each leaf the women for whom it holds: its bit in one of the columns m0, m1 …, a woman possibly often.

        `whose`: "" for the whole, else for this agency. Leaves that look at the same latest answer are asked at once.
        """
        rows, latest = [], dict[str, list[int]]()
        for number, each in enumerate(self.leaves):
            if each.latest:
                latest.setdefault(f"{each.fact} {self._where(each)} {each.latest}", []).append(number)
            else:
                rows += [self._holding(number, each, of) for of in self._asked_of(each)]
        for numbers in latest.values():
            rows += [self._last(numbers, of) for of in self._asked_of(self.leaves[numbers[0]])]
        return " UNION ALL ".join(rows)

    def _asked_of(self, each: Definition) -> tuple[str, ...]:
        """Where agencies add up to the whole one question; else one of the whole and one of each agency."""
        if not self.split:
            return ("",)
        return ("agency",) if _adds_up(each) else ("", "agency")

    def women(self) -> str:
        """From the table `marked`: one row a woman (and agency) with all her marks.

        A leaf that needs several facts of a woman was asked of the whole for itself: agencies don't add up to it.
        """
        masks = self._masks()
        together = ", ".join(f"bit_or(m{mask}) AS m{mask}" for mask in masks)
        if not self.split:
            return f"SELECT '' AS agency, woman, {together} FROM marked GROUP BY woman"  # noqa: S608
        add_up = [0] * len(masks)
        for number, each in enumerate(self.leaves):
            add_up[number // BITS] |= _adds_up(each) << number % BITS
        theirs = ", ".join(f"m{mask} & {add_up[mask]} AS m{mask}" for mask in masks)
        plain = ", ".join(f"m{mask}" for mask in masks)
        return (
            f"WITH theirs AS (SELECT whose, woman, {together} FROM marked WHERE whose <> '' GROUP BY whose, woman)"  # noqa: S608
            f" SELECT '' AS agency, woman, {together} FROM (SELECT woman, {theirs} FROM theirs"
            f" UNION ALL SELECT woman, {plain} FROM marked WHERE whose = '') AS every GROUP BY woman"
            f" UNION ALL SELECT whose AS agency, woman, {plain} FROM theirs"
        )

    def _masks(self) -> range:
        return range((len(self.leaves) + BITS - 1) // BITS)

    def _holding(self, number: int, each: Definition, of: str) -> str:
        bits = ", ".join(f"{_big(_bit(number, mask))} AS m{mask}" for mask in self._masks())
        often = f" GROUP BY {of + ', ' if of else ''}woman HAVING count(*) >= {each.at_least}"
        return (
            f"SELECT {of or text('')} AS whose, woman, {bits} FROM {each.fact}"  # noqa: S608
            f" WHERE woman IS NOT NULL{self._of()} AND {self._where(each)}{often if each.at_least > 1 else ''}"
        )

    def _last(self, numbers: Sequence[int], of: str) -> str:
        """Leaves that ask for one answer or another of the same latest ones; of one day the last in the alphabet."""
        each = self.leaves[numbers[0]]
        column = f"code_{each.latest}"
        ranks = {value: rank for rank, value in enumerate(sorted(KINDS[each.fact].codes[each.latest].values))}
        cases = " ".join(f"WHEN {text(value)} THEN {rank}" for value, rank in ranks.items())
        key = f"(year(day) * 1000 + dayofyear(day)) * {RANKS} + CASE {column} {cases} END"
        by = f"{of + ', ' if of else ''}woman"
        inner = (
            f"SELECT {by}, max({key}) % {RANKS} AS last FROM {each.fact} WHERE woman IS NOT NULL{self._of()}"  # noqa: S608
            f" AND {self._where(each)} AND {column} NOT IN ({', '.join(map(text, NO_ANSWER))}) GROUP BY {by}"
        )

        def bits(mask: int) -> str:
            parts = [
                f"CASE WHEN last IN ({', '.join(str(ranks[value]) for value in leaf.codes[leaf.latest])})"
                f" THEN {_big(_bit(number, mask))} ELSE {_big(0)} END"
                for number in numbers
                if _bit(number, mask)
                for leaf in (self.leaves[number],)
            ]
            return " | ".join(parts) or _big(0)

        columns = ", ".join(f"{bits(mask)} AS m{mask}" for mask in self._masks())
        return f"SELECT {of or text('')} AS whose, woman, {columns} FROM ({inner}) AS latest_{numbers[0]}"  # noqa: S608

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
        amount = f" AND amount > {each.above}" if each.above else ""
        return where[each.on] + amount + self._codes(each)

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
