from django.db import migrations

# Spelt out here: the trail stands below the gate and knows nothing of it.
TABLE = "trail_trailrow"
APP = "alongside_app"
ALL_ROLES = f"{APP}, alongside_coordinator, alongside_linker, alongside_counter"
OWN_AGENCY = "agency_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid)"


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"""
            ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;
            CREATE POLICY owner_migrates ON {TABLE} TO CURRENT_USER USING (true);
            CREATE POLICY everyone_adds ON {TABLE} FOR INSERT TO {ALL_ROLES} WITH CHECK (true);
            CREATE POLICY own_agency_reads ON {TABLE} FOR SELECT TO {APP} USING ({OWN_AGENCY});
            GRANT INSERT ON {TABLE} TO {ALL_ROLES};
            GRANT SELECT ON {TABLE} TO {APP};
            """,
            migrations.RunSQL.noop,
        )
    ]
