// Files that the platform does not give out now: what waits, what goes on, what the bot is told, and what can be replayed.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSubjectKey } from '#libs/vault';
import { openAttachment } from '../src/index.js';
import { startLine, type Line } from './line.js';
import { startNumber, withNumber } from './number.js';

type Reply = { readonly status: number; readonly json?: unknown; readonly bytes?: string };
const NONE: Reply = { status: 500, json: { error: { code: 2 } } };

/** Meta's Graph API, as far as it gives out files and takes messages. */
async function startMeta() {
  const asked: string[] = [];
  let files: (path: string) => Reply = () => NONE;
  let sending: Reply = { status: 200, json: { messages: [{ id: 'wamid.taken' }] } };
  const server = createServer((request, response) => {
    const path = request.url!.split('?')[0]!;
    const isSending = request.method === 'POST';
    if (!isSending) asked.push(path);
    const { status, json, bytes } = isSending ? sending : files(path);
    request.resume().on('end', () => response.writeHead(status).end(bytes ?? JSON.stringify(json)));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    gives: (next: typeof files) => void (files = next),
    takes: (next: Reply) => void (sending = next),
    close: () => new Promise((done) => server.close(done).closeAllConnections()),
  };
}

const BYTES = 'what is in the file';
/** Asked by id Meta names an address, and there is the file. */
const gives = (path: string): Reply =>
  path.startsWith('/files/') ? { status: 200, bytes: BYTES } : { status: 200, json: { url: '/files/1' } };

let meta: Awaited<ReturnType<typeof startMeta>>;
let line: Line;
beforeAll(async () => {
  meta = await startMeta();
  line = await startLine({ meta: meta.url });
});
afterAll(async () => {
  await line.stop();
  await meta.close();
});
beforeEach(() => {
  meta.gives(() => NONE);
  line.clock.ahead = 0;
});

const file = { type: 'document', document: { id: '7000123', mime_type: 'application/pdf', caption: 'my bill' } };
const words = (body: string) => ({ type: 'text', text: { body } });
let people = 0;

async function connected() {
  const t = await line.tenant(withNumber);
  const number = await startNumber(line, t);
  const somebody = () => {
    const n = String(++people).padStart(6, '0');
    return { phone: `4915551${n}`, user: `DE.20000000${n}` };
  };
  const before = line.bot.asked.length;
  /** What the bot was given, in order. */
  const given = () =>
    line.bot.asked.slice(before).map(({ body, headers }) => {
      const { id, text, attachments, missing } = body['message'] as unknown as Record<string, unknown>;
      const named = { text, files: (attachments as unknown[]).length, ...(missing ? { missing } : {}) };
      expect(headers['webhook-id']).toBe(id);
      return named;
    });
  /** Everybody's rest is over. */
  async function later(): Promise<void> {
    await line.admin.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1', [t.id]);
    await line.workOn(t.id);
  }
  /** When the first of those that rest goes on, in ms. */
  const rests = async () =>
    (await t.query<{ at: Date }>('SELECT not_before AS at FROM parley.conversation WHERE tenant_id = $1 AND not_before IS NOT NULL ORDER BY 1'))[0]!.at.getTime(); // prettier-ignore
  const letters = () => line.store.deadLetters(t.id, null, 10);
  const bytes = async () => {
    const [row] = await t.rows();
    const whose = { tenantId: t.id, subjectId: row!.subject_id, key: openSubjectKey(t.keys, row!.subject_id, row!.wrapped_key) };
    const files = (await line.store.attachmentsOf(t.id, row!.id)).filter(({ source }) => source === null);
    return Promise.all(files.map(async ({ id }) => String(openAttachment(whose, id, (await line.store.attachment(t.id, id))!.bytes))));
  }; // prettier-ignore
  /** What the row of the first message says, in clear. */
  const held = async () => JSON.stringify((await t.held())[0]);
  return { t, number, somebody, given, later, rests, letters, bytes, held };
}

it('the conversation waits, in order, with rests that grow; others go on; the bot has all its attempts left', async () => {
  const one = await connected();
  const [slow, quick] = [one.somebody(), one.somebody()];
  await one.number.posts(slow, file, words('did you get it?'));
  await one.number.posts(quick, words('hello'));
  let before = Date.now();
  await line.work();
  expect(one.given()).toEqual([{ text: 'hello', files: 0 }]);
  for (const seconds of [5, 15, 60, 300, 1800]) {
    // Spread by a tenth, and looked at a little later.
    expect((await one.rests()) - before).toBeGreaterThan(seconds * 1_000 - 1);
    expect((await one.rests()) - Date.now()).toBeLessThan(seconds * 1_100 + 1);
    before = Date.now();
    await one.later();
  }
  expect([one.given().length, await one.letters()]).toEqual([1, []]);
  meta.gives(gives);
  await one.later();
  expect(one.given().slice(1)).toEqual([
    { text: 'my bill', files: 1 },
    { text: 'did you get it?', files: 0 },
  ]);
  expect(await one.bytes()).toEqual([BYTES]);
});

async function givenUp() {
  const one = await connected();
  await one.number.posts(one.somebody(), file, words('did you get it?'));
  await line.work();
  for (let n = 0; n < 6; n++) {
    expect(one.given()).toEqual([]);
    await one.later();
  }
  return one;
}

it('that is not had in hours: the bot is told that it is missing, and a replay brings it under the same id', async () => {
  const one = await givenUp();
  expect(one.given()).toEqual([
    { text: 'my bill', files: 0, missing: ['document'] },
    { text: 'did you get it?', files: 0 },
  ]);
  const [letter] = await one.letters();
  expect(letter).toMatchObject({ stage: 'media', code: '2' });
  expect(await one.held()).not.toContain('7000123');
  expect(await line.store.replayDeadLetter(one.t.id, letter!.id)).not.toBeNull();
  await one.later();
  expect([one.given().length, (await one.letters()).length]).toEqual([2, 1]);
  meta.gives(gives);
  await one.later();
  expect(one.given().slice(2)).toEqual([{ text: 'my bill', files: 1 }]);
  expect([await one.bytes(), (await one.t.rows())[0]!.state, (await one.letters()).length]).toEqual([[BYTES], 'done', 1]);
}); // prettier-ignore

it('what the platform calls it goes with the time of files, and is not asked for again', async () => {
  const one = await givenUp();
  const due = { tenantId: one.t.id, rule: 'files', start: 'ingest', cutoff: new Date(Date.now() + 3_600_000), under: [1] } as const;
  expect(await line.store.sweepAttachments(due)).toMatchObject({ count: 1 });
  const before = meta.asked.length;
  await line.store.replayDeadLetter(one.t.id, (await one.letters())[0]!.id);
  await one.later();
  expect([meta.asked.length, one.given().at(-1)]).toEqual([before, { text: 'my bill', files: 0, missing: ['document'] }]);
}); // prettier-ignore

it('an address that has expired is asked for anew by the id', async () => {
  const one = await connected();
  let addresses = 0;
  meta.gives((path) => {
    if (path.startsWith('/files/')) return path === '/files/2' ? { status: 200, bytes: BYTES } : { status: 404 };
    return { status: 200, json: { url: `/files/${String(++addresses)}` } };
  });
  await one.number.posts(one.somebody(), file);
  await line.work();
  expect([one.given(), await one.bytes()]).toEqual([[{ text: 'my bill', files: 1 }], [BYTES]]);
});

it('that the platform no longer has is not waited for, and can be replayed all the same', async () => {
  const one = await connected();
  meta.gives(() => ({ status: 400, json: { error: { code: 100, error_subcode: 33 } } }));
  await one.number.posts(one.somebody(), file);
  await line.work();
  expect(one.given()).toEqual([{ text: 'my bill', files: 0, missing: ['document'] }]);
  expect(await one.letters()).toMatchObject([{ stage: 'media' }]);
});

it('too large for the channel: the bot is told, and there is nothing to replay', async () => {
  const one = await connected();
  meta.gives((path) => (path.startsWith('/files/') ? gives(path) : { status: 200, json: { url: 'https://elsewhere.example/1' } }));
  await one.number.posts(one.somebody(), file);
  await line.work();
  expect([one.given(), await one.letters()]).toEqual([[{ text: 'my bill', files: 0, missing: ['document'] }], []]);
}); // prettier-ignore

describe('while the connection is stopped', () => {
  async function stopped() {
    const one = await connected();
    await line.store.stopConnection(one.t.id, one.number.id, 'credentials:190');
    await line.tenants.changed(one.t.id);
    await one.number.posts(one.somebody(), file);
    const before = meta.asked.length;
    await line.work();
    return { ...one, asked: () => meta.asked.length - before };
  }

  it('nobody asks for files; they come when it works again', async () => {
    const one = await stopped();
    for (let n = 0; n < 8; n++) await one.later();
    expect([one.asked(), one.given()]).toEqual([0, []]);
    await line.store.setConnectionHealth(one.t.id, one.number.id, { health: 'healthy', reason: null });
    await line.tenants.changed(one.t.id);
    meta.gives(gives);
    await one.later();
    expect(one.given()).toEqual([{ text: 'my bill', files: 1 }]);
  });

  it('for a day: then the message goes on without them', async () => {
    const one = await stopped();
    line.clock.ahead = 23 * 3_600_000;
    for (let n = 0; n < 8; n++) await one.later();
    expect(one.given()).toEqual([]);
    line.clock.ahead = 25 * 3_600_000;
    await one.later();
    expect(one.given()).toEqual([{ text: 'my bill', files: 0, missing: ['document'] }]);
    expect(await one.letters()).toMatchObject([{ stage: 'media', code: 'connection-stopped' }]);
  });

  it('paused: until the time that the platform said', async () => {
    const one = await connected();
    await line.store.pauseConnection(one.t.id, one.number.id, { until: new Date(Date.now() + 3_600_000), code: '131048' });
    await line.tenants.changed(one.t.id);
    await one.number.posts(one.somebody(), file);
    const before = meta.asked.length;
    await line.work();
    expect([meta.asked.length - before, Math.round(((await one.rests()) - Date.now()) / 600_000)]).toEqual([0, 6]);
  }); // prettier-ignore
});

it('the first notice does not wait for a file', async () => {
  const one = await connected();
  await one.t.approve((d) => {
    withNumber(d);
    Object.assign(d, { texts: { 'first-notice': { en: 'You are writing to Acme.' } } });
  });
  await one.number.posts(one.somebody(), file);
  await line.work();
  const said = await one.t.said();
  expect([said.map((m) => (m as { text?: string }).text), one.given()]).toEqual([['You are writing to Acme.'], []]);
});
