"""Row-level security: exact figures for the agency and the co-ordinator; the key to women for their own agency alone."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, OWN_PARTNERSHIP, ROLES, protect

APP, COORDINATOR, COUNTER = ROLES["agency"], ROLES["coordinator"], ROLES["counter"]
WENT_OUT = f"{OWN_PARTNERSHIP} AND id IN (SELECT release_id FROM monitoring_given)"
READ, ADD = "SELECT", "SELECT, INSERT"


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial"), ("trail", "0002_protect")]
    operations = [
        protect("monitoring_snapshot", {COORDINATOR: OWN_PARTNERSHIP}, {COORDINATOR: ADD}),
        protect(
            "monitoring_return",
            {APP: OWN_AGENCY, COORDINATOR: OWN_PARTNERSHIP},
            {APP: READ, COORDINATOR: ADD},
        ),
        # The counting job writes the key and can't read it back.
        protect(
            "monitoring_returnwoman",
            {APP: OWN_AGENCY, COORDINATOR: OWN_PARTNERSHIP},
            {APP: READ, COORDINATOR: "INSERT"},
        ),
        # Nobody changes a release; commissioners read what went out.
        protect(
            "monitoring_given",
            dict.fromkeys((APP, COORDINATOR, COUNTER), OWN_PARTNERSHIP),
            {APP: ADD, COORDINATOR: ADD, COUNTER: READ},
        ),
        protect(
            "monitoring_release",
            {APP: OWN_PARTNERSHIP, COORDINATOR: OWN_PARTNERSHIP, COUNTER: WENT_OUT},
            {APP: READ, COORDINATOR: ADD, COUNTER: READ},
        ),
    ]
