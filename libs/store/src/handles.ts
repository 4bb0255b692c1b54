// By what a person is found, and whose it is now: operators give numbers to other people, other ids are one person's for good.
import type { Mandate, Personal } from '#libs/kernel';
import { blindIndex, contextOf, openSubjectKey, sealPersonal, unseal, type TenantKeys } from '#libs/vault';
import { PERSONS } from './erasure.js';
import { identityPlace } from './identity-place.js';
import { rememberObjections } from './objections.js';
import type { Tx } from './pool.js';
import { wholePersons } from './same-person.js';

/** An identifier that was instructed to be kept and by which the person can be found again. */
export interface Handle {
  readonly hash: Buffer;
  readonly kind: string;
  readonly value: Personal<string>;
  readonly clause: string;
  /** Of a kind that is made for one person alone and never passed on: where the id is good. A person has one of it there. */
  readonly within?: string;
}

/** What one update shows of a person. */
export interface Shown {
  readonly handles: readonly Handle[];
  /** When, as the platform says; now, where it says nothing. */
  readonly at?: Date | undefined;
}

export interface FoundSubject {
  readonly hash: Buffer;
  readonly subject_id: string;
  readonly wrapped_key: Buffer;
  readonly valid_from: Date;
}

/** Platforms tell whole seconds. */
const SECOND_MS = 1_000;

export const isNeverPassedOn = ({ within }: Handle): boolean => within !== undefined;

/** In one order, so that nobody waits for whoever waits for them. */
export async function lockHandles(tx: Tx, handles: readonly Handle[]): Promise<void> {
  for (const handle of handles.toSorted((a, b) => a.hash.compare(b.hash)))
    await tx.query('SELECT pg_advisory_xact_lock($1)', [handle.hash.readBigInt64BE(0).toString()]);
}

/** The first handle in the channel's order of preference decides; what arrived together in one update is evidence. */
export function choose(found: readonly FoundSubject[], handles: readonly Handle[]): FoundSubject | undefined {
  for (const handle of handles) {
    const match = found.find((f) => f.hash.equals(handle.hash));
    if (match) return match;
  }
  return undefined;
}

/** Has the subject, beside what proves who they are, another id that is good in the same place? Of two portfolios everybody has one each. */
export async function hasAnother(
  tx: Tx,
  keys: TenantKeys,
  { subject, proof }: { readonly subject: FoundSubject; readonly proof: readonly Handle[] },
): Promise<boolean> {
  const { tenantId } = keys;
  const rows = await tx.query<{ hash: Buffer; kind: string; value: Buffer }>(
    `SELECT hash, kind, value FROM parley.identity WHERE tenant_id = $1 AND subject_id = $2 AND valid_to IS NULL AND kind = ANY ($3) AND NOT hash = ANY ($4)`,
    [tenantId, subject.subject_id, proof.map((h) => h.kind), proof.map((h) => h.hash)],
  );
  if (rows.length === 0) return false;
  const key = openSubjectKey(keys, subject.subject_id, subject.wrapped_key);
  return rows.some(({ hash, kind, value }) => {
    const id = unseal(key, value, contextOf(identityPlace(tenantId, subject.subject_id, kind))).toString();
    return proof.some((h) => h.kind === kind && blindIndex(keys, h.within!, id).equals(hash));
  });
}

/** Was one of these ever theirs? What comes late names ids that have ended. */
async function wasTheirs(
  tx: Tx,
  tenantId: string,
  who: { subject: string; proof: readonly Handle[] },
): Promise<boolean> {
  const led = await tx.query<{ subject_id: string }>(
    'SELECT subject_id FROM parley.identity WHERE tenant_id = $1 AND hash = ANY ($2)',
    [tenantId, who.proof.map((h) => h.hash)],
  );
  if (led.length === 0) return false;
  const person = await wholePersons(tx, tenantId, [who.subject]);
  return led.some(({ subject_id }) => person.includes(subject_id));
}

/**
 * Whom the handles lead to. A number that is shown beside an id which is not its owner's is another person's by now: for the former
 * owner it ends, unless it became theirs after what is shown was written. Without such an id it is still whose it was.
 */
export async function findOwners(tx: Tx, keys: TenantKeys, { handles, at }: Shown): Promise<FoundSubject[]> {
  const { tenantId } = keys;
  const found = await tx.query<FoundSubject>(
    `SELECT i.hash, i.subject_id, i.valid_from, s.wrapped_key FROM parley.identity i
     JOIN parley.subject_key s ON s.tenant_id = i.tenant_id AND s.subject_id = i.subject_id
     WHERE i.tenant_id = $1 AND i.hash = ANY ($2) AND i.valid_to IS NULL`,
    [tenantId, handles.map((h) => h.hash)],
  );
  const proof = handles.filter(isNeverPassedOn);
  const isProof = (one: FoundSubject): boolean => proof.some((h) => h.hash.equals(one.hash));
  const owners = found.filter(isProof);
  const passedOn: Buffer[] = [];
  for (const one of found.filter((f) => !isProof(f))) {
    const isTheirs =
      proof.length === 0 ||
      owners.some((owner) => owner.subject_id === one.subject_id) ||
      (await wasTheirs(tx, tenantId, { subject: one.subject_id, proof })) ||
      !(await hasAnother(tx, keys, { subject: one, proof }));
    if (isTheirs) owners.push(one);
    else if (!at || one.valid_from.getTime() < at.getTime() + SECOND_MS) passedOn.push(one.hash);
  }
  if (passedOn.length > 0) {
    await tx.query('UPDATE parley.identity SET valid_to = now() WHERE tenant_id = $1 AND hash = ANY ($2)', [
      tenantId,
      passedOn,
    ]);
    await tx.query('SELECT pg_notify($1, $2)', [PERSONS, tenantId]);
  }
  return owners;
}

/** They lead to the subject from here on, where they do not lead to somebody already. Whoever objected under one of them has objected. */
export async function attach(
  tx: Tx,
  mandate: Mandate,
  { keys, subjectId, key, handles }: { keys: TenantKeys; subjectId: string; key: Buffer; handles: readonly Handle[] },
): Promise<void> {
  const attached: Buffer[] = [];
  for (const handle of handles) {
    const place = identityPlace(keys.tenantId, subjectId, handle.kind);
    const made = await tx.query<{ hash: Buffer }>(
      `INSERT INTO parley.identity (tenant_id, hash, subject_id, kind, value, instruction_version, clause) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (tenant_id, hash) DO UPDATE
       SET subject_id = excluded.subject_id, value = excluded.value, instruction_version = excluded.instruction_version, clause = excluded.clause,
         valid_from = now(), valid_to = NULL
       WHERE parley.identity.valid_to IS NOT NULL RETURNING hash`,
      [
        keys.tenantId,
        handle.hash,
        subjectId,
        handle.kind,
        sealPersonal(mandate, 'routing', { key, value: handle.value, place }),
        mandate.instruction.version,
        handle.clause,
      ],
    );
    attached.push(...made.map(({ hash }) => hash));
  }
  if (attached.length > 0) await rememberObjections(tx, keys, { subjectId, hashes: attached });
}
