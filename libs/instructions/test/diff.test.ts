// What a person who approves a version reads about it: sentences, each with its place and its direction.
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { diff, SCHEMA, type InstructionsDocument } from '../src/index.js';
import { document, FACTS } from './document.js';

/** A document that may be changed anywhere. */
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

const NAMED = { ...FACTS, names: { 'whatsapp-cloud': 'WhatsApp Cloud' } };

const changes = (change: (d: Loose) => unknown): string[] => {
  const after = structuredClone<Loose>(document()) as InstructionsDocument;
  change(after);
  return diff(document(), after, NAMED).map(({ path, kind, words }) => `${path} ${kind}: ${words}`);
};

const crm = { kind: 'crm', entity: 'CRM Ltd', url: 'https://c.example', purposes: ['support'], data: ['content'], identifiers: ['wa_id'] }; // prettier-ignore

it.each<[string, (d: Loose) => unknown, string[]]>([
  ['nothing', () => undefined, []],
  [
    'an identifier is no longer listed',
    (d) => delete d.channels['whatsapp-cloud'].identifiers.wa_id,
    ['/channels/whatsapp-cloud/identifiers/wa_id stricter: From now on the telephone number (wa_id) is dropped on WhatsApp Cloud.'],
  ],
  [
    'one is kept as a pseudonym, in long form',
    (d) => (d.channels['whatsapp-cloud'].identifiers.profile_name = { do: 'pseudonymise' }),
    ['/channels/whatsapp-cloud/identifiers/profile_name laxer: From now on the UID (profile_name) is kept as a pseudonym on WhatsApp Cloud.'],
  ],
  [
    'the same said in long form, and a limit',
    (d) => Object.assign(d.channels['whatsapp-cloud'].identifiers, { user_id: { do: 'keep' }, wa_id: { do: 'keep', period: 'P7D' } }),
    [
      '/channels/whatsapp-cloud/identifiers/user_id changed: The clause on the UID (user_id) on WhatsApp Cloud is written otherwise and means the same.',
      '/channels/whatsapp-cloud/identifiers/wa_id changed: For how long or for which purposes the telephone number (wa_id) is kept on WhatsApp Cloud changes.',
    ],
  ],
  [
    'a channel is added',
    (d) => (d.channels.web = { identifiers: { visitor_id: 'keep' } }),
    [
      '/channels/web laxer: From now on people can write on web.',
      '/channels/web/identifiers/visitor_id laxer: From now on the UID (visitor_id) is kept on web.',
    ],
  ],
  [
    'a channel is switched off',
    (d) => (d.channels['whatsapp-cloud'].enabled = false),
    ['/channels/whatsapp-cloud stricter: From now on nothing is accepted on WhatsApp Cloud.'],
  ],
  [
    'a purpose is added',
    (d) => (d.purposes.orders = { dpv: 'CustomerOrderManagement', basis: 'A6-1-b', data: ['content', 'routing'] }),
    ['/purposes/orders laxer: From now on data is also processed for orders (taking and processing orders): content and routing.'],
  ],
  [
    'a purpose uses other data on another basis',
    (d) => Object.assign(d.purposes.support, { data: ['routing', 'attachments'], basis: 'A6-1-f' }),
    [
      '/purposes/support/data laxer: From now on support also uses attachments.',
      '/purposes/support/data stricter: From now on support no longer uses content.',
      '/purposes/support/basis changed: The legal basis of support is now A6-1-f instead of A6-1-b.',
    ],
  ],
  [
    'a month is thirty days said otherwise, and longer than twenty-nine',
    (d) => (d.retention = [{ data: 'content', period: 'P1M' }, { data: 'routing', period: 'P29D' }]),
    [
      '/retention/0/period changed: From now on content is kept for P1M instead of P30D.',
      '/retention/1/period stricter: From now on routing is kept for P29D instead of P30D.',
    ],
  ],
  [
    'a longer period, and one of its own',
    (d) => (d.retention = [{ data: 'routing', period: 'P30D' }, { data: 'content', period: 'P1Y' }, { data: 'content', purpose: 'support', period: 'P2Y' }]),
    [
      '/retention/1/period laxer: From now on content is kept for P1Y instead of P30D.',
      "/retention/2/period changed: From now on content of support has a period of its own: P2Y, counted from the person's last activity.",
    ],
  ],
  [
    'a recipient is added',
    (d) => (d.recipients.crm = crm),
    ['/recipients/crm laxer: From now on crm (CRM Ltd) receives content and wa_id.'],
  ],
  [
    'a recipient goes',
    (d) => delete d.recipients.bot,
    ['/recipients/bot stricter: From now on bot receives nothing any more.'],
  ],
  [
    'a recipient moves, and gets more',
    (d) => Object.assign(d.recipients.bot, { country: 'US', data: ['content', 'routing'], url: 'https://other.example' }),
    [
      '/recipients/bot/data laxer: From now on bot also receives routing.',
      '/recipients/bot/url changed: The address to which the recipient bot is sent data is now https://other.example instead of https://bot.acme.example/parley.',
      '/recipients/bot/country laxer: The recipient bot moves from Germany (DE) to the United States (US).',
    ],
  ],
  [
    'a line of retention that differs in everything',
    // oxlint-disable-next-line unicorn/no-thenable -- a key of the document
    (d) => (d.retention[0] = { data: 'content', start: 'ingest', period: 'P1D', then: 'aggregate', reason: '§ 12' }),
    [
      '/retention/0/period stricter: From now on content is kept for P1D instead of P30D.',
      "/retention/0/start changed: The period of content is now counted from when it comes in, and not from the person's last activity.",
      '/retention/0/then changed: When its period is over, content is now counted first, and then erased.',
      '/retention/0/reason changed: The reason for how long content is kept is now: § 12.',
    ],
  ],
  [
    'text goes on as it was written',
    (d) => (d.freeText = { beforeRecipient: { bot: 'as-is' } }),
    ['/freeText/beforeRecipient/bot laxer: From now on bot gets text as it was written.'],
  ],
  [
    'special categories are allowed',
    (d) => (d.specialCategories = { mode: 'allow' }),
    ['/specialCategories/mode laxer: Special categories of data: from now on `allow`.'],
  ],
  [
    'a wording, and a party',
    (d) => {
      d.texts['first-notice'].de = 'Hallo';
      d.parties.dpo.contact = 'new@acme.example';
    },
    [
      '/texts/first-notice/de changed: The text first-notice reads otherwise (de).',
      '/parties/dpo/contact changed: The contact of the data protection officer is now new@acme.example instead of dpo@acme.example.',
    ],
  ],
  [
    'less is looked for in texts',
    (d) => (d.freeText = { detect: ['email'] }),
    ['/freeText/detect laxer: From now on what people write is no longer searched for iban, card, ip, national-id and phone.'],
  ],
  [
    'files keep what is embedded in them, and others are taken',
    (d) => (d.channels['whatsapp-cloud'].attachments = { types: ['image'], maxBytes: 1000, stripMetadata: false }),
    [
      '/channels/whatsapp-cloud/attachments/types stricter: From now on only files of these types are kept on WhatsApp Cloud: image.',
      '/channels/whatsapp-cloud/attachments/maxBytes stricter: From now on files on WhatsApp Cloud may have at most 1000 bytes.',
      '/channels/whatsapp-cloud/attachments/stripMetadata laxer: From now on what is embedded in pictures (place, time, device) stays in them on WhatsApp Cloud.',
    ],
  ],
  [
    'the signal of a browser counts',
    (d) => (d.channels['whatsapp-cloud'].gpc = 'object'),
    ['/channels/whatsapp-cloud/gpc stricter: From now on the signal Sec-GPC of a browser is an objection on WhatsApp Cloud.'],
  ],
  [
    'a purpose does less on other grounds',
    (d) => Object.assign(d.purposes.support, { operations: ['collect', 'store'], art9: 'A9-2-h', art10: 'Act 1', consent: 'ask', balancingTest: 'LIA-1', marketing: true, softOptIn: true, features: ['first_name'] }),
    [
      '/purposes/support/operations stricter: From now on support no longer discloses its data.',
      '/purposes/support/features laxer: From now on support asks for first_name to be looked up at the platform.',
      '/purposes/support/softOptIn laxer: From now on support addresses existing customers without asking them for consent.',
      '/purposes/support/marketing changed: From now on support is marked as marketing.',
      '/purposes/support/art9 laxer: From now on support may process special categories of data (A9-2-h).',
      '/purposes/support/art10 changed: The law that permits data about crime (Art. 10 GDPR) of support is now Act 1 instead of none.',
      '/purposes/support/consent changed: The text that asks for consent of support is now ask instead of none.',
      '/purposes/support/balancingTest changed: The balancing test of support is now LIA-1 instead of none.',
    ],
  ],
  [
    'what was found goes sooner',
    (d) => (d.specialCategories = { mode: 'forbid', purgeWithin: 'P1D' }),
    ['/specialCategories/purgeWithin stricter: Special categories of data: messages with them are erased within P1D.'],
  ],
  [
    'what no sentence is about',
    (d) => (d.purposes.support.description = { en: 'Help' }),
    ['/purposes/support/description changed: What stands under `purposes/support/description` differs.'],
  ],
])('%s', (_name, change, expected) => expect(changes(change)).toEqual(expected)); // prettier-ignore

