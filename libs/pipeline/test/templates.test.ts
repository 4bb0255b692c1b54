// Templates go out where nobody has written: who wants no marketing, or objected, gets none that is not for an open purpose.
import { createLater } from '../src/index.js';
import type { Change } from './line.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';
import { whatsAppText } from '../../../test/support/webhooks.js';

const { line, meta } = await startLineToMeta();
beforeEach(() => line.bot.answer(() => ({ body: { messages: [] } })));

/** Orders need no consent; offers rest on legitimate interests, news on consent. `bot` may do the first two, `desk` the first. */
const withPurposes: Change = (d) => {
  const document = d as unknown as { purposes: Record<string, object>; recipients: Record<string, object> };
  const data = ['routing', 'content'];
  document.purposes['orders'] = { dpv: 'ServiceProvision', basis: 'A6-1-b', data };
  document.purposes['offers'] = { dpv: 'DirectMarketing', basis: 'A6-1-f', interest: 'to be known', data };
  document.purposes['news'] = { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data };
  Object.assign(d, {
    texts: { ask: { version: '1', en: 'May we send news?', accept: { en: ['yes'] }, refuse: { en: ['no'] } } },
  });
  document.recipients['bot'] = { ...document.recipients['bot'], purposes: ['support', 'orders', 'offers'], data };
  document.recipients['desk'] = { ...document.recipients['bot'], purposes: ['orders'], data };
  withNumber(d);
};

async function customer(change: Change = withPurposes) {
  const t = await line.tenant(change);
  const number = await startNumber(line, t);
  const person = { phone: '4915550000001', user: 'DE.1000000000000001' };
  await number.posts(person, whatsAppText('hello'));
  await line.work();
  const { conversation_id: conversationId, subject_id: subject } = (await t.rows())[0]!;
  const later = createLater({ store: line.store, tenants: line.tenants, wake: () => undefined });
  const posts = async (recipient: string | null, purpose?: string): Promise<string> => {
    const template = {
      type: 'template',
      name: 'order_ready',
      language: 'de',
      ...(purpose ? { purpose } : {}),
    } as const;
    try {
      await later(t.id, { conversationId, recipient }, [template]);
      return 'queued';
    } catch (error) {
      return String((error as { type?: unknown }).type);
    }
  };
  const under = { channel: 'whatsapp-cloud', version: 1, clause: '/c' };
  const stops = () => line.store.stopMarketing(t.id, subject, { purposes: ['offers', 'news'], under });
  const goesOut = async (): Promise<unknown> => {
    const before = meta.asked.length;
    await line.workOn(t.id);
    const sent = meta.asked.slice(before).map(({ body }) => body as { template?: unknown });
    return sent.map(({ template }) => template);
  };
  const says = (text: string) => number.posts(person, whatsAppText(text)).then(() => line.work());
  return { t, subject, posts, stops, goesOut, says };
}

const SENT = [{ name: 'order_ready', language: { code: 'de' } }];

it('to whoever declined nothing, it goes out, and its purpose stays here', async () => {
  const one = await customer();
  expect(await one.posts(null, 'orders')).toBe('queued');
  expect(await one.goesOut()).toEqual(SENT);
});

describe('to whoever wants no marketing', () => {
  it.each([
    { from: null, purpose: 'orders', is: 'queued' },
    { from: null, purpose: 'offers', is: 'not-instructed' },
    { from: null, purpose: 'no-such-purpose', is: 'not-instructed' },
    { from: null, purpose: undefined, is: 'not-instructed' },
    { from: 'bot', purpose: 'orders', is: 'queued' },
    { from: 'bot', purpose: 'offers', is: 'not-instructed' },
    { from: 'bot', purpose: 'news', is: 'not-instructed' },
    { from: 'bot', purpose: undefined, is: 'not-instructed' },
    { from: 'desk', purpose: undefined, is: 'queued' },
  ])('from $from for $purpose: $is', async ({ from, purpose, is }) => {
    const one = await customer();
    await one.stops();
    expect(await one.posts(from, purpose)).toBe(is);
  });

  it('what is queued already does not go out any more, unless it is for something else', async () => {
    const one = await customer();
    expect([await one.posts(null), await one.posts(null, 'offers'), await one.posts(null, 'orders')]).toEqual([
      'queued',
      'queued',
      'queued',
    ]);
    await one.stops();
    expect(await one.goesOut()).toEqual(SENT);
  });
});

it('an objection to a purpose closes it, and the templates of which nobody knows what they are for', async () => {
  const one = await customer();
  await line.store.recordObjection(
    one.t.keys,
    { subjects: [one.subject], hashes: [] },
    {
      purposes: ['orders'],
      by: { version: 1, clause: '/c' },
    },
  );
  expect([await one.posts(null, 'orders'), await one.posts(null), await one.posts(null, 'support')]).toEqual([
    'not-instructed',
    'not-instructed',
    'queued',
  ]);
});

it('a purpose that needs consent waits for it', async () => {
  const one = await customer();
  expect(await one.posts(null, 'news')).toBe('not-instructed');
});

it('instructions without marketing: the wish that the platform reports stops what names no purpose', async () => {
  const one = await customer(withNumber);
  expect(await one.posts(null)).toBe('queued');
  await one.stops();
  expect([await one.posts(null), await one.posts(null, 'support')]).toEqual(['not-instructed', 'queued']);
});

it("in a bot's answer the same holds: the rest of the answer goes out", async () => {
  const one = await customer((d) => {
    withPurposes(d);
    delete (d as unknown as { recipients: Record<string, object> }).recipients['desk'];
  });
  await one.stops();
  const template = { type: 'template', name: 'offer', language: 'de' };
  line.bot.answer(() => ({
    body: {
      messages: [template, { ...template, purpose: 'offers' }, { ...template, name: 'order_ready', purpose: 'orders' }],
    },
  }));
  const before = meta.asked.length;
  await one.says('where is my order?');
  await one.goesOut();
  expect(meta.asked.slice(before).map(({ body }) => (body as { template?: unknown }).template)).toEqual(SENT);
  const states = await one.t.query<{ state: string }>(
    "SELECT state FROM parley.message WHERE tenant_id = $1 AND type = 'template' ORDER BY id",
  );
  expect(states.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'sent']);
});

it("a purpose that is another's is never open to a writer, though its consent stands", async () => {
  const one = await customer((d) => {
    withPurposes(d);
    const { recipients } = d as unknown as { recipients: { bot: { purposes: string[] } } };
    recipients.bot.purposes.push('news');
  });
  await one.says('yes');
  const news = { type: 'template', name: 'news', language: 'de', purpose: 'news' };
  line.bot.answer(() => ({ body: { messages: [news] } }));
  await one.says('what is new?');
  await one.goesOut();
  const states = await one.t.query<{ state: string }>(
    "SELECT state FROM parley.message WHERE tenant_id = $1 AND type = 'template' ORDER BY state",
  );
  // The bot may send news, the desk, which was asked the same, may not.
  expect(states.map(({ state }) => state)).toEqual(['cancelled', 'sent']);
});
