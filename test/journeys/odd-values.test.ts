// Odd values where ids and times belong: no webhook is answered 5xx for them, and what is good beside them is taken.
import { setTimeout as pause } from 'node:timers/promises';
import { CHANNELS, type ChannelAdapter } from '#libs/channels';
import { rewrite, type Json } from '../../apps/cli/src/simulate/rewrite.js';
import { keepingAll } from '../canary/keeping-all.js';
import { casesOf } from '../cases/files.js';
import { oddly, oddlyStored, ODD_MAPS, withOddKeys } from '../contract/payloads.js';
import { acme, took, type Acme } from '../support/acme.js';
import { connectInstagram } from '../support/instagram.js';
import { visit } from '../support/web-chat.js';
import {
  igMid,
  instagram,
  instagramText,
  messenger,
  messengerText,
  mid,
  postSigned,
  wamid,
  whatsApp,
  whatsAppText,
} from '../support/webhooks.js';
import { APP_SECRET, startWorld, type World } from '../support/world.js';

/** How many spoilt entries share a webhook with a good one. */
const TOGETHER = 60;
const AT_ONCE = 8;
/** Activities of one visitor: more would be too many in a minute. */
const PER_VISIT = 100;
const HOLDER = '102000000000001';
const PERSON = { phone: '4915551234567', user: 'DE.5551234567' };
const SCOPED = '55512345';

let world: World;
beforeAll(async () => {
  // What is taken in stays as it is.
  world = await startWorld({ PARLEY_ROLES: 'ingress,api' });
});
afterAll(() => world.end());

interface Webhook {
  readonly entry: readonly unknown[];
}

/** An account on one channel. */
interface Door {
  readonly account: string;
  readonly url: string;
  readonly newId: () => string;
  /** A webhook of somebody who says this. */
  readonly says: (text: string) => unknown;
}

async function doorOf(channel: string, tenant: Acme): Promise<Door> {
  const { phoneNumberId, pageId, whatsApp: url } = tenant;
  if (channel === 'whatsapp-cloud') {
    const says = (text: string) => whatsApp(phoneNumberId, PERSON, [whatsAppText(text)]);
    return { account: phoneNumberId, url, newId: () => wamid(PERSON.phone), says };
  }
  if (channel === 'messenger') {
    const says = (text: string) => messenger(pageId, SCOPED, messengerText(text));
    return { account: pageId, url: tenant.messenger, newId: mid, says };
  }
  const door = await connectInstagram(world.gateway.url, tenant);
  const says = (text: string) => instagram(door.accountId, SCOPED, instagramText(text));
  return { account: door.accountId, url: door.url, newId: igMid, says };
}

/** Entries of each case as they would come today, to this account, once for each odd value in each of their places, and with odd keys. */
function spoilt(adapter: ChannelAdapter, door: Door): readonly unknown[] {
  return casesOf(adapter.manifest.channel).flatMap(({ payload }) => {
    const own = new Map<string, string>();
    for (const { account, portfolio } of adapter.parse(payload, Date.now()).events) {
      if (account !== null) own.set(account, door.account);
      if (portfolio !== undefined) own.set(portfolio, HOLDER);
    }
    const fresh = () => rewrite(payload as Json, { own, now: Date.now(), freshId: door.newId });
    return [...oddlyStored(fresh), ...ODD_MAPS.map((odd) => withOddKeys(fresh(), odd))].flatMap(entriesOf);
  });
}

function entriesOf(payload: unknown): readonly unknown[] {
  const { entry } = payload as { readonly entry?: unknown };
  return Array.isArray(entry) ? (entry as readonly unknown[]) : [payload];
}

