from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from alongside.register.agencies.holding import Held


class ProgramKey(Held):
    """A key of one agency's own program. Ended, never deleted: the trail names it."""

    name = models.CharField(max_length=60)
    reads = ArrayField(models.CharField(max_length=12))
    digest = models.BinaryField()  # SHA-256 of a secret that the program alone holds
    until = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
