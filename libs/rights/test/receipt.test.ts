// Consent receipts: the published schema, the fields of the record, and how each history of events ends.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { InstructionsDocument } from '#libs/instructions';
import type { ConsentListed } from '#libs/store';
import { receiptOf, type DescribedVersion, type ReceiptInput } from '../src/consent/record.js';
import { RECEIPT_SCHEMA } from '../src/consent/schema.js';
import { RECEIPT_TEXTS } from '../src/pages/receipt-texts.js';
import { receiptPage } from '../src/pages/receipt-page.js';
import { WORDS } from '../../instructions/src/intent/words.js';
import { MANDATORY } from './mandatory-27560.js';

const ajv = new Ajv2020({ strict: true, strictTuples: false, allowUnionTypes: true, allErrors: true });
addFormats.default(ajv);
const isReceipt = ajv.compile(RECEIPT_SCHEMA);

const SUBJECT = '0193c0de-0000-7000-8000-000000000001';
const ID = '0193c0de-1111-4111-8111-000000000000';
const HASH = 'a'.repeat(64);
const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));

const documentOf = (version = '1'): InstructionsDocument => ({
  schema: 'parley-instructions/1',
  parties: {
    controller: { name: 'Acme GmbH', contact: 'privacy@acme.example', address: 'Am Speicher 4, Hamburg', country: 'DE' },
    dpo: { contact: 'dpo@acme.example' }, authority: { name: 'HmbBfDI', contact: 'mailbox@authority.example' },
  },
  purposes: {
    support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] },
    news: { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'news', data: ['routing', 'content'] },
  },
  channels: {},
  texts: { news: { version, en: 'News?', accept: { en: ['yes'] }, refuse: { en: ['no'] }, expires: 'P1Y' } },
  retention: [{ data: 'content', period: 'P30D' }, { data: 'routing', purpose: 'support', period: 'P60D' }],
  recipients: {
    mailer: { kind: 'webhook', entity: 'Mailer Inc', country: 'US', transfer: { mechanism: 'A46-2-c' }, purposes: ['news'], data: ['content'] },
    bot: { kind: 'webhook', purposes: ['support'], data: ['content'] },
  },
}); // prettier-ignore

const version = (n: number, document = documentOf()): DescribedVersion => ({ version: n, hash: HASH, document });

/** The scope that the document gives its consent now: read back from the state, so that no test repeats how it is made. */
async function scopeIn(document: InstructionsDocument): Promise<string> {
  const { consentsOf } = await import('#libs/instructions');
  return consentsOf(document)[0]!.scope;
}

const event = (n: number, state: ConsentListed['state'], more: Partial<ConsentListed> = {}): ConsentListed => ({
  id: `0193c0de-2222-7222-8222-${String(n).padStart(12, '0')}`,
  subject_id: SUBJECT, purpose: 'news', state, text_id: 'news', text_version: '1', text_hash: HASH, scope: 's', language: 'en',
  channel: 'whatsapp-cloud', message_id: state === 'requested' ? null : SUBJECT, source: null, instruction_version: 1, clause: '/texts/news', at: at(n),
  ...more,
}); // prettier-ignore

const input = (events: readonly ConsentListed[], more: Partial<ReceiptInput> = {}): ReceiptInput => ({
  id: ID, at: at(30), events, versions: new Map([[1, version(1)]]), inForce: version(1), processor: 'Gate Ltd, privacy@gate.example',
  gatewayUrl: 'https://gateway.example', privacyPage: 'https://gateway.example/privacy/acme', storedIn: ['DE', 'AT'], ...more,
}); // prettier-ignore

const valid = (receipt: unknown): void => {
  isReceipt(receipt);
  expect(isReceipt.errors).toBeNull();
};

