"""The interface for programs as an OpenAPI 3.1 document (`docs/api/v1.json`), made from the table below and the codes.

`python -m alongside.config.docs` writes it; a house test holds every address with `api/v1` in it against this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alongside.casework.contacts.codes import (
    BroughtBy,
    NextStep,
    Outcome,
    OutingKind,
    PlaceKind,
    ServiceHere,
    Staying,
    Topic,
    Worry,
)
from alongside.casework.contacts.rules.standards import STANDARDS
from alongside.casework.supplies.codes import STOCKED
from alongside.register.agencies.codes import Coded

Schema = dict[str, Any]
KEY, SESSION = "key", "session"  # the two doors: an agency's own program, or a worker who is signed in
ID: Schema = {"type": "string", "format": "uuid"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
WORDS: Schema = {"type": "string"}
HEXAGON: Schema = {"type": "string", "pattern": "^88[0-9a-f]{8}fffff$"}
NUMBER: Schema = {"type": "integer"}
OBJECT: Schema = {"type": "object"}
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def code(codes: type[Coded]) -> Schema:
    return {"type": "string", "enum": [each.value for each in codes]}


def many(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def or_null(of: Schema) -> Schema:
    return {"oneOf": [of, {"type": "null"}]}


def record(fields: Mapping[str, Schema], needed: tuple[str, ...] | None = None) -> Schema:
    """An object of exactly these fields; all of them needed unless said otherwise."""
    must = list(fields) if needed is None else list(needed)
    return {"type": "object", "properties": dict(fields), "required": must, "additionalProperties": False}


CONTACT = record(
    {
        "id": ID, "record": ID, "occurred_at": MOMENT, "recorded_at": MOMENT, "outcome": code(Outcome),
        "place": code(PlaceKind), "area": or_null(WORDS),
        "hexagon": or_null(HEXAGON), "staying": or_null(code(Staying)), "next_on": or_null(DAY),
    }
)  # fmt: skip
SHIFT = record(
    {
        "id": ID, "starts": MOMENT, "ends": MOMENT, "kind": code(OutingKind),
        "state": {"type": "string", "enum": ["planned", "begun", "ended", "called_off"]}, "workers": NUMBER,
        "breaks": many({"type": "string", "enum": [each.code for each in STANDARDS]}),
    }
)  # fmt: skip
NEW_CONTACT = record(
    {
        "id": ID, "occurred_at": MOMENT, "record": ID, "description": WORDS, "outcome": code(Outcome),
        "place": code(PlaceKind), "staying": code(Staying), "worry": code(Worry), "next_step": code(NextStep),
        "next_on": DAY, "brought_by": code(BroughtBy), "topics": many(code(Topic)), "services": many(code(ServiceHere)),
        "given": {
            "type": "object",
            "propertyNames": {"enum": [each.value for each in STOCKED]},
            "additionalProperties": NUMBER,
        },
        "shelf": ID, "shift": ID, "session": ID, "area": ID, "hexagon": HEXAGON,
        "note": {"type": "string", "maxLength": 4000},
    },
    needed=("id", "occurred_at"),
)  # fmt: skip
RECORDED = record({"id": ID, "record": or_null(ID), "again": {"type": "boolean"}})
DAYS = {"since": DAY, "until": DAY}
PAGED = {**DAYS, "after": ID}


def listed(name: str, of: Schema) -> Schema:
    return record({name: many(of), "next": or_null(ID)})


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address. `answers`: status -> what it says; `asks`: parameters; `sends`: its body."""

    words: str
    door: str
    answers: Mapping[int, Schema]
    asks: Mapping[str, Schema] = field(default_factory=dict)
    sends: Schema | None = None


