import alongside.casework.accommodation.codes
import alongside.casework.accommodation.models
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.operations
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
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                ("name", models.CharField(max_length=80)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("first_stage", "First stage"),
                            ("second_stage", "Second stage"),
                            ("semi_independent", "Semi-independent"),
                            ("flat", "Move-on flat"),
                            ("hostel", "Generic hostel"),
                            ("high_support", "High support"),
                            ("drug_free", "Drug-free third stage"),
                            ("floating", "Floating support"),
                            ("tenancy", "Own tenancy"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "staffed",
                    models.CharField(
                        choices=[
                            ("always", "Staff day and night"),
                            ("days", "Staff in the day"),
                            ("visits", "A worker visits"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "takes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("women_only", "Women only"),
                                ("children", "With children"),
                                ("couples", "With a partner"),
                                ("pets", "With a pet"),
                                ("still_using", "Still using"),
                                ("drug_free", "Drug free"),
                                ("dual_diagnosis", "Mental health and drug use together"),
                                ("step_free", "Needs no stairs"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "leads_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("first_stage", "First stage"),
                                ("second_stage", "Second stage"),
                                ("semi_independent", "Semi-independent"),
                                ("flat", "Move-on flat"),
                                ("hostel", "Generic hostel"),
                                ("high_support", "High support"),
                                ("drug_free", "Drug-free third stage"),
                                ("floating", "Floating support"),
                                ("tenancy", "Own tenancy"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("emergency_minutes", models.PositiveSmallIntegerField(null=True)),
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
                    "service",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.service"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("agency", "name"), name="unit_name")],
            },
        ),
        migrations.CreateModel(
            name="Bed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("bed", "Bed"), ("room", "Room"), ("flat", "Flat"), ("place", "Place")], max_length=20
                    ),
                ),
                ("opened_on", models.DateField()),
                ("is_emergency", models.BooleanField(default=False)),
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accommodation.unit"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("unit", "number"), name="bed_number")],
            },
        ),
        migrations.CreateModel(
            name="BedUse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("stay", "She stays here"), ("hold", "Held for her"), ("void", "Not in use")],
                        max_length=20,
                    ),
                ),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                ("leaves_on", models.DateField(null=True)),
                (
                    "void_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("repair", "Being repaired"),
                            ("making_ready", "Being made ready"),
                            ("no_staff", "Not enough staff"),
                            ("closed", "Closed for good"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("moved_on", "Moved on as planned"),
                            ("treatment", "To treatment, as planned"),
                            ("her_choice", "Her own choice"),
                            ("house_ended", "The house ended it"),
                            ("arrears", "Rent that was owed"),
                            ("not_safe", "Not safe for her here"),
                            ("prison", "Prison"),
                            ("hospital", "Hospital"),
                            ("not_seen", "We no longer see her"),
                            ("died", "She died"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "where_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first_stage", "First stage"),
                            ("second_stage", "Second stage"),
                            ("semi_independent", "Semi-independent"),
                            ("flat", "Move-on flat"),
                            ("hostel", "Generic hostel"),
                            ("high_support", "High support"),
                            ("drug_free", "Drug-free third stage"),
                            ("tenancy", "Own tenancy"),
                            ("treatment", "Detox or rehab"),
                            ("family", "Family or friends"),
                            ("nowhere", "No settled place"),
                            ("prison", "Prison"),
                            ("hospital", "Hospital"),
                            ("died", "She died"),
                            ("not_known", "She does not know yet"),
                            ("not_said", "She chose not to say"),
                            ("not_asked", "We did not ask"),
                        ],
                        max_length=20,
                    ),
                ),
                ("waited", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "bed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accommodation.bed"
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accommodation.unit"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["agency", "ends"], name="use_standing"),
                    models.Index(fields=["record", "begins"], name="use_of_a_woman"),
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("bed", "="), (alongside.casework.accommodation.models.Span(), "&&")],
                        name="one_use_of_a_bed",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", alongside.casework.accommodation.codes.UseKind["STAY"])),
                        expressions=[("record", "="), (alongside.casework.accommodation.models.Span(), "&&")],
                        name="one_bed_for_a_woman",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gt", models.F("begins")), _connector="OR"),
                        name="use_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", alongside.casework.accommodation.codes.UseKind["VOID"]), ("record", None)
                            ),
                            models.Q(
                                models.Q(
                                    ("kind", alongside.casework.accommodation.codes.UseKind["VOID"]), _negated=True
                                ),
                                ("record__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="use_is_about_a_woman_or_void",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListOrder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("nowhere", "Nowhere to sleep tonight"),
                                ("not_safe", "Not safe where she is"),
                                ("ready", "She says she is ready now"),
                                ("leaving", "Leaves prison, hospital or treatment"),
                                ("moving", "Ready to move on from another house"),
                                ("back", "Comes back after a stay that broke down"),
                            ],
                            max_length=20,
                        ),
                        size=None,
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accommodation.unit"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["unit", "-recorded_at"], name="order_latest")],
            },
        ),
        migrations.CreateModel(
            name="Blocked",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "to_step",
                    models.CharField(
                        choices=[
                            ("first_stage", "First stage"),
                            ("second_stage", "Second stage"),
                            ("semi_independent", "Semi-independent"),
                            ("flat", "Move-on flat"),
                            ("hostel", "Generic hostel"),
                            ("high_support", "High support"),
                            ("drug_free", "Drug-free third stage"),
                            ("floating", "Floating support"),
                            ("tenancy", "Own tenancy"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("no_place", "No place is free"),
                            ("turned_down", "The next place turned her down"),
                            ("money", "Deposit or rent in advance"),
                            ("papers", "Papers or benefits"),
                            ("treatment", "Waiting for treatment first"),
                            ("not_yet", "She wants to wait"),
                        ],
                        max_length=20,
                    ),
                ),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
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
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accommodation.beduse"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accommodation.unit"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["agency", "ends"], name="blocked_standing")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("stay", "="), (alongside.casework.accommodation.models.Span(), "&&")],
                        name="blocked_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gt", models.F("begins")), _connector="OR"),
                        name="blocked_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
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
                ("referral", models.UUIDField(null=True)),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("nowhere", "Nowhere to sleep tonight"),
                                ("not_safe", "Not safe where she is"),
                                ("ready", "She says she is ready now"),
                                ("leaving", "Leaves prison, hospital or treatment"),
                                ("moving", "Ready to move on from another house"),
                                ("back", "Comes back after a stay that broke down"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("leaves_on", models.DateField(null=True)),
                ("bed_due", models.DateTimeField(null=True)),
                ("joined_at", models.DateTimeField()),
                ("joined_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                (
                    "ended_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("placed", "Given a bed"),
                            ("elsewhere", "Moved to another place"),
                            ("her_choice", "She no longer wants it"),
                            ("not_seen", "We no longer see her"),
                            ("died", "She died"),
                        ],
                        max_length=20,
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
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accommodation.unit"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["unit", "joined_at"], name="waiting_now"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("unit", "record"), name="waits_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("joined_at")), _connector="OR"
                        ),
                        name="waiting_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WaitingEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("joined", "Put on the list"),
                            ("changed", "What holds for her changed"),
                            ("offered", "Offered a bed"),
                            ("not_now", "She said: not now"),
                            ("ended", "Left the list"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("nowhere", "Nowhere to sleep tonight"),
                                ("not_safe", "Not safe where she is"),
                                ("ready", "She says she is ready now"),
                                ("leaving", "Leaves prison, hospital or treatment"),
                                ("moving", "Ready to move on from another house"),
                                ("back", "Comes back after a stay that broke down"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
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
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "waiting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accommodation.waiting"
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
            name="WhatIf",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("asked", models.JSONField()),
                ("answer", models.JSONField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("made_by", models.UUIDField(null=True)),
                ("given_at", models.DateTimeField(null=True)),
                ("given_by", models.UUIDField(null=True)),
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
                "indexes": [models.Index(fields=["partnership", "-made_at"], name="what_if_latest")],
            },
        ),
        migrations.CreateModel(
            name="Away",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("leave", "On leave"),
                            ("hospital", "In hospital"),
                            ("prison", "In prison"),
                            ("treatment", "In detox or rehab"),
                            ("not_seen", "Not seen"),
                        ],
                        max_length=20,
                    ),
                ),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                ("back_on", models.DateField(null=True)),
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
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accommodation.beduse"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["agency", "ends"], name="away_standing")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("stay", "="), (alongside.casework.accommodation.models.Span(), "&&")],
                        name="away_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gt", models.F("begins")), _connector="OR"),
                        name="away_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MoveTask",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notice", "Give notice here"),
                            ("rent", "Rent account and benefits"),
                            ("deposit", "Deposit"),
                            ("viewing", "Viewing and keys"),
                            ("furniture", "Furniture"),
                            ("health", "Doctor and chemist near the new place"),
                            ("support", "Support after the move"),
                        ],
                        max_length=20,
                    ),
                ),
                ("due_on", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.UUIDField(null=True)),
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
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accommodation.beduse"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["agency", "due_on"], name="task_to_do")
                ],
            },
        ),
    ]
