"""Row-level security: by kind of facts, as she agreed; the counting job reads what is coded, and whose it is."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_PARTNERSHIP, ROLES
from alongside.register.people.about import protect_about
from alongside.register.people.codes import FieldGroup

COORDINATOR = ROLES["coordinator"]
CODED = 'id, partnership_id, agency_id, record_id, subject, answer, "on", taken_back_at'
TABLES = {
    "needs_healthanswer": FieldGroup.HEALTH,
    "needs_courtanswer": FieldGroup.COURT,
    "needs_lifeanswer": FieldGroup.MONITORING,
}


def counted(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE POLICY {COORDINATOR}_counts ON {table} FOR SELECT TO {COORDINATOR} USING ({OWN_PARTNERSHIP});"
        f"GRANT SELECT ({CODED}) ON {table} TO {COORDINATOR}",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_initial"), ("people", "0003_sharing"), ("trail", "0002_protect")]
    operations = [
        step
        for table, group in TABLES.items()
        for step in (protect_about(table, group, "SELECT, INSERT, UPDATE"), counted(table))
    ]
