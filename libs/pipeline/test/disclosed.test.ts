// Whoever was sent a message is on record as one that has it, whatever was answered; whoever was not is not.
import { randomUUID } from 'node:crypto';
import { startEndpoint, type Endpoint } from './endpoint.js';
import { startLine, type Line } from './line.js';

let line: Line;
let second: Endpoint;
beforeAll(async () => {
  line = await startLine();
  second = await startEndpoint('/second');
});
afterAll(async () => {
  await second.close();
  await line.stop();
});
beforeEach(() => {
  line.bot.answer(() => ({}));
  second.answer(() => ({}));
});

const RECIPIENT = { kind: 'webhook', country: 'DE', purposes: ['support'], data: ['content'] };

/** A tenant of the bot and of these further recipients. */
async function withMore(more: Readonly<Record<string, object>>) {
  const t = await line.tenant((d) => void Object.assign(d['recipients']!, more));
  const disclosed = () =>
    t.query<{ recipient: string; count: string }>(
      'SELECT recipient, count FROM parley.disclosure WHERE tenant_id = $1 ORDER BY recipient',
    );
  /** As though the rest were over. */
  async function again(): Promise<void> {
    await line.admin.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1', [t.id]);
    await line.workOn(t.id);
  }
  return { t, disclosed, again, states: async () => (await t.rows()).map(({ state }) => state) };
}

const once = (...recipients: string[]) => recipients.map((recipient) => ({ recipient, count: '1' }));

it.each([
  ['400', { status: 400 }, 'dead'],
  ['410', { status: 410 }, 'dead'],
  ['500', { status: 500 }, 'pending'],
])('an answer of %s', async (_what, answer, state) => {
  const { t, disclosed, states } = await withMore({});
  line.bot.answer(() => answer);
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  expect([await states(), await disclosed()]).toEqual([[state], once('bot')]);
});

it.each([400, 500])('an answer of %d of one leaves the one before on record', async (status) => {
  const { t, disclosed } = await withMore({ second: { ...RECIPIENT, url: second.url } });
  second.answer(() => ({ status }));
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  expect(await disclosed()).toEqual(once('bot', 'second'));
});

it('each attempt that went out counts', async () => {
  const { t, disclosed, again, states } = await withMore({});
  line.bot.answer(() => ({ status: 500 }));
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  line.bot.answer(() => ({}));
  await again();
  expect([await states(), await disclosed()]).toEqual([['done'], [{ recipient: 'bot', count: '2' }]]);
});

it('who is known to be down is not called, and gets nothing', async () => {
  const { t, disclosed, again } = await withMore({});
  const asked = line.bot.asked.length;
  line.bot.answer(() => ({ status: 500 }));
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  for (let n = 0; n < 6; n += 1) await again();
  expect(line.bot.asked.length - asked).toBe(5);
  expect(await disclosed()).toEqual([{ recipient: 'bot', count: '5' }]);
});

it.each([
  ['without its key', { ...RECIPIENT, kind: 'openai', model: 'm', url: 'http://127.0.0.1:9/v1' }],
  ['that may not be called', { ...RECIPIENT, url: 'ftp://127.0.0.1/in' }],
])('a recipient %s gets nothing', async (_what, other) => {
  const { t, disclosed, states } = await withMore({ second: other });
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  expect([await states(), await disclosed()]).toEqual([['dead'], once('bot')]);
});

it.each([
  ['whose server is not there', 'http://127.0.0.1:9/in'],
  ['whose name leads nowhere', 'http://nobody.invalid/in'],
])('a recipient %s was sent nothing', async (_what, url) => {
  const { t, disclosed, states } = await withMore({ second: { ...RECIPIENT, url } });
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  expect([await states(), await disclosed()]).toEqual([['pending'], once('bot')]);
});

