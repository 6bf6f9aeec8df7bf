"""Whom the van hopes to see tonight, and why."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.codes import LookOutReason, NextStep, Outcome, Worry
from alongside.casework.contacts.models import Contact, LookOut, Shift
from alongside.casework.contacts.rules.matters import of_text
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.foundation.vault.seal import Place
from alongside.register.people.codes import StandingKind
from alongside.register.people.known import Known
from alongside.register.people.queries import called, names, records, standings
from alongside.register.people.remarks import remark, remarks

LOOKS_BACK = timedelta(weeks=8)
WORRIED_FOR = timedelta(days=14)
REGULAR = 3  # met on this day of the week in so many of the last eight weeks
MOST = 60
UNDER_18 = "Under 18: ring your safeguarding lead"


@dataclass(frozen=True, slots=True)
class HopedFor:
    """A woman the van hopes to see. `tonight`: what was recorded of her on this shift already, or empty."""

    record: UUID
    code: str
    name: str
    known: Known
    reasons: tuple[str, ...]
    words: str
    last_met: datetime | None
    worry: str
    next_step: str
    tonight: str


@dataclass(slots=True)
class _Past:
    """What the last eight weeks tell of one woman."""

    last_met: datetime | None = None
    worry: str = ""
    worry_at: datetime | None = None
    next_step: str = ""
    next_on: date | None = None
    same_day: int = 0
    tonight: str = ""


def tonights_list(actor: Actor, shift: UUID | None = None) -> list[HopedFor]:
    """The agency's women to look out for on a shift (or tonight), the most pressing first, with names (one trail row).

    Asked to look out for; a worry of the last two weeks; a next step that is due; met on most such nights. At most 60.
    Raises NotFound for a shift out of reach.
    """
    check(actor, "contacts.see")
    night = load(actor, Shift, shift).starts if shift else timezone.now()
    past, look_outs = _past(actor, night, shift), _look_outs(actor, timezone.localdate(night))
    why = {record: _reasons(past.get(record, _Past()), look_outs.get(record), night) for record in {*past, *look_outs}}
    wanted = sorted(
        (record for record in why if why[record]), key=lambda r: (why[r][0][0], -past.get(r, _Past()).same_day, r)
    )
    stands = standings(actor, wanted)
    wanted = [record for record in wanted if StandingKind.DIED not in stands.get(record, ())][:MOST]
    for record in wanted:
        if StandingKind.UNDER_18 in stands.get(record, ()):
            why[record].insert(0, (0, UNDER_18))
    shown = {row.id: row for row in records(actor, wanted)}
    opened = names(actor, list(shown))
    return [
        _row(
            shown[record].code,
            record,
            opened.get(record, Known()),
            why[record],
            look_outs.get(record),
            past.get(record),
        )
        for record in wanted
        if record in shown
    ]


def _row(
    code: str,
    record: UUID,
    known: Known,
    why: list[tuple[int, str]],
    asked: tuple[LookOutReason, str] | None,
    past: _Past | None,
) -> HopedFor:
    past = past or _Past()
    return HopedFor(
        record=record,
        code=code,
        name=called(known),
        known=known,
        reasons=tuple(words for _, words in why),
        words=asked[1] if asked else "",
        last_met=timezone.localtime(past.last_met) if past.last_met else None,
        worry=Worry(past.worry).words if past.worry else "",
        next_step=NextStep(past.next_step).words if past.next_step else "",
        tonight=Outcome(past.tonight).words if past.tonight else "",
    )


def _past(actor: Actor, night: datetime, shift: UUID | None) -> dict[UUID, _Past]:
    """What own contacts of the last eight weeks tell, by record."""
    rows = Contact.objects.visible_to(actor).filter(
        agency_id=actor.agency, occurred_at__range=(night - LOOKS_BACK, night + timedelta(days=1)), withdrawn_at=None
    )
    columns = ("id", "record_id", "occurred_at", "outcome", "next_step", "next_on", "shift_id", "matters")
    told = list(rows.order_by("occurred_at", "id").values_list(*columns))
    worries = _worries(actor, [(row[0], row[-1]) for row in told if night - row[2] <= WORRIED_FOR])
    found: dict[UUID, _Past] = defaultdict(_Past)
    nights: dict[UUID, Counter[date]] = defaultdict(Counter)
    weekday = timezone.localtime(night).weekday()
    for contact, record, at, outcome, step, next_on, on_shift, _ in told:
        past, worry = found[record], worries.get(contact, "")
        if shift is not None and on_shift == shift:
            past.tonight = outcome
        if outcome == Outcome.NOT_SEEN:
            continue
        past.last_met = at
        if worry:
            past.worry, past.worry_at = ("", None) if worry == Worry.NONE else (worry, at)
        if step or outcome == Outcome.MET:
            past.next_step, past.next_on = step, next_on
        if (shift is None or on_shift != shift) and timezone.localtime(at).weekday() == weekday:
            nights[record][timezone.localdate(at)] += 1
    for record, days in nights.items():
        found[record].same_day = len(days)
    return found


def _worries(actor: Actor, sealed: list[tuple[UUID, bytes | None]]) -> dict[UUID, str]:
    """The worry told with each of these contacts, asked of the key process once."""
    assert actor.agency is not None
    words = remarks(actor.agency, [(Place("contacts_contact", contact, "matters"), held) for contact, held in sealed])
    return {contact: of_text(text).worry for (contact, _), text in zip(sealed, words, strict=True)}


def _look_outs(actor: Actor, on: date) -> dict[UUID, tuple[LookOutReason, str]]:
    rows = LookOut.objects.visible_to(actor).filter(ended_at=None, until__gte=on).order_by("id")
    return {
        row.record_id: (
            LookOutReason(row.reason),
            remark(row.agency_id, Place("contacts_lookout", row.pk, "words"), row.words),
        )
        for row in rows
    }


def _reasons(past: _Past, asked: tuple[LookOutReason, str] | None, night: datetime) -> list[tuple[int, str]]:
    """(how pressing, in words), the most pressing first. Steps that nobody has to take are no reason."""
    found = []
    if asked:
        found.append((1, asked[0].words))
    if past.worry and past.worry_at and night - past.worry_at <= WORRIED_FOR:
        found.append((2, f"Worry: {Worry(past.worry).words.lower()}"))
    due = past.next_on is not None and past.next_on <= timezone.localdate(night)
    if past.next_step == NextStep.LOOK or (due and past.next_step not in ("", NextStep.NOTHING)):
        found.append((3, NextStep(past.next_step).words))
    if past.same_day >= REGULAR:
        found.append((4, f"Met on {past.same_day} of the last 8 such nights"))
    return found
