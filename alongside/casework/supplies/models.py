from django.db import models
from django.db.models.functions import Now

from alongside.casework.supplies.codes import Item, Why
from alongside.register.agencies.holding import Held


class StockPlace(Held):
    """Where an agency keeps what it hands out: a cupboard, a van, a refill point."""

    name = models.CharField(max_length=80)
    low_marks = models.JSONField(default=dict)  # item -> the number at which to order more
    is_open = models.BooleanField(default=True)

    class Meta(Held.Meta):
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="stock_place_name")]


class StockMove(Held):
    """One change of a stock. Append-only: what stands on a shelf is the sum of its changes."""

    place = models.ForeignKey(StockPlace, on_delete=models.PROTECT, related_name="moves")
    item = models.CharField(max_length=12, choices=Item.choices())
    change = models.IntegerField()
    why = models.CharField(max_length=12, choices=Why.choices())
    contact = models.UUIDField(null=True)  # with whom, where it was given to a woman
    moved_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [
            # The same contact handed in twice gives nothing out twice.
            models.UniqueConstraint(fields=["contact", "item", "why"], name="stock_given_once"),
        ]
        indexes = [models.Index(fields=["place", "item"], name="stock_of_place")]
