// Checkpoints leave once a day: as files, and to a witness that may be away.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import { createLogger } from '#libs/platform';
import { createPublish } from '../src/index.js';
import { NO_ANCHORS, startWorld, type World } from './ledger-world.js';

const NOW = Date.UTC(2026, 10, 24, 12);
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

function publisher(witness: string | null, answer: HttpResponse) {
  const sent: HttpRequest[] = [];
  const lines: string[] = [];
  const to = Object.assign(
    new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) }),
    { isTTY: false },
  );
  const publish = createPublish({
    store: world.store,
    ledger: world.ledger(NO_ANCHORS),
    dataDir: world.dir,
    witness,
    call: async (request) => (sent.push(request), answer),
    log: createLogger({ logLevel: 'info', logFormat: 'json', to }),
    now: () => NOW,
  });
  return { publish, sent, last: () => JSON.parse(lines.at(-1)!) as Record<string, unknown> };
}

const answered = (status: number): HttpResponse => ({ kind: 'answered', status, headers: {} });

it('keeps a file per tenant and day, with the key beside it', async () => {
  const tenant = await world.tenant();
  await tenant.append(3);
  const { slug } = (await world.store.tenants('', 10)).find(({ id }) => id === tenant.id)!;
  const { publish, sent, last } = publisher(null, answered(200));
  await publish();
  const folder = join(world.dir, 'ledger', 'daily', slug);
  const head = (await world.ledger(NO_ANCHORS).checkpoint(tenant.id))!;
  expect(await readFile(join(folder, '2026-11-24.checkpoint'), 'utf8')).toBe(head.note);
  expect(await readFile(join(folder, 'key'), 'utf8')).toBe(`${head.key}\n`);
  expect([sent, last()]).toMatchObject([[], { event: 'ledger.checkpoint', count: 1, failed: 0 }]);
});

it.each<[HttpResponse, number]>([
  [answered(200), 0],
  [answered(500), 1],
  [{ kind: 'failed', reason: 'timeout' }, 1],
])('a witness that answers %j', async (answer, failed) => {
  const { publish, sent, last } = publisher('https://witness.example/add', answer);
  await publish();
  expect(sent.map(({ url, body }) => [url, body?.text])).toEqual([
    ['https://witness.example/add', expect.stringMatching(/^parley\.ledger\/\S+\n3\n/)],
  ]);
  expect(last()).toMatchObject({ failed });
});

it('a broken ledger is not published, and is said', async () => {
  const tenant = await world.tenant();
  await tenant.append(1);
  await world.ledger(NO_ANCHORS).verify(tenant.id);
  await tenant.tamper('UPDATE parley.ledger_head SET size = 2 WHERE tenant_id = $1');
  await tenant.append(1);
  const { publish, last } = publisher(null, answered(200));
  await publish();
  expect(last()).toMatchObject({ count: 1, failed: 1 });
});
