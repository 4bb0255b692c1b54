// Direct Line 3.0 under /v3/directline: the operations of an unmodified Bot Framework client, on the bare Fastify instance.
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/kernel';
import type { DirectLineBackend, SiteConnection } from './backend.js';
import { answerError, readBodies, wanted } from './bodies.js';
import { createEchoes } from './echoes.js';
import { createRate, LIMITS, type DirectLineLimits } from './limits.js';
import { answerPreflight, letRead, vary } from './origins.js';
import { createReceive } from './receive.js';
import { bySiteKey, byToken, type Caller, type Door } from './session.js';
import { serveStreams } from './stream.js';
import { createTokens, newConversation, TOKEN_SECONDS, type Session } from './tokens.js';
import { formReader } from './upload.js';

export interface DirectLineOptions {
  /** How browsers reach the gateway: stream addresses begin with it, and its own pages may chat. */
  readonly publicUrl: () => string;
  /** Unexpected failures; the client is answered 503. */
  readonly onError: (error: unknown) => void;
  readonly limits?: Partial<DirectLineLimits>;
  /** ms since epoch. */
  readonly now?: () => number;
}

const BASE = '/v3/directline';
const PAGE = 100;

interface InConversation {
  readonly Params: { readonly id: string };
  readonly Querystring: { readonly watermark?: unknown };
}

const watermarkOf = ({ watermark }: InConversation['Querystring']): string =>
  typeof watermark === 'string' && watermark.length <= 200 ? watermark : '';

export function directLinePlugin(backend: DirectLineBackend, options: DirectLineOptions): FastifyPluginAsync {
  const limits: DirectLineLimits = { ...LIMITS, ...options.limits };
  const tokens = createTokens(backend.tokenKey, options.now);
  const door: Door = { backend, tokens, publicUrl: options.publicUrl };
  const echoes = createEchoes();
  const receive = createReceive(backend, echoes, limits.textLength);
  const readForm = formReader(limits);
  const mayBegin = createRate(limits.tokensPerMinute);
  const maySend = createRate(limits.activitiesPerMinute);

  const sites = new WeakMap<FastifyRequest, SiteConnection>();
  const callers = new WeakMap<FastifyRequest, Caller>();
  /** Before the body is read: who may not speak is not listened to. */
  const site = {
    bodyLimit: limits.activityBytes,
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      const connection = await bySiteKey(door, request, reply);
      await mayBegin(`${connection.connectionId} ${request.ip}`);
      sites.set(request, connection);
    },
  };
  const visitor = {
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      callers.set(request, await byToken(door, request, reply));
    },
  };
  const sender = {
    onRequest: [
      visitor.onRequest,
      async (request: FastifyRequest) => maySend(callerOf(request).session.conversationId),
    ],
  };
  const callerOf = (request: FastifyRequest): Caller => {
    const caller = callers.get(request);
    if (!caller) throw new Problem('unauthorised');
    return caller;
  };

  const granted = async (session: Session) => ({
    conversationId: session.conversationId,
    token: await tokens.issue(session),
    expires_in: TOKEN_SECONDS,
  });

  const streamed = async (session: Session, watermark: string) => {
    const url = new URL(`${BASE}/conversations/${session.conversationId}/stream`, options.publicUrl());
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.searchParams.set('watermark', watermark);
    url.searchParams.set('t', await tokens.ticket(session));
    return { ...(await granted(session)), streamUrl: url.href };
  };

  async function feedOf({ session, connection }: Caller, after: string) {
    const { tenantId, connectionId } = connection;
    const { conversationId } = session;
    await echoes.settled(conversationId);
    const feed = await backend.feed({
      tenantId,
      connectionId,
      conversationId,
      after: after || null,
      limit: PAGE,
      fetched: true,
    });
    const activities = feed.activities.map((activity) => echoes.dress(activity, session.visitorId));
    return { activities, watermark: feed.watermark };
  }

  function tokenRoutes(app: FastifyInstance): void {
    app.post(`${BASE}/tokens/generate`, site, async (request) => {
      const { connectionId } = sites.get(request)!;
      const { user, token } = wanted(request.body);
      if (token === undefined) return granted(newConversation(connectionId, user));
      const before = await tokens.renewable(token);
      if (before?.connectionId !== connectionId) throw new Problem('not-found');
      return granted(before);
    });
    app.post(`${BASE}/tokens/refresh`, visitor, async (request) => granted(callerOf(request).session));
    app.post(`${BASE}/conversations`, visitor, async (request, reply) =>
      reply.code(201).send(await streamed(callerOf(request).session, '')),
    );
    app.get<InConversation>(`${BASE}/conversations/:id`, visitor, async (request) => {
      const watermark = watermarkOf(request.query);
      await feedOf(callerOf(request), watermark);
      return streamed(callerOf(request).session, watermark);
    });
    // OAuth cards are not offered; clients ask anyway.
    app.get(`${BASE}/session/getsessionid`, async (request, reply) => {
      letRead(vary(reply), request.headers.origin);
      throw new Problem('not-found');
    });
  }

  function activityRoutes(app: FastifyInstance): void {
    app.get<InConversation>(`${BASE}/conversations/:id/activities`, visitor, async (request) =>
      feedOf(callerOf(request), watermarkOf(request.query)),
    );
    app.post(`${BASE}/conversations/:id/activities`, { ...sender, bodyLimit: limits.activityBytes }, async (request) =>
      receive({ caller: callerOf(request), request, activity: request.body, files: [] }),
    );
    app.post(`${BASE}/conversations/:id/upload`, sender, async (request) =>
      readForm(request, (form) => receive({ caller: callerOf(request), request, ...form })),
    );
  }

  return async (app) => {
    readBodies(app);
    await app.register(multipart);
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
    app.setErrorHandler((error, _request, reply) => answerError(error, reply, options.onError));
    app.options(`${BASE}/*`, async (request, reply) => answerPreflight(reply, request.headers.origin));
    tokenRoutes(app);
    activityRoutes(app);
    const streams = serveStreams(app.server, {
      backend,
      tokens,
      echoes,
      limits,
      publicUrl: options.publicUrl,
      onError: options.onError,
    });
    // Before the server waits for its connections to end: streams end only when told.
    app.addHook('preClose', streams.close);
  };
}
