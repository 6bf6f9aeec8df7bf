"""What a later list of the same sender changes, with a warning at sudden changes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .listrow import ListRow

FIELD_WORDS: dict[str, str] = {
    "seen": "date seen",
    "known_as": "name",
    "other_names": "other names",
    "last_names": "last name",
    "born": "date of birth",
    "age": "age",
    "ethnicity": "ethnic group",
    "area": "area",
    "marks": "marks",
    "phones": "telephone",
    "note": "note",
}
_ENOUGH = 5  # rows before a share of them is worth a warning
_MOST = 0.8
_HALF = 0.5


@dataclass(frozen=True)
class Change:
    """A row that says something else than before: the fields, as in FIELD_WORDS."""

    earlier: ListRow
    later: ListRow
    fields: tuple[str, ...]

    @staticmethod
    def between(earlier: ListRow, later: ListRow) -> "Change":
        return Change(earlier, later, tuple(n for n in FIELD_WORDS if getattr(earlier, n) != getattr(later, n)))


@dataclass(frozen=True)
class Differences:
    """A later list against an earlier one. `warnings` are sentences for the person who is about to take it in."""

    new: tuple[ListRow, ...]
    changed: tuple[Change, ...]
    gone: tuple[ListRow, ...]
    same: int
    warnings: tuple[str, ...]


def differences(earlier: Iterable[ListRow], later: Iterable[ListRow]) -> Differences:
    """Compares by the sender's reference where both rows have one, otherwise by content. Repeats count once."""
    before, after = _keyed(earlier), _keyed(later)
    changed: list[Change] = []
    same = 0
    for key in before.keys() & after.keys():
        if before[key].digest == after[key].digest:
            same += 1
        else:
            changed.append(Change.between(before[key], after[key]))
    changed.sort(key=lambda change: (change.later.sheet, change.later.number))
    gone = tuple(row for key, row in before.items() if key not in after)
    new = tuple(row for key, row in after.items() if key not in before)
    warnings = sudden_changes(len(before), len(gone), len(changed), same, changed)
    return Differences(new, tuple(changed), gone, same, warnings)


def sudden_changes(earlier: int, gone: int, changed: int, same: int, shown: Sequence[Change]) -> tuple[str, ...]:
    """Sentences for a person who is about to take a later list in. `shown`: the changed rows, or the first of many."""
    kept = same if changed == len(shown) or not changed else round(same * len(shown) / changed)
    return (*_sudden(earlier, gone, changed, same), *_shifted(shown), *_turned(shown, kept))


def _keyed(rows: Iterable[ListRow]) -> dict[tuple[str, int], ListRow]:
    """Rows by reference and by how often it came before: a reference may stand for several contacts."""
    counted: Counter[str] = Counter()
    keyed: dict[tuple[str, int], ListRow] = {}
    for row in rows:
        if row.repeat_of is None:
            name = key_of(row)
            counted[name] += 1
            keyed[name, counted[name]] = row
    return keyed


def key_of(row: ListRow) -> str:
    """What makes a row the same row of a later list: the sender's reference, else all that it says."""
    return f"r{row.reference.casefold()}" if row.reference else f"d{row.digest}"


def _sudden(earlier: int, gone: int, changed: int, same: int) -> list[str]:
    warnings = []
    if earlier >= _ENOUGH and gone >= _HALF * earlier:
        warnings.append(f"{gone} of the {earlier} rows of the last list are not in this one. Is it the whole list?")
    if changed + same >= _ENOUGH and changed >= _HALF * (changed + same):
        warnings.append(f"{changed} of {changed + same} rows that were there before say something else now.")
    return warnings


def _shifted(changed: Sequence[Change]) -> list[str]:
    """All dates moved by the same number of days, or day and month changed places."""
    warnings = []
    for name in ("seen", "born"):
        pairs = [(getattr(change.earlier, name), getattr(change.later, name)) for change in changed]
        pairs = [(old.first, new.first) for old, new in pairs if old and new and old.exact and new.exact and old != new]
        if len(pairs) < _ENOUGH:
            continue
        days, often = Counter((new - old).days for old, new in pairs).most_common(1)[0]
        swapped = sum((old.day, old.month, old.year) == (new.month, new.day, new.year) for old, new in pairs)
        if often >= _MOST * len(pairs):
            warnings.append(f"The {FIELD_WORDS[name]} moved by {days:+d} days in {often} of {len(pairs)} changed rows.")
        elif swapped >= _MOST * len(pairs):
            warnings.append(f"Day and month of the {FIELD_WORDS[name]} changed places in {swapped} rows.")
    return warnings


def _turned(changed: Sequence[Change], same: int) -> list[str]:
    """A field that is different, or empty now, in most of the rows: its column may mean something else."""
    warnings: list[str] = []
    total = len(changed) + same
    if total < _ENOUGH:
        return warnings
    for name, words in FIELD_WORDS.items():
        told = [change for change in changed if name in change.fields and getattr(change.earlier, name)]
        emptied = sum(not getattr(change.later, name) for change in told)
        if emptied >= _HALF * total:
            warnings.append(f"The {words} is empty now in {emptied} of {total} rows.")
        elif len(told) - emptied >= _HALF * total:
            warnings.append(
                f"The {words} is different in {len(told)} of {total} rows. Has its column changed its meaning?"
            )
    return warnings
