// Retention under a simulated clock: never early, lateness bounded by the step, a legal hold blocks, its release resumes; consents and their ends.
import fc from 'fast-check';
import { v7 } from 'uuid';
import { createCounter } from '../src/statistics/counter.js';
import { createSweeper } from '../src/retention/sweeper.js';
import { isolate, log, startWorld, type Business, type Met, type World } from './world.js';

let world: World;
beforeAll(async () => void (world = await startWorld()));
afterAll(() => world.stop());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** What started at the cutoff itself is not yet due, so events of consents are looked at a moment after the hour. */
const MOMENT = 1_000;
/** The simulated time ends before the real one, so that nothing is in flight in it. */
const END = Math.floor(Date.now() / HOUR) * HOUR - HOUR;

const document = (more: object) => ({
  schema: 'parley-instructions/1',
  parties: { controller: { name: 'Acme', contact: 'x' } },
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] } },
  ...more,
});

function clockwork() {
  const clock = { now: 0 };
  const lateness: number[] = [];
  const now = (): number => clock.now;
  const { store } = world;
  const sweeper = createSweeper({ store, count: createCounter({ store, now }), without: () => null, late: (_, seconds) => void lateness.push(seconds), isolate, log, now }); // prettier-ignore
  const at = async (time: number): Promise<void> => {
    clock.now = time;
    sweeper.changed(null);
    await sweeper.run();
  };
  return { at, lateness, sweeper };
}

const withBody = async (b: Business): Promise<string[]> =>
  (await world.admin.query<{ id: string }>('SELECT id FROM parley.message WHERE tenant_id = $1 AND body IS NOT NULL', [b.tenantId])).rows.map(({ id }) => id); // prettier-ignore

test('never early, lateness bounded, a hold blocks, its release resumes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        period: fc.integer({ min: 2, max: 60 }),
        start: fc.constantFrom('ingest', 'last-activity'),
        sent: fc.array(fc.record({ who: fc.nat(2), hour: fc.nat(60) }), { minLength: 1, maxLength: 8 }),
        hold: fc.option(fc.record({ from: fc.nat(100), hours: fc.integer({ min: 1, max: 60 }) })),
      }),
      async ({ period, start, sent, hold }) => {
        const b = await world.business();
        const base = END - 200 * HOUR;
        const retention = [{ data: 'content', start, period: `PT${period}H` }, { data: 'routing', period: 'P30D' }]; // prettier-ignore
        await b.instructs(1, document({ retention }), new Date(base - DAY));
        const persons = [await b.someone(), await b.someone(), await b.someone()];
        const messages: { id: string; who: number; at: number }[] = [];
        for (const { who, hour } of sent) {
          const at = base + hour * HOUR;
          messages.push({ id: await b.says(persons[who]!, at), who, at });
        }
        const starts = ({ who, at }: (typeof messages)[number]): number =>
          start === 'ingest' ? at : Math.max(...messages.filter((one) => one.who === who).map((one) => one.at));
        const dueAt = (message: (typeof messages)[number]): number => starts(message) + period * HOUR;
        const heldFrom = hold ? base + hold.from * HOUR : Infinity;
        const heldUntil = hold ? heldFrom + hold.hours * HOUR : Infinity;
        let version = 1;
        const { at, lateness, sweeper } = clockwork();
        let before = messages.map(({ id }) => id);
        for (let hour = 0; hour <= 180; hour += 10) {
          const time = base + hour * HOUR;
          const shouldHold = time >= heldFrom && time < heldUntil;
          if (shouldHold !== (version % 2 === 0)) {
            version += 1;
            const legalHolds = shouldHold ? [{ scope: 'content', basis: 'lawsuit', from: '2020-01-01' }] : [];
            await b.instructs(version, document({ retention, legalHolds }), new Date(base - DAY + version * 1000));
            sweeper.changed(b.tenantId);
          }
          await at(time);
          const left = await withBody(b);
          for (const message of messages) {
            const isLeft = left.includes(message.id);
            if (dueAt(message) > time) expect([message, hour, isLeft]).toEqual([message, hour, true]);
            // At that very moment it may go or stay.
            else if (dueAt(message) === time) continue;
            else if (shouldHold) expect(isLeft).toBe(before.includes(message.id));
            else expect([message, hour, isLeft]).toEqual([message, hour, false]);
          }
          before = left;
        }
        expect(Math.min(0, ...lateness)).toBe(0);
        // So that the next world is alone again.
        await world.store.closeDoors(b.tenantId, { type: 'contract-ended', version: null, clause: '' });
        await world.store.destroyTenantKeys(b.tenantId);
        await world.store.removeTenant(b.tenantId, true);
        if (!hold) expect(Math.max(0, ...lateness)).toBeLessThanOrEqual(10 * 3600);
      },
    ),
    { numRuns: 10, endOnFailure: true },
  );
});

