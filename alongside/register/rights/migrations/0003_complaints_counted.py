"""The counting job reads on which day a complaint came to which agency: of other requests, and of what it said, nothing."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_PARTNERSHIP, ROLES

COORDINATOR = ROLES["coordinator"]
RULE = f"{OWN_PARTNERSHIP} AND kind = 'complaint'"


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_protect")]
    operations = [
        migrations.RunSQL(
            f"CREATE POLICY {COORDINATOR}_counts ON rights_herrequest FOR SELECT TO {COORDINATOR} USING ({RULE});"
            f"GRANT SELECT (partnership_id, agency_id, kind, received_on) ON rights_herrequest TO {COORDINATOR}",
            migrations.RunSQL.noop,
        )
    ]
