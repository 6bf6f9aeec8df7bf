"""Coverage of the own agency: hours, days and areas, and the way from the street to the drop-in."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from alongside.casework.contacts.codes import Outcome
from alongside.casework.contacts.models import Contact, DropInSession, Shift, UnnamedContact
from alongside.casework.contacts.queries.places import areas
from alongside.casework.contacts.rules import coverage as rules
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.permissions import NotFound
from alongside.register.people.queries import called, names, records

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class OnDays:
    """A woman who is met on certain days of the week only."""

    record: UUID
    code: str
    name: str
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    since: date
    until: date
    weeks: int
    shifts: int
    contacts: int
    women: int
    without_record: int
    week: tuple[rules.CellOf, ...]
    by_area: tuple[tuple[str, rules.AreaLine], ...]
    routes: tuple[rules.RouteLine, ...]
    within: tuple[UUID, str] | None  # the one area that is asked about
    on_days: tuple[OnDays, ...]
    more_on_days: int
    suggestion: rules.Suggestion | None
    flow: rules.Flow | None  # None where the agency has no drop-in of its own


def coverage(actor: Actor, weeks: int, area: UUID | None = None) -> Coverage:
    """The own agency's last so many weeks until yesterday; names of women met on certain days (a trail row).

    `area`: hours, contacts and the extra session of this one area. A shift that went to several areas counts with all
    its hours in each. Raises NotFound for an area that is none of the partnership's open ones.
    """
    check(actor, "contacts.see")
    until = timezone.localdate() - timedelta(days=1)
    since = until - timedelta(weeks=weeks, days=-1)
    out, met = _out(actor, since, until), _met(actor, since, until)
    named = {each.id: each.name for each in areas(actor)}
    if area is not None and area not in named:
        raise NotFound("Area")
    lines = [(named[line.area], line) for line in rules.by_area(list(named), out, met)]
    if area is not None:
        out, met = [each for each in out if area in each.areas], [each for each in met if each.area == area]
    week = rules.cells(out, met)
    covered = {cell.day for cell in week if cell.hours}
    on_days = rules.certain_days(met, covered)
    return Coverage(
        since=since,
        until=until,
        weeks=weeks,
        shifts=len(out),
        contacts=len(met),
        women=len({each.record for each in met} - {None}),
        without_record=sum(each.record is None for each in met),
        week=tuple(week),
        by_area=tuple(lines),
        routes=tuple(rules.by_route(out, met)),
        within=(area, named[area]) if area is not None else None,
        on_days=_named(actor, on_days),
        more_on_days=max(0, len(on_days) - MOST_NAMED),
        suggestion=rules.suggestion(week, weeks),
        flow=_flow(actor, since, until),
    )


def _out(actor: Actor, since: date, until: date) -> list[rules.Out]:
    rows = Shift.objects.visible_to(actor).filter(
        agency_id=actor.agency, begun_at__date__range=(since, until), called_off_at=None
    )
    columns = ("begun_at", "ended_at", "ends", "areas", "route", "id")
    return [
        rules.Out(timezone.localtime(begun), timezone.localtime(ended or ends), tuple(where), route, pk)
        for begun, ended, ends, where, route, pk in rows.order_by("begun_at", "id").values_list(*columns)
    ]


def _met(actor: Actor, since: date, until: date) -> list[rules.Met]:
    """Women talked to or seen on shifts."""
    found = []
    for model in (Contact, UnnamedContact):
        rows = model.objects.visible_to(actor).filter(
            agency_id=actor.agency, occurred_at__date__range=(since, until), withdrawn_at=None, session=None
        )
        columns = ["occurred_at", "area_id", "shift_id", *(["record_id"] if model is Contact else [])]
        told = rows.exclude(outcome=Outcome.NOT_SEEN).order_by("occurred_at", "id").values_list(*columns)
        found += [
            rules.Met(timezone.localtime(at), area, hers[0] if hers else None, shift) for at, area, shift, *hers in told
        ]
    return found


def _named(actor: Actor, days: dict[UUID, tuple[int, ...]]) -> tuple[OnDays, ...]:
    shown = sorted(days, key=lambda record: (days[record], record))[:MOST_NAMED]
    codes = {row.id: row.code for row in records(actor, shown)} if shown else {}
    opened = names(actor, list(codes)) if codes else {}
    return tuple(OnDays(each, codes[each], called(opened.get(each)), days[each]) for each in shown if each in codes)


def _flow(actor: Actor, since: date, until: date) -> rules.Flow | None:
    if not DropInSession.objects.visible_to(actor).filter(agency_id=actor.agency).exists():
        return None
    own = Contact.objects.visible_to(actor).filter(agency_id=actor.agency, withdrawn_at=None, outcome=Outcome.MET)
    first = own.order_by().values_list("record_id").annotate(first=Min("occurred_at"))
    within = {record: timezone.localdate(at) for record, at in first if since <= timezone.localdate(at) <= until}
    came: dict[UUID, list[date]] = defaultdict(list)
    attended = own.filter(session__held_on__gte=since).exclude(session=None)
    for record, on in attended.order_by("session__held_on", "id").values_list("record_id", "session__held_on"):
        if record in within:
            came[record].append(on)
    return rules.flow(within, came)
