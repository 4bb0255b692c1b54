// How a test or a user steers the fake: the same verbs as functions and under /__fake/.
import { changed, ORDINARY } from './behaviour.js';
import { say } from './inbound.js';
import type { Media } from './shelf.js';
import type { Behaviour, Inbound } from './types.js';
import { isObject } from './json.js';
import type { Answer, World } from './world.js';

export interface Control {
  /** Changes some of the behaviour; the rest stays. */
  set(change: Partial<Behaviour>): void;
  readonly behaviour: () => Behaviour;
  /** A person writes to an account. Resolves with the message's id when the webhook was taken or given up. */
  say(inbound: Inbound): Promise<{ readonly id: string }>;
  /** Tells when a person last wrote to an account, `at` in ms: opens or closes the reply window. */
  lastInbound(account: string, person: string, at: number): void;
  /** Puts media on the shelf, to be named in an inbound message by its id. */
  media(mime: string, bytes: Buffer): Media;
  /** Resolves when no webhook is under way or due. */
  idle(): Promise<void>;
  /** Forgets calls, people, limits and media, and behaves ordinarily again. */
  reset(): void;
}

export function control(world: World, pending: () => number): Control {
  return {
    set: (change) => void (world.behaviour = { ...world.behaviour, ...change }),
    behaviour: () => world.behaviour,
    say: (inbound) => say(world, inbound),
    lastInbound: (account, person, at) => world.people.tell(account, person, at),
    media: (mime, bytes) => world.media.put(mime, bytes),
    async idle() {
      do {
        await new Promise((resolve) => setTimeout(resolve, 5));
        await world.courier.idle();
      } while (pending() > 0);
    },
    reset() {
      world.behaviour = ORDINARY;
      world.calls.length = 0;
      world.people.clear();
      world.limiter.clear();
      world.media.clear();
      world.messages.clear();
    },
  };
}

const isInbound = (body: unknown): body is Inbound =>
  isObject(body) &&
  typeof body['account'] === 'string' &&
  isObject(body['from']) &&
  ['phone', 'bsuid', 'psid', 'igsid'].some((key) => typeof (body['from'] as Record<string, unknown>)[key] === 'string');

const wrong = (title: string): Answer => ({ status: 400, body: { status: 400, title } });

function setBehaviour(world: World, body: unknown): Answer {
  const next = changed(world.behaviour, body);
  if ('unknown' in next) return wrong(`unknown settings: ${next.unknown.join(', ')}`);
  world.behaviour = next;
  return { status: 200, body: next };
}

function tellWindow(world: World, body: unknown): Answer {
  if (!isObject(body) || typeof body['account'] !== 'string' || typeof body['person'] !== 'string') {
    return wrong('account and person are needed, at in ms is optional');
  }
  world.people.tell(body['account'], body['person'], typeof body['at'] === 'number' ? body['at'] : world.clock());
  return { status: 204, body: null };
}

function putMedia(world: World, body: unknown): Answer {
  if (!isObject(body) || typeof body['mime'] !== 'string' || typeof body['base64'] !== 'string') {
    return wrong('mime and base64 are needed');
  }
  return { status: 201, body: { id: world.media.put(body['mime'], Buffer.from(body['base64'], 'base64')).id } };
}

/** Answers one control request, or null when there is no such verb. */
export async function answerControl(
  world: World,
  request: { readonly method: string; readonly path: string; readonly body: unknown },
): Promise<Answer | null> {
  const { method, path, body } = request;
  switch (`${method} ${path}`) {
    case 'GET /__fake/calls':
      return { status: 200, body: { items: world.calls } };
    case 'GET /__fake/deliveries':
      return { status: 200, body: { items: world.courier.deliveries } };
    case 'GET /__fake/behaviour':
      return { status: 200, body: world.behaviour };
    case 'PATCH /__fake/behaviour':
      return setBehaviour(world, body);
    case 'POST /__fake/inbound':
      return isInbound(body)
        ? { status: 202, body: await say(world, body) }
        : wrong('account and from {phone | bsuid | psid | igsid} are needed');
    case 'POST /__fake/window':
      return tellWindow(world, body);
    case 'POST /__fake/media':
      return putMedia(world, body);
    case 'POST /__fake/reset':
      control(world, () => 0).reset();
      return { status: 204, body: null };
    default:
      return null;
  }
}
