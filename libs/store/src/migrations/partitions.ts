// Messages by month: ids are uuid version 7, so a range of ids is a range of time, and a month that is due goes whole.
import { MESSAGE_UPKEEP } from './upkeep.js';

/**
 * parley.make_partitions: this month and `ahead` more; answers how many were missing. It runs with its owner's rights, because the
 * application role owns nothing. Rows outside of all months go to the default partition.
 */
export const PARTITIONS = `
CREATE FUNCTION parley.uuid_at(at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT rpad(lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;
CREATE FUNCTION parley.make_partitions(ahead int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
  made int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7064130);
  FOR i IN 0..ahead LOOP
    IF to_regclass('parley.message_' || to_char(month, 'YYYY_MM')) IS NULL THEN
      EXECUTE format('CREATE TABLE parley.%I PARTITION OF parley.message FOR VALUES FROM (%L) TO (%L) WITH (${MESSAGE_UPKEEP})',
        'message_' || to_char(month, 'YYYY_MM'),
        parley.uuid_at(month AT TIME ZONE 'UTC'),
        parley.uuid_at((month + interval '1 month') AT TIME ZONE 'UTC'));
      made := made + 1;
    END IF;
    month := month + interval '1 month';
  END LOOP;
  RETURN made;
END $$;
REVOKE EXECUTE ON FUNCTION parley.make_partitions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION parley.make_partitions TO parley_app;
SELECT parley.make_partitions(1);
`;
