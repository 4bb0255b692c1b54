// On Instagram, what is more than words: reactions, marks of having read, signs of typing, files, and what is changed afterwards.
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { echo, says, type BotCall } from '../support/bot.js';
import { connectInstagram, type InstagramDoor } from '../support/instagram.js';
import { until } from '../support/until.js';
import { igMid, instagram, instagramText, postSigned } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let tenant: Acme;
let account: InstagramDoor;
let people = 0;

beforeAll(async () => {
  world = await startWorld();
  const document = instructions(world.bot.url);
  const igsid = { igsid: 'keep', message_id: 'keep' };
  tenant = await acme(world.gateway, { ...document, channels: { instagram: { identifiers: igsid } } });
  account = await connectInstagram(world.gateway.url, tenant);
});
afterAll(() => world.end());

type Body = Readonly<Record<string, unknown>>;

/** Somebody new, who has had the first notice and one answer. */
async function somebody() {
  const igsid = `17840000001${String(++people).padStart(6, '0')}`;
  const posts = (event: Body) => postSigned(account.url, instagram(account.accountId, igsid, event), tenant);
  /** What the platform took of us for this person, oldest first, once there are this many. */
  const sent = (count: number): Promise<readonly Body[]> =>
    until(`${count} calls for ${igsid}`, () => {
      const bodies = world.meta.calls.flatMap(({ method, status, body }) => {
        const call = (body ?? {}) as Body & { readonly recipient?: { readonly id?: string } };
        return method === 'POST' && status === 200 && call.recipient?.id === igsid ? [call] : [];
      });
      return bodies.length >= count ? bodies : null;
    });
  /** What the platform calls the last message that it took of us. */
  const lastMid = async (): Promise<string> => {
    await world.meta.control.idle();
    const answers = world.meta.calls.flatMap(({ answer }) => {
      const { recipient_id, message_id } = (answer ?? {}) as { recipient_id?: string; message_id?: string };
      return recipient_id === igsid && message_id ? [message_id] : [];
    });
    return answers.at(-1)!;
  };
  const id = igMid();
  const hello = `hello from ${igsid}`;
  world.bot.answer(echo);
  await posts(instagramText(hello, id));
  await sent(2);
  return { igsid, id, hello, posts, sent, lastMid };
}

/** The call that told the bot of it. */
const told = (is: (call: BotCall) => boolean): Promise<BotCall> =>
  until('the bot hears of it', () => world.bot.calls.find(is) ?? null);

interface Stored {
  readonly id: string;
  readonly direction: string;
  readonly type: string;
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

test('read, typing, a reaction and its end go out as sender actions, from the account', async () => {
  const one = await somebody();
  const id = igMid();
  world.bot.answer(() => ({
    body: JSON.stringify({
      messages: [
        { type: 'read' },
        { type: 'typing' },
        { type: 'reaction', emoji: '👍' },
        { type: 'reaction', emoji: null },
        { type: 'text', text: 'done' },
      ],
    }),
  }));
  await one.posts(instagramText('and now?', id));
  const recipient = { id: one.igsid };
  expect((await one.sent(7)).slice(2)).toEqual([
    { recipient, sender_action: 'mark_seen' },
    { recipient, sender_action: 'typing_on' },
    { recipient, sender_action: 'react', payload: { message_id: id, reaction: '👍' } },
    { recipient, sender_action: 'unreact', payload: { message_id: id } },
    { recipient, messaging_type: 'RESPONSE', message: { text: 'done' } },
  ]);
});

test('a reaction of the person reaches the bot with what it is about, and so does its end', async () => {
  const one = await somebody();
  const mid = await one.lastMid();
  const answered = (await storedWith(one.hello)).find(({ content }) => content?.text === `echo: ${one.hello}`);
  world.bot.answer(() => says());
  await one.posts({ reaction: { mid, action: 'react', reaction: 'love', emoji: '❤' } });
  const { body } = await told(({ body: turn }) => turn.event === 'reaction' && turn.message.text === '❤');
  expect(body.message).toMatchObject({ type: 'reaction', target: answered!.id });
  await one.posts({ reaction: { mid, action: 'unreact' } });
  const ended = await told(({ body: turn }) => turn.event === 'reaction' && turn.message.id !== body.message.id);
  expect(ended.body.message).toMatchObject({ type: 'reaction', target: answered!.id, text: null });
});

test('an edit replaces what was written, for the bot and in what is stored', async () => {
  const one = await somebody();
  world.bot.answer(() => says());
  await one.posts({ message_edit: { mid: one.id, text: 'I meant Thursday', num_edit: 1 } });
  const { body } = await told(({ body: turn }) => turn.event === 'edit' && turn.message.text === 'I meant Thursday');
  const [first] = world.bot.heard(one.hello);
  expect(body.message.target).toBe(first!.body.message.id);
  const rows = await until('it is reworded', async () => {
    const found = await storedWith(`echo: ${one.hello}`);
    return found.some(({ content }) => content?.text === one.hello) ? null : found;
  });
  expect(rows.find(({ id }) => id === first!.body.message.id)?.content).toMatchObject({ text: 'I meant Thursday' });
});

test('a file of the bot goes out by its address, its caption after it', async () => {
  const one = await somebody();
  const url = 'https://files.example/map.png';
  world.bot.answer(() => ({
    body: JSON.stringify({ messages: [{ type: 'image', url, caption: 'This way' }] }),
  }));
  await one.posts(instagramText('where?'));
  expect((await one.sent(4)).slice(2).map(({ message }) => message)).toEqual([
    { attachment: { type: 'image', payload: { url } } },
    { text: 'This way' },
  ]);
});

test('a file of the person is told to the bot, and is fetched from Meta’s hosts alone', async () => {
  const one = await somebody();
  const message = {
    mid: igMid(),
    attachments: [{ type: 'image', payload: { url: 'https://elsewhere.example/p.png' } }],
  };
  await one.posts({ message });
  const { body } = await told(({ body: turn }) => turn.message.type === 'image');
  expect(body.message).toMatchObject({ text: null, attachments: [] });
  const rows = await storedWith(`echo: ${one.hello}`);
  expect(rows.find(({ id }) => id === body.message.id)).toMatchObject({ direction: 'in', content: { type: 'media' } });
  expect(JSON.stringify(rows)).not.toContain('elsewhere.example');
});
