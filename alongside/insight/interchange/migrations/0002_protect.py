"""Row-level security: an agency's own lists. Who only gives (reach "counter") reads nothing back once it went in."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, ROLES, protect

APP, COUNTER = ROLES["agency"], ROLES["counter"]
ADD, CHANGE = "SELECT, INSERT", "SELECT, INSERT, UPDATE"
STILL_OPEN = f"{OWN_AGENCY} AND handed_in_id IN (SELECT id FROM interchange_handedin WHERE state = 'open')"


class Migration(migrations.Migration):
    dependencies = [("interchange", "0001_initial"), ("trail", "0002_protect")]
    operations = [
        protect("interchange_handedin", {APP: OWN_AGENCY, COUNTER: OWN_AGENCY}, {APP: CHANGE, COUNTER: CHANGE}),
        protect("interchange_filepart", {APP: OWN_AGENCY, COUNTER: STILL_OPEN}, {APP: ADD, COUNTER: ADD}),
        protect(
            "interchange_stagedrow",
            {APP: OWN_AGENCY, COUNTER: f"{OWN_AGENCY} AND taken_in_at IS NULL"},
            {APP: f"{CHANGE}, DELETE", COUNTER: f"{CHANGE}, DELETE"},
        ),
        protect(
            "interchange_rememberedmapping", {APP: OWN_AGENCY, COUNTER: OWN_AGENCY}, {APP: CHANGE, COUNTER: CHANGE}
        ),
    ]
