// The demo tenant: made at the first start, with instructions in force and a website connection for the page at /demo.
import { hkdfSync } from 'node:crypto';
import { CHANNELS } from '#libs/channels';
import { hashDocument, review, type Facts } from '#libs/instructions';
import type { Signatures } from '#libs/ledger';
import type { Store } from '#libs/store';
import { statementOf } from '../statements.js';

export const DEMO = 'demo';
const APPROVED_BY = 'Parley, for the demo';

const NOTICE = {
  en: 'You are writing to {controller.name}, {controller.contact}; data protection officer: {dpo.contact}. An automated assistant (AI) answers. {privacyPage}',
  de: 'Sie schreiben an {controller.name}, {controller.contact}; Datenschutzbeauftragte: {dpo.contact}. Es antwortet ein automatischer Assistent (KI). {privacyPage}',
};

/** The channel whose clients come to us by themselves: it needs no account anywhere. */
const CHANNEL = CHANNELS.find(({ delivery }) => delivery === 'pull')!;

/** By what people are answered, on each channel: those of the others come from `parley simulate`. */
const ROUTING = Object.fromEntries(
  CHANNELS.map(({ manifest, identifiers }) => {
    const needed = identifiers.filter(({ reply }) => reply !== 'none').map(({ key }) => [key, 'keep'] as const);
    return [manifest.channel, { identifiers: Object.fromEntries(needed) }] as const;
  }),
);

/** Everything but what an answer needs is dropped; files may be sent and are kept, so that uploads can be tried. */
const DOCUMENT = {
  schema: 'parley-instructions/1',
  parties: {
    controller: {
      name: 'Demo Shop Ltd',
      address: '1 Example Street, Dublin',
      country: 'IE',
      contact: 'privacy@demo.example',
    },
    dpo: { name: 'Dana Example', contact: 'dpo@demo.example' },
  },
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'attachments'] } },
  channels: ROUTING,
  texts: { 'first-notice': NOTICE },
  retention: [
    { data: 'content', period: 'P1D' },
    { data: 'attachments', period: 'P1D' },
    { data: 'routing', period: 'P1D' },
  ],
  recipients: {
    assistant: { kind: 'demo', country: 'IE', purposes: ['support'], data: ['content', 'attachments'] },
  },
};

export interface DemoDeps {
  readonly store: Store;
  readonly signatures: Signatures;
  readonly facts: Facts;
  readonly masterKey: Buffer;
  readonly origin: string;
}

/** Public, and the same in every process that has the master key: the page needs it again at every start. */
export const demoSiteKey = (masterKey: Buffer): string =>
  `site_${Buffer.from(hkdfSync('sha256', masterKey, '', 'parley demo site', 24)).toString('base64url')}`;

/** @returns whether it was made now. */
export async function makeDemoTenant({ store, signatures, facts, masterKey, origin }: DemoDeps): Promise<boolean> {
  const made = await store.createTenant(DEMO, 'Demo Shop');
  if (!made) return false;
  const findings = review(DOCUMENT, facts, new Date());
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) throw new Error(`the demo's instructions are wrong: ${errors.map((e) => e.rule).join(', ')}`);
  const version = await store.submitInstructions(made.id, {
    hash: hashDocument(DOCUMENT),
    document: DOCUMENT,
    findings,
  });
  const acknowledged = findings.map((finding) => finding.rule);
  const of = { version, supersedes: null, hash: hashDocument(DOCUMENT) };
  const said = {
    tenantId: made.id,
    says: 'approves',
    of,
    name: APPROVED_BY,
    credential: 'demo',
    rules: acknowledged,
    at: new Date(),
  } as const;
  await store.approveInstructions(made.id, version, { ...(await statementOf(signatures, said)), needed: 1 });
  const keys = await store.tenantKeys(made.id);
  if (!keys) throw new Error('the demo tenant has no key');
  const website = {
    channel: CHANNEL.manifest.channel,
    name: 'Demo page',
    account: null,
    settings: { origins: [origin] },
    secrets: {},
    health: 'healthy',
    reason: null,
    siteKey: demoSiteKey(masterKey),
  };
  await store.createConnection(made.id, website, keys);
  return true;
}
