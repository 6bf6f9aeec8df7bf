"""Row-level security: an agency's own shelves; the partnership's for counting."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, OWN_PARTNERSHIP, ROLES, protect

APP, COORDINATOR = ROLES["agency"], ROLES["coordinator"]


class Migration(migrations.Migration):
    dependencies = [("supplies", "0001_initial"), ("trail", "0002_protect")]
    operations = [
        protect(
            "supplies_stockplace",
            {APP: OWN_AGENCY, COORDINATOR: OWN_PARTNERSHIP},
            {APP: "SELECT, INSERT, UPDATE", COORDINATOR: "SELECT"},
        ),
        # Moves are added, never changed.
        protect(
            "supplies_stockmove",
            {APP: OWN_AGENCY, COORDINATOR: OWN_PARTNERSHIP},
            {APP: "SELECT, INSERT", COORDINATOR: "SELECT"},
        ),
    ]
