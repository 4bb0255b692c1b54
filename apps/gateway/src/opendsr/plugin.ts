// OpenDSR 2.0: a controller's own system hands requests for access, portability and erasure in, asks for them, takes them back; each answer is signed.
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { ChannelAdapter } from '#libs/channels';
import { isUuid, personal, Problem } from '#libs/kernel';
import { lookupHashes } from '#libs/pipeline';
import type { Logger } from '#libs/platform';
import {
  API_VERSION,
  isSignedBy,
  resultUrl,
  SIGNATURE_HEADER,
  statusBody,
  type OpenDsrSigner,
  type Rights,
} from '#libs/rights';
import type { OpenDsrRow, Store } from '#libs/store';
import { problemOf } from '../api/refusals.js';
import { errorBody, readSubjectRequest, TYPES, type IdentityDto } from './bodies.js';

export interface OpenDsrDeps {
  readonly store: Store;
  readonly rights: Rights;
  readonly channels: readonly ChannelAdapter[];
  readonly signer: OpenDsrSigner;
  readonly publicUrl: string;
  readonly log: Logger;
  readonly now: () => number;
}

interface System {
  readonly tenantId: string;
  readonly slug: string;
  readonly keyId: string;
}

const BASE = '/opendsr/v2';
const MAX_BYTES = 65_536;
/** A key that may do this and nothing else; or the one that may do everything of its tenant. */
const SCOPES: ReadonlySet<string> = new Set(['opendsr', 'tenant']);

type ById = { Params: { id: string } };

