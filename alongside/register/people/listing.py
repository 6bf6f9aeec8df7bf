"""A woman is brought to a forum: an item of its list, and no minutes."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from alongside.register.agencies.holding import OfRecord
from alongside.register.agencies.models import Forum
from alongside.register.people.rules import LISTED_AT_MOST


class Item(OfRecord):
    """On the list of a forum from `brought_at` through the London day `until`, for the meeting on `meets_on`."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="+")
    meets_on = models.DateField()
    until = models.DateField()
    brought_at = models.DateTimeField(db_default=Now())
    brought_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["record", "forum", "meets_on"], condition=Q(ended_at=None), name="one_item_of_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("meets_on")) & Q(until__lte=F("meets_on") + LISTED_AT_MOST),
                name="item_ends_soon_after_its_meeting",
            ),
        ]
        indexes = [
            models.Index(fields=["forum", "until"], condition=Q(ended_at=None), name="item_of_forum"),
            models.Index(fields=["record"], name="item_record"),
        ]
