"""Row-level security: everyone of the partnership who works with women reads; each agency writes its own."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, OWN_PARTNERSHIP, ROLES, Condition, protect

APP, COORDINATOR = ROLES["agency"], ROLES["coordinator"]
BOTH: dict[str, str | Condition] = {APP: Condition(OWN_PARTNERSHIP, OWN_AGENCY), COORDINATOR: OWN_PARTNERSHIP}


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("trail", "0002_protect")]
    operations = [
        protect("directory_openplace", BOTH, {APP: "SELECT, INSERT, UPDATE", COORDINATOR: "SELECT"}),
    ]
