from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from alongside.foundation.gate.permissions import Subject
from alongside.register.agencies.holding import Held, OfRecord
from alongside.register.people.codes import FieldGroup
from alongside.register.rights import codes


class OutsideRequest(Held):
    """Police, a court or somebody else asks about a woman. `record` is empty when we don't know whom they mean.

    Given only after two people, neither the one who wrote it down, have authorised it.
    """

    record = models.ForeignKey("people.Record", null=True, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=12, choices=codes.Asker.choices())
    asked_by_whom = models.BinaryField(null=True)
    received_on = models.DateField()
    in_writing = models.BooleanField(default=False)
    power = models.CharField(max_length=12, choices=codes.Power.choices(), default=codes.Power.NONE)
    power_words = models.BinaryField(null=True)
    purpose = models.BinaryField(null=True)
    necessity = models.BinaryField(null=True)
    extract = models.BinaryField(null=True)
    is_harmed = models.CharField(max_length=10, choices=codes.YesNo.choices(), default=codes.YesNo.NOT_KNOWN)
    points = ArrayField(models.CharField(max_length=14, choices=codes.Point.choices()), default=list)
    counselling = models.CharField(max_length=10, choices=codes.YesNo.choices(), default=codes.YesNo.NOT_KNOWN)
    told = models.CharField(max_length=10, choices=codes.Told.choices(), default=codes.Told.UNDECIDED)
    told_words = models.BinaryField(null=True)
    written_at = models.DateTimeField(db_default=Now())
    written_by = models.UUIDField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)
    signed_again_at = models.DateTimeField(null=True)
    signed_again_by = models.UUIDField(null=True)
    turned_down_at = models.DateTimeField(null=True)
    turned_down_by = models.UUIDField(null=True)
    turned_down_for = models.CharField(max_length=12, choices=codes.TurnedDownFor.choices(), blank=True)
    given_at = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)
    given_words = models.BinaryField(null=True)

    class Meta(Held.Meta):
        ordering = ["-received_on", "id"]
        indexes = [models.Index(fields=["agency", "-received_on"], name="outside_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("written_by")), name="outside_first_is_not_writer"
            ),
            models.CheckConstraint(
                condition=Q(signed_again_by=None)
                | (~Q(signed_again_by=F("written_by")) & ~Q(signed_again_by=F("signed_by")) & ~Q(signed_by=None)),
                name="outside_second_is_another",
            ),
            models.CheckConstraint(
                condition=Q(given_at=None) | (~Q(signed_again_by=None) & Q(turned_down_at=None)),
                name="outside_given_needs_two",
            ),
        ]


class Disclosure(OfRecord):
    """Shared with an agency of the partnership without her agreement (B6): written by one person of the holder, in
    force when a second one signs.
    """

    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=10, choices=codes.Ground.choices())
    groups = ArrayField(models.CharField(max_length=16, choices=FieldGroup.choices()))
    necessity = models.BinaryField(null=True)
    risk = models.BinaryField(null=True)
    told = models.CharField(max_length=10, choices=codes.Told.choices())
    told_words = models.BinaryField(null=True)
    until = models.DateField()
    review_on = models.DateField()
    grant = models.UUIDField(null=True)
    written_at = models.DateTimeField(db_default=Now())
    written_by = models.UUIDField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)
    turned_down_at = models.DateTimeField(null=True)
    turned_down_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        ordering = ["-written_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("written_by")), name="disclosure_needs_two"
            ),
            models.CheckConstraint(
                condition=Q(grant=None) | ~Q(signed_by=None), name="disclosure_signed_before_shared"
            ),
            models.CheckConstraint(condition=~Q(agency=F("to_agency")), name="disclosure_to_another"),
            models.CheckConstraint(condition=Q(review_on__lte=F("until")), name="disclosure_reviewed_before_its_end"),
            models.CheckConstraint(condition=Q(groups__len__gt=0), name="disclosure_names_groups"),
        ]


