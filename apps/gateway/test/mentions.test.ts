// An erased person in what others wrote: taken out or listed where the instructions say so, and left alone where they do not.
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { startAcme, type Acme } from './acme.js';
import { businessOf, type Person } from './person.js';

let acme: Acme;
let look: pg.Client;
beforeAll(async () => {
  acme = await startAcme();
  look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
});
afterAll(async () => {
  await look.end();
  await acme.api.stop();
});

async function business(rights: object) {
  const { tenant, someone } = await businessOf(acme, (d) => ({ ...d, rights }));
  const request = async (id: unknown) => (await tenant.call('GET', `/requests/${String(id)}`)).body;
  const exercise = async (right: string, who: Person) => {
    const { id } = (await tenant.call('POST', '/requests', { right, subject: who.subject })).body;
    await until(`${right} is completed`, async () => (await request(id))['state'] === 'completed');
    return String(id);
  };
  const searched = (id: string) =>
    until('the search has ended', async () => {
      // Two at once, as two processes would.
      await Promise.all([acme.api.rights.searchMentions(), acme.api.rights.searchMentions()]);
      const found = (await request(id))['mentions'] as unknown as { finishedAt: string | null } | undefined;
      return found?.finishedAt && found;
    });
  const held = async (who: Person) =>
    (await tenant.call('GET', `/requests/${await exercise('access', who)}/result`)).text;
  const listed = async (id: string) =>
    (await tenant.call('GET', `/requests/${id}/mentions`)).body['items'] as unknown as Record<string, unknown>[];
  return { tenant, someone, exercise, searched, held, listed, request };
}
const bodyOf = async (id: string): Promise<string> =>
  (await look.query<{ body: string }>("SELECT encode(body, 'hex') AS body FROM parley.message WHERE id = $1", [id])).rows[0]!.body; // prettier-ignore

it('is taken out of what both sides wrote, on every page of the search; nothing else is changed', async () => {
  const { tenant, someone, exercise, searched, held, listed } = await business({ mentions: 'redact' });
  const [anna, ben] = [await someone(), await someone()];
  await anna.says('hello');
  const first = await ben.says(`please ask ${anna.value} about it`);
  const untouched = await ben.says('nothing of her');
  const before = await bodyOf(untouched);
  for (let n = 0; n < 500; n += 25) await Promise.all(Array.from({ length: 25 }, (_, m) => ben.says(`line ${n + m}`)));
  const last = await ben.says(`we asked ${anna.value}.`, { direction: 'out' });
  const id = await exercise('erasure', anna);
  expect(await searched(id)).toMatchObject({ mode: 'redact', examined: 503, found: 2 });
  const copy = await held(ben);
  expect(copy).not.toContain(anna.value);
  expect(copy).toContain('please ask […] about it');
  expect(copy).toContain('we asked […].');
  expect(await bodyOf(untouched)).toBe(before);
  expect((await listed(id)).map((one) => [one['message'], one['redacted']])).toEqual([[first, true], [last, true]]);
  const { rows } = await look.query('SELECT words FROM parley.mention_search WHERE request_id = $1', [id]);
  expect(rows).toEqual([{ words: null }]);
  const leaves = JSON.stringify((await tenant.call('GET', '/ledger?limit=200')).body);
  expect(leaves).toContain('"mentions-searched"');
  // The list goes with whom it leads to.
  await exercise('erasure', ben);
  expect(await listed(id)).toEqual([]);
}); // prettier-ignore

it('is listed for the controller, who decides; the words stay', async () => {
  const { someone, exercise, searched, held, listed } = await business({ mentions: 'list' });
  const [anna, ben] = [await someone(), await someone()];
  await anna.says('hello');
  const message = await ben.says(`please ask ${anna.value}`);
  const id = await exercise('erasure', anna);
  expect(await searched(id)).toMatchObject({ mode: 'list', found: 1 });
  expect(await listed(id)).toMatchObject([{ message, redacted: false }]);
  expect(await held(ben)).toContain(anna.value);
});

it('is not looked for where nobody instructed it', async () => {
  const { someone, exercise, held, request } = await business({});
  const [anna, ben] = [await someone(), await someone()];
  await anna.says('hello');
  await ben.says(`please ask ${anna.value}`);
  const id = await exercise('erasure', anna);
  await acme.api.rights.searchMentions();
  expect(await request(id)).not.toHaveProperty('mentions');
  expect(await held(ben)).toContain(anna.value);
});
