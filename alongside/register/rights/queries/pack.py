"""Her copy: everything that this agency holds about her, without other people's names."""

from dataclasses import dataclass, replace
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.kit.show import day
from alongside.foundation.trail.writing import leave
from alongside.register.agencies import queries as agencies
from alongside.register.people.codes import FieldGroup
from alongside.register.people.known import Known, as_texts
from alongside.register.people.queries import names
from alongside.register.rights.about_her import Section, held_elsewhere, told_elsewhere
from alongside.register.rights.codes import Kind
from alongside.register.rights.pack import candidates, without
from alongside.register.rights.queries.hers import HerView, her_request
from alongside.register.rights.records import own_record

FIELDS = {
    "names": "Names",
    "last_names": "Last names",
    "born": "Born",
    "age": "Age",
    "ethnicity": "Ethnic group",
    "area": "Seen or staying",
    "marks": "Marks",
    "phones": "Phone",
    "note": "Note",
    "untold": "Why something is empty",
    "reference": "Our own reference",
}


@dataclass(frozen=True, slots=True)
class Pack:
    """The copy as it would be handed over. `may_be_names`: words for a person to check."""

    request: HerView
    agency: str
    code: str
    sections: tuple[Section, ...]
    may_be_names: tuple[str, ...]


def her_pack(actor: Actor, request: UUID) -> Pack:
    """All of it, with the names on the request's list taken out. Leaves a trail row. Raises NotFound.

    Only what this agency holds as controller: what others share with it is theirs to give her.
    """
    view = her_request(actor, request)
    her = own_record(actor, view.row.record)
    check(actor, "rights.pack", her.as_subject())
    if view.row.kind != Kind.ACCESS:
        raise NotFound("HerRequest")
    known = names(actor, [her.id]).get(her.id, Known())
    others = told_elsewhere(actor, her.id)
    whole = [known_section(her.first_and_last, known), *others, *held_elsewhere(actor, her.id)]
    said = [text for section in others for line in section.rows for text in line]
    taken_out = view.others.splitlines()
    leave(
        actor,
        "rights.pack",
        rule="the copy was put together",
        kind="Record",
        subjects=[her.id],
        field_groups=[each.value for each in FieldGroup],
    )
    home = agencies.agency(her.agency)
    return Pack(
        view,
        home.name if home else "",
        her.code,
        tuple(_redacted(section, taken_out) for section in whole),
        tuple(candidates([known.note, *said], [*known.names, *known.last_names, known.area, *taken_out])),
    )


def _redacted(section: Section, others: list[str]) -> Section:
    return replace(section, rows=tuple(tuple(without(text, others) for text in line) for line in section.rows))


def known_section(days: tuple[str, str], known: Known) -> Section:
    """What the vault knows her by, and the days she was first and last seen."""
    texts = as_texts(known) | {"born": _born(known), "age": _age(known)}
    rows = [
        (label, texts[name].replace("\n", "; ").replace("@", ", ")) for name, label in FIELDS.items() if texts.get(name)
    ]
    seen = (("First seen", days[0]), ("Last seen", days[1]))
    return Section("What we know you by", ("What", "What we wrote"), (*rows, *seen))


def _born(known: Known) -> str:
    if known.born is None:
        return ""
    first, last = day(known.born.earliest), day(known.born.latest)
    return first if known.born.is_exact else f"Between {first} and {last}"


def _age(known: Known) -> str:
    if known.age is None:
        return ""
    judged = f", as judged on {day(known.age.on)}" if known.age.on else ""
    return f"Between {known.age.low:g} and {known.age.high:g}{judged}"
