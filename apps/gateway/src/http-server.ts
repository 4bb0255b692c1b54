// The server that listens: what platforms post does not pass through the framework, because it is most of what this process does.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { TakeOver } from './webhook-posts.js';

/** Fastify's, behind those who may take a request over before it. */
export const httpServer =
  (takeOver: TakeOver) =>
  (handler: RequestListener): Server =>
    createServer((request, response) => void (takeOver(request, response) || handler(request, response)));
