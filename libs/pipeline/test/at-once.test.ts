// Where a conversation is worked on: here at once, here once more, or wherever the queue brings it.
import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { createAtOnce } from '#libs/pipeline';
import { createLogger, type Wake } from '#libs/platform';

const tenantId = randomUUID();
const wakeOf = (conversationId: string, delayMs?: number): Wake => ({
  tenantId,
  conversationId,
  ...(delayMs === undefined ? {} : { delayMs }),
});

/** Work that ends when it is let go; what was queued instead is listed. */
function world(hands: number | null) {
  const queued: Wake[] = [];
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const to = Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { isTTY: false });
  const atOnce = createAtOnce(
    (wakes) => void queued.push(...wakes),
    createLogger({ logLevel: 'error', logFormat: 'json', to }),
  );
  const process = async (_tenant: string, conversation: string): Promise<void> => {
    begun.push(conversation);
    if (conversation === 'broken') throw new Error('broken');
    await new Promise<void>((resolve) => ends.push(resolve));
  };
  if (hands !== null) atOnce.start(process, hands);
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
  return { atOnce, queued, begun, ends, turn };
}

it('a process that only takes in queues everything', () => {
  const { atOnce, queued, begun } = world(null);
  atOnce.wake([wakeOf('a')]);
  expect([queued, begun]).toEqual([[wakeOf('a')], []]);
});

it('begins what a hand is free for, and queues the rest and what must wait', () => {
  const { atOnce, queued, begun } = world(2);
  atOnce.wake([wakeOf('later', 50), wakeOf('a'), wakeOf('b'), wakeOf('c')]);
  expect([queued, begun]).toEqual([
    [wakeOf('later', 50), wakeOf('c')],
    ['a', 'b'],
  ]);
});

it('works once more on what was woken meanwhile, however often, and never twice at a time', async () => {
  const { atOnce, queued, begun, ends, turn } = world(1);
  for (let n = 0; n < 4; n++) atOnce.wake([wakeOf('a')]);
  expect(begun).toEqual(['a']);
  ends.shift()!();
  await turn();
  expect(begun).toEqual(['a', 'a']);
  ends.shift()!();
  await turn();
  expect([begun, queued]).toEqual([['a', 'a'], []]);
});

it('leaves what fails to the queue, for later, and has its hand free again', async () => {
  const { atOnce, queued, begun, turn } = world(1);
  atOnce.wake([wakeOf('broken')]);
  await turn();
  expect(queued).toEqual([wakeOf('broken', 1_000)]);
  atOnce.wake([wakeOf('a')]);
  expect(begun).toEqual(['broken', 'a']);
});

it('closing waits for what runs, and begins nothing more', async () => {
  const { atOnce, queued, begun, ends, turn } = world(2);
  atOnce.wake([wakeOf('a')]);
  let closed = false;
  const closing = atOnce.close().then(() => (closed = true));
  atOnce.wake([wakeOf('b')]);
  await turn();
  expect([closed, begun, queued]).toEqual([false, ['a'], [wakeOf('b')]]);
  ends.shift()!();
  await closing;
  expect(closed).toBe(true);
});

it('what the queue brings waits in line for a free hand', async () => {
  const { atOnce, queued, begun, ends, turn } = world(1);
  atOnce.wake([wakeOf('a')]);
  const line = Promise.all(['b', 'c'].map((id) => atOnce.take(wakeOf(id))));
  await turn();
  expect(begun).toEqual(['a']);
  ends.shift()!();
  await turn();
  expect(begun).toEqual(['a', 'b']);
  ends.shift()!();
  await line;
  expect([begun, queued]).toEqual([['a', 'b', 'c'], []]);
});

it('what is in line when it closes goes back into the queue', async () => {
  const { atOnce, queued, begun, ends, turn } = world(1);
  atOnce.wake([wakeOf('a')]);
  const waiting = atOnce.take(wakeOf('b'));
  await turn();
  const closing = atOnce.close();
  await waiting;
  ends.shift()!();
  await closing;
  expect([begun, queued]).toEqual([['a'], [wakeOf('b')]]);
});

it('while a conversation waits for somebody else its hand is free for another, within bounds', async () => {
  const queued: Wake[] = [];
  const begun: string[] = [];
  const answers: (() => void)[] = [];
  const atOnce = createAtOnce(
    (wakes) => void queued.push(...wakes),
    createLogger({ logLevel: 'silent', logFormat: 'json' }),
  );
  atOnce.start(async (_tenant, conversation) => {
    begun.push(conversation);
    await atOnce.aside(() => new Promise<void>((resolve) => answers.push(resolve)));
  }, 2);
  const wakes = Array.from({ length: 30 }, (_, n) => wakeOf(`c${n}`));
  atOnce.wake(wakes);
  // Ten times as many as there are hands, and no more.
  expect([begun.length, queued.length]).toEqual([20, 10]);
  for (const answer of answers.splice(0)) answer();
  await new Promise((resolve) => setTimeout(resolve, 20));
  atOnce.wake([wakeOf('and one more')]);
  expect(begun.at(-1)).toBe('and one more');
});
