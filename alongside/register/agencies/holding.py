"""What every row about women says of itself: of which partnership, and which agency holds it."""

import uuid

from django.db import models

from alongside.foundation.gate.permissions import Subject
from alongside.foundation.gate.rows import SealedModel


class InPartnership(SealedModel):
    """A row of the partnership as a whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey("agencies.Partnership", on_delete=models.PROTECT, related_name="+")

    class Meta(SealedModel.Meta):
        abstract = True

    def as_subject(self) -> Subject:
        return Subject(type(self).__name__, self.pk, self.partnership_id, None)


class Held(InPartnership):
    """A row that one agency holds, as controller."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta(InPartnership.Meta):
        abstract = True

    def as_subject(self) -> Subject:
        return Subject(type(self).__name__, self.pk, self.partnership_id, self.agency_id)


class OfRecord(Held):
    """A row about a woman, on the record that its agency holds of her."""

    record = models.ForeignKey("people.Record", on_delete=models.PROTECT, related_name="+")

    class Meta(Held.Meta):
        abstract = True
