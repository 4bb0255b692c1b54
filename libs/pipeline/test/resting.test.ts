// A conversation whose bot is down waits for it with what people write; what is to be sent to them need not wait.
import { createLater } from '../src/index.js';
import { startLine, type Line } from './line.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

const DOWN = { status: 503, body: {} } as const;

async function somebody() {
  const t = await line.tenant();
  const visitor = t.visitor();
  const post = createLater({ store: line.store, tenants: line.tenants, wake: () => undefined });
  const states = async (direction: 'in' | 'out'): Promise<string[]> =>
    (await t.rows()).filter((row) => row.direction === direction).map(({ state }) => state);
  /** Until when the conversation rests, in ms. */
  const rest = async (): Promise<number> =>
    (await t.query<{ at: Date }>('SELECT not_before AS at FROM parley.conversation WHERE tenant_id = $1'))[0]!.at.getTime(); // prettier-ignore
  return {
    t,
    states,
    rest,
    attempts: async () =>
      (await t.query<{ attempts: number }>('SELECT attempts FROM parley.conversation WHERE tenant_id = $1'))[0]!
        .attempts,
    says: (text: string) => visitor.says({ text }),
    /** A bot, or the tenant's own people, answer later. */
    answersLater: async (text: string) =>
      post(t.id, { conversationId: (await t.rows())[0]!.conversation_id, recipient: 'bot' }, [{ type: 'text', text }]),
  };
}

it('what is posted later goes out while the bot is down, and the bot is asked no sooner', async () => {
  const { t, says, answersLater, states, rest, attempts } = await somebody();
  line.bot.answer(() => DOWN);
  await says('hello');
  for (let n = 0; n < 4; n++) {
    await t.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1 RETURNING id');
    await line.workOn(t.id);
  }
  const [asked, before] = [line.bot.asked.length, await rest()];
  expect(before - Date.now()).toBeGreaterThan(200_000);

  await answersLater('we are on it');
  await line.workOn(t.id);
  expect(await states('out')).toEqual(['sent']);
  expect([line.bot.asked.length, await states('in'), await attempts()]).toEqual([asked, ['pending'], 4]);
  expect(Math.abs((await rest()) - before)).toBeLessThan(20_000);
  expect(await line.store.stranded(10)).not.toContainEqual(expect.objectContaining({ tenant_id: t.id }));

  line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'here I am' }] } }));
  await t.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1 RETURNING id');
  await line.workOn(t.id);
  expect([await states('in'), await states('out')]).toEqual([['done'], ['sent', 'sent']]);
});

it('also what was posted while the bot was being asked', async () => {
  const { t, says, answersLater, states } = await somebody();
  let posted: Promise<unknown> | undefined;
  line.bot.answer(() => {
    posted ??= answersLater('in a moment');
    return { ...DOWN, after: posted };
  });
  await says('hello');
  await line.workOn(t.id);
  expect([await states('out'), await states('in')]).toEqual([['sent'], ['pending']]);
});

it('a dead letter that is put back waits for nothing', async () => {
  const { t, says, states } = await somebody();
  line.bot.answer(() => ({ status: 400, body: {} }));
  await says('first');
  await line.workOn(t.id);
  line.bot.answer(() => DOWN);
  await says('second');
  await line.workOn(t.id);
  expect(await states('in')).toEqual(['dead', 'pending']);

  line.bot.answer(() => ({ body: { messages: [] } }));
  const [letter] = await line.store.deadLetters(t.id, null, 10);
  await line.store.replayDeadLetter(t.id, letter!.id);
  await line.workOn(t.id);
  expect(await states('in')).toEqual(['done', 'done']);
});
