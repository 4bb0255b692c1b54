// A batch of stored messages, locked, handed over and changed: what every job on what is held does, whichever messages it looks at.
import { RANK } from './ingest.js';
import type { Tx } from './pool.js';
import { markStaleTokens } from './stale-tokens.js';

/** One conversation with what leads to the reading of its messages. */
export interface HeldConversation {
  readonly id: string;
  /** null: its connection is gone. */
  readonly channel: string | null;
  readonly subject_id: string;
  readonly wrapped_key: Buffer;
  readonly locale: string | null;
  readonly tokens: Buffer | null;
  readonly handle_kinds: readonly string[];
  readonly handle_values: readonly Buffer[];
}

export interface HeldMessage {
  readonly id: string;
  readonly conversation_id: string;
  readonly direction: 'in' | 'out';
  readonly state: string;
  readonly body: Buffer | null;
  /** Of the instructions, under which it was kept. */
  readonly instruction_version: number;
}

export interface HeldFile {
  readonly id: string;
  readonly message_id: string;
  readonly media: string;
  readonly mime: string;
  readonly size: number;
  /** Only where asked for. */
  readonly bytes: Buffer | null;
}

export interface HeldBatch {
  readonly conversations: readonly HeldConversation[];
  readonly messages: readonly HeldMessage[];
  readonly files: readonly HeldFile[];
}

/** What a version leaves of a batch; what is not named stays as it is. */
export interface HeldChanges {
  readonly bodies: readonly { readonly id: string; readonly body: Buffer | null }[];
  /** What was not yet answered or sent is not any more. */
  readonly stopped: readonly string[];
  readonly tokens: readonly { readonly id: string; readonly tokens: Buffer | null }[];
  /** Of what was read or played it is not known any more. */
  readonly unread: readonly string[];
  /** Of conversations: the language of the person. */
  readonly locales: readonly { readonly id: string; readonly locale: string | null }[];
  readonly filesGone: readonly string[];
  readonly files: readonly { readonly id: string; readonly bytes: Buffer; readonly size: number }[];
}

/** How many messages one step looks at. */
export const HELD_BATCH = 200;

/** Of a message `m`: it says something, or it is known that its person read it. */
export const HOLDS_SOMETHING = "(m.body IS NOT NULL OR m.state IN ('read', 'played'))";

/** Those that no worker has in hand, locked: a worker that comes now waits for this batch, and then reads what it left. */
const CONVERSATIONS = `SELECT c.id, k.channel, c.subject_id, s.wrapped_key, c.locale, c.tokens,
    ARRAY(SELECT i.kind FROM parley.identity i WHERE i.tenant_id = $1 AND i.subject_id = c.subject_id ORDER BY i.hash) AS handle_kinds,
    ARRAY(SELECT i.value FROM parley.identity i WHERE i.tenant_id = $1 AND i.subject_id = c.subject_id ORDER BY i.hash) AS handle_values
  FROM parley.conversation c JOIN parley.subject_key s ON s.tenant_id = c.tenant_id AND s.subject_id = c.subject_id
  LEFT JOIN parley.connection k ON k.tenant_id = c.tenant_id AND k.id = c.connection_id
  WHERE c.tenant_id = $1 AND c.id = ANY ($2) AND (c.lease_until IS NULL OR c.lease_until < now())
  ORDER BY c.id FOR UPDATE OF c`;

const FILES = `SELECT id, message_id, media, mime, size, CASE WHEN $3 THEN bytes END AS bytes FROM parley.attachment
  WHERE tenant_id = $1 AND message_id = ANY ($2) ORDER BY id`;

const STOP = `UPDATE parley.message SET body = NULL, waiting = NULL, held_until = NULL, code = 'not-instructed',
    state = CASE WHEN direction = 'in' THEN 'dropped' ELSE 'failed' END WHERE tenant_id = $1 AND id = ANY ($2)`;

const UNREAD = `UPDATE parley.message SET state = 'delivered', rank = ${RANK.delivered} WHERE tenant_id = $1 AND id = ANY ($2)`;

async function write(tx: Tx, tenantId: string, changes: HeldChanges): Promise<void> {
  const { bodies, tokens, locales, filesGone, files, stopped, unread } = changes;
  await tx.query(
    `UPDATE parley.message m SET body = u.body FROM unnest($2::uuid[], $3::bytea[]) AS u(id, body) WHERE m.tenant_id = $1 AND m.id = u.id`,
    [tenantId, bodies.map((one) => one.id), bodies.map((one) => one.body)],
  );
  if (stopped.length > 0) await tx.query(STOP, [tenantId, stopped]);
  if (unread.length > 0) await tx.query(UNREAD, [tenantId, unread]);
  for (const one of tokens)
    await tx.query('UPDATE parley.conversation SET tokens = $3 WHERE tenant_id = $1 AND id = $2', [tenantId, one.id, one.tokens]); // prettier-ignore
  for (const one of locales)
    await tx.query('UPDATE parley.conversation SET locale = $3 WHERE tenant_id = $1 AND id = $2', [tenantId, one.id, one.locale]); // prettier-ignore
  if (filesGone.length > 0)
    await tx.query('DELETE FROM parley.attachment WHERE tenant_id = $1 AND id = ANY ($2)', [tenantId, filesGone]);
  for (const one of files)
    await tx.query('UPDATE parley.attachment SET bytes = $3, size = $4 WHERE tenant_id = $1 AND id = $2', [tenantId, one.id, one.bytes, one.size]); // prettier-ignore
}

/** What a step did. `free`: how many of the messages no worker had in hand. */
export interface Changed {
  readonly free: number;
  readonly changes: HeldChanges;
}

/** Of messages that were found: those that no worker has in hand are read again, handed over, and changed. */
export async function changeHeld(
  tx: Tx,
  tenantId: string,
  given: {
    readonly found: readonly { readonly id: string; readonly conversation_id: string }[];
    readonly withBytes: boolean;
    readonly work: (batch: HeldBatch) => Promise<HeldChanges>;
  },
): Promise<Changed> {
  const ids = [...new Set(given.found.map((one) => one.conversation_id))];
  const conversations = await tx.query<HeldConversation & object>(CONVERSATIONS, [tenantId, ids]);
  const taken = new Set(conversations.map(({ id }) => id));
  const free = given.found.filter((one) => taken.has(one.conversation_id)).map(({ id }) => id);
  // Read again now that nobody else can change them.
  const messages = await tx.query<HeldMessage & object>(
    `SELECT id, conversation_id, direction, state, body, instruction_version FROM parley.message m
     WHERE tenant_id = $1 AND id = ANY ($2) AND ${HOLDS_SOMETHING} ORDER BY id FOR UPDATE`,
    [tenantId, free],
  );
  const files = await tx.query<HeldFile & object>(FILES, [tenantId, free, given.withBytes]);
  const changes = await given.work({ conversations, messages, files });
  await write(tx, tenantId, changes);
  const changed = new Set([...changes.bodies.map(({ id }) => id), ...changes.stopped]);
  await markStaleTokens(tx, tenantId, messages.filter(({ id }) => changed.has(id)).map((one) => one.conversation_id)); // prettier-ignore
  return { free: free.length, changes };
}
