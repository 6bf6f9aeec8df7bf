from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from alongside.casework.referrals.codes import DeclineReason, HowAgreed, State
from alongside.foundation.gate.permissions import Subject
from alongside.register.agencies.codes import ServiceKind, Source
from alongside.register.agencies.holding import OfRecord


class Referral(OfRecord):
    """She is sent to a service. Never changed; where it stands is derived from its steps.

    `agency` sent it and holds `record`; `answering` writes down the answers: the service's own agency, or the sender
    where the service has no account. `opens_months`: for how long she agreed that the service reads `groups` in the
    sender's record once it has accepted her; 0: not at all. `summary`: what may be told before an answer, sealed under
    `data_key`.
    """

    number = models.CharField(max_length=16, unique=True)
    service = models.ForeignKey("agencies.Service", on_delete=models.PROTECT, related_name="+")
    answering = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    for_worker = models.UUIDField(null=True)
    source = models.CharField(max_length=20, choices=Source.choices())
    from_agency = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    groups = ArrayField(models.CharField(max_length=20), default=list)
    opens_months = models.PositiveSmallIntegerField(default=0)
    how_agreed = models.CharField(max_length=20, choices=HowAgreed.choices())
    agreed_on = models.DateField()
    asked_on = models.DateField()
    sent_on = models.DateField()
    lapses_on = models.DateField()
    data_key = models.BinaryField(null=True)
    summary = models.BinaryField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        ordering = ["-sent_on", "id"]
        indexes = [
            models.Index(fields=["agency", "-sent_on"], name="referral_sent"),
            models.Index(fields=["answering", "-sent_on"], name="referral_received"),
            models.Index(fields=["record"], name="referral_record"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_on__gte=models.F("asked_on")), name="referral_sent_after_asked"
            ),
            models.CheckConstraint(
                condition=models.Q(lapses_on__gte=models.F("sent_on")), name="referral_lapses_after_sent"
            ),
        ]


class Arrival(Referral):
    """The same row as whoever answers it holds it."""

    class Meta:
        proxy = True
        ordering = ["-sent_on", "id"]
        base_manager_name = "objects"
        default_manager_name = "objects"

    def as_subject(self) -> Subject:
        return Subject("Referral", self.pk, self.partnership_id, self.answering_id)


class CountedReferral(Referral):
    """The same row as the co-ordinator and the counting job may read it: without its sealed columns."""

    class Meta:
        proxy = True
        ordering = ["-sent_on", "id"]
        base_manager_name = "objects"
        default_manager_name = "objects"


class OfReferral(OfRecord):
    """A row of a referral, of both its sides: whose it is stands in it, so that no rule has to look elsewhere."""

    answering = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta(OfRecord.Meta):
        abstract = True


class ReferralStep(OfReferral):
    """What happened, in order; added, never changed. Two who take the same step at once: the second is refused."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices())
    reason = models.CharField(max_length=20, blank=True)
    occurred_on = models.DateField()
    starts_on = models.DateField(null=True)
    other_service = models.ForeignKey("agencies.Service", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)

    class Meta(OfReferral.Meta):
        ordering = ["referral", "number"]
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="one_step_at_a_time")]


class OpenReferral(OfReferral):
    """Stands while a referral is open: at most one for a record and a service."""

    id = None  # type: ignore[assignment]
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, primary_key=True, related_name="open")
    service = models.ForeignKey("agencies.Service", on_delete=models.PROTECT, related_name="+")

    class Meta(OfReferral.Meta):
        constraints = [models.UniqueConstraint(fields=["record", "service"], name="one_open_referral")]


class Package(OfReferral):
    """What she agreed to pass on, as it was that day. The service reads it only once it has accepted her."""

    id = None  # type: ignore[assignment]
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, primary_key=True, related_name="+")
    data_key = models.BinaryField(null=True)
    known = models.BinaryField(null=True)
    words = models.BinaryField(null=True)


class OpenedRecord(OfRecord):
    """The accepting agency's own record of her; the sender is never told of it."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    opened_by = models.UUIDField(null=True)


class Learnt(OfRecord):
    """A worker of the sender has said that she knows the outcome up to this step."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="learnt")
    number = models.PositiveSmallIntegerField()
    learnt_at = models.DateTimeField(db_default=Now())
    learnt_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="learnt_once")]


class TurnedAway(OfRecord):
    """A service said no to her, with or without a referral. `service` empty: one that is not in the directory."""

    service = models.ForeignKey("agencies.Service", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ServiceKind.choices())
    reason = models.CharField(max_length=20, choices=DeclineReason.choices())
    occurred_on = models.DateField()
    words = models.BinaryField(null=True)  # what happened, sealed as remarks are
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        ordering = ["-occurred_on", "id"]
        indexes = [models.Index(fields=["agency", "-occurred_on"], name="turned_away_newest")]
