// Connections to PostgreSQL: always as the application role, always within the row-level security of named tenants.
import { availableParallelism } from 'node:os';
import pg from 'pg';
import pRetry from 'p-retry';
import { isUuid } from '#libs/kernel';
import { isLost, mustGoElsewhere, openLine, type Statement } from './line.js';

/** NOTIFY channel on which processes tell each other that a tenant changed; the payload is its id. */
export const CHANGES = 'parley_changes';

export type Row = Record<string, unknown>;

/** Runs statements inside one transaction that sees only the rows of its tenants. */
export interface Tx {
  query<R extends object = Row>(text: string, values?: readonly unknown[]): Promise<R[]>;
}

export interface Db {
  /** One transaction under the tenant's row-level security. */
  inTenant<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads ids and states across tenants, as the directory role: no content can be read here. */
  directory<R extends object = Row>(text: string, values?: readonly unknown[]): Promise<R[]>;
  /** One prepared statement, its own transaction; the statement itself names its tenants. */
  run<R extends object = Row>(statement: Statement): Promise<R[]>;
  /** The same for what is asked all the time and takes a millisecond: many share a connection, and none waits there for a lock. */
  quick<R extends object = Row>(statement: Statement): Promise<R[]>;
  /** The same for what nobody else knows: a server that is away for a moment, as at a restart, is asked again. Running it twice must do no harm. */
  surely<R extends object = Row>(statement: Statement): Promise<R[]>;
  /** One statement that may take minutes, its own transaction; answers what the server said of it beside rows (the details of its notices). */
  maintain<R extends object = Row>(text: string, values?: readonly unknown[]): Promise<{ rows: R[]; said: string[] }>;
  /** Calls back for every notification on the channel; re-listens after a lost connection and then calls `onGap`. */
  listen(channel: string, handlers: { onMessage: (payload: string) => void; onGap: () => void }): Promise<void>;
  notify(channel: string, payload: string): Promise<void>;
  close(): Promise<void>;
}

/** A database that says nothing for so long is away: whoever waits is told so, and may come again. */
const PATIENCE_MS = 10_000;
const CONNECT_MS = 5_000;
const MAINTENANCE_MS = 600_000;
const KEEP_ALIVE_MS = 15_000;
/** How long a server may take to restart; a lease outlasts it. */
const RESTART = { retries: 100, minTimeout: 50, maxTimeout: 500, maxRetryTime: 8_000 };
/** Lines keep a core of the server busy each; the gateway needs one, too. */
const LINES = Math.min(4, Math.max(1, availableParallelism() >> 1));
/** So many wait on a line at most. More do only where each commit waits for a slow disk: over the pool, commits go to it together. */
const DEEPEST = 16;
const isSilence = (error: unknown): error is Error => error instanceof Error && error.message === 'Query read timeout';

export function openDb(
  databaseUrl: string,
  options: { readonly size: number; readonly onError: (error: Error) => void },
): Db {
  // A running process connects as a role that can do nothing until it becomes this one; a command of the operator, as the owner.
  const connection = {
    connectionString: databaseUrl,
    options: '-c role=parley_app',
    application_name: 'parley',
    // Whoever listens says nothing for hours, and has to know when a firewall has forgotten the connection, or the server is no more.
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: PATIENCE_MS,
  };
  const pool = new pg.Pool({
    ...connection,
    max: options.size,
    idleTimeoutMillis: 0,
  });
  pool.on('error', options.onError);
  // While it is lent, a connection that ends tells only itself; told to nobody, that would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const lines = Array.from({ length: LINES }, () => openLine(connection, options.onError));
  const listeners = new Set<pg.Client>();
  let closed = false;

  const transaction = async <T>(open: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(open);
      const result = await work({
        query: async (text, values) => (await client.query(text, values as unknown[])).rows,
      });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // A connection that says nothing is given up; ending it rolls back.
      if (isSilence(error)) broken = error;
      else await client.query('ROLLBACK').catch((e: Error) => (broken = e));
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const run: Db['run'] = async (statement) => (await pool.query(statement)).rows as never;

  const quick: Db['quick'] = async (statement) => {
    const line = lines.reduce((least, one) => (one.busy < least.busy ? one : least));
    if (line.busy >= DEEPEST) return run(statement);
    try {
      return (await line.run(statement)) as never;
    } catch (error) {
      if (mustGoElsewhere(error)) return run(statement);
      throw error;
    }
  };

  const surely: Db['surely'] = (statement) =>
    pRetry(() => quick(statement), { ...RESTART, shouldRetry: ({ error }) => isLost(error) });

  const maintain = async (text: string, values: readonly unknown[] = []): Promise<{ rows: Row[]; said: string[] }> => {
    const client = await pool.connect();
    const said: string[] = [];
    const hear = ({ detail }: { detail?: string | undefined }): void => void (detail && said.push(detail));
    client.on('notice', hear);
    let broken: Error | undefined;
    try {
      const patient = { text, values: [...values], query_timeout: MAINTENANCE_MS };
      return { rows: (await client.query<Row>(patient)).rows, said };
    } catch (error) {
      if (isSilence(error)) broken = error;
      throw error;
    } finally {
      client.off('notice', hear);
      client.release(broken);
    }
  };

  const listen: Db['listen'] = async (channel, handlers) => {
    const client = new pg.Client(connection);
    listeners.add(client);
    const retry = (): void => {
      listeners.delete(client);
      if (closed) return;
      handlers.onGap();
      setTimeout(() => void listen(channel, handlers).catch(retry), 500).unref();
    };
    client.on('error', options.onError);
    client.on('notification', (n) => handlers.onMessage(n.payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      listeners.delete(client);
      client.end().catch(() => undefined);
      throw error;
    }
    // Not before: whoever is told of a failure tries again, and would be two by now.
    client.on('end', retry);
    handlers.onGap();
  };

  return {
    inTenant: (tenantId, work) => {
      if (!isUuid(tenantId)) throw new TypeError('not a tenant id');
      return transaction(`BEGIN; SELECT set_config('parley.tenants', '{${tenantId}}', true)`, work);
    },
    directory: (text, values) =>
      transaction('BEGIN READ ONLY; SET LOCAL ROLE parley_directory', (tx) => tx.query(text, values)) as Promise<never>,
    run,
    quick,
    surely,
    maintain: maintain as Db['maintain'],
    listen,
    notify: async (channel, payload) => {
      await pool.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    close: async () => {
      closed = true;
      await Promise.all([...listeners].map((client) => client.end().catch(() => undefined)));
      await Promise.all([...lines.map((line) => line.close()), pool.end()]);
    },
  };
}