it('whose turn was lost meanwhile has sent it all the same', async () => {
  const { t, disclosed } = await withMore({});
  const sql = 'UPDATE parley.conversation SET lease = gen_random_uuid() WHERE tenant_id = $1';
  line.bot.answer(() => ({ after: line.admin.query(sql, [t.id]) }));
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  expect(await disclosed()).toEqual(once('bot'));
});

it('of whom the key was destroyed meanwhile nothing is written any more', async () => {
  const { t, disclosed } = await withMore({});
  const sql = 'DELETE FROM parley.subject_key WHERE tenant_id = $1';
  line.bot.answer(() => ({ status: 500, after: line.admin.query(sql, [t.id]) }));
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  expect(await disclosed()).toEqual([]);
  // Whoever erased it is to tell those whom it reached.
  expect(line.told.filter(({ tenantId }) => tenantId === t.id)).toMatchObject([{ disclosed: [{ recipient: 'bot' }] }]);
});

it.each([
  ['the turn was lost', 'UPDATE parley.conversation SET lease = gen_random_uuid() WHERE tenant_id = $1'],
  ['the person was restricted', 'UPDATE parley.subject SET restricted = true WHERE tenant_id = $1'],
])('while the first held its answer %s: the second is sent nothing', async (_what, sql) => {
  const { t, disclosed } = await withMore({ second: { ...RECIPIENT, url: second.url } });
  const before = second.asked.length;
  line.bot.answer(() => ({ after: line.admin.query(sql, [t.id]) }));
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  expect(second.asked.length).toBe(before);
  expect(await disclosed()).toEqual(once('bot'));
});

/** To whom an erasure of everybody here would be told. */
const wouldBeTold = async (t: { id: string }): Promise<string[]> => {
  const { rows } = await line.admin.query<{ id: string }>('SELECT id FROM parley.subject WHERE tenant_id = $1', [t.id]);
  const went = await line.store.recipientsOf(t.id, rows.map(({ id }) => id)); // prettier-ignore
  return went.map(({ recipient }) => recipient);
};

it('who is being asked is on record before the answer, and whoever could not be reached is not afterwards', async () => {
  const { t, disclosed } = await withMore({ second: { ...RECIPIENT, url: 'http://127.0.0.1:9/in' } });
  let meanwhile: string[] = [];
  const look = async (): Promise<void> => void (meanwhile = await wouldBeTold(t));
  line.bot.answer(() => ({ after: look() }));
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  expect(meanwhile).toEqual(['bot']);
  expect([await wouldBeTold(t), await disclosed()]).toEqual([['bot'], once('bot')]);
});

it('of a worker that was killed while it asked, whoever takes the turn next knows whom it asked', async () => {
  const { t, disclosed } = await withMore({});
  await t.visitor().says({ text: 'hello' });
  const [{ id, subject_id }] = (await line.admin.query<{ id: string; subject_id: string }>('SELECT id, subject_id FROM parley.conversation WHERE tenant_id = $1', [t.id])).rows as [{ id: string; subject_id: string }]; // prettier-ignore
  const lease = randomUUID();
  await line.store.takeTurn(t.id, id, lease);
  const turn = { conversationId: id, lease, subjectId: subject_id };
  const given = {
    recipient: 'bot',
    purpose: 'support',
    categories: ['content'],
    version: 1,
    clause: '/recipients/bot',
  };
  expect(await line.store.beginAsking(t.id, { ...turn, lease: randomUUID() }, given)).toBe(false);
  expect(await wouldBeTold(t)).toEqual([]);
  // Twice, as when the work on one message was given up and the next one was asked about.
  for (let n = 0; n < 2; n += 1) expect(await line.store.beginAsking(t.id, turn, given)).toBe(true);
  expect([await wouldBeTold(t), await disclosed()]).toEqual([['bot'], []]);
  await line.admin.query('UPDATE parley.conversation SET lease_until = now() WHERE tenant_id = $1', [t.id]);
  expect(await line.store.takeTurn(t.id, id, randomUUID())).not.toBeNull();
  expect([await wouldBeTold(t), await disclosed()]).toEqual([['bot'], once('bot')]);
});