it('has the fields that the standard and the GDPR profile ask for', async () => {
  const scope = await scopeIn(documentOf());
  const receipt = receiptOf(input([event(1, 'requested', { scope }), event(2, 'given', { scope })]));
  valid(receipt);
  const [record] = receipt['dpv:hasRecordOfActivity'];
  expect(receipt['dct:conformsTo'][0]).toBe('https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr');
  expect(record).toMatchObject({
    'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr',
    'dpv:hasDataController': { 'dpv:hasName': 'Acme GmbH', 'dpv:hasContact': 'privacy@acme.example' },
    'dpv:hasDataProcessor': { 'dpv:hasName': 'Gate Ltd, privacy@gate.example' },
    'dpv:hasJurisdiction': 'loc:DE',
    'dpv:hasNotice': { 'dct:hasVersion': '1', 'dct:language': 'en', 'parley:sha256': HASH },
    'dpv:hasProcess': [
      {
        'dct:identifier': 'news',
        'dpv:hasPurpose': 'dpv:DirectMarketing',
        'dpv:hasPersonalData': ['pd:UID', 'pd:Communication'],
        'dpv:hasRecipient': [
          { 'dpv:hasName': 'Gate Ltd, privacy@gate.example' },
          { 'dpv:hasName': 'Mailer Inc', 'dpv:hasLocation': 'loc:US', 'dpv:hasLegalBasis': 'eu-gdpr:A46-2-c' },
        ],
        'dpv:hasStorageCondition': [{ 'dpv:hasLocation': ['loc:DE', 'loc:AT'] }, { 'dct:subject': 'content' }],
      },
    ],
    'dpv:hasConsentStatus': [
      { '@type': ['dpv:ConsentRequested'], 'dpv:isIndicatedBy': 'dpv:DataController', 'parley:act': null },
      {
        '@type': ['dpv:ConsentGiven', 'dpv:ExpressedConsent'],
        'dpv:isIndicatedBy': 'dpv:DataSubject',
        'dpv:isIndicatedAtTime': at(2).toISOString(),
        'dpv:hasDuration': { '@type': 'dpv:TemporalDuration', 'rdf:value': 'P1Y' },
        'parley:instructions': { version: 1, sha256: HASH, clause: '/texts/news' },
      },
    ],
    'parley:currentStatus': 'dpv:ConsentGiven',
  });
  // The act is named by a hash, so that nothing leads from a receipt to the message.
  expect(JSON.stringify(record!['dpv:hasConsentStatus'])).not.toContain(SUBJECT);
}); // prettier-ignore

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** All that a path leads to in a record: what holds it, and under which key. */
function found(within: unknown, [key, ...rest]: readonly string[]): { holder: Json; key: string }[] {
  if (Array.isArray(within)) return within.flatMap((one) => found(one, [key!, ...rest]));
  if (!isJson(within)) return [];
  const [name, value] = key!.split('=');
  if (value !== undefined) return within[name!] === value ? found(within, rest) : [];
  return rest.length === 0 ? [{ holder: within, key: name! }] : found(within[name!], rest);
}

const isSaid = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every(isSaid) : Boolean(value);

describe.each(MANDATORY)('what the guide demands: %s (%s)', (_field, _by, path) => {
  const receipt = () => structuredClone(receiptOf(input([event(1, 'requested'), event(2, 'given')])));

  it('is in a record', () => {
    const places = found(receipt()['dpv:hasRecordOfActivity'][0], path);
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter(({ holder, key }) => !isSaid(holder[key]))).toEqual([]);
  });

  it('is demanded by the published schema', () => {
    const without = receipt();
    for (const { holder, key } of found(without['dpv:hasRecordOfActivity'][0], path)) delete holder[key];
    expect(isReceipt(without)).toBe(false);
  });
}); // prettier-ignore

/** The only record of a receipt, under a document that differs in this. */
function under(change: Partial<InstructionsDocument>, more: Partial<ReceiptInput> = {}) {
  const versions = new Map([[1, version(1, { ...documentOf(), ...change })]]);
  const receipt = receiptOf(input([event(1, 'requested'), event(2, 'given')], { versions, ...more }));
  valid(receipt);
  return receipt['dpv:hasRecordOfActivity'][0]!;
}

it('what is special about the data comes on top of the basis under Art. 6', () => {
  const { purposes } = documentOf();
  const special = { purposes: { ...purposes, news: { ...purposes['news']!, art9: 'A9-2-a' } } };
  expect(under({})['dpv:hasLegalBasis']).toEqual(['eu-gdpr:A6-1-a']);
  expect(under(special)['dpv:hasLegalBasis']).toEqual(['eu-gdpr:A6-1-a', 'eu-gdpr:A9-2-a']);
});

