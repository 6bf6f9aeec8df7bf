import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from alongside.foundation.gate.permissions import Subject
from alongside.foundation.gate.rows import SealedModel
from alongside.register.agencies.models import Agency, Partnership
from alongside.register.people.codes import AcceptanceBasis, Judgement, LinkBasis, RunState


class Held(SealedModel):
    """A row that one agency holds."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta(SealedModel.Meta):
        abstract = True

    def as_subject(self) -> Subject:
        return Subject(type(self).__name__, self.pk, self.partnership_id, self.agency_id)


class Record(Held):
    """One agency's own record of a woman. It has a code and no name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=16)
    first_seen_on = models.DateField(null=True)
    last_seen_on = models.DateField(null=True)
    source = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="record_code")]
        indexes = [models.Index(fields=["source"], name="record_source")]


class Identity(Held):
    """The name vault: what one agency calls her and knows her by. One row a version, each field sealed apart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="identities")
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    source = models.UUIDField(null=True)
    data_key = models.BinaryField(null=True)
    seen_from = models.DateField(null=True)
    seen_to = models.DateField(null=True)
    reference_index = models.BigIntegerField(null=True)
    content_index = models.BigIntegerField(null=True)
    match_keys = ArrayField(models.BigIntegerField(), default=list)
    reference = models.BinaryField(null=True)
    names = models.BinaryField(null=True)
    last_names = models.BinaryField(null=True)
    born = models.BinaryField(null=True)
    age = models.BinaryField(null=True)
    ethnicity = models.BinaryField(null=True)
    area = models.BinaryField(null=True)
    marks = models.BinaryField(null=True)
    phones = models.BinaryField(null=True)
    note = models.BinaryField(null=True)
    untold = models.BinaryField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [
            models.UniqueConstraint(fields=["record", "version"], name="identity_version"),
            models.UniqueConstraint(fields=["record"], condition=models.Q(is_current=True), name="identity_current"),
        ]
        indexes = [
            models.Index(fields=["agency", "reference_index"], name="identity_reference"),
            models.Index(fields=["agency", "content_index"], name="identity_content"),
            models.Index(fields=["source"], name="identity_source"),
            GinIndex(fields=["match_keys"], name="identity_match_keys"),
        ]


class InPartnership(SealedModel):
    """A row of the partnership as a whole, without an identity in it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")

    class Meta(SealedModel.Meta):
        abstract = True

    def as_subject(self) -> Subject:
        return Subject(type(self).__name__, self.pk, self.partnership_id, None)


class Person(InPartnership):
    """A reversible grouping of records believed to be the same woman."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)


class Grouping(InPartnership):
    """Which person a record belongs to now. Moving this one row is all that joining or splitting does."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class LinkageRun(InPartnership):
    """One run of linkage over a partnership: the model it used and what it found, without a value or a name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    state = models.CharField(max_length=10, choices=RunState.choices(), default=RunState.RUNNING)
    step = models.CharField(max_length=120, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    model = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    evidence = models.JSONField(default=dict)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=80)

    class Meta(InPartnership.Meta):
        ordering = ["-made_at", "id"]


class Paired(InPartnership):
    """About two records, `a` before `b`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    a = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    agency_a = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agency_b = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta(InPartnership.Meta):
        abstract = True

    def as_subject(self) -> Subject:
        within = self.agency_a_id if self.agency_a_id == self.agency_b_id else None
        return Subject(type(self).__name__, self.pk, self.partnership_id, within)


class Pair(Paired):
    """Evidence that two records may be the same woman, from the latest run.

    Evidence made from all lists is the partnership's (`held_by` empty) and never shown to an agency: another list
    changes it. What an agency sees of two of its own records (`held_by`) is made from its own list alone.
    """

    held_by = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(LinkageRun, on_delete=models.PROTECT, related_name="+")
    probability = models.FloatField()
    weight = models.FloatField()
    gain = models.FloatField(default=0)
    evidence = models.JSONField()

    class Meta(Paired.Meta):
        constraints = [
            models.UniqueConstraint(fields=["a", "b", "held_by"], nulls_distinct=False, name="one_pair"),
        ]
        indexes = [
            models.Index(fields=["partnership", "held_by", "probability"], name="pair_probability"),
            models.Index(fields=["b"], name="pair_second"),
        ]

    def as_subject(self) -> Subject:
        return Subject("Pair", self.pk, self.partnership_id, self.held_by_id)


class Decision(Paired):
    """What a person decided about two records. Never changed; undone by one more decision."""

    judgement = models.CharField(max_length=10, choices=Judgement.choices())
    basis = models.CharField(max_length=12, choices=LinkBasis.choices(), default=LinkBasis.STATISTICAL)
    reason = models.BinaryField(null=True)  # see remarks.py
    probability = models.FloatField(null=True)
    evidence = models.JSONField(default=dict)
    model_version = models.CharField(max_length=80, blank=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    decided_at = models.DateTimeField(db_default=Now())
    decided_by = models.UUIDField()

    class Meta(Paired.Meta):
        ordering = ["-decided_at", "id"]
        indexes = [models.Index(fields=["a", "b"], name="decision_pair")]


class Acceptance(Held):
    """The holder accepts that agencies that work with her too may know of it: on this basis, until this day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=12, choices=AcceptanceBasis.choices())
    how_asked = models.BinaryField(null=True)  # see remarks.py
    asked_on = models.DateField()
    until = models.DateField()
    accepted_at = models.DateTimeField(db_default=Now())
    accepted_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta(Held.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(withdrawn_at=None), name="one_acceptance_in_force"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("asked_on")), name="acceptance_ends_after_it_begins"
            ),
        ]


class CaseworkLink(Paired):
    """Both holders accepted and the two records are one woman: each agency may know that the other works with her."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    acceptance_a = models.ForeignKey(Acceptance, on_delete=models.PROTECT, related_name="+")
    acceptance_b = models.ForeignKey(Acceptance, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()  # the earlier end of the two acceptances: one side can't read the other's
    since_at = models.DateTimeField(db_default=Now())
    since_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(Paired.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["a", "b"], condition=models.Q(ended_at=None), name="one_casework_link_in_force"
            )
        ]
