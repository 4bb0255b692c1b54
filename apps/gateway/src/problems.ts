// RFC 9457: every refusal leaves as application/problem+json; who looks for a page in a browser is told in their language.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/kernel';
import { PAGE_HEADERS } from '#libs/platform';
import { missingPage } from '#libs/rights';

export const problemHeaders = ({ extension: { retryAfterSeconds } }: Problem): Record<string, string> => ({
  'content-type': 'application/problem+json',
  ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
});

export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply =>
  reply.code(problem.status).headers(problemHeaders(problem)).send(JSON.stringify(problem.body()));

export const wantsPage = ({ headers }: FastifyRequest): boolean => /\btext\/html\b/.test(headers.accept ?? '');

/** Of a page for the public. */
export function sendMissing(request: FastifyRequest, reply: FastifyReply, what: 'not-found' | 'gone'): FastifyReply {
  const problem = new Problem(what);
  void reply.header('vary', 'accept, accept-language');
  if (!wantsPage(request)) return sendProblem(reply, problem);
  const { language, html } = missingPage(what, request.headers['accept-language']);
  return reply
    .code(problem.status)
    .headers({ ...PAGE_HEADERS, 'content-language': language })
    .send(html);
}