it('a recipient of whom only an address is known is not named as the controller', () => {
  const record = under({
    recipients: {
      hook: { kind: 'webhook', url: 'https://bot.example:8443/x', role: 'third-party', purposes: ['news'], data: [] },
      demo: { kind: 'demo', purposes: ['news'], data: [] },
    },
  });
  const [, ...others] = record['dpv:hasProcess'][0]!['dpv:hasRecipient'];
  expect(others).toEqual([
    { '@type': ['dpv:Recipient', 'dpv:ThirdParty'], 'dct:identifier': 'hook', 'dpv:hasName': 'bot.example:8443' },
    { '@type': ['dpv:Recipient'], 'dct:identifier': 'demo', 'dpv:hasName': 'demo' },
  ]);
});

it('what nobody says is not made up', () => {
  const parties = { controller: { name: 'Acme GmbH', contact: 'privacy@acme.example', country: 'DE' } };
  const record = under({ parties, recipients: {}, retention: [] }, { storedIn: [] });
  expect(record['dpv:hasDataController']['dpv:hasAddress']).toBeNull();
  expect(record['dpv:hasAuthority']).toEqual({
    '@type': ['dpv:DataProtectionAuthority'],
    'dpv:hasJurisdiction': 'loc:DE',
  });
  const [process] = record['dpv:hasProcess'];
  expect(process!['dpv:hasRecipient']).toHaveLength(1);
  expect(process!['dpv:hasStorageCondition']).toMatchObject([
    { 'dpv:hasLocation': ['dpv:RandomLocation'] },
    { 'dpv:hasDuration': { '@type': 'dpv:UntilEventDuration' } },
  ]);
});

it('after a withdrawal the record describes what was agreed to, not the version in force when it was withdrawn', () => {
  const before = documentOf('1.1');
  const later = { ...before, parties: { ...before.parties, controller: { ...before.parties.controller, name: 'Acme AG' } } };
  const versions = new Map([[1, version(1)], [2, version(2, later)]]);
  const inV2 = { instruction_version: 2, text_version: '1.1', language: 'de' } as const;
  const recordOf = (...events: ConsentListed[]) => {
    const receipt = receiptOf(input(events, { versions, inForce: version(2, later) }));
    valid(receipt);
    const [{ 'dpv:hasDataController': who, 'dpv:hasNotice': shown }] = receipt['dpv:hasRecordOfActivity'] as [ReturnType<typeof under>];
    return [who['dpv:hasName'], shown['dct:hasVersion'], shown['dct:language']];
  };
  const given = [event(1, 'requested'), event(2, 'given')] as const;
  expect(recordOf(...given, event(3, 'withdrawn', inV2))).toEqual(['Acme GmbH', '1', 'en']);
  expect(recordOf(...given, event(3, 'expired', inV2))).toEqual(['Acme GmbH', '1', 'en']);
  expect(recordOf(...given, event(3, 'expired'), event(4, 'requested', inV2), event(5, 'renewed', inV2), event(6, 'withdrawn'))).toEqual(['Acme AG', '1.1', 'de']);
  // What was refused was never given in these words.
  expect(recordOf(...given, event(3, 'expired'), event(4, 'requested', inV2), event(5, 'refused', inV2))).toEqual(['Acme AG', '1.1', 'de']);
  expect(recordOf(event(1, 'requested'), event(2, 'withdrawn'))).toEqual(['Acme GmbH', '1', 'en']);
}); // prettier-ignore

it('a withdrawal says what brought it, on the page, too', () => {
  const events = (['platform', 'request'] as const).map((source) =>
    receiptOf(input([event(1, 'requested'), event(2, 'given'), event(3, 'withdrawn', { message_id: null, source })])),
  );
  events.forEach(valid);
  const last = events.map((receipt) => receipt['dpv:hasRecordOfActivity'][0]!['dpv:hasConsentStatus'][2]!);
  expect(last.map((status) => status['parley:source'])).toEqual(['platform', 'request']);
  expect(last[0]).toMatchObject({
    'dpv:isIndicatedBy': 'dpv:DataSubject',
    'dpv:hasIndicationMethod': 'preference that the platform reported on whatsapp-cloud',
  });
  const html = receiptPage({ receipt: events[0]!, jws: 'x', kid: 'k', jwks: 'https://gateway.example/keys' }, 'de');
  expect(html).toContain('Sie haben Ihre Einwilligung widerrufen. (von der Plattform gemeldet)');
});

