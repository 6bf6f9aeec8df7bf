import uuid

import django.contrib.postgres.indexes
from django.db import migrations, models

ROWS, SEALS, KEPT = "trail_trailrow", "trail_seal", "trail_kepthead"
APP, SEALER = "alongside_app", "alongside_sealer"
OWN_AGENCY = "agency_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid)"


class Migration(migrations.Migration):
    dependencies = [("trail", "0002_protect")]
    operations = [
        migrations.AddIndex("trailrow", models.Index(fields=["user_id", "at"], name="trail_user")),
        migrations.AddIndex(
            "trailrow", django.contrib.postgres.indexes.GinIndex(fields=["subjects"], name="trail_subjects")
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                ("rows", models.IntegerField()),
                ("root", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=200)),
                ("head", models.BinaryField()),
                ("signature", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="KeptHead",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("agency_id", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("head", models.BinaryField()),
                ("kept_at", models.DateTimeField()),
                ("kept_by", models.UUIDField()),
            ],
            options={"indexes": [models.Index(fields=["agency_id", "-number"], name="kept_head_agency")]},
        ),
        migrations.RunSQL(
            f"""
            GRANT USAGE ON SCHEMA public TO {SEALER};
            CREATE POLICY sealer_reads ON {ROWS} FOR SELECT TO {SEALER} USING (true);
            GRANT SELECT ON {ROWS} TO {SEALER};
            GRANT SELECT, INSERT ON {SEALS} TO {SEALER};
            GRANT SELECT ON {SEALS} TO {APP};
            ALTER TABLE {KEPT} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {KEPT} FORCE ROW LEVEL SECURITY;
            CREATE POLICY owner_migrates ON {KEPT} TO CURRENT_USER USING (true) WITH CHECK (true);
            CREATE POLICY own_agency ON {KEPT} TO {APP} USING ({OWN_AGENCY}) WITH CHECK ({OWN_AGENCY});
            CREATE POLICY sealer_reads ON {KEPT} FOR SELECT TO {SEALER} USING (true);
            GRANT SELECT, INSERT ON {KEPT} TO {APP};
            GRANT SELECT ON {KEPT} TO {SEALER};
            """,
            migrations.RunSQL.noop,
        ),
    ]
