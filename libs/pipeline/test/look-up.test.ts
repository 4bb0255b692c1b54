// What no update brings is asked for at the platform: only what is instructed, only of whom it may be, and nobody's answer waits for it.
import { startFakeMeta, type FakeMeta } from '../../../apps/cli/src/fake-meta/server.js';
import { withoutIdentifier } from '../src/index.js';
import { startLine, type Change, type Line } from './line.js';
import { forPage, lookedUpIn, startPage, SUPPORT } from './page.js';

const DAY_MS = 24 * 3_600_000;

let meta: FakeMeta;
let line: Line;
beforeAll(async () => {
  meta = await startFakeMeta({ behaviour: { echoes: false, statuses: 'none' } });
  line = await startLine({ meta: meta.url });
});
afterAll(async () => {
  await line.stop();
  await meta.close();
});
interface Told {
  readonly text: string;
  readonly identifiers?: Readonly<Record<string, string>>;
}
const told: Told[] = [];
beforeEach(() => {
  meta.control.reset();
  meta.control.set({ echoes: false, statuses: 'none' });
  line.clock.ahead = 0;
  told.length = 0;
  line.bot.answer(({ body }) => {
    const { message, identifiers } = body as unknown as {
      message: { text: string };
      identifiers?: Told['identifiers'];
    };
    told.push({ text: message.text, ...(identifiers ? { identifiers } : {}) });
    return { body: { messages: [] } };
  });
});

const page = (change: Change, name = 'Ottoline Featherstone') => startPage({ line, meta }, change, name);

it('asks for what is instructed and for nothing else, once, keeps it sealed, and gives it to who may have it', async () => {
  const one = await page(forPage({ first_name: 'keep' }));
  await one.says('hello');
  await one.says('again');
  expect(one.asked()).toEqual(['first_name']);
  expect(told).toEqual([
    { text: 'hello', identifiers: { first_name: 'Ottoline' } },
    { text: 'again', identifiers: { first_name: 'Ottoline' } },
  ]);
  const [kept, ...more] = await one.profiles();
  expect(more).toEqual([]);
  const clause = '/channels/messenger/identifiers/first_name';
  expect(kept).toMatchObject({ clause, state: 'done', identifiers: { first_name: 'Ottoline' }, asked: ['first_name'] });
  expect(kept!.sealed).not.toContain('Ottoline');
  expect(await one.leaves()).toEqual([
    {
      type: 'look-up',
      channel: 'messenger',
      identifier: 'first_name',
      outcome: 'keep',
      version: 1,
      hash: expect.stringMatching(/./),
      clause,
      count: 1,
    },
  ]);
  const seen = await lookedUpIn(one.t);
  expect(seen).toEqual([
    expect.objectContaining({ kind: 'first_name', path: 'profile-api:first_name', action: 'keep', times: 1 }),
  ]);
});

it.each<[string, Change]>([
  ['nothing is kept that would have to be', forPage({})],
  ['it is dropped', forPage({ first_name: 'drop' }, { features: ['first_name'] })],
  ['no purpose names it', forPage({ first_name: 'keep' }, { features: [], gives: ['first_name'] })],
  [
    'the purpose that names it is not one for which it is kept',
    forPage(
      { first_name: { do: 'keep', purposes: ['support'] } },
      { features: [], purposes: { other: { ...SUPPORT, features: ['first_name'] } } },
    ),
  ],
  ['it would be passed on, to nobody', forPage({ first_name: 'pass' }, { gives: [] })],
])('nobody is asked where %s', async (_, change) => {
  const one = await page(change);
  await one.says('hello');
  expect(told).toEqual([{ text: 'hello' }]);
  expect([one.asked(), await one.profiles(), await one.leaves()]).toEqual([[], [], []]);
});

it('who does not list it is not given it', async () => {
  const one = await page(forPage({ first_name: 'keep' }, { gives: [] }));
  await one.says('hello');
  expect([one.asked(), told]).toEqual([['first_name'], [{ text: 'hello' }]]);
});

