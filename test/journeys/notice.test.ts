// The first notice from outside (Art. 13): given once per conversation and wording, on record, with what became of it.
import { createHash } from 'node:crypto';
import { acme, instructions, notingReads, took, type Acme } from '../support/acme.js';
import { echo } from '../support/bot.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let tenant: Acme;
const PERSON = { phone: '4915551777001', user: 'DE.2000000777001' };

beforeAll(async () => {
  world = await startWorld();
  tenant = await acme(world.gateway, notingReads(instructions(world.bot.url)));
  world.bot.answer(echo);
  world.meta.control.set({ statuses: 'normal', reach: 'read', statusDelayMs: 5 });
});
afterAll(() => world.end());

const textsTo = (phone: string): string[] =>
  world.meta.calls.flatMap(({ method, body }) => {
    const sent = body as { to?: string; text?: { body: string } };
    return method === 'POST' && sent.to === phone && sent.text ? [sent.text.body] : [];
  });
const say = async (text: string): Promise<void> => {
  await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, PERSON, [whatsAppText(text)]), tenant);
  await until('the answer', () => textsTo(PERSON.phone).find((one) => one === `echo: ${text}`));
};
const list = async (path: string): Promise<Record<string, unknown>[]> =>
  took(await tenant.call('GET', path), path)['items'] as Record<string, unknown>[];
const given = async () =>
  (await list('/conversations?purpose=support'))[0]!['notice'] as { textHash: string; message: string; state: string };
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const leaves = async () =>
  (await list('/ledger?limit=1000'))
    .map((one) => one['leaf'] as Record<string, unknown>)
    .filter((leaf) => leaf['decided'] === 'notice-given');

test('its message, its wording and its delivery are on record; another wording is given once more, another version is not', async () => {
  await say('one');
  await say('two');
  const [first] = textsTo(PERSON.phone);
  await until('it was read', async () => (await given()).state === 'read');
  expect((await given()).textHash).toBe(hashOf(first!));
  expect(textsTo(PERSON.phone)).toEqual([first, 'echo: one', 'echo: two']);

  const approve = async (change: (texts: Record<string, Record<string, string>>) => void): Promise<void> => {
    const document = structuredClone(instructions(world.bot.url)) as unknown as { texts: Record<string, Record<string, string>> };
    change(document.texts);
    await tenant.force(document);
  };
  await approve((texts) => (texts['terms'] = { version: '1', en: 'Our terms.' }));
  await say('three');
  expect(textsTo(PERSON.phone)).toEqual([first, 'echo: one', 'echo: two', 'echo: three']);

  await approve((texts) => Object.assign(texts['first-notice']!, Object.fromEntries(Object.entries(texts['first-notice']!).map(([key, text]) => [key, `${text} New.`]))));
  await say('four');
  await say('five');
  const again = textsTo(PERSON.phone).slice(4);
  expect(again).toEqual([expect.stringMatching(/ New\.$/), 'echo: four', 'echo: five']);
  expect((await given()).textHash).toBe(hashOf(again[0]!));
  const recorded = await until('both leaves', async () => ((await leaves()).length === 2 ? leaves() : null));
  expect(recorded.map(({ version, clause, textHash }) => [version, clause, textHash])).toEqual([
    [1, expect.stringMatching(/^\/texts\/first-notice\//), hashOf(first!)],
    [3, expect.stringMatching(/^\/texts\/first-notice\//), hashOf(again[0]!)],
  ]);
}); // prettier-ignore
