// The turn of a conversation, one round trip per step: taken with all that it needs, settled, sent, given back.
import { ABOUT_RIGHTS, MOST_OPEN } from '../turn-rows.js';

/**
 * Functions set the tenant for the row-level security by themselves, so that a step is one statement and one commit.
 * take_turn answers a row per open message, with the turn repeated in each; one row without a message when nothing is open.
 */
export const TURNS = `
-- As whom a person goes on (docs/decisions/0019): of those who were joined the one with ids that are still good.
CREATE FUNCTION parley.living(t uuid, s uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT coalesce((
    SELECT p.id FROM parley.subject o JOIN parley.subject p ON p.tenant_id = t AND p.person = o.person
    WHERE o.tenant_id = t AND o.id = s
      AND EXISTS (SELECT FROM parley.identity i WHERE i.tenant_id = t AND i.subject_id = p.id AND i.valid_to IS NULL)
    ORDER BY p.id = s DESC LIMIT 1), s)
$$;

-- What a recipient had of a person at one time or another: what it is given may become less, what it was given does not.
CREATE FUNCTION parley.both(a text[], b text[]) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN a @> b THEN a ELSE ARRAY(SELECT DISTINCT unnest(a || b) ORDER BY 1) END
$$;

-- Whoever was at work before ended without saying what became of it: whom they were about to ask has the data, for all anybody knows.
CREATE FUNCTION parley.disclose_asked(t uuid, c uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO parley.disclosure AS d (tenant_id, subject_id, recipient, purpose, instruction_version, clause, categories, count, first_at, last_at)
  SELECT DISTINCT ON (u.recipient, u.purpose, u.version)
    t, v.subject_id, u.recipient, u.purpose, u.version, u.clause, ARRAY(SELECT jsonb_array_elements_text(u.categories)), 1, u.at, u.at
  FROM parley.conversation v, jsonb_to_recordset(v.asking) AS u(recipient text, purpose text, version int, clause text, categories jsonb, at timestamptz)
  WHERE v.tenant_id = t AND v.id = c
  ON CONFLICT (tenant_id, subject_id, recipient, purpose, instruction_version)
  DO UPDATE SET count = d.count + 1, last_at = greatest(d.last_at, excluded.last_at), categories = parley.both(d.categories, excluded.categories);
  UPDATE parley.conversation SET asking = NULL WHERE tenant_id = t AND id = c;
$$;

-- Before a recipient is called. False: the turn is somebody else's by now, the person is restricted, or objected to the purpose; then nobody is called.
CREATE FUNCTION parley.begin_asking(t uuid, c uuid, l uuid, recipient jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever is killed has told the server. What a crash of the server itself forgets is asked, and recorded, again: its message is still open.
  PERFORM set_config('parley.tenants', '{' || t || '}', true), set_config('synchronous_commit', 'off', true);
  UPDATE parley.conversation v SET asking = coalesce(v.asking, '[]') || (recipient || jsonb_build_object('at', now()))
  WHERE v.tenant_id = t AND v.id = c AND v.lease = l
    AND NOT EXISTS (SELECT FROM parley.subject s WHERE s.tenant_id = t AND s.id = v.subject_id AND s.restricted)
    AND NOT EXISTS (SELECT FROM parley.objection j WHERE j.tenant_id = t AND j.subject_id = v.subject_id AND j.purpose = recipient->>'purpose');
  RETURN FOUND;
END $$;

CREATE FUNCTION parley.take_turn(t uuid, c uuid, l uuid, seconds int) RETURNS TABLE (
  connection_id uuid, subject_id uuid, wrapped_key bytea, living_id uuid, living_key bytea, restricted boolean, objected text[], marketing_stopped_at timestamptz, locale text, tokens bytea, notice_hash text,
  last_inbound_at timestamptz, aside_at timestamptz, last_message_id uuid, turn_attempts int, rests_ms int, ours_rest_ms int,
  handle_kinds text[], handle_values bytea[], corrections jsonb,
  id uuid, direction text, type text, content_type text, body bytea, target bytea, reply_to uuid, state text, code text, attempts int, replays smallint,
  waiting text[], purposes text[], under_consent text[], marketing boolean, version int, at timestamptz
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  taken parley.conversation;
BEGIN
  -- A lease that a crash of the server forgets is taken anew: it need not wait for the disk.
  PERFORM set_config('parley.tenants', '{' || t || '}', true), set_config('synchronous_commit', 'off', true);
  -- While it rests: for what is to be sent and does not, and for what somebody has still to look at.
  UPDATE parley.conversation v SET lease = l, lease_until = now() + make_interval(secs => seconds)
  WHERE v.tenant_id = t AND v.id = c AND (v.lease_until IS NULL OR v.lease_until < now())
    AND (v.not_before IS NULL OR v.not_before <= now() OR EXISTS (
      SELECT FROM parley.message o WHERE o.tenant_id = t AND o.conversation_id = c
        AND (o.state = 'pending' AND o.unheard OR o.direction = 'out' AND o.state IN ('queued', 'sending') AND v.ours_from <= now())))
  RETURNING v.* INTO taken;
  IF NOT FOUND THEN RETURN; END IF;
  IF taken.asking IS NOT NULL THEN PERFORM parley.disclose_asked(t, c); END IF;
  RETURN QUERY
  SELECT taken.connection_id, taken.subject_id,
    coalesce((SELECT k.wrapped_key FROM parley.subject_key k WHERE k.tenant_id = t AND k.subject_id = taken.subject_id), ''),
    l.id, CASE WHEN l.id <> s.id THEN (SELECT k.wrapped_key FROM parley.subject_key k WHERE k.tenant_id = t AND k.subject_id = l.id) END, s.restricted,
    ARRAY(SELECT j.purpose FROM parley.objection j WHERE j.tenant_id = t AND j.subject_id = s.id), s.marketing_stopped_at, taken.locale, taken.tokens, taken.notice_hash,
    taken.last_inbound_at, taken.aside_at, taken.last_message_id, taken.attempts, greatest(0, extract(epoch FROM taken.not_before - now()) * 1000)::int,
    CASE WHEN taken.not_before > now() THEN greatest(0, extract(epoch FROM coalesce(taken.ours_from, taken.not_before) - now()) * 1000) ELSE 0 END::int,
    h.kinds, h.values,
    (SELECT jsonb_agg(jsonb_build_object('channel', k.channel, 'kind', k.kind, 'form', k.form, 'value', encode(k.value, 'base64'), 'settled', k.settled_at IS NOT NULL,
       'replaces', ARRAY(SELECT encode(r, 'base64') FROM unnest(k.replaces) AS r)))
     FROM parley.correction k WHERE k.tenant_id = t AND k.subject_id = l.id AND k.kind IS NOT NULL),
    m.id, m.direction, m.type, m.content_type, m.body, m.target, m.reply_to, m.state, m.code, m.attempts, m.replays, m.waiting, m.purposes, m.under_consent, m.marketing, m.instruction_version, m.at
  FROM parley.subject s
  CROSS JOIN LATERAL (SELECT CASE WHEN s.person IS NULL THEN s.id ELSE parley.living(t, s.id) END AS id) l
  CROSS JOIN LATERAL (
    SELECT array_agg(i.kind ORDER BY i.valid_from DESC) AS kinds, array_agg(i.value ORDER BY i.valid_from DESC) AS values
    FROM parley.identity i WHERE i.tenant_id = t AND i.subject_id = l.id AND i.valid_to IS NULL
  ) h
  LEFT JOIN LATERAL (
    SELECT * FROM parley.message o WHERE o.tenant_id = t AND o.conversation_id = c AND o.state IN ('pending', 'queued', 'sending')
    ORDER BY o.direction DESC, o.id LIMIT ${MOST_OPEN}
  ) m ON true
  WHERE s.tenant_id = t AND s.id = taken.subject_id
  ORDER BY m.direction DESC, m.id;
END $$;

-- Answers lost, queued or sending: what became of the turn, and of its first reply. Queued where something came that nobody has seen yet.
CREATE FUNCTION parley.settle_inbound(
  t uuid, c uuid, l uuid, s uuid, m uuid, m_type text, new_state text, m_at timestamptz, new_tokens bytea, new_leaf jsonb,
  r_id uuid[], r_type text[], r_body bytea[], r_reply_to uuid[], r_version int[], r_clause text[], r_purposes jsonb[], r_consent jsonb[], r_marketing boolean[], r_fleeting boolean[],
  d_recipient text[], d_purpose text[], d_version int[], d_categories jsonb[], d_clause text[], first_sending boolean, seen uuid[]
) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('parley.tenants', '{' || t || '}', true);
  -- What a person says opens the reply window; that they read or took back something does not.
  -- What was taken up while others wait for a bot says nothing of how often that was tried.
  UPDATE parley.conversation v SET attempts = CASE WHEN v.not_before > now() THEN v.attempts ELSE 0 END, asking = NULL,
    last_inbound_at = CASE WHEN m_type IN ('message', 'reaction') THEN greatest(v.last_inbound_at, m_at) ELSE v.last_inbound_at END,
    last_message_id = CASE WHEN m_type = 'message' THEN m ELSE v.last_message_id END,
    tokens = coalesce(new_tokens, v.tokens)
  WHERE v.tenant_id = t AND v.id = c AND v.lease = l
    -- Whoever was restricted in the middle of the turn is told of rights alone (Art. 18).
    AND NOT ('${ABOUT_RIGHTS}' <> ANY (r_type)
      AND EXISTS (SELECT FROM parley.subject p WHERE p.tenant_id = t AND p.id = v.subject_id AND p.restricted));
  IF NOT FOUND THEN RETURN 'lost'; END IF;
  UPDATE parley.message o SET state = new_state, held_until = NULL,
    -- For whom it waited is still to be known when a restriction ends.
    waiting = CASE WHEN new_state = 'restricted' THEN o.waiting END WHERE o.tenant_id = t AND o.id = m;
  -- What was written for a purpose to which the person objected in the middle of the turn gets a last look like all that waits (Art. 21).
  first_sending := first_sending AND NOT EXISTS (
    SELECT FROM parley.objection j, unnest(r_purposes) AS r(purposes) WHERE j.tenant_id = t AND j.subject_id = s AND r.purposes ? j.purpose) AND NOT EXISTS (
    SELECT FROM parley.message o WHERE o.tenant_id = t AND o.conversation_id = c AND o.state = 'pending' AND o.unheard AND o.id <> ALL (seen));
  -- The first reply is about to be sent by whoever asks: it is marked so here, which saves a round trip.
  INSERT INTO parley.message (tenant_id, id, conversation_id, direction, type, body, reply_to, state, rank, attempts, instruction_version, clause, purposes, under_consent, marketing, fleeting, at)
  SELECT t, r.id, c, 'out', r.type, r.body, r.reply_to,
    CASE WHEN first_sending AND r.n = 1 THEN 'sending' ELSE 'queued' END, CASE WHEN first_sending AND r.n = 1 THEN 1 ELSE 0 END,
    CASE WHEN first_sending AND r.n = 1 THEN 1 ELSE 0 END, r.version, r.clause,
    ARRAY(SELECT jsonb_array_elements_text(r.purposes)), ARRAY(SELECT jsonb_array_elements_text(r.consent)), r.marketing, r.fleeting, now()
  FROM unnest(r_id, r_type, r_body, r_reply_to, r_version, r_clause, r_purposes, r_consent, r_marketing, r_fleeting)
    WITH ORDINALITY AS r(id, type, body, reply_to, version, clause, purposes, consent, marketing, fleeting, n);
  INSERT INTO parley.disclosure AS d (tenant_id, subject_id, recipient, purpose, instruction_version, clause, categories, count, first_at, last_at)
  SELECT t, s, u.recipient, u.purpose, u.version, u.clause, ARRAY(SELECT jsonb_array_elements_text(u.categories)), 1, now(), now()
  FROM unnest(d_recipient, d_purpose, d_version, d_categories, d_clause) AS u(recipient, purpose, version, categories, clause)
  ON CONFLICT (tenant_id, subject_id, recipient, purpose, instruction_version)
  DO UPDATE SET count = d.count + 1, last_at = now(), categories = parley.both(d.categories, excluded.categories);
  IF new_leaf IS NOT NULL THEN
    INSERT INTO parley.ledger_leaf (tenant_id, leaf) VALUES (t, new_leaf);
  END IF;
  RETURN CASE WHEN first_sending THEN 'sending' ELSE 'queued' END;
END $$;

-- May a message of ours be sent? If it depends on no purpose, or one of its purposes is open: nobody objected to it, and its consent stands where
-- it needs one. Marketing only to who has not stopped it since.
CREATE FUNCTION parley.may_go(o parley.message) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (NOT o.marketing OR NOT EXISTS (
    SELECT FROM parley.conversation c JOIN parley.subject s ON s.tenant_id = c.tenant_id AND s.id = c.subject_id
    WHERE c.tenant_id = o.tenant_id AND c.id = o.conversation_id AND s.marketing_stopped_at IS NOT NULL AND NOT EXISTS (
      SELECT FROM parley.consent_event e WHERE e.tenant_id = s.tenant_id AND e.subject_id = parley.living(s.tenant_id, s.id)
        AND e.purpose = ANY (o.under_consent) AND e.state IN ('given', 'renewed') AND e.at > s.marketing_stopped_at)))
  AND (o.purposes = '{}' OR EXISTS (
    SELECT FROM parley.conversation c, unnest(o.purposes) AS p
    WHERE c.tenant_id = o.tenant_id AND c.id = o.conversation_id
      AND NOT EXISTS (SELECT FROM parley.objection j WHERE j.tenant_id = c.tenant_id AND j.subject_id = c.subject_id AND j.purpose = p)
      AND (p <> ALL (o.under_consent) OR (
        SELECT e.state IN ('given', 'renewed') FROM parley.consent_event e
        WHERE e.tenant_id = c.tenant_id AND e.subject_id = parley.living(c.tenant_id, c.subject_id) AND e.purpose = p ORDER BY e.id DESC LIMIT 1))))
$$;

-- Answers whether it may be sent: yes, no, or look, where something came that nobody has seen yet. Whoever withdraws or objects cancels what is queued:
-- the row's lock decides which came first. Of whoever was restricted since, the next turn says what becomes of it.
CREATE FUNCTION parley.mark_sending(t uuid, c uuid, m uuid, new_rank int, seen uuid[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  new_state text;
BEGIN
  PERFORM set_config('parley.tenants', '{' || t || '}', true);
  IF EXISTS (SELECT FROM parley.message o WHERE o.tenant_id = t AND o.conversation_id = c AND o.state = 'pending' AND o.unheard AND o.id <> ALL (seen)) THEN
    RETURN 'look';
  END IF;
  UPDATE parley.message o SET state = CASE WHEN parley.may_go(o) THEN 'sending' ELSE 'cancelled' END,
    rank = new_rank, attempts = o.attempts + 1
  WHERE o.tenant_id = t AND o.id = m AND o.state = 'queued' AND (o.type = '${ABOUT_RIGHTS}' OR NOT EXISTS (
    SELECT FROM parley.conversation v JOIN parley.subject p ON p.tenant_id = t AND p.id = v.subject_id
    WHERE v.tenant_id = t AND v.id = o.conversation_id AND p.restricted))
  RETURNING o.state INTO new_state;
  RETURN CASE new_state WHEN 'sending' THEN 'yes' ELSE 'no' END;
END $$;

-- Gives the conversation back; with a rest it waits that long, which is an attempt only where something failed. A rest of theirs is none of what is to be sent,
-- and one of what is to be sent leaves theirs as long as it was. What was seen rests, too. Answers whether something is open that nobody waits for.
-- When its content goes, and when all of it: at no time is infinity; null is as before.
CREATE FUNCTION parley.release_turn(t uuid, c uuid, l uuid, rest_ms int, theirs boolean, failed boolean, seen uuid[], content_due timestamptz, all_due timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  until timestamptz := now() + make_interval(secs => rest_ms / 1000.0);
BEGIN
  PERFORM set_config('parley.tenants', '{' || t || '}', true);
  UPDATE parley.conversation v SET lease = NULL, lease_until = NULL,
    attempts = CASE WHEN rest_ms IS NULL THEN 0 WHEN failed THEN v.attempts + 1 ELSE v.attempts END,
    not_before = CASE WHEN theirs OR v.ours_from IS NULL OR until IS NULL THEN until ELSE greatest(until, v.not_before) END,
    ours_from = CASE WHEN theirs THEN now() WHEN v.ours_from IS NOT NULL AND v.not_before > now() THEN until END,
    content_due_at = nullif(coalesce(content_due, v.content_due_at), 'infinity'), due_at = nullif(coalesce(all_due, v.due_at), 'infinity')
  WHERE v.tenant_id = t AND v.id = c AND v.lease = l;
  IF FOUND AND rest_ms IS NOT NULL THEN
    UPDATE parley.message o SET unheard = false WHERE o.tenant_id = t AND o.id = ANY (seen) AND o.state = 'pending' AND o.unheard;
  END IF;
  RETURN EXISTS (
    SELECT FROM parley.message o WHERE o.tenant_id = t AND o.conversation_id = c AND o.state IN ('pending', 'queued', 'sending')
      AND (rest_ms IS NULL OR theirs AND o.direction = 'out' OR o.state = 'pending' AND o.unheard));
END $$;
-- The platform's ids are those of this message, and the rows that their echoes became go.
CREATE FUNCTION parley.take_echo(t uuid, c uuid, k uuid, m uuid, hashes bytea[], failed boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  echoes uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM parley.message o WHERE o.tenant_id = t AND o.id = m) THEN RETURN; END IF;
  echoes := ARRAY (SELECT e.message_id FROM parley.external_id e
    WHERE e.tenant_id = t AND e.connection_id = k AND e.hash = ANY (hashes) AND e.message_id <> m);
  -- Staff was quicker to take it back than we to know what it is called.
  UPDATE parley.message o SET body = NULL WHERE o.tenant_id = t AND o.id = m AND EXISTS (
    SELECT FROM parley.message r WHERE r.tenant_id = t AND r.id = ANY (echoes) AND r.direction = 'out' AND r.type = 'revoke');
  DELETE FROM parley.message o WHERE o.tenant_id = t AND o.conversation_id = c AND o.id = ANY (echoes) AND o.direction = 'out' AND o.type = 'message';
  UPDATE parley.external_id e SET message_id = m, replays = o.replays - failed::int, conversation_id = c FROM parley.message o
  WHERE e.tenant_id = t AND e.connection_id = k AND e.hash = ANY (hashes) AND o.tenant_id = t AND o.id = m;
END $$;
-- With a lease it was the last of its turn: the conversation is given back, and it answers what release_turn does.
-- Binds the platform's ids, so that statuses and replies find the message, and takes the best status that came before the response.
-- Answers as well whether the message failed with this.
CREATE FUNCTION parley.settle_sent(
  t uuid, c uuid, k uuid, m uuid, hashes bytea[], new_state text, new_rank int, new_code text, fed boolean, l uuid, content_due timestamptz, all_due timestamptz,
  OUT more boolean, OUT lettered boolean
) LANGUAGE plpgsql AS $$
DECLARE
  number bigint;
  -- How often the message was replayed; null: the person was erased while it was being sent, and there is nothing to bind to.
  times smallint;
  bound int;
BEGIN
  PERFORM set_config('parley.tenants', '{' || t || '}', true);
  IF cardinality(hashes) > 0 THEN PERFORM parley.in_turn(hashes); END IF;
  UPDATE parley.message o SET state = new_state, rank = new_rank, code = new_code,
    -- Who fetches has it when they say so (readings.ts); what failed may be sent again.
    body = CASE WHEN o.fleeting AND NOT fed AND new_state <> 'failed' THEN NULL ELSE o.body END
  WHERE o.tenant_id = t AND o.id = m AND o.rank < new_rank AND o.state <> 'cancelled' RETURNING o.replays INTO times;
  lettered := FOUND AND new_state = 'failed';
  IF times IS NULL AND cardinality(hashes) > 0 THEN
    SELECT o.replays INTO times FROM parley.message o WHERE o.tenant_id = t AND o.id = m FOR KEY SHARE;
  END IF;
  IF fed THEN
    UPDATE parley.conversation v SET feed = v.feed + 1 WHERE v.tenant_id = t AND v.id = c RETURNING v.feed INTO number;
    UPDATE parley.message o SET feed = number WHERE o.tenant_id = t AND o.id = m AND o.feed IS NULL AND o.state <> 'cancelled';
  END IF;
  IF cardinality(hashes) > 0 THEN
    IF times IS NOT NULL THEN
      -- What went out of a message that failed is bound as a sending that is past: that a part was read makes no success of it.
      INSERT INTO parley.external_id AS e (tenant_id, connection_id, hash, message_id, replays, conversation_id, at)
      SELECT t, k, h, m, times - (new_state = 'failed')::int, c, now() FROM unnest(hashes) AS h
      ON CONFLICT (tenant_id, connection_id, hash) DO UPDATE SET replays = excluded.replays WHERE e.message_id = excluded.message_id;
      GET DIAGNOSTICS bound = ROW_COUNT;
      -- Seldom: its echo came first, named nothing of ours, and was taken for what staff wrote elsewhere.
      IF bound < cardinality(hashes) THEN PERFORM parley.take_echo(t, c, k, m, hashes, new_state = 'failed'); END IF;
    END IF;
    -- Seldom: the platform was quicker to tell than to answer.
    IF EXISTS (SELECT FROM parley.delivery_status d WHERE d.tenant_id = t AND d.connection_id = k AND d.hash = ANY (hashes)) THEN
      UPDATE parley.delivery_status d SET unbound_since = NULL
      WHERE d.tenant_id = t AND d.connection_id = k AND d.hash = ANY (hashes) AND d.unbound_since IS NOT NULL
        AND EXISTS (SELECT FROM parley.external_id e WHERE e.tenant_id = t AND e.connection_id = k AND e.hash = d.hash);
      IF new_state <> 'failed' THEN
        UPDATE parley.message o SET state = b.status, rank = b.rank, code = coalesce(b.code, o.code)
        FROM (SELECT d.status, d.rank, d.code FROM parley.delivery_status d
              WHERE d.tenant_id = t AND d.connection_id = k AND d.hash = ANY (hashes) ORDER BY d.rank DESC LIMIT 1) b
        WHERE o.tenant_id = t AND o.id = m AND o.rank < b.rank RETURNING o.state = 'failed' INTO lettered;
        lettered := coalesce(lettered, false);
      END IF;
    END IF;
  END IF;
  IF l IS NOT NULL THEN more := parley.release_turn(t, c, l, NULL, false, false, '{}', content_due, all_due); END IF;
END $$;

GRANT EXECUTE ON FUNCTION parley.take_turn, parley.disclose_asked, parley.begin_asking, parley.settle_inbound, parley.mark_sending, parley.settle_sent, parley.release_turn,
  parley.take_echo
  TO parley_app;
`;
