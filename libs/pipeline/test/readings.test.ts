// That a person read or heard a message of ours: noted where instructions keep the kind that says so, and otherwise a delivery.
import { openSubjectKey } from '#libs/vault';
import { messenger, messengerText } from '../../../test/support/webhooks.js';
import { openBody } from '../src/index.js';
import type { Change, Line } from './line.js';
import { startLineToMeta, startNumber } from './number.js';
import { connectPage } from './page.js';

const { line, meta } = await startLineToMeta();
type Tenant = Awaited<ReturnType<Line['tenant']>>;

/** What Meta called the last message that it took. */
let last = '';
let given = 0;
beforeEach(() => {
  line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'an answer' }] } }));
  meta.answer(() => ({ body: { messages: [{ id: (last = `wamid.${String((given += 1))}`) }], message_id: last } }));
});

const SUPPORT = { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] };
const NEWS = { dpv: 'Marketing', basis: 'A6-1-a', consent: 'ask', marketing: true, data: ['routing', 'content'] };

const saying =
  (channel: string, identifiers: object, purposes: object = {}): Change =>
  (d) =>
    Object.assign(d, { purposes: { support: SUPPORT, ...purposes }, channels: { [channel]: { identifiers } } });
const onWhatsApp = (said: object, purposes?: object): Change =>
  saying('whatsapp-cloud', { user_id: 'keep', wa_id: 'keep', ...said }, purposes);

/** Seconds of a time that is not the beginning of an hour. */
const AT = Math.floor(Date.now() / 3_600_000) * 3_600 - 1_234;
const HOUR = new Date(Math.floor(AT / 3_600) * 3_600_000);
const MOMENT = new Date(AT * 1_000);

const ours = (t: Tenant): Promise<{ id: string; state: string }[]> =>
  t.query("SELECT id, state FROM parley.message WHERE tenant_id = $1 AND direction = 'out' ORDER BY id");
const states = (t: Tenant): Promise<{ status: string; at: Date }[]> =>
  t.query('SELECT status, at FROM parley.delivery_status WHERE tenant_id = $1 ORDER BY rank');

/** Somebody wrote on WhatsApp and was answered. */
async function answered(t: Tenant, account = '106000000000001') {
  const number = await startNumber(line, t, { account });
  await number.posts({ phone: '4915550000001', user: 'DE.1' }, { type: 'text', text: { body: 'hello' } });
  await line.work();
  return number;
}

test.each<[string, Change, string, Date]>([
  ['not listed', onWhatsApp({}), 'delivered', HOUR],
  ['dropped', onWhatsApp({ receipts: 'drop' }), 'delivered', HOUR],
  ['a hash, which says nothing', onWhatsApp({ receipts: 'pseudonymise' }), 'delivered', HOUR],
  ['for recipients, who are not told', onWhatsApp({ receipts: 'pass' }), 'delivered', HOUR],
  ['for a purpose with consent alone', onWhatsApp({ receipts: { do: 'keep', purposes: ['news'] } }, { news: NEWS }), 'delivered', HOUR], // prettier-ignore
  ['coarsened', onWhatsApp({ receipts: 'truncate' }), 'read', HOUR],
  ['kept', onWhatsApp({ receipts: 'keep' }), 'read', MOMENT],
])('WhatsApp, receipts %s', async (_, change, state, at) => {
  const t = await line.tenant(change);
  const number = await answered(t);
  await number.tells(last, 'read', AT);
  expect(await ours(t)).toEqual([expect.objectContaining({ state })]);
  expect(await states(t)).toEqual([{ status: state, at }]);
  await number.tells(last, 'played', AT);
  const heard = state === 'read' ? 'played' : 'delivered';
  expect(await ours(t)).toEqual([expect.objectContaining({ state: heard })]);
  expect((await states(t)).map(({ status }) => status)).toEqual(state === 'read' ? ['read', 'played'] : ['delivered']);
});

test.each([
  ['not listed', {}, 'delivered', true],
  ['coarsened', { watermark: 'truncate' }, 'read', true],
  ['kept', { watermark: 'keep' }, 'read', false],
])(
  'Messenger, the watermark %s: once it is applied the moment is nowhere but where it is kept',
  async (_, said, state, coarse) => {
    const t = await line.tenant(saying('messenger', { psid: 'keep', ...said }));
    const { account, psid, id } = await connectPage(line, t);
    const connection = (await line.tenants.connection(id))!;
    await line.intake.session(connection, messenger(account, psid, messengerText('hello')), new Map());
    await line.work();
    const until = Date.now() + 1_000;
    await line.intake.session(connection, messenger(account, psid, { read: { watermark: until } }), new Map());
    await line.work();
    expect(await ours(t)).toEqual([expect.objectContaining({ state })]);
    const rows = await t.query<{ id: string; at: Date; body: Buffer; subject_id: string; wrapped_key: Buffer }>(
      `SELECT m.id, m.at, m.body, s.subject_id, s.wrapped_key FROM parley.message m JOIN parley.conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
     JOIN parley.subject_key s ON s.tenant_id = c.tenant_id AND s.subject_id = c.subject_id WHERE m.tenant_id = $1 AND m.type = 'watermark'`,
    );
    const bodies = rows.map(({ id: row, body, subject_id: subjectId, wrapped_key: wrapped }) =>
      openBody({ tenantId: t.id, subjectId, key: openSubjectKey(t.keys, subjectId, wrapped) }, row, body),
    );
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).not.toHaveProperty('until');
    expect(JSON.stringify(bodies).includes(String(until))).toBe(!coarse);
    expect(rows[0]!.at.getTime() % 3_600_000 === 0).toBe(coarse);
  },
);

test('a stricter version ends what is known of it, also of messages of which nothing else is left; a coarser one takes the moment', async () => {
  const t = await line.tenant(onWhatsApp({ receipts: 'keep' }));
  const number = await answered(t);
  await number.tells(last, 'delivered', AT);
  await number.tells(last, 'read', AT);
  const coarser = await t.approve(onWhatsApp({ receipts: 'truncate' }));
  expect((await line.applied(t.id, coarser)).stricter).toEqual(['/channels/whatsapp-cloud/identifiers/receipts']);
  expect(await states(t)).toEqual([{ status: 'delivered', at: MOMENT }, { status: 'read', at: HOUR }]); // prettier-ignore
  expect(await ours(t)).toEqual([expect.objectContaining({ state: 'read' })]);
  const wordless = await t.approve(
    onWhatsApp({ receipts: 'truncate' }, { support: { ...SUPPORT, data: ['routing'] } }),
  );
  await line.applied(t.id, wordless);
  expect(await t.said()).toEqual([null]);
  // For those who agreed only: nobody knows who does when the platform tells.
  const asked = { support: { ...SUPPORT, data: ['routing'] }, news: NEWS };
  const consented = await t.approve(onWhatsApp({ receipts: { do: 'truncate', purposes: ['news'] } }, asked));
  await line.applied(t.id, consented);
  expect(await ours(t)).toEqual([expect.objectContaining({ state: 'delivered' })]);
  expect(await states(t)).toEqual([{ status: 'delivered', at: MOMENT }]);
});
