// Tables and functions of people's rights: requests, copies, notices to recipients, suppression, retention, end of contract.

/**
 * How long a request is kept once it is over: what shows that it was answered, and how (Art. 5(2), 12(3), 24(1)), as long as claims and fines
 * are usually brought (Art. 82, 83). ISO 8601; `verify-ledger.mjs` knows it, too.
 */
const KEPT = 'P3Y';

/** The time, in ms. */
const MS_NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

export const RIGHTS_TABLES = `
-- While it is open a request knows its person by keyed hashes or by id; what is left of it afterwards names nobody.
CREATE TABLE parley.rights_request (
  tenant_id uuid NOT NULL REFERENCES parley.tenant (id),
  id uuid NOT NULL,
  exercised text NOT NULL,
  state text NOT NULL,
  source text NOT NULL,
  hashes bytea[] NOT NULL DEFAULT '{}',
  subject_ids uuid[] NOT NULL DEFAULT '{}',
  conversation_id uuid,
  -- While another app had that conversation: nothing of it is said there.
  aside boolean NOT NULL DEFAULT false,
  -- Of an erasure, so that whoever carries it on after a crash looks where it looked.
  conversations uuid[] NOT NULL DEFAULT '{}',
  reference bytea,
  purpose text,
  code text NOT NULL UNIQUE,
  -- Of calls of a platform that found it open.
  calls text[] NOT NULL DEFAULT '{}',
  instruction_version int,
  clause text NOT NULL,
  received_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  extended_because text,
  alerted smallint NOT NULL DEFAULT 0,
  decided_at timestamptz,
  decided_by text,
  justification text,
  completed_at timestamptz,
  lifted_at timestamptz,
  evidence jsonb,
  -- What an erasure that goes on has done so far, in order; its evidence takes it over.
  progress json,
  -- The states that it was in, oldest first: {state, at}.
  history jsonb NOT NULL DEFAULT '[]',
  attempts int NOT NULL DEFAULT 0,
  not_before timestamptz NOT NULL DEFAULT now(),
  -- By a code that was sent to the person: its keyed hash, until when it is good, how often it was tried, and how many were sent.
  identity_code bytea,
  identity_until timestamptz,
  identity_tries smallint NOT NULL DEFAULT 0,
  identity_codes smallint NOT NULL DEFAULT 0,
  identity_sent_at timestamptz,
  -- Grows with what the business is told of: a state, an alert, another due time, lifting; and how far it was told. By the clock, which is not set back with a backup.
  revision bigint NOT NULL DEFAULT ${MS_NOW},
  told_revision bigint NOT NULL DEFAULT 0,
  tell_attempts int NOT NULL DEFAULT 0,
  tell_at timestamptz NOT NULL DEFAULT now(),
  -- When it goes; null: it is not over.
  kept_until timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX rights_request_open ON parley.rights_request (tenant_id, id) WHERE state NOT IN ('completed', 'refused');
CREATE INDEX rights_request_untold ON parley.rights_request (tenant_id, tell_at) WHERE told_revision < revision;
CREATE INDEX rights_request_calls ON parley.rights_request USING gin (calls);
CREATE INDEX rights_request_over ON parley.rights_request (tenant_id, kept_until);

-- A restriction and an objection are over when they are lifted, or when nobody is left to whom they apply.
CREATE FUNCTION parley.stamp_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.kept_until := CASE
    WHEN NEW.state NOT IN ('completed', 'refused') THEN NULL
    WHEN NEW.state = 'completed' AND NEW.exercised IN ('restriction', 'objection') AND NEW.lifted_at IS NULL
      AND cardinality(NEW.hashes) + cardinality(NEW.subject_ids) > 0 THEN NULL
    ELSE (greatest(NEW.completed_at, NEW.lifted_at) AT TIME ZONE 'UTC' + interval '${KEPT}') AT TIME ZONE 'UTC' END;
  IF (NEW.state, NEW.alerted, NEW.due_at, NEW.lifted_at) IS DISTINCT FROM (OLD.state, OLD.alerted, OLD.due_at, OLD.lifted_at) THEN
    NEW.revision := greatest(OLD.revision + 1, ${MS_NOW});
    NEW.tell_attempts := 0;
    NEW.tell_at := now();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stamped BEFORE UPDATE OF state, alerted, due_at, completed_at, lifted_at, hashes, subject_ids ON parley.rights_request
  FOR EACH ROW EXECUTE FUNCTION parley.stamp_request();

-- Copies for access and portability: sealed under the person's key, until they are handed over or some days have passed.
CREATE TABLE parley.rights_copy (
  tenant_id uuid NOT NULL,
  request_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  body bytea NOT NULL,
  until timestamptz NOT NULL,
  -- Of the secret of the browser that it is handed over to: from the first press on, nobody else sees it.
  holder bytea,
  PRIMARY KEY (tenant_id, request_id, subject_id),
  FOREIGN KEY (tenant_id, subject_id) REFERENCES parley.subject (tenant_id, id)
);
CREATE INDEX rights_copy_until ON parley.rights_copy (tenant_id, until);

-- What recipients are told (Art. 19); the pseudonyms in it go once it is acknowledged.
CREATE TABLE parley.recipient_notice (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  request_id uuid NOT NULL,
  recipient text NOT NULL,
  event text NOT NULL,
  url text NOT NULL,
  body bytea,
  state text NOT NULL DEFAULT 'queued',
  attempts int NOT NULL DEFAULT 0,
  code text,
  created_at timestamptz NOT NULL DEFAULT now(),
  not_before timestamptz NOT NULL DEFAULT now(),
  escalate_at timestamptz NOT NULL,
  escalated_at timestamptz,
  acknowledged_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX recipient_notice_due ON parley.recipient_notice (tenant_id, not_before) WHERE state = 'queued';
CREATE INDEX recipient_notice_request ON parley.recipient_notice (tenant_id, request_id);

-- Purposes that a person objected to (Art. 21).
CREATE TABLE parley.objection (
  tenant_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  purpose text NOT NULL,
  -- Of the request, or of the channel that takes a signal for one; no version where none was in force.
  instruction_version int,
  clause text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, subject_id, purpose),
  FOREIGN KEY (tenant_id, subject_id) REFERENCES parley.subject (tenant_id, id)
);

-- So that an objection outlives an erasure: a keyed hash under a key of its own, for this purpose only.
CREATE TABLE parley.suppression (
  tenant_id uuid NOT NULL,
  hash bytea NOT NULL,
  purpose text NOT NULL,
  instruction_version int,
  clause text NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, hash, purpose)
);

-- How far the sweeper has looked at messages under one retention rule: ids are times.
CREATE TABLE parley.retention_mark (
  tenant_id uuid NOT NULL,
  rule text NOT NULL,
  mark uuid NOT NULL,
  PRIMARY KEY (tenant_id, rule)
);

-- Erasure and retention find the hashes of a message; ids are times, so that the index only grows at its end.
CREATE INDEX attachment_subject ON parley.attachment (tenant_id, subject_id);
CREATE INDEX external_id_message ON parley.external_id (tenant_id, message_id);
`;

