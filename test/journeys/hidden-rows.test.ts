// A web chat's feed has rows that show nothing: they hide nothing of what comes after them.
import { WebSocket } from 'ws';
import { keepingAll } from '../canary/keeping-all.js';
import { acme, took } from '../support/acme.js';
import { exchange } from '../support/gateway.js';
import { until } from '../support/until.js';
import { visit, type Shown, type Visitor } from '../support/web-chat.js';
import { startWorld, type World } from '../support/world.js';

/** More than a page of the stream (20), and of what is fetched (100). */
const REACTIONS = 105;

let world: World;
let visitor: Visitor;
/** After the first message. */
let watermark: string;

const asked = async (path: string): Promise<Readonly<Record<string, unknown>>> =>
  took(
    await exchange(`${world.gateway.url}/v3/directline/conversations/${visitor.conversationId}${path}`, {
      headers: { authorization: `Bearer ${visitor.token}` },
    }),
    path,
  );
const textsOf = (activities: unknown): readonly unknown[] => (activities as readonly Shown[]).map(({ text }) => text);

beforeAll(async () => {
  world = await startWorld();
  world.bot.answer(() => ({}));
  const tenant = await acme(world.gateway, keepingAll(world.bot.url));
  visitor = await visit(world.gateway.url, tenant.siteKey);
  const { id } = took(await visitor.post({ type: 'message', text: 'first' }), 'first');
  await until('the notice is there', async () => (await visitor.shown()).length === 2);
  watermark = String((await asked('/activities'))['watermark']);
  for (let n = 0; n < REACTIONS; n++) {
    const reaction = { type: 'messageReaction', replyToId: id, reactionsAdded: [{ type: 'like' }] };
    took(await visitor.post(reaction), 'a reaction');
  }
  took(await visitor.post({ type: 'message', text: 'last' }), 'last');
});
afterAll(() => world.end());

test('what is fetched ends with a page without activities, and not before', async () => {
  const { activities, ...page } = await asked(`/activities?watermark=${watermark}`);
  expect(textsOf(activities)).toEqual(['last']);
  expect(page).toEqual({ watermark: String(Number(watermark) + REACTIONS + 1) });
  expect(await asked(`/activities?watermark=${String(page['watermark'])}`)).toMatchObject({ activities: [] });
});

test.each(['', 'after the first'])('a stream comes to the end of the feed, from "%s"', async (from) => {
  const after = from === '' ? '' : watermark;
  const { streamUrl } = await asked(`?watermark=${after}`);
  const heard: unknown[] = [];
  const stream = new WebSocket(String(streamUrl));
  stream.on('message', (frame: Buffer) => {
    heard.push(...textsOf((JSON.parse(frame.toString()) as { readonly activities: unknown }).activities));
  });
  try {
    await until('all was shown', () => heard.includes('last'));
    const shown = from === '' ? ['first', expect.any(String), 'last'] : ['last'];
    expect(heard.slice(0, shown.length)).toEqual(shown);
    took(await visitor.post({ type: 'message', text: `and then, "${from}"` }), 'one more');
    await until('it goes on', () => heard.at(-1) === `and then, "${from}"`);
  } finally {
    stream.terminate();
  }
});
