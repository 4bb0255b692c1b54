// A faithful stand-in for Meta's Graph API: refuses what Meta refuses, and sends statuses back by webhook.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { ORDINARY } from './behaviour.js';
import { answerControl, control, type Control } from './control.js';
import { limiter } from './limits.js';
import { mediaShelf } from './shelf.js';
import { people } from './people.js';
import { answerGraph } from './router.js';
import type { Behaviour, Call, Delivery, WebhookTarget } from './types.js';
import { courier } from './webhooks.js';
import type { Answer, World } from './world.js';

const MAX_BODY = 110 * 1024 * 1024; // documents may have 100 MB

export interface FakeMetaOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly webhookTargets?: readonly (string | WebhookTarget)[];
  readonly appSecret?: string;
  readonly behaviour?: Partial<Behaviour>;
  /** ms since epoch. */
  readonly clock?: () => number;
  /** Gets one line per call: method, kind of path, status; never a body or an address. */
  readonly log?: (line: string) => void;
}

export interface FakeMeta {
  readonly url: string;
  /** Every call to the Graph API, oldest first. */
  readonly calls: readonly Call[];
  /** Every webhook that was sent. */
  readonly deliveries: readonly Delivery[];
  readonly control: Control;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function jsonOf(raw: Buffer): unknown {
  if (raw.length === 0) return undefined;
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return raw.toString('utf8');
  }
}

function write(response: ServerResponse, answer: Answer): void {
  const isText = typeof answer.body === 'string';
  const content =
    answer.bytes?.content ?? (isText ? answer.body : answer.body === null ? '' : JSON.stringify(answer.body));
  const type = answer.bytes?.type ?? (isText ? 'text/plain' : 'application/json; charset=UTF-8');
  response.writeHead(answer.status, { 'content-type': type, 'facebook-api-version': 'v26.0' });
  response.end(content);
}

/** Starts the fake; resolves when it listens. */
export async function startFakeMeta(options: FakeMetaOptions = {}): Promise<FakeMeta> {
  const clock = options.clock ?? Date.now;
  const timers = new Set<NodeJS.Timeout>();
  const world: World = {
    behaviour: { ...ORDINARY, ...options.behaviour },
    clock,
    people: people(),
    limiter: limiter(),
    media: mediaShelf(),
    courier: courier({
      targets: (options.webhookTargets ?? []).map((target) => (typeof target === 'string' ? { url: target } : target)),
      appSecret: options.appSecret ?? '',
      behaviour: () => world.behaviour,
      clock,
    }),
    calls: [],
    messages: new Map(),
    instagramAccounts: new Set(),
    later(delayMs, work) {
      const timer = setTimeout(() => {
        void work().finally(() => timers.delete(timer));
      }, delayMs);
      timers.add(timer);
    },
  };
  let base = '';

  async function answerCall(
    request: IncomingMessage,
    at: { readonly url: URL; readonly raw: Buffer },
  ): Promise<Answer> {
    const body = jsonOf(at.raw);
    const method = request.method ?? 'GET';
    const token =
      /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? at.url.searchParams.get('access_token');
    const answer = await answerGraph(world, {
      method,
      path: at.url.pathname.replace(/^\/v\d+\.\d+(?=\/|$)/, ''),
      query: at.url.searchParams,
      token,
      contentType: request.headers['content-type'] ?? '',
      raw: at.raw,
      body,
    });
    world.calls.push({
      at: clock(),
      method,
      url: request.url ?? '',
      headers: request.headers,
      body,
      status: answer.status,
      answer: answer.body,
      note: answer.note,
    });
    options.log?.(
      `${method} …/${at.url.pathname.split('/').slice(3).join('/')} ${answer.status}${answer.note ? ` (${answer.note})` : ''}`,
    );
    return answer;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', base);
    const raw = await bodyOf(request);
    if (url.pathname.startsWith('/__fake/')) {
      const answer = await answerControl(world, {
        method: request.method ?? 'GET',
        path: url.pathname,
        body: jsonOf(raw),
      });
      return write(response, answer ?? { status: 404, body: { status: 404, title: 'no such control' } });
    }
    const answer = await answerCall(request, { url, raw });
    // On the way back: what an early status is about may not have been answered yet. Whoever sets it lower meanwhile lets go.
    for (const taken = performance.now(); performance.now() - taken < world.behaviour.latencyMs;) await sleep(5);
    if (answer.lost === 'disconnect') response.destroy();
    else if (answer.lost !== 'hang') write(response, answer);
    answer.after?.();
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port, address, family } = server.address() as AddressInfo;
  base = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;

  return {
    url: base,
    calls: world.calls,
    deliveries: world.courier.deliveries,
    control: control(world, () => timers.size),
    async close() {
      timers.forEach((timer) => clearTimeout(timer));
      world.courier.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
