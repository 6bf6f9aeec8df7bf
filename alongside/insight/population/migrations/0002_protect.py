"""Row-level security: exact numbers for the co-ordinator, given ones for the partnership. No role changes one."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_PARTNERSHIP, ROLES, protect

APP, COORDINATOR, COUNTER = ROLES["agency"], ROLES["coordinator"], ROLES["counter"]
READ, ADD = "SELECT", "SELECT, INSERT"


class Migration(migrations.Migration):
    dependencies = [("population", "0001_initial"), ("trail", "0002_protect")]
    operations = [
        protect("population_picture", {COORDINATOR: OWN_PARTNERSHIP}, {COORDINATOR: ADD}),
        protect(
            "population_outsidepicture",
            {APP: OWN_PARTNERSHIP, COORDINATOR: OWN_PARTNERSHIP, COUNTER: OWN_PARTNERSHIP},
            {APP: READ, COORDINATOR: ADD, COUNTER: READ},
        ),
    ]
