import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from alongside.casework.contacts.codes import (
    Course,
    LookOutReason,
    MayWe,
    NoticeKind,
    Outcome,
    OutingKind,
    Part,
    PlaceKind,
    Seat,
    SessionKind,
)
from alongside.register.agencies.holding import Held, InPartnership, OfRecord


class Area(InPartnership):
    """A part of the partnership's ground, by a name that workers use. Closed, never deleted: contacts stay in it."""

    name = models.CharField(max_length=80)
    boundary = models.JSONField(null=True)  # polygons, each of rings of [longitude, latitude]
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.UUIDField(null=True)
    named_at = models.DateTimeField(db_default=Now())
    named_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta(InPartnership.Meta):
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="area_name")]


class Route(Held):
    """An agency's round, by the name its workers use, through areas in their order. Closed, never deleted."""

    name = models.CharField(max_length=80)
    areas = ArrayField(models.UUIDField(), default=list)
    kept_at = models.DateTimeField(db_default=Now())
    kept_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], condition=models.Q(closed_at=None), name="one_open_route_of_a_name"
            )
        ]


class Shift(Held):
    """An outreach outing: planned, begun, ended or called off."""

    starts = models.DateTimeField()
    ends = models.DateTimeField()
    kind = models.CharField(max_length=6, choices=OutingKind.choices())
    route = models.CharField(max_length=200, blank=True)  # its name on that day
    areas = ArrayField(models.UUIDField(), default=list)
    joint_with = ArrayField(models.UUIDField(), default=list)
    series = models.UUIDField(null=True)  # the shifts that were planned together, week by week
    said = models.JSONField(default=dict)  # standards that only those who were there can tell
    hand_over = models.BinaryField(null=True)
    planned_at = models.DateTimeField(db_default=Now())
    planned_by = models.UUIDField(null=True)
    begun_at = models.DateTimeField(null=True)
    begun_by = models.UUIDField(null=True)
    safety_call_at = models.DateTimeField(null=True)
    safety_call_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="shift_has_length")]
        indexes = [models.Index(fields=["agency", "starts"], name="shift_by_day")]


class OnShift(Held):
    """A person on a shift, as what, and in which seat."""

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="crew")
    worker = models.UUIDField()
    part = models.CharField(max_length=10, choices=Part.choices())
    seat = models.CharField(max_length=10, choices=Seat.choices())

    class Meta(Held.Meta):
        constraints = [models.UniqueConstraint(fields=["shift", "worker"], name="once_on_a_shift")]


class Training(Held):
    """A course that a worker did, and until when it counts."""

    worker = models.UUIDField()
    course = models.CharField(max_length=12, choices=Course.choices())
    done_on = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        indexes = [models.Index(fields=["agency", "worker"], name="training_of_worker")]


class DropInSession(Held):
    """One opening of a drop-in or a clinic."""

    kind = models.CharField(max_length=8, choices=SessionKind.choices())
    held_on = models.DateField()
    services = ArrayField(models.CharField(max_length=16), default=list)
    opened_at = models.DateTimeField(db_default=Now())
    opened_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "held_on"], name="one_session_a_day")]


class Meeting(Held):
    """What every contact has, with a record or without. An empty code was not asked."""

    shift = models.ForeignKey(Shift, null=True, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(DropInSession, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    occurred_at = models.DateTimeField()
    occurred_by = models.UUIDField(null=True)  # who met her
    outcome = models.CharField(max_length=8, choices=Outcome.choices())
    place = models.CharField(max_length=8, choices=PlaceKind.choices())
    hexagon = models.CharField(max_length=15, blank=True, default="")  # nothing finer is kept of where she was
    staying = models.CharField(max_length=12, blank=True)
    matters = models.BinaryField(null=True)  # what she talked of and what worries us (rules/matters.py)
    given = models.JSONField(default=dict)
    services = ArrayField(models.CharField(max_length=16), default=list)
    brought_by = models.CharField(max_length=12, blank=True)
    next_step = models.CharField(max_length=8, blank=True)
    next_on = models.DateField(null=True)
    note = models.BinaryField(null=True)
    body = models.BinaryField(null=True)  # by which a second delivery is recognised
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hexagon="") | models.Q(hexagon__regex="^88[0-9a-f]{8}fffff$"),
                name="%(class)s_hexagon",
            )
        ]


class Contact(Meeting):
    """A meeting with a woman of whom the agency has a record; or that she was seen, or hoped for and not seen."""

    record = models.ForeignKey("people.Record", on_delete=models.PROTECT, related_name="+")

    class Meta(Meeting.Meta):
        indexes = [
            models.Index(fields=["record", "-occurred_at"], name="contact_of_record"),
            models.Index(fields=["agency", "occurred_at"], name="contact_by_day"),
            models.Index(fields=["shift"], name="contact_of_shift"),
            models.Index(fields=["session"], name="contact_of_session"),
        ]


class UnnamedContact(Meeting):
    """A meeting with a woman of whom the agency has no record: at most a description. She counts too."""

    description = models.BinaryField(null=True)

    class Meta(Meeting.Meta):
        indexes = [
            models.Index(fields=["agency", "occurred_at"], name="unnamed_by_day"),
            models.Index(fields=["shift"], name="unnamed_of_shift"),
        ]


class LookOut(OfRecord):
    """Someone asks the van to look out for a woman, until a day."""

    reason = models.CharField(max_length=10, choices=LookOutReason.choices())
    words = models.BinaryField(null=True)
    until = models.DateField()
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=models.Q(ended_at=None), name="one_look_out")
        ]


class SafeContact(OfRecord):
    """How she may be reached, as she said it on a day. Append-only: the latest counts."""

    calls = models.CharField(max_length=10, choices=MayWe.choices(), blank=True)
    texts = models.CharField(max_length=10, choices=MayWe.choices(), blank=True)
    messages = models.CharField(max_length=10, choices=MayWe.choices(), blank=True)
    visits = models.CharField(max_length=10, choices=MayWe.choices(), blank=True)
    words = models.BinaryField(null=True)
    told_at = models.DateTimeField(db_default=Now())
    told_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        indexes = [models.Index(fields=["record", "-told_at"], name="safe_contact_of_record")]


class Note(OfRecord):
    """A worker's note on her page, sealed. Taken back, never changed."""

    words = models.BinaryField()
    written_at = models.DateTimeField(db_default=Now())
    written_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        indexes = [models.Index(fields=["record", "-written_at"], name="note_of_record")]


class NoteDraft(OfRecord):
    """What one worker has typed for her page and not saved yet: hers alone, and gone once it is saved."""

    worker = models.UUIDField()
    words = models.BinaryField()
    saved_at = models.DateTimeField(db_default=Now())
    saved_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        constraints = [models.UniqueConstraint(fields=["record", "worker"], name="one_draft_each")]


class Notice(Held):
    """What a contributor tells of places: one way, into the partnership. Its words are sealed for the partnership."""

    kind = models.CharField(max_length=12, choices=NoticeKind.choices())
    words = models.BinaryField()
    since = models.DateField()
    until = models.DateField()
    given_at = models.DateTimeField(db_default=Now())
    given_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        indexes = [models.Index(fields=["partnership", "until"], name="notice_in_force")]


class FeedKey(models.Model):
    """One worker's secret address of her rota. Only a digest is kept; ending it closes the address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    membership = models.ForeignKey("agencies.Membership", on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
