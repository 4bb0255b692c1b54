// A backup is put back, and what was erased since is erased again, as the requests that it was: also around a hold, also where the backup has no request.
import { createReadStream, createWriteStream, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import type { InForce } from '#libs/instructions';
import { backup, openStore, restore, type Deletion, type Store } from '#libs/store';
import { contextOf, openSubjectKey, seal } from '#libs/vault';
import { createActs } from '../src/acts/acts.js';
import { createNotices } from '../src/acts/notices.js';
import { journalFile } from '../src/journal/file.js';
import { createJournal } from '../src/journal/journal.js';
import { createRecovery } from '../src/journal/recovery.js';
import { createMentions } from '../src/mentions/search.js';
import { createHands } from '../src/requests/hands.js';
import { createRequests } from '../src/requests/requests.js';
import { createCounter } from '../src/statistics/counter.js';
import { until } from '../../../test/support/until.js';
import { idAt, isolate, log, startWorld, type Business, type Met, type World } from './world.js';

const HOUR_MS = 3_600_000;
const backups = { keyDays: 7, dataDays: 30 };
const HOLD = { scope: 'order 1001', basis: 'a claim', from: '2026-01-01', data: ['content'], messages: { until: '2026-02-01T00:00:00Z' } }; // prettier-ignore
const DOCUMENT = {
  parties: { controller: { country: 'DE' } },
  purposes: {},
  recipients: { bot: { erasure: { url: 'https://bot.example/erase' } } },
  rights: { mentions: 'redact' },
};

let world: World;
let acme: Business;
const store = (): Store => world.store;
const rows = async <R extends object>(text: string, values: readonly unknown[]): Promise<R[]> =>
  (await world.admin.query<R>(text, [...values])).rows;

/** A process: what it has in its data directory, and what it told recipients. */
function gateway(dir: string) {
  const told: { url: string; body: { event: string; request: string } }[] = [];
  const deps = { store: world.store, isolate, log, now: Date.now };
  const journal = createJournal({ ...deps, file: journalFile(dir), days: 30 });
  const notices = createNotices({
    ...deps,
    call: async ({ url, body }) => {
      told.push({ url, body: JSON.parse(body!.text) as never });
      return { kind: 'answered', status: 204, headers: {}, json: null };
    },
  });
  const mentions = createMentions(deps);
  const opening = { openForPerson: () => null, correct: () => null };
  const acts = createActs({ ...deps, ...opening, notices, mentions, journal, backups, settleMs: 0, rest: async () => undefined }); // prettier-ignore
  const requests = createRequests({
    ...deps, acts, hands: { erasure: createHands(2), others: createHands(2) }, openAttachment: () => Buffer.alloc(0),
    wake: () => undefined, say: async () => true, words: async () => null, pageUrl: (code) => code,
  }); // prettier-ignore
  const recovery = createRecovery({ ...deps, ...opening, journal, backups, endAgain: async () => undefined });
  return { told, journal, notices, mentions, requests, recovery };
}

async function says(who: Met, text: string, at = Date.now()): Promise<string> {
  const { tenantId, keys, connectionId } = acme;
  const [{ wrapped_key: wrapped }] = (await rows<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM parley.subject_key WHERE subject_id = $1', [who.subjectId])) as [{ wrapped_key: Buffer }]; // prettier-ignore
  const id = idAt(at);
  const place = { tenantId, subjectId: who.subjectId, table: 'message', row: id, field: 'body' };
  const body = seal(openSubjectKey(keys, who.subjectId, wrapped), JSON.stringify({ content: { type: 'text', text }, identifiers: { profile_name: 'Anna Example' } }), contextOf(place)); // prettier-ignore
  await store().ingest({ messages: [{
    tenantId, id, connectionId, conversationId: who.conversationId, hash: Buffer.from(randomUUID()), direction: 'in', type: 'message', contentType: 'text', body,
    target: null, state: 'done', version: 1, clause: '/c', at: new Date(at), fed: false,
  }], statuses: [], observations: [], leaves: [] }, 0); // prettier-ignore
  return id;
}
const given = (who: Met): Promise<unknown> =>
  store().settleAsked(acme.tenantId, { conversationId: who.conversationId, lease: randomUUID(), subjectId: who.subjectId },
    [{ recipient: 'bot', purpose: 'p', categories: ['content'], version: 1, clause: '/c' }]); // prettier-ignore

async function asks(who: Met): Promise<string> {
  const id = v7();
  await store().openRightsRequest(acme.tenantId, {
    id, exercised: 'erasure', state: 'received', source: 'api', hashes: [], subjectIds: [who.subjectId], conversationId: null, reference: null,
    purpose: null, code: randomUUID(), version: 1, clause: '/c', receivedAt: new Date(), dueAt: new Date(Date.now() + HOUR_MS), notBefore: new Date(0),
  }); // prettier-ignore
  return id;
}
const messagesOf = (who: Met) => rows<{ id: string }>('SELECT id FROM parley.message WHERE conversation_id = $1', [who.conversationId]); // prettier-ignore
const bodyOf = async (id: string): Promise<string> => (await rows<{ body: Buffer }>('SELECT body FROM parley.message WHERE id = $1', [id]))[0]!.body.toString('hex'); // prettier-ignore

let files = 0;
async function backedUp(): Promise<() => Promise<void>> {
  const path = join(world.dir, `b${++files}`);
  const at = { databaseUrl: world.url, masterKey: world.masterKey, now: Date.now() };
  await backup({ ...at, days: { data: 30, keys: 7 } }, { data: createWriteStream(`${path}.d`), keys: createWriteStream(`${path}.k`) }); // prettier-ignore
  return async () => {
    await store().close();
    const connected =
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'parley%'";
    await until('its connections are gone', async () => (await world.admin.query(connected)).rowCount === 0);
    // The file of the process knows it all.
    await restore({ ...at, days: { data: 30, keys: 7 }, journals: [{ since: new Date(0), until: new Date(8e15) }], journal: async () => [], checkpointOf: async () => null }, { data: createReadStream(`${path}.d`), keys: createReadStream(`${path}.k`) }); // prettier-ignore
    world.store = openStore({ databaseUrl: world.url, masterKey: world.masterKey, poolSize: 4, onError: () => undefined }); // prettier-ignore
  };
}

beforeEach(async () => {
  world = await startWorld();
  acme = await world.business();
  await acme.instructs(1, DOCUMENT, new Date('2026-01-01'));
});
afterEach(() => world.stop());

test('erased wholly: nothing comes back, recipients are told, the certificate and what was taken out of what others wrote are there', async () => {
  const [anna, ben] = [await acme.someone(), await acme.someone()];
  await says(anna, 'from anna');
  await given(anna);
  const mention = await says(ben, 'I met Anna Example there');
  const putBack = await backedUp();
  const before = gateway(world.dir);
  const id = await asks(anna);
  await before.requests.run();
  await before.mentions.run();
  const redacted = await bodyOf(mention);

  await putBack();
  expect([await messagesOf(anna), await bodyOf(mention)]).not.toEqual([[], redacted]);
  const after = gateway(world.dir);
  expect(await after.recovery.again()).toBe(1);
  expect(await rows('SELECT FROM parley.subject WHERE id = $1', [anna.subjectId])).toEqual([]);
  expect(await messagesOf(anna)).toEqual([]);
  await after.notices.run();
  expect(after.told.map(({ body }) => [body.event, body.request])).toEqual([['erase', id]]);
  expect(await after.requests.one(acme.tenantId, id)).toMatchObject({
    state: 'completed', source: 'journal', subject_ids: [],
    evidence: {
      schema: 'parley-erasure-certificate/1', firstErasedAt: expect.any(String), untold: [],
      deleted: expect.arrayContaining([{ what: 'keys destroyed', count: 1 }, { what: 'messages', count: 1 }]),
    },
  }); // prettier-ignore
  await after.mentions.run();
  expect(await after.requests.one(acme.tenantId, id)).toBeTruthy();
  expect(await rows('SELECT redacted FROM parley.mention WHERE message_id = $1', [mention])).toEqual([{ redacted: true }]); // prettier-ignore
  const leaves = await rows<{ type: string }>("SELECT leaf->>'type' AS type FROM parley.ledger_leaf WHERE leaf->>'type' LIKE 'deletion%'", []); // prettier-ignore
  expect(leaves).toEqual([{ type: 'deletion-replayed' }]);
  expect(await gateway(world.dir).recovery.again()).toBe(0);
});

test.each([
  ['stands', DOCUMENT],
  ['was set after the backup, and is lost', null],
])(
  'erased around a hold that %s: what went stays away, what was kept stays, restricted, and waits for the controller',
  async (_, then) => {
    if (then) await acme.instructs(2, { ...DOCUMENT, legalHolds: [HOLD] }, new Date('2026-01-02'));
    const anna = await acme.someone();
    const kept = await says(anna, 'the order in question', Date.parse('2026-01-15T00:00:00Z'));
    await says(anna, 'small talk');
    await given(anna);
    const putBack = await backedUp();
    if (!then) await acme.instructs(2, { ...DOCUMENT, legalHolds: [HOLD] }, new Date('2026-01-02'));
    const id = await asks(anna);
    await gateway(world.dir).requests.run();
    expect(await messagesOf(anna)).toEqual([{ id: kept }]);

    await putBack();
    expect(await messagesOf(anna)).toHaveLength(2);
    const after = gateway(world.dir);
    await after.recovery.recover();
    expect(await messagesOf(anna)).toEqual([{ id: kept }]);
    expect(await rows('SELECT restricted FROM parley.subject WHERE id = $1', [anna.subjectId])).toEqual([{ restricted: true }]); // prettier-ignore
    await after.requests.run();
    await after.notices.run();
    expect(after.told.map(({ body }) => [body.event, body.request])).toEqual([['restrict', id]]);
    expect(await after.requests.one(acme.tenantId, id)).toMatchObject({
      state: 'awaiting-approval', subject_ids: [anna.subjectId],
      evidence: { heldBack: { messages: 1 }, firstErasedAt: expect.any(String) },
    }); // prettier-ignore
    expect(await gateway(world.dir).recovery.again()).toBe(0);
    if (then) await expect(after.requests.approve(acme.tenantId, id, 'operator')).rejects.toThrow('conflict');
  },
);

test('around a hold first, wholly when it had ended: nothing comes back', async () => {
  await acme.instructs(2, { ...DOCUMENT, legalHolds: [HOLD] }, new Date('2026-01-02'));
  const anna = await acme.someone();
  await says(anna, 'the order in question', Date.parse('2026-01-15T00:00:00Z'));
  const putBack = await backedUp();
  const before = gateway(world.dir);
  const id = await asks(anna);
  await before.requests.run();
  await acme.instructs(3, DOCUMENT, new Date('2026-01-03'));
  await before.requests.approve(acme.tenantId, id, 'operator');
  await until('it is completed', async () => (await before.requests.one(acme.tenantId, id))?.state === 'completed');
  expect(await messagesOf(anna)).toEqual([]);

  // By the instructions that are put back the hold stands.
  await putBack();
  const after = gateway(world.dir);
  await after.recovery.again();
  await after.requests.run();
  expect(await rows('SELECT FROM parley.subject WHERE id = $1', [anna.subjectId])).toEqual([]);
  expect(await after.requests.one(acme.tenantId, id)).toMatchObject({ state: 'completed' });
  expect(await gateway(world.dir).recovery.again()).toBe(0);
});

test('an hour that may have been counted since the backup is not counted again: two figures would tell who went in between', async () => {
  const start = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
  const document = { ...DOCUMENT, statistics: { enabled: true, time: 'hour', dimensions: ['channel'] } };
  await acme.instructs(2, document, new Date(start));
  const people = await Promise.all(Array.from({ length: 12 }, () => acme.someone()));
  for (const who of people) await acme.says(who, start + 1_000);
  const inForce = { version: 2, hash: 'h', document } as unknown as InForce;
  const count = () =>
    createCounter({ store: store(), now: Date.now })(acme.tenantId, inForce, [{ version: 2, approved_at: new Date(start), document: inForce.document }]); // prettier-ignore
  const figures = async () => (await store().statisticBins(acme.tenantId, null, 10)).map(({ persons }) => persons);
  const putBack = await backedUp();
  await count();
  expect((await figures())[0]).toBe(12);
  await asks(people[0]!);
  await gateway(world.dir).requests.run();

  await putBack();
  expect(await gateway(world.dir).recovery.again()).toBe(1);
  await count();
  expect(await figures()).toEqual([null]);
});

it('a journal says from when on it misses nothing: a shorter life of backups moves that, a longer one does not bring it back', async () => {
  const DAY_MS = 86_400_000;
  const dir = mkdtempSync(join(world.dir, 'journal-'));
  let at = Date.parse('2026-06-01T00:00:00Z');
  const erased: Deletion[] = [];
  const database = {
    deletions: async function* () {
      yield* erased;
    },
    forgetDeletions: async () => 0,
    lastBeat: async () => null,
    beat: async () => undefined,
    listen: async () => undefined,
    tenantsAmong: async () => new Set<string>(),
  };
  /** A gateway starts, with this life of backups; answers since when its journal is complete. */
  const starts = async (days: number): Promise<string | undefined> => {
    await createJournal({ store: database, file: journalFile(dir), days, log, now: () => at }).follow();
    return (await journalFile(dir).span()).since?.toISOString();
  };
  const known = async (): Promise<number> => (await journalFile(dir).entries()).size;
  erased.push({ id: v7(), tenant: randomUUID(), subject: randomUUID(), at: '2026-05-31T00:00:00.000Z', request: v7(), kept: null }); // prettier-ignore
  expect(await starts(30)).toBe('2026-06-01T00:00:00.000Z');
  at += 20 * DAY_MS;
  expect([await starts(30), await known()]).toEqual(['2026-06-01T00:00:00.000Z', 1]);
  erased.length = 0;
  expect([await starts(10), await known()]).toEqual(['2026-06-11T00:00:00.000Z', 0]);
  expect(await starts(30)).toBe('2026-06-11T00:00:00.000Z');
  at += 60 * DAY_MS;
  expect(await starts(30)).toBe('2026-07-21T00:00:00.000Z');
});
