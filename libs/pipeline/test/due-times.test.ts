// When what is held of a conversation goes stands with it from the end of its turn on: by its last message, whoever that is from.
import { startLine, type Line } from './line.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

const DAY = 86_400_000;

async function tenantWith(more: object = {}) {
  const t = await line.tenant((d) => void Object.assign(d, { retention: [{ data: 'content', period: 'P10D' }, { data: 'routing', period: 'P30D' }], ...more })); // prettier-ignore
  /** In days from the last message; null: nothing stands there. */
  const stands = async (): Promise<(number | null)[]> => {
    const [row] = await t.query<{ content: Date | null; all: Date | null; last: Date }>(
      `SELECT c.content_due_at AS content, c.due_at AS all, (SELECT parley.made_at(max(m.id::text)::uuid) FROM parley.message m WHERE m.tenant_id = $1) AS last
       FROM parley.conversation c WHERE c.tenant_id = $1`,
    );
    return [row!.content, row!.all].map((due) => due && (due.getTime() - row!.last.getTime()) / DAY);
  };
  return { t, stands };
}

it.each([
  ['without an answer', {}, 1],
  [
    'with answers',
    {
      body: {
        messages: [
          { type: 'text', text: 'one' },
          { type: 'text', text: 'two' },
        ],
      },
    },
    3,
  ],
])('a turn %s', async (_what, answer, messages) => {
  const { t, stands } = await tenantWith();
  line.bot.answer(() => answer);
  const anna = t.visitor();
  await anna.says({ text: 'hello' });
  // Intake has nothing to do with it.
  expect(await stands()).toEqual([null, null]);
  await line.workOn(t.id);
  expect((await t.rows()).length).toBeGreaterThanOrEqual(messages);
  expect(await stands()).toEqual([10, 30]);
  await new Promise((resume) => setTimeout(resume, 20));
  await anna.says({ text: 'again' });
  await line.workOn(t.id);
  expect(await stands()).toEqual([10, 30]);
});

it('a turn that rests, because nobody answers', async () => {
  const { t, stands } = await tenantWith();
  line.bot.answer(() => ({ status: 500 }));
  await t.visitor().says({ text: 'hello' });
  await line.workOn(t.id);
  expect(await stands()).toEqual([10, 30]);
});

it('a stricter version counts from the next turn on; what a hold keeps is due at no time', async () => {
  const { t, stands } = await tenantWith();
  line.bot.answer(() => ({}));
  const anna = t.visitor();
  const saysOn = async (change: object): Promise<(number | null)[]> => {
    await t.approve((d) => void Object.assign(d, change));
    await anna.says({ text: 'hello' });
    await line.workOn(t.id);
    return stands();
  };
  const strict = {
    retention: [
      { data: 'content', period: 'P1D' },
      { data: 'routing', period: 'P2D' },
    ],
  };
  expect(await saysOn(strict)).toEqual([1, 2]);
  expect(await saysOn({ ...strict, legalHolds: [{ scope: 'content', basis: 'claim', from: '2026-01-01' }] })).toEqual([null, null]); // prettier-ignore
});
