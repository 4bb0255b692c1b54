// What stays in the row once a person's open purposes are known: identifiers of closed ones go, and what waits is settled when its hold ends.
import { startLine, type Change, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());
const told: { text: unknown; identifiers: unknown }[] = [];
beforeEach(() => {
  told.length = 0;
  line.bot.answer(({ body }) => {
    const { message, identifiers = {} } = body as unknown as { message: { text: unknown }; identifiers?: unknown };
    told.push({ text: message.text, identifiers });
    return { body: { messages: [] } };
  });
});

/** Support needs no consent; news does, and the browser's name is there for news only. */
const withNews =
  (recipients: object): Change =>
  (d) => {
    const document = d as unknown as { purposes: object; recipients: { bot: object } };
    Object.assign(document.purposes, {
      news: { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content', 'device'] },
    });
    Object.assign(d, {
      channels: { web: { identifiers: { visitor_id: 'keep', user_agent: { do: 'keep', purposes: ['news'] } } } },
      texts: { ask: { version: '1', en: 'May we send news?', accept: { en: ['yes'] }, refuse: { en: ['no'] } } },
    });
    for (const [id, more] of Object.entries(recipients))
      Object.assign(document.recipients, { [id]: { ...document.recipients.bot, ...(more as object) } });
  };
const LETTERS = { letters: { purposes: ['news'], data: ['content'], identifiers: ['user_agent'] } };
const TRANSPORT = { userAgent: 'Agent/1.0' };

it('where nobody waits for a closed purpose, what is there for it goes with the step', async () => {
  const t = await line.tenant(withNews({}));
  await t.visitor().says({ text: 'hello' }, { transport: TRANSPORT });
  await line.work();
  expect(await t.held()).toEqual([{ content: { type: 'text', text: 'hello' }, identifiers: {} }]);
  expect(told).toEqual([{ text: 'hello', identifiers: {} }]);
});

describe('where somebody waits for consent', () => {
  async function waiting() {
    const t = await line.tenant(withNews(LETTERS));
    const anna = t.visitor();
    await anna.says({ text: 'hello' }, { transport: TRANSPORT });
    await line.work();
    expect((await t.rows())[0]!.state).toBe('held');
    expect((await t.held())[0]!.identifiers).toEqual({ user_agent: 'Agent/1.0' });
    expect(told).toEqual([{ text: 'hello', identifiers: {} }]);
    return { t, anna };
  }

  it('a refusal leaves what others had by right, and nothing that was there for it; nobody is told twice', async () => {
    const { t, anna } = await waiting();
    await anna.says({ text: 'no' });
    await line.work();
    const [first] = await t.rows();
    expect(first!.state).toBe('done');
    expect((await t.held())[0]).toEqual({ content: { type: 'text', text: 'hello' }, identifiers: {} });
    expect(told).toHaveLength(1);
    const leaves = await t.query<{ leaf: object }>(`SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf->>'decided' = 'hold-ended'`); // prettier-ignore
    expect(leaves.map(({ leaf }) => leaf)).toEqual([
      expect.objectContaining({ type: 'decision', version: 1, clause: 'default:hold-ended' }),
    ]);
  });

  it('a consent brings it to those who waited, and it stays', async () => {
    const { t, anna } = await waiting();
    await anna.says({ text: 'yes' });
    await line.work();
    expect(told.slice(1)).toEqual([{ text: 'hello', identifiers: { user_agent: 'Agent/1.0' } }]);
    expect((await t.held())[0]!.identifiers).toEqual({ user_agent: 'Agent/1.0' });
  });
});
