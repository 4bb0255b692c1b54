// What legal holds keep of persons, and the erasure of everything around it (Art. 17(3)).
import type { Mandate } from '#libs/kernel';
import { recordDeletion, type NewDeletion } from './deletions.js';
import { eraseAround, scopeOf } from './erasure.js';
import { noteProgress } from './erasure-progress.js';
import type { Kept } from './holding.js';
import type { Db, Tx } from './pool.js';
import { wholePersons } from './same-person.js';
import { markStaleTokens } from './stale-tokens.js';

interface KeptMessage {
  readonly id: string;
  readonly conversation_id: string;
  readonly content: boolean;
  readonly attachments: boolean;
  readonly consents: boolean;
  readonly subject_id: string;
}

export interface HeldBack {
  readonly messages: number;
  readonly attachments: number;
  readonly consents: number;
  /** Of whom that is; of the other persons nothing is kept. */
  readonly subjects: readonly string[];
}

/** Of a hold on records that names messages these stay as well, without content: they say whom it concerns. */
const MESSAGES = `SELECT m.id, m.conversation_id, c.subject_id, bool_or('consent-record' = ANY (h.categories)) AS consents, bool_or('content' = ANY (h.categories)) AS content, bool_or('attachments' = ANY (h.categories)) AS attachments
  FROM parley.conversation c
  JOIN parley.connection_term k ON k.tenant_id = c.tenant_id AND k.connection_id = c.connection_id
  JOIN parley.message m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
  JOIN jsonb_to_recordset($3) AS h(categories text[], connections text[], "from" timestamptz, until timestamptz)
    ON (h.connections IS NULL OR k.name = ANY (h.connections)) AND (h."from" IS NULL OR m.at >= h."from") AND (h.until IS NULL OR m.at < h.until)
  WHERE c.tenant_id = $1 AND c.subject_id = ANY ($2) AND (h.categories && ARRAY['content', 'attachments', 'routing']
    OR 'consent-record' = ANY (h.categories) AND NOT (h.connections IS NULL AND h."from" IS NULL AND h.until IS NULL)) GROUP BY 1, 2, 3`;

const isWhole = ({ connections, from, until }: Kept): boolean =>
  connections === null && from === null && until === null;

const RECORDS = `SELECT subject_id, count(*)::int AS n FROM (
    SELECT subject_id FROM parley.consent_event WHERE tenant_id = $1 AND subject_id = ANY ($2)
    UNION ALL SELECT subject_id FROM parley.age_event WHERE tenant_id = $1 AND subject_id = ANY ($2)) r GROUP BY 1`;
const FILES = 'SELECT count(*)::int AS n FROM parley.attachment WHERE tenant_id = $1 AND message_id = ANY ($2)';
/** What was written from then on is no part of what is erased. */
const LATER = `SELECT m.id FROM parley.conversation c JOIN parley.message m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
  WHERE c.tenant_id = $1 AND c.subject_id = ANY ($2) AND m.direction = 'in' AND m.id >= parley.uuid_at($3)`;

/** Whose records of consents and ages are kept: of all, or of the persons of whom a hold on them keeps a message; a person's stay together. */
async function recordsKept(
  tx: Tx,
  tenantId: string,
  of: {
    readonly subjects: readonly string[];
    readonly holds: readonly Kept[];
    readonly messages: readonly KeptMessage[];
  },
): Promise<readonly string[]> {
  if (of.holds.some((hold) => hold.categories.includes('consent-record') && isWhole(hold))) return of.subjects;
  const concerned = of.messages.flatMap((message) => (message.consents ? [message.subject_id] : []));
  return wholePersons(tx, tenantId, [...new Set(concerned)]);
}

