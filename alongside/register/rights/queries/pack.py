"""Her copy: everything that this agency holds about her, without other people's names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.kit.show import day, moment
from alongside.foundation.trail.writing import leave
from alongside.register.agencies import queries as agencies
from alongside.register.people.codes import FieldGroup
from alongside.register.people.known import Known, as_texts
from alongside.register.people.models import Grant
from alongside.register.people.queries import names
from alongside.register.rights import words
from alongside.register.rights.about_her import Section, held_elsewhere, told_elsewhere
from alongside.register.rights.codes import Asker, Kind
from alongside.register.rights.models import EmergencyLook, HerRequest, OutsideRequest
from alongside.register.rights.pack import candidates, without
from alongside.register.rights.queries.hers import HerView, her_request
from alongside.register.rights.queries.outside import state_of
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
    whole = [_known(her.first_and_last, known), *others, *held_elsewhere(actor, her.id), *_ours(actor, her.id)]
    said = [text for section in (*others, *whole[-1:]) for line in section.rows for text in line]
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


def _known(days: tuple[str, str], known: Known) -> Section:
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


def _ours(actor: Actor, record: UUID) -> Iterator[Section]:
    """What this room and the sharing of names hold about her."""
    yield Section("Whom we let know", ("Agency", "What", "From", "Until", "Ended"), tuple(_grants(actor, record)))
    yield Section("Who asked about you", ("Day", "Who", "What became of it"), tuple(_outside(actor, record)))
    yield Section("Looks in an emergency", ("When", "Agency", "Until"), tuple(_looks(actor, record)))
    yield Section("What you asked us", ("Day", "What", "What you said"), tuple(_hers(actor, record)))


def _grants(actor: Actor, record: UUID) -> Iterator[tuple[str, ...]]:
    rows = Grant.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    for row in rows.select_related("to_agency").order_by("given_at", "id"):
        groups = ", ".join(FieldGroup(each).words for each in row.groups)
        ended = _when(row.withdrawn_at) if row.withdrawn_at else ""
        yield row.to_agency.name, groups, _when(row.given_at), _when(row.until_at), ended


def _outside(actor: Actor, record: UUID) -> Iterator[tuple[str, ...]]:
    for row in OutsideRequest.objects.visible_to(actor).filter(record_id=record):
        yield day(row.received_on), Asker(row.asker).words, state_of(row)


def _looks(actor: Actor, record: UUID) -> Iterator[tuple[str, ...]]:
    rows = EmergencyLook.objects.visible_to(actor).filter(record_id=record, holder_id=actor.agency)
    for row in rows.select_related("agency"):
        yield _when(row.opened_at), row.agency.name, _when(row.until)


def _hers(actor: Actor, record: UUID) -> Iterator[tuple[str, ...]]:
    for row in HerRequest.objects.visible_to(actor).filter(record_id=record):
        yield day(row.received_on), Kind(row.kind).words, words.told(row, row.agency_id, "words")


def _when(at: object) -> str:
    return moment(timezone.localtime(at))  # type: ignore[arg-type]
