// A tenant of the journeys: instructions in force and one connection per channel, made through the public interface.
import { randomBytes } from 'node:crypto';
import type { Answer, CallOptions, Gateway } from './gateway.js';

const NOTICE =
  'You are writing to Acme GmbH, privacy@acme.example. Our data protection officer: dpo@acme.example. An automated assistant (AI) answers you.';
export const NOTICE_SIGN = 'dpo@acme.example';

type Document = Readonly<Record<string, unknown>>;

/** Instructions for support by a bot: text and files, and nothing of a person that is not needed to answer. */
export const instructions = (botUrl: string): Document => ({
  schema: 'parley-instructions/1',
  parties: {
    controller: {
      name: 'Acme GmbH',
      address: 'Hauptstr. 1, 10115 Berlin',
      country: 'DE',
      contact: 'privacy@acme.example',
    },
    dpo: { name: 'Dr. Ada Example', contact: 'dpo@acme.example' },
  },
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'attachments'] } },
  channels: {
    'whatsapp-cloud': { identifiers: { user_id: 'keep', wa_id: 'keep' } },
    messenger: { identifiers: { psid: 'keep' } },
    web: { identifiers: { visitor_id: 'keep' } },
  },
  texts: { 'first-notice': { en: NOTICE, de: NOTICE } },
  retention: ['content', 'routing', 'attachments'].map((data) => ({ data, period: 'P30D' })),
  recipients: {
    bot: { kind: 'webhook', url: botUrl, country: 'DE', purposes: ['support'], data: ['content', 'attachments'] },
  },
});

/** By which kind each channel says that a message was read. */
const READINGS: Readonly<Record<string, object>> = {
  'whatsapp-cloud': { receipts: 'keep' },
  messenger: { watermark: 'keep' },
  instagram: { seen: 'keep' },
};

/** The same instructions, by which it is noted that people read what they were sent. */
export function notingReads(document: Document): Document {
  const channels = document['channels'] as Readonly<Record<string, { readonly identifiers: object }>>;
  const noting = Object.entries(channels).map(([channel, { identifiers, ...more }]) => [channel, { ...more, identifiers: { ...identifiers, ...READINGS[channel] } }]);
  return { ...document, channels: Object.fromEntries(noting) };
} // prettier-ignore

/** The answer of a call that must go well. */
export function took(answer: Answer, what: string): Answer['json'] {
  if (answer.status > 299) throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 400)}`);
  return answer.json;
}

export interface Acme {
  readonly slug: string;
  readonly apiKey: string;
  /** App secret of both Meta connections. */
  readonly secret: string;
  readonly verifyToken: string;
  readonly phoneNumberId: string;
  readonly pageId: string;
  /** Where the tenant's own app posts to. */
  readonly whatsApp: string;
  readonly messenger: string;
  readonly siteKey: string;
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** Submits a document and puts it in force. */
  force(document: Document): Promise<void>;
  /** Tries the credentials of the Meta connections again: what was held while they were stopped goes on. */
  recheck(): Promise<void>;
  /** A key for the bot to post with. */
  recipientKey(recipient: string): Promise<string>;
}

/** The fake of Meta knows whose it is by the end. */
export const pageToken = (pageId: string): string => `EAAG-page-${pageId}`;

let made = 0;

export async function acme(gateway: Gateway, document: Document): Promise<Acme> {
  const slug = `acme-${++made}-${randomBytes(3).toString('hex')}`;
  const tenant = took(await gateway.call('POST', '/v1/tenants', { body: { slug, name: 'Acme GmbH' } }), 'tenant');
  const apiKey = String(tenant['apiKey']);
  const call: Acme['call'] = (method, path, body, options = {}) =>
    gateway.call(method, `/v1/tenants/${slug}${path}`, { body, bearer: apiKey, ...options });

  async function force(next: Document): Promise<void> {
    const sent = took(await call('POST', '/instructions', next), 'instructions');
    const findings = sent['findings'] as readonly { readonly rule: string; readonly severity: string }[];
    const acknowledged = [...new Set(findings.map(({ rule }) => rule))];
    took(await call('POST', `/instructions/${String(sent['version'])}/approve`, { acknowledged }), 'approval');
  }

  await force(document);
  const secret = randomBytes(16).toString('hex');
  const verifyToken = randomBytes(16).toString('hex');
  const phoneNumberId = `1${Date.now()}${made}`;
  const pageId = `6${Date.now()}${made}`;
  const connect = async (channel: string, settings: object): Promise<Answer['json']> =>
    took(await call('POST', '/connections', { channel, name: channel, settings }), channel);
  const whatsApp = await connect('whatsapp-cloud', {
    phoneNumberId,
    businessAccountId: '102000000000001',
    accessToken: 'EAAG-whatsapp',
    appSecret: secret,
    verifyToken,
  });
  const accessToken = pageToken(pageId);
  const messenger = await connect('messenger', { pageId, accessToken, appSecret: secret, verifyToken });
  const web = await connect('web', { origins: ['http://127.0.0.1'] });
  const here = (connection: Answer['json']): string => gateway.url + new URL(String(connection['webhookUrl'])).pathname;
  return {
    slug,
    apiKey,
    secret,
    verifyToken,
    phoneNumberId,
    pageId,
    whatsApp: here(whatsApp),
    messenger: here(messenger),
    siteKey: String(web['siteKey']),
    call,
    force,
    async recheck() {
      for (const { id } of [whatsApp, messenger]) took(await call('POST', `/connections/${String(id)}/check`), 'check');
    },
    recipientKey: async (recipient) =>
      String(took(await call('POST', '/api-keys', { label: 'bot', scope: `recipient:${recipient}` }), 'key')['apiKey']),
  };
}
