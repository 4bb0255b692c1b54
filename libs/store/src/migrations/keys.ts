// The keys of persons, in a table of their own: small, so that it can be written anew once some of them were destroyed (docs/decisions/0004).

/** So many parts, each locked by itself while it is written anew: with a million persons for about half a second (0004). */
const PARTS = 8;
const parts = Array.from({ length: PARTS }, (_, n) => `subject_key_${n}`);

/** What is written anew, table by table. */
export const KEY_TABLES: readonly string[] = ['tenant_key', ...parts];

export const KEY_TABLE = `
CREATE TABLE parley.subject_key (
  tenant_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  wrapped_key bytea NOT NULL,
  PRIMARY KEY (tenant_id, subject_id),
  FOREIGN KEY (tenant_id, subject_id) REFERENCES parley.subject (tenant_id, id)
) PARTITION BY HASH (subject_id);
${parts.map((part, n) => `CREATE TABLE parley.${part} PARTITION OF parley.subject_key FOR VALUES WITH (MODULUS ${PARTS}, REMAINDER ${n});`).join('\n')}

-- That keys were destroyed whose former rows still stand in the files; nobody is meant. Gone once they do not.
CREATE TABLE parley.destroyed_key (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  at timestamptz NOT NULL DEFAULT now()
);
`;

/** A key that a restoration is about to fill in is none yet. */
const noted = (table: string, key: string): string => `
CREATE FUNCTION parley.note_destroyed_${table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM former WHERE ${key} <> '') THEN INSERT INTO parley.destroyed_key DEFAULT VALUES; END IF;
  RETURN NULL;
END $$;
${['DELETE', 'UPDATE'].map((event) => `CREATE TRIGGER noted_${event.toLowerCase()} AFTER ${event} ON parley.${table} REFERENCING OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION parley.note_destroyed_${table}();`).join('\n')}`;

/**
 * They run with their owner's rights, because the application role owns nothing. Who waits for a table makes all who come after wait:
 * so it waits a moment only, and tries again later. What CLUSTER VERBOSE says is for whoever calls it.
 */
export const KEY_FUNCTIONS = `
${noted('subject_key', 'wrapped_key')}
${noted('tenant_key', 'wrapped')}

CREATE FUNCTION parley.rewrite_keys(part text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT part = ANY ('{${KEY_TABLES.join(',')}}') THEN RAISE EXCEPTION 'no table of keys'; END IF;
  PERFORM set_config('lock_timeout', '100ms', true);
  EXECUTE format('CLUSTER VERBOSE parley.%I USING %I', part, part || '_pkey');
END $$;
REVOKE EXECUTE ON FUNCTION parley.rewrite_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION parley.rewrite_keys TO parley_app;

-- Does what was written ahead go with a checkpoint? Where it is recycled, archived or sent elsewhere, or the owner of these tables may not ask, it does not.
CREATE FUNCTION parley.drops_written_ahead() RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE') AND pg_has_role('pg_checkpoint', 'USAGE')
    AND current_setting('wal_recycle') = 'off' AND current_setting('archive_mode') = 'off' AND current_setting('wal_keep_size') = '0'
    AND NOT EXISTS (SELECT FROM pg_replication_slots)
$$;
REVOKE EXECUTE ON FUNCTION parley.drops_written_ahead FROM PUBLIC;
GRANT EXECUTE ON FUNCTION parley.drops_written_ahead TO parley_app;

CREATE FUNCTION parley.drop_written_ahead() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT parley.drops_written_ahead() THEN RETURN false; END IF;
  PERFORM pg_switch_wal();
  CHECKPOINT;
  RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION parley.drop_written_ahead FROM PUBLIC;
GRANT EXECUTE ON FUNCTION parley.drop_written_ahead TO parley_app;
GRANT SELECT, DELETE ON parley.destroyed_key TO parley_app;
`;
