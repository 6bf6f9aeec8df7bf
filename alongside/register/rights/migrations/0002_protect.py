"""Row-level security: an agency's own rows, but for women she is kept from; an emergency look is its holder's too."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, OWN_PARTNERSHIP, ROLES, Condition, protect
from alongside.register.people.second_line import own, unbarred

APP = ROLES["agency"]
CHANGE = "SELECT, INSERT, UPDATE"
OF_HOLDER = OWN_AGENCY.replace("agency_id", "holder_id", 1)
OF_EITHER = f"{OWN_PARTNERSHIP} AND ({OWN_AGENCY} OR {OF_HOLDER})"


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial"), ("people", "0002_protect"), ("trail", "0002_protect")]
    operations = [
        *(
            protect(f"rights_{table}", {APP: own()}, {APP: CHANGE})
            for table in ("disclosure", "herrequest", "legalhold", "kepton")
        ),
        *(protect(f"rights_{table}", {APP: OWN_AGENCY}, {APP: CHANGE}) for table in ("retentionrule", "breach")),
        # Whom they mean may not be known.
        protect(
            "rights_outsiderequest",
            {APP: Condition(f"{OWN_AGENCY} AND (record_id IS NULL OR {unbarred()})", OWN_AGENCY)},
            {APP: CHANGE},
        ),
        protect("rights_emergencylook", {APP: Condition(f"{OF_EITHER} AND {unbarred()}", OF_EITHER)}, {APP: CHANGE}),
    ]
