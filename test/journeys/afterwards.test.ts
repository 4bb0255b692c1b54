// After an answer went out: what people say about it, and what the platform says became of it.
import { acme, instructions, notingReads, took, type Acme } from '../support/acme.js';
import { echo, says } from '../support/bot.js';
import { until } from '../support/until.js';
import { messenger, messengerText, mid, postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let tenant: Acme;
let people = 0;

beforeAll(async () => {
  world = await startWorld();
  tenant = await acme(world.gateway, notingReads(instructions(world.bot.url)));
});
afterAll(() => world.end());
beforeEach(() => {
  world.bot.answer(echo);
  world.meta.control.set({
    statuses: 'normal',
    statusDelayMs: 20,
    reach: 'read',
    faults: [],
    lateErrors: [],
    latencyMs: 0,
  });
});

const somebody = () => {
  const n = String(++people).padStart(6, '0');
  return { phone: `4915560${n}`, user: `DE.20000000${n}`, psid: `2470000000${n}` };
};
type Person = ReturnType<typeof somebody>;

/** What is sent is answered when this is taken back, and before the gateway gives up. */
const ON_ITS_WAY = { latencyMs: 12_000 };

const onWhatsApp = (from: Person, ...messages: readonly Readonly<Record<string, unknown>>[]) =>
  postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, from, messages), tenant);
const heard = (text: string) => until(`the bot heard "${text}"`, () => world.bot.heard(text)[0]);

interface Sent {
  readonly text: string;
  readonly status: number;
  /** The platform's id of it. */
  readonly id: string | undefined;
}

/** Texts that were sent to a person, oldest first. */
const sentTo = ({ phone, psid }: Person): readonly Sent[] =>
  world.meta.calls.flatMap(({ method, status, body, answer }) => {
    const sent = body as {
      to?: string;
      recipient?: { id?: string };
      text?: { body: string };
      message?: { text: string };
    };
    if (method !== 'POST' || (sent.to !== phone && sent.recipient?.id !== psid)) return [];
    const given = answer as { messages?: readonly { id: string }[]; message_id?: string } | null;
    const text = sent.text?.body ?? sent.message?.text ?? '';
    return [{ text, status, id: given?.messages?.[0]?.id ?? given?.message_id }];
  });
const sentText = (person: Person, text: string): Promise<Sent> =>
  until(`"${text}" went out`, () => sentTo(person).find((one) => one.text === text && one.status === 200));

interface Stored {
  readonly id: string;
  readonly state: string;
  readonly code: string | null;
  readonly content: { readonly text?: string } | null;
}

async function stored(text: string): Promise<Stored | undefined> {
  const { items } = took(await tenant.call('GET', '/conversations?purpose=support&limit=200'), 'conversations');
  for (const { id } of items as readonly { readonly id: string }[]) {
    const page = took(await tenant.call('GET', `/conversations/${id}/messages?purpose=support`), 'messages');
    const found = (page['items'] as readonly Stored[]).find(({ content }) => content?.text === text);
    if (found) return found;
  }
  return undefined;
}

describe('an answer of the person names the message that it answers', () => {
  test('a quote of what we sent', async () => {
    const person = somebody();
    await onWhatsApp(person, whatsAppText('which size?'));
    const { id } = await sentText(person, 'echo: which size?');
    await onWhatsApp(person, whatsAppText('this one', { context: { from: '15550783881', id } }));
    const ours = await until('it is stored', () => stored('echo: which size?'));
    expect((await heard('this one')).body.message.target).toBe(ours.id);
  });

  test('a quote of what they wrote themselves, and of what nobody knows', async () => {
    const person = somebody();
    const own = mid();
    const say = (event: object) =>
      postSigned(tenant.messenger, messenger(tenant.pageId, person.psid, { ...event }), tenant);
    await say(messengerText('remember this', own));
    const { message } = (await heard('remember this')).body;
    await say({ message: { mid: mid(), text: 'as I said', reply_to: { mid: own } } });
    expect((await heard('as I said')).body.message.target).toBe(message.id);
    await say({ message: { mid: mid(), text: 'out of the blue', reply_to: { mid: mid() } } });
    expect((await heard('out of the blue')).body.message).not.toHaveProperty('target');
  });

  test('an answer that is here before the platform told us the id of what it answers', async () => {
    const person = somebody();
    await onWhatsApp(person, whatsAppText('greet me'));
    await sentText(person, 'echo: greet me');
    world.meta.control.set({ ...ON_ITS_WAY, statuses: 'none' });
    await onWhatsApp(person, whatsAppText('are you there?'));
    // The call that sends our answer is known on the other side, and has not been answered.
    const { id } = await until('it is on its way', () =>
      sentTo(person).find(({ text }) => text === 'echo: are you there?'),
    );
    expect(await stored('echo: are you there?')).toMatchObject({ state: 'sending' });
    await onWhatsApp(person, whatsAppText('yes you are', { context: { from: '15550783881', id } }));
    world.meta.control.set({ latencyMs: 0 });
    const { body } = await heard('yes you are');
    const ours = await until('it is stored', () => stored('echo: are you there?'));
    expect(body.message.target).toBe(ours.id);
  });
});

