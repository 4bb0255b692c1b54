// What platforms post, on bare node:http before the web framework: raw bytes in, 200 after the commit, fixed refusals.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ChannelAdapter, HeaderLookup } from '#libs/channels';
import { isUuid, Problem } from '#libs/kernel';
import type { Intake, Posted } from '#libs/pipeline';
import type { Logger, Metrics } from '#libs/platform';
import { problemHeaders } from './problems.js';

export interface WebhookPostDeps {
  readonly channels: readonly ChannelAdapter[];
  readonly intake: Intake;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Most bytes of bodies in memory at once. */
  readonly mostInHand?: number;
}

/** Takes a request over, or says that it is not for here. */
export type TakeOver = (request: IncomingMessage, response: ServerResponse) => boolean;

interface Route {
  readonly bodyLimit: number;
  readonly to: Posted['to'];
}

/** Whose a body is, and whether of anybody, is known when all of it is there: anybody may send it. */
const MOST_IN_HAND = 256 * 1024 * 1024;
/** Bytes that each piece of a body takes besides its own: it may come byte by byte. */
const OF_A_PIECE = 256;
const PREFIX = '/webhooks/';
const TAKEN = { 'content-length': 0 };

/** Channels of the apps that Meta lets many businesses share, behind `/webhooks/meta`. */
export const isShared = (c: ChannelAdapter): boolean => c.accountSetting !== null && c.delivery === 'push';

/** Two headers are asked for: making an object of all of them takes longer than looking. Of a repeated one the first counts. */
const headerIn =
  (raw: readonly string[]) =>
  (name: string): string | undefined => {
    for (let n = 0; n < raw.length; n += 2)
      if (raw[n]!.length === name.length && raw[n]!.toLowerCase() === name) return raw[n + 1];
    return undefined;
  };

/** Room for one body among all. */
interface Place {
  /** False when there is not so much left. */
  take(bytes: number): boolean;
  leave(): void;
}

function createRoom(most: number): () => Place {
  let left = most;
  return () => {
    let taken = 0;
    return {
      take(bytes) {
        if (bytes > left) return false;
        left -= bytes;
        taken += bytes;
        return true;
      },
      leave: () => void (left += taken),
    };
  };
}

/**
 * The body's bytes. Nothing is read of one that says that it is too large.
 * @throws Problem too-large, unavailable; Error when the client went away
 */
function bodyOf(
  request: IncomingMessage,
  header: HeaderLookup,
  most: { limit: number; place: Place },
): Promise<Buffer> {
  const { limit, place } = most;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const add = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit && place.take(chunk.length + OF_A_PIECE)) return void chunks.push(chunk);
      request.pause();
      reject(size > limit ? new Problem('too-large') : new Problem('unavailable', undefined, { retryAfterSeconds: 5 }));
    };
    if (Number(header('content-length') ?? 0) > limit) return reject(new Problem('too-large'));
    request.on('data', add);
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

function refuse(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  // Where the rest is not read, the connection cannot be used again.
  const close = request.complete ? {} : { connection: 'close' };
  response.writeHead(problem.status, { ...problemHeaders(problem), ...close }).end(JSON.stringify(problem.body()));
}

export function webhookPosts(deps: WebhookPostDeps): TakeOver {
  const { channels, intake, metrics, log, mostInHand = MOST_IN_HAND } = deps;
  const enter = createRoom(mostInHand);
  const own = new Map(
    channels.filter((c) => c.delivery === 'push').map((c) => [c.manifest.channel, c.manifest.bodyLimit]),
  );
  const shared = channels.filter(isShared);
  const sharedChannels = shared.map((c) => c.manifest.channel);
  const meta: Route = {
    bodyLimit: Math.max(...shared.map((c) => c.manifest.bodyLimit)),
    to: { channels: sharedChannels },
  };

  /** `/webhooks/meta`, or `/webhooks/{channel}/{connectionId}` of a channel that posts. */
  function routeOf(url: string): Route | null {
    const query = url.indexOf('?');
    const path = url.slice(PREFIX.length, query < 0 ? undefined : query);
    if (path === 'meta') return meta;
    const slash = path.indexOf('/');
    const channel = path.slice(0, slash);
    const connectionId = path.slice(slash + 1);
    const bodyLimit = own.get(channel);
    if (bodyLimit === undefined || connectionId.includes('/')) return null;
    return { bodyLimit, to: { connectionId, channel } };
  }

  async function answer(request: IncomingMessage, response: ServerResponse, route: Route): Promise<void> {
    const began = performance.now();
    const place = enter();
    try {
      const header = headerIn(request.rawHeaders);
      const raw = await bodyOf(request, header, { limit: route.bodyLimit, place });
      if ('connectionId' in route.to && !isUuid(route.to.connectionId)) throw new Problem('not-found');
      await intake.posted({ request: { raw, header }, to: route.to });
      response.writeHead(200, TAKEN).end();
      metrics.observe('parley_commit_seconds', {}, (performance.now() - began) / 1000);
    } catch (error) {
      if (request.destroyed && !request.complete) return; // nobody is there to be answered
      // Not kept, so not acknowledged: the platform will deliver it again.
      const problem =
        error instanceof Problem ? error : new Problem('unavailable', undefined, { retryAfterSeconds: 5 });
      if (problem === error) log.info('webhook.refused', { status: problem.status });
      else log.error('intake.failed', { error });
      metrics.count('parley_webhooks_refused_total', { status: problem.status });
      refuse(request, response, problem);
    } finally {
      place.leave();
    }
  }

  return (request, response) => {
    if (request.method !== 'POST' || !request.url?.startsWith(PREFIX)) return false;
    const route = routeOf(request.url);
    if (!route) return false;
    void answer(request, response, route);
    return true;
  };
}
