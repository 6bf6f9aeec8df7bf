"""A referral as a list shows it: codes and days, no name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.casework.referrals import rules
from alongside.casework.referrals.codes import DeclineReason, State, WithdrawReason
from alongside.casework.referrals.models import Referral, ReferralStep
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.questions import Question
from alongside.register.agencies.codes import AgencyKind, ServiceKind, Source

REASONS: dict[str, str] = {each.value: each.words for each in (*DeclineReason, *WithdrawReason)}


@dataclass(frozen=True, slots=True)
class Taken:
    """A step as a page tells it. `code`: its reason; `starts_on`: a day that was offered."""

    number: int
    state: State
    on: date
    code: str
    starts_on: date | None
    other_service: str
    recorded_by: UUID | None

    @property
    def reason(self) -> str:
        return REASONS.get(self.code, "")


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """`record` is the sender's; `version`: number of its last step; `waiting`: days, None once it is over."""

    id: UUID
    number: str
    record: UUID
    agency: UUID
    agency_name: str
    answering: UUID
    service: UUID
    service_name: str
    service_agency: str
    kind: ServiceKind
    is_outside: bool
    source: Source
    from_agency: UUID | None
    for_worker: UUID | None
    lapses_on: date
    groups: tuple[str, ...]
    opens_months: int
    state: State
    version: int
    clocks: rules.Clocks
    waiting: int | None
    is_overdue: bool
    starts_on: date | None
    steps: tuple[Taken, ...]

    @property
    def reason(self) -> str:
        return self.steps[-1].reason if self.state is not State.EXPIRED else ""

    @property
    def is_own(self) -> bool:
        """The sender and the service are one agency."""
        return self.agency == self.answering and not self.is_outside


def rows_of_referrals(actor: Actor, referrals: Iterable[Referral]) -> list[ReferralRow]:
    """In the order given. The referrals came with their service, its agency, and the sender."""
    found = list(referrals)
    steps = _steps(actor, [row.pk for row in found])
    today = timezone.localdate()
    return [_row(row, steps[row.pk], today) for row in found]


_STEP = ("referral_id", "number", "state", "occurred_on", "reason", "starts_on", "other_service__name", "recorded_by")
_taken = Question(
    lambda actor, ids: (
        ReferralStep.objects.visible_to(actor)
        .filter(AnyOf(F("referral_id"), ids))
        .order_by("referral_id", "number")
        .values_list(*_STEP)
    )
)


def _steps(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, list[Taken]]:
    found: dict[UUID, list[Taken]] = {}
    for id, number, state, on, reason, starts_on, other, by in _taken(actor, ids=list(ids)) if ids else ():
        step = Taken(number, State(state), on, reason, starts_on, other or "", by)
        found.setdefault(id, []).append(step)
    return found


def _row(row: Referral, taken: Sequence[Taken], today: date) -> ReferralRow:
    steps = [rules.Step(each.number, each.state, each.on, each.code) for each in taken]
    state = rules.state_of(steps, row.lapses_on, today)
    service = row.service
    starts_on = next((each.starts_on for each in reversed(taken) if each.starts_on), None)
    return ReferralRow(
        id=row.pk,
        number=row.number,
        record=row.record_id,
        agency=row.agency_id,
        agency_name=row.agency.name,
        answering=row.answering_id,
        service=service.pk,
        service_name=service.name,
        service_agency=service.agency.name,
        kind=ServiceKind(service.kind),
        is_outside=service.agency.kind == AgencyKind.OUTSIDE,
        source=Source(row.source),
        from_agency=row.from_agency_id,
        for_worker=row.for_worker,
        lapses_on=row.lapses_on,
        groups=tuple(row.groups),
        opens_months=row.opens_months,
        state=state,
        version=steps[-1].number,
        clocks=rules.clocks(row.asked_on, steps),
        waiting=rules.days_waiting(steps, state, today),
        is_overdue=rules.is_overdue(steps, state, service.answers_within_days, today)
        or rules.start_is_overdue(state, starts_on, today),
        starts_on=starts_on,
        steps=tuple(taken),
    )
