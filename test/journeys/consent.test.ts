// Consent from outside: asked, given, shown in a receipt that anybody can verify, withdrawn before the next send.
import { createHash } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { echo, says } from '../support/bot.js';
import { exchange } from '../support/gateway.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

const QUESTION = 'May we process your messages to answer you? Reply YES or NO.';

/** Support on the basis of consent. */
const consenting = (botUrl: string) => {
  const document = structuredClone(instructions(botUrl)) as {
    purposes: object;
    texts: Record<string, object>;
    retention: object[];
  };
  document.purposes = {
    support: { dpv: 'CustomerCare', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content', 'attachments'] },
  };
  document.texts['ask'] = {
    version: '1.0', purposes: ['support'], en: QUESTION, de: 'JA oder NEIN?', accept: { en: ['yes'], de: ['ja'] }, refuse: { en: ['no'], de: ['nein'] },
  }; // prettier-ignore
  document.retention.push({ data: 'consent-record', start: 'withdrawal', period: 'P3Y' });
  return document as unknown as Parameters<typeof acme>[1];
};

let world: World;
let tenant: Acme;
let people = 0;

beforeAll(async () => {
  world = await startWorld();
  tenant = await acme(world.gateway, consenting(world.bot.url));
});
afterAll(() => world.end());
beforeEach(() => {
  world.bot.answer(echo);
  world.meta.control.set({ latencyMs: 0 });
});

const somebody = () => {
  const n = String(++people).padStart(6, '0');
  return { phone: `4915551${n}`, user: `DE.20000000${n}` };
};
type Person = ReturnType<typeof somebody>;

const textsTo = ({ phone }: Person): readonly string[] =>
  world.meta.calls.flatMap(({ method, body }) => {
    const sent = body as { to?: string; text?: { body: string }; interactive?: { body: { text: string } } };
    if (method !== 'POST' || sent.to !== phone) return [];
    return sent.text?.body ?? sent.interactive?.body.text ?? [];
  });

const say = (person: Person, text: string) =>
  postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, person, [whatsAppText(text)]), tenant);
const told = (person: Person, what: string | RegExp): Promise<string> =>
  until(`they are told ${String(what)}`, () =>
    textsTo(person).find((text) => (typeof what === 'string' ? text === what : what.test(text))),
  );

async function agreeing(): Promise<Person> {
  const person = somebody();
  await say(person, 'hello');
  await told(person, QUESTION);
  await say(person, 'Yes');
  await told(person, 'echo: hello');
  return person;
}

const RECEIPT = /https?:\/\/\S+\/privacy\/receipts\/[\w-]{22}/;

interface Receipt {
  readonly receipt: { readonly 'dpv:hasRecordOfActivity': readonly Record<string, unknown>[] };
  readonly jws: string;
  readonly kid: string;
  readonly jwks: string;
}

const stateIn = ({ receipt }: Receipt): unknown => receipt['dpv:hasRecordOfActivity'][0]!['parley:currentStatus'];
const json = { headers: { accept: 'application/json' } };
const open = async (url: string): Promise<Receipt> => (await exchange(url, json)).json as unknown as Receipt;

