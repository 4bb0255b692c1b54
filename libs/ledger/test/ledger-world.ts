// A tenant with a ledger on a real PostgreSQL, and a rewriting operator: a superuser without the master key.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore, type Store } from '#libs/store';
import { startTestDatabase } from '../../store/test/database.js';
import { createLedger, fileAnchors, type Anchors, type Ledger } from '../src/index.js';

/** Remembers nothing: what is found then is found from the database alone. */
export const NO_ANCHORS: Anchors = {
  last: async () => null,
  keep: async () => undefined,
  remembered: async () => new Set(),
  forget: async () => undefined,
};

export interface TenantLedger {
  readonly id: string;
  readonly slug: string;
  append(count: number): Promise<void>;
  /** Runs statements as the operator; $1 is the tenant. */
  tamper(...statements: string[]): Promise<void>;
  copy(): Promise<Snapshot>;
  restore(snapshot: Snapshot): Promise<void>;
}
type Snapshot = ReadonlyMap<string, readonly Record<string, unknown>[]>;

export interface World {
  readonly store: Store;
  readonly dir: string;
  readonly databaseUrl: string;
  readonly masterKey: Buffer;
  /** As after a restart: nothing is cached. */
  ledger(anchors?: Anchors): Ledger;
  tenant(): Promise<TenantLedger>;
  stop(): Promise<void>;
}

const TABLES = ['ledger_leaf', 'ledger_tile', 'ledger_head', 'ledger_checkpoint', 'ledger_key'] as const;

export async function startWorld(): Promise<World> {
  const database = await startTestDatabase();
  const dir = mkdtempSync(join(tmpdir(), 'parley-ledger-'));
  const masterKey = randomBytes(32);
  const store = openStore({ databaseUrl: database.url, masterKey, poolSize: 6, onError: () => undefined });
  const operator = new pg.Client({ connectionString: database.url });
  await operator.connect();

  /** Triggers and foreign keys off, as `session_replication_role` allows a superuser. */
  const asOperator = async (work: () => Promise<void>): Promise<void> => {
    await operator.query('BEGIN; SET LOCAL session_replication_role = replica');
    await work();
    await operator.query('COMMIT');
  };

  async function tenant(): Promise<TenantLedger> {
    const made = await store.createTenant(`t${randomUUID().slice(0, 8)}`, 'Acme');
    const { id, slug } = made!;
    return {
      id,
      slug,
      async append(count) {
        const leaves = Array.from({ length: count }, (_, n) => ({
          tenantId: id,
          leaf: {
            type: 'intake',
            channel: 'web',
            event: 'message',
            outcome: 'accepted',
            version: null,
            hash: null,
            clause: '/c',
            count: n,
          },
        }));
        await store.ingest({ messages: [], statuses: [], observations: [], leaves }, 0);
      },
      tamper: (...statements) =>
        asOperator(async () => {
          for (const text of statements) {
            const result = await operator.query(text.replaceAll('$1', `'${id}'`));
            expect([text, result.rowCount]).not.toEqual([text, 0]);
          }
        }),
      async copy() {
        const rows = async (table: string): Promise<Record<string, unknown>[]> =>
          (
            await operator.query(`SELECT to_jsonb(t) AS row FROM parley.${table} t WHERE tenant_id = $1`, [id])
          ).rows.map(({ row }) => row as Record<string, unknown>);
        const copied = new Map<string, readonly Record<string, unknown>[]>();
        for (const table of TABLES) copied.set(table, await rows(table));
        return copied;
      },
      restore: (snapshot) =>
        asOperator(async () => {
          for (const [table, rows] of snapshot) {
            await operator.query(`DELETE FROM parley.${table} WHERE tenant_id = $1`, [id]);
            await operator.query(
              `INSERT INTO parley.${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::parley.${table}, $1)`,
              [JSON.stringify(rows)],
            );
          }
        }),
    };
  }

  return {
    store,
    dir,
    databaseUrl: database.url,
    masterKey,
    ledger: (anchors = fileAnchors(dir)) => createLedger({ store, anchors, now: Date.now }),
    tenant,
    async stop() {
      await operator.end();
      await store.close();
      await database.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
