// Persons and their conversations: found by keyed hash, made at first contact, never merged without evidence.
import { randomUUID } from 'node:crypto';
import type { Mandate, Personal } from '#libs/kernel';
import {
  contextOf,
  newSubjectKey,
  openSubjectKey,
  sealPersonal,
  suppressionHash,
  unseal,
  type TenantKeys,
} from '#libs/vault';
import { identityPlace } from './identity-place.js';
import { joinPersons } from './joining.js';
import type { Db, Tx } from './pool.js';
import { wholePersons } from './same-person.js';

/** An identifier that was instructed to be kept and by which the person can be found again. */
export interface Handle {
  readonly hash: Buffer;
  readonly kind: string;
  readonly value: Personal<string>;
  readonly clause: string;
}

export interface Contact {
  readonly connectionId: string;
  readonly thread: string;
  readonly locale: string | null;
  readonly handles: readonly Handle[];
  /** Where the channel names the conversation itself (web chat), its id; otherwise a random one. */
  readonly conversationId?: string;
}

export interface Resolved {
  readonly subjectId: string;
  readonly subjectKey: Buffer;
  readonly conversationId: string;
}

interface FoundSubject {
  readonly hash: Buffer;
  readonly subject_id: string;
  readonly wrapped_key: Buffer;
}

async function findSubjects(tx: Tx, tenantId: string, handles: readonly Handle[]): Promise<FoundSubject[]> {
  return tx.query(
    `SELECT i.hash, i.subject_id, s.wrapped_key FROM parley.identity i
     JOIN parley.subject s ON s.tenant_id = i.tenant_id AND s.id = i.subject_id
     WHERE i.tenant_id = $1 AND i.hash = ANY ($2) AND i.valid_to IS NULL`,
    [tenantId, handles.map((h) => h.hash)],
  );
}

/** The first handle in the channel's order of preference decides; what arrived together in one update is evidence. */
function choose(found: readonly FoundSubject[], handles: readonly Handle[]): FoundSubject | undefined {
  for (const handle of handles) {
    const match = found.find((f) => f.hash.equals(handle.hash));
    if (match) return match;
  }
  return undefined;
}

/** In one order, so that nobody waits for whoever waits for them. */
async function lockHandles(tx: Tx, handles: readonly Handle[]): Promise<void> {
  for (const handle of handles.toSorted((a, b) => a.hash.compare(b.hash)))
    await tx.query('SELECT pg_advisory_xact_lock($1)', [handle.hash.readBigInt64BE(0).toString()]);
}

/** Has the subject no other id of the kind that proves? Then it was not mixed up with somebody who had its number before. */
async function isOnlyTheirs(
  tx: Tx,
  tenantId: string,
  { subject, proof }: { readonly subject: string; readonly proof: readonly Handle[] },
): Promise<boolean> {
  const others = await tx.query(
    `SELECT hash FROM parley.identity WHERE tenant_id = $1 AND subject_id = $2 AND valid_to IS NULL AND kind = ANY ($3) AND NOT hash = ANY ($4) LIMIT 1`,
    [tenantId, subject, proof.map((h) => h.kind), proof.map((h) => h.hash)],
  );
  return others.length === 0;
}

/** Somebody who objected, was erased and writes again is new to us but for that. */
async function rememberObjections(
  tx: Tx,
  keys: TenantKeys,
  person: { readonly subjectId: string; readonly handles: readonly Handle[] },
): Promise<void> {
  await tx.query(
    `WITH suppressed AS (
       INSERT INTO parley.objection (tenant_id, subject_id, purpose, at)
       SELECT $1, $2, purpose, min(since) FROM parley.suppression WHERE tenant_id = $1 AND hash = ANY ($3) GROUP BY purpose RETURNING at)
     UPDATE parley.subject SET marketing_stopped_at = (SELECT min(at) FROM suppressed)
     WHERE tenant_id = $1 AND id = $2 AND EXISTS (SELECT FROM suppressed)`,
    [keys.tenantId, person.subjectId, person.handles.map((h) => suppressionHash(keys, h.hash))],
  );
}

async function attach(
  tx: Tx,
  mandate: Mandate,
  at: { keys: TenantKeys; subjectId: string; key: Buffer; handles: readonly Handle[] },
): Promise<void> {
  for (const handle of at.handles) {
    const place = identityPlace(at.keys.tenantId, at.subjectId, handle.kind);
    await tx.query(
      `INSERT INTO parley.identity (tenant_id, hash, subject_id, kind, value, clause) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (tenant_id, hash) DO UPDATE
       SET subject_id = excluded.subject_id, value = excluded.value, clause = excluded.clause, valid_from = now(), valid_to = NULL
       WHERE parley.identity.valid_to IS NOT NULL`,
      [
        at.keys.tenantId,
        handle.hash,
        at.subjectId,
        handle.kind,
        sealPersonal(mandate, 'routing', { key: at.key, value: handle.value, place }),
        handle.clause,
      ],
    );
  }
}

