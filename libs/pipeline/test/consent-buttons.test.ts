// The buttons of the question for consent: each names the question that it stands under.
import { createHash } from 'node:crypto';
import { askedOn, deliver, served, TEXT, unserved, type Doc } from './asked.js';
import type { Change } from './line.js';
import { startLineToMeta } from './number.js';

const asked = await startLineToMeta();
const { line, meta } = asked;
const somebody = askedOn(asked);

describe('a button of the question', () => {
  it('answers whatever was said since, as long as the question stands', async () => {
    const one = await somebody(served, deliver);
    await one.says('hello');
    await one.says('order 12');
    await one.ago('170 days');
    await one.answers('yes');
    expect(await one.states()).toEqual(['requested', 'given']);
  });

  it('takes back what the other one gave, and is not for the bot', async () => {
    const one = await somebody(served);
    await one.says('hello');
    await one.answers('yes');
    await one.answers('no');
    expect(await one.states()).toEqual(['requested', 'given', 'withdrawn']);
    expect([one.rights(), one.heard()]).toEqual([['withdrawal'], ['hello']]);
    expect(JSON.stringify(meta.asked.at(-1)!.body)).toMatch(/withdrawn.*receipts/);
    expect(await one.stopped()).toBe(false);
  });

  it('for no overtakes what is queued under the consent', async () => {
    const letter = { messages: ['one', 'two', 'three'].map((text) => ({ type: 'text', text })) };
    const one = await somebody(unserved, () => ({ body: letter }));
    await one.says('hello');
    await one.answers('yes');
    expect(meta.asked.length).toBe(5);
    let pressed: Promise<void> | undefined;
    line.bot.answer(() => {
      pressed ??= one.taken('no');
      return { body: letter, after: pressed };
    });
    await one.says('more');
    await line.work();
    expect([(await one.states()).at(-1), meta.asked.length]).toEqual(['withdrawn', 6]);
  });

  it('that says once more what stands changes nothing', async () => {
    const one = await somebody(served);
    await one.says('hello');
    await one.answers('yes');
    const sent = meta.asked.length;
    await one.answers('yes');
    await one.answers('no');
    await one.answers('no');
    expect([await one.states(), meta.asked.length, one.heard()]).toEqual([
      ['requested', 'given', 'withdrawn'],
      sent + 1,
      ['hello'],
    ]);
  });

  it('of a consent that was refused has it asked anew: the text may be another one by now', async () => {
    const one = await somebody(served);
    await one.says('hello');
    await one.answers('no');
    await one.answers('yes');
    expect([await one.states(), one.questions()]).toEqual([['requested', 'refused', 'requested'], 2]);
    await one.answers('yes');
    expect(await one.states()).toEqual(['requested', 'refused', 'requested', 'given']);
  });

  /** Somebody who was asked, and asked once more after the instructions had changed. */
  async function askedTwice(change: object) {
    const one = await somebody(unserved);
    await one.says('hello');
    await one.t.approve((d) => (unserved(d), Object.assign(d, { texts: { ask: { ...TEXT, ...change } } })));
    await one.says('START');
    expect(await one.states()).toEqual(['requested', 'requested']);
    return one;
  }

  it.each([
    ['of another version', { version: '2' }],
    ['that read otherwise', { en: 'May we send you news by mail?' }],
  ])(
    '%s gives no consent by its yes: the question that stands is asked once more; its no counts',
    async (_, change) => {
      const one = await askedTwice(change);
      const [older] = one.buttons('yes');
      await one.presses(older!, 'Yes');
      expect([await one.states(), one.heard()]).toEqual([['requested', 'requested', 'requested'], []]);
      await one.answers('yes');
      expect((await one.states()).at(-1)).toBe('given');
      await one.presses(older!, 'Yes');
      expect((await one.states()).slice(3)).toEqual(['given']);
      await one.presses(one.buttons('no')[0]!, 'No');
      expect((await one.states()).slice(3)).toEqual(['given', 'withdrawn']);
    },
  );

  /** Two texts where there was one, none of them called like it. */
  const split: Change = (d) => {
    unserved(d);
    const { purposes } = d as unknown as Doc;
    const news = { ...purposes['news'], consent: 'mail' };
    Object.assign(d, { purposes: { news, more: { ...news, consent: 'more' } }, texts: { mail: TEXT, more: TEXT } });
  };

  it.each([
    ['given', ['requested', 'given', 'requested', 'withdrawn']],
    ['asked', ['requested', 'requested', 'refused']],
  ])('for no takes back what was %s by a text that is not there any more, and nothing else', async (state, states) => {
    const one = await somebody(unserved);
    await one.says('hello');
    const [no] = one.buttons('no');
    if (state === 'given') await one.answers('yes');
    await one.t.approve(split);
    await one.says('START');
    await one.presses(no!, 'No');
    expect((await one.states()).slice(0, states.length)).toEqual(states);
    const purposes = await one.t.query<{ purpose: string }>(
      "SELECT purpose FROM parley.consent_event WHERE tenant_id = $1 AND state IN ('refused', 'withdrawn')",
    );
    expect(purposes).toEqual([{ purpose: 'news' }]);
    expect(one.heard()).not.toContain('No');
  });

  it('stays theirs when the platform gives them another id', async () => {
    const one = await somebody(served);
    await one.says('hello');
    const [yes, no] = [one.buttons('yes')[0]!, one.buttons('no')[0]!];
    await one.changesId();
    await one.presses(yes, 'Yes');
    await one.presses(no, 'No');
    expect((await one.states()).slice(-2)).toEqual(['given', 'withdrawn']);
  });

  it('of a text by which nobody was asked is no answer', async () => {
    const one = await somebody(served);
    await one.says('hello');
    await one.presses('consent:other:no', 'No');
    expect(await one.states()).toEqual(['requested']);
  });

  it('need not be pressed: no that quotes an earlier question counts, yes does not', async () => {
    const one = await somebody(unserved);
    await one.says('hello');
    const context = { from: '15550783881', id: one.idOf('May we send news?') };
    await one.t.approve(
      (d) => (unserved(d), Object.assign(d, { texts: { ask: { ...TEXT, version: '2', en: 'May we write?' } } })),
    );
    await one.says('START');
    await one.says('yes', { context });
    expect(await one.states()).not.toContain('given');
    await one.says('no', { context });
    expect((await one.states()).at(-1)).toBe('refused');
  });

  it('whose wording was put right since, but not asked again, has what it asked agreed to', async () => {
    const one = await somebody(unserved);
    await one.says('hello');
    const shown = await one.t.query<{ hash: string }>(
      'SELECT text_hash AS hash FROM parley.consent_event WHERE tenant_id = $1',
    );
    await one.t.approve(
      (d) => (unserved(d), Object.assign(d, { texts: { ask: { ...TEXT, en: 'May we  send news?' } } })),
    );
    await one.answers('yes');
    expect(await one.states()).toEqual(['requested', 'given']);
    const hashes = await one.t.query<{ hash: string }>(
      'SELECT text_hash AS hash FROM parley.consent_event WHERE tenant_id = $1',
    );
    expect(hashes).toEqual([...shown, ...shown]);
  });
});

