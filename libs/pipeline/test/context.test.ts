// What surrounds a conversation (by which advertisement somebody came, what they think of an answer) reaches the bots that are instructed to have it, and nobody else.
import { readFileSync } from 'node:fs';
import { startLine, type Change, type Line } from './line.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

type Action = 'keep' | 'pass' | 'drop';
const CHANNELS = {
  messenger: { account: '100000000000001', routing: { psid: 'keep' }, settings: { pageId: '100000000000001' } },
  'whatsapp-cloud': {
    account: '106000000000001',
    routing: { user_id: 'keep', wa_id: 'keep' },
    settings: { phoneNumberId: '106000000000001', businessAccountId: '102000000000001' },
  },
} as const;

/** One case, under instructions of these kinds, of which the bot is given those it lists. */
async function taken(
  channel: keyof typeof CHANNELS,
  name: string,
  { kinds, given = Object.keys(kinds) }: { readonly kinds: Readonly<Record<string, Action>>; readonly given?: string[] },
) {
  const { account, routing, settings } = CHANNELS[channel];
  const instructed: Change = (d) => {
    Object.assign(d['channels'] as unknown as object, { [channel]: { identifiers: { ...routing, ...kinds } } });
    const { support } = d['purposes'] as unknown as Record<string, { data: string[] }>;
    support!.data.push('profile', 'derived', 'consent-record');
    Object.assign((d['recipients'] as unknown as Record<string, object>)['bot']!, { identifiers: given });
  };
  const t = await line.tenant(instructed);
  const made = { channel, name: 'Account', account, settings, secrets: { accessToken: 'EAAG', appSecret: 's', verifyToken: 'v' }, health: 'healthy', reason: null };
  const { id } = await line.store.createConnection(t.id, made, t.keys);
  await line.tenants.changed(t.id);
  const payload = JSON.parse(readFileSync(`test/cases/${channel}/${name}.payload.json`, 'utf8')) as unknown;
  const before = line.bot.asked.length;
  await line.intake.session((await line.tenants.connection(id))!, payload, new Map());
  await line.workOn(t.id);
  const [asked, ...more] = line.bot.asked.slice(before).map(({ body }) => body as Record<string, unknown>);
  expect(more).toEqual([]);
  return {
    event: asked?.['event'] ?? null,
    type: (asked?.['message'] as { type?: string } | undefined)?.type,
    window: (await t.query<{ open: boolean }>('SELECT last_inbound_at IS NOT NULL AS open FROM parley.conversation WHERE tenant_id = $1')).some(({ open }) => open),
    told: asked?.['identifiers'],
    /** What is left in the table, beside that something was. */
    held: (await t.held()).map((body) => body?.identifiers),
    seen: Object.fromEntries((await line.store.observations(t.id)).filter(({ kind }) => kind in kinds).map(({ kind, action }) => [kind, action])),
  };
} // prettier-ignore

it('WhatsApp: the product that somebody asks about, and that their words are somebody else’s', async () => {
  const kinds = { referred_product_id: 'keep', referred_catalog_id: 'pass' } as const;
  const asks = await taken('whatsapp-cloud', 'text-product-enquiry', { kinds });
  expect(asks).toMatchObject({ event: 'message', seen: kinds });
  expect(asks.told).toEqual({ referred_product_id: expect.any(String), referred_catalog_id: expect.any(String) });
  expect(asks.held).toEqual([{ referred_product_id: expect.any(String) }]);
  const forwarded = async (name: string) =>
    (await taken('whatsapp-cloud', name, { kinds: { forwarded: 'pass' } })).told;
  expect(await forwarded('text-forwarded')).toEqual({ forwarded: 'once' });
  expect(await forwarded('text-frequently-forwarded')).toEqual({ forwarded: 'often' });
});

it('WhatsApp: the words of the advertisement by which somebody came', async () => {
  const kinds = { referral_headline: 'pass', referral_body: 'pass', referral_welcome_message: 'pass', referral_source_type: 'pass' } as const;
  const { told, held, seen } = await taken('whatsapp-cloud', 'text-referral-ad', { kinds });
  expect(told).toEqual({ referral_headline: 'Schreiben Sie uns', referral_body: 'Sommerangebot', referral_welcome_message: 'Hallo!', referral_source_type: 'ad' });
  expect([held, seen]).toEqual([[{}], kinds]);
  const silent = await taken('whatsapp-cloud', 'text-referral-ad', { kinds: {} });
  expect([silent.told, silent.held]).toEqual([undefined, [{}]]);
}); // prettier-ignore

it.each([
  ['referral', 'referral', { referral_ref: 'flyer', referral_source: 'SHORTLINK' }],
  ['optin', 'optin', { referral_ref: 'weekly', optin_title: 'Weekly news' }],
  ['response-feedback', 'feedback', { feedback: 'Bad response' }],
  ['account-linking', 'account-linking', { account_linking_status: 'linked', account_linking_code: 'code-of-ada' }],
])('Messenger: %s', async (name, event, told) => {
  const all = (action: Action) => Object.fromEntries(Object.keys(told).map((kind) => [kind, action]));
  expect(await taken('messenger', name, { kinds: all('keep') })).toEqual({
    event, type: event, told, held: [told], seen: all('keep'), window: false,
  });
  // Passed on: nothing of it is left.
  expect(await taken('messenger', name, { kinds: all('pass') })).toEqual({
    event, type: event, told, held: [{}], seen: all('pass'), window: false,
  });
  // Kept for whoever else: this bot does not even hear that there was something.
  expect(await taken('messenger', name, { kinds: all('keep'), given: ['psid'] })).toMatchObject({ event: null, held: [told] });
  // Not instructed: it was counted, and that is all.
  expect(await taken('messenger', name, { kinds: all('drop') })).toMatchObject({ event: null, held: [], seen: all('drop') });
}); // prettier-ignore
