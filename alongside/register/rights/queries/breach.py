"""A breach: its clock, and what a worker read in its days. Codes and counts; never a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.trail.models import TrailRow
from alongside.register.agencies import queries as agencies
from alongside.register.people.codes import FieldGroup
from alongside.register.rights import rules, words
from alongside.register.rights.models import Breach
from alongside.register.rights.queries.signed import Signature, signatures
from alongside.register.rights.records import codes_of

MOST = 50


@dataclass(frozen=True, slots=True)
class BreachRow:
    id: UUID
    known_since: datetime
    tell_by: datetime
    state: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What was read of one woman in the days of a breach."""

    code: str
    groups: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Read:
    """`women`: how many are named below. `unlisted`: acts about so many at once that the trail keeps a number only."""

    lines: tuple[ReadLine, ...]
    women: int
    unlisted: int


@dataclass(frozen=True, slots=True)
class BreachView:
    row: BreachRow
    said: str
    worker: str
    since: date
    until: date
    frozen: int
    is_frozen: bool
    is_thawed: bool
    is_reported: bool
    closed_words: str
    read: Read
    signatures: tuple[Signature, ...]


def breaches(actor: Actor) -> list[BreachRow]:
    """The newest fifty of the agency."""
    check(actor, "rights.desk")
    return [_row(each) for each in Breach.objects.visible_to(actor)[:MOST]]


def breach_view(actor: Actor, breach: UUID) -> BreachView:
    """Raises NotFound."""
    row: Breach = load(actor, Breach, breach)
    check(actor, "rights.breach", row.as_subject())
    signed = (
        ("Written down", row.written_at, row.written_by),
        ("Sharing stopped", row.frozen_at, row.frozen_by),
        ("Sharing goes on", row.thawed_at, row.thawed_by),
        ("Told to the Information Commissioner", row.reported_at, row.reported_by),
        ("Closed", row.closed_at, row.closed_by),
    )
    worker = agencies.names_of([row.worker]).get(row.worker, "") if row.worker else ""
    return BreachView(
        row=_row(row),
        said=words.told(row, row.agency_id, "words"),
        worker=worker,
        since=row.since,
        until=row.until,
        frozen=len(row.frozen),
        is_frozen=row.frozen_at is not None,
        is_thawed=row.thawed_at is not None,
        is_reported=row.reported_at is not None,
        closed_words=words.told(row, row.agency_id, "closed_words"),
        read=read_by(actor, row.worker, row.since, row.until),
        signatures=signatures(signed),
    )


def read_by(actor: Actor, worker: UUID | None, since: date, until: date) -> Read:
    """Every record of the agency that `worker` (or anyone, if None) read or changed on these London days, by code."""
    rows = TrailRow.objects.filter(agency_id=actor.agency, kind="Record", allowed=True)
    rows = rows.filter(at__gte=_midnight(since), at__lt=_midnight(until + timedelta(days=1)))
    if worker is not None:
        rows = rows.filter(user_id=worker)
    found: dict[UUID, list[tuple[datetime, list[str]]]] = {}
    unlisted = 0
    for at, subjects, groups, count in rows.order_by("id").values_list("at", "subjects", "field_groups", "count"):
        unlisted += 1 if count > len(subjects) else 0
        for subject in subjects:
            found.setdefault(subject, []).append((at, groups))
    codes = codes_of(actor, set(found))
    lines = [_line(codes.get(subject, "Erased, or not here"), acts) for subject, acts in found.items()]
    return Read(tuple(sorted(lines, key=lambda each: (each.code, each.first))), len(found), unlisted)


def _line(code: str, acts: list[tuple[datetime, list[str]]]) -> ReadLine:
    return ReadLine(code, _groups(each for _, each in acts), len(acts), acts[0][0], acts[-1][0])


def _groups(read: Iterable[list[str]]) -> str:
    seen = {group for groups in read for group in groups}
    return ", ".join(each.words for each in FieldGroup if each.value in seen) or "The record, without names"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, rules.LONDON)


def _row(row: Breach) -> BreachRow:
    tell_by = row.known_since + timedelta(hours=rules.BREACH_HOURS)
    if row.closed_at:
        state = "Closed"
    elif row.reported_at:
        state = "Told to the Information Commissioner"
    else:
        left = tell_by - timezone.now()
        hours = int(left.total_seconds() // 3600)
        state = f"{hours} hours left to tell" if hours >= 0 else "The 72 hours are over"
    return BreachRow(row.pk, row.known_since, tell_by, state, row.closed_at is None)