describe('a hold on a part', () => {
  const retention = [{ data: 'content', start: 'ingest', period: 'PT10H' }, { data: 'routing', period: 'PT20H' }]; // prettier-ignore

  async function held(hold: object, period: object[] = retention) {
    const b = await world.business();
    const base = END - 5 * DAY;
    const legalHolds = [{ scope: 'order 7', basis: 'claim', from: '2020-01-01', ...hold }];
    await b.instructs(1, document({ retention: period, legalHolds }), new Date(base - DAY));
    return { b, base, legalHolds };
  }
  const seen = async (b: Business): Promise<number[]> => [
    await b.count('message'), (await withBody(b)).length, await b.count('attachment'), await b.count('identity'), await b.count('subject'),
  ]; // prettier-ignore

  test.each(['ingest', 'last-activity'])('counted from %s: all else goes in time, what is kept goes when it ends', async (start) => {
    const until = new Date(END - 5 * DAY + 2 * HOUR).toISOString();
    const lines = [{ data: 'content', start, period: 'PT10H' }, { data: 'routing', period: 'PT20H' }];
    const ends = END - 5 * DAY + 40 * HOUR;
    const { b, base } = await held({ data: ['content'], messages: { until }, until: new Date(ends).toISOString() }, lines);
    const [kept, other] = [await b.someone(), await b.someone()];
    const evidence = await b.says(kept, base + HOUR, { file: true });
    await b.says(kept, base + 3 * HOUR, { file: true });
    await b.says(other, base + 3 * HOUR);
    const { at, lateness } = clockwork();
    await at(base + 14 * HOUR);
    expect(await withBody(b)).toEqual([evidence]);
    expect(await b.count('attachment')).toBe(0); // it keeps no files
    await at(base + 30 * HOUR);
    expect(await seen(b)).toEqual([2, 1, 0, 1, 1]); // whom it does not concern is gone
    await at(ends + HOUR);
    expect(await seen(b)).toEqual([0, 0, 0, 0, 0]);
    expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0);
  }); // prettier-ignore

  test('on another connection it keeps nothing', async () => {
    const { b, base } = await held({ connections: ['Another line'] });
    await b.says(await b.someone(), base, { file: true });
    await clockwork().at(base + 30 * HOUR);
    expect(await seen(b)).toEqual([0, 0, 0, 0, 0]);
  });

  test('of the identifiers of persons it keeps those of whom it keeps a message', async () => {
    const from = new Date(END - 5 * DAY + 2 * HOUR).toISOString();
    const { b, base } = await held({ data: ['content'], messages: { from } }, [
      { data: 'content', period: 'P60D' },
      { data: 'routing', period: 'PT10H' },
    ]);
    const [early, late] = [await b.someone(), await b.someone()];
    await b.says(early, base);
    await b.says(late, base + 3 * HOUR);
    await clockwork().at(base + 30 * HOUR);
    const left = await world.admin.query('SELECT subject_id FROM parley.identity WHERE tenant_id = $1', [b.tenantId]);
    expect(left.rows).toEqual([{ subject_id: late.subjectId }]);
    expect(await withBody(b)).toHaveLength(2);
  });
});

