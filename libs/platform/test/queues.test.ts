// The queues on both backends: every wake is followed by a look, one conversation at a time, and nothing stays behind.
import { randomUUID } from 'node:crypto';
import { mkdtemp, chmod, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { personal } from '#libs/kernel';
import { migrateQueues, openQueues, startDatabase, type Database, type Queues, type Wake } from '#libs/platform';
import { openBackend } from '../src/queues/backend.js';
import { openSchedules } from '../src/queues/schedules.js';
import { collectingLogger } from './collecting-logger.js';
import { redisIsThere, startRedis, type TestRedis } from './redis-server.js';
import { until } from '../../../test/support/until.js';

const tenantId = randomUUID();
const { log, text } = collectingLogger();
let dataDir: string;
let database: Database;
/** As a role that owns none of the tables. */
let queuesUrl: string;
let redis: TestRedis | null = null;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-queues-'));
  await chmod(dataDir, 0o755);
  database = await startDatabase({ dataDir, databaseUrl: null }, log);
  queuesUrl = await hand();
  if (redisIsThere()) redis = await startRedis();
});

afterAll(async () => {
  await redis?.stop();
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function hand(): Promise<string> {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query("CREATE ROLE hand LOGIN NOINHERIT PASSWORD 'secret'");
  await client.end();
  // Each start does it again.
  await Promise.all([1, 2, 3].map(() => migrateQueues(database.url, 'hand')));
  const url = new URL(database.url);
  [url.username, url.password] = ['hand', 'secret'];
  return url.href;
}

/** All that a backend stores is gone. */
const lose = {
  async postgresql(): Promise<void> {
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query('TRUNCATE bullmq.job CASCADE; TRUNCATE bullmq.scheduler CASCADE');
    await client.end();
  },
  async redis(): Promise<void> {
    const client = new Redis(redis!.url);
    await client.flushall();
    await client.quit();
  },
};

/** All that a backend stores, as text. */
const stored = {
  async postgresql(): Promise<string> {
    const client = new pg.Client(database.url);
    await client.connect();
    const rows: unknown[] = [];
    for (const table of ['job', 'job_log', 'event', 'dedup', 'dedup_next', 'metrics'])
      rows.push(...(await client.query(`SELECT * FROM bullmq.${table}`).catch(() => ({ rows: [] }))).rows);
    await client.end();
    return JSON.stringify(rows);
  },
  async redis(): Promise<string> {
    const client = new Redis(redis!.url);
    const all: unknown[] = [];
    for (const key of await client.keys('bull:*'))
      all.push(key, await client.dumpBuffer(key).then((dump: Buffer | null) => dump?.toString('latin1') ?? ''));
    await client.quit();
    return JSON.stringify(all);
  },
};

const backends = [{ name: 'postgresql' as const }, ...(redisIsThere() ? [{ name: 'redis' as const }] : [])];

describe.each(backends)('on $name', ({ name }) => {
  const open: Queues[] = [];
  const queues = (): Queues => {
    const opened = openQueues({ redisUrl: name === 'redis' ? redis!.url : null }, queuesUrl, log);
    expect(opened.backend).toBe(name);
    open.push(opened);
    return opened;
  };
  const wakeOf = (conversationId: string, delayMs?: number): Wake => ({
    tenantId,
    conversationId,
    ...(delayMs ? { delayMs } : {}),
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((q) => q.close()));
  });

  it('has every conversation begun that was woken, and keeps nothing afterwards', async () => {
    const q = queues();
    const seen = new Set<string>();
    q.work(async (wake) => void (wake.tenantId === tenantId && seen.add(wake.conversationId)));
    const all = Array.from({ length: 700 }, () => randomUUID());
    q.wake(all.map((id) => wakeOf(id)));
    await until('all are begun', () => seen.size === all.length);
    expect(new Set(all)).toEqual(seen);
    await until('nothing waits', async () => (await q.waiting()) === 0);
    if (name === 'postgresql') {
      const client = new pg.Client(database.url);
      await client.connect();
      const { rows } = await client.query(
        'SELECT (SELECT count(*) FROM bullmq.job) + (SELECT count(*) FROM bullmq.dedup) + (SELECT count(*) FROM bullmq.dedup_next) AS left',
      );
      await client.end();
      expect(Number(rows[0].left)).toBe(0);
    }
  });

  it('puts the wakes of one moment into few jobs, and one conversation once', async () => {
    const q = queues();
    const all = Array.from({ length: 320 }, () => randomUUID());
    for (let n = 0; n < 5; n++) q.wake(all.map((id) => wakeOf(id)));
    await until('three jobs wait', async () => (await q.waiting()) === 3);
    const begun: string[] = [];
    q.work(async ({ conversationId }) => void begun.push(conversationId));
    await until('all are begun', () => begun.length >= all.length);
    await pause(200);
    expect(begun.toSorted()).toEqual(all.toSorted());
  });

  it('waits for a hand before it hands over the next, and never misses what was written before a wake', async () => {
    const producers = [queues(), queues()];
    const conversations: string[] = Array.from({ length: 5 }, () => randomUUID());
    const written = new Map(conversations.map((id) => [id, 0]));
    const read = new Map(conversations.map((id) => [id, 0]));
    const inHand = [0, 0];
    let most = 0;
    for (const [n, q] of producers.entries())
      q.work(async ({ conversationId }) => {
        most = Math.max(most, ++inHand[n]!);
        await pause(Math.random() * 8);
        read.set(conversationId, written.get(conversationId) ?? 0);
        inHand[n]!--;
      });
    for (let n = 0; n < 400; n++) {
      const id = conversations[n % conversations.length]!;
      written.set(id, written.get(id)! + 1);
      producers[n % 2]!.wake([wakeOf(id, n % 7 === 0 ? 30 : 0)]);
      await pause(Math.random() * 5);
    }
    await until('all that was written is read', () => conversations.every((id) => read.get(id) === written.get(id)));
    expect(most).toBeLessThanOrEqual(2);
  });

  it('looks later when asked to, and a later look does not hold up one now', async () => {
    const q = queues();
    const [soon, inAnHour] = [randomUUID(), randomUUID()];
    const begin = Date.now();
    const looks: { id: string; after: number }[] = [];
    q.work(async ({ conversationId: id }) => void looks.push({ id, after: Date.now() - begin }));
    const looksAt = (conversation: string) => looks.filter(({ id }) => id === conversation);
    q.wake([wakeOf(soon, 1_500), wakeOf(inAnHour, 3_600_000)]);
    await pause(100);
    q.wake([wakeOf(soon), wakeOf(inAnHour)]);
    await until('both are looked at now', () => looksAt(inAnHour).length === 1 && looksAt(soon).length > 0);
    await until('one is looked at later, too', () => looksAt(soon).length === 2);
    expect(looksAt(soon)[1]!.after).toBeGreaterThanOrEqual(1_500);
    expect(looksAt(inAnHour)).toHaveLength(1);
  });

  it('names nobody in what is kept of a look that was asked for twice, once that is over', async () => {
    const q = queues();
    const conversation = randomUUID();
    let looks = 0;
    q.work(async ({ conversationId: id }) => void (id === conversation && looks++));
    // Within one of the steps in which looks are planned, so that both are for the same one.
    const due = Math.ceil(Date.now() / 1_000) * 1_000 + 2_450;
    q.wake([wakeOf(conversation, due - Date.now())]);
    await pause(500);
    q.wake([wakeOf(conversation, due - Date.now())]);
    await until('it is looked at', () => looks > 0);
    await until('nothing names it', async () => !(await stored[name]()).includes(conversation));
  });

  it('goes on to the next when one cannot be begun, and keeps nothing of its error', async () => {
    const q = queues();
    const [broken, next] = [randomUUID(), randomUUID()];
    let begun = '';
    q.work(async ({ conversationId }) => {
      if (conversationId === broken) throw new Error('Canary Quentin, 4915550000001');
      begun = conversationId;
    });
    q.wake([wakeOf(broken), wakeOf(next)]);
    await until('the next is begun', () => begun === next);
    expect(await stored[name]()).not.toMatch(/canary|4915550000001/i);
    expect(text()).toContain('"event":"job.failed"');
    expect(text()).not.toMatch(/canary|4915550000001/i);
  });

  it('refuses anything but ids', async () => {
    const q = queues();
    const notIds = ['4915550000001', 'Quentin', '', `${randomUUID()} Quentin`];
    for (const conversationId of notIds)
      expect(() => q.wake([{ tenantId, conversationId }])).toThrow('a job carries ids only');
    const hidden = { tenantId, conversationId: personal('4915550000001') } as unknown as Wake;
    expect(() => q.wake([hidden])).toThrow(/personal data/);
  });

  it('repeats what is scheduled, in one of the processes each time', async () => {
    const runs: string[] = [];
    const [first, second] = [queues(), queues()];
    await first.schedule('test-sweep', 200, async () => void runs.push('first'));
    await second.schedule('test-sweep', 200, async () => {
      runs.push('second');
      throw new Error('Canary Quentin');
    });
    await until('it is repeated', () => runs.length >= 4);
    const [before, began] = [runs.length, Date.now()];
    await until('it is repeated ten times', () => runs.length - before >= 10);
    // If each process ran it each time, it would be twice as many.
    expect(runs.length - before).toBeLessThanOrEqual((Date.now() - began) / 200 + 3);
    expect(await stored[name]()).not.toMatch(/canary/i);
  });

  it('goes on with what is scheduled when the server has lost it', async () => {
    const backend = openBackend(name === 'redis' ? redis!.url : null, queuesUrl, log);
    const schedules = openSchedules(backend, log, 200);
    let runs = 0;
    await schedules.schedule('test-lost', 200, async () => void runs++);
    await until('it is repeated', () => runs >= 2);
    await lose[name]();
    const before = runs;
    await until('it goes on', () => runs >= before + 3);
    await schedules.rest();
    await schedules.close();
    await backend.close();
  });

  it('takes nothing more when it rests, and sends what was gathered before it closes', async () => {
    const [worker, other] = [queues(), queues()];
    let free: () => void = () => undefined;
    const begun: string[] = [];
    worker.work(async ({ conversationId }) => {
      begun.push(conversationId);
      await new Promise<void>((resolve) => (free = resolve));
    });
    worker.wake([wakeOf(randomUUID())]);
    await until('one is begun', () => begun.length === 1);
    await worker.rest();
    const left = randomUUID();
    // A worker asks for the next job while it has one in hand, and is not called back from that.
    await pause(100);
    worker.wake([wakeOf(left)]);
    await pause(100);
    free();
    await worker.close();
    expect(begun).toHaveLength(1);
    const seen: string[] = [];
    other.work(async ({ conversationId }) => void seen.push(conversationId));
    await until('the other has it', () => seen.includes(left));
    open.splice(open.indexOf(worker), 1);
  });

  if (name === 'postgresql')
    it('goes on when the database dies and comes back', async () => {
      const q = queues();
      const seen = new Set<string>();
      q.work(async ({ conversationId }) => void seen.add(conversationId));
      q.wake([wakeOf(randomUUID())]);
      await until('one is begun', () => seen.size >= 1);
      const pid = Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      await pause(50);
      const others: string[] = Array.from({ length: 10 }, () => randomUUID());
      q.wake(others.map((id) => wakeOf(id)));
      await until('the others are begun', () => others.every((id) => seen.has(id)));
    });
});