describe('what the platform takes and gives back later', () => {
  interface Letter {
    readonly id: string;
    readonly message: string;
    readonly stage: string;
    readonly code: string;
  }
  const lettersOf = async ({ id }: Stored): Promise<readonly Letter[]> => {
    const { items } = took(await tenant.call('GET', '/dead-letters?limit=200'), 'dead letters');
    return (items as readonly Letter[]).filter(({ message }) => message === id);
  };
  const health = async (): Promise<string> => {
    const { items } = took(await tenant.call('GET', '/connections'), 'connections');
    return (items as readonly { channel: string; health: string }[]).find(
      ({ channel }) => channel === 'whatsapp-cloud',
    )!.health;
  };

  /** A status as the platform posts it. */
  const tell = (person: Person, status: object) => {
    const { entry } = whatsApp(tenant.phoneNumberId, person, []) as { entry: [{ changes: [{ value: object }] }] };
    const timestamp = String(Math.floor(Date.now() / 1000));
    Object.assign(entry[0].changes[0].value, { statuses: [{ timestamp, recipient_id: person.phone, ...status }] });
    return postSigned(tenant.whatsApp, { object: 'whatsapp_business_account', entry }, tenant);
  };
  const counted = async (): Promise<number> => {
    const { text } = await world.gateway.call('GET', '/metrics');
    return Number(/^parley_dead_letters_total\{stage="deliver"\} (\d+)/m.exec(text)?.[1] ?? 0);
  };

  test.each(['normal', 'early'] as const)(
    'a status "failed" that comes %s makes a dead letter, once; replayed, it goes out',
    async (statuses) => {
      const person = somebody();
      const answer = `echo: too late ${statuses}`;
      const before = await counted();
      world.meta.control.set({ statuses, lateErrors: [131026], unknownRecipients: [person.phone] });
      await onWhatsApp(person, whatsAppText(`too late ${statuses}`));
      const message = await until('it failed', async () => {
        const found = await stored(answer);
        return found?.state === 'failed' && found;
      });
      expect(await lettersOf(message)).toMatchObject([{ stage: 'deliver', code: '131026' }]);
      await world.meta.control.idle();
      const [letter, ...others] = await lettersOf(message);
      expect(others).toEqual([]);
      // The first notice fails as well.
      expect(await counted()).toBe(before + 2);
      world.meta.control.set({ lateErrors: [], unknownRecipients: [], statuses: 'normal' });
      expect((await tenant.call('POST', `/dead-letters/${letter!.id}/replay`)).status).toBe(202);
      await until('it is read', async () => (await stored(answer))?.state === 'read');
      expect(sentTo(person).filter(({ text }) => text === answer)).toHaveLength(2);
    },
  );

  test('what the person read after all is not sent again', async () => {
    const person = somebody();
    const answer = 'echo: after all';
    world.meta.control.set({ statuses: 'none' });
    await onWhatsApp(person, whatsAppText('after all'));
    const { id } = await sentText(person, answer);
    await tell(person, { id, status: 'failed', errors: [{ code: 131026 }] });
    await until('it failed', async () => (await stored(answer))?.state === 'failed');
    const [letter] = await lettersOf((await stored(answer))!);
    await tell(person, { id, status: 'read' });
    await until('it is read', async () => (await stored(answer))?.state === 'read');
    expect((await tenant.call('POST', `/dead-letters/${letter!.id}/replay`)).status).toBe(404);
    expect((await stored(answer))?.state).toBe('read');
  });

  test('one of before a replay says nothing about the message since, in whatever order they come', async () => {
    const person = somebody();
    const answer = 'echo: once more';
    world.meta.control.set({ statuses: 'none' });
    await onWhatsApp(person, whatsAppText('once more'));
    const failed = await sentText(person, answer);
    const opaqueOf = (id: string): string =>
      (
        world.meta.calls.find(({ answer: given }) => JSON.stringify(given).includes(id))!.body as {
          biz_opaque_callback_data: string;
        }
      ).biz_opaque_callback_data;
    const opaque = { biz_opaque_callback_data: opaqueOf(failed.id!) };
    const failure = { errors: [{ code: 131026 }], ...opaque };
    const state = async () => (await stored(answer))?.state;
    await tell(person, { id: failed.id, status: 'failed', ...failure });
    await until('it failed', async () => (await state()) === 'failed');
    const [letter] = await lettersOf((await stored(answer))!);
    // While it waits for its second sending, the platform repeats what it said of the first.
    world.meta.control.set(ON_ITS_WAY);
    expect((await tenant.call('POST', `/dead-letters/${letter!.id}/replay`)).status).toBe(202);
    await tell(person, { id: failed.id, status: 'delivered', ...opaque });
    await tell(person, { id: failed.id, status: 'failed', errors: [{ code: 131026 }] });
    const again = await until(
      'it is sent again',
      () => sentTo(person).filter(({ text, status }) => text === answer && status === 200)[1],
    );
    world.meta.control.set({ latencyMs: 0 });
    await until('it is sent', async () => (await state()) === 'sent');
    await tell(person, { id: failed.id, status: 'failed', ...failure });
    await tell(person, { id: failed.id, status: 'failed', errors: [{ code: 131026 }] });
    expect(await state()).toBe('sent');
    await tell(person, { id: again.id, status: 'delivered', biz_opaque_callback_data: opaqueOf(again.id!) });
    await until('it is delivered', async () => (await state()) === 'delivered');
    expect(await lettersOf((await stored(answer))!)).toHaveLength(1);
  });

  test('one that says that the account is locked stops the connection, and says so', async () => {
    expect(await health()).toBe('healthy');
    const person = somebody();
    await onWhatsApp(person, whatsAppText('before the lock'));
    const { id } = await sentText(person, 'echo: before the lock');
    const { entry } = whatsApp(tenant.phoneNumberId, person, []) as { entry: [{ changes: [{ value: object }] }] };
    const [{ changes: [{ value }] }] = entry; // prettier-ignore
    const statuses = [{ id, status: 'failed', timestamp: '1788263900', errors: [{ code: 131031 }] }];
    Object.assign(value, { statuses });
    await postSigned(tenant.whatsApp, { object: 'whatsapp_business_account', entry }, tenant);
    await until('it is unhealthy', async () => (await health()) === 'unhealthy');
    took(await tenant.call('POST', `/connections/${tenant.whatsApp.split('/').at(-1)}/check`), 'check');
    expect(await health()).toBe('healthy');
  });
});