OPERATIONS: dict[tuple[str, str], Operation] = {
    ("api/v1/contacts/", "GET"): Operation(
        "The agency's own contacts that were not taken back, by day. At most 200 an answer; `next` goes on.",
        KEY, {200: listed("contacts", CONTACT), 404: OBJECT, 422: PROBLEM}, PAGED,
    ),
    ("api/v1/shifts/", "GET"): Operation(
        "The agency's own shifts that start between two days.",
        KEY, {200: listed("shifts", SHIFT), 404: OBJECT, 422: PROBLEM}, DAYS,
    ),
    ("outreach/api/v1/contacts/", "GET"): Operation(
        "The same contacts, for a worker who is signed in.",
        SESSION, {200: listed("contacts", CONTACT), 404: OBJECT, 422: PROBLEM}, PAGED,
    ),
    ("outreach/api/v1/contacts/", "POST"): Operation(
        "Record a contact, once for each id.",
        SESSION, {200: RECORDED, 201: RECORDED, 404: PROBLEM, 409: PROBLEM, 422: PROBLEM}, sends=NEW_CONTACT,
    ),
    ("referrals/api/v1/", "GET"): Operation(
        "What waits for this agency's answer and what it sent (docs/how-to/use-the-referrals-api.md).",
        SESSION, {200: OBJECT, 404: OBJECT},
    ),
    ("referrals/api/v1/", "POST"): Operation(
        "Send a referral.", SESSION, {200: OBJECT, 201: OBJECT, 404: OBJECT, 409: PROBLEM, 422: PROBLEM}, sends=OBJECT
    ),
    ("beds/api/v1/tonight/", "GET"): Operation("The board of now (docs/api/accommodation.md).", SESSION, {200: OBJECT}),
    ("beds/api/v1/stays/", "GET"): Operation(
        "Own stays that touch a span of days, at most 200 an answer.", SESSION, {200: OBJECT, 422: PROBLEM}, PAGED
    ),
    ("beds/api/v1/stays/{id}/end/", "POST"): Operation(
        "Her stay ends, with why and where to.", SESSION, {200: OBJECT, 404: OBJECT, 409: PROBLEM, 422: PROBLEM},
        sends=OBJECT,
    ),
    ("beds/api/v1/beds/{id}/give/", "POST"): Operation(
        "Her stay begins in this bed.", SESSION, {201: OBJECT, 404: OBJECT, 409: PROBLEM, 422: PROBLEM}, sends=OBJECT
    ),
    ("beds/api/v1/waiting/", "GET"): Operation("The lists of own houses in their order.", SESSION, {200: OBJECT}),
    ("beds/api/v1/waiting/", "POST"): Operation(
        "Put her on a list.", SESSION, {201: OBJECT, 404: OBJECT, 409: PROBLEM, 422: PROBLEM}, sends=OBJECT
    ),
    ("referrals/api/v1/{id}/", "GET"): Operation("One referral.", SESSION, {200: OBJECT, 404: OBJECT}),
    ("referrals/api/v1/{id}/steps/", "POST"): Operation(
        "Take a step of a referral.", SESSION, {200: OBJECT, 404: OBJECT, 409: PROBLEM, 422: PROBLEM}, sends=OBJECT
    ),
}  # fmt: skip


def document() -> Schema:
    paths: dict[str, Schema] = {}
    for (address, method), operation in OPERATIONS.items():
        paths.setdefault(f"/{address}", {})[method.lower()] = _operation(address, operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Alongside",
            "version": "1",
            "description": "No name ever leaves by this interface: a woman is told by the id of your agency's record.",
        },
        "paths": paths,
        "components": {
            "schemas": {"Problem": record({"type": WORDS, "title": WORDS, "status": NUMBER, "field": WORDS,
                                           "detail": WORDS}, needed=("type", "title", "status"))},
            "securitySchemes": {
                KEY: {"type": "http", "scheme": "bearer", "description": "A key that a service manager made."},
                SESSION: {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "A signed-in worker; "
                          "what changes something carries X-CSRFToken too."},
            },
        },
    }  # fmt: skip


def _operation(address: str, told: Operation) -> Schema:
    inside = [name for name in ("id",) if f"{{{name}}}" in address]
    asked = [{"name": name, "in": "path", "required": True, "schema": ID} for name in inside]
    asked += [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in told.asks.items()]
    found: Schema = {"summary": told.words, "security": [{told.door: []}], "parameters": asked}
    if told.sends is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": told.sends}}}
    found["responses"] = {str(status): _answer(status, schema) for status, schema in told.answers.items()}
    return found


ANSWERS = {
    200: "Done.",
    201: "Recorded.",
    404: "Absent, not yours, or not let in: the same answer.",
    409: "It is there already and says something else, or somebody took a step since.",
    422: "Something can't be read or can't be right; `field` says what.",
}


def _answer(status: int, schema: Schema) -> Schema:
    kind = "application/problem+json" if schema is PROBLEM else "application/json"
    return {"description": ANSWERS[status]} | (
        {} if schema is OBJECT and status == 404 else {"content": {kind: {"schema": schema}}}
    )
