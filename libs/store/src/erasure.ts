// Erasure of persons, step by step: stop the work, destroy the keys, delete the rows. The list below is all there is to it.
import type { Mandate } from '#libs/kernel';
import { suppressionHash, type TenantKeys } from '#libs/vault';
import { recordDeletion, type NewDeletion } from './deletions.js';
import { noteProgress } from './erasure-progress.js';
import type { Db, Tx } from './pool.js';
import { personsNamed } from './same-person.js';
import { LINKED, UNLINK, UNLINK_HASHES } from './unlink.js';

/** NOTIFY channel on which processes are told to forget whom they remember; the payload is a tenant's id. */
export const PERSONS = 'parley_persons';

/** Everything that leads to the rows of these persons, read before the first of them goes. */
export interface ErasureScope {
  readonly subjects: readonly string[];
  readonly conversations: readonly string[];
  readonly messages: readonly string[];
  /** Connection and keyed hash, by which the platform's states of these messages are found. */
  readonly platformIds: readonly string[];
}

export type ErasurePhase = 'stop' | 'key' | 'rows';

export interface ErasureStep {
  readonly phase: ErasurePhase;
  /** What the certificate calls it. */
  readonly what: string;
  readonly table: string;
  /** Which ids of the scope are its $2; $1 is the tenant. */
  readonly by: keyof ErasureScope;
  readonly sql: string;
  /** Changes no row. */
  readonly tells?: true;
  /** Touches the same rows each time that it is repeated. */
  readonly repeats?: true;
}

const OWN: Readonly<Record<string, keyof ErasureScope>> = { subject: 'subjects', message: 'messages' };
const COLUMN: Readonly<Record<keyof ErasureScope, string>> = {
  subjects: 'subject_id',
  conversations: 'conversation_id',
  messages: 'message_id',
  platformIds: 'hash',
};

/** Deletes the rows that name one of the ids; a table's own rows are named by their id. */
const deletion = (what: string, table: string, by: keyof ErasureScope): ErasureStep => ({
  phase: 'rows',
  what,
  table,
  by,
  sql: `DELETE FROM parley.${table} WHERE tenant_id = $1 AND ${OWN[table] === by ? 'id' : COLUMN[by]} = ANY ($2)`,
});

/** What the certificate calls the end of keys: one per person. */
export const KEYS_DESTROYED = 'keys destroyed';

/** In this order. What is deleted last is what the others refer to. */
export const ERASURE_STEPS: readonly ErasureStep[] = [
  {
    phase: 'stop', what: 'processing stopped', table: 'subject', by: 'subjects', repeats: true,
    sql: 'UPDATE parley.subject SET restricted = true WHERE tenant_id = $1 AND id = ANY ($2)',
  },
  {
    // Whoever works on one of them loses it: nothing of that turn is settled any more.
    phase: 'stop', what: 'conversations taken out of work', table: 'conversation', by: 'conversations', repeats: true,
    sql: `UPDATE parley.conversation SET lease = gen_random_uuid(), lease_until = now() + interval '1 hour' WHERE tenant_id = $1 AND id = ANY ($2)`,
  },
  {
    phase: 'stop', what: 'open messages cancelled', table: 'message', by: 'messages',
    sql: `UPDATE parley.message SET state = 'cancelled', held_until = NULL WHERE tenant_id = $1 AND id = ANY ($2)
      AND state IN ('pending', 'queued', 'sending', 'held')`,
  },
  { ...deletion(KEYS_DESTROYED, 'subject_key', 'subjects'), phase: 'key' },
  {
    // All processes forget whom they remember; heard once the keys are gone, and only then.
    phase: 'key', what: 'processes told', table: 'subject_key', by: 'subjects', tells: true,
    sql: `SELECT pg_notify('${PERSONS}', $1::uuid::text) WHERE cardinality($2::uuid[]) > 0`,
  },
  { phase: 'key', what: 'look-up hashes of requests', table: 'rights_request', by: 'subjects', sql: UNLINK_HASHES },
  { ...deletion('identifiers', 'identity', 'subjects'), phase: 'key' },
  // Before what is bound to them: whoever is binding something at this moment holds the row, and is waited for.
  deletion('messages', 'message', 'messages'),
  {
    phase: 'rows', what: 'delivery states', table: 'delivery_status', by: 'platformIds',
    // One look-up per hash, whatever the planner believes of the sizes: as a join, ten thousand messages took minutes.
    sql: `DELETE FROM parley.delivery_status d WHERE d.tenant_id = $1 AND d.ctid = ANY (ARRAY(
      SELECT s.ctid FROM unnest($2::text[]) AS k(pair) CROSS JOIN LATERAL (
        SELECT o.ctid FROM parley.delivery_status o WHERE o.tenant_id = $1
          AND o.connection_id = split_part(k.pair, ':', 1)::uuid AND o.hash = decode(split_part(k.pair, ':', 2), 'hex') OFFSET 0) s))`,
  },
  deletion('hashes of platform ids', 'external_id', 'messages'),
  deletion('mentions of others found there', 'mention', 'messages'),
  deletion('notes on special categories', 'sensitive_event', 'conversations'),
  deletion('notes on tokens', 'stale_tokens', 'conversations'),
  deletion('age declarations', 'age_event', 'subjects'),
  deletion('dead letters', 'dead_letter', 'conversations'),
  deletion('attachments', 'attachment', 'subjects'),
  deletion('disclosures', 'disclosure', 'subjects'),
  deletion('endings of consents', 'consent_ending', 'subjects'),
  deletion('consent records', 'consent_event', 'subjects'),
  deletion('objections', 'objection', 'subjects'),
  deletion('lists of incidents', 'incident_person', 'subjects'),
  deletion('corrections and statements', 'correction', 'subjects'),
  deletion('copies made for access', 'rights_copy', 'subjects'),
  {
    phase: 'rows', what: 'other requests unlinked', table: 'rights_request', by: 'subjects',
    sql: `${UNLINK}, reference = NULL WHERE r.tenant_id = $1 AND r.subject_ids && $2 AND ${LINKED}`,
  },
  deletion('conversations', 'conversation', 'subjects'),
  deletion('persons', 'subject', 'subjects'),
]; // prettier-ignore

