"""Row-level security of every table about women: own agency, or one partnership without identities."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, OWN_PARTNERSHIP, ROLES, protect

APP, COORDINATOR, LINKER = ROLES["agency"], ROLES["coordinator"], ROLES["linker"]
OWN_SIDES = "agency_{}_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid)"
BOTH_SIDES = f"{OWN_SIDES.format('a')} AND {OWN_SIDES.format('b')}"
EITHER_SIDE = f"({OWN_SIDES.format('a')} OR {OWN_SIDES.format('b')})"
OWN_EVIDENCE = "held_by_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid)"
READ, ADD, CHANGE = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("trail", "0002_protect")]
    operations = [
        protect(
            "people_record",
            {APP: OWN_AGENCY, COORDINATOR: OWN_PARTNERSHIP, LINKER: OWN_PARTNERSHIP},
            {APP: CHANGE, COORDINATOR: READ, LINKER: READ},
        ),
        # No role of the product but these two ever reads a sealed field.
        protect(
            "people_identity",
            {APP: OWN_AGENCY, LINKER: OWN_PARTNERSHIP},
            {APP: CHANGE, LINKER: READ},
        ),
        protect("people_acceptance", {APP: OWN_AGENCY, COORDINATOR: OWN_PARTNERSHIP}, {APP: CHANGE, COORDINATOR: READ}),
        # An agency may add persons for its new records but can't read who is grouped with whom.
        protect(
            "people_person",
            {APP: OWN_PARTNERSHIP, COORDINATOR: OWN_PARTNERSHIP, LINKER: OWN_PARTNERSHIP},
            {APP: "INSERT", COORDINATOR: ADD, LINKER: ADD},
        ),
        protect(
            "people_grouping",
            {APP: OWN_PARTNERSHIP, COORDINATOR: OWN_PARTNERSHIP, LINKER: OWN_PARTNERSHIP},
            {APP: "INSERT", COORDINATOR: CHANGE, LINKER: CHANGE},
        ),
        protect(
            "people_linkagerun",
            {COORDINATOR: OWN_PARTNERSHIP, LINKER: OWN_PARTNERSHIP},
            {COORDINATOR: READ, LINKER: CHANGE},
        ),
        # What an agency sees of its own records is made from its own list; the partnership's evidence it never sees.
        protect(
            "people_pair",
            {APP: OWN_EVIDENCE, COORDINATOR: f"{OWN_PARTNERSHIP} AND held_by_id IS NULL", LINKER: OWN_PARTNERSHIP},
            {APP: READ, COORDINATOR: READ, LINKER: "SELECT, INSERT, UPDATE, DELETE"},
        ),
        # Decisions are added, never changed: no role may update or delete one.
        protect(
            "people_decision",
            {APP: BOTH_SIDES, COORDINATOR: OWN_PARTNERSHIP, LINKER: OWN_PARTNERSHIP},
            {APP: ADD, COORDINATOR: ADD, LINKER: READ},
        ),
        protect(
            "people_caseworklink",
            {APP: EITHER_SIDE, COORDINATOR: OWN_PARTNERSHIP},
            {APP: READ, COORDINATOR: CHANGE},
        ),
    ]
