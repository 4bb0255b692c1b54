// The server that listens: what platforms post does not pass through the framework, because it is most of what this process does.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { TakeOver } from './webhook-posts.js';

/** Everything else stays HTTP/1.1: node would take `Upgrade: h2c`, which Java clients send along, for a stream. */
const shouldUpgradeCallback = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket';

/** Ms for all of a request to arrive, the same as of a form with files; what node allows unless told is five minutes. */
const requestTimeout = 60_000;
/** Ms between looks at who is late. */
const connectionsCheckingInterval = 5_000;

/** Fastify's, behind those who may take a request over before it. */
export const httpServer =
  (takeOver: TakeOver) =>
  (handler: RequestListener): Server =>
    createServer(
      { shouldUpgradeCallback, requestTimeout, connectionsCheckingInterval },
      (request, response) => void (takeOver(request, response) || handler(request, response)),
    );
