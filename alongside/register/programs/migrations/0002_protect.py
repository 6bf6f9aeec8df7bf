"""Row-level security: a key belongs to one agency. Never deleted."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, ROLES, protect

APP = ROLES["agency"]


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial"), ("trail", "0002_protect")]
    operations = [protect("programs_programkey", {APP: OWN_AGENCY}, {APP: "SELECT, INSERT, UPDATE"})]
