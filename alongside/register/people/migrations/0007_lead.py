import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from alongside.foundation.gate.level import OWN_AGENCY, ROLES, Condition, protect
from alongside.register.people.second_line import unbarred

APP = ROLES["agency"]
ASKED = "(offered_to_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid) AND ended_at IS NULL)"


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_more_roles"),
        ("people", "0006_one_number_a_list"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Lead",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("woman", models.UUIDField(default=uuid.uuid4)),
                ("since_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("since_by", models.UUIDField()),
                ("reads_on", models.BooleanField(default=False)),
                ("offered_at", models.DateTimeField(null=True)),
                ("offered_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "offered_to",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["agency", "worker"], name="lead_of_worker"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("record",), name="one_lead_of_a_record"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("woman",), name="one_lead_of_a_woman"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offered_to", models.F("agency")), _negated=True),
                        name="lead_offered_to_another",
                    ),
                ],
            },
        ),
        protect(
            "people_lead",
            {APP: Condition(f"({OWN_AGENCY} OR {ASKED}) AND {unbarred()}", OWN_AGENCY)},
            {APP: "SELECT, INSERT, UPDATE"},
        ),
    ]
