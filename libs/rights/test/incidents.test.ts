// An incident as a table-top: data was taken, and the list of those concerned equals what was seeded; then the controllers are told, in phases.
import { createIncidents } from '../src/incidents/incidents.js';
import { log, startWorld, type Business, type Met, type World } from './world.js';

let world: World;
beforeAll(async () => void (world = await startWorld()));
afterAll(() => world.stop());

const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / 1000) * 1000;
const WINDOW = { from: new Date(NOW - 3 * HOUR), to: new Date(NOW - HOUR) };
const incidents = () => createIncidents({ store: world.store, processor: 'Gate Ltd, privacy@gate.example', log, now: Date.now }); // prettier-ignore

interface Sent {
  readonly who: Met;
  readonly connectionId: string;
  readonly at: number;
  readonly file: boolean;
}

/** Thirty persons on two accounts, with messages before, in and after the window, on its edges too; some were disclosed, one is silent. */
async function seeded(b: Business) {
  const second = await b.connect('2');
  const sent: Sent[] = [];
  const persons: (Met & { connectionId: string; locale: string | null })[] = [];
  const at = [NOW - 5 * HOUR, WINDOW.from.getTime() - 1, WINDOW.from.getTime(), NOW - 2 * HOUR, WINDOW.to.getTime() - 1, WINDOW.to.getTime(), NOW]; // prettier-ignore
  for (let n = 0; n < 30; n += 1) {
    const connectionId = n % 3 === 0 ? second : b.connectionId;
    const locale = n % 2 === 0 ? 'de' : null;
    const who = await b.someone({ connectionId, locale });
    persons.push({ ...who, connectionId, locale });
    for (const [k, when] of at.entries())
      if ((n * 7 + k * 3) % 5 < 2) {
        const file = (n + k) % 4 === 0;
        await b.says(who, when, { file });
        sent.push({ who, connectionId, at: when, file });
      }
  }
  const silent = await b.someone();
  await world.admin.query("UPDATE parley.subject SET created_at = '2020-01-01' WHERE tenant_id = $1", [b.tenantId]);
  await world.admin.query("UPDATE parley.conversation SET created_at = '2020-01-01' WHERE tenant_id = $1", [b.tenantId]); // prettier-ignore
  const disclosed = persons.filter((_, n) => n % 4 === 1);
  for (const { subjectId } of disclosed)
    await world.admin.query("INSERT INTO parley.disclosure VALUES ($1, $2, 'bot', 'support', 1, '/recipients/bot', '{content}', 1, $3, $4)", [
      b.tenantId, subjectId, new Date(NOW - 2 * HOUR), new Date(NOW - 2 * HOUR),
    ]); // prettier-ignore
  return { sent, persons, silent, second, disclosed: disclosed.map(({ subjectId }) => subjectId) };
}
type Seeded = Awaited<ReturnType<typeof seeded>>;

type Listed = Record<string, { events: number; categories: string[] }>;

/** What the list must be, worked out from what was sent. */
function truth(seed: Seeded, reach: { rest: boolean; within: (sent: Sent) => boolean }): Listed {
  const inTime = (sent: Sent): boolean =>
    sent.at < WINDOW.to.getTime() && (reach.rest || (sent.at >= WINDOW.from.getTime() && reach.within(sent)));
  const list: Listed = {};
  const locales = new Map(seed.persons.map((one) => [one.subjectId, one.locale]));
  for (const sent of seed.sent.filter(inTime)) {
    const entry = (list[sent.who.subjectId] ??= { events: 0, categories: ['content', 'routing'] });
    entry.events += 1;
    if (sent.file) entry.categories.push('attachments');
  }
  // Files of theirs that passed in the time, whatever way the rest of it was reached by.
  for (const sent of seed.sent)
    if (sent.file && list[sent.who.subjectId] && sent.at < WINDOW.to.getTime() && (reach.rest || sent.at >= WINDOW.from.getTime())) list[sent.who.subjectId]!.categories.push('attachments'); // prettier-ignore
  if (reach.rest)
    for (const { subjectId } of [...seed.persons, seed.silent]) {
      const entry = (list[subjectId] ??= { events: 0, categories: ['routing'] });
      if (locales.get(subjectId)) entry.categories.push('profile');
    }
  for (const entry of Object.values(list)) entry.categories = [...new Set(entry.categories)].toSorted();
  return list;
}

