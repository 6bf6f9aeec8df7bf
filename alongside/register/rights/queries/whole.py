"""All that an agency holds about some of its women, for taking along when it leaves: every table by title."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.permissions import Subject
from alongside.foundation.kit.show import day
from alongside.foundation.trail.queries import kept_heads
from alongside.foundation.trail.writing import leave
from alongside.register.agencies.codes import CASEWORKERS
from alongside.register.people.codes import FieldGroup
from alongside.register.people.known import Known
from alongside.register.people.queries import names, records
from alongside.register.rights.about_her import Section, told_elsewhere
from alongside.register.rights.queries import emergency, outside, sharing
from alongside.register.rights.queries.pack import known_section


def all_of(actor: Actor, women: Sequence[UUID]) -> list[Section]:
    """Every table about these women as each role of the agency may read it, a line's first cell the record's code.

    `actor`: a manager, who takes it along for the agency as its controller; the women from whom she is kept are not in
    it, and what is read by name only (`people.matrix`) is in it only as far as she is named. Leaves a trail row.
    """
    check(actor, "rights.take_along", Subject("Agency", actor.agency, actor.partnership, actor.agency))
    whole = replace(actor, roles=actor.roles | {role.value for role in CASEWORKERS}, purpose="taking its data along")
    rows = {row.id: row for row in records(whole, women)}
    known = names(whole, sorted(rows))
    told: dict[str, Section] = {}
    for id in sorted(rows, key=lambda each: rows[each].code):
        seen = day(rows[id].first_seen_on), day(rows[id].last_seen_on)
        for section in (known_section(seen, known.get(id, Known())), *told_elsewhere(whole, id)):
            _add(told, section, rows[id].code)
    leave(
        actor,
        "rights.take_along",
        rule="an agency that leaves takes its own data along",
        kind="Record",
        subjects=sorted(rows),
        field_groups=[each.value for each in FieldGroup],
    )
    return list(told.values())


def registers(actor: Actor) -> list[Section]:
    """The agency's registers: shared without asking, asked from outside, emergency looks; and the seals it kept."""
    check(actor, "rights.take_along", Subject("Agency", actor.agency, actor.partnership, actor.agency))
    shared = sharing.register(actor, everything=True)
    asked = outside.register(actor, everything=True)
    return [
        Section(
            "Register of disclosures",
            ("Record", "To", "Ground", "Until", "Review", "State"),
            _lines(
                (row.code, row.to_agency, row.ground, day(row.until), day(row.review_on), row.state) for row in shared
            ),
        ),
        Section(
            "Register of requests from outside",
            ("Received", "Who asked", "Record", "State"),
            _lines((day(row.received_on), row.asker, row.code, row.state) for row in asked),
        ),
        Section(
            "Emergency looks",
            ("Record", "Opened", "By", "Of", "State"),
            _lines(
                (row.code, row.opened_at.isoformat(), row.worker, row.agency, row.state)
                for row in emergency.looks(actor)
            ),
        ),
        Section(
            "Seals of the trail that we kept",
            ("Number", "Head", "Kept"),
            _lines((str(row.number), row.head, row.kept_at.isoformat()) for row in kept_heads(actor, 10_000)),
        ),
    ]


def _add(told: dict[str, Section], section: Section, code: str) -> None:
    before = told.get(section.title, Section(section.title, ("Record", *section.columns), ()))
    told[section.title] = replace(before, rows=(*before.rows, *((code, *row) for row in section.rows)))


def _lines(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(rows)
