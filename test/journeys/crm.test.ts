// A record beside the bot, from outside: told what its line instructs, heard in nothing, and followed by rights like any recipient.
import { Webhook } from 'standardwebhooks';
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { echo, startBot, type Bot, type BotAnswer } from '../support/bot.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let record: Bot;
let tenant: Acme;
let secret: string;
const person = { phone: '4915660770001', user: 'DE.2000000770001' };

beforeAll(async () => {
  world = await startWorld();
  world.bot.answer(echo);
  record = await startBot();
  const one = instructions(world.bot.url) as { recipients: object };
  const crm = { kind: 'crm', url: record.url, country: 'DE', purposes: ['support'], data: ['content'], erasure: { url: `${record.url}/erasure` } }; // prettier-ignore
  tenant = await acme(world.gateway, { ...one, recipients: { ...one.recipients, crm } });
  secret = String(took(await tenant.call('POST', '/recipients/crm/secret'), 'secret')['secret']);
});
afterAll(async () => {
  await record?.close();
  await world?.end();
});

const say = (text: string) =>
  postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, person, [whatsAppText(text)]), tenant);
const textsTo = (): readonly string[] =>
  world.meta.calls.flatMap(({ method, body }) => {
    const sent = body as { to?: string; text?: { body: string } };
    return method === 'POST' && sent.to === person.phone ? (sent.text?.body ?? []) : [];
  });
const answered = (text: string) => until(`an answer to "${text}"`, () => textsTo().includes(`echo: ${text}`));
const heard = (text: string) => until(`the record is told of "${text}"`, () => record.heard(text).at(-1));

test('it is told, signed with its own secret, under pseudonyms of its own, without what only others are instructed to get', async () => {
  record.answer(() => ({ status: 204 }));
  await say('for the record');
  const { raw, headers, body } = await heard('for the record');
  expect(new Webhook(secret).verify(raw, headers as Record<string, string>)).toEqual(body);
  expect(body).toMatchObject({ event: 'message', instructions: { version: 1, clause: '/recipients/crm' } });
  for (const value of [person.phone, person.user]) expect(raw).not.toContain(value);
  await answered('for the record');
  const [toBot] = world.bot.heard('for the record');
  expect([toBot!.body.subject, toBot!.body.conversation]).not.toEqual([body.subject, body.conversation]);
  const { items } = took(await tenant.call('GET', '/recipients'), 'register');
  expect(items).toContainEqual(expect.objectContaining({ id: 'crm', kind: 'crm', state: 'active' }));
});

test.each<[string, BotAnswer]>([
  ['messages', { body: JSON.stringify({ messages: [{ type: 'text', text: 'from the record' }] }) }],
  ['what is no answer of a bot', { status: 201, body: '[{"id": 7}]' }],
  ['a megabyte of HTML', { body: '<p>thanks</p>'.repeat(80_000) }],
])('whatever it answers is no message to the person: %s', async (what, answer) => {
  record.answer(() => answer);
  await say(`with ${what}`);
  await answered(`with ${what}`);
  await say(`after ${what}`);
  await answered(`after ${what}`);
  expect(record.heard(`with ${what}`)).toHaveLength(1);
  expect(textsTo()).not.toContain('from the record');
  expect(took(await tenant.call('GET', '/dead-letters'), 'dead letters')['items']).toEqual([]);
});

test('nor does it write later', async () => {
  const { conversation } = record.calls.at(-1)!.body;
  const bearer = await tenant.recipientKey('crm');
  const body = { messages: [{ type: 'text', text: 'from the record' }] };
  const path = `/v1/conversations/${conversation}/messages`;
  const refused = await world.gateway.call('POST', path, { bearer, body });
  expect([refused.status, refused.json['type']]).toEqual([403, '/problems/not-instructed']);
});

test('one that is down is asked again under the same id; one that refuses leaves a dead letter', async () => {
  let down = true;
  record.answer(() => ({ status: down ? 503 : 200 }));
  await say('when it is down');
  await heard('when it is down');
  down = false;
  await until('it is asked again', () => record.heard('when it is down').length > 1);
  expect(new Set(record.heard('when it is down').map(({ id }) => id)).size).toBe(1);
  await answered('when it is down');
  record.answer(() => ({ status: 400 }));
  await say('when it refuses');
  const letters = async () =>
    took(await tenant.call('GET', '/dead-letters'), 'dead letters')['items'] as readonly { code: string }[];
  await until('a dead letter', async () => (await letters()).length > 0);
  expect(await letters()).toEqual([expect.objectContaining({ code: 'http-400' })]);
});

test('it stands among the disclosures, and is told of an erasure', async () => {
  record.answer(() => ({}));
  const { items } = took(await tenant.call('GET', '/disclosures'), 'disclosures');
  expect(items).toContainEqual(expect.objectContaining({ recipient: 'crm', categories: ['content'] }));
  const subject = { channel: 'whatsapp-cloud', kind: 'wa_id', value: person.phone };
  const { subject: known } = record.calls.at(-1)!.body;
  took(await tenant.call('POST', '/requests', { right: 'erasure', subject }), 'erasure');
  const told = await until('it is told', () => record.calls.find(({ body }) => !('message' in body)));
  expect(new Webhook(secret).verify(told.raw, told.headers as Record<string, string>)).toMatchObject({
    event: 'erase',
  });
  expect(told.raw).toContain(known);
});
