// The page at /demo: a web chat with the demo tenant. Its files are served under the hash of their content.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { Problem } from '#libs/kernel';
import { sendProblem } from '../problems.js';

export interface DemoPageOptions {
  /** How browsers reach the gateway: the streams are there. */
  readonly publicUrl: () => string;
  /** Public; null: there is no demo tenant. */
  readonly siteKey: () => Promise<string | null>;
}

/** Beside the sources, where they lie also when the compiled code runs. */
const FOLDER = fileURLToPath(
  new URL('../../assets/demo/', import.meta.url.replace('/dist/apps/gateway/', '/apps/gateway/')),
);

/** Nothing from elsewhere, nothing inline, no text that becomes markup. */
function contentPolicy(publicUrl: string): string {
  const streams = new URL(publicUrl);
  streams.protocol = streams.protocol === 'https:' ? 'wss:' : 'ws:';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    `connect-src 'self' ${streams.origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not `no-referrer`: some browsers then hide the origin from us, too.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
};

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(`${folder}${name}`));
  return hash.digest('base64url').slice(0, 16);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => ENTITIES[one] ?? one);

export function demoPage({ publicUrl, siteKey }: DemoPageOptions): FastifyPluginAsync {
  return async (app) => {
    const assets = `/demo/assets/${hashOf(FOLDER)}`;
    const template = readFileSync(`${FOLDER}index.html`, 'utf8').replaceAll('{{assets}}', assets);

    app.addHook('onRequest', async (_request, reply) => void reply.headers(HEADERS));
    await app.register(fastifyStatic, {
      root: FOLDER,
      prefix: assets,
      wildcard: false,
      index: false,
      decorateReply: false,
      maxAge: '1y',
      immutable: true,
      // The page itself is not an asset: as a file, it has no key.
      globIgnore: ['index.html'],
    });

    app.get('/demo', async (_request, reply) => {
      const key = await siteKey();
      if (key === null) return sendProblem(reply, new Problem('not-found', 'There is no demo tenant here.'));
      return reply
        .type('text/html; charset=utf-8')
        .headers({ 'cache-control': 'no-cache', 'content-security-policy': contentPolicy(publicUrl()) })
        .send(template.replaceAll('{{siteKey}}', () => escaped(key)));
    });
  };
}
