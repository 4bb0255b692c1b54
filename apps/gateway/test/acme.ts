// A tenant of the API tests: instructions in force, a connection, and a conversation as the pipeline leaves one.
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { grantMandate, personal } from '#libs/kernel';
import { blindIndex, sealPersonal } from '#libs/vault';
import { startApi, type ApiOptions, type TestApi } from './gateway-api.js';

const NOTICE =
  'You are writing to Acme GmbH, privacy@acme.example. Our data protection officer: dpo@acme.example. An automated assistant (AI) answers you. {privacyPage}';

export const document = () => ({
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
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] } },
  channels: { messenger: { identifiers: { psid: 'keep' } } },
  texts: { 'first-notice': { en: NOTICE, de: NOTICE } },
  retention: [
    { data: 'content', period: 'P30D' },
    { data: 'routing', period: 'P30D' },
  ],
  recipients: {
    bot: {
      kind: 'webhook',
      url: 'https://bot.acme.example/in',
      country: 'DE',
      purposes: ['support'],
      data: ['content'],
    },
  },
});

export const SETTINGS = {
  pageId: '6824983',
  accessToken: 'EAAG-secret-token',
  appSecret: 'app-secret-1',
  verifyToken: 'verify-1',
};

export async function startAcme(options: ApiOptions = {}) {
  const api: TestApi = await startApi(options);

  async function tenant() {
    const slug = `t${randomUUID().slice(0, 8)}`;
    const made = await api.call('POST', '/v1/tenants', { body: { slug, name: 'Acme GmbH' } });
    expect(made.status).toBe(201);
    const token = String(made.body['apiKey']);
    const id = (await api.store.tenantBySlug(slug))!.id;
    const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
      api.call(method, `/v1/tenants/${slug}${path}`, { token, body });
    const approve = async (change: (d: Record<string, unknown>) => object = (d) => d): Promise<void> => {
      const sent = await call('POST', '/instructions', change(document()));
      const findings = sent.body['findings'] as unknown as { rule: string }[];
      const approved = await call('POST', `/instructions/${String(sent.body['version'])}/approve`, {
        acknowledged: findings.map((f) => f.rule),
      });
      expect([approved.status, approved.body['inForce']]).toEqual([200, true]);
    };
    const connect = (settings: object = SETTINGS, channel = 'messenger') =>
      call('POST', '/connections', { channel, name: 'Page', settings });
    return { slug, token, id, call, approve, connect };
  }

  /** A conversation with one stored message of each direction, as the pipeline leaves them. */
  async function conversation(of: { id: string }, connectionId: string, text: string) {
    const keys = (await api.store.tenantKeys(of.id))!;
    const mandate = grantMandate({
      tenantId: of.id,
      operation: 'Store',
      purpose: 'support',
      categories: ['routing', 'content'],
      instruction: { version: 1, hash: 'h', clause: '/c' },
    });
    const value = randomUUID();
    const contact = await api.store.resolveContact(mandate, keys, {
      connectionId,
      thread: '',
      locale: null,
      handles: [
        { hash: blindIndex(keys, 'messenger|psid', value), kind: 'psid', value: personal(value), clause: '/c' },
      ],
    });
    const messageId = v7();
    const place = { tenantId: of.id, subjectId: contact.subjectId, table: 'message', row: messageId, field: 'body' };
    const stored = {
      content: { type: 'text', text },
      identifiers: { psid: 'psid-in-body', locale: 'de' },
      messageId: 'm_platform',
    };
    const body = sealPersonal(mandate, 'content', { key: contact.subjectKey, value: personal(stored), place });
    await api.store.ingest(
      {
        messages: [
          {
            tenantId: of.id, id: messageId, connectionId, conversationId: contact.conversationId,
            hash: blindIndex(keys, 'm', messageId), direction: 'in', type: 'message', contentType: 'text', body, target: null,
            state: 'pending', fed: false, version: 1, clause: '/purposes/support', at: new Date(),
          },
        ],
        statuses: [],
        observations: [
          { tenantId: of.id, connectionId, channel: 'messenger', exposure: { id: '1'.repeat(32), json: '[["psid","sender.id","keep",2]]' }, count: 1 },
          { tenantId: of.id, connectionId, channel: 'messenger', exposure: { id: '2'.repeat(32), json: '[["unheard_of","x.y","drop",1]]' }, count: 1 },
        ],
        leaves: [],
      },
      0,
    ); // prettier-ignore
    return { conversationId: contact.conversationId, messageId, keys };
  }

  return { api, tenant, conversation };
}

export type Acme = Awaited<ReturnType<typeof startAcme>>;
