// Special categories and offences: what must not be held is nowhere in a row, wherever it stands in a message.
import { startLine, type Change, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());
beforeEach(() => line.bot.answer(() => ({ body: { messages: [] } })));

const ILL = 'I have cancer';

const kept =
  (change: object): Change =>
  (d) => {
    const { recipients } = d as unknown as { recipients: Record<string, object> };
    const identifiers = { visitor_id: 'keep', flow_answers: 'keep', file_name: 'keep' };
    const bot = { ...recipients['bot'], data: ['content', 'attachments'], identifiers: ['flow_answers', 'file_name'] };
    Object.assign(d, { channels: { web: { identifiers } }, recipients: { bot }, ...change });
  };

it.each<[string, object, object]>([
  ['a form', { value: { note: ILL } }, {}],
  ['a form with a line break before the word', { value: { note: 'I have\ncancer' } }, {}],
  ['the name of a file', {}, { files: [{ mime: 'image/png', name: `${ILL}.png`, bytes: Buffer.from('a picture') }] }],
])('%s that names an illness is held and passed on without it, also where it is an identifier', async (_, activity, more) => {
  const t = await line.tenant(kept({}));
  line.bot.asked.length = 0;
  await t.visitor().says(activity, more);
  await line.work();
  expect(JSON.stringify(await t.held())).not.toContain('cancer');
  expect(JSON.stringify(line.bot.asked)).not.toContain('cancer');
  expect(line.bot.asked).toHaveLength(1);
}); // prettier-ignore
