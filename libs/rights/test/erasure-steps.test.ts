// An erasure carried out with one step left out, or deaf to one: each time something is found that must not be there, or is missing.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { grantMandate } from '#libs/kernel';
import { DATA_MAP, ERASURE_STEPS, openStore, PERSONS, type ErasureStep, type Store } from '#libs/store';
import { randomBytes, randomUUID } from 'node:crypto';
import { ERASURE, eraseBy, type ErasureAct, type EraseDeps } from '../src/acts/erase.js';
import { createNotices } from '../src/acts/notices.js';
import { journalFile } from '../src/journal/file.js';
import { createJournal } from '../src/journal/journal.js';
import { createDestroyedKeys } from '../src/retention/destroyed-keys.js';
import { idAt, isolate, log, startWorld, type Business, type World } from './world.js';

let world: World;
let acme: Business;
/** Another process on the same database. */
let other: Store;
const heard: string[] = [];
beforeAll(async () => {
  world = await startWorld();
  acme = await world.business();
  other = openStore({ databaseUrl: world.url, masterKey: randomBytes(32), poolSize: 1, onError: () => undefined });
  await other.listen(PERSONS, { onMessage: (tenantId) => void heard.push(tenantId), onGap: () => undefined });
});
afterAll(async () => {
  await other.close();
  await world.stop();
});