async function listOf(tenantId: string, id: string): Promise<Listed> {
  const rows = await incidents().persons(tenantId, id, { after: null, limit: 1000 });
  return Object.fromEntries(rows.map((row) => [row.subject_id, { events: row.events, categories: [...row.categories] }])); // prettier-ignore
}

const SUSPICION = ['ConfidentialityBreach'];

test.each([
  ['the database: everything held', () => ['database'], () => ({ rest: true, within: () => true })],
  ['the memory of a process: what passed in the time', () => ['gateway'], () => ({ rest: false, within: () => true })],
  [
    'an account: what passed by it',
    (seed: Seeded) => [`connection:${seed.second}`],
    (seed: Seeded) => ({ rest: false, within: (sent: Sent) => sent.connectionId === seed.second }),
  ],
  [
    'a recipient: those whose data it was given',
    () => ['recipient:bot'],
    (seed: Seeded) => ({ rest: false, within: (sent: Sent) => seed.disclosed.includes(sent.who.subjectId) }),
  ],
  [
    'an account and a recipient together, nobody counted twice',
    (seed: Seeded) => [`connection:${seed.second}`, 'recipient:bot'],
    (seed: Seeded) => ({ rest: false, within: (sent: Sent) => sent.connectionId === seed.second || seed.disclosed.includes(sent.who.subjectId) }), // prettier-ignore
  ],
] as const)('%s', async (_what, components, reach) => {
  const b = await world.business();
  const seed = await seeded(b);
  const id = await incidents().open({ ...WINDOW, components: components(seed), suspicion: SUSPICION, tenants: [b.slug] }); // prettier-ignore
  await incidents().count();
  const expected = truth(seed, reach(seed));
  expect(await listOf(b.tenantId, id)).toEqual(expected);
  expect(Object.keys(expected).length).toBeGreaterThan(5);
  const row = await incidents().one(b.tenantId, id);
  const events = Object.values(expected).reduce((sum, one) => sum + one.events, 0);
  expect([row.persons, row.events]).toEqual([Object.keys(expected).length, events]);
});

test('which keys were exposed, and which are destroyed since', async () => {
  const b = await world.business();
  const persons = [await b.someone(), await b.someone(), await b.someone()];
  for (const who of persons) await b.says(who, NOW - 2 * HOUR);
  const open = (components: string[]) => incidents().open({ ...WINDOW, components, suspicion: SUSPICION, tenants: [b.slug] }); // prettier-ignore
  const [sealed, exposed] = [await open(['database']), await open(['gateway'])];
  await incidents().count();
  expect((await incidents().one(b.tenantId, sealed)).keys).toEqual({ exposed: 0, sealed: 3, shredded: 0 });
  expect((await incidents().one(b.tenantId, exposed)).keys).toEqual({ exposed: 3, sealed: 0, shredded: 0 });
  await b.erase(persons[0]!.subjectId);
  // The list forgets whoever is erased; what it came to stays.
  expect(Object.keys(await listOf(b.tenantId, sealed))).toHaveLength(2);
  expect((await incidents().one(b.tenantId, sealed)).persons).toBe(3);
});

