"""Who is here: sessions of a drop-in or clinic, and the grid of women to tick."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Min
from django.utils import timezone

from alongside.casework.contacts.codes import BroughtBy, ServiceHere, SessionKind
from alongside.casework.contacts.models import Contact, DropInSession, UnnamedContact
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.gate.questions import Question
from alongside.register.people.known import Known
from alongside.register.people.queries import called, names, records

LOOKS_BACK = timedelta(weeks=26)
IN_GRID = 40
FEWEST_IN_GRID = 24


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: UUID
    kind: SessionKind
    on: date
    services: tuple[ServiceHere, ...]
    is_open: bool
    came: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A woman in the grid. `used`: what she used, where she is ticked in; None where she is not."""

    record: UUID
    code: str
    name: str
    used: tuple[str, ...] | None
    brought_by: str
    is_first: bool  # no session of this kind before this one


@dataclass(frozen=True, slots=True)
class Grid:
    session: SessionRow
    women: tuple[Tick, ...]
    without_record: int


def sessions(actor: Actor, most: int = 30) -> list[SessionRow]:
    """The agency's sessions, the newest first, with how many came."""
    check(actor, "contacts.see")
    rows = list(
        DropInSession.objects.visible_to(actor).filter(agency_id=actor.agency).order_by("-held_on", "id")[:most]
    )
    came: Counter[UUID] = Counter()
    for model in (Contact, UnnamedContact):
        held = model.objects.visible_to(actor).filter(session__in=[row.pk for row in rows], withdrawn_at=None)
        # In no order: added up.
        came.update(dict(held.order_by().values_list("session_id").annotate(n=Count("pk"))))
    return [_session(row, came[row.pk]) for row in rows]


def _session(row: DropInSession, came: int) -> SessionRow:
    services = tuple(ServiceHere(each) for each in row.services)
    return SessionRow(row.pk, SessionKind(row.kind), row.held_on, services, row.closed_at is None, came)


def grid(actor: Actor, session: UUID) -> Grid:
    """The women to tick, with names (one trail row): those who came most in the half year before; where these are few,
    the own women seen last; then whoever else is in. The order stays while a paper sheet is typed in. Raises NotFound.
    """
    check(actor, "contacts.see")
    held: DropInSession = load(actor, DropInSession, session)
    of_kind = Contact.objects.visible_to(actor).filter(
        agency_id=actor.agency, session__kind=held.kind, withdrawn_at=None
    )
    here = {
        record: (tuple(used), brought_by)
        for record, used, brought_by in of_kind.filter(session=session)
        .order_by("occurred_at", "id")
        .values_list("record_id", "services", "brought_by")
    }
    recent = of_kind.filter(session__held_on__gte=held.held_on - LOOKS_BACK, session__held_on__lt=held.held_on)
    often = recent.order_by().values_list("record_id").annotate(n=Count("pk")).order_by("-n", "record_id")[:IN_GRID]
    regulars = [record for record, _ in often]
    order = list(dict.fromkeys([*regulars, *_lately_seen(actor, FEWEST_IN_GRID - len(regulars)), *here]))
    first = dict(
        of_kind.filter(record__in=order).order_by().values_list("record_id").annotate(m=Min("session__held_on"))
    )
    codes = {row.id: row.code for row in records(actor, order)}
    opened = names(actor, [record for record in order if record in codes])
    women = tuple(
        Tick(
            record,
            codes[record],
            called(opened.get(record, Known())),
            here[record][0] if record in here else None,
            BroughtBy(here[record][1]).words if record in here and here[record][1] else "",
            first.get(record, held.held_on) >= held.held_on,
        )
        for record in order
        if record in codes
    )
    unnamed = UnnamedContact.objects.visible_to(actor).filter(session=session, withdrawn_at=None).count()
    return Grid(_session(held, len(here) + unnamed), women, unnamed)


def _lately_seen(actor: Actor, most: int) -> list[UUID]:
    """Own women, those seen last first: for the first sessions of a drop-in, when nobody has come often."""
    if most <= 0:
        return []
    own = [row for row in records(actor) if row.agency == actor.agency]
    lately = sorted(own, key=lambda row: row.last_seen_on or date.min, reverse=True)
    return [row.id for row in lately[:most]]


_open_today = Question(
    lambda actor: (
        DropInSession.objects.visible_to(actor)
        .filter(agency_id=actor.agency, held_on=timezone.localdate(), closed_at=None)
        .order_by("-kind", "id")[:1]
    )
)


def open_today(actor: Actor) -> SessionRow | None:
    """Today's session that is still open, a drop-in before a clinic."""
    check(actor, "contacts.see")
    found = _open_today(actor)
    return _session(found[0], 0) if found else None