test('a hold on records of consents and ages keeps them of those of whom it keeps a message, as a whole, and of nobody else', async () => {
  const b = await world.business();
  const base = END - 5 * DAY;
  const purposes = { news: { dpv: 'DirectMarketing', basis: 'A6-1-a', data: ['routing', 'content'] } };
  const retention = [{ data: 'content', period: 'PT10H' }, { data: 'routing', period: 'PT20H' }, { data: 'consent-record', period: 'PT10H' }]; // prettier-ignore
  const ends = base + 60 * HOUR;
  const hold = {
    scope: 'order 7',
    basis: 'claim',
    from: '2020-01-01',
    until: new Date(ends).toISOString(),
    data: ['consent-record'],
  };
  const messages = { from: new Date(base + 2 * HOUR).toISOString(), until: new Date(base + 4 * HOUR).toISOString() };
  await b.instructs(1, document({ purposes, retention, legalHolds: [{ ...hold, messages }] }), new Date(base - DAY));
  const [kept, early] = [await b.someone(), await b.someone()];
  await b.says(early, base);
  await b.says(kept, base + 3 * HOUR);
  for (const who of [kept, early]) {
    // The consent that what was written rests on came before it.
    await consent(b, who, { purpose: 'news', state: 'given', at: base - HOUR });
    await consent(b, who, { purpose: 'news', state: 'withdrawn', at: base + 5 * HOUR });
    await world.admin.query(
      `INSERT INTO parley.age_event (tenant_id, id, subject_id, state, age, source, text_hash, language, channel, instruction_version, clause, at)
       VALUES ($1, $2, $3, 'asked', 16, 'person', '', 'en', 'test', 1, '/minors', $4)`,
      [b.tenantId, v7({ msecs: base }), who.subjectId, new Date(base)],
    );
  }
  const { at } = clockwork();
  const whose = async (table: string): Promise<string[]> =>
    (await world.admin.query<{ subject_id: string }>(`SELECT subject_id FROM parley.${table} WHERE tenant_id = $1`, [b.tenantId])).rows.map((row) => row.subject_id); // prettier-ignore
  await at(base + 40 * HOUR);
  expect(await whose('consent_event')).toEqual([kept.subjectId, kept.subjectId]);
  expect(await whose('age_event')).toEqual([kept.subjectId]);
  // It does not name the content, and whom it does not concern is gone.
  expect([await withBody(b), await b.count('subject')]).toEqual([[], 1]);
  await at(ends + HOUR);
  expect([await b.count('consent_event'), await b.count('age_event'), await b.count('subject')]).toEqual([0, 0, 0]);
});

test('what went long ago is not late once more when everything is looked at again', async () => {
  const b = await world.business();
  const base = END - 200 * HOUR;
  const retention = [{ data: 'content', start: 'last-activity', period: 'PT2H' }, { data: 'routing', period: 'P30D' }]; // prettier-ignore
  await b.instructs(1, document({ retention }), new Date(base - DAY));
  const [early, late] = [await b.someone(), await b.someone()];
  await b.says(early, base + 3 * HOUR);
  await b.says(late, base + 58 * HOUR);
  const { at, lateness } = clockwork();
  for (let hour = 0; hour <= 70; hour += 10) await at(base + hour * HOUR);
  expect(await withBody(b)).toEqual([]);
  expect(Math.max(...lateness)).toBeLessThanOrEqual(10 * 3600);
});

/** What happened to a consent, at a time. */
async function consent(b: Business, who: Met, event: { purpose: string; state: string; at: number }): Promise<void> {
  await world.admin.query(
    `INSERT INTO parley.consent_event (tenant_id, id, subject_id, purpose, state, text_id, text_version, text_hash, scope, language, channel,
       instruction_version, clause, at) VALUES ($1, $2, $3, $4, $5, 't', '1', 'h', 's', 'en', 'test', 1, '/c', $6)`,
    [b.tenantId, v7({ msecs: event.at }), who.subjectId, event.purpose, event.state, new Date(event.at)],
  );
}