it('each kind by its own action: whole, pseudonym, passed on; what is not in the answer is kept as asked', async () => {
  meta.control.set({ profileFields: ['first_name', 'last_name', 'name', 'gender'] });
  const one = await page(forPage({ first_name: 'keep', last_name: 'pseudonymise', name: 'pass' }), 'Ottoline');
  await one.says('hello');
  expect(one.asked().map((fields) => fields!.split(',').toSorted())).toEqual([['first_name', 'last_name', 'name']]);
  expect(told).toEqual([{ text: 'hello', identifiers: { first_name: 'Ottoline', name: 'Ottoline' } }]);
  const [kept] = await one.profiles();
  expect(kept!.identifiers).toEqual({ first_name: 'Ottoline' });
  expect((await one.leaves()).map(({ identifier, outcome }) => [identifier, outcome])).toEqual([
    ['first_name', 'keep'],
    ['last_name', 'absent'],
    ['name', 'pass'],
  ]);
});

const again = async (one: { readonly t: { readonly id: string } }): Promise<void> => {
  await line.admin.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1', [one.t.id]);
  await line.workOn(one.t.id);
};

it('what is passed on only is stored nowhere; its message gets it at each attempt, the next one does not', async () => {
  const one = await page(forPage({ first_name: 'pass' }));
  const answers: { status: number }[] = [{ status: 503 }];
  line.bot.answer(({ body }) => {
    const { message, identifiers } = body as unknown as {
      message: { text: string };
      identifiers?: Told['identifiers'];
    };
    told.push({ text: message.text, ...(identifiers ? { identifiers } : {}) });
    return answers.pop() ?? { body: { messages: [] } };
  });
  await one.says('hello');
  expect(JSON.stringify(await one.t.held())).not.toContain('Ottoline');
  await again(one);
  await one.says('again');
  const mine = { identifiers: { first_name: 'Ottoline' } };
  expect(told).toEqual([{ text: 'hello', ...mine }, { text: 'hello', ...mine }, { text: 'again' }]);
  expect(one.asked()).toEqual(['first_name']);
  expect((await one.profiles()).map(({ identifiers }) => identifiers)).toEqual([{}]);
  line.clock.ahead = DAY_MS + 1;
  await one.says('the next day');
  expect(told.at(-1)).toEqual({ text: 'the next day', ...mine });
});

it('for a message that waits for a busy recipient the platform is asked once a minute, not at each look', async () => {
  const one = await page(forPage({ first_name: 'pass' }));
  const before = line.bot.asked.length;
  line.bot.answer(() => ({ status: 503 }));
  await one.says('hello');
  // After five that failed the bot is left alone; the message looks for a place several times a second.
  for (let n = 0; n < 8; n += 1) await again(one);
  expect([line.bot.asked.length, one.asked()]).toEqual([before + 5, ['first_name']]);
  line.clock.ahead = 61_000;
  await again(one);
  expect(one.asked()).toEqual(['first_name', 'first_name']);
});

it('what is remembered of it for a minute is for the same message, version and purposes alone, and not for who is restricted', async () => {
  const one = await page(forPage({ first_name: 'pass' }));
  const answers: { status: number }[] = [{ status: 503 }, { status: 503 }];
  const before = line.bot.asked.length;
  line.bot.answer(() => answers.pop() ?? { body: { messages: [] } });
  await one.says('hello');
  await one.t.approve(forPage({ first_name: 'drop' }, { features: [] }));
  await again(one);
  expect(line.bot.asked.slice(before).map(({ body }) => 'identifiers' in body)).toEqual([true, false]);
  await line.store.restrictSubjects(one.t.id, [await one.subject()], { restricted: true, resume: false });
  await again(one);
  expect([line.bot.asked.length, one.asked()]).toEqual([before + 2, ['first_name']]);
});

it('a message that is delivered once more asks nobody once more', async () => {
  const one = await page(forPage({ first_name: 'keep' }));
  const answers: { status: number }[] = [{ status: 503 }];
  line.bot.answer(() => answers.pop() ?? { body: { messages: [] } });
  await one.says('hello');
  await again(one);
  expect(one.asked()).toEqual(['first_name']);
});

