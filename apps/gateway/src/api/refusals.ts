// Whatever goes wrong leaves as application/problem+json, and says nothing of the input.
import type { IncomingMessage } from 'node:http';
import { isNativeError } from 'node:util/types';
import { Catch, HttpException, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, PROBLEMS, type ProblemType } from '#libs/kernel';
import type { Logger } from '#libs/platform';
import { sendMissing, sendProblem, wantsPage } from '../problems.js';

const RETRY_AFTER_SECONDS = 5;

/** The framework's refusals, by status: their messages quote the input, so none is passed on. */
const BY_STATUS: Readonly<Record<number, ProblemType>> = {
  400: 'invalid-input',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  501: 'not-implemented',
  503: 'unavailable',
};

/**
 * PostgreSQL: connection exceptions, what gave way to another transaction, no room, locks not had in time, cancelled, shutdown, starting
 * up (https://www.postgresql.org/docs/current/errcodes-appendix.html); and the network's own.
 */
const AWAY =
  /^(08...|40001|40P01|53...|55P03|57014|57P0[1-3]|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE|ENOENT)$/;
/** The driver's errors without a code. */
const AWAY_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Cannot use a pool after|Client (has encountered a connection|was closed))/;

function isAway(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? AWAY.test(code) : AWAY_MESSAGE.test(error.message);
}

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
};

/** Any thrown value → the refusal that the caller sees. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isAway(error)) return new Problem('unavailable', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  const status = statusOf(error);
  const type = status === undefined ? undefined : (BY_STATUS[status] ?? (status < 500 ? 'invalid-input' : undefined));
  if (type === 'invalid-input') return new Problem(type, 'The body, its content type or the address cannot be read.');
  return new Problem(type ?? 'internal');
}

/** Node calls no request complete in the moment in which it comes, also one without a body. */
const isUnread = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

function refuse(error: unknown, reply: FastifyReply, log: Logger): void {
  const problem = problemOf(error);
  if (problem.status >= 500) log.error('request.failed', { error, status: problem.status });
  if (problem.status === PROBLEMS.unauthorised[0]) void reply.header('www-authenticate', 'Bearer');
  // Where the rest is not read, the connection cannot be used again.
  if (isUnread(reply.request.raw)) void reply.header('connection', 'close');
  sendProblem(reply, problem);
}

@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    // The framework's own: no route leads there. Half of a link that was cut in two does not, and a person typed it.
    if (error instanceof NotFoundException && wantsPage(request)) return void sendMissing(request, reply, 'not-found');
    refuse(error, reply, this.log);
  }
}

/** Fastify's error handler, for the routes beside the API: its own answers with the error's message. */
export const refuseErrors =
  (log: Logger) =>
  (error: unknown, _request: FastifyRequest, reply: FastifyReply): void =>
    refuse(error, reply, log);

/** Fastify's `frameworkErrors`: addresses that cannot be decoded never reach a route, nor the filter. */
export function refuseFrameworkError(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(reply, problemOf(error));
}
