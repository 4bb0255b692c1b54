// Rights in the chat, from outside: each of the seven, by keyword and in free words, is a request with its evidence; also of whoever is restricted.
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { echo } from '../support/bot.js';
import { until } from '../support/until.js';
import { visit, type Visitor } from '../support/web-chat.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let tenant: Acme;

/** Support needs no consent, news does: it is asked for with the first answer. */
const document = () => {
  const base = instructions(world.bot.url) as { texts: object; purposes: object; recipients: { bot: object } };
  return {
    ...base,
    purposes: {
      ...base.purposes,
      news: { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content'] },
    },
    texts: { ...base.texts, ask: { version: '1', en: 'News?', accept: { en: ['yes'] }, refuse: { en: ['no'] } } },
    retention: ['content', 'routing', 'attachments', 'consent-record'].map((data) => ({ data, period: 'P30D' })),
    recipients: { bot: { ...base.recipients.bot, purposes: ['support', 'news'] } },
  };
};

beforeAll(async () => {
  world = await startWorld();
  tenant = await acme(world.gateway, document());
  world.bot.answer(echo);
});
afterAll(() => world.end());

type Request = Record<string, unknown>;
let visitors = 0;

async function somebody() {
  const user = `dl_somebody_whom_nobody_guesses_${++visitors}`;
  const chat = await visit(world.gateway.url, tenant.siteKey, { user });
  const subject = { channel: 'web', kind: 'visitor_id', value: user };
  const before = new Set((await requests()).map(({ id }) => id));
  const says = (text: string) => chat.post({ type: 'message', text });
  /** What came of it since they were there. */
  const own = async (): Promise<Request[]> => (await requests()).filter(({ id }) => !before.has(id));
  const exercised = (right: string, state: string): Promise<Request> =>
    until(`${right} is ${state}`, async () =>
      (await own()).find((one) => one['source'] === 'chat' && one['right'] === right && one['state'] === state)); // prettier-ignore
  return { chat, subject, says, own, exercised };
}

const requests = async (): Promise<Request[]> =>
  took(await tenant.call('GET', '/requests?limit=200'), 'requests')['items'] as Request[];
const evidence = async ({ id }: Request): Promise<unknown> =>
  took(await tenant.call('GET', `/requests/${String(id)}`), 'the request')['evidence'];
const told = (chat: Visitor, what: string): Promise<unknown> =>
  until(`they are told "${what}"`, async () => (await chat.texts()).some((text) => text.includes(what)));

it.each([
  ['MY DATA', 'access', 'completed', 'a copy of your data'],
  ['export my data', 'portability', 'completed', 'a copy of your data'],
  ['please correct my personal data', 'rectification', 'awaiting-approval', 'what is right'],
  ['DELETE MY DATA', 'erasure', 'completed', null],
  ['restrict the processing of my data', 'restriction', 'completed', 'not answered'],
  ['I object to the processing of my data', 'objection', 'completed', 'your objection'],
  ['STOP', 'withdrawal', 'completed', 'Your consent is withdrawn'],
  ['I withdraw my consent', 'withdrawal', 'completed', 'Your consent is withdrawn'],
])('"%s" is a request for %s, and the person is told', async (words, right, state, sentence) => {
  const { chat, says, exercised, own } = await somebody();
  await says(`hello from ${visitors}`);
  await told(chat, `echo: hello from ${visitors}`);
  await says(words);
  await exercised(right, state);
  if (sentence) await told(chat, sentence);
  expect(world.bot.heard(words)).toEqual([]);
  // Who objects takes back what they had agreed to, too.
  expect((await own()).map((one) => one['right'])).toEqual(right === 'objection' ? ['withdrawal', right] : [right]);
}); // prettier-ignore

it('a withdrawal says what it ended; said again it is no new one, and what was agreed to since stands', async () => {
  const { chat, says, exercised, own } = await somebody();
  await says('hello');
  await told(chat, 'News?');
  await says('yes');
  await told(chat, 'that is noted');
  await says('STOP');
  expect(await evidence(await exercised('withdrawal', 'completed'))).toMatchObject({
    withdrawn: ['news'],
    marketingStopped: true,
  });
  const texts = await chat.texts();
  expect(texts.filter((text) => /carried out/.test(text))).toEqual([]);
  await says('STOP');
  await told(chat, 'we will not write to you of our own accord');
  expect(await own()).toHaveLength(1);
  /** A yes answers a question that is there to be read. */
  const again = async (): Promise<void> => {
    const asked = async () => (await chat.texts()).filter((text) => text.includes('News?')).length;
    const before = await asked();
    await says('START');
    await until('they are asked again', async () => (await asked()) > before);
    await says('yes');
  };
  await again();
  await says('STOP');
  await again();
  await until('it is withdrawn twice', async () => (await own()).filter(({ state }) => state === 'completed').length === 2); // prettier-ignore
  const consents = took(await tenant.call('GET', '/consents?limit=500'), 'consents')['items'] as { subject: string; state: string }[]; // prettier-ignore
  expect(consents.at(-1)!.state).toMatch(/^(given|renewed)$/);
});

it('a no by the button of the question is a withdrawal of that consent, and stops no other marketing', async () => {
  const { chat, says, exercised } = await somebody();
  await says('hello');
  await told(chat, 'News?');
  await says('yes');
  await told(chat, 'that is noted');
  await chat.press('No');
  const asked = await exercised('withdrawal', 'completed');
  expect(await evidence(asked)).toMatchObject({ withdrawn: ['news'], marketingStopped: false });
  await told(chat, 'Your consent is withdrawn');
});

it('whoever restricted what is done with their data still withdraws, has a copy, and is erased', async () => {
  const { chat, says, exercised, subject } = await somebody();
  await says('hello');
  await told(chat, 'echo: hello');
  const { id } = took(await tenant.call('POST', '/requests', { right: 'restriction', subject }), 'restriction');
  await until('it is restricted', async () =>
    (await requests()).some((one) => one['id'] === id && one['state'] === 'completed'),
  );
  await says('is anybody there');
  await says('STOP');
  await exercised('withdrawal', 'completed');
  await told(chat, 'withdrawn');
  await says('send me my data');
  await exercised('access', 'completed');
  await told(chat, 'The copy of your data is ready');
  expect(world.bot.heard('is anybody there')).toEqual([]);
  await says('delete my data');
  await exercised('erasure', 'completed');
});