export function heldBackVerbs(db: Db) {
  const look = async (tx: Tx, tenantId: string, of: { subjects: readonly string[]; holds: readonly Kept[] }) => {
    const messages = await tx.query<KeptMessage>(MESSAGES, [tenantId, of.subjects, JSON.stringify(of.holds)]);
    const withFiles = messages.filter(({ attachments }) => attachments).map(({ id }) => id);
    const [files] = await tx.query<{ n: number }>(FILES, [tenantId, withFiles]);
    const records = await recordsKept(tx, tenantId, { ...of, messages });
    const kept = await tx.query<{ subject_id: string; n: number }>(RECORDS, [tenantId, records]);
    const held: HeldBack = {
      messages: messages.length,
      attachments: files!.n,
      consents: kept.reduce((sum, { n }) => sum + n, 0),
      subjects: [...new Set([...messages, ...kept].map((one) => one.subject_id))],
    };
    return { messages, withFiles, records, held };
  };

  return {
    /** What these holds keep of these persons. */
    heldBack: (tenantId: string, subjects: readonly string[], holds: readonly Kept[]): Promise<HeldBack> =>
      db.inTenant(tenantId, async (tx) => (await look(tx, tenantId, { subjects, holds })).held),

    /** Erases what no hold keeps, records it, and notes with the request how many rows went, in one transaction. */
    eraseAround: (
      mandate: Mandate,
      of: {
        readonly subjects: readonly string[];
        readonly holds: readonly Kept[];
        readonly requestId: string;
        readonly journal: readonly NewDeletion[];
        /** What persons write from then on stays. */
        readonly before: Date;
      },
    ): Promise<void> => {
      const { tenantId } = mandate;
      if (mandate.operation !== 'Erase') throw new TypeError('this mandate does not permit erasing');
      return db.inTenant(tenantId, async (tx) => {
        const { messages, withFiles, records } = await look(tx, tenantId, of);
        const later = (await tx.query<{ id: string }>(LATER, [tenantId, of.subjects, of.before])).map(({ id }) => id); // prettier-ignore
        const kept = new Set([...messages.map(({ id }) => id), ...later]);
        const keptConversations = [...new Set(messages.map((m) => m.conversation_id))];
        const readable = [...messages.filter(({ content }) => content).map(({ id }) => id), ...later];
        // What is said of no message in particular is kept by a hold that keeps all of the person's content.
        const keepsRecord = of.holds.some((hold) => hold.categories.includes('content') && isWhole(hold));
        const whole = await scopeOf(tx, tenantId, { subjects: of.subjects, known: [] });
        const unbound = await scopeOf(tx, tenantId, { subjects: of.subjects, known: [], goes: (id) => !kept.has(id) });
        const gone = async (what: string, text: string, values: readonly unknown[]): Promise<[string, number]> => [
          what,
          (await tx.query(`${text} RETURNING 1`, [tenantId, ...values])).length,
        ];
        const counts = Object.fromEntries([
          await gone('attachments', 'DELETE FROM parley.attachment WHERE tenant_id = $1 AND subject_id = ANY ($2) AND NOT message_id = ANY ($3)', [of.subjects, [...withFiles, ...later]]),
          await gone('notes on special categories', 'DELETE FROM parley.sensitive_event WHERE tenant_id = $1 AND conversation_id = ANY ($2) AND NOT message_id = ANY ($3)', [whole.conversations, [...kept]]),
          await gone('dead letters', 'DELETE FROM parley.dead_letter WHERE tenant_id = $1 AND conversation_id = ANY ($2)', [whole.conversations]),
          await gone('corrections and statements', 'DELETE FROM parley.correction WHERE tenant_id = $1 AND subject_id = ANY ($2) AND NOT coalesce(message_id = ANY ($3), $4)', [of.subjects, readable, keepsRecord]),
          await gone('contents of messages that are kept without', 'UPDATE parley.message SET body = NULL WHERE tenant_id = $1 AND id = ANY ($2) AND NOT id = ANY ($3) AND body IS NOT NULL', [[...kept], readable]),
        ]); // prettier-ignore
        Object.assign(counts, await eraseAround(tx, { tenantId, scope: unbound, records }));
        await markStaleTokens(tx, tenantId, keptConversations);
        const [what, n] = await gone(
          'conversations',
          `DELETE FROM parley.conversation WHERE tenant_id = $1 AND subject_id = ANY ($2) AND NOT id = ANY ($3)
             AND NOT EXISTS (SELECT FROM parley.message m WHERE m.tenant_id = $1 AND m.conversation_id = parley.conversation.id)`,
          [of.subjects, keptConversations],
        );
        const deleted = { ...counts, [what]: n };
        await noteProgress(tx, tenantId, { requestId: of.requestId, done: () => ({ deleted }) });
        for (const entry of of.journal) await recordDeletion(tx, mandate.instruction, entry);
      });
    },
  };
}
