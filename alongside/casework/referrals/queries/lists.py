"""Lists of referrals: to answer, sent, what came of them, and all of a partnership by number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.casework.referrals.codes import TOLD_TO_SENDER, WAITS_FOR_SERVICE, State
from alongside.casework.referrals.models import Arrival, CountedReferral, Learnt, OpenedRecord, Referral, ReferralStep
from alongside.casework.referrals.queries.rows import ReferralRow, rows_of_referrals
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.questions import Question
from alongside.register.people.queries import called, names

SHOWN = 50  # rows of a list on one page
TOLD_FOR_DAYS = 30
_WITH = ("service__agency", "agency")
OPEN = "referrals.open"
SEALED = ("summary", "data_key")  # the co-ordinator's role may not read these columns


@dataclass(frozen=True, slots=True)
class Named:
    """A referral with what her own agency calls her; empty where the reader's agency holds no record of her."""

    row: ReferralRow
    name: str = ""


@dataclass(frozen=True, slots=True)
class Inbox:
    """What this agency has to answer, and whom it took and waits for. `waiting`, `coming`: how many in all."""

    to_answer: tuple[Named, ...]
    coming: tuple[Named, ...]


_arrived = Question(
    lambda actor, most: (
        Arrival.objects.visible_to(actor)
        .filter(open__isnull=False)
        .select_related(*_WITH)
        .order_by("sent_on", "id")[:most]
    )
)


def inbox(actor: Actor) -> Inbox:
    """Open referrals that this agency answers, longest waiting first."""
    check(actor, OPEN)
    found = rows_of_referrals(actor, _arrived(actor, most=4 * SHOWN))
    coming = [row for row in found if row.state in (State.ACCEPTED, State.OFFERED)]
    opened = _opened(actor, coming)
    named = names(actor, list(opened.values())) if opened else {}
    return Inbox(
        to_answer=tuple(Named(row) for row in found if row.state in WAITS_FOR_SERVICE),
        coming=tuple(Named(row, called(named.get(opened[row.id])) if row.id in opened else "") for row in coming),
    )


def _opened(actor: Actor, rows: list[ReferralRow]) -> dict[UUID, UUID]:
    """The agency's own records of those it took: opened on accepting, or its own from the first."""
    ids = [row.id for row in rows]
    held = OpenedRecord.objects.visible_to(actor).filter(referral_id__in=ids, agency_id=actor.agency)
    own = {row.id: row.record for row in rows if row.agency == actor.agency}
    return own | dict(held.order_by("referral_id").values_list("referral_id", "record_id"))


@dataclass(frozen=True, slots=True)
class TakenHer:
    """Whom this agency took and who has not started yet. `record`: its own of her."""

    row: ReferralRow
    record: UUID


def taken(
    actor: Actor, services: Sequence[UUID], *, referral: UUID | None = None, record: UUID | None = None
) -> list[TakenHer]:
    """Those accepted for these services, longest waiting first; or one `referral` of them, or those of one `record`."""
    check(actor, OPEN)
    yes = ReferralStep.objects.visible_to(actor).filter(referral_id=OuterRef("pk"), state=State.ACCEPTED)
    rows = Arrival.objects.visible_to(actor).filter(Exists(yes), open__isnull=False, service_id__in=services)
    if referral is not None:
        rows = rows.filter(pk=referral)
    found = rows_of_referrals(actor, rows.select_related(*_WITH).order_by("sent_on", "id")[: 4 * SHOWN])
    opened = _opened(actor, found) if found else {}
    return [TakenHer(row, opened[row.id]) for row in found if row.id in opened and record in (None, opened[row.id])]


def open_to_us(actor: Actor) -> int:
    """How many referrals to this agency are open."""
    check(actor, OPEN)
    return int(Arrival.objects.visible_to(actor).filter(open__isnull=False).count())


def arrivals(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, ReferralRow]:
    """Referrals that this agency answers, as they stand, open or over."""
    check(actor, OPEN)
    rows = Arrival.objects.visible_to(actor).filter(pk__in=list(ids)).select_related(*_WITH).order_by("id")
    return {row.id: row for row in rows_of_referrals(actor, rows)}


def sent(actor: Actor, page: int = 1) -> tuple[list[Named], int]:
    """One page of what this agency sent, newest first, with names; and how many there are."""
    check(actor, OPEN)
    rows = Referral.objects.visible_to(actor).filter(agency_id=actor.agency)
    total = rows.count()
    first = (page - 1) * SHOWN
    ordered = rows.select_related(*_WITH).order_by("-sent_on", "id")[first : first + SHOWN]
    found = rows_of_referrals(actor, ordered)
    named = names(actor, [row.record for row in found]) if found else {}
    return [Named(row, called(named.get(row.record))) for row in found], total


def of_record(actor: Actor, record: UUID, most: int = SHOWN) -> list[ReferralRow]:
    """What this agency sent for one record, newest first."""
    check(actor, OPEN)
    rows = Referral.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    return rows_of_referrals(actor, rows.select_related(*_WITH).order_by("-sent_on", "id")[:most])


def outcomes(actor: Actor) -> list[ReferralRow]:
    """What came of referrals and the sender has not yet said that she knows: answers, and answers that never came."""
    check(actor, OPEN)
    today = timezone.localdate()
    found = rows_of_referrals(actor, _came(actor, day=today, since=today - timedelta(days=TOLD_FOR_DAYS)))
    return [row for row in found if row.state in (*TOLD_TO_SENDER, State.EXPIRED)]


def _outcomes(actor: Actor, day: date, since: date) -> QuerySet[Referral]:
    learnt = Learnt.objects.visible_to(actor)
    told = ReferralStep.objects.visible_to(actor).filter(state__in=TOLD_TO_SENDER, occurred_on__gte=since)
    known = learnt.filter(referral_id=OuterRef("referral_id"), number__gte=OuterRef("number"))
    answered = told.filter(~Exists(known), agency_id=actor.agency).exclude(answering_id=actor.agency)
    after_all = learnt.filter(referral_id=OuterRef("pk"), learnt_at__date__gt=OuterRef("lapses_on"))
    silent = Q(open__isnull=False, lapses_on__lt=day, lapses_on__gte=since) & ~Exists(after_all)
    rows: QuerySet[Referral] = Referral.objects.visible_to(actor).filter(agency_id=actor.agency)
    rows = rows.filter(Q(pk__in=answered.values("referral_id")) | silent).select_related(*_WITH)
    return rows.order_by("-sent_on", "id")[:SHOWN]


_came = Question(_outcomes)


def across(actor: Actor, only_overdue: bool = False) -> list[ReferralRow]:
    """Open referrals of the partnership by number, longest waiting first. No name, no record of anybody."""
    check(actor, "referrals.across")
    rows = CountedReferral.objects.visible_to(actor).filter(open__isnull=False)
    rows = rows.select_related(*_WITH).defer(*SEALED)
    found = rows_of_referrals(actor, rows.order_by("sent_on", "id")[: 10 * SHOWN])
    return [row for row in found if row.is_overdue] if only_overdue else found


def exported(actor: Actor) -> list[ReferralRow]:
    """Everything that this agency sent or answers, for a file without names."""
    check(actor, "referrals.export")
    mine = list(Referral.objects.visible_to(actor).filter(agency_id=actor.agency).select_related(*_WITH))
    to_us = Arrival.objects.visible_to(actor).exclude(agency_id=actor.agency).select_related(*_WITH)
    return rows_of_referrals(actor, sorted([*mine, *to_us], key=lambda row: (row.sent_on, row.number)))
