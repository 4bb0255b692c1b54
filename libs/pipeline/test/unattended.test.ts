// What no worker takes up, since another app has the conversation or staff wrote it: the same is kept of it as of any other message.
import { messenger, messengerText, mid } from '../../../test/support/webhooks.js';
import type { Change } from './line.js';
import { startLineToMeta } from './number.js';
import { connectPage } from './page.js';

const { line, meta } = await startLineToMeta();
meta.answer(() => ({ body: { recipient_id: '1', message_id: mid() } }));

interface Doc {
  purposes: Record<string, object>;
  recipients: Record<string, object>;
}
const NEWS = { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content'] };
const UNSURE = 'how do I unsubscribe from your newsletter?';
const TEXT = { version: '1', en: 'May we?', accept: { en: ['yes'] }, refuse: { en: ['no'] } };
/** Nothing but consent permits anything. */
const onConsent: Change = (d) => {
  const { recipients } = d as unknown as Doc;
  Object.assign(d, { purposes: { news: NEWS }, texts: { ask: TEXT }, recipients: { bot: { ...recipients['bot'], purposes: ['news'] } } });
}; // prettier-ignore
/** Support keeps who wrote, news what was said. */
const split: Change = (d) => {
  onConsent(d);
  Object.assign((d as unknown as Doc).purposes, { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing'] } });
}; // prettier-ignore
const having =
  (more: object): Change =>
  (d) =>
    void Object.assign(d, more);

async function page(change: Change) {
  const t = await line.tenant((d) => {
    Object.assign(d, { channels: { messenger: { identifiers: { psid: 'keep' } } } });
    change(d);
  });
  const { account, psid, id } = await connectPage(line, t);
  line.bot.answer(() => ({ body: { messages: [] } }));
  line.bot.asked.length = 0;
  const takes = async (payload: unknown): Promise<void> => {
    await line.intake.session((await line.tenants.connection(id))!, payload, new Map());
    await line.work();
  };
  const subject = async () => (await t.rows())[0]!.subject_id;
  return {
    t,
    says: (text: string) => takes(messenger(account, psid, messengerText(text))),
    posts: (event: object) => takes(messenger(account, psid, { ...event })),
    /** The person writes, or does something else, while another app has the conversation. */
    aside: (said: string | object) => {
      const event = typeof said === 'string' ? messengerText(said) : said;
      const { entry, ...rest } = messenger(account, psid, { ...event }) as { entry: { messaging: unknown }[] };
      return takes({ ...rest, entry: entry.map(({ messaging, ...one }) => ({ ...one, standby: messaging })) });
    },
    /** What is kept of what the person said, the oldest first. */
    texts: async () => (await t.held()).map((body) => (body?.content?.type === 'text' ? body.content.text : null)),
    consents: async () =>
      (await t.query<{ state: string }>('SELECT state FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id')).map(
        ({ state }) => state,
      ),
    stopped: async () =>
      (
        await t.query<{ at: Date | null }>('SELECT marketing_stopped_at AS at FROM parley.subject WHERE tenant_id = $1')
      )[0]!.at !== null,
    /** Staff writes in the inbox of the page. */
    staff: (text: string) =>
      takes(
        messenger(account, psid, {
          sender: { id: account },
          recipient: { id: psid },
          message: { mid: `m_${text}`, text, is_echo: true },
        }),
      ),
    all: async () => JSON.stringify([await t.held(), await t.said()]),
    leaves: async () =>
      (
        await t.query<{ leaf: object }>(
          `SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf->>'type' = 'special-category' ORDER BY seq`,
        )
      ).map(({ leaf }) => leaf),
    objects: async () =>
      line.store.recordObjection(
        t.keys,
        { subjects: [await subject()], hashes: [] },
        {
          purposes: ['support'],
          by: { version: 1, clause: 'default:objection' },
        },
      ),
  };
}
type Page = Awaited<ReturnType<typeof page>>;
const WAYS: readonly [string, (one: Page, text: string) => Promise<void>][] = [
  ['the person says to another app', (one, text) => one.aside(text)],
  ['staff says', (one, text) => one.staff(text)],
];

describe.each(WAYS)('what %s', (_, say) => {
  it('stays as it is where a purpose without consent covers it; nobody is told', async () => {
    const one = await page(() => undefined);
    await say(one, 'a parcel');
    expect([await one.all(), line.bot.asked.length]).toEqual([expect.stringContaining('a parcel'), 0]);
  });

  it('is not kept on a consent that nobody has looked for: only that it was', async () => {
    for (const change of [onConsent, split]) {
      const one = await page(change);
      await say(one, 'a parcel');
      expect(await one.t.rows()).toHaveLength(1);
      expect(await one.all()).not.toContain('parcel');
      await one.says('hello');
      await one.says('no');
      await say(one, 'another parcel');
      expect(await one.all()).not.toContain('parcel');
    }
  });

  it('is kept on a consent that was given, until it is withdrawn', async () => {
    const one = await page(onConsent);
    for (const word of ['hello', 'yes']) await one.says(word);
    line.bot.asked.length = 0;
    await say(one, 'a parcel');
    expect([await one.all(), line.bot.asked.length]).toEqual([expect.stringContaining('a parcel'), 0]);
    await one.says('STOP');
    await line.ended(one.t.id);
    await say(one, 'a letter');
    expect(await one.all()).not.toMatch(/a parcel|a letter/);
  });

  it('is not kept on a consent that has expired, nor on one of a minor', async () => {
    const one = await page((d) => (onConsent(d), Object.assign(d, { texts: { ask: { ...TEXT, expires: 'P1Y' } } })));
    for (const word of ['hello', 'yes']) await one.says(word);
    await line.admin.query("UPDATE parley.consent_event SET at = at - interval '2 years' WHERE tenant_id = $1", [one.t.id]);
    await say(one, 'a parcel');
    expect(await one.all()).not.toContain('a parcel');
    const other = await page((d) => (onConsent(d), Object.assign(d, { minors: { mode: 'refuse' } })));
    for (const word of ['hello', '12']) await other.says(word);
    await say(other, 'a parcel');
    expect(await other.all()).not.toContain('a parcel');
  }); // prettier-ignore

  it('is not kept for a purpose that the person objects to', async () => {
    const one = await page((d) => {
      Object.assign((d as unknown as Doc).purposes['support']!, { basis: 'A6-1-f', balancingTest: 'LIA-1' });
    });
    await say(one, 'a parcel');
    expect(await one.all()).toContain('a parcel');
    await one.objects();
    await say(one, 'a letter');
    expect(await one.all()).not.toContain('a letter');
  });

  it.each([
    ['forbidden', {}, 'default:specialCategories'],
    ['warned of', { specialCategories: { mode: 'warn' } }, '/specialCategories'],
    ['to be deleted in time', { specialCategories: { mode: 'allow', purgeWithin: 'P1D' } }, '/specialCategories'],
  ])('has no words of special categories where they are %s, and that is on record', async (_name, more, clause) => {
    const one = await page(having(more));
    await say(one, 'I have HIV');
    expect(await one.all()).toContain('I have [removed]');
    expect(await one.all()).not.toContain('HIV');
    expect(await one.leaves()).toEqual([
      expect.objectContaining({ channel: 'messenger', mode: 'forbid', version: 1, clause, count: 1 }),
    ]);
  });

  it('has them where they are allowed', async () => {
    const one = await page(having({ specialCategories: { mode: 'allow', text: 'sensitive' } }));
    await say(one, 'I have HIV');
    expect([await one.all(), await one.leaves()]).toEqual([expect.stringContaining('I have HIV'), []]);
  });
});

describe('while another app has the conversation', () => {
  const both: Change = (d) => {
    const { recipients } = d as unknown as Doc;
    Object.assign((d as unknown as Doc).purposes, { news: NEWS });
    Object.assign(recipients, { letters: { ...recipients['bot'], purposes: ['news'], data: ['content'] } });
    Object.assign(d, { texts: { ask: TEXT } });
  };
  const edit = (of: string, text: string) => ({ message_edit: { mid: of, text, num_edit: 1 } });
  const revoke = (of: string) => ({ message: { mid: of, is_deleted: true } });

  it.each([
    ['before', (one: Page, id: string) => one.posts(messengerText('Thrsday', id))],
    ['meanwhile', (one: Page, id: string) => one.aside(messengerText('Thrsday', id))],
  ])('what was written %s is edited and taken back, and nobody is told', async (_when, write) => {
    const one = await page(() => undefined);
    const id = mid();
    await write(one, id);
    line.bot.asked.length = 0;
    await one.aside(edit(id, 'Thursday'));
    expect(await one.texts()).toEqual(['Thursday', 'Thursday']);
    await one.aside(revoke(id));
    expect(await one.texts()).toEqual([null, null, null]);
    expect(line.bot.asked).toEqual([]);
  });

  it('an edit brings back nothing that was not to be kept, whoever has the conversation', async () => {
    for (const way of ['aside', 'posts'] as const) {
      const one = await page(split);
      const id = mid();
      await one.posts(messengerText('a parcel', id));
      await one.says('no');
      await one.aside(messengerText('a letter', `${id}2`));
      for (const changed of [id, `${id}2`]) await one[way](edit(changed, 'a parcel again'));
      expect(await one.all()).not.toMatch(/parcel|letter/);
    }
  });

  it.each([
    ['STOP', ['requested', 'given', 'withdrawn'], ['withdrawal'], true],
    ['I object to the use of my data', ['requested', 'given', 'withdrawn'], ['withdrawal', 'objection'], true],
    ['delete my data', ['requested', 'given'], ['erasure'], false],
    ['MY DATA', ['requested', 'given'], ['access'], false],
    ['export my data', ['requested', 'given'], ['portability'], false],
    ['please correct my personal data', ['requested', 'given'], ['rectification'], false],
    ['restrict the processing of my data', ['requested', 'given'], ['restriction'], false],
    ['no', ['requested', 'given'], [], false],
    ['who', ['requested', 'given'], [], false],
    ['START', ['requested', 'given'], [], false],
    ['can you delete everything you have about me?', ['requested', 'given'], [], false],
    ['hello', ['requested', 'given'], [], false],
  ])('"%s" has the effect that it has else, but that nobody answers', async (word, states, rights, stopped) => {
    const one = await page(both);
    for (const text of ['hello', 'yes', 'words of hers']) await one.says(text);
    const said = async () => (await one.t.rows()).filter(({ direction }) => direction === 'out').length;
    const before = [await said(), line.bot.asked.length];
    for (const all of [line.exercised, line.exercisedAside]) all.length = 0;
    await one.aside('what does the other app say?');
    await one.aside(word);
    expect([await one.consents(), line.exercised, await one.stopped()]).toEqual([states, rights, stopped]);
    expect(line.exercisedAside).toEqual(rights);
    expect([await said(), line.bot.asked.length]).toEqual(before);
    expect((await one.t.rows()).every(({ state }) => !['pending', 'held'].includes(state))).toBe(true);
  });

  it('what staff writes there is no wish of the person', async () => {
    const one = await page(both);
    await one.says('hello');
    line.exercised.length = 0;
    await one.staff('delete my data');
    expect(line.exercised).toEqual([]);
  });

  it('the question’s own button for no takes consent back; for yes it gives none', async () => {
    const one = await page(both);
    meta.asked.length = 0;
    await one.says('hello');
    const buttonFor = (answer: 'yes' | 'no') => new RegExp(`consent:ask:[^"]+:${answer}:[^"]+`).exec(JSON.stringify(meta.asked.map(({ body }) => body)))![0];
    const press = (answer: 'yes' | 'no') => one.aside({ message: { mid: mid(), text: answer, quick_reply: { payload: buttonFor(answer) } } });
    await press('yes');
    expect(await one.consents()).toEqual(['requested']);
    await one.says('yes');
    await press('no');
    expect(await one.consents()).toEqual(['requested', 'given', 'withdrawn']);
  }); // prettier-ignore

  it('words that may be a wish to hear less stop marketing', async () => {
    const one = await page(both);
    for (const text of ['hello', 'yes']) await one.says(text);
    await one.aside(UNSURE);
    expect([await one.stopped(), await one.consents()]).toEqual([true, ['requested', 'given']]);
  });

  it('what is read there for a word to stop is kept only where a purpose covers it', async () => {
    const one = await page(onConsent);
    for (const word of ['hello', 'yes', 'STOP']) await one.says(word);
    await line.ended(one.t.id);
    await one.aside('STOP');
    await one.aside('unsubscribe');
    expect((await one.t.held()).slice(-2).every((body) => !body?.content)).toBe(true);
  });
});