describe('the receipt', () => {
  it('is linked in the conversation, readable by people, and verified by the published key', async () => {
    const person = await agreeing();
    const url = RECEIPT.exec(await told(person, RECEIPT))![0];

    const page = await exchange(url, { headers: { accept: 'text/html', 'accept-language': 'pl-PL' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('Wyrażono zgodę.');
    expect(page.text).toContain('Acme GmbH, privacy@acme.example');
    expect(page.text).not.toContain(person.phone);

    const signed = await open(url);
    expect(stateIn(signed)).toBe('dpv:ConsentGiven');
    const keys = (await exchange(signed.jwks, {})).json as unknown as JSONWebKeySet;
    expect(keys.keys.map(({ kty, crv, use, kid, d }) => [kty, crv, use, kid, d])).toEqual([
      ['OKP', 'Ed25519', 'sig', signed.kid, undefined],
    ]);
    const { payload, protectedHeader } = await compactVerify(signed.jws, createLocalJWKSet(keys));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(signed.receipt);
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'parley-consent-receipt+jws' });
    const [head, body, signature] = signed.jws.split('.');
    const other = Buffer.from(Buffer.from(body!, 'base64url').toString().replace('ConsentGiven', 'ConsentGivem'));
    const forged = [head, other.toString('base64url'), signature].join('.');
    await expect(compactVerify(forged, createLocalJWKSet(keys))).rejects.toThrow('signature verification failed');

    const schema = (await exchange(`${world.gateway.url}/schemas/parley-consent-receipt-1.json`, {})).json;
    const ajv = new Ajv2020({ strict: true, strictTuples: false, allowUnionTypes: true });
    addFormats.default(ajv);
    const isReceipt = ajv.compile(schema);
    isReceipt(signed.receipt);
    expect(isReceipt.errors).toBeNull();
    const notice = signed.receipt['dpv:hasRecordOfActivity'][0]!['dpv:hasNotice'] as Record<string, string>;
    expect(notice['parley:sha256']).toBe(createHash('sha256').update(QUESTION).digest('hex'));
  });

  it('shows a withdrawal to both: to the person by either link, to the controller through its interface', async () => {
    const person = await agreeing();
    const given = RECEIPT.exec(await told(person, RECEIPT))![0];
    const { items } = took(await tenant.call('GET', '/consents?limit=1000'), 'consents');
    const own = (items as { id: string; state: string }[]).findLast(({ state }) => state === 'given')!;
    await say(person, 'STOP');
    await until('the withdrawal is told', () => textsTo(person).filter((text) => RECEIPT.test(text))[1]);
    const after = RECEIPT.exec(textsTo(person).findLast((text) => RECEIPT.test(text))!)![0];
    expect(after).not.toBe(given);
    for (const url of [given, after]) expect(stateIn(await open(url))).toBe('dpv:ConsentWithdrawn');
    const controllers = took(await tenant.call('GET', `/consents/${own.id}/receipt`), 'receipt') as unknown as Receipt;
    expect(stateIn(controllers)).toBe('dpv:ConsentWithdrawn');
    const history = controllers.receipt['dpv:hasRecordOfActivity'][0]!['dpv:hasConsentStatus'] as { '@type': string[] }[];
    expect(history.map((event) => event['@type'][0])).toEqual(['dpv:ConsentRequested', 'dpv:ConsentGiven', 'dpv:ConsentWithdrawn']);
    expect(JSON.stringify(controllers)).not.toContain(person.phone);
  }); // prettier-ignore

  it('of a withdrawal goes with the end of what was kept on the consent; how far that has come can be asked for', async () => {
    const person = await agreeing();
    const { items: before } = took(await tenant.call('GET', '/consents?limit=1000'), 'consents');
    const given = (before as { id: string; state: string; subject: string }[]).findLast(({ state }) => state === 'given')!;
    const { items: talks } = took(await tenant.call('GET', '/conversations?purpose=support&limit=1000'), 'conversations');
    const own = (talks as { id: string; subject: string }[]).find(({ subject }) => subject === given.subject)!;
    const texts = async (): Promise<string> =>
      JSON.stringify(took(await tenant.call('GET', `/conversations/${own.id}/messages?purpose=support&limit=1000`), 'messages'));
    expect(await texts()).toContain('echo: hello');
    await say(person, 'STOP');
    const withdrawn = await until('the withdrawal is on record', async () => {
      const { items } = took(await tenant.call('GET', '/consents?limit=1000'), 'consents');
      return (items as { id: string; state: string; subject: string }[]).find((one) => one.subject === given.subject && one.state === 'withdrawn');
    });
    await until('it is carried through once', async () => {
      const body = took(await tenant.call('GET', `/consents/${withdrawn.id}/application`), 'application') as unknown as Record<string, unknown>;
      return ['settling', 'done'].includes(String(body['state'])) && body['examined'] === body['total'] && body['changed'] !== 0;
    });
    expect(await texts()).not.toContain('hello');
    expect((await tenant.call('GET', `/consents/${given.id}/application`)).status).toBe(404);
    expect((await tenant.call('GET', `/consents/${given.id}/receipt`)).status).toBe(200);
  }); // prettier-ignore

  it('is nobody else’s: unknown codes, other tenants, no key', async () => {
    const { url } = world.gateway;
    for (const path of ['AAAAAAAAAAAAAAAAAAAAAA', 'short', `${'A'.repeat(21)}%2F`])
      expect((await exchange(`${url}/privacy/receipts/${path}`, json)).status).toBe(404);
    const { items } = took(await tenant.call('GET', '/consents?limit=1'), 'consents');
    const [{ id }] = items as [{ id: string }];
    const other = await acme(world.gateway, consenting(world.bot.url));
    expect((await other.call('GET', `/consents/${id}/receipt`)).status).toBe(404);
    expect((await tenant.call('GET', '/consents/none/receipt')).status).toBe(404);
    expect((await exchange(`${url}/v1/tenants/${tenant.slug}/consents/${id}/receipt`, {})).status).toBe(401);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect((await exchange(`${url}/privacy/${nobody}/jwks.json`, {})).status).toBe(404);
  });
});

/** What is sent is answered when this is taken back, and before the gateway gives up. */
const ON_ITS_WAY = { latencyMs: 12_000 };

describe('a word to stop overtakes what is queued', () => {
  const typed = whatsAppText('STOP');
  const tapped = { type: 'button', button: { text: 'STOP', payload: 'no-more' } };
  it.each([
    ['typed', typed],
    ['tapped', tapped],
  ])('%s: of an answer in several messages nothing more is sent', async (_how, stop) => {
    const person = await agreeing();
    const parts = Array.from({ length: 6 }, (_, n) => `part ${n + 1} for ${person.phone}`);
    world.bot.answer(() => says(...parts));
    world.meta.control.set(ON_ITS_WAY);
    await say(person, 'tell me all');
    await told(person, parts[0]!);
    await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, person, [stop]), tenant);
    world.meta.control.set({ latencyMs: 0 });
    await told(person, /withdrawn/);
    const sent = textsTo(person);
    // One was under way when the word came; the rest is not sent, before or after.
    expect(sent.filter((text) => parts.includes(text))).toEqual([parts[0]]);
    await say(person, 'are you there');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(textsTo(person).slice(sent.length)).toEqual([]);
  });

  it('a bot that writes later is refused: before consent is given, and once it is withdrawn', async () => {
    const person = await agreeing();
    const { conversation } = world.bot.calls.at(-1)!.body;
    const bearer = await tenant.recipientKey('bot');
    const post = (text: string) =>
      world.gateway.call('POST', `/v1/conversations/${conversation}/messages`, { bearer, body: { messages: [{ type: 'text', text }] } });
    took(await post('later, with consent'), 'a later message');
    await told(person, 'later, with consent');
    await say(person, 'STOP');
    await told(person, /withdrawn/);
    const refused = await post('later, without');
    expect([refused.status, refused.json['type']]).toEqual([403, '/problems/not-instructed']);
    expect(textsTo(person)).not.toContain('later, without');
  }); // prettier-ignore
});