it.each<[string, readonly ConsentListed['state'][], string, Partial<ReceiptInput>]>([
  ['asked', ['requested'], 'ConsentRequested', {}],
  ['given', ['requested', 'given'], 'ConsentGiven', {}],
  ['refused', ['requested', 'refused'], 'ConsentRefused', {}],
  ['withdrawn', ['requested', 'given', 'withdrawn'], 'ConsentWithdrawn', {}],
  ['expired since', ['requested', 'given'], 'ConsentExpired', { at: new Date('2027-06-01T00:00:00Z') }],
  ['what was agreed to has changed since', ['requested', 'given'], 'ConsentInvalidated', { inForce: version(2, documentOf('2')) }],
  ['nobody instructs it any more', ['requested', 'given'], 'ConsentInvalidated', { inForce: null }],
  ['lapsed on record', ['requested', 'given', 'expired'], 'ConsentExpired', {}],
  ['renewed', ['requested', 'given', 'expired', 'requested', 'renewed'], 'RenewedConsentGiven', {}],
])('%s: %#', async (_name, states, term, more) => {
  const scope = await scopeIn(documentOf());
  const receipt = receiptOf(input(states.map((state, n) => event(n + 1, state, { scope })), more));
  valid(receipt);
  const [record] = receipt['dpv:hasRecordOfActivity'];
  expect(record!['parley:currentStatus']).toBe(`dpv:${term}`);
  expect(record!['dpv:hasConsentStatus']).toHaveLength(states.length);
}); // prettier-ignore

it('one answer to a text of two purposes is a receipt with two records', async () => {
  const document = documentOf();
  const two = { ...document, purposes: { ...document.purposes, ads: { ...document.purposes['news']! } } };
  const scope = await scopeIn(two);
  const events = ['ads', 'news'].map((purpose, n) => event(n + 1, 'refused', { purpose, scope }));
  const receipt = receiptOf(input(events, { versions: new Map([[1, version(1, two)]]), inForce: version(1, two) }));
  valid(receipt);
  expect(receipt['dpv:hasRecordOfActivity'].map((r) => r['dpv:hasProcess'][0]!['dct:identifier'])).toEqual([
    'ads',
    'news',
  ]);
});

it.each<[string, (receipt: Record<string, unknown>) => void]>([
  ['a record without its notice', (r) => delete (r['dpv:hasRecordOfActivity'] as Record<string, unknown>[])[0]!['dpv:hasNotice']],
  ['a state that the vocabulary does not have', (r) => ((r['dpv:hasRecordOfActivity'] as Record<string, unknown>[])[0]!['parley:currentStatus'] = 'dpv:ConsentLost')],
  ['no record', (r) => (r['dpv:hasRecordOfActivity'] = [])],
  ['a receipt of another profile', (r) => (r['dct:conformsTo'] = ['https://w3id.org/dpv/schema/dpv-27560#receipt'])],
  ['a field that nobody declared', (r) => (r['phone'] = '4915550000001')],
])('the schema refuses %s', (_name, spoil) => {
  const receipt = structuredClone(receiptOf(input([event(1, 'requested')]))) as unknown as Record<string, unknown>;
  spoil(receipt);
  expect(isReceipt(receipt)).toBe(false);
}); // prettier-ignore

it('the page says in each language how it stands, and quotes nothing as markup', () => {
  expect(Object.keys(RECEIPT_TEXTS)).toEqual(Object.keys(WORDS));
  const document = documentOf();
  const odd = { ...document, parties: { ...document.parties, controller: { ...document.parties.controller, name: '<Acme & Sons>' } } };
  const receipt = receiptOf(input([event(1, 'requested'), event(2, 'refused')], { versions: new Map([[1, version(1, odd)]]) }));
  for (const [language, texts] of Object.entries(RECEIPT_TEXTS)) {
    const html = receiptPage({ receipt, jws: 'x', kid: 'k', jwks: 'https://gateway.example/keys' }, language);
    expect(html).toContain(`<strong>${texts.states.refused}</strong>`);
    expect(html).toContain('&lt;Acme &amp; Sons&gt;');
    expect(html).toContain(`lang="${language}"`);
    for (const label of [texts.address, texts.authority, texts.recipients, texts.storedIn, texts.keptFor])
      expect(html).toContain(label);
    expect(html).toContain('Am Speicher 4, Hamburg');
    expect(html).toContain('HmbBfDI, mailbox@authority.example');
    expect(html).toContain(`Mailer Inc (${new Intl.DisplayNames([language], { type: 'region' }).of('US')!})`);
    expect(html).toContain(new Intl.DisplayNames([language], { type: 'region' }).of('AT')!);
  }
}); // prettier-ignore
