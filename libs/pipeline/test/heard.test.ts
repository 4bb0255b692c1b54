// What people write for the gateway itself waits for no bot: a word to stop and a request for a right count before anything else is sent.
import { createLater } from '../src/index.js';
import { served, type Doc } from './asked.js';
import { startLine, type Change, type Line } from './line.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

const DOWN = { status: 503, body: {} } as const;
const says = (...texts: string[]) => ({ body: { messages: texts.map((text) => ({ type: 'text', text })) } });

/** Somebody whose message waits for a bot that is down. */
async function waiting(change: Change = () => undefined) {
  const t = await line.tenant(change);
  const visitor = t.visitor();
  const post = createLater({ store: line.store, tenants: line.tenants, wake: () => undefined });
  line.exercised.length = 0;
  line.bot.asked.length = 0;
  line.bot.answer(() => DOWN);
  const one = async <T>(column: string, table: string): Promise<T> =>
    (await t.query<{ value: T }>(`SELECT ${column} AS value FROM parley.${table} WHERE tenant_id = $1`))[0]!.value;
  let at = Date.now();
  /** Nobody writes twice in a millisecond. */
  const writes = (text: string) => visitor.says({ text, locale: 'en' }, { takenMs: (at += 1) });
  await writes('hello');
  await line.work();
  return {
    t,
    writes,
    /** Takes up whoever was woken, as a worker does; only a wake-up brings it. */
    async says(text: string): Promise<void> {
      await writes(text);
      await line.work();
    },
    /** A bot that answers later, or the tenant's own people. */
    posts: async (text: string, recipient: string | null = 'bot') =>
      post(t.id, { conversationId: (await t.rows())[0]!.conversation_id, recipient }, [{ type: 'text', text }]),
    states: async (direction: 'in' | 'out') => (await t.rows()).filter((row) => row.direction === direction).map(({ state }) => state),
    /** What came to the person, in this order. */
    told: async () => {
      const fed = await t.query<{ id: string }>("SELECT id FROM parley.message WHERE tenant_id = $1 AND direction = 'out' AND feed IS NOT NULL ORDER BY feed");
      const [rows, said] = [(await t.rows()).filter(({ direction }) => direction === 'out'), await t.said()];
      return fed.map(({ id }) => { const content = said[rows.findIndex((row) => row.id === id)]; return content?.type === 'text' ? content.text : ''; });
    },
    heard: () => [...new Set(line.bot.asked.map(({ body }) => (body['message'] as unknown as { text: string }).text))],
    stopped: async () => (await one<Date | null>('marketing_stopped_at', 'subject')) !== null,
    attempts: () => one<number>('attempts', 'conversation'),
    rest: () => one<number>('extract(epoch FROM not_before - now())::float8', 'conversation'),
    rests: (interval: string) => t.query(`UPDATE parley.conversation SET not_before = now() + interval '${interval}' WHERE tenant_id = $1 RETURNING id`),
    stranded: async () => (await line.store.stranded(1_000)).some(({ tenant_id }) => tenant_id === t.id),
    async comesBack(answer = says('here I am')): Promise<void> {
      line.bot.answer(() => answer);
      await t.query('UPDATE parley.conversation SET not_before = NULL, ours_from = NULL WHERE tenant_id = $1 RETURNING id');
      await line.workOn(t.id);
    },
  };
} // prettier-ignore

