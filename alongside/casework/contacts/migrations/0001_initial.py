import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("people", "0003_sharing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("boundary", models.JSONField(null=True)),
                ("named_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("named_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("partnership", "name"), name="area_name")],
            },
        ),
        migrations.CreateModel(
            name="DropInSession",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("dropin", "Drop-in"), ("clinic", "Clinic")], max_length=8)),
                ("held_on", models.DateField()),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("opened_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "kind", "held_on"), name="one_session_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("digest", models.BinaryField(unique=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LookOut",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("worry", "Someone is worried about her"),
                            ("message", "There is a message for her"),
                            ("place", "There is a place for her"),
                            ("date", "A date is coming that she should know of"),
                            ("not_seen", "She has not been seen for a while"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.BinaryField(null=True)),
                ("until", models.DateField()),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("asked_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("record",), name="one_look_out"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("operation", "Police operation: stay away"),
                            ("intelligence", "Where women have been seen"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.BinaryField()),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("given_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("given_by", models.UUIDField(null=True)),
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["partnership", "until"], name="notice_in_force")],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(choices=[("van", "By van"), ("foot", "On foot"), ("car", "By car")], max_length=6),
                ),
                ("route", models.CharField(blank=True, max_length=200)),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                (
                    "joint_with",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("series", models.UUIDField(null=True)),
                ("said", models.JSONField(default=dict)),
                ("hand_over", models.BinaryField(null=True)),
                ("planned_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("planned_by", models.UUIDField(null=True)),
                ("begun_at", models.DateTimeField(null=True)),
                ("begun_by", models.UUIDField(null=True)),
                ("safety_call_at", models.DateTimeField(null=True)),
                ("safety_call_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("called_off_at", models.DateTimeField(null=True)),
                ("called_off_by", models.UUIDField(null=True)),
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["agency", "starts"], name="shift_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))), name="shift_has_length"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OnShift",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("worker", models.UUIDField()),
                ("part", models.CharField(choices=[("staff", "Staff"), ("volunteer", "Volunteer")], max_length=10)),
                (
                    "seat",
                    models.CharField(
                        choices=[
                            ("driver", "Driver"),
                            ("passenger", "Passenger seat"),
                            ("back", "In the back"),
                            ("walks", "Walks"),
                        ],
                        max_length=10,
                    ),
                ),
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
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="crew", to="contacts.shift"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("shift", "worker"), name="once_on_a_shift")],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("occurred_at", models.DateTimeField()),
                ("occurred_by", models.UUIDField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("met", "We talked"),
                            ("seen", "Seen, did not stop"),
                            ("not_seen", "Hoped for, not seen"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("street", "In the street"),
                            ("van", "In the van"),
                            ("dropin", "At the drop-in"),
                            ("clinic", "At the clinic"),
                            ("visit", "Where she stays"),
                            ("call", "By phone"),
                            ("court", "At court"),
                            ("prison", "In prison"),
                            ("custody", "In police custody"),
                            ("hospital", "In hospital"),
                            ("other", "Somewhere else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("staying", models.CharField(blank=True, max_length=12)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("given", models.JSONField(default=dict)),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("brought_by", models.CharField(blank=True, max_length=12)),
                ("next_step", models.CharField(blank=True, max_length=8)),
                ("next_on", models.DateField(null=True)),
                ("worry", models.CharField(blank=True, max_length=10)),
                ("note", models.BinaryField(null=True)),
                ("body", models.BinaryField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.area"
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
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.dropinsession",
                    ),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.shift"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["record", "-occurred_at"], name="contact_of_record"),
                    models.Index(fields=["agency", "occurred_at"], name="contact_by_day"),
                    models.Index(fields=["shift"], name="contact_of_shift"),
                    models.Index(fields=["session"], name="contact_of_session"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("worker", models.UUIDField()),
                (
                    "course",
                    models.CharField(
                        choices=[
                            ("outreach", "Outreach and lone working"),
                            ("first_aid", "First aid"),
                            ("naloxone", "Naloxone"),
                            ("safeguarding", "Safeguarding"),
                        ],
                        max_length=12,
                    ),
                ),
                ("done_on", models.DateField()),
                ("until", models.DateField(null=True)),
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["agency", "worker"], name="training_of_worker")],
            },
        ),
        migrations.CreateModel(
            name="UnnamedContact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("occurred_at", models.DateTimeField()),
                ("occurred_by", models.UUIDField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("met", "We talked"),
                            ("seen", "Seen, did not stop"),
                            ("not_seen", "Hoped for, not seen"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("street", "In the street"),
                            ("van", "In the van"),
                            ("dropin", "At the drop-in"),
                            ("clinic", "At the clinic"),
                            ("visit", "Where she stays"),
                            ("call", "By phone"),
                            ("court", "At court"),
                            ("prison", "In prison"),
                            ("custody", "In police custody"),
                            ("hospital", "In hospital"),
                            ("other", "Somewhere else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("staying", models.CharField(blank=True, max_length=12)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("given", models.JSONField(default=dict)),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("brought_by", models.CharField(blank=True, max_length=12)),
                ("next_step", models.CharField(blank=True, max_length=8)),
                ("next_on", models.DateField(null=True)),
                ("worry", models.CharField(blank=True, max_length=10)),
                ("note", models.BinaryField(null=True)),
                ("body", models.BinaryField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                ("description", models.BinaryField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.area"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.dropinsession",
                    ),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.shift"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["agency", "occurred_at"], name="unnamed_by_day"),
                    models.Index(fields=["shift"], name="unnamed_of_shift"),
                ],
            },
        ),
    ]
