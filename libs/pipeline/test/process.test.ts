// A conversation with a message on which the work always throws: the others go on, and it can be looked at and replayed.
import { randomBytes } from 'node:crypto';
import { startLine, type Line } from './line.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

const heard = (): unknown[] => line.bot.asked.map(({ body }) => (body['message'] as unknown as { text: string }).text);

it('is a dead letter in the end, and what was said after it is forwarded', async () => {
  const t = await line.tenant();
  const visitor = t.visitor();
  const id = await visitor.says({ text: 'this cannot be opened' });
  await visitor.says({ text: 'this can' });
  const [before] = await t.query<{ body: Buffer }>(
    'SELECT body FROM parley.message WHERE tenant_id = $1 ORDER BY id LIMIT 1',
  );
  const spoil = (body: Buffer) =>
    line.admin.query('UPDATE parley.message SET body = $3 WHERE tenant_id = $1 AND id = $2', [t.id, id, body]);
  await spoil(randomBytes(80));
  for (let n = 0; n < 9; n++) {
    await line.admin.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1', [t.id]);
    await line.workOn(t.id);
    expect([n, await line.store.deadLetters(t.id, null, 10), heard()]).toEqual([n, [], []]);
  }
  await line.admin.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1', [t.id]);
  await line.workOn(t.id);
  expect(heard()).toEqual(['this can']);
  const letters = await line.store.deadLetters(t.id, null, 10);
  expect(letters).toMatchObject([{ message_id: id, stage: 'route', code: 'internal' }]);
  await spoil(before!.body);
  expect(await line.store.replayDeadLetter(t.id, letters[0]!.id)).not.toBeNull();
  await line.workOn(t.id);
  expect(heard()).toEqual(['this can', 'this cannot be opened']);
});
