// The group commit: everything that many webhooks change, in one statement and one round trip.

/**
 * parley.ingest: messages (de-duplicated by the unique key of external_id), delivery states, observation counters and
 * ledger leaves, all or nothing. Returns the ids of the messages that are new; a redelivery is not among them.
 */
export const INGEST = `
CREATE FUNCTION parley.ingest(
  tenants text,
  m_tenant uuid[], m_id uuid[], m_connection uuid[], m_conversation uuid[], m_hash bytea[], m_direction text[],
  m_type text[], m_content_type text[], m_body bytea[], m_target bytea[], m_state text[], m_version int[],
  m_clause text[], m_at timestamptz[],
  s_tenant uuid[], s_connection uuid[], s_hash bytea[], s_message uuid[], s_status text[], s_rank smallint[], s_code text[], s_at timestamptz[],
  o_tenant uuid[], o_connection uuid[], o_channel text[], o_kind text[], o_path text[], o_action text[],
  o_lane smallint, o_count bigint[],
  l_tenant uuid[], l_leaf jsonb[],
  f_tenant uuid[], f_message uuid[], f_conversation uuid[]
) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
DECLARE
  shown record;
BEGIN
  PERFORM set_config('parley.tenants', tenants, true);
  IF cardinality(m_id) > 0 THEN
    -- The person was erased in between: whoever remembers the conversation must look again.
    IF EXISTS (SELECT FROM unnest(m_tenant, m_conversation) AS u(tenant_id, id) WHERE NOT EXISTS (
      SELECT FROM parley.conversation c WHERE c.tenant_id = u.tenant_id AND c.id = u.id)) THEN
      RAISE EXCEPTION 'a conversation is gone';
    END IF;
    RETURN QUERY
    WITH input AS (
      SELECT * FROM unnest(m_tenant, m_id, m_connection, m_conversation, m_hash, m_direction, m_type, m_content_type,
        m_body, m_target, m_state, m_version, m_clause, m_at)
        AS t(tenant_id, id, connection_id, conversation_id, hash, direction, type, content_type, body, target, state,
          version, clause, at)
    ), fresh AS (
      INSERT INTO parley.external_id (tenant_id, connection_id, hash, message_id, conversation_id, at)
      SELECT tenant_id, connection_id, hash, id, conversation_id, now() FROM input
      ON CONFLICT DO NOTHING RETURNING message_id
    ), stored AS (
      INSERT INTO parley.message (tenant_id, id, conversation_id, direction, type, content_type, body, target, state,
        instruction_version, clause, at)
      SELECT i.tenant_id, i.id, i.conversation_id, i.direction, i.type, i.content_type, i.body, i.target, i.state,
        i.version, i.clause, i.at
      FROM input i JOIN fresh f ON f.message_id = i.id
    )
    SELECT message_id FROM fresh;
  END IF;
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
  IF cardinality(s_hash) > 0 THEN
    INSERT INTO parley.delivery_status (tenant_id, connection_id, hash, status, rank, code, at)
    SELECT * FROM unnest(s_tenant, s_connection, s_hash, s_status, s_rank, s_code, s_at) ON CONFLICT DO NOTHING;
    -- Never backwards: only a higher rank is taken, whatever the order of arrival.
    UPDATE parley.message m SET state = s.status, rank = s.rank, code = coalesce(s.code, m.code)
    FROM (
      SELECT DISTINCT ON (u.tenant_id, coalesce(u.message_id, e.message_id))
        u.tenant_id, coalesce(u.message_id, e.message_id) AS message_id, u.status, u.rank, u.code
      FROM unnest(s_tenant, s_connection, s_hash, s_message, s_status, s_rank, s_code)
        AS u(tenant_id, connection_id, hash, message_id, status, rank, code)
      LEFT JOIN parley.external_id e ON e.tenant_id = u.tenant_id AND e.connection_id = u.connection_id AND e.hash = u.hash
      WHERE coalesce(u.message_id, e.message_id) IS NOT NULL
      ORDER BY u.tenant_id, coalesce(u.message_id, e.message_id), u.rank DESC
    ) s
    WHERE m.tenant_id = s.tenant_id AND m.id = s.message_id AND m.direction = 'out' AND m.rank < s.rank;
  END IF;
  IF cardinality(o_kind) > 0 THEN
    INSERT INTO parley.observation AS o (tenant_id, connection_id, channel, kind, path, action, lane, count, first_seen, last_seen)
    SELECT u.tenant_id, u.connection_id, u.channel, u.kind, u.path, u.action, o_lane, u.n, now(), now()
    FROM unnest(o_tenant, o_connection, o_channel, o_kind, o_path, o_action, o_count) AS u(tenant_id, connection_id, channel, kind, path, action, n)
    ORDER BY 1, 2, 4, 5, 6
    ON CONFLICT (tenant_id, connection_id, kind, path, action, lane)
    DO UPDATE SET count = o.count + excluded.count, last_seen = excluded.last_seen;
  END IF;
  IF cardinality(l_tenant) > 0 THEN
    INSERT INTO parley.ledger_leaf (tenant_id, leaf) SELECT * FROM unnest(l_tenant, l_leaf);
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION parley.ingest TO parley_app;
`;
