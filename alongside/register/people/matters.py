"""What only some may read: a matter of sexual violence, immigration, health or children, written by who heard it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from alongside.register.agencies.holding import OfRecord
from alongside.register.people.codes import FieldGroup


class Matter(OfRecord):
    """`risk`: what everyone who works with her at home must know to be safe; it goes further than `words`."""

    group = models.CharField(max_length=20, choices=FieldGroup.choices())
    words = models.BinaryField(null=True)  # see remarks.py
    risk = models.BinaryField(null=True)
    written_at = models.DateTimeField(db_default=Now())
    written_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=["sexual_violence", "immigration", "health", "children"]),
                name="matter_of_a_private_group",
            )
        ]
        indexes = [models.Index(fields=["record"], name="matter_of_record")]
