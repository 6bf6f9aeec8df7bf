"""One referral as each side may see it."""

from dataclasses import dataclass
from uuid import UUID

from alongside.casework.referrals import passing_on
from alongside.casework.referrals.models import Arrival, Learnt, OpenedRecord, Package, Referral
from alongside.casework.referrals.queries.lists import OPEN
from alongside.casework.referrals.queries.rows import ReferralRow, rows_of_referrals
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.permissions import NotFound
from alongside.register.agencies.codes import Source
from alongside.register.agencies.queries import ServiceRow, may_refer, names_of, services
from alongside.register.people.known import Known
from alongside.register.people.queries import agencies_kept_out, called, is_shared, names

_WITH = ("service__agency", "agency")


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """A referral for one of its sides.

    `summary`: what is told before an answer. `known`, `words`: what was passed on; for the service only once it
    accepted. `name`: what the reader's own agency calls her; `own_record`: its own record of her; `reads_on`: the
    sender's, where it is shared with the reader.
    """

    row: ReferralRow
    sends: bool
    answers: bool
    summary: passing_on.Summary
    known: Known | None
    words: str
    name: str
    own_record: UUID | None
    knows_outcome: bool
    workers: dict[UUID, str]
    other_services: tuple[ServiceRow, ...]
    reads_on: UUID | None


def referral_page(actor: Actor, id: UUID) -> ReferralPage:
    """Raises NotFound: the same for absent and for neither sent nor answered by the reader's agency."""
    check(actor, OPEN)
    held, sends, answers = _held(actor, id)
    row = rows_of_referrals(actor, [held])[0]
    package = Package.objects.visible_to(actor).filter(pk=id).order_by("pk").first()
    known, words = None, ""
    if package is not None:
        known, words = passing_on.package(package.agency_id, id, package.data_key, package.known, package.words)
    record = held.record_id if sends else _opened(actor, id)
    name = called(names(actor, [record]).get(record)) if record else ""
    summaries = passing_on.summaries(held.agency_id, [(id, held.data_key, held.summary)])
    workers = {each for each in (row.for_worker, *(step.recorded_by for step in row.steps)) if each}
    theirs = services(held.partnership_id, held.service.agency_id) if answers else []
    learnt = Learnt.objects.visible_to(actor).filter(referral_id=id, number__gte=row.version) if sends else None
    return ReferralPage(
        row=row,
        sends=sends,
        answers=answers,
        summary=summaries.get(id, passing_on.Summary()),
        known=known,
        words=words,
        name=name,
        own_record=record,
        knows_outcome=learnt.exists() if learnt is not None else True,
        workers=names_of(workers),
        other_services=tuple(each for each in theirs if each.id != row.service),
        reads_on=held.record_id if not sends and is_shared(actor, held.record_id) else None,
    )


def _held(actor: Actor, id: UUID) -> tuple[Referral, bool, bool]:
    """The referral, whether the reader's agency sent it, and whether it answers it."""
    mine = Referral.objects.visible_to(actor).filter(agency_id=actor.agency, pk=id).select_related(*_WITH).first()
    if mine is not None:
        return mine, True, mine.answering_id == actor.agency
    to_us = Arrival.objects.visible_to(actor).filter(pk=id).select_related(*_WITH).first()
    if to_us is None:
        raise NotFound("Referral")
    return to_us, False, True


def _opened(actor: Actor, id: UUID) -> UUID | None:
    rows = OpenedRecord.objects.visible_to(actor).filter(referral_id=id, agency_id=actor.agency)
    record: UUID | None = rows.values_list("record_id", flat=True).first()
    return record


def choices(actor: Actor, source: Source, record: UUID) -> list[ServiceRow]:
    """The services to which the reader's agency may refer this woman when she comes so: none of an agency that she
    wants kept out."""
    check(actor, OPEN)
    if actor.partnership is None or actor.agency is None:
        return []
    allowed = may_refer(actor.agency, source)
    feared = agencies_kept_out(actor, record)
    return [each for each in services(actor.partnership) if each.id in allowed and each.agency not in feared]