describe('on consent', () => {
  const NEWS = {
    dpv: 'DirectMarketing',
    basis: 'A6-1-a',
    consent: 'ask',
    data: ['routing', 'content', 'profile'],
    features: ['first_name'],
  };
  const texts = { texts: { ask: { version: '1', en: 'May we?', accept: { en: ['yes'] }, refuse: { en: ['no'] } } } };
  const onConsent = forPage(
    { first_name: { do: 'keep', purposes: ['news'] } },
    { features: [], gives: ['first_name'], purposes: { news: NEWS }, more: texts },
  );
  const withNews: Change = (d) => {
    onConsent(d);
    const { recipients } = d as unknown as { recipients: Record<string, object> };
    Object.assign(recipients, { bot: { ...recipients['bot'], purposes: ['support', 'news'] } });
  };

  it('nobody is asked before it is given, nor after it was refused', async () => {
    const one = await page(withNews);
    await one.says('hello');
    await one.says('no');
    await one.says('and now?');
    expect(told.map(({ identifiers }) => identifiers)).toEqual([undefined, undefined]);
    expect([one.asked(), await one.profiles()]).toEqual([[], []]);
  });

  it('the platform is asked once it is given, and what it said goes when it ends', async () => {
    const one = await page(withNews);
    await one.says('hello');
    expect(one.asked()).toEqual([]);
    await one.says('yes');
    await one.says('and now?');
    expect(one.asked()).toEqual(['first_name']);
    expect(told.at(-1)).toEqual({ text: 'and now?', identifiers: { first_name: 'Ottoline' } });
    await line.store.withdrawConsents(one.t.id, [await one.subject()]);
    await one.says('no more of that');
    expect(told.at(-1)!.identifiers).toBeUndefined();
    await line.ended(one.t.id);
    expect(JSON.stringify(await one.t.held())).not.toContain('Ottoline');
    expect(one.asked()).toEqual(['first_name']);
  });
});

it('of who objected to the purpose, or is restricted, the platform is asked nothing', async () => {
  const greet = { ...SUPPORT, basis: 'A6-1-f', balancingTest: 'LIA-1', features: ['first_name'] };
  const change = forPage(
    { first_name: { do: 'keep', purposes: ['greet'] } },
    { features: [], gives: ['first_name'], purposes: { greet } },
  );
  const one = await page(change);
  meta.control.set({ profileFaults: [{ kind: 'error', code: 4 }] });
  await one.says('hello');
  expect(one.asked()).toHaveLength(1);
  await line.store.recordObjection(
    one.t.keys,
    { subjects: [await one.subject()], hashes: [] },
    {
      purposes: ['greet'],
      by: { version: 1, clause: '/c' },
    },
  );
  line.clock.ahead = 3_600_000;
  await one.says('again');
  expect(one.asked()).toHaveLength(1);
  await line.store.restrictSubjects(one.t.id, [await one.subject()], { restricted: true, resume: false });
  await one.t.query('DELETE FROM parley.objection WHERE tenant_id = $1');
  await one.says('and now?');
  expect([one.asked().length, told.map(({ text }) => text)]).toEqual([1, ['hello', 'again']]);
  await line.store.restrictSubjects(one.t.id, [await one.subject()], { restricted: false, resume: false });
  await one.says('at last');
  expect(one.asked()).toHaveLength(2);
});

describe('what the platform refuses', () => {
  it('an account without a profile is asked about again after a day, when the person writes', async () => {
    const one = await page(forPage({ first_name: 'keep' }));
    meta.control.set({ phoneOnly: [one.psid] });
    await one.says('hello');
    await one.says('again');
    expect([one.asked(), told]).toEqual([['first_name'], [{ text: 'hello' }, { text: 'again' }]]);
    expect(await one.profiles()).toEqual([
      expect.objectContaining({ identifiers: {}, asked: ['first_name'], state: 'done' }),
    ]);
    expect((await one.leaves()).map(({ outcome }) => outcome)).toEqual(['nothing']);
    expect(await one.connection()).toMatchObject({ health: 'healthy', look_up_refused_at: null, look_up_code: null });
    meta.control.set({ phoneOnly: [] });
    line.clock.ahead = DAY_MS - 60_000;
    await one.says('the same day');
    expect(one.asked()).toHaveLength(1);
    line.clock.ahead = DAY_MS + 60_000;
    await one.says('the next day');
    expect(told.at(-1)).toEqual({ text: 'the next day', identifiers: { first_name: 'Ottoline' } });
  });

  it('a field that was not approved is told at the connection, which goes on; a check that goes well clears it', async () => {
    const one = await page(forPage({ first_name: 'keep', gender: 'keep' }));
    await one.says('hello');
    await one.says('again');
    expect([one.asked().length, told.length]).toEqual([1, 2]);
    expect(await one.connection()).toMatchObject({
      health: 'healthy',
      look_up_code: '100/2018247',
      look_up_refused_at: expect.any(Date),
    });
    expect((await one.leaves()).map(({ outcome }) => outcome)).toEqual(['not-permitted', 'not-permitted']);
    await line.store.setConnectionHealth(one.t.id, one.id, { health: 'healthy', reason: null });
    expect(await one.connection()).toMatchObject({ look_up_code: null, look_up_refused_at: null });
  });

  it.each([
    ['throttling', { kind: 'error', code: 613 }],
    ['a passing fault', { kind: 'error', code: 2 }],
    ['a broken connection', { kind: 'disconnect' }],
  ] as const)('%s: the answer goes out without it, and a later message asks again', async (_, fault) => {
    const one = await page(forPage({ first_name: 'keep' }));
    meta.control.set({ profileFaults: [fault] });
    await one.says('hello');
    await one.says('at once');
    expect(told).toEqual([{ text: 'hello' }, { text: 'at once' }]);
    expect([one.asked().length, await one.profiles()]).toEqual([1, []]);
    line.clock.ahead = 61_000;
    await one.says('a minute later');
    expect(told.at(-1)).toEqual({ text: 'a minute later', identifiers: { first_name: 'Ottoline' } });
  });

  it('a platform that does not answer holds up one message for two seconds, and no other', async () => {
    const one = await page(forPage({ first_name: 'keep' }));
    meta.control.set({ profileFaults: [{ kind: 'hang', times: 2 }] });
    line.patience.length = 0;
    await one.says('hello');
    await one.says('again');
    // Not the ten seconds that the adapter would give it, and not once more for the next message.
    expect(line.patience).toEqual([2_000]);
    expect(one.asked()).toHaveLength(1);
    expect(told).toEqual([{ text: 'hello' }, { text: 'again' }]);
  });
});

