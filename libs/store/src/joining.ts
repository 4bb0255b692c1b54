// Two subjects that are one person: a new id wrote before the platform said whose it is. Both stay, as one (docs/decisions/0019).
import { randomUUID } from 'node:crypto';
import type { Mandate } from '#libs/kernel';
import { contextOf, newSubjectTag, openSubjectKey, seal, suppressionHash, unseal, type TenantKeys } from '#libs/vault';
import { invalidateOfMinor } from './consent-endings.js';
import { moveCorrections } from './corrections.js';
import { PERSONS } from './erasure.js';
import { appendLeaf } from './leaf.js';
import { besides } from './lifting-lock.js';
import type { Tx } from './pool.js';
import { identityPlace } from './identity-place.js';
import { wholePersons } from './same-person.js';

interface Both {
  readonly keys: TenantKeys;
  /** Under whose ids nothing comes any more. */
  readonly earlier: string;
  /** As whom the person goes on. */
  readonly later: string;
}

type KeysOf = ReadonlyMap<string, Buffer>;

/** Null: one of them is being erased. */
async function lockBoth(tx: Tx, { keys, earlier, later }: Both): Promise<KeysOf | null> {
  const rows = await tx.query<{ id: string; wrapped_key: Buffer }>(
    `SELECT s.id, k.wrapped_key FROM parley.subject s JOIN parley.subject_key k ON k.tenant_id = s.tenant_id AND k.subject_id = s.id
     WHERE s.tenant_id = $1 AND s.id = ANY ($2) ORDER BY s.id FOR UPDATE`,
    [keys.tenantId, [earlier, later]],
  );
  if (rows.length < 2) return null;
  return new Map(rows.map((row) => [row.id, openSubjectKey(keys, row.id, row.wrapped_key)]));
}

/** Ids that are still good lead to the later one from here on, sealed under that one's key. */
async function moveIdentities(tx: Tx, { keys, earlier, later }: Both, keyOf: KeysOf): Promise<void> {
  const { tenantId } = keys;
  const rows = await tx.query<{ hash: Buffer; kind: string; value: Buffer }>(
    'SELECT hash, kind, value FROM parley.identity WHERE tenant_id = $1 AND subject_id = $2 AND valid_to IS NULL',
    [tenantId, earlier],
  );
  for (const { hash, kind, value } of rows) {
    const open = unseal(keyOf.get(earlier)!, value, contextOf(identityPlace(tenantId, earlier, kind)));
    const sealed = seal(keyOf.get(later)!, open, contextOf(identityPlace(tenantId, later, kind)));
    await tx.query(
      'UPDATE parley.identity SET subject_id = $3, value = $4 WHERE tenant_id = $1 AND hash = $2 AND subject_id = $5',
      [tenantId, hash, later, sealed, earlier],
    );
  }
}

/**
 * Of persons who go: an id that is still good passes to the subject of the same person of which a hold keeps something, as it says whom
 * that concerns.
 */
export async function passIdentities(
  tx: Tx,
  keys: TenantKeys,
  { from, to }: { readonly from: readonly string[]; readonly to: readonly string[] },
): Promise<void> {
  const pairs = await tx.query<{ earlier: string; later: string }>(
    `SELECT DISTINCT ON (g.id) g.id AS earlier, k.id AS later FROM parley.subject g
     JOIN parley.subject k ON k.tenant_id = g.tenant_id AND k.person = g.person AND k.id = ANY ($3)
     WHERE g.tenant_id = $1 AND g.id = ANY ($2) ORDER BY g.id, k.id`,
    [keys.tenantId, from, to],
  );
  for (const pair of pairs) {
    const keyOf = await lockBoth(tx, { keys, ...pair });
    if (keyOf) await moveIdentities(tx, { keys, ...pair }, keyOf);
  }
}

/** Of restriction, of objections and of wishes to hear no more the stricter counts, for both. */
async function shareStates(tx: Tx, { keys, earlier, later }: Both): Promise<void> {
  const { tenantId } = keys;
  const all = await wholePersons(tx, tenantId, [earlier, later]);
  await tx.query(
    `UPDATE parley.subject s SET person = t.person, restricted = t.restricted, marketing_stopped_at = t.stopped
     FROM (SELECT coalesce(min(person::text)::uuid, $3::uuid) AS person, bool_or(restricted) AS restricted, max(marketing_stopped_at) AS stopped
           FROM parley.subject WHERE tenant_id = $1 AND id = ANY ($2)) t
     WHERE s.tenant_id = $1 AND s.id = ANY ($2)`,
    [tenantId, all, randomUUID()],
  );
  await tx.query(
    `INSERT INTO parley.objection (tenant_id, subject_id, purpose, instruction_version, clause, at)
     SELECT DISTINCT ON (s, o.purpose) $1, s, o.purpose, o.instruction_version, o.clause, o.at FROM unnest($2::uuid[]) AS s, parley.objection o
     WHERE o.tenant_id = $1 AND o.subject_id = ANY ($2) ORDER BY s, o.purpose, o.at ON CONFLICT DO NOTHING`,
    [tenantId, all],
  );
  const known = await tx.query<{ hash: Buffer }>(
    'SELECT hash FROM parley.identity WHERE tenant_id = $1 AND subject_id = ANY ($2)',
    [tenantId, all],
  );
  await tx.query(
    `INSERT INTO parley.suppression (tenant_id, hash, purpose, instruction_version, clause, since)
     SELECT DISTINCT ON (h, s.purpose) $1, h, s.purpose, s.instruction_version, s.clause, s.since FROM unnest($2::bytea[]) AS h, parley.suppression s
     WHERE s.tenant_id = $1 AND s.hash = ANY ($2) ORDER BY h, s.purpose, s.since ON CONFLICT DO NOTHING`,
    [tenantId, known.map(({ hash }) => suppressionHash(keys, hash))],
  );
  // A request of either is one of the person: what it restricts, and what is lifted again, concerns both.
  await tx.query(
    `UPDATE parley.rights_request SET subject_ids = ARRAY(SELECT DISTINCT unnest(subject_ids || $2::uuid[])) WHERE tenant_id = $1 AND subject_ids && $2`,
    [tenantId, all],
  );
}

