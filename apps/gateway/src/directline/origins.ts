// Which pages may talk to a connection, and the CORS headers that tell the browser so.
import type { FastifyReply } from 'fastify';
import type { SiteConnection } from './backend.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Exact match with an origin of the connection, or the gateway's own for its demo page. No Origin header: not a page, and a page
 * cannot leave it out.
 */
export function originAllowed(origin: string | undefined, connection: SiteConnection, publicUrl: string): boolean {
  if (origin === undefined) return true;
  return connection.origins.some((listed) => originOf(listed) === origin) || isOwn(origin, publicUrl);
}

const originOf = (listed: string): string | null => {
  if (!URL.canParse(listed)) return null;
  const { origin } = new URL(listed);
  return origin === 'null' ? null : origin;
};

/** On one's own machine the same page has three names. */
function isOwn(origin: string, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const [given, own] = [new URL(origin), new URL(publicUrl)];
  if (given.origin === own.origin) return true;
  return (
    given.protocol === own.protocol &&
    given.port === own.port &&
    LOOPBACK.has(given.hostname) &&
    LOOPBACK.has(own.hostname)
  );
}

const ALLOWED_HEADERS = 'Authorization, Content-Type, x-ms-bot-agent, x-requested-with';

export const vary = (reply: FastifyReply): FastifyReply => reply.header('vary', 'Origin');

/** Lets the page read this answer. No credentials mode: the bearer token is the only credential. */
export function letRead(reply: FastifyReply, origin: string | undefined): void {
  if (origin === undefined) return;
  void reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', 'Retry-After');
}

/**
 * Every preflight is answered alike: it carries no token, so it names no connection, and it discloses nothing. The call that
 * follows is refused before it does anything when its page is not listed.
 */
export function answerPreflight(reply: FastifyReply, origin: string | undefined): FastifyReply {
  letRead(vary(reply), origin);
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST, OPTIONS')
    .header('access-control-allow-headers', ALLOWED_HEADERS)
    .header('access-control-max-age', '7200')
    .send();
}
