// What is an answer to the question for age: its buttons at any time, its words only where nothing else can be meant.
import { askedOn, deliver, served, unserved } from './asked.js';
import type { Change } from './line.js';
import { startLineToMeta } from './number.js';

const asked = await startLineToMeta();
const { meta } = asked;
const somebody = askedOn(asked);

const minors =
  (change: Change): Change =>
  (d) => (change(d), Object.assign(d, { minors: { mode: 'refuse' } }));
type One = Awaited<ReturnType<typeof somebody>>;
const ages = async (one: One) =>
  (await one.t.query<{ state: string }>('SELECT state FROM parley.age_event WHERE tenant_id = $1 ORDER BY id')).map(
    ({ state }) => state,
  );
const QUESTION = 'are you 16 or older?';

describe('a word', () => {
  it.each([
    ['yes', 'declared-adult'],
    ['no', 'declared-minor'],
    ['I am 34', 'declared-adult'],
  ])('%s answers the question that was said last', async (word, state) => {
    const one = await somebody(minors(served));
    await one.says('hello');
    await one.says(word);
    expect([await ages(one), one.heard()]).toEqual([['asked', state], ['hello']]);
  });

  it.each(['yes', 'no', '17'])('%s to what the bot asked since is the bot’s', async (word) => {
    const one = await somebody(minors(served), deliver);
    await one.says('hello');
    await one.says('order 12');
    await one.says(word);
    expect([await ages(one), one.heard()]).toEqual([['asked'], ['hello', 'order 12', word]]);
  });

  it('that quotes the question answers it, whatever was said since', async () => {
    const one = await somebody(minors(served), deliver);
    await one.says('hello');
    const context = { from: '15550783881', id: one.idOf(QUESTION) };
    await one.says('order 12');
    await one.says('yes', { context });
    expect(await ages(one)).toEqual(['asked', 'declared-adult']);
  });

  it('that may answer something else has the question asked anew where nothing else serves the person', async () => {
    const one = await somebody(minors(unserved));
    await one.says('hello');
    await one.staff('Shall we come on Monday?');
    await one.says('no');
    expect([await ages(one), one.questions(QUESTION)]).toEqual([['asked', 'asked'], 2]);
    await one.says('yes');
    expect((await ages(one)).at(-1)).toBe('declared-adult');
  });
});

describe('a button of the question for age', () => {
  const button = (answer: 'yes' | 'no') =>
    JSON.stringify(meta.asked.at(-1)!.body).match(new RegExp(`age:[^"]*${answer}:[^"]*`))![0];

  it.each([
    ['yes', 'declared-adult'],
    ['no', 'declared-minor'],
  ] as const)('for %s counts: %s', async (answer, state) => {
    const one = await somebody(minors(unserved));
    await one.says('hello');
    await one.presses(button(answer), answer);
    expect(await ages(one)).toEqual(['asked', state]);
  });

  it.each<[string, (one: One) => string | Promise<string>]>([
    ['from before they had a seal', () => 'age:yes'],
    ['made of what everybody knows', () => 'age:16:yes:AAAAAAAAAAAAAAAAAAAAAA'],
    ['under the question, turned round', () => button('no').replace(':no', ':yes')],
    ['under the question to somebody else', async (one) => (await one.other('hello'), button('yes'))],
    ['that a bot made', () => 'deliver-monday'],
  ])('is no answer where it is one %s', async (_, idOf) => {
    const one = await somebody(minors(unserved));
    await one.says('hello');
    await one.presses(await idOf(one), 'Yes');
    expect(await ages(one)).not.toContain('declared-adult');
  });
});
