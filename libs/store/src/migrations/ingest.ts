// The group commit: everything that many webhooks change, in one statement and one round trip.
import { SENT_AGAIN } from './failures.js';

/**
 * What many messages and delivery states have in common stands once, in the columns d_…, and m_origin and s_origin say where; of messages,
 * hashes (16 bytes each) and bodies come end to end.
 * parley.ingest: messages (de-duplicated by the unique key of external_id), delivery states, observation counters and
 * ledger leaves, all or nothing. Returns the ids of the messages that are new; a redelivery is not among them. And of those of ours
 * that a status made a dead letter of.
 * What a row looks up is written so that it is looked up by its key (OFFSET 0 keeps the planner from a join): the planner goes by the
 * average tenant, and for a small one it is cheaper to read everything.
 */
export const INGEST = `
-- What the platform says of a message, and the answer to its sending, which tells the message's id there, wait for each other:
-- otherwise neither sees the other's row, and the message is never told. Taken before any row, so that nobody waits in a circle.
CREATE FUNCTION parley.in_turn(hashes bytea[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1, key) FROM (
    SELECT DISTINCT ('x' || encode(substr(h, 1, 4), 'hex'))::bit(32)::int FROM unnest(hashes) AS h ORDER BY 1) AS k(key);
END $$;
CREATE FUNCTION parley.ingest(
  tenants text,
  d_tenant uuid[], d_connection uuid[], d_direction text[], d_type text[], d_content_type text[], d_state text[], d_version int[],
  d_clause text[],
  m_origin int[], m_id uuid[], m_conversation uuid[], m_hashes bytea, m_bodies bytea, m_start int[], m_length int[], m_target bytea[], m_at timestamptz[],
  s_origin int[], s_hash bytea[], s_message uuid[], s_replays smallint[], s_attempt smallint[], s_rank smallint[], s_code text[], s_at timestamptz[],
  o_tenant uuid[], o_connection uuid[], o_channel text[], o_exposure uuid[], o_exposed text[], o_lane smallint, o_count bigint[],
  l_tenant uuid[], l_leaf jsonb[],
  f_tenant uuid[], f_message uuid[], f_conversation uuid[]
) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
DECLARE
  shown record;
  told_tenant uuid[];
  told_message uuid[];
  told_status text[];
  told_rank smallint[];
  told_code text[];
BEGIN
  PERFORM set_config('parley.tenants', tenants, true);
  IF cardinality(s_hash) > 0 THEN PERFORM parley.in_turn(s_hash); END IF;
  IF cardinality(m_id) > 0 THEN
    -- The person was erased in between: whoever remembers the conversation must look again.
    IF EXISTS (SELECT FROM unnest(m_origin, m_conversation) AS u(origin, id) WHERE NOT EXISTS (
      SELECT FROM parley.conversation c WHERE c.tenant_id = d_tenant[u.origin] AND c.id = u.id OFFSET 0)) THEN
      RAISE EXCEPTION 'a conversation is gone';
    END IF;
    RETURN QUERY
    WITH input AS (
      SELECT d_tenant[t.origin] AS tenant_id, t.id, d_connection[t.origin] AS connection_id, t.conversation_id,
        substr(m_hashes, 16 * n::int - 15, 16) AS hash, d_direction[t.origin] AS direction, d_type[t.origin] AS type,
        d_content_type[t.origin] AS content_type,
        CASE WHEN t.length IS NOT NULL THEN substr(m_bodies, t.start, t.length) END AS body,
        t.target, d_state[t.origin] AS state, d_version[t.origin] AS version, d_clause[t.origin] AS clause, t.at
      FROM unnest(m_origin, m_id, m_conversation, m_start, m_length, m_target, m_at) WITH ORDINALITY
        AS t(origin, id, conversation_id, start, length, target, at, n)
    ), fresh AS (
      INSERT INTO parley.external_id (tenant_id, connection_id, hash, message_id, conversation_id, at)
      SELECT tenant_id, connection_id, hash, id, conversation_id, now() FROM input
      ON CONFLICT DO NOTHING RETURNING message_id
    ), stored AS (
      INSERT INTO parley.message (tenant_id, id, conversation_id, direction, type, content_type, body, target, state, unheard,
        instruction_version, clause, at)
      SELECT i.tenant_id, i.id, i.conversation_id, i.direction, i.type, i.content_type, i.body, i.target, i.state, i.direction = 'in' AND i.type = 'message',
        i.version, i.clause, i.at
      FROM input i JOIN fresh f ON f.message_id = i.id
    )
    SELECT message_id FROM fresh;
  END IF;
  IF cardinality(f_message) > 0 THEN
    -- In the order of conversations, so that two batches cannot wait for each other.
    FOR shown IN
      SELECT f.tenant_id, f.message_id, f.conversation_id FROM unnest(f_tenant, f_message, f_conversation) AS f(tenant_id, message_id, conversation_id)
      ORDER BY f.conversation_id, f.message_id
    LOOP
      WITH next AS (
        UPDATE parley.conversation SET feed = feed + 1 WHERE tenant_id = shown.tenant_id AND id = shown.conversation_id RETURNING feed
      )
      UPDATE parley.message m SET feed = next.feed FROM next WHERE m.tenant_id = shown.tenant_id AND m.id = shown.message_id AND m.feed IS NULL;
    END LOOP;
  END IF;
  IF cardinality(s_hash) > 0 THEN
    -- What names a message of ours that is gone is about somebody who was erased.
    INSERT INTO parley.delivery_status (tenant_id, connection_id, hash, status, rank, code, at, unbound_since, instruction_version, clause)
    SELECT u.tenant_id, u.connection_id, u.hash, u.status, u.rank, u.code, u.at, CASE WHEN e.hash IS NULL THEN now() END, u.version, u.clause
    FROM (
      SELECT d_tenant[t.origin] AS tenant_id, d_connection[t.origin] AS connection_id, d_state[t.origin] AS status,
        d_version[t.origin] AS version, d_clause[t.origin] AS clause, t.hash, t.rank, t.code, t.at, t.message_id
      FROM unnest(s_origin, s_hash, s_rank, s_code, s_at, s_message) AS t(origin, hash, rank, code, at, message_id)
    ) u
    LEFT JOIN LATERAL (
      SELECT x.hash FROM parley.external_id x WHERE x.tenant_id = u.tenant_id AND x.connection_id = u.connection_id AND x.hash = u.hash OFFSET 0
    ) e ON true
    WHERE u.message_id IS NULL OR e.hash IS NOT NULL
      OR EXISTS (SELECT FROM parley.message m WHERE m.tenant_id = u.tenant_id AND m.id = u.message_id OFFSET 0)
    ON CONFLICT DO NOTHING;
    -- Never backwards: only a higher rank is taken, whatever the order of arrival. What is said of a message before it was replayed
    -- is past; that an attempt failed counts while it is the last one.
    SELECT array_agg(s.tenant_id), array_agg(s.id), array_agg(s.status), array_agg(s.rank), array_agg(s.code)
    INTO told_tenant, told_message, told_status, told_rank, told_code
    FROM (
      SELECT DISTINCT ON (u.tenant_id, o.id) u.tenant_id, o.id, u.status, u.rank, u.code
      FROM (
        SELECT d_tenant[t.origin] AS tenant_id, d_connection[t.origin] AS connection_id, d_state[t.origin] AS status,
          t.hash, t.message_id, t.replays, t.attempt, t.rank, t.code
        FROM unnest(s_origin, s_hash, s_message, s_replays, s_attempt, s_rank, s_code)
          AS t(origin, hash, message_id, replays, attempt, rank, code)
      ) u
      LEFT JOIN LATERAL (
        SELECT x.message_id, x.replays FROM parley.external_id x
        WHERE x.tenant_id = u.tenant_id AND x.connection_id = u.connection_id AND x.hash = u.hash OFFSET 0
      ) e ON true
      JOIN LATERAL (
        SELECT x.id, x.replays, x.attempts FROM parley.message x
        WHERE x.tenant_id = u.tenant_id AND x.id = coalesce(u.message_id, e.message_id) OFFSET 0
      ) o ON o.replays = coalesce(u.replays, e.replays, o.replays)
        AND (u.status <> 'failed' OR u.attempt IS NULL OR u.attempt = o.attempts)
      ORDER BY u.tenant_id, o.id, u.rank DESC
    ) s;
    RETURN QUERY
    WITH told AS (
      UPDATE parley.message m SET state = s.status, rank = s.rank, code = coalesce(s.code, m.code)
      FROM unnest(told_tenant, told_message, told_status, told_rank, told_code) AS s(tenant_id, message_id, status, rank, code)
      WHERE m.tenant_id = ANY (told_tenant) AND m.id = ANY (told_message)
        AND m.tenant_id = s.tenant_id AND m.id = s.message_id AND m.direction = 'out' AND m.rank < s.rank
      RETURNING m.id, m.state, m.type
    )
    SELECT id FROM told WHERE state = 'failed' AND type IN ${SENT_AGAIN};
  END IF;
  IF cardinality(o_tenant) > 0 THEN
    INSERT INTO parley.observation AS o (tenant_id, connection_id, channel, exposure, exposed, lane, count, first_seen, last_seen)
    SELECT u.tenant_id, u.connection_id, u.channel, u.exposure, u.exposed, o_lane, u.n, now(), now()
    FROM unnest(o_tenant, o_connection, o_channel, o_exposure, o_exposed, o_count) AS u(tenant_id, connection_id, channel, exposure, exposed, n)
    ORDER BY 1, 2, 4
    ON CONFLICT (tenant_id, connection_id, exposure, lane)
    DO UPDATE SET count = o.count + excluded.count, last_seen = excluded.last_seen;
  END IF;
  IF cardinality(l_tenant) > 0 THEN
    INSERT INTO parley.ledger_leaf (tenant_id, leaf) SELECT * FROM unnest(l_tenant, l_leaf);
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION parley.in_turn, parley.ingest TO parley_app;
`;
