import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models

from alongside.foundation.gate.level import OWN_AGENCY, ROLES, Condition, protect
from alongside.register.people.second_line import IN_FORCE, TO_ME, unbarred

APP = ROLES["agency"]
# By name only, in the own agency too: here the database knows the worker.
GIVEN = (
    f'(record_id, "group") IN (SELECT g.record_id, unnest(g.groups) FROM people_grant g WHERE {TO_ME} AND {IN_FORCE})'
)
SEEN = f"(({OWN_AGENCY} AND \"group\" NOT IN ('sexual_violence', 'immigration')) OR {GIVEN}) AND {unbarred()}"


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_more_roles"),
        ("people", "0004_standing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="exclusion",
            name="feared_role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("outreach_worker", "Outreach worker"),
                    ("key_worker", "Key worker"),
                    ("hostel_worker", "Hostel worker"),
                    ("nurse", "Nurse or prescriber"),
                    ("court_worker", "Court and prison link worker"),
                    ("treatment_worker", "Treatment key worker"),
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
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "group",
                    models.CharField(
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
                ),
                ("words", models.BinaryField(null=True)),
                ("risk", models.BinaryField(null=True)),
                ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("written_by", models.UUIDField()),
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
                "indexes": [models.Index(fields=["record"], name="matter_of_record")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["sexual_violence", "immigration", "health", "children"])),
                        name="matter_of_a_private_group",
                    )
                ],
            },
        ),
        protect("people_matter", {APP: Condition(SEEN, OWN_AGENCY)}, {APP: "SELECT, INSERT, UPDATE"}),
    ]