describe('marketing to existing customers, without consent', () => {
  const offering = (botUrl: string) => {
    const document = structuredClone(instructions(botUrl)) as { purposes: object; recipients: { bot: object } };
    const data = ['routing', 'content', 'attachments'];
    document.purposes = {
      offers: { dpv: 'DirectMarketing', basis: 'A6-1-f', balancingTest: 'LIA-1', softOptIn: true, data },
    };
    Object.assign(document.recipients.bot, { purposes: ['offers'] });
    return document as unknown as Parameters<typeof acme>[1];
  };
  let shop: Acme;
  beforeAll(async () => void (shop = await acme(world.gateway, offering(world.bot.url))));

  const write = (person: Person, text: string) =>
    postSigned(shop.whatsApp, whatsApp(shop.phoneNumberId, person, [whatsAppText(text)]), shop);
  const settles = () => new Promise((resolve) => setTimeout(resolve, 1_000));
  async function customer(): Promise<{ person: Person; post: (text: string) => Promise<number> }> {
    const person = somebody();
    await write(person, 'good morning');
    await told(person, 'echo: good morning');
    const { conversation } = world.bot.calls.at(-1)!.body;
    const bearer = await shop.recipientKey('bot');
    const body = (text: string) => ({ messages: [{ type: 'text', text }] });
    const where = `/v1/conversations/${conversation}/messages`;
    return {
      person,
      post: async (text) => (await world.gateway.call('POST', where, { bearer, body: body(text) })).status,
    };
  }

  it('ends with the word: nothing more is forwarded, sent or taken, until they want it again', async () => {
    const { person, post } = await customer();
    const parts = Array.from({ length: 6 }, (_, n) => `offer ${n + 1}`);
    world.bot.answer(() => says(...parts));
    world.meta.control.set(ON_ITS_WAY);
    await write(person, 'show me your offers');
    await told(person, parts[0]!);
    await write(person, 'STOP');
    world.meta.control.set({ latencyMs: 0 });
    await told(person, /we will not write/);
    world.bot.answer(echo);
    expect(textsTo(person).filter((text) => parts.includes(text))).toEqual([parts[0]]);
    expect(await post('buy now')).toBe(403);
    await write(person, 'and now silence');
    await settles();
    expect(world.bot.heard('and now silence')).toEqual([]);
    await write(person, 'START');
    await settles();
    await write(person, 'I am back');
    await told(person, 'echo: I am back');
    expect(await post('welcome back')).toBe(202);
    await told(person, 'welcome back');
  });

  it('ends when the platform says so, also for what waits already', async () => {
    const { person, post } = await customer();
    const value = (said: 'stop' | 'resume') => ({
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550783881', phone_number_id: shop.phoneNumberId },
      contacts: [{ profile: { name: 'X' }, wa_id: person.phone, user_id: person.user }],
      user_preferences: [
        { wa_id: person.phone, user_id: person.user, category: 'marketing_messages', value: said, detail: 'x', timestamp: Math.floor(Date.now() / 1000) }, // prettier-ignore
      ],
    });
    const prefer = (said: 'stop' | 'resume') =>
      postSigned(
        shop.whatsApp,
        {
          object: 'whatsapp_business_account',
          entry: [{ id: '102000000000001', changes: [{ field: 'user_preferences', value: value(said) }] }],
        },
        shop,
      );
    // What the platform asks us to slow down waits; then the person does not want it any more.
    world.meta.control.set({ faults: [{ kind: 'error', code: 131056 }] });
    expect(await post('the last offer')).toBe(202);
    await until('it was tried', () => textsTo(person).includes('the last offer'));
    expect((await prefer('stop')).status).toBe(200);
    const tried = textsTo(person).length;
    expect(await post('one more')).toBe(403);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(textsTo(person).length).toBe(tried);
    expect((await prefer('resume')).status).toBe(200);
    expect(await post('here we are')).toBe(202);
    await told(person, 'here we are');
  });
});
