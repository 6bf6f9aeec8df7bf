from django.db import models
from django.db.models.functions import Now

from alongside.phone.codes import AsideFor, EnvelopeState, HeldFor
from alongside.register.agencies.holding import Held
from alongside.register.agencies.models import Membership


class Device(Held):
    """A phone on which one worker, in one role, records contacts. It may add and never read."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    token_digest = models.BinaryField()  # SHA-256 of a random token that the phone alone holds
    set_up_at = models.DateTimeField(db_default=Now())
    set_up_by = models.UUIDField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)
    skew_seconds = models.IntegerField(default=0)  # how far its clock was ahead of ours when it was last seen
    highest = models.PositiveIntegerField(default=0)  # the highest number of its envelopes that it told us of
    list_taken_at = models.DateTimeField(null=True)
    list_taken_by = models.UUIDField(null=True)
    list_number = models.CharField(max_length=12, blank=True)  # of the copy that its list is
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    wiped_at = models.DateTimeField(null=True)  # when it was told to delete what it holds
    wiped_by = models.UUIDField(null=True)


class Envelope(Held):
    """One sealed message of one phone, received once. Kept sealed, whatever becomes of it."""

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    op = models.UUIDField()  # made on the phone; the contact that comes of it has the same id
    number = models.PositiveIntegerField()  # the phone counts its envelopes from 1
    sealed = models.BinaryField()
    digest = models.BinaryField()  # SHA-256 of `sealed`
    state = models.CharField(max_length=10, choices=EnvelopeState.choices())
    held_for = models.CharField(max_length=20, choices=HeldFor.choices(), blank=True)
    received_at = models.DateTimeField(db_default=Now())
    received_by = models.UUIDField()  # the worker of the phone, or who handed in its file
    claimed_at = models.DateTimeField(null=True)  # when the phone says that it happened
    claimed_by = models.UUIDField(null=True)
    skew_seconds = models.IntegerField(default=0)  # how far the phone's clock was ahead when it sent this
    aside_for = models.CharField(max_length=12, choices=AsideFor.choices(), blank=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [
            models.UniqueConstraint(fields=["device", "op"], name="one_envelope_a_number"),
            models.CheckConstraint(
                condition=~models.Q(state="held") | ~models.Q(held_for=""), name="held_envelope_says_why"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="set_aside") | ~models.Q(aside_for=""), name="envelope_set_aside_says_why"
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "received_at"], name="envelope_waiting")]
