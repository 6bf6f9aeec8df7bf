"""What each figure counts, as data: files that are reviewed like code and checked before anything is counted."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from alongside.insight.monitoring.checks import Check, fault
from alongside.insight.monitoring.shape import KINDS

DATA = Path(__file__).parent / "data"
UNITS = ("women", "times", "amount")
DIRECTIONS = ("more", "fewer", "neither")
SMALL = ("women", "open")  # "open": nothing about a woman, shown as it is
MONTHS = (3, 6, 12, 24)
WINDOWS = (
    *("period", "before", "ever", "end"),
    *(f"{way} {months} months{ago}" for way, ago in (("last", ""), ("by", " ago")) for months in MONTHS),
    *(f"{way} {months} months before" for way in ("last", "by") for months in MONTHS),
)
ON = ("begins", "ends", "lasts")


class BadDefinition(Exception):
    """A definition that cannot be counted; `words` say which one, and what to mend."""

    def __init__(self, where: str, words: str) -> None:
        self.words = f"{where}: {words}"
        super().__init__(self.words)


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator.

    A leaf names a `fact`, with `codes` (name -> values of which one must hold), `when` (the window that a fact's day
    lies in), `on` (which of its days), `above` (its amount is more than that), `at_least` (how many such facts a woman
    has), or `latest` (of each woman's facts that hold the other codes and answer this one only the latest counts). A
    set of women is made of others by `all_of`, `any_of`, `but_not`.
    `out_of` names the denominator: what counts is always a part of it. "" is a whole.
    """

    key: str
    name: str
    sentence: str
    owner: str
    version: int
    since: date
    unit: str = "women"
    unit_words: str = "women"
    direction: str = "neither"
    small: str = "women"
    out_of: str = ""
    fact: str = ""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when: str = "period"
    on: str = "begins"
    above: int = 0
    at_least: int = 1
    latest: str = ""
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()

    @property
    def is_leaf(self) -> bool:
        return bool(self.fact)

    def names(self) -> tuple[str, ...]:
        """The definitions that this one is made of or counted out of."""
        return tuple(each for each in (*self.all_of, *self.any_of, *self.but_not, self.out_of) if each)


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """A set of definitions under headings; `checks` are looked at beside them: what is missing, say."""

    key: str
    name: str
    sentence: str
    version: int
    since: date
    sections: tuple[Section, ...]
    checks: tuple[str, ...] = ()

    def keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for section in self.sections for key in section.figures))


@dataclass(frozen=True, slots=True)
class Catalogue:
    definitions: Mapping[str, Definition]
    frameworks: Mapping[str, Framework]
    checks: Mapping[str, Check]

    def counted_for(self, framework: Framework) -> tuple[str, ...]:
        """All that is counted for a return of this set: its figures, and what its checks look at."""
        looked_at = (key for each in framework.checks for key in self.checks[each].figures())
        return tuple(dict.fromkeys((*framework.keys(), *looked_at)))


def catalogue(*folders: Path) -> Catalogue:
    """The product's own definitions and frameworks, and those of further folders. Raises BadDefinition."""
    definitions: dict[str, Definition] = {}
    frameworks: dict[str, Framework] = {}
    checks: dict[str, Check] = {}
    for path in (path for folder in (DATA, *folders) for path in sorted(folder.glob("*.toml"))):
        try:
            held = tomllib.loads(path.read_text())
        except tomllib.TOMLDecodeError as fault:
            raise BadDefinition(path.name, f"can't be read: {fault}") from None
        for row in held.get("definition", ()):
            _add(definitions, _definition(path.name, row))
        for row in held.get("framework", ()):
            _add(frameworks, _framework(path.name, row))
        for row in held.get("check", ()):
            _add(checks, _made(str(row.get("key", path.name)), Check, row))
    found = Catalogue(definitions, frameworks, checks)
    _check(found)
    return found


def _add(held: dict[str, Any], row: Any) -> None:
    if row.key in held:
        raise BadDefinition(row.key, "is defined twice. Give one of them another key.")
    held[row.key] = row


def _made(where: str, kind: type[Any], row: Mapping[str, Any]) -> Any:
    strange = set(row) - {each.name for each in fields(kind)}
    if strange:
        raise BadDefinition(where, f"has no “{sorted(strange)[0]}”. Take it out, or correct its name.")
    ready = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    try:
        return kind(**ready)
    except TypeError as fault:
        raise BadDefinition(where, f"is not complete: {str(fault).rpartition('argument')[2].strip(' s:')}.") from None


def _definition(path: str, row: Mapping[str, Any]) -> Definition:
    codes = {name: tuple([value] if isinstance(value, str) else value) for name, value in row.get("codes", {}).items()}
    made: Definition = _made(str(row.get("key", path)), Definition, {**row, "codes": codes})
    return made


