import uuid

from django.db import models
from django.db.models.functions import Now

from alongside.casework.supplies.codes import Item, Why
from alongside.foundation.gate.permissions import Subject
from alongside.foundation.gate.rows import SealedModel


class OfAgency(SealedModel):
    """A row that one agency holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey("agencies.Partnership", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta(SealedModel.Meta):
        abstract = True

    def as_subject(self) -> Subject:
        return Subject(type(self).__name__, self.pk, self.partnership_id, self.agency_id)


class StockPlace(OfAgency):
    """Where an agency keeps what it hands out: a cupboard, a van, a refill point."""

    name = models.CharField(max_length=80)
    low_marks = models.JSONField(default=dict)  # item -> the number at which to order more
    is_open = models.BooleanField(default=True)

    class Meta(OfAgency.Meta):
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="stock_place_name")]


class StockMove(OfAgency):
    """One change of a stock. Append-only: what stands on a shelf is the sum of its changes."""

    place = models.ForeignKey(StockPlace, on_delete=models.PROTECT, related_name="moves")
    item = models.CharField(max_length=12, choices=Item.choices())
    change = models.IntegerField()
    why = models.CharField(max_length=12, choices=Why.choices())
    contact = models.UUIDField(null=True)  # with whom, where it was given to a woman
    moved_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)

    class Meta(OfAgency.Meta):
        constraints = [
            # The same contact handed in twice gives nothing out twice.
            models.UniqueConstraint(fields=["contact", "item", "why"], name="stock_given_once"),
        ]
        indexes = [models.Index(fields=["place", "item"], name="stock_of_place")]
