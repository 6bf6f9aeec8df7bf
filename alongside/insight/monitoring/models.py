"""Snapshots and returns as they were counted. Added, never changed."""

import uuid

from django.db import models
from django.utils import timezone

from alongside.foundation.gate.permissions import Subject
from alongside.foundation.gate.rows import SealedModel
from alongside.register.agencies.holding import Held, InPartnership


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

    `figures`: key -> `figures.Figure`; `digest`: that of its snapshot, which agencies don't see. `by_agency`: of the
    partnership's, agency -> key -> count, to judge what an agency could work out. Counting again adds a row.
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
    by_agency = models.JSONField()
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


class Release(SealedModel):
    """The partnership's return as it leaves it, by the small-number rule, frozen when it was prepared.

    `figures`: key -> `outside.Shown`. `follows`: the number of the last release that was looked at with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey("agencies.Partnership", on_delete=models.PROTECT, related_name="+")
    of_return = models.OneToOneField(Return, on_delete=models.PROTECT, related_name="+")
    framework = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    as_of = models.DateField()
    figures = models.JSONField()
    follows = models.PositiveIntegerField()
    prepared_at = models.DateTimeField(default=timezone.now)
    prepared_by = models.UUIDField()

    def as_subject(self) -> Subject:
        return Subject("Release", self.pk, self.partnership_id)


class Given(SealedModel):
    """A release that went out: by another person than who prepared it, one of a framework in a quarter, numbered."""

    release = models.OneToOneField(Release, primary_key=True, on_delete=models.PROTECT, related_name="given")
    partnership = models.ForeignKey("agencies.Partnership", on_delete=models.PROTECT, related_name="+")
    framework = models.CharField(max_length=60)
    quarter = models.DateField()  # its first day
    number = models.PositiveIntegerField()
    prepared_by = models.UUIDField()
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.UUIDField()

    class Meta(SealedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_release_of_a_number"),
            models.UniqueConstraint(fields=["partnership", "framework", "quarter"], name="one_release_in_a_quarter"),
            models.CheckConstraint(condition=~models.Q(given_by=models.F("prepared_by")), name="release_by_two"),
        ]


class Passage(Held):
    """What an agency says beside a figure of a release; `key` "" is about all of it. Taken back, never changed.

    Checked for the agency's own names when it is written, and again when the release goes out.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="passages")
    key = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)


class Preparation(InPartnership):
    """The wish of one person that a return becomes a release, and what its check by the job came to.

    Without `checked_at` it is being checked. `why_not`: why no release came of it; "" where one did.
    """

    of_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.UUIDField()
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=80, blank=True)
    why_not = models.TextField(blank=True)

    class Meta(InPartnership.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["of_return"], condition=models.Q(checked_at=None), name="one_check_at_a_time"
            ),
        ]