const mandate = () =>
  grantMandate({ tenantId: acme.tenantId, operation: 'Erase', purpose: 'p', categories: [], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore
const inForce = { document: { recipients: { bot: { erasure: { url: 'https://bot.example/erase' } } } } } as never;
const one = async <T extends object>(text: string, values: readonly unknown[]): Promise<T[]> =>
  (await world.admin.query<T>(text, [...values])).rows;

/** What is done; a test takes something out of it. */
interface How {
  readonly steps: readonly ErasureAct[];
  readonly sql: readonly ErasureStep[];
  readonly rewrites: boolean;
}
const WHOLE: How = { steps: ERASURE, sql: ERASURE_STEPS, rewrites: true };

/** As a transaction writes it that began before. */
const LATE = `INSERT INTO parley.message (tenant_id, id, conversation_id, direction, type, body, state, instruction_version, clause, at)
  VALUES ($1, $2, $3, 'in', 'message', 'sealed', 'pending', 1, '/c', now())`;

/** A person with a message, a file, an objection, a recipient, and a worker that has the conversation in hand. */
async function somebody() {
  const who = await acme.someone();
  await acme.says(who, Date.now(), { state: 'pending', file: true });
  const lease = randomUUID();
  await world.store.takeTurn(acme.tenantId, who.conversationId, lease);
  await world.store.recordObjection(
    acme.keys,
    { subjects: [who.subjectId], hashes: [] },
    {
      purposes: ['marketing'],
      by: { version: 1, clause: '/c' },
    },
  );
  await world.store.settleAsked(acme.tenantId, { conversationId: who.conversationId, lease, subjectId: who.subjectId }, [{ recipient: 'bot', purpose: 'p', categories: ['content'], version: 1, clause: '/c' }]); // prettier-ignore
  const [key] = await one<{ it: Buffer }>('SELECT wrapped_key AS it FROM parley.subject_key WHERE subject_id = $1', [who.subjectId]); // prettier-ignore
  // Of a sending whose answer got lost: by no message is it found any more.
  const lost = randomBytes(16);
  await one("INSERT INTO parley.delivery_status (tenant_id, connection_id, hash, status, rank, at, instruction_version, clause) VALUES ($1, $2, $3, 'read', 5, now(), 1, '/c')", [acme.tenantId, acme.connectionId, lost]); // prettier-ignore
  return { ...who, lease, key: key!.it, lost };
}

function filesWith(bytes: Buffer): string[] {
  return readdirSync(world.dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      try {
        return readFileSync(file).includes(bytes);
      } catch {
        return false; // the server removed it meanwhile
      }
    });
}

const LEFT: readonly string[] = ['deletion', 'recipient_notice', 'suppression'];

/** Tables in which the person's ids stand; partitions with their table. */
async function tablesWith(ids: readonly string[]): Promise<string[]> {
  const hits: string[] = [];
  for (const table of Object.keys(DATA_MAP).filter((name) => !LEFT.includes(name))) {
    const text = `SELECT FROM parley.${table} t WHERE EXISTS (SELECT FROM unnest($1::text[]) AS id WHERE position(id IN t::text) > 0) LIMIT 1`;
    if ((await one(text, [ids])).length > 0) hits.push(table);
  }
  return hits;
}

/** Erases somebody, and answers everything that is wrong afterwards. */
async function wrongAfter({ steps, sql, rewrites }: How): Promise<string[]> {
  const who = await somebody();
  const { tenantId } = acme;
  const requestId = randomUUID();
  const wrong: string[] = [];
  let sought = false;
  heard.length = 0;
  // Rows go before anything is waited for; what is committed then, by whoever began before, goes as well.
  const late: ErasureAct = {
    what: 'somebody looks, and commits late',
    run: async () => {
      if ((await tablesWith([who.subjectId])).length > 0) wrong.push('rows outlive the key');
      await one(LATE, [tenantId, idAt(Date.now()), who.conversationId]);
    },
  };
  const waits = steps.findIndex(({ what }) => ['what was in flight deleted', 'lost states swept'].includes(what));
  const interrupted = steps.toSpliced(waits < 0 ? steps.length : waits, 0, late);
  const own = createJournal({ store: world.store, file: journalFile(world.dir), days: 30, log, now: Date.now });
  const deps: EraseDeps = {
    store: {
      ...world.store,
      erase: async (by, scope, how) => {
        const done = await world.store.erase(by, scope, { ...how, steps: sql });
        if (how.phase !== 'key') return done;
        if (await world.store.releaseTurn(tenantId, who.conversationId, { lease: who.lease, retryInMs: null })) wrong.push('a worker goes on'); // prettier-ignore
        return done;
      },
    },
    notices: createNotices({ store: world.store, call: async () => ({ kind: 'failed', reason: 'network' }), isolate, log, now: Date.now }), // prettier-ignore
    mentions: { begin: async () => void (sought = true) },
    journal: own,
    settleMs: 0,
    rest: async () => undefined,
    now: Date.now,
  };
  const row = { id: requestId, attempts: 2, conversations: [], hashes: [] };
  await eraseBy(deps, { keys: acme.keys, inForce, row, subjects: [who.subjectId], mandate: mandate(), holds: [] }, interrupted).catch(() => wrong.push('refused')); // prettier-ignore
  if (rewrites) await createDestroyedKeys({ store: world.store, log, now: Date.now })();
  wrong.push(...(await tablesWith([who.subjectId, who.conversationId, who.lost.toString('hex')])));
  // What the server has in memory only is in its files then.
  await one('CHECKPOINT', []);
  if (filesWith(who.key).length > 0) wrong.push('the key is in a file');
  if (!heard.includes(tenantId)) wrong.push('other processes know them');
  if (!sought) wrong.push('mentions are not sought');
  const told = await one<{ recipient: string }>('SELECT recipient FROM parley.recipient_notice WHERE request_id = $1', [requestId]); // prettier-ignore
  if (told.length !== 1) wrong.push('a recipient does not know');
  const noted = await one('SELECT FROM parley.deletion WHERE subject_id = $1 AND request_id = $2', [who.subjectId, requestId]); // prettier-ignore
  if (noted.length !== 1 || !readFileSync(path.join(world.dir, 'deletions.jsonl')).includes(who.subjectId)) wrong.push('the journal does not know'); // prettier-ignore
  return wrong;
}

test('with every step nothing is wrong, and the objection is remembered', async () => {
  const before = (await one('SELECT FROM parley.suppression WHERE tenant_id = $1', [acme.tenantId])).length;
  expect(await wrongAfter(WHOLE)).toEqual([]);
  expect((await one('SELECT FROM parley.suppression WHERE tenant_id = $1', [acme.tenantId])).length).toBe(before + 1);
});

test.each(ERASURE.map((step) => [step.what, step] as const))('left out, "%s" is found', async (_what, step) => {
  expect(await wrongAfter({ ...WHOLE, steps: ERASURE.filter((each) => each !== step) })).not.toEqual([]);
});

test.each(ERASURE_STEPS.filter(({ table, phase, tells }) => tells || phase === 'key' || table === 'attachment').map((step) => [step.what, step] as const))(
  'without the statement "%s" it is found',
  async (what, step) => {
    // Requests have no look-up hashes here; test/canary/erasure.test.ts has them.
    if (what === 'look-up hashes of requests') return;
    expect(await wrongAfter({ ...WHOLE, sql: ERASURE_STEPS.filter((each) => each !== step) })).not.toEqual([]);
  },
); // prettier-ignore

test('keys that are not written anew are found', async () => {
  expect(await wrongAfter({ ...WHOLE, rewrites: false })).toContain('the key is in a file');
});
