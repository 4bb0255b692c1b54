// Listening for what other processes say: over one connection, whatever becomes of those before it.
import { readFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { openDb, type Db } from '../src/pool.js';
import { startTestDatabase, type TestDatabase } from './database.js';

let database: TestDatabase;
let owner: pg.Client;
let between: Server;
let db: Db;
/** The network fails whoever says this. */
let cutAt: string | null = null;
let cuts = 0;

/** Stands between the process and the server. */
function startBetween(port: number): Server {
  return createServer((client) => {
    const server = connect(port, '127.0.0.1');
    const end = (): void => [client, server].forEach((side) => side.destroy());
    client.on('data', (said) => {
      if (cutAt === null || !said.includes(cutAt)) return void server.write(said);
      cuts += 1;
      end();
    });
    server.on('data', (said) => client.write(said));
    for (const side of [client, server]) side.on('error', end).on('close', end);
  });
}

beforeAll(async () => {
  database = await startTestDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  const url = new URL(database.url);
  between = startBetween(Number(url.port));
  await new Promise<void>((resolve) => void between.listen(0, '127.0.0.1', resolve));
  url.port = String((between.address() as AddressInfo).port);
  db = openDb(url.href, { size: 1, onError: () => undefined });
});
afterAll(async () => {
  await db.close();
  between.close();
  await owner.end();
  await database.stop();
});

const listening = async (): Promise<number> =>
  (await owner.query("SELECT FROM pg_stat_activity WHERE query = 'LISTEN news'")).rowCount!;

test('a connection that is lost before it listens is followed by one, as any other', async () => {
  const heard: string[] = [];
  let gaps = 0;
  await db.listen('news', { onMessage: (payload) => void heard.push(payload), onGap: () => void (gaps += 1) });
  cutAt = 'LISTEN';
  await owner.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN news'");
  await until('it was lost again and again', () => cuts >= 3);
  cutAt = null;
  const before = gaps;
  await until('it listens', async () => gaps > before && (await listening()) > 0);
  await until('nobody is about to listen, too', async () => {
    const [{ rows }] = [await owner.query("SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'parley'")]; // prettier-ignore
    return rows[0].n === (await listening());
  });
  await owner.query("SELECT pg_notify('news', 'once')");
  await until('it is heard', () => heard.length > 0);
  await owner.query("SELECT pg_notify('news', 'twice')");
  await until('that, too', () => heard.includes('twice'));
  expect(heard).toEqual(['once', 'twice']);
});

(process.platform === 'linux' ? test : test.skip)('a connection that is quiet for hours is kept alive', async () => {
  const { port } = between.address() as AddressInfo;
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const sockets = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((line) => line.trim().split(/\s+/));
  const timers = sockets
    .filter(([, , remote, state]) => remote?.endsWith(`:${hex}`) && state === '01')
    .map((of) => of[5]);
  expect(timers.length).toBeGreaterThan(0);
  // 02: the next thing to be sent is a question whether the other side is there.
  expect(timers.filter((timer) => !timer!.startsWith('02:'))).toEqual([]);
});
