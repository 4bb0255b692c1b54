// Checkpoints leave once a day: as files, to the controller and to a witness, who may be away.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import { createIsolate, createLogger, createMetrics } from '#libs/platform';
import { createPublish } from '../src/index.js';
import { NO_ANCHORS, startWorld, type TenantLedger, type World } from './ledger-world.js';

const NOON = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WITNESS = 'https://witness.example/add';
let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

function publisher(witness: string | null, answers: Readonly<Record<string, HttpResponse>> = {}) {
  const sent: HttpRequest[] = [];
  const lines: string[] = [];
  let now = NOON;
  const to = Object.assign(
    new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) }),
    { isTTY: false },
  );
  const away = new Map<string, HttpResponse | 'throws'>(Object.entries(answers));
  const log = createLogger({ logLevel: 'info', logFormat: 'json', to });
  const publish = createPublish({
    store: world.store,
    ledger: world.ledger(NO_ANCHORS),
    dataDir: world.dir,
    witness,
    call: async (request) => {
      sent.push(request);
      const answer = away.get(new URL(request.url).hostname) ?? answered(200);
      if (answer === 'throws') throw new Error('it misbehaves');
      return answer;
    },
    isolate: createIsolate({ log, metrics: createMetrics() }),
    log,
    now: () => now,
  });
  return {
    publish,
    sent,
    away,
    urls: () => sent.splice(0).map(({ url }) => url).toSorted(), // prettier-ignore
    later: (ms: number) => void (now += ms),
    said: () => lines.splice(0).map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const answered = (status: number): HttpResponse => ({ kind: 'answered', status, headers: {} });

/** In the order in which they are published. */
async function instructedInOrder() {
  const both = [await instructed('https://hook.acme.example/a'), await instructed('https://hook.acme.example/b')];
  return both.toSorted((a, b) => (a.slug < b.slug ? -1 : 1)) as [TenantLedger, TenantLedger];
}

/** A tenant with something in its ledger, and a document in force that names where checkpoints go. */
async function instructed(url?: string) {
  const tenant = await world.tenant();
  const document = { contract: url === undefined ? {} : { checkpoints: url } };
  const version = await world.store.submitInstructions(tenant.id, { hash: 'h', document, findings: [] });
  await world.store.approveInstructions(tenant.id, version, {
    name: 'operator',
    credential: 'operator',
    rules: [],
    signature: 'none',
    needed: 1,
  });
  return tenant;
}

it('keeps a file per tenant and day, with the key beside it', async () => {
  const tenant = await instructed();
  const { publish, sent, said } = publisher(null);
  await publish();
  const folder = join(world.dir, 'ledger', 'daily', tenant.slug);
  const head = (await world.ledger(NO_ANCHORS).checkpoint(tenant.id))!;
  expect(await readFile(join(folder, '2026-11-24.checkpoint'), 'utf8')).toBe(head.note);
  expect(await readFile(join(folder, 'key'), 'utf8')).toBe(`${head.key}\n`);
  expect([sent, said()]).toMatchObject([[], [{ event: 'ledger.checkpoint', count: 1, failed: 0 }]]);
});

it('posts it to where the controller instructed, and to the witness', async () => {
  const tenant = await instructed('https://hook.acme.example/checkpoints');
  await instructed();
  const { publish, sent } = publisher(WITNESS);
  await publish();
  const head = (await world.ledger(NO_ANCHORS).checkpoint(tenant.id))!;
  const toController = sent.filter(({ url }) => url.startsWith('https://hook.acme'));
  expect(toController).toMatchObject([
    { method: 'POST', headers: { 'webhook-id': `checkpoint-${tenant.id}-${head.size}` } },
  ]);
  expect(JSON.parse(toController[0]!.body!.text)).toEqual({
    event: 'checkpoint', tenant: tenant.slug, size: head.size, checkpoint: head.note, key: head.key,
  }); // prettier-ignore
  expect(sent.filter(({ url }) => url === WITNESS).map(({ body }) => body?.text)).toEqual([
    expect.stringMatching(/^parley\.ledger\/\S+\n1\n/),
    expect.stringMatching(/^parley\.ledger\/\S+\n1\n/),
  ]);
});

it.each<[HttpResponse]>([[answered(500)], [{ kind: 'failed', reason: 'timeout' }]])(
  'a controller that answers %j is told again the next hour, and nobody else is',
  async (answer) => {
    await instructed('https://hook.acme.example/in');
    const { publish, urls, said, later, away } = publisher(WITNESS, { 'hook.acme.example': answer });
    await publish();
    expect(urls()).toEqual(['https://hook.acme.example/in', WITNESS]);
    expect(said()).toMatchObject([{ event: 'ledger.untold' }, { event: 'ledger.checkpoint', failed: 1 }]);
    later(HOUR);
    away.clear();
    await publish();
    expect(urls()).toEqual(['https://hook.acme.example/in']);
    later(HOUR);
    await publish();
    expect([urls(), said().length]).toEqual([[], 1]);
    later(DAY);
    await publish();
    expect(urls()).toEqual(['https://hook.acme.example/in', WITNESS]);
  },
);

it('a broken ledger is not published, and is said', async () => {
  await instructed('https://hook.acme.example/in');
  const broken = await instructed('https://hook.broken.example/in');
  await world.ledger(NO_ANCHORS).verify(broken.id);
  await broken.tamper('UPDATE parley.ledger_head SET size = 2 WHERE tenant_id = $1');
  await broken.append(1);
  const { publish, urls, said } = publisher(null);
  await publish();
  expect(urls()).toEqual(['https://hook.acme.example/in']);
  expect(said().at(-1)).toMatchObject({ count: 1, failed: 1 });
});

it('a tenant whose key cannot be opened does not keep the others from being published, and is tried again', async () => {
  const [first, second] = await instructedInOrder();
  const { publish, sent, said, later } = publisher(null);
  await first.tamper("UPDATE parley.tenant_key SET wrapped = wrapped || '\\x00' WHERE tenant_id = $1");
  await publish();
  expect(sent.map(({ body }) => JSON.parse(body!.text).tenant)).toEqual([second.slug]);
  expect(said()).toMatchObject([
    { event: 'round.failed', name: 'checkpoints', tenantId: first.id, error: { name: 'SealBroken' } },
    { event: 'ledger.checkpoint', count: 1, failed: 1 },
  ]);
  later(HOUR);
  await publish();
  expect(said()).toMatchObject([{ event: 'ledger.checkpoint', count: 0, failed: 1 }]);
  await first.tamper("UPDATE parley.tenant_key SET wrapped = substr(wrapped, 1, length(wrapped) - 1) WHERE tenant_id = $1"); // prettier-ignore
  later(HOUR);
  await publish();
  expect(sent.map(({ body }) => JSON.parse(body!.text).tenant)).toEqual([second.slug, first.slug]);
});

it('an address whose call breaks does not keep the others from being published', async () => {
  await instructedInOrder();
  await instructed('https://broken.example/in');
  const { publish, urls, said, away } = publisher(null);
  away.set('broken.example', 'throws');
  await publish();
  expect(urls()).toEqual(['https://broken.example/in', 'https://hook.acme.example/a', 'https://hook.acme.example/b']);
  expect(said().at(-1)).toMatchObject({ count: 2, failed: 1 });
});