const NO = "('refused', 'withdrawn', 'expired', 'invalidated')";
const CONSENT = `purpose, state, text_id, text_version, text_hash, scope, language, channel, message_id, instruction_version, clause`;
const AGE = `state, age, source, text_hash, language, channel, message_id, instruction_version, clause`;

/**
 * What was asked and said becomes one history, in the order in which it was said. A yes under one id does not outweigh a no under the
 * other: then the person is asked again. Nor does "of age" outweigh "a minor".
 */
async function joinAnswers(tx: Tx, { keys: { tenantId }, earlier, later }: Both): Promise<void> {
  const noes = await tx.query<{ purpose: string }>(
    `SELECT purpose FROM (SELECT DISTINCT ON (subject_id, purpose) purpose, state FROM parley.consent_event
       WHERE tenant_id = $1 AND subject_id IN ($2, $3) ORDER BY subject_id, purpose, id DESC) latest WHERE state IN ${NO}`,
    [tenantId, earlier, later],
  );
  const [minor] = await tx.query<{ id: string; version: number; clause: string }>(
    `SELECT id, version, clause FROM (SELECT DISTINCT ON (subject_id) id, state, instruction_version AS version, clause FROM parley.age_event
       WHERE tenant_id = $1 AND subject_id IN ($2, $3) ORDER BY subject_id, id DESC) latest WHERE state = 'declared-minor'`,
    [tenantId, earlier, later],
  );
  for (const [table, columns] of [
    ['consent_event', `${CONSENT}, source, code`],
    ['age_event', AGE],
  ] as const)
    await tx.query(
      `WITH gone AS (DELETE FROM parley.${table} WHERE tenant_id = $1 AND subject_id = $2 RETURNING *)
       INSERT INTO parley.${table} (tenant_id, id, subject_id, at, ${columns}) SELECT tenant_id, id, $3::uuid, at, ${columns} FROM gone`,
      [tenantId, earlier, later],
    );
  await tx.query(
    `INSERT INTO parley.consent_event (tenant_id, id, subject_id, ${CONSENT})
     SELECT tenant_id, parley.new_id(), subject_id, ${CONSENT.replace('state', "'invalidated'")}
     FROM (SELECT DISTINCT ON (purpose) * FROM parley.consent_event WHERE tenant_id = $1 AND subject_id = $2 AND purpose = ANY ($3)
           ORDER BY purpose, id DESC) latest WHERE state IN ('given', 'renewed')`,
    [tenantId, later, noes.map(({ purpose }) => purpose)],
  );
  if (!minor) return;
  await tx.query(
    `INSERT INTO parley.age_event (tenant_id, id, subject_id, ${AGE})
     SELECT tenant_id, parley.new_id(), subject_id, ${AGE} FROM parley.age_event WHERE tenant_id = $1 AND id = $2
       AND EXISTS (SELECT FROM parley.age_event a WHERE a.tenant_id = $1 AND a.subject_id = $3 AND a.id > $2)`,
    [tenantId, minor.id, later],
  );
  const { version, clause } = minor;
  await invalidateOfMinor(tx, tenantId, { subjects: [later], messageId: null, version, clause });
}

/** From here on they are one person to every right, and nothing new is kept under the earlier one. False: one of them is being erased. */
export async function joinPersons(tx: Tx, mandate: Mandate, both: Both): Promise<boolean> {
  const { tenantId } = both.keys;
  await besides(tx, tenantId);
  const keyOf = await lockBoth(tx, both);
  if (!keyOf) return false;
  await moveIdentities(tx, both, keyOf);
  const whose = (subjectId: string) => ({ subjectId, key: keyOf.get(subjectId)! });
  await moveCorrections(tx, tenantId, { earlier: whose(both.earlier), later: whose(both.later) });
  await shareStates(tx, both);
  await joinAnswers(tx, both);
  const { version, clause } = mandate.instruction;
  const leaf = { type: 'persons-joined', ...newSubjectTag(keyOf.get(both.later)!), version, clause };
  await appendLeaf(tx, tenantId, leaf);
  await tx.query('SELECT pg_notify($1, $2)', [PERSONS, tenantId]);
  return true;
}
