// A person of the rights tests: known by an identifier that the API can look up, with messages of both directions in a conversation.
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { CHANNELS } from '#libs/channels';
import { grantMandate, personal } from '#libs/kernel';
import { lookupHashes } from '#libs/pipeline';
import { blindIndex, sealPersonal } from '#libs/vault';
import { SETTINGS, type Acme } from './acme.js';

type Tenant = Awaited<ReturnType<Acme['tenant']>>;

const adapter = CHANNELS.find(({ accountSetting }) => accountSetting === 'pageId')!;
const { channel } = adapter.manifest;
const KIND = 'psid';

/** `value`: an account may know another person by the same. */
export async function person(
  acme: Acme,
  tenant: Tenant,
  connectionId: string,
  { value = String(BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 14)}`)) } = {},
) {
  const { store } = acme.api;
  const keys = (await store.tenantKeys(tenant.id))!;
  const mandate = grantMandate({
    tenantId: tenant.id, operation: 'Store', purpose: 'support', categories: ['routing', 'content', 'attachments'],
    instruction: { version: 1, hash: 'h', clause: '/purposes/support' },
  }); // prettier-ignore
  const here = (await store.connections(tenant.id)).filter(({ id }) => id === connectionId);
  const connections = here.map((one) => ({ ...one, adapter }));
  const [hash] = lookupHashes({ channel, kind: KIND, value: personal(value) }, connections, keys);
  /** `beside`: hashes by which nobody was known, seen in the same update. */
  const meet = (also: readonly string[] = [], beside: readonly Buffer[] = []) =>
    store.resolveContact(mandate, keys, {
      connectionId, thread: '', locale: 'de',
      handles: [
        { hash: hash!, kind: KIND, value: personal(value), clause: '/c' },
        ...beside.map((one) => ({ hash: one, kind: KIND, value: personal('also theirs'), clause: '/c' })),
        ...also.map((one) => ({ hash: blindIndex(keys, 'asid', one), kind: 'asid', value: personal(one), clause: '/c' })),
      ],
    }); // prettier-ignore

  /** One message, as intake leaves it. */
  async function says(text: string, how: { direction?: 'in' | 'out'; state?: string } = {}): Promise<string> {
    const contact = await meet();
    const id = v7();
    const place = { tenantId: tenant.id, subjectId: contact.subjectId, table: 'message', row: id, field: 'body' };
    const written =
      how.direction === 'out' ? { type: 'text', text } : { content: { type: 'text', text }, identifiers: {} };
    const body = sealPersonal(mandate, 'content', { key: contact.subjectKey, value: personal(written), place });
    const platform = blindIndex(keys, 'dedupe', `m:${id}`);
    const message = {
      tenantId: tenant.id, id, connectionId, conversationId: contact.conversationId, hash: platform, direction: how.direction ?? 'in' as const,
      type: 'message', contentType: 'text', body, target: null, state: how.state ?? 'done', fed: false, version: 1, clause: '/purposes/support',
      at: new Date(),
    }; // prettier-ignore
    const status = { tenantId: tenant.id, connectionId, hash: platform, messageId: null, status: 'delivered' as const, code: null, version: 1, clause: '/c', at: new Date() }; // prettier-ignore
    await store.ingest({ messages: [message], statuses: [status], observations: [], leaves: [] }, 0);
    return id;
  }

  /** A recipient was given the person's messages. */
  async function disclosedTo(recipient: string): Promise<void> {
    const contact = await meet();
    const lease = randomUUID();
    await store.takeTurn(tenant.id, contact.conversationId, lease);
    const messageId = await says(`for ${recipient}`);
    await store.settleInbound(tenant.id, { conversationId: contact.conversationId, lease, subjectId: contact.subjectId }, {
      messageId, state: 'done', replies: [], at: new Date(), leaf: null,
      disclosed: [{ recipient, purpose: 'support', categories: ['content'], version: 1, clause: `/recipients/${recipient}` }],
    }); // prettier-ignore
    await store.releaseTurn(tenant.id, contact.conversationId, { lease, retryInMs: null });
  }

  async function sendsFile(messageId: string, bytes: Buffer): Promise<void> {
    const contact = await meet();
    const id = v7();
    const place = { tenantId: tenant.id, subjectId: contact.subjectId, table: 'attachment', row: id, field: 'bytes' };
    const sealed = sealPersonal(mandate, 'attachments', { key: contact.subjectKey, value: personal(bytes.toString('base64')), place }); // prettier-ignore
    await store.storeAttachment(tenant.id, { version: 1, clause: '/purposes/support', id, messageId, subjectId: contact.subjectId, media: 'image', mime: 'image/png', size: bytes.length, bytes: sealed }); // prettier-ignore
  }

  return { subject: { channel, kind: KIND, value }, value, hash: hash!, keys, meet, says, disclosedTo, sendsFile };
}

export type Person = Awaited<ReturnType<typeof person>>;

export type Change = (document: Record<string, unknown>) => object;

/** A tenant with instructions in force and a page, and people who write there. */
export async function businessOf(acme: Acme, change?: Change) {
  const tenant = await acme.tenant();
  await tenant.approve(change);
  const connection = String((await tenant.connect({ ...SETTINGS, pageId: String(Math.random()).slice(2) })).body['id']);
  return { tenant, connection, someone: () => person(acme, tenant, connection) };
}
