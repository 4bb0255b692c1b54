// The open request of the same person for the same right, by whatever they are named: a chat names them by what they are here, a controller by an id of the platform.
import type { Tx } from './pool.js';
import { personsNamed } from './same-person.js';

export interface AskedFor {
  readonly exercised: string;
  readonly purpose: string | null;
  readonly hashes: readonly Buffer[];
  readonly subjectIds: readonly string[];
  /** Where the person asked, who is known by that. */
  readonly conversationId: string | null;
  /** Another app had that conversation. */
  readonly aside?: boolean;
  readonly state: string;
  readonly notBefore: Date;
}

interface Candidate {
  readonly id: string;
  readonly state: string;
  readonly hashes: readonly Buffer[];
  readonly subject_ids: readonly string[];
}

/** Its copies are told of in the chat, and whoever is told can fetch all of them. */
const COPIES: ReadonlySet<string> = new Set(['access', 'portability']);

const includes = (all: readonly string[], some: readonly string[]): boolean => some.every((one) => all.includes(one));

/**
 * It has to be about all of whom this one names. One that waits for the person to be identified is joined only by that person alone, by
 * what they write, and from a chat one for copies only where it is about nobody else. A withdrawal in a chat took effect there: what a controller asks for later is another.
 * None of them ends before this one is one with it, or is not.
 */
export async function sameByPerson(
  tx: Tx,
  tenantId: string,
  made: AskedFor,
): Promise<Pick<Candidate, 'id' | 'state'> | null> {
  const named = await personsNamed(tx, tenantId, { hashes: made.hashes, subjects: made.subjectIds });
  if (named.length === 0 || made.exercised === 'withdrawal') return null;
  const candidates = await tx.query<Candidate>(
    `SELECT id, state, hashes, subject_ids FROM parley.rights_request WHERE tenant_id = $1 AND exercised = $2 AND purpose IS NOT DISTINCT FROM $3
       AND state NOT IN ('completed', 'refused') AND (subject_ids && $4::uuid[] OR hashes && ARRAY(
         SELECT i.hash FROM parley.identity i WHERE i.tenant_id = $1 AND i.subject_id = ANY ($4))) ORDER BY id FOR UPDATE`,
    [tenantId, made.exercised, made.purpose, named],
  );
  const inChat = made.conversationId !== null;
  for (const { id, state, hashes, subject_ids: subjects } of candidates) {
    const theirs = await personsNamed(
      tx,
      tenantId,
      subjects.length > 0 ? { hashes: [], subjects } : { hashes, subjects },
    );
    if (!includes(theirs, named)) continue;
    const isAlone = includes(named, theirs);
    if (state === 'verifying' ? inChat && isAlone : isAlone || !(inChat && COPIES.has(made.exercised)))
      return { id, state };
  }
  return null;
}

/** From here on they are one: who asked in a chat hears there what becomes of it, and is identified by that. Copies that are told of there stay about nobody else. */
export const joinRequest = (tx: Tx, tenantId: string, { id, made }: { id: string; made: AskedFor }): Promise<unknown> =>
  tx.query(
    `UPDATE parley.rights_request SET hashes = ARRAY(SELECT unnest(hashes) UNION SELECT unnest($3::bytea[])),
       conversation_id = coalesce(conversation_id, $4),
       aside = CASE WHEN $4::uuid IS NULL THEN aside WHEN conversation_id IS NULL THEN $9 ELSE aside AND $9 END,
       subject_ids = CASE WHEN $4::uuid IS NOT NULL AND exercised = ANY ($7) AND subject_ids = '{}' THEN $8::uuid[] ELSE subject_ids END,
       history = CASE state WHEN 'verifying' THEN history || jsonb_build_array(jsonb_build_object('state', $5::text, 'at', now())) ELSE history END,
       not_before = CASE state WHEN 'verifying' THEN $6 ELSE not_before END, state = CASE state WHEN 'verifying' THEN $5 ELSE state END
     WHERE tenant_id = $1 AND id = $2`,
    [
      tenantId,
      id,
      made.hashes,
      made.conversationId,
      made.state,
      made.notBefore,
      [...COPIES],
      made.subjectIds,
      made.aside ?? false,
    ],
  );
