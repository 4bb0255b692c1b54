// The spine from outside: what people write on three channels reaches the bot, and what the bot says reaches them.
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { databaseUrl } from '#libs/platform';
import { acme, instructions, notingReads, NOTICE_SIGN, took, type Acme } from '../support/acme.js';
import { echo, says, type BotCall } from '../support/bot.js';
import { until } from '../support/until.js';
import { visit } from '../support/web-chat.js';
import { mid, messenger, messengerText, postSigned, wamid, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';
import { buyToken, openClient } from './directline-client.js';

let world: World;
let tenant: Acme;
let people = 0;

beforeAll(async () => {
  world = await startWorld({}, { firstStart: true });
  tenant = await acme(world.gateway, notingReads(instructions(world.bot.url)));
});
afterAll(() => world.end());
beforeEach(() => {
  world.bot.answer(echo);
  world.meta.control.set({ statuses: 'normal', reach: 'read', faults: [], lateErrors: [] });
});

/** Somebody who has not written before. */
const somebody = () => {
  const n = String(++people).padStart(6, '0');
  return { phone: `4915550${n}`, user: `DE.10000000${n}`, bsuid: `DE.10000000${n}`, psid: `2460000000${n}` };
};
type Person = ReturnType<typeof somebody>;

/** Texts that went out to a person, oldest first. */
const textsTo = ({ phone, psid }: Person): readonly string[] =>
  world.meta.calls.flatMap(({ method, body }) => {
    const sent = body as {
      to?: string;
      recipient?: { id?: string };
      text?: { body: string };
      message?: { text: string };
    };
    const here = method === 'POST' && (sent.to === phone || sent.recipient?.id === psid);
    return here ? (sent.text?.body ?? sent.message?.text ?? []) : [];
  });

const onWhatsApp = (from: Person, ...messages: readonly Readonly<Record<string, unknown>>[]) =>
  postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, from, messages), tenant);
const onMessenger = ({ psid }: Person, event: Readonly<Record<string, unknown>>) =>
  postSigned(tenant.messenger, messenger(tenant.pageId, psid, event), tenant);
const heard = (text: string): Promise<BotCall> => until(`the bot heard "${text}"`, () => world.bot.heard(text)[0]);
const called = (what: string, fits: (call: BotCall) => boolean): Promise<BotCall> =>
  until(what, () => world.bot.calls.find(fits));

interface Stored {
  readonly id: string;
  readonly state: string;
  readonly content: { readonly text?: string } | null;
}

/** A message as the tenant's people may read it. */
async function stored(fits: (message: Stored) => boolean): Promise<Stored | undefined> {
  const { items } = took(await tenant.call('GET', '/conversations?purpose=support&limit=200'), 'conversations');
  for (const { id } of items as readonly { readonly id: string }[]) {
    const page = took(await tenant.call('GET', `/conversations/${id}/messages?purpose=support`), 'messages');
    const found = (page['items'] as readonly Stored[]).find(fits);
    if (found) return found;
  }
  return undefined;
}

test('no connection of the process is the owner’s', async () => {
  const at = { databaseUrl: null, dataDir: world.gateway.dataDir };
  const look = new pg.Client({ connectionString: await databaseUrl(at) });
  await look.connect();
  const { rows } = await look.query<{ role: string; of: string }>(
    `SELECT DISTINCT regexp_replace(usename, '\\d+$', '') AS role, substring(usename FROM '\\d+$') = datid::text AS of FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY 1`,
  );
  await look.end();
  expect(rows).toEqual(['parley_app_', 'parley_queues_'].map((role) => ({ role, of: true })));
});

