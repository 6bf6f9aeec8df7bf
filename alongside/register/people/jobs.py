"""Linkage as a job: one at a time for each partnership."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.register.people.acting import linkage_job
from alongside.register.people.linking.run import run_linkage


@app.task(name="people.link_partnership")
def link_partnership(partnership_id: str) -> None:
    """Compare all records of one partnership."""
    run_linkage(linkage_job(UUID(partnership_id)))


@action("people.start_linkage")
def start_linkage(actor: Actor) -> bool:
    """Ask for all records to be compared again. False when that was asked for already and waits."""
    lock = f"linkage {actor.partnership}"
    task = link_partnership.configure(lock=lock, queueing_lock=lock)
    # The table of jobs belongs to no agency; requests reach it as nobody.
    with acting_as(NOBODY):
        try:
            with transaction.atomic():  # a job that waits already is told by a fault of the table
                task.defer(partnership_id=str(actor.partnership))
        except AlreadyEnqueued:
            return False
    return True