/** The steps that take messages and what hangs on them, and what belongs to the person alone, when something of the person has to stay. */
const OF_MESSAGES: ReadonlySet<string> = new Set(['message', 'delivery_status', 'external_id']);
const OF_CONSENT: ReadonlySet<string> = new Set(['consent_event', 'consent_ending', 'age_event']);

/** The same locks that a first contact takes: whoever writes at this moment is either found here or made anew afterwards. */
async function lockIdentities(tx: Tx, tenantId: string, subjects: readonly string[]): Promise<void> {
  const rows = await tx.query<{ hash: Buffer }>(
    'SELECT hash FROM parley.identity WHERE tenant_id = $1 AND subject_id = ANY ($2) ORDER BY hash',
    [tenantId, subjects],
  );
  for (const { hash } of rows) await tx.query('SELECT pg_advisory_xact_lock($1)', [hash.readBigInt64BE(0).toString()]);
}

/** `goes`: which messages are meant. `known`: conversations that were theirs, in which something may have arrived since. */
export async function scopeOf(
  tx: Tx,
  tenantId: string,
  who: {
    readonly subjects: readonly string[];
    readonly known: readonly string[];
    readonly goes?: (message: string) => boolean;
  },
): Promise<ErasureScope> {
  const ids = async (text: string, of: readonly string[]): Promise<string[]> =>
    (await tx.query<{ id: string }>(text, [tenantId, of])).map((row) => row.id);
  const current = await ids(
    'SELECT id FROM parley.conversation WHERE tenant_id = $1 AND subject_id = ANY ($2)',
    who.subjects,
  );
  const conversations = [...new Set([...who.known, ...current])];
  const messages = (
    await ids('SELECT id FROM parley.message WHERE tenant_id = $1 AND conversation_id = ANY ($2)', conversations)
  ).filter(who.goes ?? (() => true));
  const platformIds = await ids(
    "SELECT connection_id::text || ':' || encode(hash, 'hex') AS id FROM parley.external_id WHERE tenant_id = $1 AND message_id = ANY ($2)",
    messages,
  );
  return { subjects: who.subjects, conversations, messages, platformIds };
}

const PHASES: readonly ErasurePhase[] = ['stop', 'key', 'rows'];

/** The steps of these phases in one transaction; answers how many rows each touched. */
async function carryOut(
  tx: Tx,
  at: { readonly tenantId: string; readonly scope: ErasureScope; readonly phases: readonly ErasurePhase[] },
  steps: readonly ErasureStep[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const step of steps.filter(({ phase }) => at.phases.includes(phase))) {
    const returning = step.tells ? '' : ' RETURNING 1';
    const text = `WITH touched AS (${step.sql}${returning}) SELECT count(*)::int AS n FROM touched`;
    const [row] = await tx.query<{ n: number }>(text, [at.tenantId, at.scope[step.by]]);
    if (!step.tells) counts[step.what] = row!.n;
  }
  return counts;
}

/** The erasure of what no legal hold keeps: the key stays, because what is kept has to be read (Art. 17(3)). `records`: whose consents stay. */
export async function eraseAround(
  tx: Tx,
  at: { readonly tenantId: string; readonly scope: ErasureScope; readonly records: readonly string[] },
): Promise<Record<string, number>> {
  const { tenantId, scope, records } = at;
  const rows = ERASURE_STEPS.filter(({ phase }) => phase === 'rows');
  const ofOthers = { ...scope, subjects: scope.subjects.filter((id) => !records.includes(id)) };
  const carry = (over: ErasureScope, tables: (table: string) => boolean): Promise<Record<string, number>> =>
    carryOut(tx, { tenantId, scope: over, phases: ['rows'] }, rows.filter(({ table }) => tables(table))); // prettier-ignore
  return {
    ...(await carry(scope, (table) => OF_MESSAGES.has(table) || table === 'rights_copy')),
    ...(await carry(ofOthers, (table) => OF_CONSENT.has(table))),
  };
}

