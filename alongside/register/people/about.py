"""Rows of other rooms that are about a woman: the sharing rule, written once.

Every casework row has `record` (one agency's own record) and `agency` (that agency). A room says which field group its
rows belong to; who may see them is decided here, for the gate (`about_record`) and for the database (`protect_about`).
"""

from django.db.migrations import RunSQL

from alongside.foundation.gate.level import OWN_AGENCY, ROLES, protect
from alongside.foundation.gate.rows import Rule
from alongside.register.people.codes import FieldGroup
from alongside.register.people.policy import held


def about_record(group: FieldGroup) -> Rule:
    """Whose rows of `group` an actor may see: those of her own agency."""
    del group  # what she agreed to share with other agencies will be told by group

    return held


def protect_about(table: str, group: FieldGroup, grants: str) -> RunSQL:
    """The same for row-level security. `grants`: what caseworkers' requests may do ("SELECT, INSERT")."""
    del group
    app = ROLES["agency"]
    return protect(table, {app: OWN_AGENCY}, {app: grants})
