// One request with thousands of messages, which whoever has an app's secret can sign: others are answered while it is taken in.
import { whatsAppText } from '../../../test/support/webhooks.js';
import { inPieces } from '../src/in-pieces.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';

const { line } = await startLineToMeta();

async function number() {
  const t = await line.tenant(withNumber);
  const own = String(Math.random()).slice(2, 14);
  return { t, number: await startNumber(line, t, { account: `1${own}`, portfolio: `2${own}` }) };
}

let people = 0;
const somebody = () => {
  const n = String((people += 1)).padStart(6, '0');
  return { phone: `49155520${n}`, user: `DE.40000000000${n}` };
};

/** How often `small` was done, one after the other, while `large` was. */
async function besides(large: () => Promise<unknown>, small: () => Promise<unknown>): Promise<number> {
  await small();
  let going = true;
  let times = 0;
  const done = large().finally(() => (going = false));
  while (going) {
    await small();
    if (going) times += 1;
  }
  await done;
  return times;
}

it('of one person: all are kept, each once and in order', async () => {
  const { t, number: one } = await number();
  const anna = somebody();
  const texts = Array.from({ length: 4_000 }, (_, n) => `message ${n}`);
  const messages = texts.map((text, n) => whatsAppText(text, { id: `wamid.${n}` }));
  expect((await one.posts(anna, ...messages)).length).toBe(texts.length);
  // Of what a part that failed left behind, the next delivery makes nothing new.
  expect(await one.posts(anna, ...messages)).toEqual([]);
  expect((await t.held()).map((body) => (body?.content?.type === 'text' ? body.content.text : null))).toEqual(texts);
});

it('its stages are gone through in pieces, each of a moment', async () => {
  /** A millisecond of work. */
  const work = (n: number): number => {
    const end = performance.now() + 1;
    while (performance.now() < end);
    return n;
  };
  const list = Array.from({ length: 300 }, (_, n) => n);
  let turns = 0;
  let going = true;
  const count = (): void => void (going && ((turns += 1), setImmediate(count)));
  setImmediate(count);
  const made = inPieces(list, work);
  expect(made).toBeInstanceOf(Promise);
  expect(await made).toEqual(list);
  going = false;
  expect(turns).toBeGreaterThan(10);
  // A few are done at once: most requests have one.
  expect(inPieces([1, 2, 3], work)).toEqual([1, 2, 3]);
});

it('of many persons: they leave the database to others', async () => {
  const one = await number();
  const many = Array.from({ length: 400 }, somebody);
  const times = await besides(
    () => one.number.postsOf(many, whatsAppText('hello')),
    () => line.store.conversation(one.t.id, one.t.id),
  );
  expect(times).toBeGreaterThan(50);
  expect((await one.t.rows()).length).toBe(400);
});
