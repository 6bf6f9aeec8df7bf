"""Notes on her page with their drafts, and how she may be reached. Drafts are the one thing that is deleted."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models

from alongside.register.people.about import protect_about
from alongside.register.people.codes import FieldGroup


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_suspension"),
        ("contacts", "0201_matters"),
        ("people", "0003_sharing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("words", models.BinaryField()),
                ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("written_by", models.UUIDField(null=True)),
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
                "indexes": [models.Index(fields=["record", "-written_at"], name="note_of_record")],
            },
        ),
        migrations.CreateModel(
            name="NoteDraft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("worker", models.UUIDField()),
                ("words", models.BinaryField()),
                ("saved_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("saved_by", models.UUIDField(null=True)),
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
                "constraints": [models.UniqueConstraint(fields=("record", "worker"), name="one_draft_each")],
            },
        ),
        migrations.CreateModel(
            name="SafeContact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "calls",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("not_said", "She chose not to say"),
                            ("not_known", "She does not know"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "texts",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("not_said", "She chose not to say"),
                            ("not_known", "She does not know"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "messages",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("not_said", "She chose not to say"),
                            ("not_known", "She does not know"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "visits",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("not_said", "She chose not to say"),
                            ("not_known", "She does not know"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.BinaryField(null=True)),
                ("told_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("told_by", models.UUIDField(null=True)),
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
                "indexes": [models.Index(fields=["record", "-told_at"], name="safe_contact_of_record")],
            },
        ),
        protect_about("contacts_safecontact", FieldGroup.SAFE_CONTACT, "SELECT, INSERT"),
        protect_about("contacts_note", FieldGroup.NOTES, "SELECT, INSERT, UPDATE"),
        protect_about("contacts_notedraft", FieldGroup.NOTES, "SELECT, INSERT, UPDATE, DELETE"),
    ]
