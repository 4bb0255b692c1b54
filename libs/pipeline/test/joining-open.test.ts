// What is open under the id that ended when its person is found to write under a new one: it goes on, and out to the new id.
import { whatsAppText } from '../../../test/support/webhooks.js';
import type { Answer, Asked } from './endpoint.js';
import type { Change } from './line.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';

const { line, meta } = await startLineToMeta();

const [OLD, NEW] = ['DE.1000000000000001', 'DE.1000000000000009'];
const PHONE = '4915550000001';

const textOf = ({ body }: Asked): string => (body['message'] as unknown as { text: string }).text;
const echo = (asked: Asked): Answer => ({ body: { messages: [{ type: 'text', text: `to: ${textOf(asked)}` }] } });
const AWAY: Answer = { status: 503 };

interface Sent {
  readonly to?: string;
  readonly recipient?: string;
  readonly text?: { readonly body: string };
}

/** Somebody who wrote under both ids while the bots answered as given, and is known for one person since. */
async function joined(change: Change, answer: (asked: Asked) => Answer) {
  line.bot.answer(answer);
  const t = await line.tenant(change);
  const number = await startNumber(line, t);
  await number.posts({ phone: PHONE, user: OLD }, whatsAppText('under the old id'));
  await line.work();
  await number.postsUnnumbered(NEW, whatsAppText('under the new id'));
  await line.work();
  await number.changes(OLD, NEW);
  const before = { told: line.bot.asked.length, sent: meta.asked.length };
  const later = async (): Promise<void> => {
    await line.admin.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1', [t.id]);
    await line.workOn(t.id);
  };
  return {
    t,
    later,
    says: (text: string) => number.posts({ phone: PHONE, user: NEW }, whatsAppText(text)).then(later),
    told: () => line.bot.asked.slice(before.told).map(textOf),
    sent: () => meta.asked.slice(before.sent).map(({ body }) => body as Sent),
  };
}

it('what a bot answers late goes out to the new id', async () => {
  const one = await joined(withNumber, () => AWAY);
  line.bot.answer(echo);
  await one.later();
  const texts = one.sent().map(({ text }) => text?.body);
  expect(texts.toSorted()).toEqual(['to: under the new id', 'to: under the old id']);
  for (const { to, recipient } of one.sent()) expect([to ?? recipient]).not.toContain(OLD);
  expect(new Set((await one.t.rows()).map(({ state }) => state))).toEqual(new Set(['done', 'sent']));
});

/** Support needs no consent; the letters, which somebody else writes, do. */
const withLetters: Change = (d) => {
  const document = d as unknown as { purposes: object; recipients: { bot: object; letters?: object } };
  Object.assign(document.purposes, {
    news: { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content'] },
  });
  Object.assign(d, {
    texts: { ask: { version: '1', en: 'May we send news?', accept: { en: ['yes'] }, refuse: { en: ['no'] } } },
  });
  const letters = { ...document.recipients.bot, purposes: ['news'], data: ['content'] };
  document.recipients.letters = letters;
  withNumber(d);
};

it.each([
  ['yes', ['under the new id', 'under the old id']],
  ['no', []],
])('what waits for consent under the old id hears the answer that comes under the new one: %s', async (word, told) => {
  const one = await joined(withLetters, () => ({ body: { messages: [] } }));
  const states = async () => (await one.t.rows()).map(({ direction, state }) => `${direction} ${state}`);
  expect((await states()).filter((state) => state === 'in held')).toHaveLength(2);
  await one.says(word);
  expect(one.told().toSorted()).toEqual(told);
  expect(await states()).not.toContain('in held');
});

it('what is not looked at yet is taken under the consent that was given under the new id', async () => {
  const answers = (asked: Asked): Answer => (textOf(asked) === 'under the old id' ? AWAY : { body: { messages: [] } });
  const one = await joined(withLetters, answers);
  await one.says('yes');
  line.bot.answer(() => ({ body: { messages: [] } }));
  const before = one.sent().length;
  await one.later();
  // The bot in vain while it was away, and now; those who write the letters, now.
  expect(one.told().filter((text) => text === 'under the old id')).toHaveLength(3);
  expect(one.sent().slice(before)).toEqual([]);
});
