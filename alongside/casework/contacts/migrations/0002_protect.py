"""Row-level security: what is about a woman goes by what she agreed; shifts and sessions are an agency's own.

For counting, the co-ordinator's role reads coded columns of the whole partnership, and no sealed one.
"""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, OWN_PARTNERSHIP, ROLES, protect
from alongside.register.people.about import protect_about
from alongside.register.people.codes import FieldGroup

APP, COORDINATOR, COUNTER = ROLES["agency"], ROLES["coordinator"], ROLES["counter"]
READ, ADD, CHANGE = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE"
CODED = (
    "id, partnership_id, agency_id, shift_id, session_id, area_id, occurred_at, outcome, place, staying, topics, given,"
    " services, brought_by, worry, withdrawn_at"
)
OWN = {APP: OWN_AGENCY, COORDINATOR: OWN_PARTNERSHIP}


def counted(table: str, columns: str) -> migrations.RunSQL:
    """The counting job reads these columns, nothing else."""
    return migrations.RunSQL(
        f"CREATE POLICY {COORDINATOR}_counts ON {table} FOR SELECT TO {COORDINATOR} USING ({OWN_PARTNERSHIP});"
        f"GRANT SELECT ({columns}) ON {table} TO {COORDINATOR}",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial"), ("people", "0003_sharing"), ("trail", "0002_protect")]
    operations = [
        protect_about("contacts_contact", FieldGroup.WHEREABOUTS, CHANGE),
        counted("contacts_contact", f"{CODED}, record_id"),
        protect_about("contacts_lookout", FieldGroup.WHEREABOUTS, CHANGE),
        protect("contacts_unnamedcontact", {APP: OWN_AGENCY}, {APP: CHANGE}),
        counted("contacts_unnamedcontact", CODED),
        protect("contacts_shift", {APP: OWN_AGENCY}, {APP: CHANGE}),
        counted(
            "contacts_shift",
            "id, partnership_id, agency_id, begun_at, ended_at, starts, ends, kind, areas, called_off_at",
        ),
        protect("contacts_onshift", {APP: OWN_AGENCY}, {APP: ADD}),
        protect("contacts_training", {APP: OWN_AGENCY}, {APP: CHANGE}),
        protect("contacts_dropinsession", OWN, {APP: CHANGE, COORDINATOR: READ}),
        protect(
            "contacts_area",
            {APP: OWN_PARTNERSHIP, COORDINATOR: OWN_PARTNERSHIP},
            {APP: CHANGE, COORDINATOR: CHANGE},
        ),
        # Contributors give and read nothing back; those who go out read what the partnership was given.
        protect(
            "contacts_notice",
            {APP: OWN_PARTNERSHIP, COORDINATOR: OWN_PARTNERSHIP, COUNTER: OWN_AGENCY},
            {APP: READ, COORDINATOR: READ, COUNTER: "INSERT"},
        ),
        # No row about a woman: a digest of a secret that a calendar shows before anybody is known.
        migrations.RunSQL(f"GRANT SELECT, INSERT, UPDATE ON contacts_feedkey TO {APP}", migrations.RunSQL.noop),
    ]
