"""What was agreed with commissioners, what they ask, and returns that were made elsewhere."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from alongside.foundation.gate.permissions import Subject
from alongside.insight.commissioning.codes import Aim, Measure
from alongside.register.agencies.holding import Held, InPartnership

DAYS = Func(F("since"), F("until"), Value("[]"), function="daterange", output_field=DateRangeField())


class Plan(InPartnership):
    """What was agreed for a period: of a service with its funder, or the partnership's own plan (no service).

    `about`: how many women it is about, by `about_source`. What is counted for it is the return of `framework` for the
    same days, of the service's agency or of the partnership.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    service = models.ForeignKey("agencies.Service", on_delete=models.PROTECT, related_name="+", null=True)
    funder = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=120)
    framework = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    about = models.PositiveIntegerField(null=True)
    about_source = models.CharField(max_length=120, blank=True)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(InPartnership.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="plan_begins_first"),
            models.CheckConstraint(
                condition=Q(service=None, agency=None) | Q(service__isnull=False, agency__isnull=False),
                name="plan_of_a_service_or_of_all",
            ),
            ExclusionConstraint(
                name="one_plan_at_a_time",
                expressions=[
                    (Coalesce("service", "partnership"), RangeOperators.EQUAL),
                    (Coalesce("funder", "partnership"), RangeOperators.EQUAL),
                    ("framework", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None),
            ),
        ]

    def as_subject(self) -> Subject:
        return Subject("Plan", self.pk, self.partnership_id, self.agency_id)


class Target(InPartnership):
    """One figure of a plan and what was agreed about it. Taken back, never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=60)
    aim = models.CharField(max_length=10, choices=Aim.choices(), default=Aim.AT_LEAST)
    measure = models.CharField(max_length=10, choices=Measure.choices(), default=Measure.COUNT)
    value = models.PositiveIntegerField()
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(InPartnership.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], condition=Q(ended_at=None), name="one_target_of_a_figure"),
            models.CheckConstraint(
                condition=Q(measure=Measure.COUNT) | Q(value__lte=100), name="target_share_up_to_a_hundred"
            ),
        ]

    def as_subject(self) -> Subject:
        return Subject("Target", self.pk, self.partnership_id, self.agency_id)


class Question(Held):
    """A commissioner's question about a figure of a release; `agency`: who asks. Open until she closes it."""

    release = models.ForeignKey("monitoring.Release", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    words = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        indexes = [models.Index(fields=["partnership", "asked_at"], name="question_open", condition=Q(closed_at=None))]


class Answer(Held):
    """What a provider answered. Added, never changed."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    words = models.TextField()
    answered_at = models.DateTimeField(default=timezone.now)
    answered_by = models.UUIDField()


class OldReturn(Held):
    """A return that was made elsewhere: its lines as they were printed, and what does not fit. The file is not kept.

    `lines` and `faults`: `elsewhere.Line` and `elsewhere.Fault` as JSON.
    """

    title = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField()
    lines = models.JSONField()
    faults = models.JSONField()
    handed_in_at = models.DateTimeField(default=timezone.now)
    handed_in_by = models.UUIDField()
    thrown_away_at = models.DateTimeField(null=True)
    thrown_away_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [models.CheckConstraint(condition=Q(since__lte=F("until")), name="old_return_begins_first")]


class AreaFigure(InPartnership):
    """A figure of another area as it was printed there, with its own definition, to stand beside ours (`key`)."""

    key = models.CharField(max_length=60)
    area = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    of = models.PositiveIntegerField(null=True)
    since = models.DateField()
    until = models.DateField()
    meaning = models.CharField(max_length=400)
    source = models.CharField(max_length=200)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(InPartnership.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="area_figure_begins_first"),
            models.CheckConstraint(condition=Q(of=None) | Q(count__lte=F("of")), name="area_figure_within_its_whole"),
            models.CheckConstraint(condition=~Q(meaning="") & ~Q(source=""), name="area_figure_says_what_it_is"),
            models.UniqueConstraint(
                fields=["partnership", "key", "area", "since", "until"],
                condition=Q(ended_at=None),
                name="one_figure_of_an_area",
            ),
        ]
