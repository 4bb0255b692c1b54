// The age gate from outside: asked before consent, kept as an answer only, and no way round it for a minor.
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { echo } from '../support/bot.js';
import { until } from '../support/until.js';
import { visit } from '../support/web-chat.js';
import { postSigned, wamid, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

const AGE = 'Before we go on: are you 16 or older? Please answer YES or NO. We keep only the answer.';
const CONSENT = 'May we? YES or NO.';

let world: World;
let people = 0;

beforeAll(async () => {
  world = await startWorld();
  world.bot.answer(echo);
});
afterAll(() => world.end());

const somebody = () => {
  const n = String(++people).padStart(6, '0');
  return { phone: `4915770${n}`, user: `DE.30000000${n}` };
};
type Person = ReturnType<typeof somebody>;

function made(mode: string, purposes?: object): Promise<Acme> {
  const base = instructions(world.bot.url) as { texts: object; retention: readonly object[] };
  const ask = { version: '1', purposes: ['support'], en: CONSENT, de: CONSENT, accept: { en: ['yes'], de: ['ja'] }, refuse: { en: ['no'], de: ['nein'] } }; // prettier-ignore
  return acme(world.gateway, {
    ...base,
    minors: { mode },
    purposes: purposes ?? { support: { dpv: 'CustomerCare', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content', 'attachments'] } },
    texts: purposes ? base.texts : { ...base.texts, ask },
    retention: [...base.retention, ...(purposes ? [] : [{ data: 'consent-record', start: 'withdrawal', period: 'P3Y' }])],
  }); // prettier-ignore
}
const say = (tenant: Acme, from: Person, text: string, more: Readonly<Record<string, unknown>> = {}) =>
  postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, from, [{ ...whatsAppText(text), ...more }]), tenant);
const textsTo = ({ phone }: Person): readonly string[] =>
  world.meta.calls.flatMap(({ method, body }) => {
    const sent = body as { to?: string; text?: { body: string }; interactive?: { body: { text: string } } };
    return method === 'POST' && sent.to === phone ? (sent.text?.body ?? sent.interactive?.body.text ?? []) : [];
  });
const told = (person: Person, text: string, times = 1) =>
  until(`"${text}" ${times} times`, () => textsTo(person).filter((one) => one === text).length === times);
const quiet = () => new Promise((resolve) => void setTimeout(resolve, 700));

interface Age {
  readonly subject: string;
  readonly state: string;
  readonly threshold: number;
}
const ages = async (tenant: Acme): Promise<readonly Age[]> =>
  took(await tenant.call('GET', '/ages?limit=200'), 'ages')['items'] as readonly Age[];
const states = async (tenant: Acme) => (await ages(tenant)).map(({ state }) => state);
async function contents(tenant: Acme): Promise<string> {
  const { items } = took(await tenant.call('GET', '/conversations?purpose=support&limit=200'), 'conversations');
  const pages = await Promise.all(
    (items as readonly { readonly id: string }[]).map(
      async ({ id }) =>
        (await tenant.call('GET', `/conversations/${id}/messages?purpose=support&limit=200`)).json['items'],
    ),
  );
  return JSON.stringify((pages as readonly (readonly { content: unknown }[])[]).flat().map(({ content }) => content));
}

test('asked before consent; of age, then consent, then what was held goes on; the number itself is not kept', async () => {
  const tenant = await made('refuse');
  const person = somebody();
  await say(tenant, person, 'first words of an adult');
  await told(person, AGE);
  await quiet();
  expect(textsTo(person)).not.toContain(CONSENT);
  await say(tenant, person, 'I was born on 03.02.1971');
  await told(person, CONSENT);
  expect(world.bot.heard('first words of an adult')).toEqual([]);
  await say(tenant, person, 'yes');
  await told(person, 'echo: first words of an adult');
  expect(await states(tenant)).toEqual(['asked', 'declared-adult']);
  expect(await contents(tenant)).not.toContain('1971');
  await say(tenant, person, 'not asked again');
  await told(person, 'echo: not asked again');
});

describe('a minor', () => {
  let tenant: Acme;
  let person: Person;
  const id = wamid('4915770000099');
  beforeAll(async () => {
    tenant = await made('refuse');
    person = somebody();
    await say(tenant, person, 'first words of a child');
    await told(person, AGE);
    await say(tenant, person, 'no', { id });
    await until('told', () => textsTo(person).some((text) => text.startsWith('Thank you for being honest')));
  });
  const nothingFollows = async (): Promise<void> => {
    await quiet();
    expect(textsTo(person)).not.toContain(CONSENT);
    expect(world.bot.calls.filter(({ body }) => /child/.test(body.message.text ?? ''))).toEqual([]);
    expect(await contents(tenant)).not.toContain('child');
    expect(await states(tenant)).toEqual(['asked', 'declared-minor']);
  };

  test('is not asked for consent, and what was held is gone', nothingFollows);

  test('does not become of age by saying so', async () => {
    await say(tenant, person, 'yes');
    await say(tenant, person, 'I am 18 and no child');
    await nothingFollows();
  });

  test('nor by starting anew', async () => {
    await say(tenant, person, 'START');
    await until('told again', () => textsTo(person).filter((text) => text.startsWith('Thank you for')).length === 2);
    await nothingFollows();
  });

  test('nor by editing the answer', async () => {
    const message = { type: 'text', text: { body: 'yes' } };
    await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, person, [{ type: 'edit', edit: { original_message_id: id, message } }]), tenant); // prettier-ignore
    await nothingFollows();
  });

  test('nor at another number of the same business', async () => {
    const settings = { phoneNumberId: `2${Date.now()}`, businessAccountId: '1', accessToken: 'EAAG-2', appSecret: tenant.secret, verifyToken: 'v' }; // prettier-ignore
    const other = took(await tenant.call('POST', '/connections', { channel: 'whatsapp-cloud', name: 'second', settings }), 'second'); // prettier-ignore
    const url = world.gateway.url + new URL(String(other['webhookUrl'])).pathname;
    await postSigned(url, whatsApp(settings.phoneNumberId, person, [whatsAppText('a child again')]), tenant);
    await nothingFollows();
  });
});

