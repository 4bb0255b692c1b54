// Bodies in and refusals out: lenient about content types of nothing, strict about everything else.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Problem } from '#libs/kernel';
import { sendProblem } from '../problems.js';

/** What `tokens/generate` is asked for. Names and trusted origins, which the protocol allows, are not even looked at. */
export function wanted(body: unknown): { readonly user: unknown; readonly token: string | undefined } {
  const { user, token } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const id = typeof user === 'object' && user !== null ? (user as Record<string, unknown>)['id'] : undefined;
  return { user: id, token: typeof token === 'string' ? token : undefined };
}

/** Clients post nothing under a content type of something: an empty body is no body, whatever its type. */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    if (!/^application\/(?:[a-z.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
      return done(new Problem('unsupported-media-type'));
    }
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(new Problem('invalid-input', 'The body is not JSON.'));
    }
  });
}

export function answerError(error: unknown, reply: FastifyReply, onError: (error: unknown) => void): FastifyReply {
  if (error instanceof Problem) return sendProblem(reply, error);
  const { statusCode } = error as { readonly statusCode?: number };
  if (statusCode === 413) return sendProblem(reply, new Problem('too-large'));
  if (statusCode === 415) return sendProblem(reply, new Problem('unsupported-media-type'));
  if (statusCode !== undefined && statusCode < 500) return sendProblem(reply, new Problem('invalid-input'));
  onError(error);
  return sendProblem(reply, new Problem('unavailable', undefined, { retryAfterSeconds: 5 }));
}
