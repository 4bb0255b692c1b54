// What a bot answers beside words: marks of having read, signs of typing, reactions, and texts too long for what they stand on.
import { acme, instructions, type Acme } from '../support/acme.js';
import { until } from '../support/until.js';
import { mid, messenger, messengerText, postSigned, wamid, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let tenant: Acme;

beforeAll(async () => {
  world = await startWorld();
  tenant = await acme(world.gateway, instructions(world.bot.url));
  const document = instructions(world.bot.url);
  await tenant.force({
    ...document,
    channels: {
      'whatsapp-cloud': { identifiers: { user_id: 'keep', wa_id: 'keep', message_id: 'keep' } },
      messenger: { identifiers: { psid: 'keep', message_id: 'keep' } },
    },
  });
});
afterAll(() => world.end());

type Body = Readonly<Record<string, unknown>>;

/** What the platform took of us, without what all have in common, oldest first, once there are this many. */
const sent = (account: string, count: number): Promise<readonly Body[]> =>
  until(`${count} calls for ${account}`, () => {
    const bodies = world.meta.calls.flatMap(({ method, url, status, body }) =>
      method === 'POST' && url.includes(account) && status === 200 ? [body as Body] : [],
    );
    return bodies.length >= count ? bodies : null;
  });

const answers = (...messages: readonly unknown[]): void =>
  world.bot.answer(() => ({ body: JSON.stringify({ messages }) }));

const LONG = `${'It takes a while to say. '.repeat(60)}Which one?`;

test('WhatsApp: read, typing, a reaction and its end name the message of the person', async () => {
  const from = { phone: '4915559000001', user: 'DE.19000000001' };
  const id = wamid(from.phone);
  answers(
    { type: 'read' },
    { type: 'typing' },
    { type: 'reaction', emoji: '👍' },
    { type: 'reaction', emoji: null },
    { type: 'buttons', text: LONG, buttons: [{ id: 'a', title: 'This' }] },
  );
  await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, from, [whatsAppText('hello', { id })]), tenant);
  const [, read, typing, reaction, taken, lead, buttons] = await sent(tenant.phoneNumberId, 7);
  expect(read).toEqual({ messaging_product: 'whatsapp', status: 'read', message_id: id });
  expect(typing).toEqual({ ...read, typing_indicator: { type: 'text' } });
  expect(reaction).toMatchObject({ to: from.phone, type: 'reaction', reaction: { message_id: id, emoji: '👍' } });
  expect(taken).toMatchObject({ type: 'reaction', reaction: { message_id: id, emoji: '' } });
  const under = (buttons as { interactive: { body: { text: string } } }).interactive.body.text;
  expect(`${(lead as { text: { body: string } }).text.body} ${under}`).toBe(LONG);
});

test('WhatsApp: an answer quotes the message that it names, if the person wrote it here', async () => {
  const from = { phone: '4915559000002', user: 'DE.19000000002' };
  const other = { phone: '4915559000003', user: 'DE.19000000003' };
  const post = (who: typeof from, text: string, id: string) =>
    postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, who, [whatsAppText(text, { id })]), tenant);
  const given = (text: string) => until(text, () => world.bot.heard(text)[0]?.body.message.id);
  const [first, theirs] = [wamid(from.phone), wamid(other.phone)];
  answers();
  await post(from, 'first', first);
  await post(other, 'theirs', theirs);
  const [id, foreign] = [await given('first'), await given('theirs')];
  answers(
    { type: 'text', text: 'long '.repeat(1000).trim(), replyTo: id },
    { type: 'location', latitude: 48.2, longitude: 16.4, replyTo: id },
    { type: 'text', text: 'of another person', replyTo: foreign },
    { type: 'text', text: 'of nobody', replyTo: '00000000-0000-7000-8000-000000000000' },
  );
  await post(from, 'second', wamid(from.phone));
  const toThem = () =>
    world.meta.calls.flatMap(({ status, body }) =>
      status === 200 && (body as Body | null)?.['to'] === from.phone ? [body as Body] : [],
    );
  const bodies = await until('all of it went out', () => (toThem().length >= 6 ? toThem() : null));
  const quotes = bodies.slice(1).map(({ type, context }) => [type, context]);
  const context = { message_id: first };
  expect(quotes).toEqual([
    ['text', context],
    ['text', undefined],
    ['location', context],
    ['text', undefined],
    ['text', undefined],
  ]);
});

test('Messenger: the same as sender actions', async () => {
  const psid = '24600009000001';
  const id = mid();
  answers(
    { type: 'read' },
    { type: 'typing' },
    { type: 'reaction', emoji: '👍' },
    { type: 'reaction', emoji: null },
    { type: 'text', text: 'done' },
  );
  await postSigned(tenant.messenger, messenger(tenant.pageId, psid, messengerText('hello', id)), tenant);
  const recipient = { id: psid };
  const [, ...others] = await sent(tenant.pageId, 6);
  expect(others).toEqual([
    { recipient, sender_action: 'mark_seen' },
    { recipient, sender_action: 'typing_on' },
    { recipient, sender_action: 'react', payload: { message_id: id, reaction: '👍' } },
    { recipient, sender_action: 'unreact', payload: { message_id: id } },
    expect.objectContaining({ recipient, message: expect.objectContaining({ text: 'done' }) as unknown }),
  ]);
});
