// What is an answer to the question for consent: its buttons at any time, its words only where nothing else can be meant.
import { createHash } from 'node:crypto';
import { ANOTHER, askedOn, deliver, QUESTION, served, TEXT, twice, type Doc, unserved } from './asked.js';
import type { Change } from './line.js';
import { startLineToMeta } from './number.js';

const asked = await startLineToMeta();
const { line } = asked;
const somebody = askedOn(asked);

describe('a word', () => {
  it('answers the question that was said last, however long ago', async () => {
    const one = await somebody(served);
    await one.says('hello');
    await one.ago('60 days');
    await one.says('Yes!');
    expect(await one.states()).toEqual(['requested', 'given']);
    expect(one.heard()).toEqual(['hello']);
  });

  it('answers the question after the time of holding where nothing else serves the person', async () => {
    const one = await somebody(unserved);
    await one.says('hello');
    await one.ago('20 minutes');
    await one.says('yes');
    expect([await one.states(), one.questions()]).toEqual([['requested', 'given'], 1]);
  });

  it.each(['0 seconds', '20 minutes', '170 days'])(
    'to what the bot asked since is the bot’s, %s later',
    async (ago) => {
      const one = await somebody(served, deliver);
      await one.says('hello');
      await one.ago(ago);
      await one.says('order 12');
      await one.says('yes');
      expect(await one.states()).toEqual(['requested']);
      expect(one.heard()).toEqual(['hello', 'order 12', 'yes']);
      await one.says('no');
      expect([await one.states(), one.heard()]).toEqual([['requested'], ['hello', 'order 12', 'yes', 'no']]);
    },
  );

  it('to what staff asked since is no consent', async () => {
    const one = await somebody(served);
    await one.says('hello');
    await one.staff('Shall we come on Monday?');
    await one.says('yes');
    expect(await one.states()).toEqual(['requested']);
  });

  it('that quotes the question answers it, whatever was said since', async () => {
    const one = await somebody(served, deliver);
    await one.says('hello');
    const id = one.idOf(QUESTION);
    await one.says('order 12');
    await one.says('yes', { context: { from: '15550783881', id: one.idOf('Deliver') } });
    expect(await one.states()).toEqual(['requested']);
    await one.says('yes', { context: { from: '15550783881', id } });
    expect(await one.states()).toEqual(['requested', 'given']);
    await one.says('no', { context: { from: '15550783881', id } });
    expect(await one.states()).toEqual(['requested', 'given', 'withdrawn']);
  });

  it('that may answer something else has the question asked anew where nothing else serves the person', async () => {
    const one = await somebody(unserved);
    await one.says('hello');
    await one.staff('Shall we come on Monday?');
    await one.says('yes');
    expect([await one.states(), one.questions()]).toEqual([['requested', 'requested'], 2]);
    await one.says('yes');
    expect(await one.states()).toEqual(['requested', 'requested', 'given']);
    expect(one.heard()).toEqual(['hello', 'yes']);
  });

  it.each([
    ['crosses the question on its way answers it', 1_000, 'given'],
    ['was there for long before the question is no answer to it', 10_000, 'requested'],
  ])('that %s', async (_, before, state) => {
    const one = await somebody(unserved);
    const anna = one.t.visitor();
    const takenMs = Date.now() - before;
    await anna.says({ text: 'hello' }, { takenMs: takenMs - 1 });
    await anna.says({ text: 'yes' }, { takenMs });
    await line.work();
    expect((await one.states()).at(-1)).toBe(state);
  });

  it('on a button of the bot is no answer to the question below it', async () => {
    const one = await somebody(served);
    await one.says('hello');
    await one.presses('deliver-monday', 'Yes');
    expect(await one.states()).toEqual(['requested']);
  });
});

