// A stricter version applied to what is held: which are due, how far each has come, and one locked batch of rows at a time.
import type { Db, Tx } from './pool.js';

/** `on-hold`: a legal hold stands above it. `settling`: looked at once; what was in flight is looked for soon. */
export type ApplicationState = 'waiting' | 'running' | 'settling' | 'on-hold' | 'done' | 'not-needed' | 'not-in-force';

export interface Application {
  readonly version: number;
  readonly state: ApplicationState;
  readonly stricter: readonly string[];
  readonly round: number;
  readonly skipped: number;
  readonly total: number;
  readonly examined: number;
  readonly changed: number;
  readonly not_before: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

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
  readonly body: Buffer;
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
  /** Of conversations: the language of the person. */
  readonly locales: readonly { readonly id: string; readonly locale: string | null }[];
  readonly filesGone: readonly string[];
  readonly files: readonly { readonly id: string; readonly bytes: Buffer; readonly size: number }[];
}

interface Marks {
  readonly conversation_mark: string;
  readonly message_mark: string;
}

const BATCH = 200;
const COLUMNS =
  'version, state, stricter, round, skipped, total, examined, changed, not_before, started_at, finished_at';

/** Of earlier versions, in the order of the index: conversation by conversation. */
const MESSAGES = `SELECT m.id, m.conversation_id, m.direction, m.state, m.body FROM parley.message m
  WHERE m.tenant_id = $1 AND (m.conversation_id, m.id) > ($2, $3) AND m.instruction_version = ANY ($4) AND m.body IS NOT NULL
  ORDER BY m.conversation_id, m.id LIMIT ${BATCH}`;

/** Those that no worker has in hand, locked: a worker that comes now waits for this batch, and then reads what it left. */
const CONVERSATIONS = `SELECT c.id, k.channel, c.subject_id, s.wrapped_key, c.locale, c.tokens,
    ARRAY(SELECT i.kind FROM parley.identity i WHERE i.tenant_id = $1 AND i.subject_id = s.id ORDER BY i.hash) AS handle_kinds,
    ARRAY(SELECT i.value FROM parley.identity i WHERE i.tenant_id = $1 AND i.subject_id = s.id ORDER BY i.hash) AS handle_values
  FROM parley.conversation c JOIN parley.subject s ON s.tenant_id = c.tenant_id AND s.id = c.subject_id
  LEFT JOIN parley.connection k ON k.tenant_id = c.tenant_id AND k.id = c.connection_id
  WHERE c.tenant_id = $1 AND c.id = ANY ($2) AND (c.lease_until IS NULL OR c.lease_until < now()) AND s.wrapped_key <> ''
  ORDER BY c.id FOR UPDATE OF c`;

const FILES = `SELECT id, message_id, media, mime, size, CASE WHEN $3 THEN bytes END AS bytes FROM parley.attachment
  WHERE tenant_id = $1 AND message_id = ANY ($2) ORDER BY id`;

const STOP = `UPDATE parley.message SET body = NULL, waiting = NULL, held_until = NULL, code = 'not-instructed',
    state = CASE WHEN direction = 'in' THEN 'dropped' ELSE 'failed' END WHERE tenant_id = $1 AND id = ANY ($2)`;

async function write(tx: Tx, tenantId: string, changes: HeldChanges): Promise<void> {
  const { bodies, tokens, locales, filesGone, files, stopped } = changes;
  await tx.query(
    `UPDATE parley.message m SET body = u.body FROM unnest($2::uuid[], $3::bytea[]) AS u(id, body) WHERE m.tenant_id = $1 AND m.id = u.id`,
    [tenantId, bodies.map((one) => one.id), bodies.map((one) => one.body)],
  );
  if (stopped.length > 0) await tx.query(STOP, [tenantId, stopped]);
  for (const one of tokens)
    await tx.query('UPDATE parley.conversation SET tokens = $3 WHERE tenant_id = $1 AND id = $2', [tenantId, one.id, one.tokens]); // prettier-ignore
  for (const one of locales)
    await tx.query('UPDATE parley.conversation SET locale = $3 WHERE tenant_id = $1 AND id = $2', [tenantId, one.id, one.locale]); // prettier-ignore
  if (filesGone.length > 0)
    await tx.query('DELETE FROM parley.attachment WHERE tenant_id = $1 AND id = ANY ($2)', [tenantId, filesGone]);
  for (const one of files)
    await tx.query('UPDATE parley.attachment SET bytes = $3, size = $4 WHERE tenant_id = $1 AND id = $2', [tenantId, one.id, one.bytes, one.size]); // prettier-ignore
}

