// An incident as a table-top: data was taken, and the list of those concerned equals what was seeded; then the controllers are told, in phases.
import { CHANNELS } from '#libs/channels';
import type { Facts } from '#libs/instructions';
import { createIncidents } from '../src/incidents/incidents.js';
import { until } from '../../../test/support/until.js';
import { isolate, log, startWorld, type Business, type Met, type World } from './world.js';

let world: World;
beforeAll(async () => void (world = await startWorld()));
afterAll(() => world.stop());

const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / 1000) * 1000;
const WINDOW = { from: new Date(NOW - 3 * HOUR), to: new Date(NOW - HOUR) };
const FACTS: Facts = {
  channels: { test: [...CHANNELS.find(({ manifest }) => manifest.channel === 'whatsapp-cloud')!.identifiers] },
};
const incidents = () => createIncidents({ store: world.store, facts: FACTS, processor: 'Gate Ltd, privacy@gate.example', isolate, log, now: Date.now }); // prettier-ignore

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
    await world.admin.query("INSERT INTO parley.disclosure VALUES ($1, $2, 'bot', 'support', 1, '/recipients/bot', '{content,routing}', 1, $3, $4)", [
      b.tenantId, subjectId, new Date(NOW - 2 * HOUR), new Date(NOW - 2 * HOUR),
    ]); // prettier-ignore
  return { sent, persons, silent, second, disclosed: disclosed.map(({ subjectId }) => subjectId) };
}
type Seeded = Awaited<ReturnType<typeof seeded>>;

type Listed = Record<string, { events: number; categories: string[] }>;

