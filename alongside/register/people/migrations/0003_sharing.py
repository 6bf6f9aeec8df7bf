"""Candidates by match key, under row-level security.

PostgreSQL uses no index for an operator that is not leak-proof (array overlap is not) below a policy: measured, a
look-up among 100,000 records read them all (32 ms instead of 0.04). This function looks into the index for the owner,
obeys the same condition as the policy, and gives out ids only, those that share the most telling keys first; reading
those rows is under the policy as ever.
"""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, ROLES

MAKE = f"""
CREATE FUNCTION people_sharing(narrow bigint[], asked bigint[], worth double precision[], most integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public ROWS 60 AS $$
    SELECT id FROM public.people_identity
    WHERE match_keys && narrow AND is_current AND {OWN_AGENCY}
    ORDER BY (SELECT sum(w) FROM unnest(asked, worth) AS wanted(k, w) WHERE k = ANY (match_keys)) DESC, id
    LIMIT most
$$;
REVOKE ALL ON FUNCTION people_sharing(bigint[], bigint[], double precision[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_sharing(bigint[], bigint[], double precision[], integer) TO {ROLES["agency"]};
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_protect")]
    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION people_sharing(bigint[], bigint[], double precision[], integer)")
    ]
