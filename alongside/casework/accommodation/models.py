"""The pathway (Unit, Bed), what takes a bed for a time (BedUse), and who waits for one.

No row here holds a name or free text. A span of time is `begins` and `ends` (None: open); that two of them never
overlap is for the database to say.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from alongside.casework.accommodation.codes import (
    AwayKind,
    BedKind,
    BlockedBy,
    EndReason,
    Need,
    Source,
    Staffed,
    Step,
    Takes,
    TaskKind,
    UseKind,
    VoidReason,
    WaitingEnd,
    WaitingStep,
    WhereTo,
)
from alongside.register.agencies.holding import Held, InPartnership, OfRecord
from alongside.register.agencies.models import Service
from alongside.register.people.models import Record


class Span(Func):
    """[begins, ends) as PostgreSQL compares it."""

    function = "tstzrange"
    output_field = DateTimeRangeField()

    def __init__(self) -> None:
        super().__init__(F("begins"), F("ends"), RangeBoundary())

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return "alongside.casework.accommodation.models.Span", [], {}


def codes(kind: type, length: int = 20) -> models.CharField:  # type: ignore[type-arg]
    return models.CharField(max_length=length, choices=kind.choices())  # type: ignore[attr-defined]


class Dated(Held):
    """A row that one agency holds, written down by someone at some time."""

    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        abstract = True


class Unit(Dated):
    """A house, flat or scheme of one agency: one step of the pathway. `leads_to`: steps that women go on to.

    `service`: the service under which women are referred to it.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    step = codes(Step)
    staffed = codes(Staffed)
    takes = ArrayField(models.CharField(max_length=20, choices=Takes.choices()), default=list)
    leads_to = ArrayField(models.CharField(max_length=20, choices=Step.choices()), default=list)
    emergency_minutes = models.PositiveSmallIntegerField(null=True)  # None: keeps no emergency place

    class Meta(Dated.Meta):
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="unit_name")]


class Bed(Dated):
    """A place for one woman."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = codes(BedKind)
    opened_on = models.DateField()
    is_emergency = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="bed_number")]


class BedUse(Dated):
    """Why a bed is not free for a time: she stays in it, it is held for her, or it is not in use (void)."""

    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="+")
    kind = codes(UseKind)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    leaves_on = models.DateField(null=True)  # the day on which she is expected to move
    void_reason = models.CharField(max_length=20, choices=VoidReason.choices(), blank=True)
    end_reason = models.CharField(max_length=20, choices=EndReason.choices(), blank=True)
    where_to = models.CharField(max_length=20, choices=WhereTo.choices(), blank=True)
    waited = models.UUIDField(null=True)  # the place on the waiting list that it answered
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta(Dated.Meta):
        constraints = [
            ExclusionConstraint(
                name="one_use_of_a_bed", expressions=[("bed", RangeOperators.EQUAL), (Span(), RangeOperators.OVERLAPS)]
            ),
            ExclusionConstraint(
                name="one_bed_for_a_woman",
                expressions=[("record", RangeOperators.EQUAL), (Span(), RangeOperators.OVERLAPS)],
                condition=Q(kind=UseKind.STAY),
            ),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("begins")), name="use_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(kind=UseKind.VOID, record=None) | ~Q(kind=UseKind.VOID) & Q(record__isnull=False),
                name="use_is_about_a_woman_or_void",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "ends"], name="use_standing"),
            models.Index(fields=["record", "begins"], name="use_of_a_woman"),
        ]


class Away(Dated):
    """She is away for a time and her bed stays hers."""

    stay = models.ForeignKey(BedUse, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    kind = codes(AwayKind)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    back_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta(Dated.Meta):
        constraints = [
            ExclusionConstraint(
                name="away_once_at_a_time",
                expressions=[("stay", RangeOperators.EQUAL), (Span(), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("begins")), name="away_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["agency", "ends"], name="away_standing")]


class Blocked(Dated):
    """She is ready to move and cannot, for one reason, from one day until another. A new reason is a new row."""

    stay = models.ForeignKey(BedUse, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    to_step = codes(Step)
    reason = codes(BlockedBy)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta(Dated.Meta):
        constraints = [
            ExclusionConstraint(
                name="blocked_once_at_a_time",
                expressions=[("stay", RangeOperators.EQUAL), (Span(), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("begins")), name="blocked_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["agency", "ends"], name="blocked_standing")]


class MoveTask(Dated):
    """One thing to do before she can move: notice, rent, keys."""

    stay = models.ForeignKey(BedUse, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    kind = codes(TaskKind)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["agency", "due_on"], condition=Q(done_at=None), name="task_to_do")]


class Waiting(OfRecord):
    """A woman on the list of one unit. `referral`: the one that brought her, where one did."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    source = codes(Source)
    referral = models.UUIDField(null=True)
    needs = ArrayField(models.CharField(max_length=20, choices=Need.choices()), default=list)
    leaves_on = models.DateField(null=True)
    bed_due = models.DateTimeField(null=True)  # set: an emergency, and the minute by which she should have a bed
    joined_at = models.DateTimeField()
    joined_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_as = models.CharField(max_length=20, choices=WaitingEnd.choices(), blank=True)

    class Meta(OfRecord.Meta):
        constraints = [
            models.UniqueConstraint(fields=["unit", "record"], condition=Q(ended_at=None), name="waits_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("joined_at")), name="waiting_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["unit", "joined_at"], condition=Q(ended_at=None), name="waiting_now")]


class WaitingEvent(Dated):
    """What happened to a place on a list. Added, never changed."""

    waiting = models.ForeignKey(Waiting, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    what = codes(WaitingStep)
    needs = ArrayField(models.CharField(max_length=20, choices=Need.choices()), default=list)


class ListOrder(Dated):
    """By which needs, in turn, a unit's list is ordered, from now on. Added, never changed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    needs = ArrayField(models.CharField(max_length=20, choices=Need.choices()))

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "-recorded_at"], name="order_latest")]


class MovesFeed(models.Model):
    """A worker's secret address of her houses' expected moves. Only a digest is kept; ending it closes the address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    membership = models.ForeignKey("agencies.Membership", on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)


class WhatIf(InPartnership):
    """What other places would do to waits and to the street: asked, simulated and kept; shown outside once given."""

    asked = models.JSONField()
    answer = models.JSONField()
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.UUIDField(null=True)
    given_at = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)

    class Meta(InPartnership.Meta):
        indexes = [models.Index(fields=["partnership", "-made_at"], name="what_if_latest")]