/** What the list must be, worked out from what was sent. */
function truth(seed: Seeded, reach: { rest: boolean; within: (sent: Sent) => boolean; given?: boolean }): Listed {
  const inTime = (sent: Sent): boolean =>
    sent.at < WINDOW.to.getTime() && (reach.rest || (sent.at >= WINDOW.from.getTime() && reach.within(sent)));
  const list: Listed = {};
  const locales = new Map(seed.persons.map((one) => [one.subjectId, one.locale]));
  for (const sent of seed.sent.filter(inTime)) {
    const entry = (list[sent.who.subjectId] ??= { events: 0, categories: ['content', 'routing'] });
    entry.events += 1;
    if (sent.file) entry.categories.push('attachments');
  }
  // Whoever a recipient was given in the time, also what was written before; of what they wrote in it, it may have all.
  const isInWindow = ({ at }: Sent): boolean => at >= WINDOW.from.getTime() && at < WINDOW.to.getTime();
  for (const subjectId of reach.given ? seed.disclosed : []) {
    const own = seed.sent.filter((sent) => sent.who.subjectId === subjectId && isInWindow(sent)).length;
    const entry = (list[subjectId] ??= { events: 0, categories: [] });
    entry.events = Math.max(entry.events, own, 1);
    entry.categories.push('content', 'routing');
  }
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
  [
    'the memory of a process: what passed in the time',
    () => ['gateway'],
    () => ({ rest: false, within: () => true, given: true }),
  ],
  [
    'an account: what passed by it',
    (seed: Seeded) => [`connection:${seed.second}`],
    (seed: Seeded) => ({ rest: false, within: (sent: Sent) => sent.connectionId === seed.second }),
  ],
  [
    'a recipient: those whose data it was given',
    () => ['recipient:bot'],
    () => ({ rest: false, within: () => false, given: true }),
  ],
  [
    'an account and a recipient together, nobody counted twice',
    (seed: Seeded) => [`connection:${seed.second}`, 'recipient:bot'],
    (seed: Seeded) => ({ rest: false, within: (sent: Sent) => sent.connectionId === seed.second, given: true }),
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

describe('what a recipient was given', () => {
  const given = (b: Business, who: Met, at: { first: number; last: number; count: number; categories: string; recipient?: string }) =>
    world.admin.query("INSERT INTO parley.disclosure VALUES ($1, $2, $3, 'support', 1, '/r', $4, $5, $6, $7)", [
      b.tenantId, who.subjectId, at.recipient ?? 'bot', at.categories, at.count, new Date(at.first), new Date(at.last),
    ]); // prettier-ignore
  const listed = async (b: Business, components = ['recipient:bot']): Promise<Listed> => {
    const id = await incidents().open({ ...WINDOW, components, suspicion: SUSPICION, tenants: [b.slug] });
    await incidents().count();
    return listOf(b.tenantId, id);
  };

  test('in the time, though it was written before; by what it was given, and no more', async () => {
    const b = await world.business();
    const [held, little, before, after, elsewhere, often] = [await b.someone(), await b.someone(), await b.someone(), await b.someone(), await b.someone(), await b.someone()]; // prettier-ignore
    for (const who of [held, little, before, after, elsewhere, often])
      await b.says(who, NOW - 9 * HOUR, { file: true });
    await b.says(little, NOW - 2 * HOUR, { file: true });
    const inTime = { first: NOW - 2 * HOUR, last: NOW - 2 * HOUR };
    await given(b, held, { ...inTime, count: 3, categories: '{content}' });
    await given(b, little, { ...inTime, count: 1, categories: '{routing}' });
    await given(b, before, { first: NOW - 9 * HOUR, last: NOW - 8 * HOUR, count: 2, categories: '{content}' });
    await given(b, after, { first: NOW, last: NOW, count: 2, categories: '{content}' });
    await given(b, elsewhere, { ...inTime, count: 1, categories: '{content}', recipient: 'crm' });
    // Nobody knows what of it went when.
    await given(b, often, { first: NOW - 9 * HOUR, last: NOW, count: 9, categories: '{content}' });
    expect(await listed(b)).toEqual({
      [held.subjectId]: { events: 3, categories: ['content'] },
      [little.subjectId]: { events: 1, categories: ['routing'] },
      [often.subjectId]: { events: 0, categories: ['content'] },
    });
  });

  test('what it is given may become less, what it was given does not', async () => {
    const b = await world.business();
    const who = await b.someone();
    const turn = { conversationId: who.conversationId, lease: '00000000-0000-4000-8000-000000000000', subjectId: who.subjectId }; // prettier-ignore
    for (const categories of [['content', 'routing'], ['routing']])
      await world.store.settleAsked(b.tenantId, turn, [{ recipient: 'bot', purpose: 'p', categories, version: 1, clause: '/r' }]); // prettier-ignore
    const { rows } = await world.admin.query('SELECT categories, count::int FROM parley.disclosure WHERE tenant_id = $1', [b.tenantId]); // prettier-ignore
    expect(rows).toEqual([{ categories: ['content', 'routing'], count: 2 }]);
  });

  test('or was about to be given when its turn was cut off', async () => {
    const b = await world.business();
    const [cut, later] = [await b.someone(), await b.someone()];
    for (const [who, at] of [[cut, NOW - 2 * HOUR], [later, NOW]] as const) {
      await b.says(who, NOW - 9 * HOUR);
      const asking = [{ recipient: 'bot', purpose: 'support', version: 1, clause: '/r', categories: ['content'], at: new Date(at) }]; // prettier-ignore
      await world.admin.query('UPDATE parley.conversation SET asking = $2 WHERE id = $1', [who.conversationId, JSON.stringify(asking)]); // prettier-ignore
    } // prettier-ignore
    expect(await listed(b)).toEqual({ [cut.subjectId]: { events: 1, categories: ['content'] } });
  });
});

test('a name that is kept beside a message is of the profile, under the versions that keep it', async () => {
  const b = await world.business();
  const profile = { purposes: { support: { data: ['routing', 'content', 'profile'] } } };
  await b.instructs(1, { ...profile, channels: { test: { identifiers: { profile_name: 'drop' } } } }, new Date(NOW - 9 * HOUR)); // prettier-ignore
  await b.instructs(2, { ...profile, channels: { test: { identifiers: { profile_name: 'keep' } } } }, new Date(NOW - 8 * HOUR)); // prettier-ignore
  const [without, named] = [await b.someone(), await b.someone()];
  await b.says(without, NOW - 2 * HOUR, { version: 1 });
  await b.says(named, NOW - 2 * HOUR, { version: 2 });
  await b.says(named, NOW - 2 * HOUR, { version: 1 });
  for (const component of ['database', 'gateway']) {
    const id = await incidents().open({ ...WINDOW, components: [component], suspicion: SUSPICION, tenants: [b.slug] });
    await incidents().count();
    const list = await listOf(b.tenantId, id);
    expect(list[without.subjectId]!.categories).toEqual(['content', 'routing']);
    expect(list[named.subjectId]).toEqual({ events: 2, categories: ['content', 'profile', 'routing'] });
  }
});

test('shredded counts persons who went, not requests; of what retention took the notice says that it is not counted', async () => {
  const b = await world.business();
  await b.says(await b.someone(), NOW - 2 * HOUR);
  // Asked for by somebody unknown, and for two of one person; one went before the time.
  await world.admin.query(
    `INSERT INTO parley.rights_request (tenant_id, id, code, exercised, state, source, clause, received_at, due_at, completed_at)
     VALUES ($1, gen_random_uuid(), gen_random_uuid()::text, 'erasure', 'completed', 'api', '/c', now(), now(), now())`,
    [b.tenantId],
  );
  for (const at of [NOW - 9 * HOUR, NOW - 2 * HOUR, NOW])
    await world.admin.query('INSERT INTO parley.deletion VALUES ($1, gen_random_uuid(), gen_random_uuid(), $2, NULL)', [b.tenantId, new Date(at)]); // prettier-ignore
  const id = await incidents().open({ ...WINDOW, components: ['database'], suspicion: SUSPICION, tenants: [b.slug] });
  expect((await incidents().draft(b.tenantId, id, { phase: 'first' })).notice.caveats).toEqual([]);
  await incidents().count();
  expect((await incidents().one(b.tenantId, id)).keys).toEqual({ exposed: 0, sealed: 1, shredded: 2 });
  const { notice, text } = await incidents().draft(b.tenantId, id, { phase: 'first' });
  expect(notice.caveats.join(' ')).toContain('is not in these numbers');
  for (const caveat of notice.caveats) expect(text).toContain(caveat);
});

test('a list is made once its time is over: who writes until then is on it', async () => {
  const b = await world.business();
  const [early, late] = [await b.someone(), await b.someone()];
  await b.says(early, NOW - 2 * HOUR);
  const id = await incidents().open({ from: WINDOW.from, to: new Date(Date.now() + HOUR), components: ['gateway'], suspicion: SUSPICION, tenants: [b.slug] }); // prettier-ignore
  await incidents().count();
  expect((await incidents().one(b.tenantId, id)).counted_at).toBeNull();
  await b.says(late, Date.now());
  await world.admin.query("UPDATE parley.incident SET to_at = now() + interval '1 ms' WHERE id = $1", [id]);
  await until('it is made', async () => {
    await incidents().count();
    return (await incidents().one(b.tenantId, id)).counted_at !== null;
  });
  expect(Object.keys(await listOf(b.tenantId, id)).toSorted()).toEqual([early.subjectId, late.subjectId].toSorted());
});

test('the memory of a process had also what was written before and passed on in the time', async () => {
  const b = await world.business();
  const [given, read] = [await b.someone(), await b.someone()];
  for (const who of [given, read]) await b.says(who, NOW - 9 * HOUR);
  await world.admin.query("INSERT INTO parley.disclosure VALUES ($1, $2, 'bot', 'support', 1, '/r', '{content}', 1, $3, $3)", [b.tenantId, given.subjectId, new Date(NOW - 2 * HOUR)]); // prettier-ignore
  const id = await incidents().open({ ...WINDOW, components: ['gateway'], suspicion: SUSPICION, tenants: [b.slug] });
  await incidents().count();
  expect(await listOf(b.tenantId, id)).toEqual({ [given.subjectId]: { events: 1, categories: ['content'] } });
  const { notice, text } = await incidents().draft(b.tenantId, id, { phase: 'first' });
  expect([notice.caveats.join(' '), text]).toEqual([expect.stringContaining('read by your people'), expect.stringContaining('read by your people')]); // prettier-ignore
});

test('who had a key to the management API could read all that is held', async () => {
  const b = await world.business();
  const who = await b.someone();
  await b.says(who, NOW - 9 * HOUR);
  const id = await incidents().open({ ...WINDOW, components: ['api'], suspicion: SUSPICION, tenants: [b.slug] });
  await incidents().count();
  expect(Object.keys(await listOf(b.tenantId, id))).toEqual([who.subjectId]);
  expect((await incidents().draft(b.tenantId, id, { phase: 'first' })).notice).toMatchObject({ readable: true, keys: { exposed: 0, sealed: 1 } }); // prettier-ignore
});

test('a crash while the list is made: it is made anew, and nobody stands in it twice', async () => {
  const b = await world.business();
  const seed = await seeded(b);
  const id = await incidents().open({ ...WINDOW, components: ['gateway'], suspicion: SUSPICION, tenants: [b.slug] });
  const dying = world.store.countIncident(b.tenantId, id, {
    reachOf: () => {
      throw new Error('crash');
    },
    beside: [],
  });
  await expect(dying).rejects.toThrow('crash');
  await incidents().count(); // its lease stands
  expect((await incidents().one(b.tenantId, id)).counted_at).toBeNull();
  await world.admin.query('UPDATE parley.incident SET lease_until = now() WHERE id = $1', [id]);
  await incidents().count();
  expect(await listOf(b.tenantId, id)).toEqual(truth(seed, { rest: false, within: () => true, given: true }));
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