it('what is stricter one way is laxer the other', () => {
  const after = structuredClone<Loose>(document());
  delete after.channels['whatsapp-cloud'].identifiers.wa_id;
  delete after.recipients.bot;
  after.retention[0].period = 'P1D';
  const kinds = (from: InstructionsDocument, to: InstructionsDocument) => new Set(diff(from, to, FACTS).map((c) => c.kind));
  expect(kinds(document(), after)).toEqual(new Set(['stricter']));
  expect(kinds(after, document())).toEqual(new Set(['laxer']));
}); // prettier-ignore

const some = fc.constantFrom;
const names = (...of: string[]) => fc.uniqueArray(some(...of), { maxLength: 3 });
const loose = (model: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []): fc.Arbitrary<Loose> => fc.record(model, { requiredKeys }); // prettier-ignore
const action = some('keep', 'drop', 'pass', 'block', 'truncate', 'pseudonymise');
const flag = fc.boolean();
const period = some('P1D', 'P1M', 'P30D');
const purpose = loose({
  dpv: some('CustomerCare', 'Advertising'), basis: some('A6-1-a', 'A6-1-b'), art9: some('A9-2-a', 'A9-2-h'), art10: some('one', 'two'), consent: some('a', 'b'),
  balancingTest: some('a', 'b'), marketing: flag, softOptIn: flag, operations: names('collect', 'store', 'disclose'), data: names('content', 'routing'),
  features: names('first_name', 'last_name'), description: loose({ en: some('a', 'b') }),
}, ['dpv', 'data']); // prettier-ignore
const recipient = loose({
  kind: some('webhook', 'crm'), role: some('sub-processor', 'third-party'), entity: some('a', 'b'), address: some('a', 'b'), contact: some('a', 'b'), signed: some('2026-01-01', '2026-01-02'),
  url: some('https://a.example', 'https://b.example'), country: some('DE', 'US'), transfer: loose({ mechanism: some('A45-3', 'A46-2-c'), ref: some('a', 'b'), validUntil: some('2027-01-01') }, ['mechanism']), purposes: names('p', 'q'),
  data: names('content', 'routing'), identifiers: names('wa_id'), erasure: loose({ url: some('https://a.example'), ackWithin: period }), model: some('a', 'b'), prompt: some('a', 'b'), from: some('2026-01-01'),
}, ['kind', 'purposes', 'data']); // prettier-ignore
const sensitive = loose({ mode: some('forbid', 'warn', 'allow'), text: some('a', 'b'), purgeWithin: period }, ['mode']);
const SECTIONS: Record<string, fc.Arbitrary<unknown>> = {
  effective: loose({ from: some('2026-12-01', '2026-12-02'), until: some('2027-12-01') }),
  contract: loose({ type: some('own', 'eu-scc-2021-915'), checkpoints: some('https://a.example'), signed: some('2026-01-01'), atEnd: some('delete', 'return'), approvals: some(1, 2) }),
  parties: loose({ controller: loose({ name: some('a', 'b'), country: some('DE', 'AT') }), dpo: loose({ contact: some('a', 'b') }), jointControllers: fc.array(loose({ name: some('a', 'b'), contact: some('a', 'b') }, ['name', 'contact']), { maxLength: 2 }), breachContacts: names('a', 'b') }, ['controller']),
  purposes: loose({ p: purpose, q: purpose }),
  categories: loose({ content: loose({ dpv: names('Health'), freeText: flag }) }),
  channels: loose({
    web: loose({
      enabled: flag, identifiers: loose({ a: action, b: loose({ do: action, purposes: names('p', 'q'), period }, ['do']) }),
      attachments: loose({ types: names('image', 'video/*'), maxBytes: some(1, 2), stripMetadata: flag }), gpc: some('object', 'ignore'),
    }, ['identifiers']),
  }),
  freeText: loose({ detect: names('email', 'phone', 'name'), beforeStore: some('as-is', 'redact'), beforeRecipient: loose({ bot: some('as-is', 'tokenise'), crm: some('redact') }) }),
  specialCategories: sensitive,
  criminalData: sensitive,
  minors: loose({ mode: some('refuse', 'guardian'), ages: loose({ DE: some(16, 17) }) }, ['mode']),
  texts: loose({ a: loose({ en: some('a', 'b'), version: some(1, '1'), purposes: names('p', 'q'), accept: loose({ en: names('yes') }), refuse: loose({ en: names('no') }), expires: period, askAgainAfter: period, meanwhile: some('hold', 'discard'), holdFor: period }) }),
  keywords: loose({ en: loose({ stop: names('halt', 'enough'), start: names('go') }), de: loose({ stop: names('halt') }) }),
  // oxlint-disable-next-line unicorn/no-thenable -- a key of the document
  retention: fc.array(loose({ data: some('content', 'routing'), purpose: some('p', 'q'), start: some('ingest', 'withdrawal'), period, then: some('erase', 'aggregate'), reason: some('a', 'b') }, ['data', 'period']), { maxLength: 3 }),
  legalHolds: fc.array(loose({ scope: some('a', 'b'), basis: some('§ 1', '§ 2'), from: some('2026-01-01', '2026-01-02'), until: some('2027-01-01'), data: names('content', 'routing'), connections: names('a', 'b'), messages: loose({ from: some('2026-01-01') }) }, ['scope', 'basis', 'from']), { maxLength: 3 }),
  recipients: loose({ bot: recipient, crm: recipient }),
  rights: loose({ erase: some('automatic', 'controller-approves'), access: some('after-verification'), verify: some('same-channel'), others: some('as-is', 'redact'), mentions: some('redact', 'list'), due: period }),
  statistics: loose({ enabled: flag, minimumGroup: some(10, 20), time: some('hour', 'day'), dimensions: names('channel', 'language') }),
  law: loose({ breachHours: some(24, 72), minorAges: loose({ DE: some(16, 17), FR: some(15) }), adequacyList: some('a'), noticePeriod: period }),
}; // prettier-ignore
const REQUIRED = ['parties', 'purposes', 'channels', 'texts', 'retention', 'recipients'];

it('every section of the published form is compared below', () => {
  expect(['schema', ...Object.keys(SECTIONS)]).toEqual(Object.keys((SCHEMA as Loose).properties as object));
});

it.each(Object.keys(SECTIONS))('documents that differ in `%s` are never said to be the same, and the same one never to differ', (section) => {
  const base = { parties: {}, purposes: {}, channels: {}, texts: {}, retention: [], recipients: {} };
  const value = REQUIRED.includes(section) ? SECTIONS[section]! : fc.option(SECTIONS[section]!, { nil: undefined });
  fc.assert(
    fc.property(value, value, (was, is) => {
      const [before, after] = [was, is].map((one) => ({ ...base, ...(one === undefined ? {} : { [section]: one }) })) as unknown as [InstructionsDocument, InstructionsDocument];
      const found = diff(before, after, FACTS);
      expect(found.length > 0).toBe(canonicalize(before) !== canonicalize(after));
      for (const { words } of found) expect(words).not.toMatch(/undefined|null|NaN|\[object/);
    }),
    { numRuns: 500 },
  );
}); // prettier-ignore
