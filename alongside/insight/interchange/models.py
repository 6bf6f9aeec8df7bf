from datetime import datetime, timedelta

from django.db import models
from django.db.models.functions import Now

from alongside.insight.interchange.codes import ListState, RowState
from alongside.register.agencies.holding import Held

SILENCE = timedelta(minutes=5)  # a batch takes a second; undoing the largest list less than a minute


class HandedIn(Held):
    """One list that an agency handed in, and how far it is. What came from the file is sealed under `data_key`.

    Records of the list carry its id as their `source`. Without `data_key` nothing of the file can be read any more.
    """

    state = models.CharField(max_length=10, choices=ListState.choices(), default=ListState.OPEN)
    data_key = models.BinaryField(null=True)
    file_index = models.BigIntegerField()
    headings_index = models.BigIntegerField()
    file_name = models.BinaryField(null=True)
    reading = models.BinaryField(null=True)
    prints = models.BinaryField(null=True)
    form = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    copies = models.JSONField(default=list)  # numbered files with rows to mend: number, rows, moment, worker
    position = models.PositiveIntegerField(default=0)
    with_gaps = models.BooleanField(default=False)
    handed_in_at = models.DateTimeField(db_default=Now())
    handed_in_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.UUIDField(null=True)
    worked_at = models.DateTimeField(null=True)
    worked_by = models.CharField(max_length=40, blank=True)
    taken_in_at = models.DateTimeField(null=True)
    taken_in_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        ordering = ["-handed_in_at", "id"]
        indexes = [models.Index(fields=["agency", "-handed_in_at"], name="handed_in_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "file_index"], condition=models.Q(undone_at=None), name="same_file_once"
            )
        ]

    def is_stuck(self, now: datetime) -> bool:
        """The job at work on it has not been heard of for a while: it may have died with its machine."""
        at_work = self.state in (ListState.TAKING, ListState.UNDOING)
        heard = max((moment for moment in (self.worked_at, self.asked_at, self.undone_at) if moment), default=None)
        return at_work and heard is not None and now - heard > SILENCE


class FilePart(Held):
    """A sealed part of the file as it was handed in (`reading` 0), or of its rows as understood the n-th time."""

    handed_in = models.ForeignKey(HandedIn, on_delete=models.PROTECT, related_name="parts")
    reading = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta(Held.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["handed_in", "reading", "number"], name="file_part")]


class StagedRow(Held):
    """A row that needs a person: kept as written, or as she corrected it, until it goes in."""

    handed_in = models.ForeignKey(HandedIn, on_delete=models.PROTECT, related_name="rows")
    sheet = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RowState.choices())
    cells = models.BinaryField()
    corrected_at = models.DateTimeField(null=True)
    corrected_by = models.UUIDField(null=True)
    taken_in_at = models.DateTimeField(null=True)
    taken_in_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        ordering = ["sheet", "number"]
        constraints = [models.UniqueConstraint(fields=["handed_in", "sheet", "number"], name="staged_once")]


class RememberedMapping(Held):
    """What a person of the agency said the columns of a list with these headings are."""

    headings_index = models.BigIntegerField()
    data_key = models.BinaryField()
    mapping = models.BinaryField()
    chosen_at = models.DateTimeField(db_default=Now())
    chosen_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [models.UniqueConstraint(fields=["agency", "headings_index"], name="mapping_remembered")]
