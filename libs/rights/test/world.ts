// A real database for the tests of rights: a business with connections, persons, and messages that arrived when a test says.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { grantMandate, personal, type Operation } from '#libs/kernel';
import { createIsolate, createLogger, createMetrics } from '#libs/platform';
import { openStore, prepareDatabase, type Handle, type MessageRow, type Store } from '#libs/store';
import { blindIndex } from '#libs/vault';
import { startTestDatabase } from '../../store/test/database.js';

export const log = createLogger({ logLevel: 'silent', logFormat: 'json' });
export const isolate = createIsolate({ log, metrics: createMetrics() });

/** An id of version 7 that was made then. */
export const idAt = (at: number): string => {
  const hex = at.toString(16).padStart(12, '0') + '7' + randomBytes(10).toString('hex').slice(1);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export interface Met {
  readonly conversationId: string;
  readonly subjectId: string;
}

async function makeBusiness(store: Store, admin: pg.Pool) {
  const slug = `t${randomUUID().slice(0, 8)}`;
  const { id: tenantId } = (await store.createTenant(slug, 'Acme'))!;
  const keys = (await store.tenantKeys(tenantId))!;
  const mandate = (operation: Operation) =>
    grantMandate({ tenantId, operation, purpose: 'p', categories: ['routing', 'content'], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore
  const connect = async (account = '1'): Promise<string> => {
    const line = { channel: 'test', name: 'Line', account, settings: {}, secrets: {}, health: 'healthy', reason: null }; // prettier-ignore
    return (await store.createConnection(tenantId, line, keys)).id;
  };
  const connectionId = await connect();
  const someone = (at: { locale?: string | null; connectionId?: string; handles?: readonly Handle[] } = {}): Promise<Met> =>
    store.resolveContact(mandate('Store'), keys, {
      connectionId: at.connectionId ?? connectionId, thread: '', locale: at.locale ?? null,
      handles: at.handles ?? [{ hash: blindIndex(keys, 'x', randomUUID()), kind: 'wa_id', value: personal('1'), clause: '/c' }],
    }); // prettier-ignore

  /** One message, as intake leaves it; with a file if asked. */
  async function says(who: Met, at: number, how: { state?: string; file?: boolean; version?: number } = {}): Promise<string> {
    const row: MessageRow = {
      tenantId, id: idAt(at), connectionId, conversationId: who.conversationId, hash: randomBytes(16), direction: 'in', type: 'message',
      contentType: 'text', body: Buffer.from('sealed'), target: null, state: how.state ?? 'done', version: how.version ?? 1, clause: '/c',
      at: new Date(at), fed: false,
    };
    await store.ingest({ messages: [row], statuses: [], observations: [], leaves: [] }, 0);
    if (how.file)
      await store.storeAttachment(tenantId, { version: 1, clause: '/purposes/support', id: idAt(at), media: 'image', mime: 'image/png', size: 1, messageId: row.id, subjectId: who.subjectId, bytes: Buffer.alloc(1) });
    return row.id;
  } // prettier-ignore

  async function erase(subjectId: string): Promise<void> {
    const scope = await store.erasureScope(tenantId, [subjectId], []);
    for (const phase of ['stop', 'key', 'rows'] as const) await store.erase(mandate('Erase'), scope, { phase });
  }

  /** A version of the instructions, in force since then. */
  const instructs = (version: number, document: object, since: Date): Promise<unknown> =>
    admin.query(
      `INSERT INTO parley.instruction_version (tenant_id, version, hash, document, findings, approved_at) VALUES ($1, $2, 'h', $3, '[]', $4)`,
      [tenantId, version, JSON.stringify({ channels: {}, ...document }), since],
    );
  const count = async (table: string): Promise<number> =>
    (await admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM parley.${table} WHERE tenant_id = $1`, [tenantId])).rows[0]!.n; // prettier-ignore
  return { tenantId, slug, keys, connectionId, connect, someone, says, erase, instructs, count };
}

export async function startWorld() {
  const database = await startTestDatabase();
  const masterKey = randomBytes(32);
  const { logins } = await prepareDatabase(database.url, masterKey);
  const store = openStore({ databaseUrl: logins.app.url, masterKey, poolSize: 4, onError: () => undefined });
  const admin = new pg.Pool({ connectionString: database.url });
  // A connection that is about to end may still be told that the server ends.
  admin.on('error', () => undefined);
  admin.on('connect', (client) => client.on('error', () => undefined));
  const world = {
    dir: database.dir,
    url: database.url,
    masterKey,
    /** Another one, once the database was put back. */
    store,
    admin,
    business: () => makeBusiness(store, admin),
    async stop(): Promise<void> {
      await admin.end();
      await world.store.close();
      await database.stop();
    },
  };
  return world;
}

export type World = Awaited<ReturnType<typeof startWorld>>;
export type Business = Awaited<ReturnType<World['business']>>;
