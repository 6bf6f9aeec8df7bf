"""Rows of other rooms that are about a woman: the sharing rule, written once.

Every casework row has `record` (one agency's own record) and `agency` (that agency). A room says which field group its
rows belong to; who may see them is decided here, for the gate (`about_record`) and for the database (`protect_about`).

Rows of other agencies are seen where a grant is in force: an action that loads one must ask for `same_agency` too, or
PostgreSQL refuses the write.
"""

from django.db.migrations import RunSQL
from django.db.models import Q

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import ROLES, protect
from alongside.foundation.gate.rows import Rule
from alongside.register.people import second_line
from alongside.register.people.codes import FieldGroup
from alongside.register.people.policy import about


def about_record(group: FieldGroup) -> Rule:
    """Whose rows of `group` an actor may see: those of her own agency, and those that a grant in force gives her.

    Never those about a woman from whom she is kept. What her role may see at all is in `matrix.py`.
    """

    def rule(actor: Actor) -> Q:
        return about(actor, group)

    return rule


def protect_about(table: str, group: FieldGroup, grants: str) -> RunSQL:
    """The same for row-level security. `grants`: what caseworkers' requests may do ("SELECT, INSERT").

    The migration that uses it depends on `("people", "0002_protect")`.
    """
    app = ROLES["agency"]
    return protect(table, {app: second_line.about(group)}, {app: grants})
