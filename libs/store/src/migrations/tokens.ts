// Which conversations have tokens that may stand for what is not held any more.

export const TOKEN_TABLES = `
-- The row is the job: whoever finds it due looks at what is left of the conversation. No reference to it: that would wait for its turns.
CREATE TABLE parley.stale_tokens (
  tenant_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  not_before timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, conversation_id)
);
CREATE INDEX stale_tokens_due ON parley.stale_tokens (not_before);

CREATE FUNCTION parley.mark_stale_tokens(t uuid, conversations uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO parley.stale_tokens (tenant_id, conversation_id)
  SELECT t, c.id FROM parley.conversation c WHERE c.tenant_id = t AND c.id = ANY (conversations) AND c.tokens IS NOT NULL ORDER BY c.id
  ON CONFLICT DO NOTHING
$$;

-- Whatever empties a message, its words are not to live on in the tokens of its conversation.
CREATE FUNCTION parley.emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM parley.mark_stale_tokens(NEW.tenant_id, ARRAY[NEW.conversation_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER emptied AFTER UPDATE OF body ON parley.message FOR EACH ROW
  WHEN (OLD.body IS NOT NULL AND NEW.body IS NULL) EXECUTE FUNCTION parley.emptied();
`;
