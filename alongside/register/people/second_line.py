"""The sharing rule for row-level security: whom she is kept from, and what was given.

Two measures shape it. A condition may run once a query, never per row: each is a sub-select. And PostgreSQL plans the
sub-selects of every policy anew for each query, with the policies of the tables inside them: that took longer than
running them. So they stand in functions of PL/pgSQL, which keeps its plans for as long as a connection lasts. They run
as whoever asks, under row-level security themselves, and read the tables each time: what is withdrawn is gone from the
next statement on.
"""

from alongside.foundation.gate.level import OWN_AGENCY, Condition
from alongside.register.people.codes import FieldGroup

_AGENCY = "(SELECT nullif(current_setting('app.agency', true), '')::uuid)"
_WORKER = "(SELECT nullif(current_setting('app.user', true), '')::uuid)"
IN_FORCE = "g.withdrawn_at IS NULL AND g.until_at > now()"
TO_ME = f"g.to_agency_id = {_AGENCY} AND (g.to_worker_id IS NULL OR g.to_worker_id = {_WORKER})"

# Rows of the table of exclusions that keep out whoever asks.
KEEPS_ME_OUT = (
    f"(worker_id = {_WORKER} OR (feared_role = '' AND (feared_agency_id = {_AGENCY}"
    " OR feared_agency_id IN (SELECT t.agency_id FROM people_teams() t)))"
    " OR (feared_role <> '' AND (feared_agency_id, feared_role) IN (SELECT t.agency_id, t.role FROM people_teams() t)))"
)
FUNCTIONS = f"""
CREATE FUNCTION people_teams() RETURNS TABLE (agency_id uuid, role varchar)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public ROWS 2 AS $$ BEGIN
    RETURN QUERY SELECT m.agency_id, m.role FROM public.agencies_membership m
    WHERE m.worker_id = {_WORKER}
      AND (m.until IS NULL OR m.until >= (SELECT (now() AT TIME ZONE 'Europe/London')::date));
END $$;
CREATE FUNCTION people_barred() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public ROWS 10 AS $$ BEGIN
    RETURN QUERY SELECT x.record_id FROM public.people_exclusion x WHERE x.lifted_at IS NULL AND {KEEPS_ME_OUT};
END $$;
CREATE FUNCTION people_given(asked text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public ROWS 100 AS $$ BEGIN
    RETURN QUERY SELECT g.record_id FROM public.people_grant g
    WHERE {TO_ME} AND {IN_FORCE} AND (asked IS NULL OR asked = ANY (g.groups));
END $$;
"""
NO_FUNCTIONS = "DROP FUNCTION people_given(text), people_barred(), people_teams()"


def unbarred(column: str = "record_id") -> str:
    # A row about no woman bars nobody: NULL NOT IN (...) would be unknown, which hides it.
    return f"({column} IS NULL OR {column} NOT IN (SELECT people_barred()))"


def given(group: FieldGroup | None = None, column: str = "record_id") -> str:
    """Rows about records whose holder gave the asker `group`, or any group."""
    asked = f"'{group.value}'" if group else "NULL"
    return f"{column} IN (SELECT people_given({asked}))"


def about(group: FieldGroup | None = None, column: str = "record_id") -> Condition:
    """Seen: own rows and given ones, but for barred records. Written: own rows alone."""
    return Condition(f"({OWN_AGENCY} OR {given(group, column)}) AND {unbarred(column)}", OWN_AGENCY)


def own(column: str = "record_id") -> Condition:
    """Seen: own rows but for barred records. Written: own rows."""
    return Condition(f"{OWN_AGENCY} AND {unbarred(column)}", OWN_AGENCY)
