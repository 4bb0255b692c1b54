// What no worker takes up, since another app has the conversation or staff wrote it: the same is kept of it as of any other message.
import { messenger, messengerText } from '../../../test/support/webhooks.js';
import { startLine, type Change, type Line } from './line.js';
import { connectPage } from './page.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());

interface Doc {
  purposes: Record<string, object>;
  recipients: Record<string, object>;
}
const NEWS = { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content'] };
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
    /** The person writes while another app has the conversation. */
    aside: (text: string) => {
      const { entry, ...rest } = messenger(account, psid, messengerText(text)) as { entry: { messaging: unknown }[] };
      return takes({ ...rest, entry: entry.map(({ messaging, ...one }) => ({ ...one, standby: messaging })) });
    },
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
