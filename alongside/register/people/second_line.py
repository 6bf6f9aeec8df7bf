"""The sharing rule for row-level security, in the measured shape: sub-selects that run once a query, never per row."""

from alongside.foundation.gate.level import OWN_AGENCY, Condition
from alongside.register.people.codes import FieldGroup

_AGENCY = "(SELECT nullif(current_setting('app.agency', true), '')::uuid)"
_WORKER = "(SELECT nullif(current_setting('app.user', true), '')::uuid)"
_TODAY = "(SELECT (now() AT TIME ZONE 'Europe/London')::date)"
_TEAMS = (
    f"SELECT {{}} FROM agencies_membership m WHERE m.worker_id = {_WORKER} AND (m.until IS NULL OR m.until >= {_TODAY})"
)

# Rows of the table of exclusions that keep out whoever asks.
KEEPS_ME_OUT = (
    f"(worker_id = {_WORKER} OR (feared_role = '' AND (feared_agency_id = {_AGENCY}"
    f" OR feared_agency_id IN ({_TEAMS.format('m.agency_id')})))"
    f" OR (feared_role <> '' AND (feared_agency_id, feared_role) IN ({_TEAMS.format('m.agency_id, m.role')})))"
)
BARRED = f"SELECT x.record_id FROM people_exclusion x WHERE x.lifted_at IS NULL AND {KEEPS_ME_OUT}"
IN_FORCE = "g.withdrawn_at IS NULL AND g.until_at > now()"
TO_ME = f"g.to_agency_id = {_AGENCY} AND (g.to_worker_id IS NULL OR g.to_worker_id = {_WORKER})"


def unbarred(column: str = "record_id") -> str:
    # A row about no woman bars nobody: NULL NOT IN (...) would be unknown, which hides it.
    return f"({column} IS NULL OR {column} NOT IN ({BARRED}))"


def given(group: FieldGroup | None = None, column: str = "record_id") -> str:
    """Rows about records whose holder gave the asker `group`, or any group."""
    of_group = f" AND '{group.value}' = ANY (g.groups)" if group else ""
    return f"{column} IN (SELECT g.record_id FROM people_grant g WHERE {TO_ME} AND {IN_FORCE}{of_group})"


def about(group: FieldGroup | None = None, column: str = "record_id") -> Condition:
    """Seen: own rows and given ones, but for barred records. Written: own rows alone."""
    return Condition(f"({OWN_AGENCY} OR {given(group, column)}) AND {unbarred(column)}", OWN_AGENCY)


def own(column: str = "record_id") -> Condition:
    """Seen: own rows but for barred records. Written: own rows."""
    return Condition(f"{OWN_AGENCY} AND {unbarred(column)}", OWN_AGENCY)