describe('in and out', () => {
  const greeted = (texts: readonly string[], text: string): void => {
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain(NOTICE_SIGN);
    expect(texts[1]).toBe(text);
  };

  test('WhatsApp: the notice goes out first, then the answer', async () => {
    const person = somebody();
    expect((await onWhatsApp(person, whatsAppText('Grüß Gott'))).status).toBe(200);
    greeted(await until('two texts', () => (textsTo(person).length === 2 ? textsTo(person) : null)), 'echo: Grüß Gott');
  });

  test('Messenger: the same', async () => {
    const person = somebody();
    expect((await onMessenger(person, messengerText('bonjour'))).status).toBe(200);
    greeted(await until('two texts', () => (textsTo(person).length === 2 ? textsTo(person) : null)), 'echo: bonjour');
  });

  test('web chat: the same', async () => {
    const visitor = await visit(world.gateway.url, tenant.siteKey);
    expect((await visitor.post({ type: 'message', text: 'hello web' })).status).toBe(200);
    const texts = await until('two texts', async () => {
      const shown = await visitor.texts();
      return shown.length === 2 ? shown : null;
    });
    greeted(texts, 'echo: hello web');
  });

  test("web chat: what answers one of the bot's messages names it", async () => {
    const visitor = await visit(world.gateway.url, tenant.siteKey);
    await visitor.post({ type: 'message', text: 'a question' });
    const ours = await until('the answer', async () =>
      (await visitor.shown()).find(({ text }) => text === 'echo: a question'),
    );
    await visitor.post({ type: 'message', text: 'why so?', replyToId: ours.id });
    const { body } = await heard('why so?');
    expect(body.message.target).toBe((await stored(({ content }) => content?.text === 'echo: a question'))!.id);
  });

  test('web chat over its stream, by the unmodified Bot Framework client: notice and answer are pushed', async () => {
    const site = { url: world.gateway.url, siteKey: tenant.siteKey };
    const client = openClient(site, { mode: 'websocket', token: (await buyToken(site)).token });
    const id = await client.send('hello stream');
    expect(await client.heard('echo: hello stream')).toMatchObject({ replyToId: id, from: { role: 'bot' } });
    expect(client.activities.filter(({ from }) => from.role === 'bot')).toHaveLength(2);
    expect(client.activities.filter((one) => one.id === id)).toHaveLength(1);
    client.close();
  });

  test('an app that many tenants share: the number decides whose it is', async () => {
    const { phone, bsuid } = somebody();
    await world.meta.control.say({ account: tenant.phoneNumberId, from: { phone, bsuid }, text: 'shared app' });
    expect((await heard('shared app')).body.channel).toBe('whatsapp-cloud');
    expect(world.meta.deliveries.find(({ attempt }) => attempt > 1)).toBeUndefined();
  });

  test('what is said twice by the platform is heard once, and in order', async () => {
    const person = somebody();
    const messages = Array.from({ length: 30 }, (_, n) => whatsAppText(`in order ${n}`, { id: wamid(person.phone) }));
    const twice = await Promise.all([1, 2, 3].map(() => onWhatsApp(person, ...messages)));
    expect(twice.map(({ status }) => status)).toEqual([200, 200, 200]);
    await heard('in order 29');
    const texts = world.bot.calls
      .map(({ body }) => body.message.text ?? '')
      .filter((text) => text.startsWith('in order'));
    expect(texts).toEqual(messages.map(({ text }) => text.body));
  });

  test('however many wait: an answer goes out before the next message is looked at', async () => {
    world.meta.control.set({ pair: null });
    const person = somebody();
    const sentBefore: number[] = [];
    world.bot.answer((turn) => {
      sentBefore.push(textsTo(person).length);
      return echo(turn);
    });
    const messages = Array.from({ length: 80 }, (_, n) => whatsAppText(`many ${n}`));
    await onWhatsApp(person, ...messages);
    await until('all are answered', () => textsTo(person).length === 81);
    expect(sentBefore).toEqual(messages.map((_, n) => n + 1));
  });

  test('the bot is called signed, with pseudonyms and with nothing that was not instructed', async () => {
    const secret = took(await tenant.call('POST', '/recipients/bot/secret'), 'secret')['secret'];
    const person = { ...somebody(), name: 'Zebulon Quackenbush' };
    await onWhatsApp(person, whatsAppText('who am I?'));
    const { raw, headers, body } = await heard('who am I?');
    expect(new Webhook(String(secret)).verify(raw, headers as Record<string, string>)).toEqual(body);
    for (const secretOfPerson of [person.phone, person.user, person.name]) expect(raw).not.toContain(secretOfPerson);
    expect([body.conversation, body.subject]).toEqual([
      expect.stringMatching(/^[\w-]{22}$/),
      expect.stringMatching(/^[\w-]{22}$/),
    ]);
  });
});

