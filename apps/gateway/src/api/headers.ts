// Headers of every answer beneath an address: what is told of people is kept by no browser, and the page that asks for a key is in nobody's frame.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const BENEATH: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['/v1/', { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }],
  [
    '/docs',
    {
      'content-security-policy': "frame-ancestors 'none'",
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  ],
];

/** A route may say otherwise. */
export function sendHeaders(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const found = BENEATH.find(([address]) => request.url.startsWith(address));
    if (found) void reply.headers(found[1]);
    done();
  });
}