test('on another channel nobody is known, so the question comes first there too', async () => {
  const tenant = await made('refuse');
  const visitor = await visit(world.gateway.url, tenant.siteKey);
  await visitor.post({ type: 'message', text: 'hello from the web' });
  const texts = await until('the question', async () => {
    const shown = await visitor.texts();
    return shown.length === 2 ? shown : null;
  });
  expect(texts[1]).toBe(AGE);
});

test('a guardian who is confirmed opens the question for consent', async () => {
  const tenant = await made('guardian');
  const person = somebody();
  await say(tenant, person, 'hello');
  await told(person, AGE);
  await say(tenant, person, '12');
  await until('told', () => textsTo(person).some((text) => text.includes('a parent or guardian has to agree first')));
  const { subject } = (await ages(tenant))[0]!;
  const confirm = (body: unknown) => tenant.call('POST', '/ages', body);
  expect((await confirm({ subject: '018f0000-0000-7000-8000-000000000000', state: 'guardian-confirmed' })).status).toBe(
    404,
  );
  expect((await confirm({ subject, state: 'asked' })).status).toBe(400);
  expect((await confirm({ subject, state: 'guardian-confirmed' })).status).toBe(204);
  await say(tenant, person, 'my mum said yes to you');
  await told(person, CONSENT);
  await say(tenant, person, 'yes');
  await told(person, 'echo: my mum said yes to you');
  expect(await states(tenant)).toEqual(['asked', 'declared-minor', 'guardian-confirmed']);
});

test('where nothing rests on consent, nobody is asked', async () => {
  const tenant = await made('refuse', { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'attachments'] } }); // prettier-ignore
  const person = somebody();
  await say(tenant, person, 'hello contract');
  await told(person, 'echo: hello contract');
  expect(textsTo(person)).not.toContain(AGE);
});