/** All phases at once: for persons whom a backup brought back without a key, whom nobody can be writing to or for. */
export async function eraseWholly(tx: Tx, tenantId: string, subjects: readonly string[]): Promise<void> {
  const scope = await scopeOf(tx, tenantId, { subjects, known: [] });
  await carryOut(tx, { tenantId, scope, phases: PHASES }, ERASURE_STEPS);
}

export function erasureVerbs(db: Db) {
  return {
    /** The persons whom these keyed hashes name, as all subjects that they are. */
    subjectsOf: (tenantId: string, hashes: readonly Buffer[]): Promise<string[]> =>
      db.inTenant(tenantId, (tx) => personsNamed(tx, tenantId, { hashes, subjects: [] })),

    /** The request by which a person was erased; null: they were not, or not by one. */
    erasedBy: async (tenantId: string, subjectId: string): Promise<string | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ request_id: string | null }>(
            'SELECT request_id FROM parley.deletion WHERE tenant_id = $1 AND subject_id = $2 AND kept IS NULL',
            [tenantId, subjectId],
          ),
        )
      )[0]?.request_id ?? null,

    erasureScope: (tenantId: string, subjects: readonly string[], known: readonly string[]): Promise<ErasureScope> =>
      db.inTenant(tenantId, (tx) => scopeOf(tx, tenantId, { subjects, known })),

    /**
     * One phase in one transaction; answers how many rows each step touched. Repeating it is harmless, and catches what was in flight.
     * `steps` lets a test leave one out; `journal` is recorded together with the end of the keys, `noted` with every phase.
     */
    erase: (
      mandate: Mandate,
      scope: ErasureScope,
      how: {
        phase: ErasurePhase;
        steps?: readonly ErasureStep[];
        journal?: readonly NewDeletion[];
        noted?: { readonly requestId: string; readonly suppressed?: number; readonly now: () => number };
      },
    ): Promise<Record<string, number>> => {
      const { tenantId } = mandate;
      const { version, clause } = mandate.instruction;
      const { phase, steps = ERASURE_STEPS, journal = [], noted } = how;
      if (mandate.operation !== 'Erase') throw new TypeError('this mandate does not permit erasing');
      return db.inTenant(tenantId, async (tx) => {
        if (phase === 'key') await lockIdentities(tx, tenantId, scope.subjects);
        const counts = await carryOut(tx, { tenantId, scope, phases: [phase] }, steps);
        for (const entry of journal) await recordDeletion(tx, { version, clause }, entry);
        if (noted) {
          const repeated = steps.filter(({ repeats }) => repeats).map(({ what }) => what);
          const at = new Date(noted.now()).toISOString();
          await noteProgress(tx, tenantId, {
            requestId: noted.requestId,
            done: (before) => ({
              deleted: counts,
              repeated,
              suppressed: noted.suppressed ?? 0,
              // Whoever repeats it destroys nothing, but what has come since.
              ...(phase === 'key' && (counts[KEYS_DESTROYED] || before.keysDestroyedAt === null)
                ? { keysDestroyedAt: at }
                : {}),
            }),
          });
        }
        return counts;
      });
    },

    /** All hashes by which these persons are or were found: gone once their keys are. */
    identityHashes: async (tenantId: string, subjects: readonly string[]): Promise<Buffer[]> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<{ hash: Buffer }>(
            'SELECT hash FROM parley.identity WHERE tenant_id = $1 AND subject_id = ANY ($2)',
            [tenantId, subjects],
          ),
        )
      ).map(({ hash }) => hash),

    /** How many of these look-up hashes an objection is remembered by. */
    countSuppressed: async (keys: TenantKeys, hashes: readonly Buffer[]): Promise<number> =>
      (
        await db.inTenant(keys.tenantId, (tx) =>
          tx.query<{ n: number }>(
            'SELECT count(DISTINCT hash)::int AS n FROM parley.suppression WHERE tenant_id = $1 AND hash = ANY ($2)',
            [keys.tenantId, hashes.map((hash) => suppressionHash(keys, hash))],
          ),
        )
      )[0]!.n,

    /** Is what was written there before this request was opened not dealt with yet? Ids of both are in the order of time. */
    isAskedStill: async (tenantId: string, conversationId: string, requestId: string): Promise<boolean> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query(
            `SELECT FROM parley.message WHERE tenant_id = $1 AND conversation_id = $2 AND direction = 'in' AND state = 'pending' AND id < $3 LIMIT 1`,
            [tenantId, conversationId, requestId],
          ),
        )
      ).length > 0,

    /** Has this conversation something to say that is not out yet? */
    hasUnsent: async (tenantId: string, conversationId: string): Promise<boolean> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query(
            `SELECT id FROM parley.message WHERE tenant_id = $1 AND conversation_id = $2 AND direction = 'out'
             AND state IN ('pending', 'queued', 'sending') LIMIT 1`,
            [tenantId, conversationId],
          ),
        )
      ).length > 0,
  };
}