export function subjectVerbs(db: Db) {
  async function conversationOf(
    tx: Tx,
    person: { tenantId: string; subjectId: string },
    contact: Contact,
  ): Promise<string> {
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO parley.conversation AS c (tenant_id, id, connection_id, subject_id, thread, locale) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (tenant_id, connection_id, subject_id, thread) DO UPDATE SET locale = coalesce(excluded.locale, c.locale)
       RETURNING id`,
      [
        person.tenantId,
        contact.conversationId ?? randomUUID(),
        contact.connectionId,
        person.subjectId,
        contact.thread,
        contact.locale,
      ],
    );
    return rows[0]!.id;
  }

  return {
    /** Finds the person and the conversation, or makes them: at most one of each, whoever else is at it. */
    resolveContact: (mandate: Mandate, keys: TenantKeys, contact: Contact): Promise<Resolved> =>
      db.inTenant(keys.tenantId, async (tx) => {
        // Two first messages of one person at once: the second waits here and then finds the first one's subject.
        await lockHandles(tx, contact.handles);
        const found = await findSubjects(tx, keys.tenantId, contact.handles);
        const known = choose(found, contact.handles);
        const subjectId = known?.subject_id ?? randomUUID();
        let key: Buffer;
        if (known) {
          key = openSubjectKey(keys, subjectId, known.wrapped_key);
        } else {
          const made = newSubjectKey(keys, subjectId);
          key = made.key;
          await tx.query('INSERT INTO parley.subject (tenant_id, id, wrapped_key) VALUES ($1, $2, $3)', [
            keys.tenantId,
            subjectId,
            made.wrapped,
          ]);
          await rememberObjections(tx, keys, { subjectId, handles: contact.handles });
        }
        const missing = contact.handles.filter((h) => !found.some((f) => f.hash.equals(h.hash)));
        await attach(tx, mandate, { keys, subjectId, key, handles: missing });
        return {
          subjectId,
          subjectKey: key,
          conversationId: await conversationOf(tx, { tenantId: keys.tenantId, subjectId }, contact),
        };
      }),

    /**
     * The platform says that a person's identifiers changed: the new ones are theirs, the old ones have ended. Whoever has written under a
     * new one already is the same person, where that id is never given to another (`proof`): operators give numbers to other people.
     */
    changeIdentity: (
      mandate: Mandate,
      keys: TenantKeys,
      change: { previous: readonly Handle[]; current: readonly Handle[]; proof: readonly Handle[] },
    ): Promise<'unknown' | 'changed' | 'joined'> =>
      db.inTenant(keys.tenantId, async (tx) => {
        await lockHandles(tx, [...change.previous, ...change.current]);
        const known = choose(await findSubjects(tx, keys.tenantId, change.previous), change.previous);
        if (!known) return 'unknown';
        const key = openSubjectKey(keys, known.subject_id, known.wrapped_key);
        const met = choose(await findSubjects(tx, keys.tenantId, change.proof), change.proof);
        const ended = change.previous.filter((p) => !change.current.some((c) => c.hash.equals(p.hash)));
        await tx.query('UPDATE parley.identity SET valid_to = now() WHERE tenant_id = $1 AND hash = ANY ($2)', [
          keys.tenantId,
          ended.map((h) => h.hash),
        ]);
        const { proof } = change;
        const other = met && met.subject_id !== known.subject_id ? met : null;
        if (!other || !(await isOnlyTheirs(tx, keys.tenantId, { subject: other.subject_id, proof }))) {
          await attach(tx, mandate, { keys, subjectId: known.subject_id, key, handles: change.current });
          return 'changed';
        }
        const both = { keys, earlier: known.subject_id, later: other.subject_id };
        if (!(await joinPersons(tx, mandate, both))) return 'changed';
        const theirs = openSubjectKey(keys, other.subject_id, other.wrapped_key);
        await attach(tx, mandate, { keys, subjectId: other.subject_id, key: theirs, handles: change.current });
        return 'joined';
      }),

    /** The person's preference about marketing, as the platform reported it. */
    recordPreference: (tenantId: string, hashes: readonly Buffer[], stopped: boolean): Promise<unknown> =>
      db.inTenant(tenantId, async (tx) => {
        const named = await tx.query<{ subject_id: string }>(
          'SELECT DISTINCT subject_id FROM parley.identity WHERE tenant_id = $1 AND hash = ANY ($2)',
          [tenantId, hashes],
        );
        const subjects = await wholePersons(
          tx,
          tenantId,
          named.map((row) => row.subject_id),
        );
        await tx.query(
          'UPDATE parley.subject SET marketing_stopped_at = CASE WHEN $3 THEN now() END WHERE tenant_id = $1 AND id = ANY ($2)',
          [tenantId, subjects, stopped],
        );
      }),

    /** The platform refuses marketing to this person, because the person stopped it there. */
    stopMarketing: (tenantId: string, subjectId: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          'UPDATE parley.subject SET marketing_stopped_at = coalesce(marketing_stopped_at, now()) WHERE tenant_id = $1 AND id = $2',
          [tenantId, subjectId],
        ),
      ),
  };
}

/** The identifiers by which a person can be answered, in clear. */
export const openHandles = (
  whose: { readonly tenantId: string; readonly subjectId: string; readonly key: Buffer },
  handles: readonly { readonly kind: string; readonly value: Buffer }[],
): readonly { readonly kind: string; readonly value: string }[] =>
  handles.map(({ kind, value }) => ({
    kind,
    value: unseal(whose.key, value, contextOf(identityPlace(whose.tenantId, whose.subjectId, kind))).toString(),
  }));
