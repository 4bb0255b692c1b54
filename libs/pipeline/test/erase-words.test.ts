// Who may mean that all be deleted is told the words for it: an erasure cannot be taken back, and a wish for one must not be lost.
import { startLine, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());
beforeEach(() => {
  line.bot.asked.length = 0;
  line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'an answer of the bot' }] } }));
});

it.each([
  ['en', 'Hi there, can you please delete all of my data?', 'DELETE MY DATA'],
  ['de', 'Könnt ihr bitte alle meine Daten löschen?', 'MEINE DATEN LÖSCHEN'],
  ['fr', 'Pouvez-vous supprimer toutes mes données ?', 'SUPPRIMER MES DONNÉES'],
])('%s: the bot answers as ever, and the gateway says how it is done', async (locale, text, words) => {
  const t = await line.tenant();
  const anna = t.visitor();
  await anna.says({ text, locale });
  await line.work();
  expect(line.bot.asked).toHaveLength(1);
  const said = (await t.said()).map((content) => (content as { text?: string }).text ?? '');
  expect(said.filter((one) => one.includes(words))).toHaveLength(1);
  expect(said).toContain('an answer of the bot');
  await anna.says({ text: words.toLowerCase(), locale });
  await line.work();
  expect(line.bot.asked).toHaveLength(1);
});

it('also where nobody gets the message', async () => {
  const t = await line.tenant((d) => void Object.assign(d, { recipients: {} }));
  await t.visitor().says({ text: 'please do not delete my data!', locale: 'en' });
  await t.visitor().says({ text: 'can you delete my data?', locale: 'en' });
  await line.work();
  const said = (await t.said()).map((content) => (content as { text?: string }).text ?? '');
  expect(said.filter((one) => one.includes('DELETE MY DATA'))).toHaveLength(1);
});

it('whoever asks to be erased is told at once where it will say that it is done, for their chat goes with the rest', async () => {
  const t = await line.tenant();
  await t.visitor().says({ text: 'please remove everything you have stored about me', locale: 'en' });
  await line.work();
  const said = (await t.said()).map((content) => (content as { text?: string }).text ?? '');
  expect(said.at(-1)).toMatch(
    /delete your data.* this page says when it is done: http:\/\/gateway\.example\/requests\/a-code$/,
  );
  expect(line.bot.asked).toEqual([]);
});