/** Does it with all, several at a time. */
async function withEach<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const left = all[Symbol.iterator]();
  const hand = async (): Promise<void> => {
    for (let one = left.next(); !one.done; one = left.next()) await work(one.value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}

async function conversationOf({ call }: Acme): Promise<string> {
  const { items } = took(await call('GET', '/conversations?purpose=support'), 'conversations');
  return (items as readonly { readonly id: string }[])[0]!.id;
}

async function textsOf({ call }: Acme, conversation: string): Promise<Set<string>> {
  const texts = new Set<string>();
  for (let after = ''; ;) {
    const page = took(
      await call('GET', `/conversations/${conversation}/messages?purpose=support&limit=1000${after}`),
      'messages',
    );
    for (const { content } of page['items'] as readonly { readonly content: { readonly text: string } }[])
      texts.add(content.text);
    if (page['next'] === null) return texts;
    after = `&after=${page['next'] as string}`;
  }
}

const pushing = CHANNELS.filter(({ delivery }) => delivery === 'push');
const routes = pushing.flatMap((adapter) =>
  (['own', 'shared'] as const).map((route) => [adapter.manifest.channel, route, adapter] as const),
);

test.each(routes)('%s, %s route', async (channel, route, adapter) => {
  const tenant = await acme(world.gateway, keepingAll(world.bot.url));
  const door = await doorOf(channel, tenant);
  const [url, secret] =
    route === 'own' ? [door.url, tenant.secret] : [`${world.gateway.url}/webhooks/meta`, APP_SECRET];
  const post = async (good: Webhook, beside: readonly unknown[]): Promise<number> =>
    (await postSigned(url, { ...good, entry: [...beside, ...good.entry] }, { secret })).status;
  expect(await post(door.says('alone') as Webhook, [])).toBe(200);
  const conversation = await conversationOf(tenant);

  const entries = spoilt(adapter, door);
  // That took seconds, in which nobody was told that the server has closed what it was connected by.
  await pause(50);
  const webhooks = Array.from({ length: Math.ceil(entries.length / TOGETHER) }, (_, n) => ({
    said: `good ${n}`,
    beside: entries.slice(n * TOGETHER, (n + 1) * TOGETHER),
  }));
  const refused: unknown[] = [];
  await withEach(webhooks, async ({ said, beside }) => {
    const status = await post(door.says(said) as Webhook, beside);
    if (status !== 200) refused.push({ status, said, beside: JSON.stringify(beside) });
  });
  expect(refused).toEqual([]);
  const texts = await textsOf(tenant, conversation);
  expect(webhooks.filter(({ said }) => !texts.has(said))).toEqual([]);
});

test('web chat', async () => {
  const tenant = await acme(world.gateway, keepingAll(world.bot.url));
  const activities = casesOf('web').flatMap(({ payload }) =>
    oddly(() => structuredClone((payload as { readonly activity?: unknown }).activity ?? {})),
  );
  const visits = Array.from({ length: Math.ceil(activities.length / PER_VISIT) }, (_, n) =>
    activities.slice(n * PER_VISIT, (n + 1) * PER_VISIT),
  );
  const failed: unknown[] = [];
  await withEach(visits, async (some) => {
    const visitor = await visit(world.gateway.url, tenant.siteKey);
    for (const activity of some) {
      const { status } = await visitor.post(activity as Readonly<Record<string, unknown>>);
      if (status >= 500 || status === 429) failed.push({ status, activity });
    }
    expect((await visitor.post({ type: 'message', text: 'after all that' })).status).toBe(200);
    expect(await visitor.shown()).toContainEqual(expect.objectContaining({ text: 'after all that' }));
  });
  expect(failed).toEqual([]);
});

test('a forged webhook that names an account with a NUL in it: refused like any other', async () => {
  const tenant = await acme(world.gateway, keepingAll(world.bot.url));
  for (const account of ['\0', `${tenant.phoneNumberId}\0`]) {
    const payload = whatsApp(account, PERSON, [whatsAppText('forged')]);
    expect((await postSigned(`${world.gateway.url}/webhooks/meta`, payload, { secret: 'another' })).status).toBe(404);
    expect((await postSigned(tenant.whatsApp, payload, { secret: 'another' })).status).toBe(401);
  }
});