describe('of two questions, each for a purpose of its own,', () => {
  it('a no to the first drops what waits for that alone: the second is asked at once, and its yes has the message', async () => {
    const one = await somebody(twice());
    await one.says('hello');
    expect(await one.waiting()).toEqual([['news', 'surveys']]);
    await one.says('no');
    expect([await one.waiting(), one.questions(ANOTHER), one.told()]).toEqual([[['surveys']], 1, []]);
    await one.says('yes');
    expect(one.told()).toEqual(['/recipients/surveys hello']);
    expect([await one.states(), (await one.words())[0]]).toEqual([['requested', 'refused', 'requested', 'given'], 'hello']);
  }); // prettier-ignore

  it('a yes to the first has it forwarded for that, and it waits on for the second', async () => {
    const one = await somebody(twice());
    await one.says('hello');
    await one.says('yes');
    expect([await one.waiting(), one.questions(ANOTHER), one.told()]).toEqual([[['surveys']], 1, ['/recipients/news hello']]);
    await one.says('yes');
    expect([await one.waiting(), one.told()]).toEqual([[], ['/recipients/news hello', '/recipients/surveys hello']]);
  }); // prettier-ignore

  it('a no to the second leaves what is kept for the first', async () => {
    const one = await somebody(twice());
    await one.says('hello');
    await one.says('yes');
    await one.says('no');
    expect([await one.waiting(), one.told(), (await one.words())[0]]).toEqual([
      [],
      ['/recipients/news hello'],
      'hello',
    ]);
  });

  it('two noes, or a word to stop, leave nothing', async () => {
    for (const words of [['no', 'no'], ['STOP']]) {
      const one = await somebody(twice());
      await one.says('hello');
      for (const word of words) await one.says(word);
      expect([await one.waiting(), one.told(), (await one.words())[0]]).toEqual([[], [], null]);
    }
  });

  it('whoever had the message already is not given it a second time', async () => {
    const one = await somebody(twice({ served: true }));
    for (const word of ['hello', 'no', 'yes']) await one.says(word);
    expect(one.told()).toEqual(['/recipients/bot hello', '/recipients/surveys hello']);
  });

  it('a recipient of several purposes is given it once, by whichever is open first', async () => {
    const all: Change = (d) => {
      twice({ served: true })(d);
      const { recipients } = d as unknown as Doc;
      Object.assign(recipients, { bot: { ...recipients['bot'], purposes: ['support', 'news'] } });
      for (const purpose of ['news', 'surveys']) Object.assign(recipients[purpose]!, { purposes: ['news', 'surveys'] });
    };
    const one = await somebody(all);
    for (const word of ['hello', 'yes', 'yes']) await one.says(word);
    expect(one.told()).toEqual(['/recipients/bot hello', '/recipients/news hello', '/recipients/surveys hello']);
    expect((await one.words())[0]).toBe('hello');
  });

  it('what waited for one purpose reaches its recipient, whatever else that one is for and was open by then', async () => {
    const one = await somebody((d) => {
      twice({ first: { meanwhile: 'discard' } })(d);
      Object.assign((d as unknown as Doc).recipients['surveys']!, { purposes: ['news', 'surveys'] });
    });
    for (const word of ['hello', 'yes', 'yes']) await one.says(word);
    expect(one.told()).toEqual(['/recipients/surveys hello']);
  });

  it('a message waits only for those by which it is held', async () => {
    const discard = { meanwhile: 'discard' };
    const first = await somebody(twice({ first: discard }));
    await first.says('hello');
    expect(await first.waiting()).toEqual([['surveys']]);
    for (const word of ['yes', 'yes']) await first.says(word);
    expect(first.told()).toEqual(['/recipients/surveys hello']);
    const second = await somebody(twice({ second: discard }));
    await second.says('hello');
    expect(await second.waiting()).toEqual([['news']]);
    for (const word of ['yes', 'again', 'yes']) await second.says(word);
    expect(second.told()).toEqual(['/recipients/news hello', '/recipients/news again']);
  });
});

it.each([
  ['yes', 'given'],
  ['no', 'refused'],
  ['STOP', 'withdrawn'],
])('the record of an answer (%s) names the wording that was asked, though it reads otherwise by then', async (word, state) => {
  const one = await somebody(served);
  await one.says('hello');
  const { en: _en, ...rest } = TEXT;
  const reworded = { ...rest, version: '1.1', de: 'Dürfen wir Neues senden?' };
  await one.t.approve((d) => (served(d), Object.assign(d, { texts: { ask: reworded } })));
  await one.says(word);
  const rows = await one.t.query<{ state: string; wording: string; version: number }>(
    `SELECT state, concat_ws(' ', text_id, text_version, language, text_hash) AS wording, instruction_version AS version
     FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id`,
  );
  const wording = `ask 1 en ${createHash('sha256').update(QUESTION).digest('hex')}`;
  expect(rows).toEqual([
    { state: 'requested', wording, version: 1 },
    { state, wording, version: 2 },
  ]);
}); // prettier-ignore

it('the record of a question names the message that asked', async () => {
  const one = await somebody(served, () => ({ body: { messages: [{ type: 'text', text: 'We open at nine.' }] } }));
  await one.says('hello');
  const [asked] = await one.consents();
  const at = (await one.t.rows()).filter(({ direction }) => direction === 'out').findIndex(({ id }) => id === asked!.message_id);
  expect((await one.t.said())[at]).toMatchObject({ type: 'text', text: QUESTION });
}); // prettier-ignore
