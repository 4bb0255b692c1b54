// Instagram from outside: somebody writes, the bot answers through Meta's API; what is public or unsent leaves nothing.
import { createHmac } from 'node:crypto';
import { acme, instructions, notingReads, NOTICE_SIGN, took, type Acme } from '../support/acme.js';
import { echo, says } from '../support/bot.js';
import { exchange } from '../support/gateway.js';
import { connectInstagram, type InstagramDoor } from '../support/instagram.js';
import { until } from '../support/until.js';
import { igMid, instagram, instagramText, postSigned } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let tenant: Acme;
let account: InstagramDoor;
let people = 0;

/** The document of the other journeys, which does not name Instagram, and what it takes to name it. */
const named = (botUrl: string) => {
  const document = instructions(botUrl);
  const channels = document['channels'] as object;
  return notingReads({ ...document, channels: { ...channels, instagram: { identifiers: { igsid: 'keep' } } } });
};

beforeAll(async () => {
  world = await startWorld();
  tenant = await acme(world.gateway, named(world.bot.url));
  account = await connectInstagram(world.gateway.url, tenant);
});
afterAll(() => world.end());
beforeEach(() => {
  world.bot.answer(echo);
  world.meta.control.set({ statuses: 'normal', reach: 'read', faults: [] });
});

const somebody = (): string => `17840000000${String(++people).padStart(5, '0')}`;
/** By way of the app that all tenants share. */
const writes = (igsid: string, text: string) =>
  world.meta.control.say({ account: account.accountId, from: { igsid }, text });
const posts = (igsid: string, event: Readonly<Record<string, unknown>>) =>
  postSigned(account.url, instagram(account.accountId, igsid, event), tenant);

interface Sent {
  readonly url: string;
  readonly text: string;
}
const sentTo = (igsid: string): readonly Sent[] =>
  world.meta.calls.flatMap(({ method, url, body }) => {
    const { recipient, message } = (body ?? {}) as { recipient?: { id?: string }; message?: { text?: string } };
    const here = method === 'POST' && recipient?.id === igsid && message?.text !== undefined;
    return here ? [{ url, text: message.text! }] : [];
  });
const answered = (igsid: string, texts: number) =>
  until(`${texts} texts`, () => (sentTo(igsid).length >= texts ? sentTo(igsid) : null));

interface Stored {
  readonly id: string;
  readonly direction: string;
  readonly type: string;
  readonly state: string;
  readonly content: { readonly text?: string } | null;
}
async function storedWith(text: string): Promise<readonly Stored[]> {
  const { items } = took(await tenant.call('GET', '/conversations?purpose=support&limit=200'), 'conversations');
  for (const { id } of items as readonly { readonly id: string }[]) {
    const page = took(await tenant.call('GET', `/conversations/${id}/messages?purpose=support`), 'messages');
    const messages = page['items'] as readonly Stored[];
    if (messages.some(({ content }) => content?.text === text)) return messages;
  }
  return [];
}
const conversations = async (of = tenant): Promise<number> =>
  (took(await of.call('GET', '/conversations?purpose=support&limit=200'), 'conversations')['items'] as unknown[])
    .length;

test('the notice goes out first, then the answer, from the account; what was seen is known', async () => {
  const person = somebody();
  await writes(person, 'Grüß Gott');
  const sent = await answered(person, 2);
  expect(sent.map(({ url }) => url)).toEqual(Array(2).fill(`/v26.0/${account.accountId}/messages`));
  expect(sent[0]!.text).toContain(NOTICE_SIGN);
  expect(sent[1]!.text).toBe('echo: Grüß Gott');
  const answer = await until('it was seen', async () =>
    (await storedWith('Grüß Gott')).find(({ content, state }) => content?.text === 'echo: Grüß Gott' && state === 'read'),
  ); // prettier-ignore
  expect(answer).toMatchObject({ direction: 'out' });
  expect(world.bot.heard('Grüß Gott')[0]?.body).toMatchObject({ channel: 'instagram', message: { type: 'text' } });
});

