// RFC 9457: every refusal leaves as application/problem+json.
import type { FastifyReply } from 'fastify';
import type { Problem } from '#libs/kernel';

export const problemHeaders = ({ extension: { retryAfterSeconds } }: Problem): Record<string, string> => ({
  'content-type': 'application/problem+json',
  ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
});

export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply =>
  reply.code(problem.status).headers(problemHeaders(problem)).send(JSON.stringify(problem.body()));
