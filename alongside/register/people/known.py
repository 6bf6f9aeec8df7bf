"""What one agency calls a woman and knows her by: plain here, sealed in the database. No framework."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from alongside.foundation.vault.seal import Place, Sealer, unseal
from alongside.register.people.codes import FieldGroup

TABLE = "people_identity"
_SORTED = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
SEALED_FIELDS = (
    "reference",
    "names",
    "last_names",
    "born",
    "age",
    "ethnicity",
    "area",
    "marks",
    "phones",
    "note",
    "untold",
)


# Which kind of facts each sealed field is: what is not for the reader is left out (see `masked`).
GROUPS: dict[str, FieldGroup] = {
    **dict.fromkeys(("names", "last_names", "born", "age", "marks"), FieldGroup.IDENTITY),
    "phones": FieldGroup.SAFE_CONTACT,
    "area": FieldGroup.WHEREABOUTS,
    "note": FieldGroup.NOTES,
    "ethnicity": FieldGroup.MONITORING,
    "reference": FieldGroup.MONITORING,  # the holder's own number for her
}


@dataclass(frozen=True, slots=True)
class Age:
    """An age as somebody judged it: `low` to `high` years, on the day `on`."""

    low: float
    high: float
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Born:
    """A date of birth, or the span it lies in when only a part is known."""

    earliest: date
    latest: date

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class Known:
    """Everything optional: partial identity is the normal case. The first of `names` is what she is known as."""

    reference: str = ""
    names: tuple[str, ...] = ()
    last_names: tuple[str, ...] = ()
    born: Born | None = None
    age: Age | None = None
    ethnicity: str = ""
    area: str = ""
    marks: tuple[str, ...] = ()  # kind@place
    phones: tuple[str, ...] = ()
    note: str = ""
    untold: tuple[str, ...] = ()  # field:reason, where a field is empty for a reason (see codes.Untold)

    def content(self) -> str:
        """The same text for the same content: how a row that came before is recognised."""
        return content_of(as_texts(self))


def masked(known: Known, groups: Collection[FieldGroup]) -> Known:
    """Only what belongs to these kinds of facts; the rest is as if nobody had told it."""
    hidden = {field for field, group in GROUPS.items() if group not in groups}
    empty = {field: getattr(Known(), field) for field in hidden}
    untold = tuple(each for each in known.untold if each.partition(":")[0] not in hidden)
    return replace(known, **empty, untold=untold)


def kept_beside(known: Known, before: Known, groups: Collection[FieldGroup]) -> Known:
    """`known`, typed by someone who sees only these kinds of facts, with what `before` held of all the others."""
    hidden = {field for field, group in GROUPS.items() if group not in groups}
    untold = [each for each in before.untold if each.partition(":")[0] in hidden]
    untold += [each for each in known.untold if each.partition(":")[0] not in hidden]
    return replace(known, **{field: getattr(before, field) for field in hidden}, untold=tuple(untold))


def content_of(texts: Mapping[str, str]) -> str:
    """What `Known.content` is, from the texts that `as_texts` gave."""
    return hashlib.sha256(_SORTED(texts).encode()).hexdigest()


def as_texts(known: Known) -> dict[str, str]:
    """The fields that hold something, each as one text."""
    born = f"{known.born.earliest}/{known.born.latest}" if known.born else ""
    age = f"{known.age.low}/{known.age.high}/{known.age.on or ''}" if known.age else ""
    texts = {
        "reference": known.reference,
        "born": born,
        "age": age,
        "ethnicity": known.ethnicity,
        "area": known.area,
        "note": known.note,
    }
    for name in ("names", "last_names", "marks", "phones", "untold"):
        texts[name] = "\n".join(getattr(known, name))
    return {name: text for name, text in texts.items() if text}


def from_texts(texts: Mapping[str, str]) -> Known:
    """The inverse of `as_texts`."""

    def many(name: str) -> tuple[str, ...]:
        return tuple(texts[name].split("\n")) if texts.get(name) else ()

    born = age = None
    if texts.get("born"):
        earliest, latest = texts["born"].split("/")
        born = Born(date.fromisoformat(earliest), date.fromisoformat(latest))
    if texts.get("age"):
        low, high, on = texts["age"].split("/")
        age = Age(float(low), float(high), date.fromisoformat(on) if on else None)
    return Known(
        reference=texts.get("reference", ""),
        names=many("names"),
        last_names=many("last_names"),
        born=born,
        age=age,
        ethnicity=texts.get("ethnicity", ""),
        area=texts.get("area", ""),
        marks=many("marks"),
        phones=many("phones"),
        note=texts.get("note", ""),
        untold=many("untold"),
    )


def seal_known(data_key: bytes, row: UUID, known: Known) -> dict[str, bytes]:
    """Each field that holds something, sealed for its place in row `row` of the vault."""
    return seal_texts(data_key, row, as_texts(known))


def seal_texts(data_key: bytes, row: UUID, texts: Mapping[str, str]) -> dict[str, bytes]:
    """As `seal_known`, from the texts that `as_texts` gave."""
    return Sealer(data_key).seal_row(TABLE, row, texts)


def unseal_known(data_key: bytes, row: UUID, sealed: Mapping[str, bytes | None]) -> Known:
    """The inverse of `seal_known`. Raises SealBroken for a value from another place."""
    return from_texts(unseal_texts(data_key, row, sealed))


def unseal_texts(data_key: bytes, row: UUID, sealed: Mapping[str, bytes | None]) -> dict[str, str]:
    """The inverse of `seal_texts`, letter by letter: `content_of` tells the same of them."""
    return {name: unseal(data_key, Place(TABLE, row, name), bytes(value)) for name, value in sealed.items() if value}
