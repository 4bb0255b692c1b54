// A wish to hear no more that the platform reports takes back the consents of marketing, as STOP in the conversation does.
import type { Change } from './line.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';
import { whatsAppText } from '../../../test/support/webhooks.js';

const { line, meta } = await startLineToMeta();
beforeEach(() => line.bot.answer(() => ({ body: { messages: [] } })));

const PERSON = { phone: '4915550000001', user: 'DE.1000000000000001' };
const HOUR = 3_600_000;

/** News is marketing and so is `offers`, on one question; `care` rests on consent, too, and is none. Nothing else permits anything. */
const onConsent: Change = (d) => {
  const { recipients } = d as unknown as { recipients: Record<string, object> };
  const data = ['routing', 'content'];
  const question = { version: '1', en: 'May we?', refuse: { en: ['no'] } };
  Object.assign(d, {
    purposes: {
      care: { dpv: 'CustomerCare', basis: 'A6-1-a', consent: 'care', data: ['routing'] },
      news: { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'told', data },
      offers: { dpv: 'ServicePersonalisation', marketing: true, basis: 'A6-1-a', consent: 'told', data },
    },
    texts: { care: { ...question, accept: { en: ['help'] } }, told: { ...question, accept: { en: ['yes'] } } },
    recipients: { bot: { ...recipients['bot'], purposes: ['news', 'offers'], data } },
  });
  withNumber(d);
};

interface Row {
  readonly id: string;
  readonly purpose: string;
  readonly state: string;
  readonly source: string | null;
  readonly message_id: string | null;
  readonly channel: string;
  readonly instruction_version: number;
}

/** Somebody who agreed to both questions and wrote a word. */
async function agreed() {
  const t = await line.tenant(onConsent);
  const number = await startNumber(line, t);
  const says = (text: string) => number.posts(PERSON, whatsAppText(text)).then(() => line.work());
  for (const text of ['hello', 'help', 'go on', 'yes', 'words of theirs']) await says(text);
  const events = () => t.query<Row & object>('SELECT * FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id');
  const states = async (purpose: string) =>
    (await events()).filter((one) => one.purpose === purpose).map(({ state }) => state);
  const stoppedAt = async () =>
    (await t.query<{ at: Date | null }>('SELECT marketing_stopped_at AS at FROM parley.subject WHERE tenant_id = $1'))[0]!.at; // prettier-ignore
  expect(await states('news')).toEqual(['requested', 'given']);
  expect(await states('care')).toEqual(['requested', 'given']);
  return { t, number, says, events, states, stoppedAt };
} // prettier-ignore

it('each of them, on record with where it came from; other consents stand', async () => {
  const { number, events, states } = await agreed();
  await number.prefers(PERSON, 'stop');
  expect(await states('care')).toEqual(['requested', 'given']);
  expect((await events()).filter(({ state }) => state === 'withdrawn')).toEqual(
    ['news', 'offers'].map((purpose) =>
      expect.objectContaining({ purpose, source: 'platform', message_id: null, channel: 'whatsapp-cloud', instruction_version: 1 })),
  );
}); // prettier-ignore

it('what was kept on them alone goes, and what waits to be sent is not sent', async () => {
  const { t, number, says } = await agreed();
  line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'an offer' }] } }));
  meta.answer(() => ({ status: 503, body: {} }));
  await says('more words of theirs');
  expect((await t.rows()).filter(({ direction, state }) => direction === 'out' && state === 'queued')).toHaveLength(1);
  await number.prefers(PERSON, 'stop');
  meta.answer(() => ({ body: { messages: [{ id: 'wamid.sent' }] } }));
  const endings = await line.ended(t.id);
  expect(endings).toEqual(
    ['news', 'offers'].map((purpose) => expect.objectContaining({ purpose, cause: 'withdrawn', state: 'done' })),
  );
  expect(JSON.stringify([await t.held(), await t.said()])).not.toMatch(/words of theirs|an offer/);
  expect((await t.rows()).filter(({ state }) => state === 'queued')).toEqual([]);
});

it('a question that is not answered yet is taken back, too, and nothing that waits for it stays', async () => {
  const t = await line.tenant(onConsent);
  const number = await startNumber(line, t);
  for (const text of ['hello', 'help', 'this waits']) {
    await number.posts(PERSON, whatsAppText(text));
    await line.work();
  }
  expect((await t.rows()).some(({ state }) => state === 'held')).toBe(true);
  await number.prefers(PERSON, 'stop');
  expect((await t.rows()).some(({ state }) => state === 'held')).toBe(false);
  expect(await t.query("SELECT 1 FROM parley.consent_event WHERE tenant_id = $1 AND state = 'withdrawn'")).toHaveLength(2); // prettier-ignore
  expect(await t.query('SELECT 1 FROM parley.consent_ending WHERE tenant_id = $1')).toEqual([]);
});

it('resuming ends the stop and gives no consent back', async () => {
  const { number, says, states, stoppedAt } = await agreed();
  await number.prefers(PERSON, 'stop');
  expect(await stoppedAt()).not.toBeNull();
  await number.prefers(PERSON, 'resume');
  expect(await stoppedAt()).toBeNull();
  expect(await states('news')).toEqual(['requested', 'given', 'withdrawn']);
  await says('START');
  await says('yes');
  expect(await states('news')).toEqual(['requested', 'given', 'withdrawn', 'requested', 'given']);
});

it('what the platform says once more, or late, undoes nothing that was said since', async () => {
  const { number, states, stoppedAt } = await agreed();
  await number.prefers(PERSON, 'stop', Date.now() - HOUR);
  expect(await states('news')).toEqual(['requested', 'given']);
  await number.prefers(PERSON, 'stop');
  await number.prefers(PERSON, 'resume', Date.now() - HOUR);
  expect(await stoppedAt()).not.toBeNull();
  await number.prefers(PERSON, 'stop');
  expect(await states('news')).toEqual(['requested', 'given', 'withdrawn']);
});

it('a platform that refuses to deliver marketing says the same', async () => {
  const { says, states, events } = await agreed();
  line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'an offer' }] } }));
  meta.answer(() => ({ status: 400, body: { error: { code: 131050, message: 'opted out' } } }));
  await says('what is new?');
  meta.answer(() => ({ body: { messages: [{ id: 'wamid.sent' }] } }));
  expect(await states('news')).toEqual(['requested', 'given', 'withdrawn']);
  expect((await events()).at(-1)).toMatchObject({ source: 'platform', message_id: null });
});
