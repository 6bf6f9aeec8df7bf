"""A release is prepared: asked for by one person, checked by a job, since the solver may take long.

Until the check has ended well there is a wish and no release; whatever goes wrong, nothing is half released.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action, load
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.turns import COUNTING, LISTS, wait_for_the_end_of
from alongside.foundation.kit.show import day
from alongside.insight.monitoring.actions import sound_definitions
from alongside.insight.monitoring.definitions import BadDefinition
from alongside.insight.monitoring.models import Given, Preparation, Release, Return
from alongside.insight.monitoring.outside import Shown
from alongside.insight.monitoring.releasing import PREPARE_AGAIN, ReleaseRefused, going_out, judged
from alongside.register.people.facts import counting_job

ONLY_THE_PARTNERSHIP = "Only a return of the whole partnership is released. Have it counted first."
PREPARED = "This return was prepared for release already."
NO_SUCH_SET = "The set of figures of this return is not known any more. Have a return of another set counted."
NOT_CHECKED = (
    "It could not be checked, so nothing was prepared. Prepare it again; if that says the same, tell who looks after"
    " this installation."
)


def overlap(release: Release) -> str:
    since, until = day(release.since), day(release.until)
    return (
        f"This return begins or ends in the middle of the days of a release of the same figures, {since} to {until}:"
        " two counts of some of these days could be set against each other. Have one counted that ends before, begins"
        " after, or holds all of those days."
    )


@dataclass(frozen=True, slots=True)
class PreparationRow:
    """How far a return is on its way to a release. Neither `why_not` nor `release`: it is being checked."""

    asked_at: datetime
    why_not: str
    release: UUID | None


def preparation(actor: Actor, of_return: UUID) -> PreparationRow | None:
    """The latest wish about a return, for those who may see it."""
    row = Preparation.objects.visible_to(actor).filter(of_return_id=of_return).order_by("-asked_at", "id").first()
    if row is None:
        return None
    made = Release.objects.visible_to(actor).filter(of_return_id=of_return).values_list("id", flat=True).first()
    return PreparationRow(row.asked_at, row.why_not, made)


def wish(actor: Actor, row: Return) -> Preparation:
    """Inside an action: what is to be checked, or what is being checked already. Raises ReleaseRefused."""
    assert actor.user is not None
    if row.agency_id is not None:
        raise ReleaseRefused(ONLY_THE_PARTNERSHIP)
    if Release.objects.visible_to(actor).filter(of_return_id=row.pk).exists():
        raise ReleaseRefused(PREPARED)
    for release in _went_out(actor).filter(framework=row.framework, since__lte=row.until, until__gte=row.since):
        holds = release.since <= row.since and row.until <= release.until
        lies_in = row.since <= release.since and release.until <= row.until
        if not (holds or lies_in):
            raise ReleaseRefused(overlap(release))
    waiting: Preparation | None = (
        Preparation.objects.visible_to(actor).filter(of_return_id=row.pk, checked_at=None).order_by("id").first()
    )
    if waiting is None:
        waiting = Preparation(partnership_id=row.partnership_id, of_return_id=row.pk, asked_by=actor.user)
        waiting.save(force_insert=True)
    return waiting


def _went_out(actor: Actor) -> QuerySet[Release]:
    rows: QuerySet[Release] = Release.objects.visible_to(actor).exclude(given=None)
    return rows.order_by("given__number")


def check_release(job: Actor, pk: UUID) -> UUID | None:
    """As the counting job: check what was asked for, and keep a release or why there is none. Returns the release.

    Waits for lists that are going in and returns that are being counted; a wish made meanwhile is kept. The solver runs
    in no transaction. Checking a second time changes nothing.
    """
    try:
        return _check(job, pk)
    except BadDefinition as fault:
        why_not = f"A definition can’t be read, so nothing was prepared. {fault.words}"
        with acting_as(job):
            return _settle(job, pk, going={}, follows=0, why_not=why_not)
    except Exception:
        with acting_as(job):
            _settle(job, pk, going={}, follows=0, why_not=NOT_CHECKED)
        raise


def _check(job: Actor, pk: UUID) -> UUID | None:
    known = sound_definitions()
    with acting_as(job):
        for work in (LISTS, COUNTING):
            wait_for_the_end_of(job.partnership, work)
        asked = Preparation.objects.visible_to(job).select_related("of_return").get(pk=pk)
        if asked.checked_at is not None:
            return None
        earlier, follows = list(_went_out(job).select_related("of_return")), _last(job)
    frame = known.frameworks.get(asked.of_return.framework)
    going = going_out(asked.of_return, frame, known.definitions) if frame else {}
    why_not = judged(earlier, asked.of_return, going, known.definitions) if frame else NO_SUCH_SET
    with acting_as(job):
        return _settle(job, pk, going=going, follows=follows, why_not=why_not)


def _last(actor: Actor) -> int:
    return Given.objects.visible_to(actor).aggregate(last=Max("number"))["last"] or 0


@action("returns.check_release", Preparation)
def _settle(
    actor: Actor, *, preparation: Preparation, going: dict[str, Shown], follows: int, why_not: str
) -> UUID | None:
    """Keep what the check came to, once; of a good one the release, frozen."""
    if preparation.checked_at is not None:
        return None
    if not why_not and follows != _last(actor):
        why_not = PREPARE_AGAIN
    preparation.checked_at, preparation.checked_by, preparation.why_not = timezone.now(), actor.job, why_not
    preparation.save(update_fields=["checked_at", "checked_by", "why_not"])
    if why_not:
        return None
    row: Return = load(actor, Return, preparation.of_return_id)
    made = Release(
        partnership_id=row.partnership_id,
        of_return_id=row.pk,
        framework=row.framework,
        since=row.since,
        until=row.until,
        as_of=row.as_of,
        figures={key: each.to_json() for key, each in going.items()},
        follows=follows,
        prepared_by=preparation.asked_by,
    )
    made.save(force_insert=True)
    return made.pk


@action("returns.prepare", Return)
def _ask(actor: Actor, **facts: Return) -> UUID:
    return wish(actor, facts["return"]).pk


def prepare_release(actor: Actor, pk: UUID) -> UUID:
    """Ask and check at once, where nobody waits for a page: in the demo. Raises ReleaseRefused, NotFound."""
    assert actor.partnership is not None
    asked: UUID = _ask(actor, pk)
    made = check_release(counting_job(actor.partnership), asked)
    if made is None:
        raise ReleaseRefused(Preparation.objects.visible_to(actor).get(pk=asked).why_not)
    return made
