// Who is calling: the bearer token or the site key, its connection, and whether the page may. Refusals are what clients act on.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/kernel';
import type { DirectLineBackend, SiteConnection } from './backend.js';
import { letRead, originAllowed, vary } from './origins.js';
import type { Session, Tokens } from './tokens.js';

/** A visitor whose token is valid, on a page that may. */
export interface Caller {
  readonly session: Session;
  readonly connection: SiteConnection;
}

export interface Door {
  readonly backend: DirectLineBackend;
  readonly tokens: Tokens;
  readonly publicUrl: () => string;
}

const BEARER = /^Bearer +([\x21-\x7e]{1,4096})$/i;

export const bearerOf = (request: FastifyRequest): string | undefined =>
  BEARER.exec(request.headers.authorization ?? '')?.[1];

/** Answers that name no connection disclose nothing: any page may read them, so that its client learns the status. */
function refuse(request: FastifyRequest, reply: FastifyReply, problem: Problem): never {
  letRead(reply, request.headers.origin);
  throw problem;
}

/** @throws Problem forbidden, without CORS headers */
function admit(
  door: Door,
  connection: SiteConnection,
  [request, reply]: readonly [FastifyRequest, FastifyReply],
): void {
  const { origin } = request.headers;
  if (!originAllowed(origin, connection, door.publicUrl())) {
    throw new Problem('forbidden', 'This page is not among the origins of the connection.');
  }
  letRead(reply, origin);
}

/** The site key, which is public: it buys a new conversation and nothing else. @throws Problem unauthorised, forbidden */
export async function bySiteKey(door: Door, request: FastifyRequest, reply: FastifyReply): Promise<SiteConnection> {
  vary(reply);
  const siteKey = bearerOf(request);
  const connection = siteKey === undefined ? null : await door.backend.connectionBySiteKey(siteKey);
  if (!connection) return refuse(request, reply, new Problem('unauthorised'));
  admit(door, connection, [request, reply]);
  return connection;
}

/**
 * The session token. Clients act on the status: 403 asks the page for a new token, 404 ends the conversation, other 4xx are
 * final (botframework-directlinejs 0.15.8). @throws Problem unauthorised, forbidden, not-found
 */
export async function byToken(door: Door, request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
  vary(reply);
  const read = await door.tokens.read(bearerOf(request) ?? '');
  if (read.kind === 'invalid') return refuse(request, reply, new Problem('unauthorised'));
  const connection = await door.backend.connection(read.session.connectionId);
  if (!connection) return refuse(request, reply, new Problem('not-found'));
  admit(door, connection, [request, reply]);
  if (read.kind === 'expired') throw new Problem('forbidden', 'The token has expired.');
  const { id } = request.params as { readonly id?: string };
  if (id !== undefined && id !== read.session.conversationId) throw new Problem('not-found');
  return { session: read.session, connection };
}