test.each(['normal', 'early', 'shuffled', 'twice'] as const)(
  'an answer is there once, though its echo comes %s and names no message of ours',
  async (statuses) => {
    world.meta.control.set({ statuses });
    const person = somebody();
    const text = `hello ${statuses}`;
    await writes(person, text);
    await answered(person, 2);
    await world.meta.control.idle();
    await until('both are settled', async () =>
      (await storedWith(text)).filter(({ state }) => state === 'read').length >= 2,
    ); // prettier-ignore
    const outgoing = (await storedWith(text)).filter(({ direction }) => direction === 'out');
    expect(outgoing.map(({ content }) => content?.text)).toEqual([
      expect.stringContaining(NOTICE_SIGN),
      `echo: ${text}`,
    ]);
  },
);

test('a text beyond 1000 bytes goes out in parts, each taken', async () => {
  const person = somebody();
  const long = 'Wir öffnen täglich früh, außer sonntags. '.repeat(40).trim();
  world.bot.answer(() => says(long));
  await writes(person, 'tell me all');
  const [, ...parts] = await answered(person, 3);
  expect(parts.map(({ text }) => text).join(' ')).toBe(long);
  expect(world.meta.calls.filter(({ status }) => status >= 400)).toEqual([]);
  await world.meta.control.idle();
  const ours = await until('it is settled', async () => {
    const rows = (await storedWith('tell me all')).filter(({ direction }) => direction === 'out');
    return rows.length > 0 && rows.every(({ state }) => state === 'read') ? rows : null;
  });
  expect(ours.map(({ content }) => content?.text)).toEqual([expect.stringContaining(NOTICE_SIGN), long]);
});

test('an answer whose call broke off after it was taken goes out once, and is there once', async () => {
  const person = somebody();
  await writes(person, 'one');
  await answered(person, 2);
  world.meta.control.set({ faults: [{ kind: 'disconnect-after-accept' }] });
  await writes(person, 'two');
  const rows = await until('it is known to have gone out', async () => {
    const found = (await storedWith('two')).filter(({ content }) => content?.text === 'echo: two');
    // Until then its echo stands beside it, as if staff had written it.
    return found.length > 0 && found.every(({ state }) => state === 'read') ? found : null;
  });
  expect(sentTo(person).map(({ text }) => text)).toEqual([expect.stringContaining(NOTICE_SIGN), 'echo: one', 'echo: two']);
  expect(rows).toHaveLength(1);
}); // prettier-ignore

test('through a Facebook page it is the page that sends', async () => {
  const linked = await connectInstagram(world.gateway.url, tenant, '6900000000001');
  const person = somebody();
  await world.meta.control.say({ account: linked.accountId, from: { igsid: person }, text: 'by the page' });
  expect((await answered(person, 2)).map(({ url }) => url)).toEqual(Array(2).fill('/v26.0/6900000000001/messages'));
});

test('what was unsent is emptied', async () => {
  const person = somebody();
  const id = igMid();
  await posts(person, instagramText('not for you', id));
  await answered(person, 2);
  const written = (await storedWith('not for you')).find(({ direction, type }) => direction === 'in' && type === 'message');
  expect(written?.content).toMatchObject({ text: 'not for you' });
  await posts(person, { message: { mid: id, is_deleted: true } });
  const emptied = await until('it is gone', async () => {
    const row = (await storedWith('echo: not for you')).find((one) => one.id === written!.id);
    return row?.content === null ? row : null;
  });
  expect(emptied).toMatchObject({ direction: 'in', type: 'message', content: null });
}); // prettier-ignore

test('a story that was answered is passed on where that is instructed, and stored nowhere', async () => {
  const document = named(world.bot.url);
  const data = ['routing', 'content', 'derived'];
  const other = await acme(world.gateway, {
    ...document,
    channels: { instagram: { identifiers: { igsid: 'keep', story_url: 'pass' } } },
    purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data } },
    retention: data.map((one) => ({ data: one, period: 'P30D' })),
    recipients: {
      bot: { kind: 'webhook', url: world.bot.url, country: 'DE', purposes: ['support'], data: ['content', 'derived'], identifiers: ['story_url'] },
    },
  }); // prettier-ignore
  const door = await connectInstagram(world.gateway.url, other);
  const url = 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=story';
  const message = { mid: igMid(), text: 'lovely', reply_to: { story: { id: '18010000000000001', url } } };
  await postSigned(door.url, instagram(door.accountId, somebody(), { message }), other);
  const [call] = await until('the bot heard it', () =>
    world.bot.heard('lovely').length > 0 ? world.bot.heard('lovely') : null,
  );
  expect(call!.body).toMatchObject({ identifiers: { story_url: url } });
  const { items } = took(await other.call('GET', '/conversations?purpose=support'), 'conversations');
  const [{ id }] = items as readonly [{ readonly id: string }];
  expect((await other.call('GET', `/conversations/${id}/messages?purpose=support`)).text).not.toContain('lookaside');
});

