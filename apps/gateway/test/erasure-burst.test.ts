// Erasures asked for in the chat, many at once: nobody's key waits for the others', for a long copy or for a slow platform; and all are restricted meanwhile.
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { SETTINGS, startAcme, type Acme } from './acme.js';
import { person, type Person } from './person.js';

const PEOPLE = 24;
/** Each waits so long for what is in flight, once its key is gone. */
const SETTLE_MS = 5_000;
/** They take a second or three. One after the other, or behind what does not end, it would be two minutes or for ever: slow machines have their room. */
const AT_MOST_MS = 60_000;

let acme: Acme;
let look: pg.Client;
let tenant: Awaited<ReturnType<Acme['tenant']>>;
let connection: string;
beforeAll(async () => {
  acme = await startAcme({ settleMs: SETTLE_MS });
  look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
  tenant = await acme.tenant();
  await tenant.approve();
  connection = String((await tenant.connect(SETTINGS)).body['id']);
  acme.api.rights.start();
});
afterAll(async () => {
  acme.api.rights.stop();
  await look.end();
  await acme.api.stop();
});

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

async function someone(): Promise<Person & { readonly subjectId: string; readonly conversationId: string }> {
  const who = await person(acme, tenant, connection);
  await who.says('hello');
  return { ...who, ...(await who.meet()) };
}
const asks = (
  right: 'erasure' | 'access',
  { subjectId, conversationId }: { subjectId: string; conversationId: string },
) => acme.api.rights.open({ tenantId: tenant.id, right, source: 'chat', subjectIds: [subjectId], conversationId });

/** How many of them can still be read, and how many are still worked with. */
async function left(ids: readonly string[]): Promise<{ readable: number; free: number }> {
  const text = `SELECT (SELECT count(*)::int FROM parley.subject_key WHERE subject_id = ANY ($1)) AS readable,
    (SELECT count(*)::int FROM parley.subject WHERE id = ANY ($1) AND NOT restricted) AS free`;
  return (await look.query<{ readable: number; free: number }>(text, [ids])).rows[0]!;
}

/** Ms until the last of them cannot be read; and how many were not restricted when half of the keys were gone. */
async function unreadable(ids: readonly string[], started = Date.now()): Promise<{ ms: number; free: number }> {
  let free: number | undefined;
  for (;;) {
    const now = await left(ids);
    if (now.readable <= ids.length / 2) free ??= now.free;
    const ms = Date.now() - started;
    if (now.readable === 0 || ms > AT_MOST_MS) return { ms, free: free ?? now.free };
    await pause(20);
  }
}

test('of many who ask at once nobody waits for the others, and all are restricted before', async () => {
  const people = await Promise.all(Array.from({ length: PEOPLE }, someone));
  // The first is not to be half done before the last has asked, however slow the machine.
  acme.api.rights.stop();
  await Promise.all(people.map((one) => asks('erasure', one)));
  acme.api.rights.start();
  const { ms, free } = await unreadable(people.map(({ subjectId }) => subjectId));
  expect(ms).toBeLessThan(AT_MOST_MS);
  expect(free).toBe(0);
});

test('copies that take long hold up no erasure', async () => {
  const { store } = acme.api;
  const { readPerson } = store;
  let release = (): void => undefined;
  const long = new Promise<void>((resume) => (release = resume));
  Object.assign(store, {
    readPerson: async (...given: Parameters<typeof readPerson>) => (await long, readPerson(...given)),
  });
  try {
    const others = await Promise.all(Array.from({ length: 12 }, someone));
    await Promise.all(others.map((one) => asks('access', one)));
    await pause(3_000);
    const anna = await someone();
    await asks('erasure', anna);
    expect((await unreadable([anna.subjectId])).ms).toBeLessThan(AT_MOST_MS);
  } finally {
    release();
    Object.assign(store, { readPerson });
  }
});

test('an answer that the platform does not take holds up a key for three seconds at most', async () => {
  const anna = await someone();
  const answer = await anna.says('your request was received', { direction: 'out' });
  await look.query("UPDATE parley.message SET state = 'sending' WHERE id = $1", [answer]);
  const started = Date.now();
  await asks('erasure', anna);
  const ids = [anna.subjectId];
  const first = await until('she is restricted', async () => {
    const now = await left(ids);
    return now.free === 0 && now;
  });
  // It waits a moment for the answer; nothing else is done with the data any more.
  expect(first.readable).toBe(1);
  const { ms } = await unreadable(ids, started);
  expect(ms).toBeGreaterThan(2_900);
  expect(ms).toBeLessThan(AT_MOST_MS);
});
