// A message of ours that failed for good leaves a dead letter, however we learn of it.

/** Types of messages that are worth sending again. */
export const SENT_AGAIN = "('text', 'media', 'buttons', 'list', 'template', 'location')";

/**
 * Rendering refuses it, the platform's answer does, or a status of hours later: the last comes by the group commit, or lies
 * waiting when the send call is answered. One rule at the row covers them all. What passes (typing, receipts) is not worth sending
 * again, and what staff wrote elsewhere (type `message`) is not ours to send; a retention that comes first changes no rank.
 */
export const FAILURES = `
CREATE FUNCTION parley.note_failure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO parley.dead_letter (tenant_id, id, conversation_id, message_id, stage, code)
  VALUES (NEW.tenant_id, parley.new_id(), NEW.conversation_id, NEW.id, 'deliver', coalesce(NEW.code, 'failed'));
  RETURN NULL;
END $$;
CREATE TRIGGER failed AFTER UPDATE OF state ON parley.message FOR EACH ROW
  WHEN (NEW.state = 'failed' AND NEW.rank > OLD.rank AND NEW.direction = 'out'
    AND NEW.type IN ${SENT_AGAIN})
  EXECUTE FUNCTION parley.note_failure();
`;
