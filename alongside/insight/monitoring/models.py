"""Snapshots and returns as they were counted. Added, never changed."""

import uuid

from django.db import models
from django.utils import timezone

from alongside.foundation.gate.permissions import Subject
from alongside.foundation.gate.rows import SealedModel


class Snapshot(SealedModel):
    """The facts of one day, kept as files of the state directory under this id; `digest` tells whether they are whole.

    `files`: file name -> SHA-256.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey("agencies.Partnership", on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    facts = models.PositiveIntegerField()
    files = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=80)

    class Meta(SealedModel.Meta):
        indexes = [models.Index(fields=["partnership", "-made_at"], name="snapshot_latest")]


class Return(SealedModel):
    """One counting of a framework for a period, of an agency or of the partnership (`agency` None), from one snapshot.

    `figures`: key -> `figures.Figure`; `digest`: that of its snapshot, which agencies don't see. Counting again adds a
    row; the latest holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey("agencies.Partnership", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    framework = models.CharField(max_length=60)
    framework_version = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField()
    as_of = models.DateField()
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    figures = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=80)

    class Meta(SealedModel.Meta):
        indexes = [models.Index(fields=["partnership", "framework", "-made_at"], name="return_latest")]
        constraints = [
            models.CheckConstraint(condition=models.Q(since__lte=models.F("until")), name="return_begins_first")
        ]

    def as_subject(self) -> Subject:
        return Subject("Return", self.pk, self.partnership_id, self.agency_id)


class ReturnWoman(SealedModel):
    """The key from a number in a return's figures to a record: of the agency whose return it is, and read by it alone.

    Without this row a snapshot's number means nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey("agencies.Partnership", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    of_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey("people.Record", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta(SealedModel.Meta):
        indexes = [models.Index(fields=["of_return", "number"], name="return_woman")]
