from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from alongside.foundation.gate.permissions import Subject
from alongside.register.agencies.codes import Role
from alongside.register.agencies.holding import Held, InPartnership, OfRecord
from alongside.register.agencies.models import Agency, Forum, Worker
from alongside.register.people.codes import (
    AcceptanceBasis,
    ExclusionReason,
    FieldGroup,
    GrantBasis,
    HandoutKind,
    Judgement,
    LinkBasis,
    Purpose,
    RunState,
)
from alongside.register.people.leading import Lead
from alongside.register.people.listing import Item
from alongside.register.people.matters import Matter
from alongside.register.people.standing import ReadReason, Standing

__all__ = ["Item", "Lead", "Matter", "ReadReason", "Standing"]  # beside what stands here


class Record(Held):
    """One agency's own record of a woman. It has a code and no name."""

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


class Person(InPartnership):
    """A reversible grouping of records believed to be the same woman."""


class Grouping(InPartnership):
    """Which person a record belongs to now. Moving this one row is all that joining or splitting does."""

    id = None  # type: ignore[assignment]
    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class LinkageRun(InPartnership):
    """One run of linkage over a partnership: the model it used and what it found, without a value or a name."""

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


class Acceptance(OfRecord):
    """The holder accepts that agencies that work with her too may know of it: on this basis, until this day."""

    basis = models.CharField(max_length=12, choices=AcceptanceBasis.choices())
    how_asked = models.BinaryField(null=True)  # see remarks.py
    asked_on = models.DateField()
    until = models.DateField()
    accepted_at = models.DateTimeField(db_default=Now())
    accepted_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
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


class Grant(OfRecord):
    """The holder's key to some kinds of facts about one woman, handed to another agency, to one worker or to a forum.

    One direction; never changed but for its end. `agency` holds the record; what `to_agency` keeps of her stays with
    `to_agency`. A forum's key opens to those who sit on it, only while she is on its list (`Item`).
    """

    to_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    to_forum = models.ForeignKey(Forum, null=True, on_delete=models.PROTECT, related_name="+")
    to_worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")  # else all of them
    groups = ArrayField(models.CharField(max_length=20, choices=FieldGroup.choices()))
    purpose = models.CharField(max_length=12, choices=Purpose.choices(), default=Purpose.SUPPORT)
    basis = models.CharField(max_length=12, choices=GrantBasis.choices(), default=GrantBasis.AGREED)
    how_asked = models.BinaryField(null=True)  # see remarks.py
    asked_on = models.DateField()
    given_at = models.DateTimeField(db_default=Now())
    given_by = models.UUIDField()
    until_at = models.DateTimeField()
    until_by = models.UUIDField(null=True)  # who set its end, where that was not the one who gave it
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["record", "to_agency"],
                condition=models.Q(withdrawn_at=None, basis=GrantBasis.AGREED),
                name="one_agreement_in_force",
            ),
            models.UniqueConstraint(
                fields=["record", "to_forum"],
                condition=models.Q(withdrawn_at=None),
                name="one_agreement_with_a_forum",
            ),
            models.CheckConstraint(
                condition=models.Q(to_agency__isnull=False, to_forum=None)
                | models.Q(to_agency=None, to_worker=None, to_forum__isnull=False, basis=GrantBasis.AGREED),
                name="grant_to_an_agency_or_a_forum",
            ),
            models.CheckConstraint(
                condition=models.Q(until_at__lte=models.F("given_at") + timedelta(days=368)),
                name="grant_ends_within_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(basis__in=[GrantBasis.AGREED, GrantBasis.STEP, GrantBasis.DISCLOSURE])
                | models.Q(to_worker__isnull=False),
                name="grant_to_one_worker",
            ),
            models.CheckConstraint(
                condition=models.Q(basis=GrantBasis.NAMED)
                | ~models.Q(to_agency=models.F("agency"))
                | models.Q(basis=GrantBasis.BREAK_GLASS),
                name="grant_to_another_agency",
            ),
        ]
        indexes = [
            models.Index(fields=["to_agency", "until_at"], condition=models.Q(withdrawn_at=None), name="grant_to"),
            models.Index(
                fields=["to_forum"],
                condition=models.Q(withdrawn_at=None, to_forum__isnull=False),
                name="grant_to_forum",
            ),
            models.Index(fields=["record"], name="grant_record"),
        ]

    @property
    def receiver(self) -> str:
        """Who may know, by name. Ask with `to_agency` and `to_forum`."""
        return str(self.to_forum.name if self.to_forum else self.to_agency.name if self.to_agency else "")


class Exclusion(OfRecord):
    """One whom she fears, or a worker who said that she should not: beats every grant, and break-glass.

    The one kept out sees what she would see of a stranger, and never that this row is here.
    """

    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    feared_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    feared_role = models.CharField(max_length=20, choices=Role.choices(), blank=True)  # of that agency; else all there
    reason = models.CharField(max_length=12, choices=ExclusionReason.choices())
    words = models.BinaryField(null=True)  # see remarks.py
    excluded_at = models.DateTimeField(db_default=Now())
    excluded_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["record", "agency", "worker", "feared_agency", "feared_role"],
                condition=models.Q(lifted_at=None),
                nulls_distinct=False,
                name="one_exclusion_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(worker__isnull=False, feared_agency__isnull=True, feared_role="")
                | models.Q(worker__isnull=True, feared_agency__isnull=False),
                name="exclusion_of_a_worker_or_an_agency",
            ),
        ]
        indexes = [
            models.Index(fields=["worker"], condition=models.Q(lifted_at=None), name="exclusion_worker"),
            models.Index(fields=["feared_agency"], condition=models.Q(lifted_at=None), name="exclusion_agency"),
            models.Index(fields=["record"], name="exclusion_record"),
        ]


class Handout(OfRecord):
    """A numbered print or export, kept by the agency that made it for each woman on it, to be called back."""

    number = models.CharField(max_length=12)
    kind = models.CharField(max_length=20, choices=HandoutKind.choices())
    groups = ArrayField(models.CharField(max_length=20, choices=FieldGroup.choices()), default=list)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.UUIDField()
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        constraints = [models.UniqueConstraint(fields=["agency", "number", "record"], name="handout_number")]
        indexes = [models.Index(fields=["record"], name="handout_record")]


class RecallDone(Held):
    """A receiver says that it stopped using what a grant gave it; `agency` is the receiver, one of a forum's."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(db_default=Now())
    done_by = models.UUIDField()

    class Meta(Held.Meta):
        constraints = [models.UniqueConstraint(fields=["grant", "agency"], name="one_recall_done")]
