// Attachments for recipients: an address that is sealed, good for an hour and for one file, and needs no other credential.
import { hkdfSync } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { Problem } from '#libs/kernel';
import { openAttachment, stripMetadata, type ServedAs, type Tenants } from '#libs/pipeline';
import type { Store } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import { sendProblem } from './problems.js';

const LIFETIME = '1h';
const ROUTE = '/v1/attachments/:id';

/** What an address speaks for. */
interface Ticket {
  readonly tenant: string;
  readonly as: ServedAs;
}

/** Makes addresses: which file of which tenant is inside, and in which form it is given, unreadable. */
export function createAttachmentAddresses(masterKey: Buffer, publicUrl: string) {
  const key = new Uint8Array(hkdfSync('sha256', masterKey, '', 'parley attachment address', 32));
  return {
    async urlOf(tenantId: string, attachmentId: string, as: ServedAs): Promise<string> {
      const ticket = await new EncryptJWT({ tenant: tenantId, attachment: attachmentId, as })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(LIFETIME)
        .encrypt(key);
      return `${publicUrl}/v1/attachments/${attachmentId}?t=${ticket}`;
    },
    /** null when it is forged, altered, of another file or too old. */
    async read(attachmentId: string, ticket: string): Promise<Ticket | null> {
      try {
        const { payload } = await jwtDecrypt(ticket, key, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
          requiredClaims: ['exp'],
        });
        const { tenant, attachment, as } = payload;
        if (attachment !== attachmentId || typeof tenant !== 'string') return null;
        return { tenant, as: as === 'held' ? as : 'stripped' };
      } catch {
        return null;
      }
    },
  };
}

export type AttachmentAddresses = ReturnType<typeof createAttachmentAddresses>;

export function attachments(deps: {
  readonly store: Store;
  readonly tenants: Tenants;
  readonly addresses: AttachmentAddresses;
}): FastifyPluginAsync {
  const { store, tenants, addresses } = deps;
  return async (app) => {
    app.get<{ Params: { id: string }; Querystring: { t?: unknown } }>(ROUTE, async (request, reply) => {
      const { id } = request.params;
      const { t } = request.query;
      const ticket = typeof t === 'string' ? await addresses.read(id, t) : null;
      const owner = ticket && (await tenants.tenant(ticket.tenant));
      const found = owner && (await store.attachment(owner.id, id));
      if (!owner || !found) return sendProblem(reply, new Problem('not-found'));
      const key = openSubjectKey(owner.keys, found.subject_id, found.wrapped_key);
      const bytes = openAttachment({ tenantId: owner.id, subjectId: found.subject_id, key }, id, found.bytes);
      const given = ticket?.as === 'held' ? bytes : stripMetadata(bytes);
      if (given === null) return sendProblem(reply, new Problem('not-found'));
      // What a person sent is never shown as a page of ours.
      return reply
        .header('content-disposition', 'attachment')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .type(found.mime)
        .send(given);
    });
  };
}