test('a profile is asked for where that is instructed: once, these fields and no other', async () => {
  const data = ['routing', 'content', 'profile'];
  const features = ['name', 'username'];
  const other = await acme(world.gateway, {
    ...named(world.bot.url),
    channels: { instagram: { identifiers: { igsid: 'keep', name: 'keep', username: 'keep' } } },
    purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data, features } },
    retention: data.map((one) => ({ data: one, period: 'P30D' })),
    recipients: {
      bot: { kind: 'webhook', url: world.bot.url, country: 'DE', purposes: ['support'], data: ['content', 'profile'], identifiers: features },
    },
  });
  const door = await connectInstagram(world.gateway.url, other);
  const igsid = somebody();
  for (const text of ['who am I', 'and now']) {
    await world.meta.control.say({ account: door.accountId, from: { igsid, name: 'Ottoline Fox' }, text });
    await until('the bot heard it', () => world.bot.heard(text)[0]);
    expect(world.bot.heard(text)[0]!.body).toMatchObject({ identifiers: { name: 'Ottoline Fox', username: 'ottoline.fox' } });
  }
  const asked = world.meta.calls.filter(({ method, url }) => method === 'GET' && url.includes(igsid));
  expect(asked.map(({ url, headers }) => [decodeURIComponent(url), headers['authorization']])).toEqual([[`/v26.0/${igsid}?fields=username,name`, 'Bearer IGAA-account']]);
}); // prettier-ignore

test('a comment is counted with what it exposes, starts no conversation and reaches no bot', async () => {
  const before = await conversations();
  const value = { id: '17870000000000001', text: 'How much?', from: { id: somebody(), username: 'ada.example' } };
  const payload = {
    object: 'instagram',
    entry: [{ id: account.accountId, time: Math.floor(Date.now() / 1000), field: 'comments', value }],
  };
  expect((await postSigned(account.url, payload, tenant)).status).toBe(200);
  expect(await conversations()).toBe(before);
  expect(world.bot.heard('How much?')).toEqual([]);
  const { items } = took(await tenant.call('GET', '/identifiers?limit=200'), 'identifiers');
  const rows = (items as readonly { channel: string; kind: string; seen: number }[]).filter(
    ({ channel, kind }) => channel === 'instagram' && ['comment', 'comment_id', 'username'].includes(kind),
  );
  expect(rows.map(({ kind, seen }) => [kind, seen]).toSorted()).toEqual([
    ['comment', 1],
    ['comment_id', 1],
    ['username', 1],
  ]);
});

test('a document that does not name Instagram takes nothing from there', async () => {
  const other = await acme(world.gateway, instructions(world.bot.url));
  const door = await connectInstagram(world.gateway.url, other);
  const payload = instagram(door.accountId, somebody(), instagramText('to nobody'));
  expect((await postSigned(door.url, payload, other)).status).toBe(200);
  expect(await conversations(other)).toBe(0);
  expect(world.bot.heard('to nobody')).toEqual([]);
});

test('Meta’s deletion callback is answered with a page and a code', async () => {
  const encoded = Buffer.from(
    JSON.stringify({ algorithm: 'HMAC-SHA256', issued_at: Math.floor(Date.now() / 1000), user_id: '1122334455' }),
  ).toString('base64url');
  const signature = createHmac('sha256', tenant.secret).update(encoded).digest('base64url');
  const answer = await exchange(account.deletionUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `signed_request=${signature}.${encoded}`,
  });
  expect([answer.status, answer.json['url']]).toEqual([200, expect.stringContaining('/privacy/requests/')]);
});
