// One app for many tenants, and events that are not the connection's: each event is filed under its own account, or not at all.
import { acme, instructions, pageToken, took, type Acme } from '../support/acme.js';
import { until } from '../support/until.js';
import { messenger, messengerText, postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { APP_SECRET, startWorld, type World } from '../support/world.js';

let world: World;
let owner: Acme;
let other: Acme;

beforeAll(async () => {
  world = await startWorld();
  // Statuses of what was sent before would be counted among what a test posts.
  world.meta.control.set({ statuses: 'none' });
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
  entry: [{ id: '102000000000001', changes: all.flat() }],
});

test('an account that somebody else entered as well stays with whoever proved to have it', async () => {
  world.meta.control.set({ tokens: ['EAAG-whatsapp', pageToken(owner.pageId), pageToken(other.pageId)] });
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

/** Enters it, and posts to it by the shared app: is it anybody's there? */
async function entered(account: string, channel: string, settings: object): Promise<unknown> {
  const secrets = { appSecret: 'x', verifyToken: 'x' };
  const connection = await other.call('POST', '/connections', { channel, name: 'one', settings: { ...settings, ...secrets } }); // prettier-ignore
  const payload = channel === 'messenger' ? messenger(account, '7788990012', messengerText('hi')) : whatsApp(account, person, [whatsAppText('hi')]); // prettier-ignore
  const { status } = await postSigned(`${world.gateway.url}/webhooks/meta`, payload, { secret: APP_SECRET });
  return [took(connection, 'the connection')['health'], status];
}

test.each([
  ['the page’s', (page: string) => pageToken(page), ['healthy', 200]],
  ['another page’s', () => pageToken(other.pageId), ['unhealthy', 404]],
  ['no page’s', () => 'EAAG-whatsapp', ['unhealthy', 404]],
])('a page is whoever’s token is its own: entered with %s', async (_whose, tokenOf, expected) => {
  const pageId = `68249830${Date.now()}`;
  world.meta.control.set({ tokens: [...(world.meta.control.behaviour().tokens ?? []), pageToken(pageId)] });
  expect(await entered(pageId, 'messenger', { pageId, accessToken: tokenOf(pageId) })).toEqual(expected);
});

test.each([
  ['the account that holds it', '561', ['healthy', 200]],
  ['another account', '562', ['unhealthy', 404]],
])('a number is entered under %s', async (_holder, businessAccountId, expected) => {
  const phoneNumberId = `10600000${Date.now()}`;
  world.meta.control.set({ businessAccounts: { [phoneNumberId]: '561' } });
  const settings = { phoneNumberId, businessAccountId, accessToken: 'EAAG-whatsapp' };
  expect(await entered(phoneNumberId, 'whatsapp-cloud', settings)).toEqual(expected);
});

test('an account that nobody proved to have is nobody’s to the shared app, whoever entered it', async () => {
  const unproven = '106000000009999';
  const settings = { phoneNumberId: unproven, businessAccountId: '1', accessToken: 'guessed', appSecret: 'x', verifyToken: 'x' }; // prettier-ignore
  await other.call('POST', '/connections', { channel: 'whatsapp-cloud', name: 'nobody’s', settings });
  const before = await count(other);
  const posted = (secret: string) =>
    postSigned(`${world.gateway.url}/webhooks/meta`, whatsApp(unproven, person, [whatsAppText('for nobody')]), {
      secret,
    });
  expect((await posted(APP_SECRET)).status).toBe(404);
  // By the secret that was entered along with it, only their own app could sign.
  expect((await posted('x')).status).toBe(200);
  await until('it is there', async () => (await count(other)) === before + 1);
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

describe('events that name no account, only the holder of accounts', () => {
  const about = (holder: string, field: string, value: object) => ({
    object: 'whatsapp_business_account',
    entry: [{ id: holder, time: Math.floor(Date.now() / 1000), changes: [{ field, value }] }],
  });
  const post = (payload: unknown, signer: { readonly secret: string } = { secret: APP_SECRET }) =>
    postSigned(`${world.gateway.url}/webhooks/meta`, payload, signer);
  const connect = async (tenant: Acme, holder: string): Promise<string> => {
    const settings = { phoneNumberId: `3${Date.now()}${holder}`, businessAccountId: holder, accessToken: 'EAAG-whatsapp', appSecret: tenant.secret, verifyToken: 'v' }; // prettier-ignore
    const made = await tenant.call('POST', '/connections', { channel: 'whatsapp-cloud', name: holder, settings });
    return String(took(made, 'the connection')['id']);
  };
  const healthOf = async (tenant: Acme, id: string) =>
    took(await tenant.call('GET', `/connections/${id}`), 'the connection');

  test('concern each connection of that holder, and no other', async () => {
    const [one, another, elsewhere] = [await connect(owner, '551'), await connect(other, '551'), await connect(owner, '552')]; // prettier-ignore
    const before = await counted('accepted');
    expect((await post(about('551', 'account_update', { event: 'ACCOUNT_DELETED' }))).status).toBe(200);
    expect(await counted('accepted')).toBe(before + 2);
    expect(await healthOf(owner, one)).toMatchObject({ health: 'unhealthy', healthReason: 'account_update' });
    expect(await healthOf(other, another)).toMatchObject({ health: 'unhealthy', healthReason: 'account_update' });
    expect(await healthOf(owner, elsewhere)).toMatchObject({ health: 'healthy' });
  });

  test.each([
    ['message_template_status_update', { event: 'APPROVED', message_template_id: 1, message_template_name: 'x', message_template_language: 'de' }],
    ['phone_number_quality_update', { display_phone_number: '49305550', event: 'FLAGGED', current_limit: 'TIER_10K' }],
  ])('%s is taken with the secret of the shared app, or the own one, and with no other', async (field, value) => {
    await connect(owner, '553');
    expect((await post(about('553', field, value))).status).toBe(200);
    expect((await post(about('553', field, value), owner)).status).toBe(200);
    expect((await post(about('553', field, value), other)).status).toBe(401);
  }); // prettier-ignore

  test('of a holder that nobody entered: counted, and not to be delivered again; unsigned: 404', async () => {
    const before = await counted('foreign');
    expect((await post(about('559', 'account_update', { event: 'ACCOUNT_DELETED' }))).status).toBe(200);
    expect(await counted('foreign')).toBe(before + 1);
    expect((await post(about('559', 'account_update', { event: 'ACCOUNT_DELETED' }), owner)).status).toBe(404);
    expect((await post(batch(changes('559', 'of an unknown number')))).status).toBe(404);
  });

  test('of another holder on the route of an own app are refused and counted', async () => {
    const before = await counted('foreign');
    expect((await postSigned(owner.whatsApp, about('559', 'account_update', { event: 'ACCOUNT_DELETED' }), owner)).status).toBe(200); // prettier-ignore
    expect(await counted('foreign')).toBe(before + 1);
  });

  test("a page's id, entered as a holder of numbers, takes none of the page's messages", async () => {
    const holder = await connect(other, owner.pageId);
    expect((await post(messenger(owner.pageId, '7788990011', messengerText('to the page')))).status).toBe(200);
    await heard('to the page');
    expect(await healthOf(other, holder)).toMatchObject({ health: 'healthy' });
  });
});
