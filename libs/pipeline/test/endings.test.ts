// A consent that ended, on what is held: what was kept on it alone goes from what was settled before, whatever happens meanwhile.
import { v7 } from 'uuid';
import { createLater } from '../src/index.js';
import { startLine, type Change, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());
beforeEach(() => line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'our answer' }] } })));

interface Doc {
  purposes: Record<string, object>;
  recipients: Record<string, object>;
}

/** Support needs no consent and covers words, not files; news does, and covers files and the browser's name besides. */
const both: Change = (d) => {
  const { recipients } = d as unknown as Doc;
  Object.assign(d, {
    purposes: {
      support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'network'] },
      news: {
        dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content', 'attachments', 'device'],
      },
    },
    channels: { web: { identifiers: { visitor_id: 'keep', ip: 'keep', user_agent: 'keep' } } },
    texts: { ask: { version: '1', en: 'May we?', accept: { en: ['yes'] }, refuse: { en: ['no'] } } },
    recipients: {
      ...recipients, letters: { ...recipients['bot'], purposes: ['news'], data: ['content'] },
    },
  }); // prettier-ignore
};
/** Nothing but consent permits anything. */
const alone =
  (text: object = {}): Change =>
  (d) => {
    const { recipients } = d as unknown as Doc;
    Object.assign(d, {
      purposes: {
        news: { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content', 'attachments', 'device'] },
      },
      channels: { web: { identifiers: { visitor_id: 'keep', user_agent: 'keep' } } },
      texts: { ask: { version: '1', en: 'May we?', accept: { en: ['yes'] }, refuse: { en: ['no'] }, ...text } },
      recipients: { bot: { ...recipients['bot'], purposes: ['news'] } },
    }); // prettier-ignore
  };
const having =
  (change: Change, more: object): Change =>
  (d) => (change(d), Object.assign(d, more));
const TRANSPORT = { ip: '203.0.113.77', userAgent: 'Agent/1.0' };
const PICTURE = [{ mime: 'image/png', name: 'me.png', bytes: Buffer.from('a picture') }];

/** Somebody who agreed, wrote a word and sent a picture. */
async function agreed(change: Change) {
  const t = await line.tenant(change);
  const anna = t.visitor();
  await anna.says({ text: 'first' });
  await line.work();
  await anna.says({ text: 'yes' });
  await line.work();
  await anna.says({ text: 'words of hers' }, { transport: TRANSPORT });
  await anna.says({ text: 'a caption' }, { transport: TRANSPORT, files: PICTURE });
  await line.work();
  const states = async () =>
    (await t.query<{ state: string }>('SELECT state FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id')).map(({ state }) => state); // prettier-ignore
  expect(await states()).toEqual(['requested', 'given']);
  const files = async () => (await t.query('SELECT 1 FROM parley.attachment WHERE tenant_id = $1')).length;
  expect(await files()).toBe(1);
  const subject = (await t.rows())[0]!.subject_id;
  return { t, anna, files, states, subject, all: async () => JSON.stringify([await t.held(), await t.said()]) };
}

const leaves = async (t: Awaited<ReturnType<typeof agreed>>['t']): Promise<object[]> =>
  (
    await t.query<{ leaf: object }>(
      `SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf->>'type' = 'consent-ending-applied' ORDER BY seq`,
    )
  ).map(({ leaf }) => leaf);

describe('a withdrawal', () => {
  it('takes what was kept on this consent alone out of what is held; what another basis covers stays, and so does the record', async () => {
    const { t, anna, files, states, all } = await agreed(both);
    await anna.says({ text: 'STOP' });
    await line.work();
    const [row] = await line.ended(t.id);
    expect(await files()).toBe(0);
    expect(await all()).not.toMatch(/Agent|me\.png/);
    expect(await all()).toMatch(/words of hers/);
    expect(await all()).toMatch(/a caption/);
    expect((await t.held()).some((body) => body?.identifiers['ip'] === TRANSPORT.ip)).toBe(true);
    expect(await states()).toEqual(['requested', 'given', 'withdrawn']);
    expect(row).toMatchObject({ state: 'done', purpose: 'news', cause: 'withdrawn', files: 1, changed: 2 });
    expect(await leaves(t)).toEqual([
      expect.objectContaining({ purpose: 'news', cause: 'withdrawn', version: 1, clause: '/purposes/news', changed: 2, files: 1 }),
    ]); // prettier-ignore
  });

  it('by a request does the same', async () => {
    const { t, subject, files, all } = await agreed(alone());
    await line.store.withdrawConsents(t.id, [subject]);
    await line.ended(t.id);
    expect(await files()).toBe(0);
    expect(await all()).not.toMatch(/words of hers|a caption|Agent|our answer/);
  });

  it('is carried through also when consent is given again: that covers what comes, and brings nothing back', async () => {
    const { t, anna, all } = await agreed(alone());
    for (const text of ['STOP', 'START', 'yes', 'after']) {
      await anna.says({ text });
      await line.work();
    }
    await line.ended(t.id);
    expect(await all()).not.toMatch(/words of hers|a caption|Agent/);
    expect(await all()).toMatch(/after/);
  });

  it('leaves to retention what a line lets stay for a time after it', async () => {
    const retention = [{ data: 'content', purpose: 'news', start: 'withdrawal', period: 'P7D' }, { data: 'routing', period: 'P30D' }]; // prettier-ignore
    const { t, anna, all } = await agreed(having(alone(), { retention }));
    await anna.says({ text: 'STOP' });
    await line.work();
    await line.ended(t.id);
    expect(await all()).toMatch(/words of hers/);
    expect(await all()).not.toMatch(/Agent/);
  });

  it('or another end of it, but for that of a minor’s, who gave none', async () => {
    const retention = [{ data: 'content', purpose: 'news', start: 'withdrawal', period: 'P7D' }, { data: 'routing', period: 'P30D' }]; // prettier-ignore
    const lasting = having(alone({ expires: 'P1Y' }), { retention });
    const { t, all } = await agreed(lasting);
    await line.admin.query("UPDATE parley.consent_event SET at = at - interval '2 years' WHERE tenant_id = $1", [t.id]);
    await line.lapses.run();
    expect(await line.ended(t.id)).toMatchObject([{ state: 'done', cause: 'expired' }]);
    expect(await all()).toMatch(/words of hers/);
    expect(await all()).not.toMatch(/Agent/);
    const minor = await agreed(lasting);
    await line.store.confirmAge(minor.t.id, minor.subject, { id: v7(), state: 'declared-minor', age: 0, source: 'controller', textHash: '', language: '', channel: '', messageId: null, version: 1, clause: '/minors' }); // prettier-ignore
    expect(await line.ended(minor.t.id)).toMatchObject([{ state: 'done', cause: 'invalidated' }]);
    expect(await minor.all()).not.toMatch(/words of hers/);
  });

  it('does not make a later basis cover what was kept on consent', async () => {
    const { t, anna, all } = await agreed(alone());
    await t.approve(both);
    await anna.says({ text: 'STOP' });
    await line.work();
    await line.ended(t.id);
    expect(await all()).not.toMatch(/words of hers/);
  });

  it('touches nobody else', async () => {
    const { t, anna, all } = await agreed(alone());
    const ben = t.visitor();
    for (const text of ['hi', 'yes', 'words of his']) {
      await ben.says({ text });
      await line.work();
    }
    await anna.says({ text: 'STOP' });
    await line.work();
    await line.ended(t.id);
    expect(await all()).not.toMatch(/words of hers/);
    expect(await all()).toMatch(/words of his/);
  });
});

describe('the job', () => {
  it('goes on where a crash left it, and a batch that fails half-way has changed nothing', async () => {
    const { t, anna, all } = await agreed(alone());
    await anna.says({ text: 'STOP' });
    await line.work();
    const { applyEnding } = line.store;
    const half = (tenantId: string, id: string, given: Parameters<typeof applyEnding>[2]) =>
      applyEnding(tenantId, id, { ...given, work: async (batch) => ({ ...(await given.work(batch)), filesGone: ['no id'] }) }); // prettier-ignore
    await line.endingsOf({ ...line.store, applyEnding: half }).run();
    expect(await all()).toMatch(/words of hers/);
    await line.admin.query('UPDATE parley.consent_ending SET not_before = now() WHERE tenant_id = $1', [t.id]);
    await line.endingsOf({ ...line.store, againEnding: () => Promise.reject(new Error('crash')) }).run();
    const changed = async () => (await t.query<{ changed: number }>('SELECT changed FROM parley.consent_ending WHERE tenant_id = $1'))[0]!.changed; // prettier-ignore
    const before = await changed();
    expect(before).toBeGreaterThan(0);
    await line.admin.query('UPDATE parley.consent_ending SET not_before = now() WHERE tenant_id = $1', [t.id]);
    await line.ended(t.id);
    expect(await changed()).toBe(before);
    expect(await all()).not.toMatch(/words of hers/);
  });

  it.each([
    ['all of it', {}, true],
    ['of a time in which nothing was written', { messages: { until: '2026-01-02' } }, false],
    ['of this connection', { connections: ['Site'] }, true],
  ])('leaves what a legal hold keeps, %s, until that ends', async (_what, scope, keeps) => {
    const legalHolds = [{ scope: 'content', basis: 'A17-3-e claim 7', from: '2026-01-01', ...scope }];
    const { t, anna, all } = await agreed(having(alone(), { legalHolds }));
    await anna.says({ text: 'STOP' });
    await line.work();
    const endings = line.endingsOf(line.store);
    for (let n = 0; n < 3; n += 1) {
      await endings.run();
      await new Promise((resume) => setTimeout(resume, 80));
    }
    const state = async () => (await t.query<{ state: string }>('SELECT state FROM parley.consent_ending WHERE tenant_id = $1'))[0]!.state; // prettier-ignore
    expect([await state(), /words of hers/.test(await all())]).toEqual(keeps ? ['on-hold', true] : ['done', false]);
    await t.approve(alone());
    await line.admin.query('UPDATE parley.consent_ending SET not_before = now() WHERE tenant_id = $1', [t.id]);
    await line.ended(t.id);
    expect(await all()).not.toMatch(/words of hers/);
  });
});

describe('a consent that lapses', () => {
  it('by time is written down, and ends like one that was withdrawn', async () => {
    const { t, states, all } = await agreed(alone({ expires: 'P1M' }));
    await line.lapses.run();
    expect(await states()).toEqual(['requested', 'given']);
    await line.admin.query("UPDATE parley.consent_event SET at = at - interval '40 days' WHERE tenant_id = $1", [t.id]);
    await line.lapses.run();
    await line.lapses.run();
    expect(await states()).toEqual(['requested', 'given', 'expired']);
    expect(await line.ended(t.id)).toMatchObject([{ state: 'done', cause: 'expired' }]);
    expect(await all()).not.toMatch(/words of hers|a caption|Agent/);
  });

  it('by a time that cannot be read has lapsed', async () => {
    const { t, states } = await agreed(alone());
    await t.approve(alone({ expires: 'sofort' }));
    await line.lapses.run();
    expect(await states()).toEqual(['requested', 'given', 'expired']);
    expect(await line.ended(t.id)).toMatchObject([{ state: 'done', cause: 'expired' }]);
  });

  it('because what was agreed to is done otherwise now waits for the answer to the new question', async () => {
    const { t, anna, all } = await agreed(alone());
    await t.approve(alone({ version: '2' }));
    await line.ended(t.id);
    expect(await all()).toMatch(/words of hers/);
    await anna.says({ text: 'and now?' });
    await line.work();
    await anna.says({ text: 'no' });
    await line.work();
    expect(await line.ended(t.id)).toMatchObject([{ state: 'done', cause: 'refused' }]);
    expect(await all()).not.toMatch(/words of hers/);
  });
});

describe('a consent of a minor', () => {
  const REFUSE = { minors: { mode: 'refuse' } };
  const GUARDIAN = { minors: { mode: 'guardian' } };
  type Agreed = Awaited<ReturnType<typeof agreed>>;
  /** As the tenant says it, by the API. */
  const confirm = ({ t, subject }: Pick<Agreed, 't' | 'subject'>, state: 'declared-minor' | 'guardian-confirmed') =>
    line.store.confirmAge(t.id, subject, { id: v7(), state, age: 0, source: 'controller', textHash: '', language: '', channel: '', messageId: null, version: 1, clause: '/minors' }); // prettier-ignore
  const offer = ({ t, anna }: Pick<Agreed, 't' | 'anna'>) =>
    createLater({ store: line.store, tenants: line.tenants, wake: () => undefined })(t.id, { conversationId: anna.conversationId, recipient: 'letters' }, [{ type: 'text', text: 'an offer' }]); // prettier-ignore

  it('who declares to be one: it is invalid, and what was kept on it alone goes; another basis keeps the rest', async () => {
    const made = await agreed(both);
    const { t, anna, files, states, all } = made;
    await t.approve(having(both, REFUSE));
    await anna.says({ text: 'hello again' });
    await line.work();
    await anna.says({ text: '12' });
    await line.work();
    expect(await states()).toEqual(['requested', 'given', 'invalidated']);
    expect(await line.ended(t.id)).toMatchObject([{ state: 'done', cause: 'invalidated', purpose: 'news' }]);
    expect(await files()).toBe(0);
    expect(await all()).not.toMatch(/Agent|me\.png/);
    expect(await all()).toMatch(/words of hers/);
    const [{ id } = { id: '' }] = await t.query<{ id: string }>("SELECT id FROM parley.consent_event WHERE tenant_id = $1 AND state = 'given'"); // prettier-ignore
    expect((await line.store.consentHistory(t.id, id)).at(-1)).toMatchObject({ state: 'invalidated', clause: '/minors', text_id: 'ask' }); // prettier-ignore
    await expect(offer(made)).rejects.toMatchObject({ type: 'not-instructed' });
  });

  it('whom the tenant knows to be one: what is queued on it is not sent, and what rests on two of them goes, too', async () => {
    const two: Change = (d) => {
      both(d);
      const { purposes, recipients, texts } = d as unknown as Doc & { texts: Record<string, object> };
      delete purposes['support'];
      purposes['more'] = { ...purposes['news'], consent: 'again' };
      texts['again'] = texts['ask']!;
      recipients['bot'] = { ...recipients['bot'], purposes: ['news', 'more'] };
    };
    const t = await line.tenant(having(two, GUARDIAN));
    const anna = t.visitor();
    for (const text of ['first', '17', 'yes', 'yes', 'words of hers']) {
      await anna.says({ text });
      await line.work();
    }
    const made = { t, anna, subject: (await t.rows())[0]!.subject_id };
    await offer(made);
    const said = () => t.query<{ state: string }>("SELECT state FROM parley.message WHERE tenant_id = $1 AND direction = 'out' ORDER BY id DESC LIMIT 1"); // prettier-ignore
    expect(await said()).toEqual([{ state: 'queued' }]);
    await confirm(made, 'declared-minor');
    expect(await said()).toEqual([{ state: 'cancelled' }]);
    await expect(offer(made)).rejects.toMatchObject({ type: 'not-instructed' });
    expect(await line.ended(t.id)).toMatchObject([{ cause: 'invalidated' }, { cause: 'invalidated' }]);
    expect(JSON.stringify(await t.held())).not.toMatch(/words of hers/);
    // Said twice it is no second ending; and a guardian makes a new question possible, not the old answer good.
    await confirm(made, 'declared-minor');
    await confirm(made, 'guardian-confirmed');
    await expect(offer(made)).rejects.toMatchObject({ type: 'not-instructed' });
    const states = () => t.query<{ state: string }>("SELECT state FROM parley.consent_event WHERE tenant_id = $1 AND purpose = 'news' ORDER BY id"); // prettier-ignore
    expect((await states()).map(({ state }) => state)).toEqual(['requested', 'given', 'invalidated']);
    for (const text of ['we agree at home', 'yes']) {
      await anna.says({ text });
      await line.work();
    }
    expect((await states()).map(({ state }) => state).slice(3)).toEqual(['requested', 'renewed']);
    expect(await offer(made)).toHaveLength(1);
  });

  it('of whom nothing is known yet carries no message that a recipient writes of its own accord', async () => {
    const made = await agreed(both);
    expect(await offer(made)).toHaveLength(1);
    await made.t.approve(having(both, REFUSE));
    await expect(offer(made)).rejects.toMatchObject({ type: 'not-instructed' });
    for (const text of ['hello again', 'yes']) {
      await made.anna.says({ text });
      await line.work();
    }
    expect(await made.states()).toEqual(['requested', 'given']);
    expect(await offer(made)).toHaveLength(1);
  });
});
