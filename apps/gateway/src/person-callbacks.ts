// What platforms call when a person leaves the app or wants their data deleted: verified, recorded, answered with a page and a code.
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { hasPersonCallbacks, issuedAt, readSignedRequest, type ChannelAdapter } from '#libs/channels';
import type { Right } from '#libs/instructions';
import { isUuid, Problem, type Personal } from '#libs/kernel';
import { lookupHashes, type OpenConnection, type Tenants } from '#libs/pipeline';
import type { Logger } from '#libs/platform';
import type { Rights } from '#libs/rights';
import type { Store } from '#libs/store';
import { blindIndex } from '#libs/vault';
import { sendProblem } from './problems.js';

export interface CallbackDeps {
  readonly channels: readonly ChannelAdapter[];
  readonly tenants: Tenants;
  readonly rights: Rights;
  readonly store: Store;
  readonly publicUrl: string;
  /** Signs the calls of an app that several tenants share. */
  readonly metaAppSecret: string | null;
  readonly log: Logger;
}

const MAX_BYTES = 16_384;
/** Platforms sign at the moment of the call; their clock may be a little ahead. */
const OLDEST_MS = 24 * 60 * 60 * 1_000;
const AHEAD_MS = 5 * 60 * 1_000;

const isRecent = (at: number): boolean => Date.now() - at < OLDEST_MS && at - Date.now() < AHEAD_MS;

/** Path beneath a connection's webhook, and the right that is exercised by it. */
const CALLBACKS: Readonly<Record<string, Right>> = { deletion: 'erasure', deauthorize: 'withdrawal' };

export function personCallbacks(deps: CallbackDeps): FastifyPluginAsync {
  const { channels, tenants, rights, store, publicUrl, metaAppSecret, log } = deps;

  async function connectionOf(id: string, channel: string): Promise<OpenConnection> {
    const connection = isUuid(id) ? await tenants.connection(id) : null;
    if (!connection || connection.channel !== channel) throw new Problem('not-found');
    return connection;
  }

  /** As with webhooks: the shared app's secret speaks for accounts that somebody proved to have. */
  function personIn({ secrets, proven_at }: OpenConnection, signedRequest: string): Personal<string> | null {
    const own = readSignedRequest(signedRequest, secrets);
    if (own || metaAppSecret === null || proven_at === null) return own;
    return readSignedRequest(signedRequest, { appSecret: metaAppSecret });
  }

  /** The platform's name for a person in this app is rarely the one by which they wrote: then the controller finds them. */
  async function record(connection: OpenConnection, right: Right, signedRequest: string) {
    const person = personIn(connection, signedRequest);
    if (!person || !isRecent(issuedAt(signedRequest))) throw new Problem('bad-signature');
    const { tenant, adapter, channel } = connection;
    // The same call is one request, whatever has become of it: whoever sends it again sets nothing off. Only the payload counts, which
    // cannot be written in another way under the same signature.
    const payload = signedRequest.slice(signedRequest.indexOf('.') + 1);
    const codeOf = (of: Right): string => blindIndex(tenant.keys, 'callback', `${of}:${payload}`).toString('base64url');
    const code = codeOf(right);
    const before = await store.rightsRequestOfCall(tenant.id, code);
    if (before) return before;
    // Nothing in a call says which of them it is: one that was made as another is no reason to erase anybody, nor to lose what may be a wish.
    const others = Object.values(CALLBACKS).filter((one) => one !== right);
    const made = await Promise.all(others.map((one) => store.rightsRequestOfCall(tenant.id, codeOf(one))));
    const doubted = made.some((one) => one !== null);
    const hashes = adapter.identifiers
      .filter(({ role }) => role === 'routing')
      .flatMap(({ key: kind }) => lookupHashes({ channel, kind, value: person }, [connection], tenant.keys));
    const known = (await store.subjectsOf(tenant.id, hashes)).length > 0;
    const asked = { tenantId: tenant.id, right, source: 'platform', hashes, code, doubted } as const;
    return rights.open(known ? asked : { ...asked, unmatched: { reference: person } });
  }

  function mount(app: FastifyInstance, channel: string, [path, right]: [string, Right]): void {
    app.post<{ Params: { connectionId: string } }>(
      `/webhooks/${channel}/:connectionId/${path}`,
      { bodyLimit: MAX_BYTES },
      async (request, reply) => {
        try {
          const connection = await connectionOf(request.params.connectionId, channel);
          const given = new URLSearchParams(String(request.body)).get('signed_request');
          if (!given) throw new Problem('invalid-input', 'There is no signed_request in the form.');
          const { code } = await record(connection, right, given);
          return await reply.send({ url: `${publicUrl}/privacy/requests/${code}`, confirmation_code: code });
        } catch (error) {
          if (error instanceof Problem) return sendProblem(reply, error);
          log.error('request.failed', { error });
          return sendProblem(reply, new Problem('unavailable', undefined, { retryAfterSeconds: 5 }));
        }
      },
    );
  }

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    for (const adapter of channels.filter(hasPersonCallbacks))
      for (const callback of Object.entries(CALLBACKS)) mount(app, adapter.manifest.channel, callback);
  };
}
