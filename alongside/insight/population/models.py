"""Pictures as they were counted, and as they were given. Added, never changed."""

from django.db import models
from django.db.models.functions import Now

from alongside.register.agencies.holding import InPartnership


class Counting(InPartnership):
    """What both kinds of picture say: of which partnership, counted on which day, new in which period."""

    as_of = models.DateField()
    since = models.DateField()
    until = models.DateField()

    class Meta(InPartnership.Meta):
        abstract = True


class Picture(Counting):
    """Exact and expected numbers, for the co-ordinator. `made_from`: the state of the facts (`people.facts.state`)."""

    inside = models.JSONField()
    made_from = models.CharField(max_length=120)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=80)

    class Meta(Counting.Meta):
        indexes = [models.Index(fields=["partnership", "-made_at"], name="picture_latest")]


class OutsidePicture(Counting):
    """A picture by the small-number rule, frozen and numbered. One in a quarter: two would tell by difference."""

    number = models.PositiveIntegerField()
    quarter = models.DateField()  # its first day
    outside = models.JSONField()
    picture = models.OneToOneField(Picture, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(db_default=Now())
    given_by = models.UUIDField(null=True)

    class Meta(Counting.Meta):
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_picture_of_a_number"),
            models.UniqueConstraint(fields=["partnership", "quarter"], name="one_picture_in_a_quarter"),
        ]
