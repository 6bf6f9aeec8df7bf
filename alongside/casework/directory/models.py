from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from alongside.casework.directory.codes import Offers
from alongside.register.agencies.holding import Held


class OpenPlace(Held):
    """Somewhere a woman can go, or ring. Closed for good, never deleted."""

    name = models.CharField(max_length=60)
    offers = ArrayField(models.CharField(max_length=8, choices=Offers.choices()))
    where = models.CharField(max_length=100, blank=True)  # an address, or how to find it; empty for a secret door
    phone = models.CharField(max_length=30, blank=True)
    about = models.CharField(max_length=160, blank=True)
    hours = models.JSONField(default=list)  # [weekday (0 Monday), "22:00", "03:00"] each (rules.Span)
    always = models.BooleanField(default=False)
    looked_over_at = models.DateTimeField(db_default=Now())
    looked_over_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="place_name_of_agency")]
