"""Row-level security of every table about women: own agency, or one partnership without identities."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, OWN_PARTNERSHIP, ROLES, Condition, protect
from alongside.register.people.codes import FieldGroup
from alongside.register.people.second_line import FUNCTIONS, KEEPS_ME_OUT, NO_FUNCTIONS, TO_ME, about, own, unbarred

APP, COORDINATOR, LINKER = ROLES["agency"], ROLES["coordinator"], ROLES["linker"]
OWN_SIDES = "agency_{}_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid)"
BOTH_SIDES = f"{OWN_SIDES.format('a')} AND {OWN_SIDES.format('b')}"
EITHER_SIDE = f"({OWN_SIDES.format('a')} OR {OWN_SIDES.format('b')})"
OWN_EVIDENCE = "held_by_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid)"
PAIR_UNBARRED = f"{unbarred('a_id')} AND {unbarred('b_id')}"
GIVEN_TO_US = TO_ME.replace("g.", "")
READ, ADD, CHANGE = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("trail", "0002_protect")]
    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        # First, since the policies of all other tables ask this one. Each sees what keeps her out: so it can.
        protect(
            "people_exclusion",
            {APP: Condition(f"{OWN_AGENCY} OR {KEEPS_ME_OUT}", OWN_AGENCY), COORDINATOR: KEEPS_ME_OUT},
            {APP: CHANGE, COORDINATOR: READ},
        ),
        protect(
            "people_grant",
            {APP: Condition(f"({OWN_AGENCY} OR ({GIVEN_TO_US})) AND {unbarred()}", OWN_AGENCY)},
            {APP: CHANGE},
        ),
        protect("people_handout", {APP: own()}, {APP: CHANGE}),
        protect("people_recalldone", {APP: OWN_AGENCY}, {APP: ADD}),
        protect(
            "people_record",
            {
                APP: about(column="id"),
                COORDINATOR: Condition(f"{OWN_PARTNERSHIP} AND {unbarred('id')}", OWN_PARTNERSHIP),
                LINKER: OWN_PARTNERSHIP,
            },
            {APP: CHANGE, COORDINATOR: READ, LINKER: READ},
        ),
        # No role of the product but these two ever reads a sealed field.
        protect(
            "people_identity",
            {APP: about(FieldGroup.IDENTITY), LINKER: OWN_PARTNERSHIP},
            {APP: CHANGE, LINKER: READ},
        ),
        protect("people_acceptance", {APP: own(), COORDINATOR: OWN_PARTNERSHIP}, {APP: CHANGE, COORDINATOR: READ}),
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
            {
                APP: f"{OWN_EVIDENCE} AND {PAIR_UNBARRED}",
                COORDINATOR: f"{OWN_PARTNERSHIP} AND held_by_id IS NULL AND {PAIR_UNBARRED}",
                LINKER: OWN_PARTNERSHIP,
            },
            {APP: READ, COORDINATOR: READ, LINKER: "SELECT, INSERT, UPDATE, DELETE"},
        ),
        # Decisions are added, never changed: no role may update or delete one.
        protect(
            "people_decision",
            {
                APP: Condition(f"{BOTH_SIDES} AND {PAIR_UNBARRED}", BOTH_SIDES),
                COORDINATOR: Condition(f"{OWN_PARTNERSHIP} AND {PAIR_UNBARRED}", OWN_PARTNERSHIP),
                LINKER: OWN_PARTNERSHIP,
            },
            {APP: ADD, COORDINATOR: ADD, LINKER: READ},
        ),
        protect(
            "people_caseworklink",
            {
                APP: Condition(f"{EITHER_SIDE} AND {PAIR_UNBARRED}", EITHER_SIDE),
                COORDINATOR: Condition(f"{OWN_PARTNERSHIP} AND {PAIR_UNBARRED}", OWN_PARTNERSHIP),
            },
            {APP: READ, COORDINATOR: CHANGE},
        ),
    ]