export function applicationVerbs(db: Db) {
  /** One process at a time per tenant; null: another is at it, or it is finished. */
  const alone = <T>(tenantId: string, version: number, work: (tx: Tx, marks: Marks) => Promise<T>): Promise<T | null> =>
    db.inTenant(tenantId, async (tx) => {
      const [row] = await tx.query<Marks>(
        `SELECT conversation_mark, message_mark FROM parley.instruction_application
         WHERE tenant_id = $1 AND version = $2 AND finished_at IS NULL FOR UPDATE SKIP LOCKED`,
        [tenantId, version],
      );
      return row ? work(tx, row) : null;
    }); // prettier-ignore

  return {
    /** The oldest version of each tenant that is to be applied now. */
    dueApplications: (limit: number): Promise<{ tenant_id: string; version: number }[]> =>
      db.directory(
        `SELECT DISTINCT ON (tenant_id) tenant_id, version FROM parley.instruction_application
         WHERE finished_at IS NULL AND not_before <= now() ORDER BY tenant_id, version LIMIT $1`,
        [limit],
      ),

    application: async (tenantId: string, version: number): Promise<Application | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<Application & object>(
            `SELECT ${COLUMNS} FROM parley.instruction_application WHERE tenant_id = $1 AND version = $2`,
            [tenantId, version],
          ),
        )
      )[0] ?? null,

    /** It is stricter in these points: what is held is looked at from now on. */
    beginApplication: (
      tenantId: string,
      version: number,
      found: { readonly stricter: readonly string[]; readonly earlier: readonly number[] },
    ): Promise<unknown> =>
      alone(tenantId, version, (tx) =>
        tx.query(
          `UPDATE parley.instruction_application SET state = 'running', stricter = $3, started_at = coalesce(started_at, clock_timestamp()),
             total = (SELECT count(*) FROM parley.message WHERE tenant_id = $1 AND instruction_version = ANY ($4) AND body IS NOT NULL)
           WHERE tenant_id = $1 AND version = $2`,
          [tenantId, version, found.stricter, found.earlier],
        ),
      ),

    /** Not now: again after so many ms. */
    postponeApplication: (
      tenantId: string,
      version: number,
      to: { readonly state: 'settling' | 'on-hold'; readonly inMs: number },
    ): Promise<unknown> =>
      alone(tenantId, version, (tx) =>
        tx.query(
          `UPDATE parley.instruction_application SET state = $3, not_before = clock_timestamp() + make_interval(secs => $4 / 1000.0)
           WHERE tenant_id = $1 AND version = $2`,
          [tenantId, version, to.state, to.inMs],
        ),
      ),

    /** It failed: again after so many ms, from where it stands. */
    restApplication: (tenantId: string, version: number, inMs: number): Promise<unknown> =>
      alone(tenantId, version, (tx) =>
        tx.query(
          `UPDATE parley.instruction_application SET not_before = clock_timestamp() + make_interval(secs => $3 / 1000.0)
           WHERE tenant_id = $1 AND version = $2`,
          [tenantId, version, inMs],
        ),
      ),

    /** Everything was looked at: once more from the beginning, when its time comes. */
    nextRound: (tenantId: string, version: number, inMs: number): Promise<unknown> =>
      alone(tenantId, version, (tx) =>
        tx.query(
          `UPDATE parley.instruction_application SET state = 'settling', round = round + 1, skipped = 0, conversation_mark = DEFAULT,
             message_mark = DEFAULT, not_before = clock_timestamp() + make_interval(secs => $3 / 1000.0)
           WHERE tenant_id = $1 AND version = $2`,
          [tenantId, version, inMs],
        ),
      ),

    /** With a leaf in the ledger where something was applied. */
    finishApplication: (
      tenantId: string,
      version: number,
      end: { readonly state: 'done' | 'not-needed' | 'not-in-force'; readonly leaf: object | null },
    ): Promise<unknown> =>
      alone(tenantId, version, async (tx) => {
        await tx.query(
          'UPDATE parley.instruction_application SET state = $3, finished_at = clock_timestamp() WHERE tenant_id = $1 AND version = $2',
          [tenantId, version, end.state],
        );
        if (end.leaf)
          await tx.query('INSERT INTO parley.ledger_leaf (tenant_id, leaf) VALUES ($1, $2)', [tenantId, JSON.stringify(end.leaf)]); // prettier-ignore
      }),

    /** By what persons are known: which clauses provided for it. */
    identityClauses: (tenantId: string): Promise<{ clause: string; kind: string }[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query('SELECT DISTINCT clause, kind FROM parley.identity WHERE tenant_id = $1', [tenantId]),
      ),

    /** Deletes identifiers that may not be held any longer; every process forgets whom it remembers. */
    dropIdentities: (tenantId: string, version: number, of: { clause: string; kind: string }): Promise<number | null> =>
      alone(tenantId, version, async (tx) => {
        const gone = await tx.query(
          'DELETE FROM parley.identity WHERE tenant_id = $1 AND clause = $2 AND kind = $3 RETURNING 1',
          [tenantId, of.clause, of.kind],
        );
        await tx.query("SELECT pg_notify('parley_persons', $1)", [tenantId]);
        await tx.query(
          'UPDATE parley.instruction_application SET changed = changed + $3 WHERE tenant_id = $1 AND version = $2',
          [tenantId, version, gone.length],
        );
        return gone.length;
      }),

    /**
     * The next messages kept under earlier versions: read, handed over, changed, and the mark moved, in one transaction. A crash in
     * between has changed nothing. Conversations that a worker has in hand are passed over and counted.
     */
    applyToHeld: (
      tenantId: string,
      version: number,
      given: {
        /** Versions under which something may be held that this one does not permit. */
        readonly earlier: readonly number[];
        readonly withBytes: boolean;
        readonly work: (batch: HeldBatch) => Promise<HeldChanges>;
      },
    ): Promise<{ readonly more: boolean } | null> =>
      alone(tenantId, version, async (tx, marks) => {
        const found = await tx.query<HeldMessage & object>(MESSAGES, [tenantId, marks.conversation_mark, marks.message_mark, given.earlier]); // prettier-ignore
        const last = found.at(-1);
        if (!last) return { more: false };
        const ids = [...new Set(found.map((one) => one.conversation_id))];
        const conversations = await tx.query<HeldConversation & object>(CONVERSATIONS, [tenantId, ids]);
        const free = new Set(conversations.map(({ id }) => id));
        const inHand = found.filter((one) => free.has(one.conversation_id)).map(({ id }) => id);
        // Read again now that nobody else can change them.
        const messages = await tx.query<HeldMessage & object>(
          `SELECT id, conversation_id, direction, state, body FROM parley.message WHERE tenant_id = $1 AND id = ANY ($2) AND body IS NOT NULL ORDER BY id FOR UPDATE`,
          [tenantId, inHand],
        );
        const files = await tx.query<HeldFile & object>(FILES, [tenantId, inHand, given.withBytes]);
        const changes = await given.work({ conversations, messages, files });
        await write(tx, tenantId, changes);
        await tx.query(
          `UPDATE parley.instruction_application SET state = 'running', conversation_mark = $3, message_mark = $4, skipped = skipped + $5,
             examined = CASE WHEN round = 1 THEN examined + $6 ELSE examined END, changed = changed + $7
           WHERE tenant_id = $1 AND version = $2`,
          [
            tenantId, version, last.conversation_id, last.id, found.length - inHand.length, found.length,
            changes.bodies.length + changes.stopped.length + changes.filesGone.length + changes.files.length,
          ],
        ); // prettier-ignore
        return { more: found.length === BATCH };
      }),
  };
}
