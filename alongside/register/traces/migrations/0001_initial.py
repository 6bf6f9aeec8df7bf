"""Two functions that reach across the rooms for one record of the agency that acts, whatever rooms there are.

Rows about a woman hang on her record by a foreign key; everything that tells who she is, or what was said, is a sealed
value (bytes). So erasing needs no list of tables: it follows the foreign keys, and a room that comes later is covered.

`traces_erase(her)`, for a record of the acting agency only; no row when there is none. It
- gives back (holder, id) of every data key that anything about her was sealed under: to be destroyed by the key process;
- empties every sealed value of rows that hang on her record, and of rows that hang on those;
- deletes what the vault knows her by, with its blind indexes, and every row that joins two records (links);
- lets her be a person of her own, so that nothing tells with whom she was grouped;
- forgets the files of the agency's lists that went in: one of them may hold her line;
- leaves the record as a nameless stub, removed, with days and codes for counts.

`traces_unmet(since)`: which worker of the acting agency opened which record though nobody there met the woman within two
weeks before or after, and though the worker did not write what she is known by.

`traces_readers(her)`: the rows of the trail about a record of the acting agency, whichever agency read.
"""

from django.db import migrations

APP = "alongside_app"
ERASE = r"""
CREATE FUNCTION traces_sealed(place regclass) RETURNS TABLE (name text, needed boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT attname::text, attnotnull FROM pg_attribute
    WHERE attrelid = place AND attnum > 0 AND NOT attisdropped AND atttypid = 'bytea'::regtype ORDER BY attnum
$$;

CREATE FUNCTION traces_empty(place regclass, which text, her uuid, home uuid, beyond uuid)
RETURNS TABLE (holder uuid, key bytea)
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    field record;
    owner text := 'NULL::uuid';
    changes text[] := '{}';
BEGIN
    IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = place AND attname = 'agency_id' AND NOT attisdropped) THEN
        owner := 'agency_id';
    END IF;
    FOR field IN SELECT * FROM traces_sealed(place) LOOP
        -- A key's own id in `data_key`; a text that stands alone carries the id behind the byte 2.
        RETURN QUERY EXECUTE format(
            'SELECT DISTINCT h, k FROM (SELECT %1$s AS o, CASE WHEN %2$L = ''data_key'' AND length(%2$I) = 16 THEN %2$I'
            ' WHEN length(%2$I) >= 46 AND get_byte(%2$I, 0) = 2 THEN substring(%2$I from 2 for 16) END AS k'
            ' FROM %3$s WHERE %4$s) s, unnest(ARRAY[coalesce(o, $2), $2, $3]) AS h WHERE k IS NOT NULL',
            owner, field.name, place, which) USING her, home, beyond;
        changes := changes || format('%I = %s', field.name, CASE WHEN field.needed THEN '''''::bytea' ELSE 'NULL' END);
    END LOOP;
    IF changes <> '{}' THEN
        EXECUTE format('UPDATE %s SET %s WHERE %s', place, array_to_string(changes, ', '), which) USING her;
    END IF;
END $$;

CREATE FUNCTION traces_erase(her uuid) RETURNS TABLE (holder uuid, key bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    acting uuid := nullif(current_setting('app.agency', true), '')::uuid;
    home uuid; beyond uuid; place record; below record; which text;
BEGIN
    SELECT agency_id, partnership_id INTO home, beyond FROM people_record WHERE id = her AND agency_id = acting FOR UPDATE;
    IF home IS NULL THEN RETURN; END IF;
    FOR place IN
        SELECT conrelid::regclass AS name, array_agg(attname::text ORDER BY attname) AS fields
        FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'f' AND confrelid = 'people_record'::regclass GROUP BY conrelid ORDER BY conrelid::regclass::text
    LOOP
        SELECT string_agg(format('%I = $1', f), ' OR ') INTO which FROM unnest(place.fields) AS f;
        FOR below IN
            SELECT c.conrelid::regclass AS name, a.attname::text AS field, t.attname::text AS target
            FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            JOIN pg_attribute t ON t.attrelid = c.confrelid AND t.attnum = c.confkey[1]
            WHERE c.contype = 'f' AND c.confrelid = place.name::oid AND c.conrelid <> c.confrelid
        LOOP
            RETURN QUERY SELECT * FROM traces_empty(below.name,
                format('%I IN (SELECT %I FROM %s WHERE %s)', below.field, below.target, place.name, which),
                her, home, beyond);
        END LOOP;
        RETURN QUERY SELECT * FROM traces_empty(place.name, which, her, home, beyond);
        IF cardinality(place.fields) > 1 OR place.name = 'people_identity'::regclass THEN
            EXECUTE format('DELETE FROM %s WHERE %s', place.name, which) USING her;
        END IF;
    END LOOP;
    -- An envelope from a phone has the id of the contact that came of it.
    IF to_regclass('phone_envelope') IS NOT NULL AND to_regclass('contacts_contact') IS NOT NULL THEN
        EXECUTE 'UPDATE phone_envelope SET sealed = $2'
            ' WHERE op IN (SELECT id FROM contacts_contact WHERE record_id = $1)' USING her, ''::bytea;
    END IF;
    INSERT INTO people_person (id, partnership_id) VALUES (her, beyond) ON CONFLICT DO NOTHING;
    UPDATE people_grouping SET person_id = her WHERE record_id = her;
    RETURN QUERY SELECT home, data_key FROM interchange_handedin
        WHERE agency_id = home AND state = 'taken' AND data_key IS NOT NULL;
    DELETE FROM interchange_filepart WHERE handed_in_id IN
        (SELECT id FROM interchange_handedin WHERE agency_id = home AND state = 'taken');
    UPDATE interchange_stagedrow SET cells = '' WHERE handed_in_id IN
        (SELECT id FROM interchange_handedin WHERE agency_id = home AND state = 'taken');
    UPDATE interchange_handedin SET data_key = NULL, file_name = NULL, reading = NULL, prints = NULL
        WHERE agency_id = home AND state = 'taken';
    UPDATE people_record SET source = NULL, removed_at = coalesce(removed_at, now()),
        removed_by = nullif(current_setting('app.user', true), '')::uuid WHERE id = her;
END $$;

CREATE FUNCTION traces_readers(her uuid)
RETURNS TABLE (at timestamptz, agency_id uuid, user_id uuid, job varchar, permission varchar, allowed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.at, t.agency_id, t.user_id, t.job, t.permission, t.allowed FROM trail_trailrow t
    WHERE t.subjects @> ARRAY[her] AND t.kind = 'Record' AND EXISTS (
        SELECT 1 FROM people_record r WHERE r.id = her
        AND r.agency_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid))
    ORDER BY t.id DESC LIMIT 500
$$;

CREATE FUNCTION traces_unmet(since timestamptz) RETURNS TABLE (user_id uuid, record_id uuid, times bigint, last timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    RETURN QUERY SELECT t.user_id, t.subjects[1], count(*), max(t.at) FROM trail_trailrow t
    WHERE t.agency_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid) AND t.at >= since
    AND t.permission = 'people.read_names' AND t.allowed AND t.user_id IS NOT NULL AND cardinality(t.subjects) = 1
    AND NOT EXISTS (SELECT 1 FROM contacts_contact c WHERE c.record_id = t.subjects[1]
        AND c.occurred_at BETWEEN t.at - interval '14 days' AND t.at + interval '14 days')
    AND NOT EXISTS (SELECT 1 FROM people_identity i WHERE i.record_id = t.subjects[1] AND i.recorded_by = t.user_id
        AND i.recorded_at BETWEEN t.at - interval '14 days' AND t.at + interval '14 days')
    GROUP BY t.user_id, t.subjects[1] ORDER BY max(t.at) DESC LIMIT 500;
END $$;
"""
FUNCTIONS = {
    "traces_sealed(regclass)": "",
    "traces_empty(regclass, text, uuid, uuid, uuid)": "",
    "traces_erase(uuid)": APP,
    "traces_readers(uuid)": APP,
    "traces_unmet(timestamptz)": APP,
}
RIGHTS = "".join(
    f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC;" + (f"GRANT EXECUTE ON FUNCTION {name} TO {who};" if who else "")
    for name, who in FUNCTIONS.items()
)
UNDO = "".join(f"DROP FUNCTION {name};" for name in reversed(FUNCTIONS))


class Migration(migrations.Migration):
    initial = True
    dependencies = [("people", "0003_sharing"), ("interchange", "0001_initial"), ("trail", "0003_seals")]
    operations = [migrations.RunSQL(ERASE + RIGHTS, UNDO)]
