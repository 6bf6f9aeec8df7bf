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
            name="StockPlace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("low_marks", models.JSONField(default=dict)),
                ("is_open", models.BooleanField(default=True)),
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
                "constraints": [models.UniqueConstraint(fields=("agency", "name"), name="stock_place_name")],
            },
        ),
        migrations.CreateModel(
            name="StockMove",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "item",
                    models.CharField(
                        choices=[
                            ("condoms", "Condoms"),
                            ("lubricant", "Lubricant"),
                            ("naloxone", "Naloxone kits"),
                            ("needles", "Needle packs"),
                            ("foil", "Foil"),
                            ("food", "Food"),
                            ("hot_drink", "Hot drinks"),
                            ("clothes", "Warm clothes"),
                            ("toiletries", "Toiletries"),
                            ("alarm", "Personal alarms"),
                            ("card", "The card of what is open"),
                            ("returned", "Used needles brought back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("change", models.IntegerField()),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("delivered", "Came in"),
                            ("given", "Given to a woman"),
                            ("left", "Left at a refill point"),
                            ("brought_back", "Brought back"),
                            ("counted", "Counted on the shelf"),
                            ("spoilt", "Out of date or spoilt"),
                        ],
                        max_length=12,
                    ),
                ),
                ("contact", models.UUIDField(null=True)),
                ("moved_on", models.DateField()),
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
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="supplies.stockplace"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["place", "item"], name="stock_of_place")],
                "constraints": [models.UniqueConstraint(fields=("contact", "item", "why"), name="stock_given_once")],
            },
        ),
    ]