export function openDsr({ store, rights, channels, signer, publicUrl, log, now }: OpenDsrDeps): FastifyPluginAsync {
  /** By what people can be found on each channel. OpenDSR's own list has no telephone number: section 5.1. */
  const identities = channels.flatMap(({ manifest, identifiers }) =>
    identifiers.filter(({ role }) => role === 'routing').map(({ key: kind }) => ({ channel: manifest.channel, kind })),
  );
  const typeOf = (one: { channel: string; kind: string }): string => `${one.channel}/${one.kind}`;

  async function systemOf(request: FastifyRequest): Promise<System> {
    const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
    const owner = token ? await store.ownerOfApiKey(token) : null;
    if (!owner || !SCOPES.has(owner.scope)) throw new Problem('unauthorised');
    const tenant = await store.tenantById(owner.tenantId);
    if (!tenant) throw new Problem('unauthorised');
    return { tenantId: owner.tenantId, slug: tenant.slug, keyId: owner.keyId };
  }

  /** Where the controller has given its certificate, it signs what it posts. @throws Problem bad-signature */
  async function checkSignature({ tenantId }: System, request: FastifyRequest, body: Buffer): Promise<void> {
    const pem = await store.openDsrCertificate(tenantId);
    if (pem === null) return;
    const signature = String(request.headers[SIGNATURE_HEADER] ?? '');
    if (!isSignedBy(pem, { body, signature }, new Date(now()))) throw new Problem('bad-signature');
  }

  /** The look-up hashes of all identities that are known here. @throws Problem invalid-input when none is */
  async function hashesOf(tenantId: string, given: readonly IdentityDto[]): Promise<Buffer[]> {
    const named = given.flatMap(({ identity_type, identity_format, identity_value }) =>
      identities
        .filter((one) => typeOf(one) === identity_type && identity_format === 'raw')
        .map((one) => ({ ...one, value: personal(identity_value) })),
    );
    if (named.length === 0)
      throw new Problem('invalid-input', undefined, { errors: [{ path: '/subject_identities', detail: 'None is of a type and format that GET /discovery lists.' }] }); // prettier-ignore
    const keys = await store.tenantKeys(tenantId);
    if (!keys) throw new Problem('unauthorised');
    const accounts = await store.accounts(tenantId);
    const found = named.flatMap((person) => {
      const adapter = channels.find(({ manifest }) => manifest.channel === person.channel)!;
      const theirs = accounts.filter((one) => one.channel === person.channel);
      return lookupHashes(person, theirs.map((one) => ({ ...one, adapter })), keys); // prettier-ignore
    });
    return found.filter((hash, n) => found.findIndex((other) => other.equals(hash)) === n);
  }

  const send = (reply: FastifyReply, status: number, body: object): FastifyReply => {
    const text = JSON.stringify(body);
    return reply.code(status).headers({ ...signer.headers(text), 'cache-control': 'no-store' }).type('application/json').send(text); // prettier-ignore
  };

  async function rowOf(tenantId: string, id: string): Promise<OpenDsrRow> {
    const row = isUuid(id) ? await store.openDsrRequest(tenantId, id) : null;
    if (!row) throw new Problem('not-found');
    return row;
  }

  async function submit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const system = await systemOf(request);
    const raw = request.body as Buffer;
    await checkSignature(system, request, raw);
    const body = await readSubjectRequest(raw, now());
    const id = body.subject_request_id;
    const hashes = await hashesOf(system.tenantId, body.subject_identities);
    const callbacks = [...new Set(body.status_callback_urls ?? [])];
    const row = await rights.open({
      tenantId: system.tenantId, right: body.subject_request_type, source: 'opendsr', hashes,
      openDsr: { id, callbacks, submittedAt: body.at },
    }); // prettier-ignore
    const { received_at } = await rowOf(system.tenantId, id);
    return send(reply, 201, {
      controller_id: system.slug,
      expected_completion_time: row.due_at.toISOString(),
      received_time: received_at.toISOString(),
      // The protocol wants it. It goes to whoever sent it, and is kept nowhere.
      encoded_request: raw.toString('base64'),
      subject_request_id: id,
    });
  }

  async function status(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
    const { tenantId, slug } = await systemOf(request);
    const { id } = request.params;
    const row = await rowOf(tenantId, id);
    const state = row.cancelled_at ? 'cancelled' : row.state;
    const url = resultUrl(publicUrl, { slug, requestId: row.request_id });
    return send(reply, 200, statusBody({ id, slug, state, exercised: row.exercised, due: row.due_at, resultUrl: url }));
  }

  async function cancel(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
    const { tenantId, slug, keyId } = await systemOf(request);
    const { id } = request.params;
    await rowOf(tenantId, id);
    if (!(await rights.cancel(tenantId, id, `key ${keyId}`))) throw new Problem('invalid-input', 'Only what is pending can be cancelled.'); // prettier-ignore
    return send(reply, 202, {
      controller_id: slug,
      subject_request_id: id,
      received_time: new Date(now()).toISOString(),
      api_version: API_VERSION,
    });
  }

  const discovery = JSON.stringify({
    api_version: API_VERSION,
    supported_identities: identities.map((one) => ({ identity_type: typeOf(one), identity_format: 'raw' })),
    supported_subject_request_types: TYPES,
    processor_certificate: `${publicUrl}${BASE}/certificate.pem`,
  });

  function refuse(error: unknown, reply: FastifyReply): FastifyReply {
    const problem = problemOf(error);
    if (problem.status >= 500) log.error('request.failed', { error, status: problem.status });
    if (problem.extension.retryAfterSeconds) void reply.header('retry-after', problem.extension.retryAfterSeconds);
    return reply.code(problem.status).header('cache-control', 'no-store').type('application/json').send(errorBody(problem)); // prettier-ignore
  }

  return async (app: FastifyInstance) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    app.setErrorHandler((error, _request, reply) => refuse(error, reply));
    app.get(`${BASE}/discovery`, async (_request, reply) => reply.type('application/json').send(discovery));
    app.get(`${BASE}/certificate.pem`, async (_request, reply) => reply.type('application/x-pem-file').send(signer.certificate)); // prettier-ignore
    app.post(`${BASE}/requests`, { bodyLimit: MAX_BYTES }, submit);
    app.get<ById>(`${BASE}/requests/:id`, status);
    app.delete<ById>(`${BASE}/requests/:id`, cancel);
  };
}
