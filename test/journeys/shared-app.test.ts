// One app for many tenants, and events that are not the connection's: each event is filed under its own account, or not at all.
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { APP_SECRET, startWorld, type World } from '../support/world.js';

let world: World;
let owner: Acme;
let other: Acme;

beforeAll(async () => {
  world = await startWorld();
  owner = await acme(world.gateway, instructions(world.bot.url));
  other = await acme(world.gateway, instructions(world.bot.url));
});
afterAll(() => world.end());

const person = { phone: '4915580000001', user: 'DE.30000000001' };
const heard = (text: string) => until(`the bot heard "${text}"`, () => world.bot.heard(text)[0]);
const count = async ({ call }: Acme): Promise<number> =>
  (took(await call('GET', '/conversations?purpose=support&limit=200'), 'conversations')['items'] as unknown[]).length;
const counted = async (outcome: string): Promise<number> => {
  const { text } = await world.gateway.call('GET', '/metrics');
  const [, n] =
    new RegExp(`^parley_inbound_events_total\\{channel="whatsapp-cloud",outcome="${outcome}"\\} (\\d+)`, 'm').exec(
      text,
    ) ?? [];
  return Number(n ?? 0);
};
const changes = (account: string, text: string): unknown[] => {
  const { entry } = whatsApp(account, person, [whatsAppText(text)]) as { entry: [{ changes: unknown[] }] };
  return entry[0].changes;
};
const batch = (...all: readonly unknown[][]) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '102290129340398', changes: all.flat() }],
});

test('an account that somebody else entered as well stays with whoever proved to have it', async () => {
  world.meta.control.set({ tokens: ['EAAG-whatsapp', 'EAAG-page'] });
  const settings = { phoneNumberId: owner.phoneNumberId, businessAccountId: '1', accessToken: 'guessed', appSecret: 'x', verifyToken: 'x' }; // prettier-ignore
  const entered = await other.call('POST', '/connections', { channel: 'whatsapp-cloud', name: 'not mine', settings });
  expect(took(entered, 'the connection')).toMatchObject({ health: 'unhealthy' });
  await postSigned(
    `${world.gateway.url}/webhooks/meta`,
    whatsApp(owner.phoneNumberId, person, [whatsAppText('for the owner')]),
    {
      secret: APP_SECRET,
    },
  );
  await heard('for the owner');
  expect([await count(owner), await count(other)]).toEqual([1, 0]);
});

test('one webhook of a shared app with two tenants in it: each gets its own', async () => {
  const before = [await count(owner), await count(other)];
  const payload = batch(changes(owner.phoneNumberId, 'to the first'), changes(other.phoneNumberId, 'to the second'));
  expect((await postSigned(`${world.gateway.url}/webhooks/meta`, payload, { secret: APP_SECRET })).status).toBe(200);
  const [first, second] = [await heard('to the first'), await heard('to the second')];
  expect(first.body.conversation).not.toBe(second.body.conversation);
  expect([await count(owner), await count(other)]).toEqual([before[0], before[1]! + 1]);
});

test("events of another connection on an own app's route are refused and counted, their neighbours are taken", async () => {
  const before = await counted('foreign');
  const payload = batch(changes(other.phoneNumberId, 'smuggled'), changes(owner.phoneNumberId, 'beside it'));
  expect((await postSigned(owner.whatsApp, payload, owner)).status).toBe(200);
  await heard('beside it');
  expect(await counted('foreign')).toBe(before + 1);
  expect(world.bot.heard('smuggled')).toEqual([]);
});

test("one tenant's own secret opens nobody else's events of a shared webhook", async () => {
  const payload = batch(changes(other.phoneNumberId, 'smuggled too'), changes(owner.phoneNumberId, 'mine'));
  expect((await postSigned(`${world.gateway.url}/webhooks/meta`, payload, owner)).status).toBe(200);
  await heard('mine');
  expect(world.bot.heard('smuggled too')).toEqual([]);
  const foreign = batch(changes(other.phoneNumberId, 'smuggled alone'));
  expect((await postSigned(`${world.gateway.url}/webhooks/meta`, foreign, owner)).status).toBe(401);
});
