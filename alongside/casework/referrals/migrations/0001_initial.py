import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_services"),
        ("people", "0003_sharing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=16, unique=True)),
                ("for_worker", models.UUIDField(null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("agency", "Referred by an agency"),
                            ("outreach", "Met on outreach"),
                            ("self", "She asked herself"),
                            ("court", "From court"),
                            ("prison", "From prison"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "how_agreed",
                    models.CharField(
                        choices=[("in_person", "In person"), ("by_phone", "By phone"), ("signed", "She signed")],
                        max_length=20,
                    ),
                ),
                ("opens_months", models.PositiveSmallIntegerField(default=0)),
                ("agreed_on", models.DateField()),
                ("asked_on", models.DateField()),
                ("sent_on", models.DateField()),
                ("lapses_on", models.DateField()),
                ("data_key", models.BinaryField(null=True)),
                ("summary", models.BinaryField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "answering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "follows",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="referrals.referral",
                    ),
                ),
                (
                    "from_agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.service"
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["agency", "-sent_on"], name="referral_sent"),
                    models.Index(fields=["answering", "-sent_on"], name="referral_received"),
                    models.Index(fields=["record"], name="referral_record"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sent_on__gte", models.F("asked_on"))), name="referral_sent_after_asked"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lapses_on__gte", models.F("sent_on"))), name="referral_lapses_after_sent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenedRecord",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("opened_by", models.UUIDField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.referral"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Learnt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("learnt_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("learnt_by", models.UUIDField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="learnt", to="referrals.referral"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("referral", "number"), name="learnt_once")],
            },
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[],
            options={
                "ordering": ["-sent_on", "id"],
                "proxy": True,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [],
                "constraints": [],
            },
            bases=("referrals.referral",),
        ),
        migrations.CreateModel(
            name="ReferralStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("received", "Received"),
                            ("returned", "Returned with another offer"),
                            ("accepted", "Accepted"),
                            ("offered", "Offered a date"),
                            ("started", "Started"),
                            ("declined", "The service said no"),
                            ("withdrawn", "Withdrawn"),
                            ("taken_up", "Other offer taken up"),
                            ("expired", "No answer in time"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("occurred_on", models.DateField()),
                ("starts_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "answering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "other_service",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.service"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="referrals.referral"
                    ),
                ),
            ],
            options={
                "ordering": ["referral", "number"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("referral", "number"), name="one_step_at_a_time")],
            },
        ),
        migrations.CreateModel(
            name="TurnedAway",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("outreach", "Outreach team"),
                            ("dropin", "Drop-in"),
                            ("casework", "Casework"),
                            ("clinic", "Clinic"),
                            ("treatment", "Drug and alcohol treatment"),
                            ("hostel", "Hostel"),
                            ("house", "Shared house"),
                            ("flats", "Flats"),
                            ("floating", "Floating support"),
                            ("court", "Court scheme"),
                            ("prison", "Prison link"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("no_space", "No bed or place is free"),
                            ("list_closed", "The waiting list is closed"),
                            ("not_still_using", "Does not take women who are still using"),
                            ("not_dual_diagnosis", "Has no staff for mental health and drug use together"),
                            ("not_children", "Does not take children"),
                            ("not_couples", "Does not take couples"),
                            ("not_pets", "Does not take pets"),
                            ("not_step_free", "Has stairs that she can't use"),
                            ("not_women_only", "Has no space for women only"),
                            ("area", "Takes women from another area only"),
                            ("funds", "Has no money for women without public funds"),
                            ("papers", "Asked for papers or a deposit that she has not got"),
                            ("before", "Said no because of an earlier stay or incident"),
                            ("staff", "Has not enough staff now"),
                            ("other_service", "Is for other women than her"),
                            ("not_said", "Gave no reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("occurred_on", models.DateField()),
                ("words", models.BinaryField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.service"
                    ),
                ),
            ],
            options={
                "ordering": ["-occurred_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["agency", "-occurred_on"], name="turned_away_newest")],
            },
        ),
        migrations.CreateModel(
            name="OpenReferral",
            fields=[
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="open",
                        serialize=False,
                        to="referrals.referral",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "answering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.service"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("record", "service"), name="one_open_referral")],
            },
        ),
        migrations.CreateModel(
            name="Package",
            fields=[
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="referrals.referral",
                    ),
                ),
                ("data_key", models.BinaryField(null=True)),
                ("known", models.BinaryField(null=True)),
                ("words", models.BinaryField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "answering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
    ]
