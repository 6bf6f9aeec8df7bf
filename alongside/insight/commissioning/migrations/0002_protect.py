"""Row-level security: what was agreed for a service is its agency's; questions are the partnership's."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, OWN_PARTNERSHIP, ROLES, Condition, protect

APP, COORDINATOR, COUNTER = ROLES["agency"], ROLES["coordinator"], ROLES["counter"]
MINE = f"{OWN_PARTNERSHIP} AND (agency_id IS NULL OR {OWN_AGENCY})"
IN_MY_NAME = f"{OWN_PARTNERSHIP} AND {OWN_AGENCY}"
READ, CHANGE = "SELECT", "SELECT, INSERT, UPDATE"
AGREED = {APP: Condition(MINE, IN_MY_NAME), COORDINATOR: OWN_PARTNERSHIP, COUNTER: OWN_PARTNERSHIP}


class Migration(migrations.Migration):
    dependencies = [("commissioning", "0001_initial"), ("trail", "0002_protect")]
    operations = [
        protect("commissioning_plan", AGREED, {APP: CHANGE, COORDINATOR: CHANGE, COUNTER: READ}),
        protect("commissioning_target", AGREED, {APP: CHANGE, COORDINATOR: CHANGE, COUNTER: READ}),
        # Commissioners ask and close in the name of their own agency; everyone in the partnership reads.
        protect(
            "commissioning_question",
            {APP: OWN_PARTNERSHIP, COORDINATOR: OWN_PARTNERSHIP, COUNTER: Condition(OWN_PARTNERSHIP, IN_MY_NAME)},
            {APP: READ, COORDINATOR: READ, COUNTER: CHANGE},
        ),
        protect(
            "commissioning_answer",
            {
                APP: Condition(OWN_PARTNERSHIP, IN_MY_NAME),
                COORDINATOR: Condition(OWN_PARTNERSHIP, IN_MY_NAME),
                COUNTER: OWN_PARTNERSHIP,
            },
            {APP: "SELECT, INSERT", COORDINATOR: "SELECT, INSERT", COUNTER: READ},
        ),
        protect(
            "commissioning_oldreturn",
            {APP: IN_MY_NAME, COORDINATOR: IN_MY_NAME},
            {APP: CHANGE, COORDINATOR: CHANGE},
        ),
    ]
