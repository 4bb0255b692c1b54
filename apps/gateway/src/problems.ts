// RFC 9457: every refusal leaves as application/problem+json.
import type { FastifyReply } from 'fastify';
import type { Problem } from '#libs/kernel';

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.extension.retryAfterSeconds !== undefined)
    void reply.header('retry-after', problem.extension.retryAfterSeconds);
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem.body()));
}