def _framework(path: str, row: Mapping[str, Any]) -> Framework:
    where = str(row.get("key", path))
    sections = [_made(where, Section, each) for each in row.get("section", ())]
    plain = {name: value for name, value in row.items() if name != "section"}
    made: Framework = _made(where, Framework, {**plain, "sections": sections})
    return made


# --- checks -----------------------------------------------------------------------------------------------------


def _check(found: Catalogue) -> None:
    for each in found.definitions.values():
        _check_words(each)
        _check_source(each)
        _check_names(each, found.definitions)
    for each in found.definitions.values():
        _check_circle(each.key, found.definitions)
        _check_denominator(each, found.definitions)
    for check in found.checks.values():
        if said := fault(check, found.definitions):
            raise BadDefinition(check.key, said)
    for framework in found.frameworks.values():
        if strange := [key for key in Framework.keys(framework) if key not in found.definitions]:
            raise BadDefinition(framework.key, f"asks for “{strange[0]}”, which no definition has.")
        for key in framework.checks:
            if key not in found.checks:
                raise BadDefinition(framework.key, f"asks for “{key}”, which no check has.")


def _check_words(each: Definition) -> None:
    for name, value, allowed in (
        ("unit", each.unit, UNITS),
        ("direction", each.direction, DIRECTIONS),
        ("small", each.small, SMALL),
        ("when", each.when, WINDOWS),
        ("on", each.on, ON),
    ):
        if value not in allowed:
            raise BadDefinition(each.key, f"{name} is “{value}”. It can be: {', '.join(allowed)}.")
    if each.unit == "women" and each.small != "women":
        raise BadDefinition(each.key, "counts women, so its small numbers have to be protected.")
    if not isinstance(each.since, date) or min(each.version, each.at_least) < 1 or each.above < 0:
        raise BadDefinition(each.key, "needs a day from which it holds, and version and at_least from 1.")


def _check_source(each: Definition) -> None:
    if each.is_leaf == bool(each.all_of or each.any_of):
        raise BadDefinition(each.key, "needs either a fact, or all_of or any_of.")
    if each.above and (each.latest or not each.is_leaf):
        raise BadDefinition(each.key, "asks for an amount, which only a fact has, and not the latest of several.")
    if not each.is_leaf:
        if each.unit != "women":
            raise BadDefinition(each.key, "is made of sets of women, so its unit is women.")
        return
    kind = KINDS.get(each.fact)
    if kind is None:
        raise BadDefinition(each.key, f"counts “{each.fact}”, which no room tells. Known: {', '.join(sorted(KINDS))}.")
    for name, values in (*each.codes.items(), *([(each.latest, ())] if each.latest else [])):
        code = kind.codes.get(name)
        if code is None:
            raise BadDefinition(each.key, f"asks a {each.fact} for “{name}”, which it does not have.")
        if strange := set(values) - code.values:
            raise BadDefinition(each.key, f"asks “{name}” for “{min(strange)}”, which is none of its codes.")
        if name == each.latest and code.many:
            raise BadDefinition(each.key, f"takes the latest “{name}”, which can have several answers at once.")


def _check_names(each: Definition, known: Mapping[str, Definition]) -> None:
    for key in each.names():
        if key not in known:
            raise BadDefinition(each.key, f"is made of “{key}”, which no definition has.")
    for key in (*each.all_of, *each.any_of, *each.but_not):
        if known[key].unit != "women":
            raise BadDefinition(each.key, f"takes “{key}” for a set of women, which it is not.")


def _check_circle(start: str, known: Mapping[str, Definition]) -> None:
    path = [start]

    def walk(key: str) -> None:
        for following in known[key].names():
            if following in path:
                circle = " → ".join((*path[path.index(following) :], following))
                raise BadDefinition(start, f"goes round in a circle: {circle}.")
            path.append(following)
            walk(following)
            path.pop()

    walk(start)


def _check_denominator(each: Definition, known: Mapping[str, Definition]) -> None:
    """A share is of women out of women, or of facts out of facts of the same kind and days."""
    if not each.out_of:
        return
    whole = known[each.out_of]
    if each.unit == "women" == whole.unit:
        return
    same = (each.unit, each.fact, each.when, each.on) == (whole.unit, whole.fact, whole.when, whole.on)
    if not same or each.latest or whole.latest:
        raise BadDefinition(
            each.key, f"can't be counted out of “{whole.key}”: unit, fact and days have to be the same."
        )


def needed(found: Catalogue, keys: Iterable[str]) -> list[Definition]:
    """These definitions and all that they are made of, parts before wholes."""
    ready: dict[str, Definition] = {}

    def add(key: str) -> None:
        if key not in ready:
            for part in found.definitions[key].names():
                add(part)
            ready[key] = found.definitions[key]

    for key in keys:
        add(key)
    return list(ready.values())
