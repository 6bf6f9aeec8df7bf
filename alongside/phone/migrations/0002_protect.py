"""Row-level security: a phone and what it sent belong to one agency. Envelopes are never deleted."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, ROLES, protect

APP = ROLES["agency"]


class Migration(migrations.Migration):
    dependencies = [("phone", "0001_initial"), ("trail", "0002_protect")]
    operations = [
        protect("phone_device", {APP: OWN_AGENCY}, {APP: "SELECT, INSERT, UPDATE"}),
        protect("phone_envelope", {APP: OWN_AGENCY}, {APP: "SELECT, INSERT, UPDATE"}),
    ]
