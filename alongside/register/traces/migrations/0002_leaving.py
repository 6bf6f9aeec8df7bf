"""`traces_leave()`: what an agency that left the partnership held, emptied as `traces_erase` empties one record.

For the acting agency only, and only once it has left (`agencies_agency.left_at`). It
- deletes what joins its records to others', and what its vault knows women by, with the blind indexes;
- lets each of its women be a person of her own, so that nothing tells with whom she was grouped;
- ends whom it leads, and what it asked or was asked to lead, and that others may know of its records;
- empties every sealed value (bytes) of rows that it holds, and of rows that hang on its records;
- leaves its records as nameless stubs, removed, with days and codes for counts.
The trail, and the seals that it kept, stay. Gives back how many records there were.
"""

from django.db import migrations

APP = "alongside_app"
LEAVE = r"""
CREATE FUNCTION traces_leave() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    home uuid := nullif(current_setting('app.agency', true), '')::uuid;
    beyond uuid; place record; field record; changes text[]; which text[]; fields text[]; held bigint;
BEGIN
    SELECT partnership_id INTO beyond FROM agencies_agency WHERE id = home AND left_at IS NOT NULL;
    IF beyond IS NULL THEN RETURN 0; END IF;
    FOR place IN
        SELECT c.oid, c.oid::regclass AS name FROM pg_class c
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'trail\_%'
        ORDER BY c.relname
    LOOP
        SELECT coalesce(array_agg(a.attname::text ORDER BY a.attname), '{}') INTO fields
        FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
        WHERE k.contype = 'f' AND k.conrelid = place.oid AND k.confrelid = 'people_record'::regclass;
        SELECT coalesce(array_agg(format('%I IN (SELECT id FROM people_record WHERE agency_id = $1)', f)), '{}')
        INTO which FROM unnest(fields) AS f;
        IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = place.oid AND attname = 'agency_id' AND NOT attisdropped) THEN
            which := which || 'agency_id = $1'::text;
        END IF;
        CONTINUE WHEN which = '{}';
        IF cardinality(fields) > 1 OR place.oid = 'people_identity'::regclass THEN
            EXECUTE format('DELETE FROM %s WHERE %s', place.name, array_to_string(which, ' OR ')) USING home;
            CONTINUE;
        END IF;
        changes := '{}';
        FOR field IN SELECT * FROM traces_sealed(place.name) LOOP
            changes := changes || format('%I = %s', field.name, CASE WHEN field.needed THEN '''''::bytea' ELSE 'NULL' END);
        END LOOP;
        IF changes <> '{}' THEN
            EXECUTE format('UPDATE %s SET %s WHERE %s', place.name, array_to_string(changes, ', '),
                array_to_string(which, ' OR ')) USING home;
        END IF;
    END LOOP;
    INSERT INTO people_person (id, partnership_id) SELECT id, beyond FROM people_record WHERE agency_id = home
        ON CONFLICT DO NOTHING;
    UPDATE people_grouping SET person_id = record_id
        WHERE record_id IN (SELECT id FROM people_record WHERE agency_id = home);
    UPDATE people_lead SET ended_at = now(), ended_by = nullif(current_setting('app.user', true), '')::uuid
        WHERE agency_id = home AND ended_at IS NULL;
    UPDATE people_lead SET offered_to_id = NULL, offered_at = NULL, offered_by = NULL WHERE offered_to_id = home;
    UPDATE people_acceptance SET withdrawn_at = now() WHERE agency_id = home AND withdrawn_at IS NULL;
    SELECT count(*) INTO held FROM people_record WHERE agency_id = home;
    UPDATE people_record SET source = NULL, removed_at = coalesce(removed_at, now()) WHERE agency_id = home;
    RETURN held;
END $$;
REVOKE ALL ON FUNCTION traces_leave() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("traces", "0001_initial"),
        ("agencies", "0005_leaving"),
        ("people", "0007_lead"),
    ]
    operations = [
        migrations.RunSQL(LEAVE + f"GRANT EXECUTE ON FUNCTION traces_leave() TO {APP}", "DROP FUNCTION traces_leave()"),
    ]