test('films go out no faster than the page may send them: the platform never has to say so', async () => {
  const url = 'https://files.acme.example/a.mp4';
  world.bot.answer(() => ({ body: JSON.stringify({ messages: [{ type: 'video', url }] }) }));
  const audience = Array.from({ length: 15 }, somebody);
  const say = (from: Person) =>
    postSigned(tenant.messenger, messenger(tenant.pageId, from.psid, messengerText('a film, please')), tenant);
  await Promise.all(audience.map(say));
  const films = (): number[] =>
    world.meta.calls.flatMap(({ method, status, body }) =>
      method === 'POST' && JSON.stringify(body).includes(url) ? status : [],
    );
  await until('all were shown', () => films().filter((status) => status === 200).length === audience.length);
  expect(films().filter((status) => status !== 200)).toEqual([]);
});

test.each([
  ['WhatsApp', (from: Person, text: string) => onWhatsApp(from, whatsAppText(text))],
  ['Messenger', (from: Person, text: string) => postSigned(tenant.messenger, messenger(tenant.pageId, from.psid, messengerText(text)), tenant)],
] as const)('what %s took without our hearing of it is not sent twice: it has a moment to tell', async (channel, writes) => {
  const person = somebody();
  await writes(person, 'hello');
  await sentText(person, 'echo: hello');
  world.meta.control.set({ faults: [{ kind: 'disconnect-after-accept' }], statusDelayMs: 1_000 });
  await writes(person, `lost on ${channel}`);
  const text = `echo: lost on ${channel}`;
  await sentText(person, text);
  await until('it is known to have gone out', async () => /^(sent|delivered|read)$/.test((await stored(text))?.state ?? ''));
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(sentTo(person).filter((one) => one.text === text)).toHaveLength(1);
}); // prettier-ignore