describe('counted from a withdrawal', () => {
  const purposes = (others: object = {}) => ({
    news: { dpv: 'DirectMarketing', basis: 'A6-1-a', data: ['routing', 'content'] },
    ...others,
  });
  const retention = [
    { data: 'content', start: 'withdrawal', period: 'PT10H', purpose: 'news' },
    { data: 'content', period: 'P60D' }, { data: 'routing', period: 'P60D' },
    { data: 'consent-record', start: 'withdrawal', period: 'PT40H' },
  ]; // prettier-ignore

  async function subscribed(others: object = {}) {
    const b = await world.business();
    const base = END - 5 * DAY;
    await b.instructs(1, document({ purposes: purposes(others), retention }), new Date(base - DAY));
    const who = await b.someone();
    await consent(b, who, { purpose: 'news', state: 'given', at: base - HOUR });
    await b.says(who, base, { file: true });
    return { b, base, who };
  }

  test('content and files go when the period after it is over, the record of it later, and not before', async () => {
    const { b, base, who } = await subscribed();
    const other = await b.someone();
    await consent(b, other, { purpose: 'news', state: 'given', at: base - HOUR });
    await b.says(other, base, { file: true });
    await consent(b, who, { purpose: 'news', state: 'withdrawn', at: base + HOUR });
    const { at } = clockwork();
    const seen = async (hours: number) => {
      await at(base + hours * HOUR + MOMENT);
      return [(await withBody(b)).length, await b.count('attachment'), await b.count('consent_event')];
    };
    expect(await seen(10)).toEqual([2, 2, 3]);
    expect(await seen(11)).toEqual([1, 1, 3]);
    expect(await seen(40)).toEqual([1, 1, 3]);
    expect(await seen(41)).toEqual([1, 1, 1]);
  });

  type Happened = readonly (readonly [string, number])[];
  test.each<[string, Happened, content: number | null, records: number | null, left: number]>([
    ['it expired', [['expired', 1]], 11, 41, 0],
    ['its person is a minor', [['invalidated', 1]], 11, 41, 0],
    ['it expired, and nobody answered when it was asked anew', [['expired', 1], ['requested', 2]], 11, 41, 1],
    ['what was agreed to changed, and nobody answered', [['invalidated', 1], ['requested', 1.5]], 11, 41, 1],
    ['it was refused when it was asked anew', [['expired', 1], ['requested', 2], ['refused', 5]], 15, 45, 0],
    ['the question for it was withdrawn', [['expired', 1], ['requested', 2], ['withdrawn', 5]], 15, 45, 0],
    ['it was renewed', [['expired', 1], ['requested', 2], ['renewed', 5]], null, null, 4],
  ])('from its end, whatever that is: %s', async (_name, happened, content, records, left) => {
    const { b, base, who } = await subscribed();
    for (const [state, hour] of happened) await consent(b, who, { purpose: 'news', state, at: base + hour * HOUR });
    const { at } = clockwork();
    const seen = async (hours: number) => {
      await at(base + hours * HOUR + MOMENT);
      return [(await withBody(b)).length, await b.count('attachment'), await b.count('consent_event')];
    };
    const all = happened.length + 1;
    if (content !== null) expect(await seen(content - 1)).toEqual([1, 1, all]);
    if (content !== null) expect(await seen(content)).toEqual([0, 0, all]);
    if (records !== null) expect(await seen(records - 1)).toEqual([0, 0, all]);
    expect(await seen(records ?? 60)).toEqual(content === null ? [1, 1, left] : [0, 0, left]);
  }); // prettier-ignore

  test('of a question that was never answered nothing has ended', async () => {
    const { b, base } = await subscribed();
    const other = await b.someone();
    await consent(b, other, { purpose: 'news', state: 'requested', at: base });
    await clockwork().at(base + 60 * HOUR);
    expect(await b.count('consent_event')).toBe(2);
  });

  test('such a question is over when people may be asked again, and its record goes that much later than of an answer', async () => {
    const b = await world.business();
    const base = END - 5 * DAY;
    const asks = { news: { ...purposes().news, consent: 'ask' } };
    const texts = { ask: { en: 'May we?', askAgainAfter: 'PT20H' } };
    await b.instructs(1, document({ purposes: asks, retention, texts }), new Date(base - DAY));
    const [silent, asked, answers] = [await b.someone(), await b.someone(), await b.someone()];
    for (const who of [silent, asked, answers])
      await consent(b, who, { purpose: 'news', state: 'requested', at: base });
    await consent(b, asked, { purpose: 'news', state: 'requested', at: base + 5 * HOUR });
    await consent(b, answers, { purpose: 'news', state: 'given', at: base + HOUR });
    const { at } = clockwork();
    const left = async (hours: number) => {
      await at(base + hours * HOUR + MOMENT);
      return b.count('consent_event');
    };
    expect(await left(59)).toBe(5);
    expect(await left(60)).toBe(4);
    expect(await left(64)).toBe(4);
    expect(await left(65)).toBe(2);
    expect(await left(100)).toBe(2);
  });

  test('not when consent was given again', async () => {
    const { b, base, who } = await subscribed();
    await consent(b, who, { purpose: 'news', state: 'withdrawn', at: base + HOUR });
    await consent(b, who, { purpose: 'news', state: 'given', at: base + 2 * HOUR });
    await clockwork().at(base + 60 * HOUR);
    expect([(await withBody(b)).length, await b.count('consent_event')]).toEqual([1, 3]);
  });

  test('not when another purpose needs it on a ground of its own', async () => {
    const { b, base, who } = await subscribed({ support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['content'] } });
    await consent(b, who, { purpose: 'news', state: 'withdrawn', at: base + HOUR });
    await clockwork().at(base + 60 * HOUR);
    expect(await withBody(b)).toHaveLength(1);
  });
});