describe('a bot that writes later', () => {
  test('with its own key, under the pseudonym that it was told', async () => {
    const person = somebody();
    await onWhatsApp(person, whatsAppText('call me back'));
    const { conversation } = (await heard('call me back')).body;
    const bearer = await tenant.recipientKey('bot');
    const body = { messages: [{ type: 'text', text: 'here we are again' }] };
    const post = (id: string) => world.gateway.call('POST', `/v1/conversations/${id}/messages`, { bearer, body });
    expect((await post(conversation)).status).toBe(202);
    await until('it goes out', () => textsTo(person).includes('here we are again'));
    expect((await post(conversation.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')))).status).toBe(404);
    const stranger = await acme(world.gateway, notingReads(instructions(world.bot.url)));
    const theirs = { bearer: await stranger.recipientKey('bot'), body };
    expect((await world.gateway.call('POST', `/v1/conversations/${conversation}/messages`, theirs)).status).toBe(404);
  });
});

describe('files', () => {
  const BYTES = Buffer.from('Rechnung 4711, zahlbar sofort');

  const fetched = async (url: string) => {
    const answer = await fetch(url);
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers };
  };
  /** One character of what is signed becomes another one. */
  const altered = (url: string): string => {
    const at = url.indexOf('?t=') + 120;
    return url.slice(0, at) + (url[at] === 'A' ? 'B' : 'A') + url.slice(at + 1);
  };

  test('what a person sends is at the gateway for the bot, behind an address that cannot be altered', async () => {
    const { phone, bsuid } = somebody();
    const media = world.meta.control.media('application/pdf', BYTES);
    const document = { id: media.id, mime_type: 'application/pdf', filename: 'a.pdf', caption: 'my bill' };
    await world.meta.control.say({
      account: tenant.phoneNumberId,
      from: { phone, bsuid },
      message: { type: 'document', document },
    });
    const { message } = (await heard('my bill')).body;
    const [file] = message.attachments;
    expect(file).toMatchObject({ type: 'document', mime: 'application/pdf' });
    expect(file!.url).toContain(`${world.gateway.url}/v1/attachments/`);
    const got = await fetched(file!.url);
    expect([got.status, got.bytes.toString()]).toEqual([200, BYTES.toString()]);
    expect(got.headers.get('content-disposition')).toBe('attachment');
    for (const url of [
      altered(file!.url),
      file!.url.replace(
        file!.id,
        file!.id.replace(/.$/, (c) => (c === '0' ? '1' : '0')),
      ),
    ])
      expect((await fetched(url)).status).toBe(404);
  });

  test('and so is what a visitor uploads', async () => {
    const visitor = await visit(world.gateway.url, tenant.siteKey);
    const file = new File([BYTES], 'bill.txt', { type: 'text/plain' });
    const answer = await visitor.upload({ type: 'message', text: 'see my upload', from: { id: 'me' } }, [file]);
    expect(answer.status).toBe(200);
    const call = await called(
      'the upload',
      ({ body }) => body.channel === 'web' && body.message.attachments.length > 0,
    );
    expect((await fetched(call.body.message.attachments[0]!.url)).bytes).toEqual(BYTES);
  });
});

describe('what people change afterwards', () => {
  test('an edit replaces what is stored, a revoke empties it, and the bot is told of both', async () => {
    const person = somebody();
    const [edited, revoked] = [wamid(person.phone), wamid(person.phone)];
    await onWhatsApp(person, whatsAppText('Thrsday', { id: edited }), whatsAppText('my PIN is 1234', { id: revoked }));
    const first = await heard('Thrsday');
    const second = await heard('my PIN is 1234');
    const message = { type: 'text', text: { body: 'Thursday' } };
    await onWhatsApp(
      person,
      { type: 'edit', edit: { original_message_id: edited, message } },
      { type: 'revoke', revoke: { original_message_id: revoked } },
    );
    const edit = await called('the edit', ({ body }) => body.event === 'edit');
    expect(edit.body.message).toMatchObject({ text: 'Thursday', target: first.body.message.id });
    const revoke = await called('the revoke', ({ body }) => body.event === 'revoke');
    expect(revoke.body.message).toMatchObject({ text: null, target: second.body.message.id });
    expect((await stored(({ id }) => id === first.body.message.id))?.content?.text).toBe('Thursday');
    expect((await stored(({ id }) => id === second.body.message.id))?.content).toBeNull();
  });

  test('a reaction names the message that it is about', async () => {
    const person = somebody();
    const id = mid();
    await onMessenger(person, messengerText('react to this', id));
    const { message } = (await heard('react to this')).body;
    await onMessenger(person, { reaction: { reaction: 'love', emoji: '❤', action: 'react', mid: id } });
    const reaction = await called('the reaction', ({ body }) => body.event === 'reaction');
    expect(reaction.body.message).toMatchObject({ type: 'reaction', text: '❤', target: message.id });
  });
});

describe('what became of an answer', () => {
  test.each(['normal', 'shuffled', 'early', 'twice'] as const)(
    'statuses that come %s end at "read"',
    async (statuses) => {
      world.meta.control.set({ statuses, statusDelayMs: 5 });
      const { phone, bsuid } = somebody();
      await world.meta.control.say({
        account: tenant.phoneNumberId,
        from: { phone, bsuid },
        text: `status ${statuses}`,
      });
      const isAnswer = ({ content }: Stored): boolean => content?.text === `echo: status ${statuses}`;
      await until('it is read', async () => (await stored(isAnswer))?.state === 'read');
      await world.meta.control.idle();
      expect((await stored(isAnswer))?.state).toBe('read');
    },
  );

  test('an answer that cannot be delivered is a dead letter; replayed, it goes out', async () => {
    const person = somebody();
    await onMessenger(person, messengerText('greet me first'));
    await until('greeted', () => textsTo(person).length === 2);
    world.meta.control.set({ faults: [{ kind: 'error', code: 100 }] });
    await onMessenger(person, messengerText('undeliverable'));
    const letter = await letterOf('deliver');
    const replayed = await tenant.call('POST', `/dead-letters/${letter.id}/replay`);
    expect(replayed.status).toBe(202);
    await until('it goes out', () => textsTo(person).filter((text) => text === 'echo: undeliverable').length === 2);
  });

  test('a message that the bot refuses is a dead letter; replayed, it comes under the same webhook-id', async () => {
    world.bot.answer(() => ({ status: 422 }));
    const person = somebody();
    await onWhatsApp(person, whatsAppText('too hard'));
    const refused = await heard('too hard');
    const letter = await letterOf('route');
    world.bot.answer(echo);
    expect((await tenant.call('POST', `/dead-letters/${letter.id}/replay`)).status).toBe(202);
    await until('it goes out', () => textsTo(person).includes('echo: too hard'));
    expect(world.bot.heard('too hard').map(({ id }) => id)).toEqual([refused.id, refused.id]);
    expect((await tenant.call('POST', `/dead-letters/${letter.id}/replay`)).status).toBe(404);
  });

  interface Letter {
    readonly id: string;
    readonly stage: string;
    readonly replayedAt: string | null;
  }
  const letterOf = (stage: string): Promise<Letter> =>
    until(`a dead letter of ${stage}`, async () => {
      const { items } = took(await tenant.call('GET', '/dead-letters?limit=200'), 'dead letters');
      return (items as readonly Letter[]).find((one) => one.stage === stage && one.replayedAt === null);
    });
});

test('a slow bot holds up its own conversations only', async () => {
  const slow = await acme(world.gateway, notingReads(instructions(world.bot.url)));
  const hanging: (() => void)[] = [];
  world.bot.answer(async ({ message }) => {
    if (message.text?.startsWith('slow')) await new Promise<void>((resolve) => void hanging.push(resolve));
    return says(`echo: ${message.text}`);
  });
  const patient = Array.from({ length: 80 }, somebody);
  await Promise.all(
    patient.map((person) =>
      postSigned(slow.whatsApp, whatsApp(slow.phoneNumberId, person, [whatsAppText('slow')]), slow),
    ),
  );
  await until('the slow bot is busy', () => hanging.length > 5);
  const person = somebody();
  await onMessenger(person, messengerText('quick'));
  // While all of them wait still.
  await until('the other tenant is answered', () => textsTo(person).includes('echo: quick'));
  for (const release of hanging) release();
});

test('what was worked on is measured: no declared figure stays empty', async () => {
  const { text } = await world.gateway.call('GET', '/metrics');
  const figure = (name: string): number =>
    text
      .split('\n')
      .filter((line) => line.startsWith(name) && /^[{ ]/.test(line.slice(name.length)))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  for (const name of ['parley_inbound_events_total', 'parley_outbound_messages_total', 'parley_recipient_calls_total'])
    expect([name, figure(name)]).not.toEqual([name, 0]);
  expect(figure('parley_egress_calls_total{outcome="http-2xx"}')).toBeGreaterThan(10);
  expect(figure('parley_egress_seconds_count{outcome="http-2xx"}')).toBe(
    figure('parley_egress_calls_total{outcome="http-2xx"}'),
  );
  expect(figure('parley_turn_seconds_count')).toBeGreaterThan(10);
  expect(figure('parley_commit_seconds_count')).toBeGreaterThan(10);
  expect(text).not.toContain('[refused]');
  expect(figure('parley_dead_letters_total{stage="route"}')).toBe(1);
  expect(figure('parley_dead_letters_total{stage="deliver"}')).toBe(1);
});
