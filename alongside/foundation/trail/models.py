from django.contrib.postgres.fields import ArrayField
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
        indexes = [models.Index(fields=["agency_id", "-id"], name="trail_agency")]
