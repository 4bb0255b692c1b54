// An objection against what is on its way (Art. 21): from then on nothing is given to, or sent by, anybody for a purpose that it closes.
import { createLater } from '../src/index.js';
import { whatsAppText } from '../../../test/support/webhooks.js';
import { startEndpoint, type Endpoint } from './endpoint.js';
import type { Change } from './line.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';

const { line, meta } = await startLineToMeta();
let desk: Endpoint;
beforeAll(async () => {
  desk = await startEndpoint('/desk');
});
afterAll(() => desk.close());
beforeEach(() => {
  for (const one of [line.bot, desk]) one.answer(() => ({ body: { messages: [] } }));
});

/** `advice` and `tips` rest on legitimate interests, `offers` on consent. The bot answers for what it is given, the desk for orders. */
const withPurposes =
  (ofBot: readonly string[]): Change =>
  (d) => {
    const document = d as unknown as { purposes: Record<string, object>; recipients: Record<string, object> };
    const data = ['routing', 'content'];
    for (const id of ['advice', 'tips'])
      document.purposes[id] = { dpv: 'CustomerCare', basis: 'A6-1-f', interest: 'to be of use', data };
    document.purposes['orders'] = { dpv: 'ServiceProvision', basis: 'A6-1-b', data };
    document.purposes['offers'] = { dpv: 'CustomerCare', basis: 'A6-1-a', consent: 'ask', data };
    Object.assign(d, {
      texts: { ask: { version: '1', en: 'May we?', meanwhile: 'discard', accept: { en: ['yes'] }, refuse: { en: ['no'] } } },
    });
    document.recipients['bot'] = { ...document.recipients['bot'], purposes: ofBot, data };
    document.recipients['desk'] = { ...document.recipients['bot'], url: desk.url, purposes: ['orders'] };
    withNumber(d);
  }; // prettier-ignore

const ANNA = { phone: '4915550000001', user: 'DE.1000000000000001' };

/** What came to Anna, and who was asked, since then. */
async function customer(ofBot: readonly string[]) {
  const t = await line.tenant(withPurposes(ofBot));
  const number = await startNumber(line, t);
  const says = (text: string) => number.posts(ANNA, whatsAppText(text)).then(() => line.work());
  // The question, where there is one, and an answer to it.
  await says('hello');
  const { conversation_id: conversationId, subject_id: subject } = (await t.rows())[0]!;
  const objects = (...purposes: string[]) =>
    line.store.recordObjection(t.keys, { subjects: [subject], hashes: [] }, { purposes: ['marketing', ...purposes], by: { version: 1, clause: '/rights' } }); // prettier-ignore
  const before = { sent: meta.asked.length, bot: line.bot.asked.length, desk: desk.asked.length };
  const heard = (): unknown[] => meta.asked.slice(before.sent).map(({ body }) => (body as { text?: { body?: unknown } }).text?.body); // prettier-ignore
  const asked = () => ({ bot: line.bot.asked.length - before.bot, desk: desk.asked.length - before.desk });
  const states = async () => (await t.rows()).filter(({ direction }) => direction === 'out').map(({ state }) => state);
  const inbound = async () => (await t.rows()).filter(({ direction }) => direction === 'in').map(({ state }) => state);
  const later = createLater({ store: line.store, tenants: line.tenants, wake: () => undefined });
  const writes = (text: string) => later(t.id, { conversationId, recipient: 'bot' }, [{ type: 'text', text }]);
  return { t, says, objects, heard, asked, states, inbound, writes };
}

const answers = (text: string) => ({ body: { messages: [{ type: 'text', text }] } });

/** Says something, and does this while the bot is at its answer. */
async function meanwhile(one: Awaited<ReturnType<typeof customer>>, act: () => Promise<unknown>): Promise<void> {
  line.bot.answer(() => ({ ...answers('an answer'), after: act() }));
  await one.says('a question');
  await line.workOn(one.t.id);
}

it('while the only one who is asked answers: nothing goes out, and nobody is asked again', async () => {
  const one = await customer(['advice']);
  desk.answer(() => answers('of the desk'));
  await meanwhile(one, () => one.objects('advice'));
  // The desk is there for orders, to which nobody objected.
  expect([one.heard(), one.asked(), await one.inbound()]).toEqual([['of the desk'], { bot: 1, desk: 1 }, ['done', 'done']]);
}); // prettier-ignore

it.each([
  ['another purpose of the answer', ['advice', 'tips'], ['advice'], ['an answer']],
  ['all purposes of the answer', ['advice', 'tips'], ['advice', 'tips'], []],
  ['a purpose that the answer is not for', ['advice'], ['tips'], ['an answer']],
])('while the answer is made, an objection to %s', async (_, ofBot, to, heard) => {
  const one = await customer(ofBot);
  await meanwhile(one, () => one.objects(...to));
  expect([one.heard(), (await one.inbound()).at(-1)]).toEqual([heard, 'done']);
});

it('while the first holds its answer, an objection to the purpose of the second: it is given nothing', async () => {
  const one = await customer(['advice']);
  await meanwhile(one, () => one.objects('orders'));
  expect([one.heard(), one.asked().desk]).toEqual([['an answer'], 0]);
});

it.each([
  ['its only purpose', ['advice'], 'cancelled', []],
  ['another purpose', ['tips'], 'queued', ['written before']],
])('what is queued when an objection to %s comes', async (_, to, state, heard) => {
  const one = await customer(['advice']);
  await one.writes('written before');
  await one.objects(...to);
  expect((await one.states()).at(-1)).toBe(state);
  await line.workOn(one.t.id);
  expect(one.heard()).toEqual(heard);
});

it('what is written in the moment of the objection is not sent either', async () => {
  const one = await customer(['advice']);
  await one.writes('written before');
  // As if it had been queued by whoever looked before the objection, and committed after.
  await one.objects('advice');
  await one.t.query(`UPDATE parley.message SET state = 'queued' WHERE tenant_id = $1 AND state = 'cancelled'`);
  await line.workOn(one.t.id);
  expect([one.heard(), (await one.states()).at(-1)]).toEqual([[], 'cancelled']);
});

it.each([
  ['neither', false, false, ['written before']],
  ['the objection', true, false, ['written before']],
  ['the withdrawal', false, true, ['written before']],
  ['both', true, true, []],
])('what is for a purpose of interest and one of consent goes by either: after %s', async (_, objects, withdraws, heard) => {
  const one = await customer(['advice', 'offers']);
  await one.says('yes');
  expect(await one.t.query(`SELECT state FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1`)).toEqual([{ state: 'given' }]);
  const before = one.heard().length;
  await one.writes('written before');
  if (objects) await one.objects('advice');
  if (withdraws) await line.store.withdrawConsents(one.t.id, [(await one.t.rows())[0]!.subject_id]);
  await line.workOn(one.t.id);
  expect(one.heard().slice(before)).toEqual(heard);
}); // prettier-ignore
