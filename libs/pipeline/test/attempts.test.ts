// Attempts are counted when somebody was really asked: who only waits for a place has them all left.
import { startLine, type Line } from './line.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

it('a message that waits because its bot is down, or busy with others, uses up nothing', async () => {
  line.bot.answer(() => ({ status: 503 }));
  const t = await line.tenant();
  const people = Array.from({ length: 7 }, () => t.visitor());
  for (const one of people) {
    await one.says({ text: 'hello' });
    await line.work();
  }
  // After five that failed the bot is left alone for a while.
  expect(line.bot.asked).toHaveLength(5);
  const text =
    'SELECT attempts, not_before > now() AS waits FROM parley.conversation WHERE tenant_id = $1 ORDER BY attempts';
  const rows = await t.query<{ attempts: number; waits: boolean }>(text);
  expect(rows.map(({ attempts }) => attempts)).toEqual([0, 0, 1, 1, 1, 1, 1]);
  expect(rows.every(({ waits }) => waits)).toBe(true);
});