describe('a button that the gateway did not put there for this person', () => {
  /** Of what was asked, what anybody can know who knows the instructions. */
  async function known(one: Awaited<ReturnType<typeof somebody>>): Promise<string> {
    const [asked] = await one.t.query<{ scope: string; hash: string }>(
      'SELECT scope, text_hash AS hash FROM parley.consent_event WHERE tenant_id = $1',
    );
    return createHash('sha256').update(`${asked!.scope} ${asked!.hash}`).digest('base64url').slice(0, 12);
  }
  type One = Awaited<ReturnType<typeof somebody>>;
  const flipped = (id: string): string => id.replace(':no', ':yes');

  it.each<[string, (one: One) => string | Promise<string>]>([
    ['from before buttons named their question', () => 'consent:ask:yes'],
    ['made of what everybody knows', async (one) => `consent:ask:${await known(one)}:yes`],
    ['under the question, the answer turned round', (one) => flipped(one.buttons('no').at(-1)!)],
    ['cut', (one) => one.buttons('yes').at(-1)!.slice(0, -1)],
    ['under the question to somebody else', async (one) => (await one.other('hello'), one.buttons('yes').at(-1)!)],
  ])('gives no consent by its yes, %s: they are asked anew', async (_, idOf) => {
    const one = await somebody(unserved);
    await one.says('hello');
    const id = await idOf(one);
    const before = [await one.states(), one.questions()] as const;
    await one.presses(id, 'Yes');
    expect([await one.states(), one.questions()]).toEqual([[...before[0], 'requested'], before[1] + 1]);
    await one.answers('yes');
    expect((await one.states()).at(-1)).toBe('given');
  });

  it.each<[string, (one: One) => string | Promise<string>]>([
    ['from before buttons named their question', () => 'consent:ask:no'],
    ['made of what everybody knows', async (one) => `consent:ask:${await known(one)}:no`],
    ['under the question to somebody else', async (one) => (await one.other('hello'), one.buttons('no').at(-1)!)],
  ])('takes nothing back by its no, %s; marketing stops, and the controller is told', async (_, idOf) => {
    const one = await somebody(served);
    await one.says('hello');
    await one.answers('yes');
    const id = await idOf(one);
    const before = await one.states();
    await one.presses(id, 'No');
    expect(await one.states()).toEqual(before);
    const unsure = await one.t.query(
      "SELECT FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf::text LIKE '%unsure%'",
    );
    expect([unsure.length, await one.stopped()]).toEqual([1, true]);
  });
});
