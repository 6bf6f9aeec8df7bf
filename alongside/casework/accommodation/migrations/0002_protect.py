"""Row-level security, and how many places are free in another agency's house: a number, and no row behind it."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, OWN_PARTNERSHIP, ROLES, protect
from alongside.register.people.about import protect_about
from alongside.register.people.codes import FieldGroup

APP, COORDINATOR, COUNTER = ROLES["agency"], ROLES["coordinator"], ROLES["counter"]
READ, ADD, CHANGE = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE"
GIVEN = f"{OWN_PARTNERSHIP} AND given_at IS NOT NULL"
ABOUT_HER = {
    "accommodation_beduse": CHANGE,
    "accommodation_away": CHANGE,
    "accommodation_blocked": CHANGE,
    "accommodation_movetask": CHANGE,
    "accommodation_waiting": CHANGE,
    "accommodation_waitingevent": ADD,
}


def readable(table: str, role: str, condition: str) -> migrations.RunSQL:
    """A role that reads the rows under `condition` and adds none."""
    return migrations.RunSQL(
        f"CREATE POLICY {role}_reads ON {table} FOR SELECT TO {role} USING ({condition}); GRANT SELECT ON {table} TO {role}",
        migrations.RunSQL.noop,
    )


FREE = f"""
CREATE FUNCTION accommodation_places(asked uuid) RETURNS integer[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT ARRAY[count(*)::integer, count(*) FILTER (WHERE NOT EXISTS (
        SELECT 1 FROM public.accommodation_beduse u
        WHERE u.bed_id = b.id AND u.begins <= statement_timestamp() AND (u.ends IS NULL OR u.ends > statement_timestamp())))::integer]
    FROM public.accommodation_bed b
    WHERE b.unit_id = asked AND b.{OWN_PARTNERSHIP}
      AND b.opened_on <= (statement_timestamp() AT TIME ZONE 'Europe/London')::date
      AND NOT EXISTS (
        SELECT 1 FROM public.accommodation_beduse c
        WHERE c.bed_id = b.id AND c.void_reason = 'closed' AND c.begins <= statement_timestamp())
$$;
REVOKE ALL ON FUNCTION accommodation_places(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accommodation_places(uuid) TO {APP}, {COORDINATOR};
"""


class Migration(migrations.Migration):
    dependencies = [("accommodation", "0001_initial"), ("people", "0002_protect"), ("trail", "0002_protect")]
    operations = [
        *(protect_about(table, FieldGroup.WHEREABOUTS, grants) for table, grants in ABOUT_HER.items()),
        *(readable(table, COORDINATOR, OWN_PARTNERSHIP) for table in ABOUT_HER),
        protect("accommodation_unit", {APP: OWN_AGENCY}, {APP: CHANGE}),
        # Which houses there are, everyone in the partnership may know; only their own agency changes them.
        readable("accommodation_unit", APP, OWN_PARTNERSHIP),
        protect("accommodation_bed", {APP: OWN_AGENCY}, {APP: ADD}),
        protect("accommodation_listorder", {APP: OWN_AGENCY}, {APP: ADD}),
        *(readable(f"accommodation_{name}", COORDINATOR, OWN_PARTNERSHIP) for name in ("unit", "bed", "listorder")),
        protect("accommodation_whatif", {COORDINATOR: OWN_PARTNERSHIP}, {COORDINATOR: CHANGE}),
        readable("accommodation_whatif", APP, GIVEN),
        readable("accommodation_whatif", COUNTER, GIVEN),
        migrations.RunSQL(FREE, "DROP FUNCTION accommodation_places(uuid)"),
    ]
