"""Counting as a job: asked for by the co-ordinator, or because records, decisions or a run changed the facts."""

from datetime import date
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.insight.population.actions import make_picture
from alongside.insight.population.periods import Period
from alongside.insight.population.queries import is_up_to_date
from alongside.insight.population.refusals import NotCompared
from alongside.register.agencies import facts as agencies
from alongside.register.people.facts import counting_job


@app.task(name="picture.count_partnership")
def count_partnership(partnership_id: str, since: str = "", until: str = "") -> None:
    """Count one partnership. Where records were not compared there is nothing to count yet: the page says so."""
    period = Period(date.fromisoformat(since), date.fromisoformat(until)) if since and until else None
    try:
        make_picture(counting_job(UUID(partnership_id)), period)
    except NotCompared:
        return


@app.periodic(cron="*/5 * * * *")
@app.task(name="picture.keep_up", queueing_lock="picture.keep_up")
def keep_up(timestamp: int) -> None:
    """Count again what changed. Every five minutes at most: a reviewer who decides many pairs costs one counting."""
    for partnership in agencies.partnerships():
        if not is_up_to_date(counting_job(partnership)):
            count_partnership(str(partnership))


@action("picture.make")
def ask_for_picture(actor: Actor, *, period: Period | None = None) -> bool:
    """Ask for the picture to be counted. False when that was asked for already and waits."""
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()} if period else {}
    lock = f"picture {actor.partnership}"
    task = count_partnership.configure(lock=lock, queueing_lock=lock)
    try:
        # The table of jobs belongs to no agency; requests reach it as nobody. What it refuses is undone with the block.
        with acting_as(NOBODY):
            task.defer(partnership_id=str(actor.partnership), **days)
    except AlreadyEnqueued:
        return False
    return True