test('a crash while the list is made: it is made anew, and nobody stands in it twice', async () => {
  const b = await world.business();
  const seed = await seeded(b);
  const id = await incidents().open({ ...WINDOW, components: ['gateway'], suspicion: SUSPICION, tenants: [b.slug] });
  const dying = world.store.countIncident(b.tenantId, id, () => {
    throw new Error('crash');
  });
  await expect(dying).rejects.toThrow('crash');
  await incidents().count(); // its lease stands
  expect((await incidents().one(b.tenantId, id)).counted_at).toBeNull();
  await world.admin.query('UPDATE parley.incident SET lease_until = now() WHERE id = $1', [id]);
  await incidents().count();
  expect(await listOf(b.tenantId, id)).toEqual(truth(seed, { rest: false, within: () => true }));
});

describe('notices', () => {
  const document = {
    parties: { controller: { name: 'Acme GmbH', contact: 'privacy@acme.example' }, breachContacts: ['soc@acme.example'] },
    law: { breachHours: 96 },
  }; // prettier-ignore

  test('first at once and once, then what becomes known; each in the register and in the ledger, none to others', async () => {
    const [b, other] = [await world.business(), await world.business()];
    await b.instructs(1, document, new Date(NOW - 9 * HOUR));
    await b.says(await b.someone(), NOW - 2 * HOUR);
    const desk = incidents();
    const id = await desk.open({ ...WINDOW, components: ['gateway'], suspicion: SUSPICION, tenants: [b.slug, other.slug] }); // prettier-ignore
    // Before anything is counted: approximate, and to everybody in question.
    expect((await desk.draft(b.tenantId, id, { phase: 'first' })).notice).toMatchObject({ approximate: true, persons: null }); // prettier-ignore
    await desk.count();
    await expect(desk.tell(id, { phase: 'final' })).rejects.toMatchObject({ type: 'conflict' });
    const first = await desk.tell(id, { phase: 'first' });
    expect(first.map(({ slug }) => slug)).toEqual([b.slug]);
    expect(await desk.tell(id, { phase: 'first' })).toEqual([]);
    await desk.tell(id, { phase: 'final', consequences: 'None is known.', measures: 'The account was closed.' });
    const notices = await desk.notices(b.tenantId, id);
    expect(notices.map(({ phase }) => phase)).toEqual(['first', 'final']);
    const [told] = notices as unknown as { body: { to: string[]; authorityBy: string; at: string; text: string; persons: number } }[]; // prettier-ignore
    expect(told!.body.to).toEqual(['soc@acme.example']);
    expect(Date.parse(told!.body.authorityBy) - Date.parse(told!.body.at)).toBe(96 * HOUR);
    for (const words of ['Acme GmbH', 'Gate Ltd', 'Persons: 1', 'content: 1 persons', 'Art. 33(2)', 'Not known yet']) expect(told!.body.text).toContain(words); // prettier-ignore
    const { rows } = await world.admin.query<{ leaf: { notice: string; sha256: string } }>(
      "SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf->>'type' = 'incident-notice' ORDER BY seq",
      [b.tenantId],
    );
    expect(rows.map(({ leaf }) => leaf.notice)).toEqual(notices.map((notice) => notice.id));
    expect((await desk.register(b.tenantId, null, 10)).map((row) => row.id)).toEqual([id]);
    expect(await desk.register(other.tenantId, null, 10)).toEqual([]);
    await desk.close(id);
    await expect(desk.tell(id, { phase: 'follow-up' })).rejects.toMatchObject({ type: 'conflict' });
  });

  test('the letter names the controller and the categories, and leaves the rest to be filled in', async () => {
    const b = await world.business();
    await b.instructs(1, document, new Date(NOW - 9 * HOUR));
    await b.says(await b.someone(), NOW - 2 * HOUR, { file: true });
    const desk = incidents();
    const id = await desk.open({ ...WINDOW, components: ['gateway'], suspicion: SUSPICION, tenants: [b.slug] });
    await desk.count();
    const { letters } = await desk.draft(b.tenantId, id, { phase: 'first' });
    expect(letters.map(({ language }) => language)).toEqual(['en', 'de']);
    for (const words of ['{name}', 'Acme GmbH', 'privacy@acme.example', 'files that you sent', '{measures}'])
      expect(letters[0]!.body).toContain(words);
  });
});