/** After the roles: the application role may call some of them. */
export const RIGHTS_FUNCTIONS = `
-- The time at which an id of version 7 was made.
CREATE FUNCTION parley.made_at(id uuid) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
  SELECT to_timestamp(('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0)
$$;

-- A new id of version 7, where a row is made from rows. What was said first sorts first, to the microsecond (RFC 9562, 6.2, method 3).
CREATE FUNCTION parley.new_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT (lpad(to_hex(us / 1000), 12, '0') || '7' || lpad(to_hex(us % 1000 * 4096 / 1000), 3, '0')
    || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid
  FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS us) now
$$;

-- Months that are over and empty; the application role owns no table, so it cannot drop them itself.
CREATE FUNCTION parley.drop_empty_months() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  month text;
  used boolean;
  dropped int := 0;
BEGIN
  PERFORM set_config('lock_timeout', '200ms', true);
  FOR month IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'parley.message'::regclass AND c.relname ~ '^message_[0-9]{4}_[0-9]{2}$'
      AND c.relname < 'message_' || to_char(now() AT TIME ZONE 'UTC' - interval '1 day', 'YYYY_MM')
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM parley.%I)', month) INTO used;
    IF NOT used THEN
      EXECUTE format('DROP TABLE parley.%I', month);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  RETURN dropped;
END $$;
REVOKE EXECUTE ON FUNCTION parley.drop_empty_months FROM PUBLIC;
GRANT EXECUTE ON FUNCTION parley.drop_empty_months TO parley_app;

-- What the application role may not delete by itself goes with the tenant, and only once its keys are gone.
CREATE FUNCTION parley.end_tenant(ended uuid) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part text;
  n bigint;
  counts jsonb := '{}';
BEGIN
  PERFORM set_config('parley.tenants', format('{%s}', ended), true);
  IF EXISTS (SELECT FROM parley.tenant_key WHERE tenant_id = ended) THEN
    RAISE EXCEPTION 'the keys of this tenant are not destroyed';
  END IF;
  FOREACH part IN ARRAY ARRAY['ledger_leaf', 'ledger_tile', 'ledger_head', 'ledger_checkpoint', 'ledger_key', 'instruction_statement', 'instruction_version'] LOOP
    EXECUTE format('DELETE FROM parley.%I WHERE tenant_id = $1', part) USING ended;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object(part, n);
  END LOOP;
  DELETE FROM parley.tenant WHERE id = ended;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN counts || jsonb_build_object('tenant', n);
END $$;
REVOKE EXECUTE ON FUNCTION parley.end_tenant FROM PUBLIC;
GRANT EXECUTE ON FUNCTION parley.end_tenant TO parley_app;
`;
