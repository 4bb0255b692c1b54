// POST /<page or account id>/messages of Messenger and Instagram. Source: Send API page (May 2026), error codes page (18 March 2026).
import { faultAnswer, nextFault, refuse } from './faults.js';
import type { GraphError } from './errors.js';
import { shuffled } from './ids.js';
import { isObject, type Json } from './json.js';
import { productOf, type Product } from './products.js';
import type { Answer, World } from './world.js';

const TYPES = ['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY'];
const ACTIONS = ['typing_on', 'typing_off', 'mark_seen', 'react', 'unreact'];
const DAY_MS = 24 * 60 * 60 * 1000;
/** Send API: 300 texts a second per page or account (rate limiting page, March 2026). */
const PAGE_RATE = { burst: 300, everyMs: 1000 / 300 };
/** The same page: 10 of audio or video. */
const SLOW_RATE = { burst: 10, everyMs: 100 };

const isSlow = (message: unknown): boolean =>
  isObject(message) &&
  isObject(message['attachment']) &&
  ['audio', 'video'].includes(String(message['attachment']['type']));

const bad = (details: string): GraphError => ({ code: 100, details });

function contentError(message: unknown, { of, most }: Product['maxText']): GraphError | null {
  if (!isObject(message)) return bad('param message must be non-empty.');
  const { text, attachment, attachments, quick_replies: quick, metadata } = message;
  if (
    text === undefined &&
    attachment === undefined &&
    attachments === undefined &&
    message['sticker_id'] === undefined
  ) {
    return bad('Must provide either text or attachment.');
  }
  if (text !== undefined && (typeof text !== 'string' || text === ''))
    return bad('param message[text] must be a non-empty string.');
  if (typeof text === 'string' && of(text) > most)
    return bad(`Length of param message[text] must be less than or equal to ${most}`);
  if (quick !== undefined && (!Array.isArray(quick) || quick.length === 0 || quick.length > 13)) {
    return bad('Number of elements in param message[quick_replies] must be between 1 and 13');
  }
  if (
    Array.isArray(quick) &&
    quick.some((reply) => isObject(reply) && typeof reply['title'] === 'string' && reply['title'].length > 20)
  ) {
    return bad('Length of param title must be less than or equal to 20');
  }
  return typeof metadata === 'string' && metadata.length > 1000
    ? bad('Length of param message[metadata] must be at most 1000')
    : null;
}

function typeError(body: Json): GraphError | null {
  const { messaging_type: type, tag } = body;
  if (type !== undefined && !(typeof type === 'string' && TYPES.includes(type)))
    return bad('param messaging_type is not valid.');
  // The other tags ended on 27 April 2026.
  if (type === 'MESSAGE_TAG' && tag !== 'HUMAN_AGENT')
    return bad('Invalid parameter: this message tag is not available.');
  return null;
}

/** Who sends to whom, in which product. */
interface Addressed {
  readonly product: Product;
  /** The page, or the account. */
  readonly sender: string;
  readonly person: string;
}

function refusal(world: World, { product, sender, person }: Addressed, { tag, message }: Json): GraphError | null {
  const now = world.clock();
  const { behaviour } = world;
  if (behaviour.unknownRecipients.includes(person)) return product.unknownPerson;
  const windowMs = tag === 'HUMAN_AGENT' ? 7 * DAY_MS : behaviour.windowMs;
  const rule = { window: behaviour.window, windowMs, now };
  if (!world.people.windowOpen(product.account, person, rule)) return product.windowClosed;
  if (isSlow(message) && !world.limiter.take(`${sender} slow`, SLOW_RATE, now)) return { code: 613 };
  return world.limiter.take(sender, PAGE_RATE, now) ? null : { code: 613 };
}

/** What follows a message that was taken: the echo, the delivery, the read mark; in the order that was set. */
function followUps(
  world: World,
  { product, person }: Addressed,
  sent: { readonly id: string; readonly message: Json },
): readonly unknown[] {
  const now = world.clock();
  const { account, object } = product;
  const { echoes, statuses, reach, seed } = world.behaviour;
  const event = (direction: 'in' | 'out', update: Json): unknown => {
    const [sender, recipient] = direction === 'in' ? [person, account] : [account, person];
    const whole = { sender: { id: sender }, recipient: { id: recipient }, timestamp: now, ...update };
    return { object, entry: [{ id: account, time: now, messaging: [whole] }] };
  };
  const { text, attachment, metadata } = sent.message;
  const echo = event('out', {
    message: {
      is_echo: true,
      ...product.echo(metadata),
      mid: sent.id,
      ...(text === undefined ? {} : { text }),
      ...(attachment === undefined ? {} : { attachments: [attachment] }),
    },
  });
  const told = product.delivered(sent.id, now);
  const delivered = told === null ? [] : [event('in', told)];
  const read = event('in', product.read(sent.id, now));
  const marks = statuses === 'none' || reach === 'sent' ? [] : reach === 'delivered' ? delivered : [...delivered, read];
  const all = [...(echoes ? [echo] : []), ...marks];
  if (statuses === 'twice') return all.flatMap((update) => [update, update]);
  return statuses === 'shuffled' ? shuffled(all, seed) : all;
}

async function accept(world: World, to: Addressed, message: Json): Promise<Answer> {
  const { account, newId } = to.product;
  const id = newId();
  world.messages.set(id, { account, person: to.person });
  const updates = followUps(world, to, { message, id });
  const body = { recipient_id: to.person, message_id: id };
  if (world.behaviour.statuses === 'early') {
    for (const update of updates) await world.courier.send(account, update);
    return { status: 200, body };
  }
  const after = (): void =>
    updates.forEach((update, index) =>
      world.later(world.behaviour.statusDelayMs * (index + 1), () => world.courier.send(account, update)),
    );
  return { status: 200, body, after };
}

/** Answers one send call of a page or an account. */
export async function sendFromPage(world: World, sender: string, body: Json): Promise<Answer> {
  const fault = body['sender_action'] === undefined ? nextFault(world) : null;
  const broken = faultAnswer(fault, 'graph');
  if (broken) return broken;
  const recipient = isObject(body['recipient']) ? body['recipient'] : {};
  const person = ['id', 'user_ref', 'comment_id', 'post_id', 'notification_messages_token']
    .map((key) => recipient[key])
    .find((value) => typeof value === 'string');
  if (typeof person !== 'string') return refuse(bad('param recipient must be non-empty.'), 'graph');
  const to: Addressed = { product: productOf(world, sender, person), sender, person };
  const action = body['sender_action'];
  if (action !== undefined) {
    if (typeof action !== 'string' || !ACTIONS.includes(action))
      return refuse(bad('param sender_action is not valid.'), 'graph');
    const unknown = refusal(world, to, body);
    return unknown ? refuse(unknown, 'graph') : { status: 200, body: { recipient_id: person } };
  }
  const error = typeError(body) ?? contentError(body['message'], to.product.maxText) ?? refusal(world, to, body);
  if (error) return refuse(error, 'graph');
  const answer = await accept(world, to, body['message'] as Json);
  return fault ? { ...answer, lost: 'disconnect' } : answer;
}
