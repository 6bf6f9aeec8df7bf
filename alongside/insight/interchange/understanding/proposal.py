"""Proposes what each column is, by its heading and by its values, with a reason in words."""

from collections.abc import Callable, Sequence
from datetime import date
from statistics import median

from .columns import KIND_WORDS, SINGLE, ColumnKind, is_approximate, kind_of_heading
from .mapping import Column, Mapping
from .values import Span, State, find_marks, read_age, read_date, read_ethnicity, read_phones
from .values.understood import no_value, tidy

_ENOUGH = 5  # values before they may contradict a heading
_MOST = 0.8
_FEW = 0.2
_CHECKED = {ColumnKind.SEEN, ColumnKind.BORN, ColumnKind.AGE, ColumnKind.PHONE}  # kinds whose values have a shape


def propose(headers: Sequence[str], samples: Sequence[Sequence[str]], *, today: date) -> Mapping:
    """A kind for every column of a table. `samples` are rows; cells that are missing count as empty."""
    columns: list[Column] = []
    for index, heading in enumerate(headers):
        values = [tidy(row[index]) for row in samples if index < len(row)]
        values = [value for value in values if value and no_value(value) is None]
        kind, reason = _proposed(heading, values, today)
        columns.append(Column(index, heading, kind, kind is ColumnKind.AGE and is_approximate(heading), reason))
    return Mapping(tuple(_without_doubles(_names_in_place(columns))))


def _proposed(heading: str, values: list[str], today: date) -> tuple[ColumnKind, str]:
    said = kind_of_heading(heading)
    if said in (ColumnKind.NAME, ColumnKind.FULL_NAME) and _share(values, _is_surname_first) > 0.3:
        return ColumnKind.FULL_NAME, f'its heading is "{heading}" and its names are written last name first'
    if said in _CHECKED and len(values) >= _ENOUGH and _fit(said, values, today) < _FEW:
        kind, reason = _by_values(values, today)
        return kind, f'its heading is "{heading}", but its values are something else: {reason}'
    if said:
        return said, f'its heading is "{heading}"'
    return _by_values(values, today)


def _by_values(values: list[str], today: date) -> tuple[ColumnKind, str]:
    if not values:
        return ColumnKind.IGNORE, "it has no values"
    for kind in (ColumnKind.PHONE, ColumnKind.SEEN, ColumnKind.AGE, ColumnKind.ETHNICITY, ColumnKind.MARKS):
        share = _fit(kind, values, today)
        if share >= _MOST:
            kind = _which_date(values, today) if kind is ColumnKind.SEEN else kind
            return kind, f"{share:.0%} of its values look like this: {KIND_WORDS[kind]}"
    if _share(values, _is_surname_first) >= _MOST:
        return ColumnKind.FULL_NAME, "its values look like names written last name first"
    if len(set(values)) == len(values) and _share(values, _is_code) == 1:
        return ColumnKind.REFERENCE, "each value is a different code"
    return ColumnKind.IGNORE, "neither its heading nor its values say what it is: please choose"


def _fit(kind: ColumnKind, values: list[str], today: date) -> float:
    tests: dict[ColumnKind, Callable[[str], bool]] = {
        ColumnKind.PHONE: lambda value: read_phones(value).state is State.VALUE,
        ColumnKind.SEEN: lambda value: not value.isdecimal() and _is_date_or_part(value, today),
        ColumnKind.BORN: lambda value: _is_date_or_part(value, today) or _is_age(value),
        ColumnKind.AGE: lambda value: _is_age(value) or _is_date_or_part(value, today),
        ColumnKind.ETHNICITY: _is_ethnicity,
        ColumnKind.MARKS: lambda value: bool(find_marks(value)[0]),
    }
    if kind is ColumnKind.SEEN and _share(values, lambda value: _is_date_or_part(value, today)) == 1:
        # All figures: dates such as 20071119 or a spreadsheet's own, unless they are ages or years of few figures.
        return float(all(len(value) >= 5 for value in values))
    return _share(values, tests[kind])


def _share(values: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


def _is_date_or_part(value: str, today: date) -> bool:
    return read_date(value, today, today.year).value is not None


def _is_age(value: str) -> bool:
    return read_age(value).value is not None


def _is_ethnicity(value: str) -> bool:
    ethnicity = read_ethnicity(value).value
    return ethnicity is not None and bool(ethnicity.broad)


def _is_surname_first(value: str) -> bool:
    left, comma, right = value.partition(",")
    return bool(comma) and bool(right.strip()) and left.strip().isupper() and not any(map(str.isdigit, value))


def _is_code(value: str) -> bool:
    return " " not in value and len(value) <= 20 and any(map(str.isdigit, value))


def _which_date(values: list[str], today: date) -> ColumnKind:
    """Dates of birth lie years back and far apart; dates of contacts lie close together."""
    spans: list[Span] = [span for value in values if (span := read_date(value, today, today.year).value)]
    years = sorted(span.first.year for span in spans)
    apart = years[-1 - len(years) // 10] - years[len(years) // 10]
    old = today.year - median(years) >= 16
    return ColumnKind.BORN if old and apart >= 5 else ColumnKind.SEEN


def _names_in_place(columns: list[Column]) -> list[Column]:
    """A column called "name" beside one of last names holds first names."""
    kinds = {column.kind for column in columns}
    if ColumnKind.LAST_NAME not in kinds or ColumnKind.FIRST_NAME in kinds:
        return columns
    return [
        Column(c.index, c.heading, ColumnKind.FIRST_NAME, False, c.reason + ", beside a column of last names")
        if c.kind is ColumnKind.NAME
        else c
        for c in columns
    ]


def _without_doubles(columns: list[Column]) -> list[Column]:
    taken: set[ColumnKind] = set()
    single: list[Column] = []
    for column in columns:
        if column.kind in SINGLE and column.kind in taken:
            named = column.kind in (ColumnKind.NAME, ColumnKind.FULL_NAME, ColumnKind.FIRST_NAME)
            kind = ColumnKind.ALIAS if named else ColumnKind.IGNORE
            reason = f"another column is already {KIND_WORDS[column.kind]}"
            column = Column(column.index, column.heading, kind, False, reason)
        taken.add(column.kind)
        single.append(column)
    return single
