// A request by right may be about several persons: whoever goes is forgotten there, and it goes on being about the others.

const STAY = 'ARRAY(SELECT u FROM unnest(r.subject_ids) AS u WHERE NOT u = ANY ($2))';
const isOfTheirs = (conversation: string): string =>
  `EXISTS (SELECT FROM parley.conversation c WHERE c.tenant_id = $1 AND c.id = ${conversation} AND c.subject_id = ANY (${STAY}))`;

/** $1 the tenant, $2 who goes. What leads to those who stay is kept, so that what restricts them can be lifted. */
export const UNLINK = `UPDATE parley.rights_request r SET subject_ids = ${STAY},
  hashes = ARRAY(SELECT h FROM unnest(r.hashes) AS h WHERE EXISTS (
    SELECT FROM parley.identity i WHERE i.tenant_id = $1 AND i.hash = h AND i.subject_id = ANY (${STAY}))),
  conversation_id = CASE WHEN ${isOfTheirs('r.conversation_id')} THEN r.conversation_id END,
  conversations = ARRAY(SELECT o FROM unnest(r.conversations) AS o WHERE ${isOfTheirs('o')})`;

/** All but the erasures that are being carried out: those find by it whom they are about, and forget it at their end. */
export const LINKED = "NOT (r.exercised = 'erasure' AND r.state = 'in-progress')";

/** What is not carried out yet may know its persons by hashes alone: what leads to nobody else goes while it is known whose it is. */
export const UNLINK_HASHES = `UPDATE parley.rights_request r SET hashes = ARRAY(SELECT h FROM unnest(r.hashes) AS h WHERE EXISTS (
    SELECT FROM parley.identity i WHERE i.tenant_id = $1 AND i.hash = h AND NOT i.subject_id = ANY ($2)))
  WHERE r.tenant_id = $1 AND ${LINKED} AND r.hashes && ARRAY(
    SELECT i.hash FROM parley.identity i WHERE i.tenant_id = $1 AND i.subject_id = ANY ($2))`;
