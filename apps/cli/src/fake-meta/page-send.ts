// POST /<page id>/messages of Messenger. Source: Send API page (May 2026), error codes page (18 March 2026).
import { faultAnswer, nextFault, refuse } from './faults.js';
import type { GraphError } from './errors.js';
import { mid, shuffled } from './ids.js';
import { isObject, type Json } from './json.js';
import type { Answer, World } from './world.js';

const TYPES = ['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY'];
const ACTIONS = ['typing_on', 'typing_off', 'mark_seen', 'react', 'unreact'];
const DAY_MS = 24 * 60 * 60 * 1000;
/** Send API: 300 texts a second per page (rate limiting page, March 2026). */
const PAGE_RATE = { burst: 300, everyMs: 1000 / 300 };

const bad = (details: string): GraphError => ({ code: 100, details });

function contentError(message: unknown): GraphError | null {
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
  if (typeof text === 'string' && [...text].length > 2000)
    return bad('Length of param message[text] must be less than or equal to 2000');
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

function refusal(world: World, page: string, to: { readonly psid: string; readonly tag: unknown }): GraphError | null {
  const now = world.clock();
  const { behaviour } = world;
  if (behaviour.unknownRecipients.includes(to.psid))
    return { code: 100, subcode: 2018001, details: 'No matching user found' };
  const windowMs = to.tag === 'HUMAN_AGENT' ? 7 * DAY_MS : behaviour.windowMs;
  if (!world.people.windowOpen(page, to.psid, { window: behaviour.window, windowMs, now })) {
    return { code: 10, subcode: 2018278, details: 'This message is sent outside of allowed window.' };
  }
  return world.limiter.take(page, PAGE_RATE, now) ? null : { code: 613 };
}

/** What follows a message that was taken: the echo, the delivery, the read mark; in the order that was set. */
function followUps(
  world: World,
  page: string,
  sent: { readonly psid: string; readonly id: string; readonly message: Json },
): readonly unknown[] {
  const now = world.clock();
  const { echoes, appId, statuses, reach, seed } = world.behaviour;
  const event = (direction: 'in' | 'out', update: Json): unknown => ({
    object: 'page',
    entry: [
      {
        id: page,
        time: now,
        messaging: [
          {
            sender: { id: direction === 'in' ? sent.psid : page },
            recipient: { id: direction === 'in' ? page : sent.psid },
            timestamp: now,
            ...update,
          },
        ],
      },
    ],
  });
  const { text, attachment, metadata } = sent.message;
  const echo = event('out', {
    message: {
      is_echo: true,
      app_id: Number(appId),
      ...(typeof metadata === 'string' ? { metadata } : {}),
      mid: sent.id,
      ...(text === undefined ? {} : { text }),
      ...(attachment === undefined ? {} : { attachments: [attachment] }),
    },
  });
  const delivered = event('in', { delivery: { mids: [sent.id], watermark: now } });
  const read = event('in', { read: { watermark: now } });
  const marks = statuses === 'none' || reach === 'sent' ? [] : reach === 'delivered' ? [delivered] : [delivered, read];
  const all = [...(echoes ? [echo] : []), ...marks];
  if (statuses === 'twice') return all.flatMap((update) => [update, update]);
  return statuses === 'shuffled' ? shuffled(all, seed) : all;
}

async function accept(
  world: World,
  page: string,
  to: { readonly psid: string; readonly message: Json },
): Promise<Answer> {
  const id = mid();
  world.messages.set(id, { account: page, person: to.psid });
  const updates = followUps(world, page, { ...to, id });
  const body = { recipient_id: to.psid, message_id: id };
  if (world.behaviour.statuses === 'early') {
    for (const update of updates) await world.courier.send(page, update);
    return { status: 200, body };
  }
  const after = (): void =>
    updates.forEach((update, index) =>
      world.later(world.behaviour.statusDelayMs * (index + 1), () => world.courier.send(page, update)),
    );
  return { status: 200, body, after };
}

/** Answers one send call of a page. */
export async function sendMessenger(world: World, page: string, body: Json): Promise<Answer> {
  const fault = body['sender_action'] === undefined ? nextFault(world) : null;
  const broken = faultAnswer(fault, 'graph');
  if (broken) return broken;
  const recipient = isObject(body['recipient']) ? body['recipient'] : {};
  const psid = ['id', 'user_ref', 'comment_id', 'post_id', 'notification_messages_token']
    .map((key) => recipient[key])
    .find((value) => typeof value === 'string');
  if (typeof psid !== 'string') return refuse(bad('param recipient must be non-empty.'), 'graph');
  const action = body['sender_action'];
  if (action !== undefined) {
    if (typeof action !== 'string' || !ACTIONS.includes(action))
      return refuse(bad('param sender_action is not valid.'), 'graph');
    const unknown = refusal(world, page, { psid, tag: body['tag'] });
    return unknown ? refuse(unknown, 'graph') : { status: 200, body: { recipient_id: psid } };
  }
  const error = typeError(body) ?? contentError(body['message']) ?? refusal(world, page, { psid, tag: body['tag'] });
  if (error) return refuse(error, 'graph');
  const answer = await accept(world, page, { psid, message: body['message'] as Json });
  return fault ? { ...answer, lost: 'disconnect' } : answer;
}
