"""Jobs whose process was killed come back by themselves, within two minutes; nobody has to press again.

Every job may run twice: each says in its room what it does the second time (nothing more, or the rest).
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation

SILENT = timedelta(seconds=30)  # a process of jobs says every ten seconds that it lives
TRIES = 3  # of a job that has no patience of its own: it may be what kills the process


@app.periodic(cron="* * * * *")
@app.task(name="jobs.take_up", queueing_lock="jobs.take_up")
def take_up(timestamp: int) -> None:
    """Have what a dead process was doing done by this one."""
    nobody_does_it = Q(worker=None) | Q(worker__last_heartbeat__lt=timezone.now() - SILENT)
    for job in ProcrastinateJob.objects.filter(nobody_does_it, status="doing").order_by("pk"):
        task = app.tasks.get(job.task_name)
        patient = task is not None and task.retry_strategy is not None
        if not (patient or job.attempts < TRIES - 1) or not _again(job.pk):
            _give_up(job.pk)


def _again(job: int) -> bool:
    """False when the same was asked for anew and waits already: that one takes its place."""
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job, retry_at=timezone.now())
    except UniqueViolation:
        return False
    return True


def _give_up(job: int) -> None:
    """Its turn is free again. A job that is to be cancelled ends as failed where another would be tried again."""
    app.job_manager.cancel_job_by_id(job, abort=True)
    app.job_manager.retry_job_by_id(job, retry_at=timezone.now())
