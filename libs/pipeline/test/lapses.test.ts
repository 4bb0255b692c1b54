// A consent that another version of the instructions makes invalid: its end is on record, also of people who never write again.
import type { InstructionsDocument } from '#libs/instructions';
import { nameOf, rulesOf } from '../../rights/src/retention/rules.js';
import { startLine, type Change, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());

const RECORDS = {
  retention: [
    { data: 'routing', period: 'P1Y' },
    { data: 'consent-record', start: 'withdrawal', period: 'P3Y' },
  ],
};
const TEXT = { version: '1', en: 'May we?', accept: { en: ['yes'] }, refuse: { en: ['no'] } };
const NEWS = { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content'] };
/** Nothing but consent permits anything. */
const asking =
  (text: object): Change =>
  (d) => {
    const { bot } = d['recipients'] as unknown as Record<string, object>;
    Object.assign(d, RECORDS, {
      purposes: { news: NEWS },
      texts: { ask: { ...TEXT, ...text } },
      recipients: { bot: { ...bot, purposes: ['news'] } },
    });
  };

/** Somebody who agreed, and wrote a word. */
async function agreed() {
  const t = await line.tenant(asking({}));
  const anna = t.visitor();
  const says = async (text: string): Promise<void> => {
    await anna.says({ text });
    await line.work();
  };
  for (const text of ['first', 'yes', 'words of hers']) await says(text);
  const states = async () =>
    (await t.query<{ state: string }>('SELECT state FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id')).map(
      ({ state }) => state,
    );
  const subject = (await t.rows())[0]!.subject_id;
  return { t, says, states, subject, all: async () => JSON.stringify(await t.held()) };
}

describe('a consent that another version of the instructions makes invalid', () => {
  const RECORDS = {
    retention: [
      { data: 'routing', period: 'P1Y' },
      { data: 'consent-record', start: 'withdrawal', period: 'P3Y' },
    ],
  };
  const OTHERWISE: readonly [string, Change, object][] = [
    ['asks for something else', asking({ version: '2' }), { instruction_version: 2, clause: '/texts/ask' }],
    // Nothing else says how long its record stays than the version under which it was given.
    ['asks for nothing', (d) => void Object.assign(d, RECORDS), { instruction_version: 1, clause: '/texts/ask' }],
  ];
  type Agreed = Awaited<ReturnType<typeof agreed>>;
  const last = async ({ t }: Agreed) =>
    (
      await t.query(
        'SELECT state, instruction_version, clause FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1',
      )
    )[0];
  /** Whatever is due of records of consents three years from now, and a day. */
  async function swept({ t }: Agreed): Promise<number> {
    const versions = (await line.store.instructionVersions(t.id)) as unknown as {
      version: number;
      document: InstructionsDocument;
    }[];
    const cutoff = new Date(Date.now() + 86_400_000);
    for (const rule of rulesOf(versions.toSorted((a, b) => a.version - b.version)))
      if (rule.category === 'consent-record')
        await line.store.sweepConsentRecords({
          tenantId: t.id,
          rule: nameOf(rule),
          start: rule.start,
          cutoff,
          under: rule.under,
          purposes: rule.purposes!,
        });
    return (await t.query('SELECT FROM parley.consent_event WHERE tenant_id = $1')).length;
  }

  it.each(OTHERWISE)(
    'that %s has its end on record though the person never writes again; what was kept on it stays',
    async (_, next, by) => {
      const one = await agreed();
      await line.lapses.run();
      expect(await one.states()).toEqual(['requested', 'given']);
      await one.t.approve(next);
      await line.lapses.run();
      await line.lapses.run();
      expect(await one.states()).toEqual(['requested', 'given', 'invalidated']);
      expect(await last(one)).toMatchObject(by);
      expect([await line.ended(one.t.id), await one.all()]).toEqual([[], expect.stringContaining('words of hers')]);
    },
  );

  it.each(OTHERWISE)('that %s begins the time of its record', async (_, next) => {
    const one = await agreed();
    await one.t.approve(next);
    expect(await swept(one)).toBe(2);
    await line.lapses.run();
    expect(await swept(one)).toBe(0);
  });

  it('waits for the answer to the new question, as before', async () => {
    const one = await agreed();
    await one.t.approve(OTHERWISE[0]![1]);
    await line.lapses.run();
    for (const text of ['and now?', 'yes']) await one.says(text);
    await line.lapses.run();
    expect(await one.states()).toEqual(['requested', 'given', 'invalidated', 'requested', 'renewed']);
  });

  it('is left to a worker that has the person in hand, and looked at again', async () => {
    const one = await agreed();
    await one.t.approve(OTHERWISE[0]![1]);
    const lease = (until: string) =>
      line.admin.query(`UPDATE parley.conversation SET lease_until = ${until} WHERE tenant_id = $1`, [one.t.id]);
    await lease("now() + interval '1 hour'");
    await line.lapses.run();
    expect(await one.states()).toEqual(['requested', 'given']);
    await lease('NULL');
    await line.lapses.run();
    expect(await one.states()).toEqual(['requested', 'given', 'invalidated']);
  });

  it('is found in steps, each once, whichever process is at it and wherever it stopped', async () => {
    const one = await agreed();
    await line.admin.query(
      `INSERT INTO parley.consent_event (tenant_id, id, subject_id, purpose, state, text_id, text_version, text_hash, scope, language, channel, instruction_version, clause)
       SELECT $1, parley.uuid_at(now() - interval '1 day' + n * interval '1 second'), $2, 'p' || n, 'given', 't', '1', 'h', 's', 'en', 'web', 1, '/c' FROM generate_series(1, 1200) n`,
      [one.t.id, one.subject],
    );
    const inForce = { version: 2, asked: [], now: new Date() };
    const together = await Promise.all([1, 2].map(() => line.store.invalidateConsents(one.t.id, inForce)));
    expect(together.filter((done) => done !== null).every((done) => done.count === 500)).toBe(true);
    for (let n = 0; n < 5; n += 1) await line.store.invalidateConsents(one.t.id, inForce);
    expect((await one.states()).filter((state) => state === 'invalidated')).toHaveLength(1201);
    expect(await line.store.invalidateConsents(one.t.id, inForce)).toEqual({ count: 0, more: false });
  });
});
