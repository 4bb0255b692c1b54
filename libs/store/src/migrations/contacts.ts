// Who writes, where that is known already: one round trip, and nothing is locked or written.

/**
 * A row per identifier that leads to somebody who has a conversation there, in this locale (null: the event tells none). Where a row is
 * missing, or they lead to several, the person is found or made under locks (subjects.ts).
 */
export const CONTACTS = `
CREATE FUNCTION parley.known_contact(t uuid, k uuid, in_thread text, said_locale text, hashes bytea[])
RETURNS TABLE (subject_id uuid, wrapped_key bytea, conversation_id uuid) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('parley.tenants', '{' || t || '}', true);
  RETURN QUERY
  SELECT i.subject_id, s.wrapped_key, c.id FROM parley.identity i
  JOIN parley.subject_key s ON s.tenant_id = t AND s.subject_id = i.subject_id
  JOIN parley.conversation c ON c.tenant_id = t AND c.connection_id = k AND c.subject_id = i.subject_id AND c.thread = in_thread
  WHERE i.tenant_id = t AND i.hash = ANY (hashes) AND i.valid_to IS NULL AND (said_locale IS NULL OR c.locale = said_locale);
END $$;
GRANT EXECUTE ON FUNCTION parley.known_contact TO parley_app;
`;
