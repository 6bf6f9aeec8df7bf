"""Counting returns as a job, when someone asks for it."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.insight.monitoring.actions import NoSuchFramework, Wanted, make_returns, sound_definitions
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.models import Return
from alongside.insight.monitoring.preparing import check_release, wish
from alongside.register.agencies.codes import Role
from alongside.register.people.facts import counting_job


@app.task(name="returns.count")
def count_return(partnership_id: str, agency_id: str, framework: str, since: str, until: str) -> None:
    """Count one return; an empty agency is the whole partnership."""
    period = Period(date.fromisoformat(since), date.fromisoformat(until))
    wanted = Wanted(framework, UUID(agency_id) if agency_id else None, period)
    make_returns(counting_job(UUID(partnership_id)), [wanted])


@app.task(name="returns.check_release")
def check_wish(partnership_id: str, preparation_id: str) -> None:
    """Check what was asked for; the outcome stands on the page of the return."""
    check_release(counting_job(UUID(partnership_id)), UUID(preparation_id))


@action("returns.prepare", Return)
def ask_for_release(actor: Actor, **facts: Return) -> UUID:
    """Ask for a return of the partnership to become a release. Asked again while it is checked, the check is asked for
    again, in case the first one died. Raises ReleaseRefused, NotFound.
    """
    waits = wish(actor, facts["return"])
    task = check_wish.configure(lock=f"release {waits.partnership_id}", queueing_lock=f"release {waits.pk}")
    with suppress(AlreadyEnqueued), acting_as(NOBODY):
        task.defer(partnership_id=str(waits.partnership_id), preparation_id=str(waits.pk))
    return waits.pk


@action("returns.make")
def ask_for_return(actor: Actor, *, framework: str, period: Period) -> bool:
    """Ask for a return of the actor's agency, or by the co-ordinator of the partnership. False when it waits already.

    Raises NoSuchFramework, BadDefinition.
    """
    if framework not in sound_definitions().frameworks:
        raise NoSuchFramework
    agency = "" if Role.COORDINATOR.value in actor.roles else str(actor.agency)
    lock = f"return {actor.partnership} {agency}"
    waits = f"{lock} {framework} {period.since} {period.until}"
    task = count_return.configure(lock=lock, queueing_lock=waits)
    try:
        # The table of jobs belongs to no agency; requests reach it as nobody. What it refuses is undone with the block.
        with acting_as(NOBODY):
            task.defer(
                partnership_id=str(actor.partnership),
                agency_id=agency,
                framework=framework,
                since=period.since.isoformat(),
                until=period.until.isoformat(),
            )
    except AlreadyEnqueued:
        return False
    return True
