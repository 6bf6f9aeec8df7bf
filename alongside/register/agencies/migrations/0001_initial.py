import alongside.register.agencies.codes
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120)),
                ("area", models.CharField(max_length=120)),
                ("is_invented", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("specialist", "Specialist agency"),
                            ("generic", "Generic agency"),
                            ("commissioner", "Commissioner"),
                            ("contributor", "Contributor: gives, sees nothing"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[
                            ("street", "Street outreach"),
                            ("casework", "Casework"),
                            ("dropin", "Drop-in"),
                            ("accommodation", "Accommodation"),
                            ("justice", "Police, court and prison"),
                            ("none", "No direct work"),
                        ],
                        default=alongside.register.agencies.codes.Setting["NONE"],
                        max_length=20,
                    ),
                ),
                ("prefix", models.CharField(max_length=4)),
                (
                    "partnership",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.partnership"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("partnership", "slug"), name="agency_slug"),
                    models.UniqueConstraint(fields=("partnership", "prefix"), name="agency_prefix"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
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
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="agencies.agency"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("worker", "agency", "role"),
                        name="one_membership_in_force",
                    )
                ],
            },
        ),
    ]
