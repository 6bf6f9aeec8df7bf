import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from alongside.register.agencies.codes import AgencyKind, Purpose, Role, ServiceKind, Setting, Source, Takes


class Partnership(models.Model):
    """The agencies of an area that agreed to work together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    area = models.CharField(max_length=120)
    is_invented = models.BooleanField(default=False)


class Agency(models.Model):
    """An organisation of a partnership."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT)
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices())
    setting = models.CharField(max_length=20, choices=Setting.choices(), default=Setting.NONE)
    prefix = models.CharField(max_length=4)
    left_at = models.DateTimeField(null=True)  # it left the partnership (`Departure`)
    left_by = models.UUIDField(null=True)
    own_sign_in_only = models.BooleanField(default=False)  # its roles open in sessions that its own sign-in began

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="agency_slug"),
            models.UniqueConstraint(fields=["partnership", "prefix"], name="agency_prefix"),
        ]


class Service(models.Model):
    """What an agency runs: an outreach team, a drop-in, a clinic, a hostel, a scheme. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="services")
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=ServiceKind.choices())
    takes = ArrayField(models.CharField(max_length=20, choices=Takes.choices()), default=list)
    answers_within_days = models.PositiveSmallIntegerField(default=3)
    lapses_after_days = models.PositiveSmallIntegerField(default=28)
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "slug"], name="service_slug")]


class ReferralRight(models.Model):
    """Who may send women to a service, and from where they may come. `agency` empty: any of the partnership."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="rights")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20, choices=Source.choices())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "agency", "source"], nulls_distinct=False, name="one_right"),
        ]


class WorkerManager(BaseUserManager["Worker"]):
    def get_by_natural_key(self, username: str | None) -> "Worker":
        return self.get(email__iexact=username)


class Worker(AbstractBaseUser):
    """A member of staff or volunteer with an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = WorkerManager()

    # Django's own permissions are not used: rights come from memberships, through the gate.
    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role in one agency. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices())
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "agency", "role"], condition=models.Q(until=None), name="one_membership_in_force"
            )
        ]


class Suspension(models.Model):
    """A worker's reach in an agency ends at `begins_at` unless what caused it is settled. Kept after it was lifted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    cause = models.UUIDField(unique=True)
    begins_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["worker"], condition=models.Q(lifted_at=None), name="suspension_worker")]


class StaffCheck(models.Model):
    """A service manager has looked at every role in her agency and said who still works there. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    checked_by = models.UUIDField()
    stayed = models.PositiveSmallIntegerField()
    left = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["agency", "-checked_at"], name="staff_check_last")]


class Departure(models.Model):
    """An agency leaves its partnership: asked by one, its data taken along in numbered parts, confirmed by another.

    `counts`: what ends with it, as it was when it was asked or a part was taken. `parts`: each part that was taken
    along (number, part, of, women, at, by). Without `shredded_at` its key still waits to be destroyed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)
    parts = models.JSONField(default=list)
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.UUIDField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    shredded_at = models.DateTimeField(null=True)
    shredded_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(taken_back_at=None), name="one_departure_of_an_agency"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("asked_by")),
                name="departure_needs_two",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(taken_back_at=None),
                name="departure_not_both",
            ),
            models.CheckConstraint(
                condition=models.Q(shredded_at=None) | models.Q(confirmed_at__isnull=False),
                name="departure_confirmed_before_shredded",
            ),
        ]


class IdentityProvider(models.Model):
    """The sign-in service of an agency (OpenID Connect). Another issuer or client is another row: links die with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=191)
    sealed_secret = models.TextField()  # under a key of this installation that is not in the database
    strong_answers = ArrayField(models.CharField(max_length=120), default=list)
    is_on = models.BooleanField(default=False)
    set_up_at = models.DateTimeField(db_default=Now())
    set_up_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(ended_at=None), name="one_provider_of_an_agency"
            ),
        ]


class ProviderSession(models.Model):
    """A session that an agency's own sign-in began, and when its provider last said that she still works there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    provider = models.ForeignKey(IdentityProvider, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    sealed_tokens = models.TextField()
    began_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    asked_at = models.DateTimeField()  # later than `checked_at`: the provider did not answer
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["worker"], condition=models.Q(ended_at=None), name="provider_session_worker")]


class Forum(models.Model):
    """A standing panel: named workers of several agencies who meet for one purpose. `agency` convenes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=12, choices=Purpose.choices())
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.UUIDField()
    changed_at = models.DateTimeField(null=True)  # an item of its list: which one, nobody is told
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name"], condition=models.Q(ended_at=None), name="one_forum_of_a_name"
            )
        ]


class Attendee(models.Model):
    """A worker sits on a forum for one agency, from and until. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="attendees")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    chairs = models.BooleanField(default=False)
    since_at = models.DateTimeField(db_default=Now())
    since_by = models.UUIDField()
    until_at = models.DateTimeField(null=True)
    until_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "worker"], condition=models.Q(until_at=None), name="one_seat_of_a_worker"
            ),
            models.UniqueConstraint(
                fields=["forum"], condition=models.Q(until_at=None, chairs=True), name="one_chair_of_a_forum"
            ),
        ]
        indexes = [models.Index(fields=["worker"], condition=models.Q(until_at=None), name="attendee_worker")]
