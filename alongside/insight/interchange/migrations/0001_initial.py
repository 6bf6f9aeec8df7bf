import alongside.insight.interchange.codes
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandedIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for you"),
                            ("waiting", "Waiting to go in"),
                            ("taking", "Going in"),
                            ("stopped", "Stopped half way"),
                            ("taken", "Taken in"),
                            ("undoing", "Being undone"),
                            ("undone", "Undone"),
                            ("discarded", "Thrown away"),
                        ],
                        default=alongside.insight.interchange.codes.ListState["OPEN"],
                        max_length=10,
                    ),
                ),
                ("data_key", models.BinaryField(null=True)),
                ("file_index", models.BigIntegerField()),
                ("headings_index", models.BigIntegerField()),
                ("file_name", models.BinaryField(null=True)),
                ("reading", models.BinaryField(null=True)),
                ("prints", models.BinaryField(null=True)),
                ("form", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
                ("position", models.PositiveIntegerField(default=0)),
                ("with_gaps", models.BooleanField(default=False)),
                ("handed_in_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("handed_in_by", models.UUIDField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("asked_by", models.UUIDField(null=True)),
                ("worked_at", models.DateTimeField(null=True)),
                ("worked_by", models.CharField(blank=True, max_length=40)),
                ("taken_in_at", models.DateTimeField(null=True)),
                ("taken_in_by", models.UUIDField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.UUIDField(null=True)),
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
                "ordering": ["-handed_in_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["agency", "-handed_in_at"], name="handed_in_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("agency", "file_index"), name="same_file_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FilePart",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("reading", models.PositiveSmallIntegerField(default=0)),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.BinaryField()),
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
                    "handed_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="interchange.handedin"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("handed_in", "reading", "number"), name="file_part")],
            },
        ),
        migrations.CreateModel(
            name="RememberedMapping",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("headings_index", models.BigIntegerField()),
                ("data_key", models.BinaryField()),
                ("mapping", models.BinaryField()),
                ("chosen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("chosen_by", models.UUIDField(null=True)),
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
                    models.UniqueConstraint(fields=("agency", "headings_index"), name="mapping_remembered")
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("sheet", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("problem", "One of its cells cannot be read"),
                            ("unreadable", "It cannot be read"),
                            ("corrected", "Corrected, ready to go in"),
                            ("left_out", "Left out"),
                        ],
                        max_length=10,
                    ),
                ),
                ("cells", models.BinaryField()),
                ("corrected_at", models.DateTimeField(null=True)),
                ("corrected_by", models.UUIDField(null=True)),
                ("taken_in_at", models.DateTimeField(null=True)),
                ("taken_in_by", models.UUIDField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "handed_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="interchange.handedin"
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
                "ordering": ["sheet", "number"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("handed_in", "sheet", "number"), name="staged_once")],
            },
        ),
    ]
