import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models

from alongside.foundation.gate.level import OWN_PARTNERSHIP, ROLES, Condition, protect
from alongside.register.people.codes import StandingKind
from alongside.register.people.second_line import about, own

APP, COORDINATOR, LINKER = ROLES["agency"], ROLES["coordinator"], ROLES["linker"]
# For the jobs that count, which leave girls out of figures about women; the gate lets no person read it so.
NAMELESS = "SELECT (id, partnership_id, agency_id, record_id, kind, lifted_at)"
GIRLS = f"{OWN_PARTNERSHIP} AND kind = '{StandingKind.UNDER_18.value}'"


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_suspension"),
        ("people", "0003_sharing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="handout",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sheet", "Her sharing sheet"),
                    ("print", "A print"),
                    ("export", "An export"),
                    ("card", "A card"),
                    ("referral", "A referral on paper"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="ReadReason",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("words", models.BinaryField()),
                ("given_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("given_by", models.UUIDField()),
                ("until", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["given_by", "until"], name="read_reason_of")],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("died", "She has died"), ("under_18", "She is under 18")], max_length=10
                    ),
                ),
                ("on", models.DateField(null=True)),
                ("words", models.BinaryField(null=True)),
                ("noted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("noted_by", models.UUIDField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.UUIDField(null=True)),
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at", None)),
                        fields=["partnership", "kind"],
                        name="standing_in_force",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("record", "kind"),
                        name="one_standing_of_a_kind",
                    )
                ],
            },
        ),
        protect(
            "people_standing",
            {APP: about(), COORDINATOR: Condition(GIRLS, "false"), LINKER: Condition(GIRLS, "false")},
            {
                APP: "SELECT, INSERT, UPDATE",
                COORDINATOR: NAMELESS,
                LINKER: NAMELESS,
            },
        ),
        protect("people_readreason", {APP: own()}, {APP: "SELECT, INSERT"}),
    ]
