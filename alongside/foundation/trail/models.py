import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class TrailRow(models.Model):
    """One act or refusal on data about women. Identifiers and words of the rules only; no value."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    partnership_id = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    job = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=60, blank=True)
    permission = models.CharField(max_length=80)
    allowed = models.BooleanField()
    rule = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True)
    subjects = ArrayField(models.UUIDField(), default=list)
    field_groups = ArrayField(models.CharField(max_length=40), default=list)
    count = models.IntegerField(default=0)
    route = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency_id", "-id"], name="trail_agency"),
            models.Index(fields=["user_id", "at"], name="trail_user"),
            GinIndex(fields=["subjects"], name="trail_subjects"),
        ]


class Seal(models.Model):
    """A batch of the trail's rows sealed by one hash, chained to the seal before it and signed. See seals.py."""

    number = models.BigIntegerField(primary_key=True)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    rows = models.IntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    sealed_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    head = models.BinaryField()
    signature = models.BinaryField()


class KeptHead(models.Model):
    """A seal that an agency's data protection lead saw and kept: nobody can take the trail behind it unseen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency_id = models.UUIDField()
    number = models.BigIntegerField()
    head = models.BinaryField()
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["agency_id", "-number"], name="kept_head_agency")]
