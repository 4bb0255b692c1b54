// A stricter version applied to what is held: which are due, how far each has come, and one locked batch of rows at a time.
import { changeHeld, HELD_BATCH, HOLDS_SOMETHING, type HeldBatch, type HeldChanges, type HeldMessage } from './held.js';
import { appendLeaf, type Leaf } from './leaf.js';
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

interface Marks {
  readonly conversation_mark: string;
  readonly message_mark: string;
}

const COLUMNS =
  'version, state, stricter, round, skipped, total, examined, changed, not_before, started_at, finished_at';

/** Of earlier versions, in the order of the index: conversation by conversation. */
const MESSAGES = `SELECT m.id, m.conversation_id FROM parley.message m
  WHERE m.tenant_id = $1 AND (m.conversation_id, m.id) > ($2, $3) AND m.instruction_version = ANY ($4) AND ${HOLDS_SOMETHING}
  ORDER BY m.conversation_id, m.id LIMIT ${HELD_BATCH}`;

const READINGS = `d.tenant_id = $1 AND d.status IN ('read', 'played') AND d.instruction_version = ANY ($3)
  AND d.connection_id IN (SELECT id FROM parley.connection WHERE tenant_id = $1 AND channel = $2)`;
const DROP_READINGS = `DELETE FROM parley.delivery_status d WHERE ${READINGS}`;
const COARSEN_READINGS = `UPDATE parley.delivery_status d SET at = date_trunc('hour', d.at) WHERE ${READINGS} AND d.at <> date_trunc('hour', d.at)`;

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
             total = (SELECT count(*) FROM parley.message m WHERE m.tenant_id = $1 AND m.instruction_version = ANY ($4) AND ${HOLDS_SOMETHING})
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
      end: { readonly state: 'done' | 'not-needed' | 'not-in-force'; readonly leaf: Leaf | null },
    ): Promise<unknown> =>
      alone(tenantId, version, async (tx) => {
        await tx.query(
          'UPDATE parley.instruction_application SET state = $3, finished_at = clock_timestamp() WHERE tenant_id = $1 AND version = $2',
          [tenantId, version, end.state],
        );
        if (end.leaf) await appendLeaf(tx, tenantId, end.leaf);
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

    /** What platforms said on a channel of messages that were read, under those versions: the moment becomes its hour, or all of it goes. */
    dropReadings: (
      tenantId: string,
      version: number,
      of: { readonly channel: string; readonly earlier: readonly number[]; readonly left: 'hour' | 'nothing' },
    ): Promise<unknown> =>
      alone(tenantId, version, (tx) =>
        tx.query(of.left === 'hour' ? COARSEN_READINGS : DROP_READINGS, [tenantId, of.channel, of.earlier]),
      ),

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
        const found = await tx.query<Pick<HeldMessage, 'id' | 'conversation_id'>>(MESSAGES, [tenantId, marks.conversation_mark, marks.message_mark, given.earlier]); // prettier-ignore
        const last = found.at(-1);
        if (!last) return { more: false };
        const { free, changes } = await changeHeld(tx, tenantId, { found, ...given });
        await tx.query(
          `UPDATE parley.instruction_application SET state = 'running', conversation_mark = $3, message_mark = $4, skipped = skipped + $5,
             examined = CASE WHEN round = 1 THEN examined + $6 ELSE examined END, changed = changed + $7
           WHERE tenant_id = $1 AND version = $2`,
          [
            tenantId, version, last.conversation_id, last.id, found.length - free, found.length,
            changes.bodies.length + changes.stopped.length + changes.unread.length + changes.filesGone.length + changes.files.length,
          ],
        ); // prettier-ignore
        return { more: found.length === HELD_BATCH };
      }),
  };
}
