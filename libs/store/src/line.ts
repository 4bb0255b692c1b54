// A connection over which short statements follow each other without waiting for the answer to the one before.
import { setImmediate as laterThisTurn } from 'node:timers';
import pg from 'pg';

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

export interface Line {
  /** One prepared statement, its own transaction. Rejects as a pool's query does. */
  run<R extends object>(statement: Statement): Promise<R[]>;
  /** How many are under way. */
  readonly busy: number;
  close(): Promise<void>;
}

/** What waits for a lock keeps all behind it waiting: it goes elsewhere after so long. */
const LOCK_MS = 20;

/** lock_not_available; and a statement whose preparation waited for a lock is not there, or there twice, for those that were sent after it. */
const MUST_GO_ELSEWHERE = new Set(['55P03', '26000', '42P05']);

export const mustGoElsewhere = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && MUST_GO_ELSEWHERE.has(error.code ?? '');

/** The server's last word on a connection is FATAL, and what is no word of the server's at all is the network's. */
export const isLost = (error: unknown): boolean => !(error instanceof pg.DatabaseError) || error.severity === 'FATAL';

/**
 * One backend that is always warm, instead of a dozen that are woken for a millisecond each: the same statements cost the server half.
 * A connection that is lost fails what is under way, and the next statement opens another.
 */
export function openLine(connection: pg.ClientConfig, onError: (error: Error) => void): Line {
  let current: Promise<pg.Client> | null = null;
  let busy = 0;

  async function open(): Promise<pg.Client> {
    const options = `${connection.options ?? ''} -c lock_timeout=${LOCK_MS}`;
    const client = new pg.Client({ ...connection, options, pipeline: true });
    client.on('error', onError);
    await client.connect();
    return client;
  }

  /** Also where it was no loss after all (values that cannot be written): nothing stays connected that nobody uses. */
  function forget(lost: Promise<pg.Client>): void {
    if (current !== lost) return;
    current = null;
    lost.then((client) => client.end()).catch(() => undefined);
  }

  /** The one that is open, or a new one. */
  function opened(): Promise<pg.Client> {
    if (current) return current;
    const opening = open();
    opening.then(
      (client) => client.once('end', () => forget(opening)),
      () => forget(opening),
    );
    return (current = opening);
  }

  /** What is asked within one turn of the event loop is written at once. */
  function gather({ connection: { stream } }: pg.Client): void {
    if (stream.writableCorked > 0) return;
    stream.cork();
    laterThisTurn(() => stream.uncork());
  }

  return {
    async run<R extends object>(statement: Statement): Promise<R[]> {
      busy += 1;
      const line = opened();
      try {
        const client = await line;
        gather(client);
        return (await client.query<R>(statement)).rows;
      } catch (error) {
        if (isLost(error)) forget(line);
        throw error;
      } finally {
        busy -= 1;
      }
    },
    get busy() {
      return busy;
    },
    async close() {
      const client = await current?.catch(() => null);
      await client?.end();
    },
  };
}
