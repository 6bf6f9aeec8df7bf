import alongside.register.people.codes
import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("agencies", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=16)),
                ("first_seen_on", models.DateField(null=True)),
                ("last_seen_on", models.DateField(null=True)),
                ("source", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.UUIDField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                ("removed_by", models.UUIDField(null=True)),
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
                "indexes": [models.Index(fields=["source"], name="record_source")],
                "constraints": [models.UniqueConstraint(fields=("agency", "code"), name="record_code")],
            },
        ),
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "basis",
                    models.CharField(choices=[("she_agreed", "She agreed"), ("law", "The law says so")], max_length=12),
                ),
                ("how_asked", models.BinaryField(null=True)),
                ("asked_on", models.DateField()),
                ("until", models.DateField()),
                ("accepted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("accepted_by", models.UUIDField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
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
                        condition=models.Q(("withdrawn_at", None)), fields=("record",), name="one_acceptance_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("asked_on"))), name="acceptance_ends_after_it_begins"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "judgement",
                    models.CharField(
                        choices=[
                            ("same", "The same woman"),
                            ("not_same", "Not the same woman"),
                            ("not_sure", "Not sure"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("statistical", "Counts only"), ("casework", "Both agencies may know")],
                        default=alongside.register.people.codes.LinkBasis["STATISTICAL"],
                        max_length=12,
                    ),
                ),
                ("reason", models.BinaryField(null=True)),
                ("probability", models.FloatField(null=True)),
                ("evidence", models.JSONField(default=dict)),
                ("model_version", models.CharField(blank=True, max_length=80)),
                ("decided_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("decided_by", models.UUIDField()),
                (
                    "agency_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "agency_b",
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
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="people.decision",
                    ),
                ),
                (
                    "a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["a", "b"], name="decision_pair")],
            },
        ),
        migrations.CreateModel(
            name="CaseworkLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("until", models.DateField()),
                ("since_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("since_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                (
                    "acceptance_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.acceptance"
                    ),
                ),
                (
                    "acceptance_b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.acceptance"
                    ),
                ),
                (
                    "agency_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "agency_b",
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.decision"
                    ),
                ),
                (
                    "a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "b",
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
                        condition=models.Q(("ended_at", None)), fields=("a", "b"), name="one_casework_link_in_force"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("source", models.UUIDField(null=True)),
                ("data_key", models.BinaryField(null=True)),
                ("seen_from", models.DateField(null=True)),
                ("seen_to", models.DateField(null=True)),
                ("reference_index", models.BigIntegerField(null=True)),
                ("content_index", models.BigIntegerField(null=True)),
                (
                    "match_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("reference", models.BinaryField(null=True)),
                ("names", models.BinaryField(null=True)),
                ("last_names", models.BinaryField(null=True)),
                ("born", models.BinaryField(null=True)),
                ("age", models.BinaryField(null=True)),
                ("ethnicity", models.BinaryField(null=True)),
                ("area", models.BinaryField(null=True)),
                ("marks", models.BinaryField(null=True)),
                ("phones", models.BinaryField(null=True)),
                ("note", models.BinaryField(null=True)),
                ("untold", models.BinaryField(null=True)),
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
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="identities", to="people.record"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["agency", "reference_index"], name="identity_reference"),
                    models.Index(fields=["agency", "content_index"], name="identity_content"),
                    models.Index(fields=["source"], name="identity_source"),
                    django.contrib.postgres.indexes.GinIndex(fields=["match_keys"], name="identity_match_keys"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("record", "version"), name="identity_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("record",), name="identity_current"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkageRun",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Under way"),
                            ("finished", "Finished"),
                            ("stopped", "Stopped before its end"),
                        ],
                        default=alongside.register.people.codes.RunState["RUNNING"],
                        max_length=10,
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=120)),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("model", models.JSONField(default=dict)),
                ("figures", models.JSONField(default=dict)),
                ("evidence", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("made_by", models.CharField(max_length=80)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("probability", models.FloatField()),
                ("weight", models.FloatField()),
                ("gain", models.FloatField(default=0)),
                ("evidence", models.JSONField()),
                (
                    "a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "agency_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "agency_b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.record"
                    ),
                ),
                (
                    "held_by",
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.linkagerun"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["partnership", "held_by", "probability"], name="pair_probability"),
                    models.Index(fields=["b"], name="pair_second"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("a", "b", "held_by"), name="one_pair", nulls_distinct=False)
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
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
            },
        ),
        migrations.CreateModel(
            name="Grouping",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.record",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.partnership"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
            name="Grant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("identity", "Names, age, description"),
                                ("safe_contact", "How to reach her safely"),
                                ("whereabouts", "Where she is"),
                                ("health", "Health"),
                                ("sexual_violence", "Sexual violence"),
                                ("immigration", "Immigration"),
                                ("children", "Children"),
                                ("court_police", "Court and police"),
                                ("notes", "Notes"),
                                ("monitoring", "Monitoring"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("support", "To support you"),
                            ("home", "To find you a safe place to live"),
                            ("health", "To look after your health"),
                            ("court", "To help with court or prison"),
                            ("safety", "To keep you safe"),
                        ],
                        default=alongside.register.people.codes.Purpose["SUPPORT"],
                        max_length=12,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("agreed", "She agreed"),
                            ("named", "Named for this matter in the agency that holds it"),
                            ("disclosure", "Shared without asking her, by two people, for a reason in law"),
                            ("break_glass", "Opened in an emergency, for four hours"),
                        ],
                        default=alongside.register.people.codes.GrantBasis["AGREED"],
                        max_length=12,
                    ),
                ),
                ("how_asked", models.BinaryField(null=True)),
                ("asked_on", models.DateField()),
                ("given_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("given_by", models.UUIDField()),
                ("until_at", models.DateTimeField()),
                ("until_by", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
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
                    "to_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "to_worker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)), fields=["to_agency", "until_at"], name="grant_to"
                    ),
                    models.Index(fields=["record"], name="grant_record"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("basis", alongside.register.people.codes.GrantBasis["AGREED"]), ("withdrawn_at", None)
                        ),
                        fields=("record", "to_agency"),
                        name="one_agreement_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "until_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("given_at"), "+", models.Value(datetime.timedelta(days=368))
                                ),
                            )
                        ),
                        name="grant_ends_within_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "basis__in",
                                [
                                    alongside.register.people.codes.GrantBasis["AGREED"],
                                    alongside.register.people.codes.GrantBasis["DISCLOSURE"],
                                ],
                            ),
                            ("to_worker__isnull", False),
                            _connector="OR",
                        ),
                        name="grant_to_one_worker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basis", alongside.register.people.codes.GrantBasis["NAMED"]),
                            models.Q(("to_agency", models.F("agency")), _negated=True),
                            ("basis", alongside.register.people.codes.GrantBasis["BREAK_GLASS"]),
                            _connector="OR",
                        ),
                        name="grant_to_another_agency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handout",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sheet", "Her sharing sheet"),
                            ("print", "A print"),
                            ("export", "An export"),
                            ("card", "A card"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("identity", "Names, age, description"),
                                ("safe_contact", "How to reach her safely"),
                                ("whereabouts", "Where she is"),
                                ("health", "Health"),
                                ("sexual_violence", "Sexual violence"),
                                ("immigration", "Immigration"),
                                ("children", "Children"),
                                ("court_police", "Court and police"),
                                ("notes", "Notes"),
                                ("monitoring", "Monitoring"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("made_by", models.UUIDField()),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("destroyed_by", models.UUIDField(null=True)),
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
                "indexes": [models.Index(fields=["record"], name="handout_record")],
                "constraints": [models.UniqueConstraint(fields=("agency", "number"), name="handout_number")],
            },
        ),
        migrations.CreateModel(
            name="RecallDone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("done_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("done_by", models.UUIDField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "grant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recalled", to="people.grant"
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
            },
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "feared_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("outreach_worker", "Outreach worker"),
                            ("key_worker", "Key worker"),
                            ("hostel_worker", "Hostel worker"),
                            ("manager", "Service manager"),
                            ("coordinator", "Partnership co-ordinator"),
                            ("commissioner", "Commissioner"),
                            ("contributor", "Contributor"),
                            ("dp_lead", "Data protection lead"),
                            ("system_admin", "System administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("she_asked", "She asked us to"),
                            ("safety", "It is safer for her"),
                            ("conflict", "The worker said so herself"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.BinaryField(null=True)),
                ("excluded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("excluded_by", models.UUIDField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.UUIDField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "feared_agency",
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
                    "worker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(condition=models.Q(("lifted_at", None)), fields=["worker"], name="exclusion_worker"),
                    models.Index(
                        condition=models.Q(("lifted_at", None)), fields=["feared_agency"], name="exclusion_agency"
                    ),
                    models.Index(fields=["record"], name="exclusion_record"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("record", "agency", "worker", "feared_agency", "feared_role"),
                        name="one_exclusion_in_force",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("feared_agency__isnull", True), ("feared_role", ""), ("worker__isnull", False)),
                            models.Q(("feared_agency__isnull", False), ("worker__isnull", True)),
                            _connector="OR",
                        ),
                        name="exclusion_of_a_worker_or_an_agency",
                    ),
                ],
            },
        ),
    ]