class EmergencyLook(OfRecord):
    """A worker looked at one woman's record in an emergency (break-glass). `agency`: hers; `holder`: the record's."""

    holder = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    started_from = models.UUIDField()  # her own agency's record
    groups = ArrayField(models.CharField(max_length=16, choices=FieldGroup.choices()))
    reason = models.BinaryField(null=True)
    grant = models.UUIDField(null=True)
    until = models.DateTimeField()
    review_due = models.DateTimeField()
    opened_at = models.DateTimeField(db_default=Now())
    opened_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    finding = models.CharField(max_length=12, choices=codes.Finding.choices(), blank=True)
    finding_words = models.BinaryField(null=True)

    class Meta(OfRecord.Meta):
        ordering = ["-opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("opened_by")), name="look_reviewed_by_another"
            ),
        ]

    def as_subject(self) -> Subject:
        """The holder's: its data protection lead reviews."""
        return Subject("EmergencyLook", self.pk, self.partnership_id, self.holder_id)


class HerRequest(OfRecord):
    """She asks this agency for a copy, a correction, an erasure, or complains."""

    kind = models.CharField(max_length=10, choices=codes.Kind.choices())
    way = models.CharField(max_length=10, choices=codes.Way.choices())
    words = models.BinaryField(null=True)
    received_on = models.DateField()
    received_at = models.DateTimeField(db_default=Now())
    received_by = models.UUIDField()
    identity_asked_at = models.DateTimeField(null=True)
    identity_asked_by = models.UUIDField(null=True)
    identity_checked_at = models.DateTimeField(null=True)
    identity_checked_by = models.UUIDField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.UUIDField(null=True)
    extended_at = models.DateTimeField(null=True)
    extended_by = models.UUIDField(null=True)
    extended_words = models.BinaryField(null=True)
    decision = models.CharField(max_length=8, choices=codes.Decision.choices(), blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_words = models.BinaryField(null=True)
    others = models.BinaryField(null=True)
    exemptions = ArrayField(models.CharField(max_length=8, choices=codes.Exemption.choices()), default=list)
    held_back = models.BinaryField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    done_words = models.BinaryField(null=True)

    class Meta(OfRecord.Meta):
        ordering = ["-received_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="erasure")
                | Q(done_by=None)
                | ~Q(decision="yes")
                | (Q(checked_by__isnull=False) & ~Q(checked_by=F("done_by"))),
                name="erased_when_two_agreed",
            ),
        ]


class LegalHold(OfRecord):
    """Nothing of this record may be erased until it is lifted; reading goes on as before."""

    authority = models.CharField(max_length=10, choices=codes.Authority.choices())
    words = models.BinaryField(null=True)
    placed_at = models.DateTimeField(db_default=Now())
    placed_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lifted_words = models.BinaryField(null=True)

    class Meta(OfRecord.Meta):
        ordering = ["-placed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(lifted_at=None), name="one_hold_in_force")
        ]


class RetentionRule(Held):
    """How long this agency keeps a class of records after the last entry, and on whose authority."""

    record_class = models.CharField(max_length=10, choices=codes.RecordClass.choices())
    years = models.PositiveSmallIntegerField()
    authority = models.CharField(max_length=200)
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.UUIDField()

    class Meta(Held.Meta):
        ordering = ["record_class", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "record_class"], name="one_rule_a_class"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=100), name="rule_of_one_to_a_hundred_years"),
        ]


class KeptOn(OfRecord):
    """A review decided to keep a record past the end of its time."""

    until = models.DateField()
    reason = models.BinaryField(null=True)
    decided_at = models.DateTimeField(db_default=Now())
    decided_by = models.UUIDField()

    class Meta(OfRecord.Meta):
        ordering = ["-decided_at", "id"]


class Breach(Held):
    """Something may have been seen by who had no right. `worker` and days: whose reading is looked through."""

    words = models.BinaryField(null=True)
    known_since = models.DateTimeField()
    worker = models.UUIDField(null=True)
    since = models.DateField()
    until = models.DateField()
    frozen = models.JSONField(default=list)
    written_at = models.DateTimeField(db_default=Now())
    written_by = models.UUIDField()
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.UUIDField(null=True)
    thawed_at = models.DateTimeField(null=True)
    thawed_by = models.UUIDField(null=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_words = models.BinaryField(null=True)

    class Meta(Held.Meta):
        ordering = ["-written_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="breach_ends_after_it_begins")]
