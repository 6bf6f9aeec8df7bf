import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from alongside.foundation.gate.level import ROLES


class Migration(migrations.Migration):
    dependencies = [("accommodation", "0002_protect"), ("agencies", "0003_suspension")]
    operations = [
        migrations.CreateModel(
            name="MovesFeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("digest", models.BinaryField(unique=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("made_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            f"GRANT SELECT, INSERT, UPDATE ON accommodation_movesfeed TO {ROLES['agency']}", migrations.RunSQL.noop
        ),
    ]