it('what an earlier answer did not bring is asked for by itself, once more is instructed', async () => {
  const one = await page(forPage({ first_name: 'keep' }));
  await one.says('hello');
  await one.t.approve(forPage({ first_name: 'keep', last_name: 'keep' }));
  await one.says('again');
  expect(one.asked()).toEqual(['first_name', 'last_name']);
  expect(told.at(-1)!.identifiers).toEqual({ first_name: 'Ottoline', last_name: 'Featherstone' });
});

it('a stricter version takes it away from what is held, and nobody is given it from then on', async () => {
  const one = await page(forPage({ first_name: 'keep', last_name: 'keep' }));
  await one.says('hello');
  const version = await one.t.approve(forPage({ last_name: 'keep' }));
  await one.says('again');
  expect(told.at(-1)).toEqual({ text: 'again', identifiers: { last_name: 'Featherstone' } });
  await line.applied(one.t.id, version);
  expect((await one.profiles()).map(({ identifiers }) => identifiers)).toEqual([{ last_name: 'Featherstone' }]);
  expect(one.asked()).toHaveLength(1);
});

it('a name that is typed is recognised as the person\u2019s own', async () => {
  const one = await page(
    forPage({ first_name: 'keep' }, { gives: [], more: { freeText: { detect: ['own-identifiers'] } } }),
  );
  await one.says('my name is Ottoline');
  expect(told[0]!.text).not.toContain('Ottoline');
});

describe('retention', () => {
  const ahead = () => new Date(Date.now() + 60_000);

  it('with the texts of its conversation, and then it is asked for again', async () => {
    const one = await page(forPage({ first_name: 'keep' }));
    await one.says('hello');
    await line.store.sweepContent({
      tenantId: one.t.id,
      rule: 'content',
      start: 'ingest',
      cutoff: ahead(),
      under: [1],
    });
    expect((await one.profiles()).map(({ identifiers }) => identifiers)).toEqual([null]);
    await one.says('a month later');
    expect(told.at(-1)).toEqual({ text: 'a month later', identifiers: { first_name: 'Ottoline' } });
    expect(one.asked()).toHaveLength(2);
  });

  it('by a period of its own', async () => {
    const one = await page(forPage({ first_name: 'keep', last_name: 'keep' }));
    await one.says('hello');
    const due = {
      tenantId: one.t.id,
      rule: 'identifier',
      start: 'ingest',
      cutoff: ahead(),
      under: [1],
      channel: 'messenger',
      key: 'first_name',
    } as const;
    await line.store.sweepIdentifier(due, one.t.keys, withoutIdentifier);
    expect((await one.profiles()).map(({ identifiers }) => identifiers)).toEqual([{ last_name: 'Featherstone' }]);
  });
});