describe('while a bot is down', () => {
  it('a word to stop counts at once, and the person is told; the bot is asked no sooner for that', async () => {
    const one = await waiting();
    await one.rests('3 hours');
    const [asked, attempts] = [line.bot.asked.length, await one.attempts()];
    await one.says('STOP');
    expect([await one.stopped(), await one.states('in'), await one.states('out')]).toEqual([true, ['pending', 'done'], ['sent']]); // prettier-ignore
    expect([line.bot.asked.length, await one.attempts()]).toEqual([asked, attempts]);
    expect(Math.abs((await one.rest()) - 3 * 3_600)).toBeLessThan(60);
    await one.comesBack();
    expect([one.heard(), await one.states('in')]).toEqual([['hello'], ['done', 'done']]);
  });

  it.each([
    ['please delete all my data', 'erasure'],
    ['what data do you have about me?', 'access'],
    ['please restrict the processing of my data', 'restriction'],
    ['I object to the processing of my data', 'objection'],
    ['my data is wrong, please correct it', 'rectification'],
  ])('"%s" becomes a request', async (text, right) => {
    const one = await waiting();
    await one.says(text);
    expect([line.exercised, await one.states('in')]).toEqual([[right], ['pending', 'done']]);
  });

  it('what was posted later under a consent is not sent when the consent was taken back before', async () => {
    const one = await waiting((d) => {
      served(d);
      (d as unknown as Doc).recipients['letters'] = { ...(d as unknown as Doc).recipients['bot'], purposes: ['news'] };
    });
    await one.comesBack(says());
    await one.says('START');
    await one.says('yes');
    line.bot.answer(() => DOWN);
    await one.says('and now?');
    await one.rests('3 hours');
    await one.posts('news of today', 'letters');
    await one.writes('STOP');
    await line.workOn(one.t.id);
    expect(await one.told()).not.toContain('news of today');
    expect(await one.states('out')).toContain('cancelled');
  });

  it('what a message asks is dealt with before what the tenant’s own people posted, be that whatever it may', async () => {
    const one = await waiting();
    await one.posts('of our own accord', null);
    await one.writes('please restrict the processing of my data');
    await line.workOn(one.t.id);
    expect((await one.told()).at(-1)).toBe('of our own accord');
    expect([line.exercised, (await one.told()).length]).toEqual([['restriction'], 2]);
  });

  it('however many wait: they are given to it in the order in which they came', async () => {
    const one = await waiting();
    const many = Array.from({ length: 130 }, (_, n) => `number ${n}`);
    for (const text of many) await one.writes(text);
    await one.comesBack(says());
    for (let n = 0; n < 3; n++) await line.workOn(one.t.id);
    expect(one.heard()).toEqual(['hello', ...many]);
  });

  it('however many are for the gateway: what is taken back last stays taken back', async () => {
    const one = await waiting();
    for (let n = 0; n < 120; n++) await one.writes('START');
    await one.writes('STOP');
    await one.comesBack(says());
    for (let n = 0; n < 3; n++) await line.workOn(one.t.id);
    expect([await one.stopped(), one.heard(), new Set(await one.states('in'))]).toEqual([true, ['hello'], new Set(['done'])]);
  }); // prettier-ignore

  it('what they take back stays taken back: words for the gateway itself keep their order', async () => {
    const one = await waiting(served);
    await one.writes('START');
    await one.writes('STOP');
    await line.work();
    await one.comesBack(says());
    expect([await one.stopped(), one.heard()]).toEqual([true, ['hello']]);
  });

  it('is found among more than a turn looks at', async () => {
    const one = await waiting();
    for (let n = 0; n < 60; n += 1) await one.writes(`and number ${n}`);
    await one.writes('STOP');
    await one.writes('please delete all my data');
    await line.work();
    expect([await one.stopped(), line.exercised]).toEqual([true, ['withdrawal', 'erasure']]);
    expect((await one.states('in')).filter((state) => state === 'pending').length).toBe(61);
    await one.comesBack(says());
    expect(one.heard()).toEqual(['hello', ...Array.from({ length: 60 }, (_, n) => `and number ${n}`)]);
  });

  it('is found by the sweep where its wake-up was lost', async () => {
    const one = await waiting();
    await one.rests('3 hours');
    expect(await one.stranded()).toBe(false);
    await one.writes('STOP');
    expect(await one.stranded()).toBe(true);
    await line.work();
    expect([await one.stopped(), await one.stranded()]).toEqual([true, false]);
  });

  it('anything else waits for its turn, and is looked at once', async () => {
    const one = await waiting();
    await one.rests('3 hours');
    const asked = line.bot.asked.length;
    await one.says('are you there?');
    expect([line.bot.asked.length, await one.states('in'), await one.stranded()]).toEqual([asked, ['pending', 'pending'], false]); // prettier-ignore
    expect(Math.abs((await one.rest()) - 3 * 3_600)).toBeLessThan(60);
    await one.comesBack(says());
    expect(one.heard()).toEqual(['hello', 'are you there?']);
  });
});

it('an answer that a bot took its time for goes out after what was asked of the gateway meanwhile', async () => {
  const one = await waiting();
  let written: Promise<unknown> | undefined;
  line.bot.answer(() => ({ ...says('an answer'), after: (written ??= one.writes('please restrict the processing of my data')) }));
  await one.t.query('UPDATE parley.conversation SET not_before = NULL, ours_from = NULL WHERE tenant_id = $1 RETURNING id');
  await line.workOn(one.t.id);
  const told = await one.told();
  expect([told.length, told.at(-1), line.exercised]).toEqual([2, 'an answer', ['restriction']]);
}); // prettier-ignore

it('while what is to be sent rests, a word to stop counts at once; what is said of it waits along', async () => {
  const one = await waiting();
  await one.posts('of our own accord', null);
  await one.t.query("UPDATE parley.conversation SET not_before = now() + interval '3 hours', ours_from = NULL WHERE tenant_id = $1 RETURNING id"); // prettier-ignore
  await one.says('STOP');
  expect([await one.stopped(), await one.states('out')]).toEqual([true, ['queued', 'queued']]);
  expect(Math.abs((await one.rest()) - 3 * 3_600)).toBeLessThan(60);
});