test('records of consents go by their own line, each by its time or all by the last', async () => {
  const b = await world.business();
  const base = END - 5 * DAY;
  const purposes = {
    news: { dpv: 'DirectMarketing', basis: 'A6-1-a', data: ['routing'] },
    tips: { dpv: 'DirectMarketing', basis: 'A6-1-a', data: ['routing'] },
  };
  const retention = [
    { data: 'routing', period: 'P60D' }, { data: 'consent-record', period: 'PT10H' },
    { data: 'consent-record', purpose: 'tips', start: 'ingest', period: 'PT10H' },
  ]; // prettier-ignore
  await b.instructs(1, document({ purposes, retention }), new Date(base - DAY));
  const who = await b.someone();
  await b.says(who, base);
  for (const purpose of ['news', 'tips'])
    for (const hour of [0, 8]) await consent(b, who, { purpose, state: 'given', at: base + hour * HOUR });
  const { at } = clockwork();
  const left = async (hours: number): Promise<string[]> => {
    await at(base + hours * HOUR + MOMENT);
    return (await world.admin.query<{ purpose: string }>('SELECT purpose FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id', [b.tenantId])).rows.map(({ purpose }) => purpose); // prettier-ignore
  };
  expect((await left(9)).toSorted()).toEqual(['news', 'news', 'tips', 'tips']);
  expect((await left(11)).toSorted()).toEqual(['news', 'news', 'tips']);
  expect(await left(18)).toEqual([]);
});

test('what was said of an age goes by the longest line of consents, by the last of it, and not while a record of a consent is there', async () => {
  const b = await world.business();
  const base = END - 5 * DAY;
  const purposes = { news: { dpv: 'DirectMarketing', basis: 'A6-1-a', data: ['routing'] } };
  const retention = [
    { data: 'routing', period: 'P60D' },
    { data: 'consent-record', period: 'PT10H' },
  ];
  await b.instructs(1, document({ purposes, retention }), new Date(base - DAY));
  const [minor, adult] = [await b.someone(), await b.someone()];
  const says = (who: Met, hour: number): Promise<unknown> => {
    const at = base + hour * HOUR;
    return world.admin.query(
      `INSERT INTO parley.age_event (tenant_id, id, subject_id, state, age, source, text_hash, language, channel, instruction_version, clause, at)
       VALUES ($1, $2, $3, 'asked', 16, 'person', '', 'en', 'test', 1, '/minors', $4)`,
      [b.tenantId, v7({ msecs: at }), who.subjectId, new Date(at)],
    );
  };
  for (const who of [minor, adult]) {
    await b.says(who, base);
    await says(who, 0);
  }
  await says(minor, 4);
  await consent(b, adult, { purpose: 'news', state: 'given', at: base + 8 * HOUR });
  const { at } = clockwork();
  const left = async (hours: number): Promise<number[]> => {
    await at(base + hours * HOUR + MOMENT);
    return [await b.count('age_event'), await b.count('consent_event')];
  };
  expect(await left(13)).toEqual([3, 1]);
  expect(await left(14)).toEqual([1, 1]);
  expect(await left(18)).toEqual([1, 0]);
  await world.store.forgetMarks(b.tenantId); // what was passed over is looked at again each day
  expect(await left(19)).toEqual([0, 0]);
});