describe('a receipt of the person', () => {
  const say = (person: Person, event: object) =>
    postSigned(tenant.messenger, messenger(tenant.pageId, person.psid, { ...event }), tenant);
  const conversationWith = async (text: string): Promise<{ readonly id: string; readonly lastInboundAt: string }> => {
    const { items } = took(await tenant.call('GET', '/conversations?purpose=support&limit=200'), 'conversations');
    for (const one of items as readonly { readonly id: string; readonly lastInboundAt: string }[]) {
      const page = took(await tenant.call('GET', `/conversations/${one.id}/messages?purpose=support`), 'messages');
      if ((page['items'] as readonly Stored[]).some(({ content }) => content?.text === text)) return one;
    }
    throw new Error(`no conversation has "${text}"`);
  };

  test('says that they read what was delivered: not what failed, and it is no message that opens the window', async () => {
    const person = somebody();
    await say(person, messengerText('first'));
    await sentText(person, 'echo: first');
    world.meta.control.set({ faults: [{ kind: 'error', code: 100 }] });
    await say(person, messengerText('second'));
    await until('it failed', async () => (await stored('echo: second'))?.state === 'failed');
    const before = await conversationWith('echo: second');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await say(person, { read: { watermark: Date.now() + 1_000 } });
    await until('what was delivered is read', async () => (await stored('echo: first'))?.state === 'read');
    expect((await stored('echo: second'))?.state).toBe('failed');
    expect((await conversationWith('echo: second')).lastInboundAt).toBe(before.lastInboundAt);
  });
});

describe('a connection from which the platform takes nothing', () => {
  const path = (): string => `/connections/${tenant.whatsApp.split('/').at(-1)}`;
  const letters = async (): Promise<number> =>
    (took(await tenant.call('GET', '/dead-letters?limit=200'), 'dead letters')['items'] as unknown[]).length;

  test('holds what is due, without trying each; when it works again all of it goes out in order', async () => {
    const [first, second] = [somebody(), somebody()];
    const before = await letters();
    world.meta.control.set({ tokens: ['another'] });
    await onWhatsApp(first, whatsAppText('one'), whatsAppText('two'));
    const stopped = await until('it is stopped', async () => {
      const connection = took(await tenant.call('GET', path()), 'the connection');
      return connection['stoppedAt'] !== null && connection;
    });
    expect(stopped).toMatchObject({ health: 'unhealthy', healthReason: 'credentials:190' });
    await onWhatsApp(second, whatsAppText('three'));
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect([sentTo(first).length, sentTo(second).length]).toEqual([1, 0]);
    expect(await letters()).toBe(before);
    const checked = took(await tenant.call('POST', `${path()}/check`), 'the check');
    expect(checked).toMatchObject({ health: 'unhealthy', stoppedAt: stopped['stoppedAt'] });
    const enter = (settings: object) => tenant.call('POST', `${path()}/settings`, { settings });
    expect((await enter({ phoneNumberId: '1' })).status).toBe(400);
    expect((await enter({ accessToken: '' })).status).toBe(400);
    const entered = took(await enter({ accessToken: 'another' }), 'the new token');
    expect(entered).toMatchObject({
      health: 'healthy',
      stoppedAt: null,
      settings: { phoneNumberId: tenant.phoneNumberId },
    });
    await sentText(first, 'echo: two');
    await sentText(second, 'echo: three');
    const texts = sentTo(first).flatMap(({ text, status }) => (status === 200 ? text : []));
    expect(texts.slice(1)).toEqual(['echo: one', 'echo: two']);
    expect(await letters()).toBe(before);
    world.meta.control.set({ tokens: null });
  });
});

test('a long answer that is held up half-way goes on where it was, and nothing of it comes twice', async () => {
  const person = somebody();
  // Notice, answer and one part at once, the next ones when that is lifted; what became of the first is said before.
  world.meta.control.set({ pair: { burst: 3, everyMs: 3_600_000 }, statusDelayMs: 5 });
  await onWhatsApp(person, whatsAppText('hello'));
  await sentText(person, 'echo: hello');
  const sentences = Array.from({ length: 260 }, (_, n) => `This is the sentence with the number ${n}, no more.`);
  world.bot.answer(() => says(sentences.join(' ')));
  await onWhatsApp(person, whatsAppText('tell me everything'));
  const parts = () => sentTo(person).filter(({ text }) => text.startsWith('This is'));
  const taken = () => parts().filter(({ status }) => status === 200);
  await until('it is held up', () => parts().some(({ status }) => status !== 200));
  world.meta.control.set({ pair: null });
  await until(
    'all of it went out',
    () =>
      taken()
        .map(({ text }) => text)
        .join(' ') === sentences.join(' '),
  );
  expect(taken()).toHaveLength(4);
  await until('it is read', async () => (await stored(sentences.join(' ')))?.state === 'read');
  await onWhatsApp(person, whatsAppText('the first part', { context: { from: '15550783881', id: taken()[0]!.id } }));
  const ours = await stored(sentences.join(' '));
  expect((await heard('the first part')).body.message.target).toBe(ours?.id);
  world.meta.control.set({ pair: { burst: 45, everyMs: 6_000 }, statusDelayMs: 20 });
});
