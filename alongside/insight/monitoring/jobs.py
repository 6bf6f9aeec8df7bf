"""Counting returns as a job, when someone asks for it."""

from datetime import date
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.insight.monitoring.actions import NoSuchFramework, Wanted, definitions, make_returns
from alongside.insight.monitoring.figures import Period
from alongside.register.agencies.codes import Role
from alongside.register.people.facts import counting_job


@app.task(name="returns.count")
def count_return(partnership_id: str, agency_id: str, framework: str, since: str, until: str) -> None:
    """Count one return; an empty agency is the whole partnership."""
    period = Period(date.fromisoformat(since), date.fromisoformat(until))
    wanted = Wanted(framework, UUID(agency_id) if agency_id else None, period)
    make_returns(counting_job(UUID(partnership_id)), [wanted])


@action("returns.make")
def ask_for_return(actor: Actor, *, framework: str, period: Period) -> bool:
    """Ask for a return of the actor's agency, or by the co-ordinator of the partnership. False when it waits already.

    Raises NoSuchFramework, BadDefinition.
    """
    if framework not in definitions().frameworks:
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
