"""Who is accountable for her now: one worker of one agency, never two."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from alongside.register.agencies.holding import OfRecord
from alongside.register.agencies.models import Agency, Worker


class Lead(OfRecord):
    """The lead worker of a woman, from `since_at` until `ended_at`.

    `woman`: the same for every lead of one woman from hand-over to hand-over, across agencies, so that the database
    itself refuses a second. `offered_to`: an agency asked to take over; `reads_on`: she agreed that this agency's team
    then reads on for thirty days.
    """

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    woman = models.UUIDField(default=uuid.uuid4)
    since_at = models.DateTimeField(db_default=Now())
    since_by = models.UUIDField()
    offered_to = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    reads_on = models.BooleanField(default=False)
    offered_at = models.DateTimeField(null=True)
    offered_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(ended_at=None), name="one_lead_of_a_record"),
            models.UniqueConstraint(fields=["woman"], condition=Q(ended_at=None), name="one_lead_of_a_woman"),
            models.CheckConstraint(condition=~Q(offered_to=F("agency")), name="lead_offered_to_another"),
        ]
        indexes = [models.Index(fields=["agency", "worker"], condition=Q(ended_at=None), name="lead_of_worker")]
