"""What changes how everyone handles a record: she has died, she was found to be under 18. And why someone reads on."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from alongside.register.agencies.holding import OfRecord
from alongside.register.people.codes import StandingKind


class Standing(OfRecord):
    """Known of her from `noted_at` until it turns out to be a mistake (`lifted_at`)."""

    kind = models.CharField(max_length=10, choices=StandingKind.choices())
    on = models.DateField(null=True)  # the day she died; the day she turns 18. Empty: not known
    words = models.BinaryField(null=True)  # how we know, see remarks.py
    noted_at = models.DateTimeField(db_default=Now())
    noted_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind"], condition=Q(lifted_at=None), name="one_standing_of_a_kind"
            )
        ]
        indexes = [models.Index(fields=["partnership", "kind"], condition=Q(lifted_at=None), name="standing_in_force")]


class ReadReason(OfRecord):
    """Why a worker reads about a woman who has died: her record opens to that worker alone. `agency`: the reader's."""

    words = models.BinaryField()
    given_at = models.DateTimeField(db_default=Now())
    given_by = models.UUIDField()
    until = models.DateTimeField()

    class Meta(OfRecord.Meta):
        indexes = [models.Index(fields=["given_by", "until"], name="read_reason_of")]
