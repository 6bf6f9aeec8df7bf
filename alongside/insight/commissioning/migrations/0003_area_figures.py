"""Figures of other areas. Row-level security: everyone of the partnership reads, the co-ordinator writes."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from alongside.foundation.gate.level import OWN_PARTNERSHIP, ROLES, protect

APP, COORDINATOR, COUNTER = ROLES["agency"], ROLES["coordinator"], ROLES["counter"]


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_more_roles"),
        ("commissioning", "0002_protect"),
    ]

    operations = [
        migrations.CreateModel(
            name="AreaFigure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=60)),
                ("area", models.CharField(max_length=80)),
                ("count", models.PositiveIntegerField()),
                ("of", models.PositiveIntegerField(null=True)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("meaning", models.CharField(max_length=400)),
                ("source", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("set_by", models.UUIDField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
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
                    models.CheckConstraint(
                        condition=models.Q(("since__lte", models.F("until"))), name="area_figure_begins_first"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("of", None), ("count__lte", models.F("of")), _connector="OR"),
                        name="area_figure_within_its_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("meaning", ""), _negated=True), models.Q(("source", ""), _negated=True)
                        ),
                        name="area_figure_says_what_it_is",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("partnership", "key", "area", "since", "until"),
                        name="one_figure_of_an_area",
                    ),
                ],
            },
        ),
        protect(
            "commissioning_areafigure",
            dict.fromkeys((APP, COORDINATOR, COUNTER), OWN_PARTNERSHIP),
            {APP: "SELECT", COORDINATOR: "SELECT, INSERT, UPDATE", COUNTER: "SELECT"},
        ),
    ]
