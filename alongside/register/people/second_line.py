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
_TODAY = "(SELECT (now() AT TIME ZONE 'Europe/London')::date)"
_STABLE = "LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public"
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION people_teams() RETURNS TABLE (agency_id uuid, role varchar)
{_STABLE} ROWS 2 AS $$ BEGIN
    RETURN QUERY SELECT m.agency_id, m.role FROM public.agencies_membership m
    WHERE m.worker_id = {_WORKER} AND (m.until IS NULL OR m.until >= {_TODAY});
END $$;
CREATE OR REPLACE FUNCTION people_barred() RETURNS SETOF uuid
{_STABLE} ROWS 10 AS $$ BEGIN
    RETURN QUERY SELECT x.record_id FROM public.people_exclusion x WHERE x.lifted_at IS NULL AND {KEEPS_ME_OUT};
END $$;
CREATE OR REPLACE FUNCTION people_given(asked text) RETURNS SETOF uuid
{_STABLE} ROWS 100 AS $$ BEGIN
    RETURN QUERY SELECT g.record_id FROM public.people_grant g
    WHERE {TO_ME} AND {IN_FORCE} AND (asked IS NULL OR asked = ANY (g.groups));
    RETURN QUERY SELECT f.her FROM people_by_forum() f WHERE asked IS NULL OR asked = f.field_group;
END $$;
"""
LISTED = f"ended_at IS NULL AND until >= {_TODAY} AND forum_id IN (SELECT people_sits())"
# What forums give. Who sits on none is through with the first question. Which grants to a forum may be read at all is
# said by their own policy: those in force of women on a list of hers (`people_listed`), and those that are over where
# the own agency holds a numbered copy to destroy (`people_copied`).
FORUM_FUNCTIONS = f"""
CREATE FUNCTION people_sits() RETURNS SETOF uuid
{_STABLE} ROWS 2 AS $$ BEGIN
    RETURN QUERY SELECT a.forum_id FROM public.agencies_attendee a JOIN public.agencies_forum f ON f.id = a.forum_id
    WHERE a.worker_id = {_WORKER} AND a.agency_id = {_AGENCY} AND a.until_at IS NULL AND f.ended_at IS NULL;
END $$;
CREATE FUNCTION people_listed() RETURNS TABLE (to_forum uuid, her uuid)
{_STABLE} ROWS 10 AS $$ BEGIN
    RETURN QUERY SELECT i.forum_id, i.record_id FROM public.people_item i
    WHERE i.ended_at IS NULL AND i.until >= {_TODAY};
END $$;
CREATE FUNCTION people_copied() RETURNS TABLE (to_forum uuid, her uuid)
{_STABLE} ROWS 10 AS $$ BEGIN
    RETURN QUERY SELECT a.forum_id, h.record_id
    FROM (SELECT DISTINCT s.forum_id FROM public.agencies_attendee s WHERE s.agency_id = {_AGENCY}) a,
        (SELECT DISTINCT p.record_id FROM public.people_handout p
         WHERE p.agency_id = {_AGENCY} AND p.destroyed_at IS NULL) h;
END $$;
CREATE FUNCTION people_by_forum() RETURNS TABLE (her uuid, field_group varchar)
{_STABLE} ROWS 10 AS $$ BEGIN
    IF NOT EXISTS (SELECT FROM people_sits()) THEN RETURN; END IF;
    RETURN QUERY SELECT g.record_id, unnest(g.groups) FROM public.people_grant g
    WHERE {IN_FORCE} AND g.to_forum_id IN (SELECT people_sits()) AND g.agency_id <> {_AGENCY};
END $$;
"""
NO_FORUM_FUNCTIONS = "DROP FUNCTION people_by_forum(), people_copied(), people_listed(), people_sits()"
TO_MY_FORUM = (
    "(to_forum_id IS NOT NULL AND CASE WHEN withdrawn_at IS NULL AND until_at > now()"
    " THEN (to_forum_id, record_id) IN (SELECT l.to_forum, l.her FROM people_listed() l)"
    " ELSE (to_forum_id, record_id) IN (SELECT c.to_forum, c.her FROM people_copied() c) END)"
)
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
