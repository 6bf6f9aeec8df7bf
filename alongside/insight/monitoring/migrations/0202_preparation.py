"""A return on its way to a release. Row-level security: the co-ordinator's and the counting job's."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from alongside.foundation.gate.level import OWN_PARTNERSHIP, ROLES, protect

COORDINATOR = ROLES["coordinator"]


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_more_roles"),
        ("monitoring", "0201_passages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Preparation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_by", models.UUIDField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("checked_by", models.CharField(blank=True, max_length=80)),
                ("why_not", models.TextField(blank=True)),
                (
                    "of_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="monitoring.return"
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
                    models.UniqueConstraint(
                        condition=models.Q(("checked_at", None)), fields=("of_return",), name="one_check_at_a_time"
                    )
                ],
            },
        ),
        protect("monitoring_preparation", {COORDINATOR: OWN_PARTNERSHIP}, {COORDINATOR: "SELECT, INSERT, UPDATE"}),
    ]
