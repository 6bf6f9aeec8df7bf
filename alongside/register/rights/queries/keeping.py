"""The retention schedule of an agency, and which records wait for review."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.register.rights import rules, words
from alongside.register.rights.about_her import latest_entries
from alongside.register.rights.codes import DEFAULT_YEARS, Authority, RecordClass
from alongside.register.rights.models import HerRequest, KeptOn, LegalHold, RetentionRule
from alongside.register.rights.records import Own, own_record, own_records

MOST = 50


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a class is kept. `is_default`: nobody here has set it."""

    record_class: RecordClass
    years: int
    authority: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A record whose time is over: it waits for a person, nothing happens by itself."""

    record: UUID
    code: str
    last_entry: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Keeping:
    """One record's place in the schedule."""

    her: Own
    last_entry: date
    due_on: date
    is_due: bool
    hold: str
    hold_words: str
    is_to_be_erased: bool


def holds_in_force(job: Actor) -> int:
    """How many of the records of the job's own agency may not be erased now: a count, for who would empty them all."""
    rows = LegalHold.objects.unscoped("a count; row-level security keeps the agency")
    return int(rows.filter(agency_id=job.agency, lifted_at=None).count())


def schedule(actor: Actor) -> list[Rule]:
    """Every class with its years; the agency's own where it set them."""
    check(actor, "rights.desk")
    held = {row.record_class: row for row in RetentionRule.objects.visible_to(actor)}
    return [_rule(each, held.get(each.value)) for each in RecordClass]


def due(actor: Actor) -> tuple[list[Due], int]:
    """The women's records whose time is over, longest over first (at most fifty), and how many there are.

    Left out: held ones, those kept on by a review until another day, those decided to be erased.
    """
    check(actor, "rights.desk")
    years, today = years_of(actor, RecordClass.WOMAN), timezone.localdate()
    edge = rules.months_after(today, -12 * years)
    held = LegalHold.objects.visible_to(actor).filter(lifted_at=None)
    kept = KeptOn.objects.visible_to(actor).filter(until__gt=today)
    going = HerRequest.objects.visible_to(actor).filter(kind="erasure", decision="yes", done_at=None)
    old = own_records(actor).filter(recorded_at__date__lte=edge, last_seen_on__lte=edge)
    for rows in (held, kept, going):
        old = old.exclude(pk__in=rows.values("record_id"))
    listed = list(
        old.order_by("last_seen_on", "id").values_list("id", "code", "last_seen_on", "recorded_at")[: 4 * MOST]
    )
    entries = latest_entries(actor, [row[0] for row in listed])
    found = []
    for pk, code, seen, recorded in listed:
        last = max(seen or timezone.localdate(recorded), timezone.localdate(recorded), entries.get(pk, date.min))
        if (ends := rules.retention_ends(last, years)) <= today:
            found.append(Due(pk, code, last, ends))
    return found[:MOST], len(found)


def keeping(actor: Actor, record: UUID) -> Keeping:
    """Raises NotFound."""
    her = own_record(actor, record)
    check(actor, "rights.keep", her.as_subject())
    last = max(her.last_seen_on or her.recorded_on, her.recorded_on)
    last = max(last, latest_entries(actor, [record]).get(record, last))
    until = KeptOn.objects.visible_to(actor).filter(record_id=record).aggregate(last=Max("until"))["last"]
    ends = rules.retention_ends(last, years_of(actor, RecordClass.WOMAN), until)
    hold = LegalHold.objects.visible_to(actor).filter(record_id=record, lifted_at=None).first()
    going = HerRequest.objects.visible_to(actor).filter(record_id=record, kind="erasure", decision="yes", done_at=None)
    return Keeping(
        her=her,
        last_entry=last,
        due_on=ends,
        is_due=ends <= timezone.localdate(),
        hold=Authority(hold.authority).words if hold else "",
        hold_words=words.told(hold, hold.agency_id, "words") if hold else "",
        is_to_be_erased=going.exists(),
    )


def years_of(actor: Actor, record_class: RecordClass) -> int:
    row = RetentionRule.objects.visible_to(actor).filter(record_class=record_class).first()
    return _rule(record_class, row).years


def _rule(record_class: RecordClass, row: RetentionRule | None) -> Rule:
    if row is None:
        years, authority = DEFAULT_YEARS[record_class]
        return Rule(record_class, years, authority, is_default=True)
    return Rule(record_class, row.years, row.authority, is_default=False)
