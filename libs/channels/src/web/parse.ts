// One activity of a Direct Line client → events. Total: whatever the browser sends, the answer is events and paths.
import { personal, type ChannelEvent, type Content, type EventBody, type ParseResult } from '#libs/kernel';
import { fingerprint } from '../shared/fingerprint.js';
import { bounded, fields, items, text, type Fields } from '../shared/read.js';
import { noteUndeclared } from '../shared/shape.js';
import { contentOf } from './content.js';
import { exposed } from './exposed.js';
import { declared } from './shape.js';

/** An update with what makes it the same as its redelivery. */
interface Said {
  readonly body: EventBody;
  readonly key: string;
  readonly named?: true;
}

/** Typing is not an event: it is neither kept nor passed on. */
export function parse(payload: unknown, now: number): ParseResult {
  const whole = fields(payload);
  const undeclared = new Set<string>();
  noteUndeclared(whole, declared, undeclared);
  const activity = fields(whole['activity']);
  const said = activity['type'] === 'typing' ? [] : [...read(whole, activity), ...signalled(whole)];
  const conversation = text(whole['conversationId']);
  const locale = languageOf(activity['locale']) ?? languageOf(fields(whole['transport'])['acceptLanguage']);
  const identifiers = said.length === 0 ? [] : exposed(whole);
  const id = text(whole['activityId']);
  const events = said.map(({ body, key, named }): ChannelEvent => ({
    channel: 'web',
    account: null,
    via: 'primary',
    // The browser's own clock is an identifier and may be wrong: the time of receipt counts.
    at: now,
    messageId: named && id !== undefined ? personal(id) : null,
    dedupe: personal(`${conversation ?? ''}:${key}`),
    identifiers,
    body,
    ...(locale === undefined ? {} : { locale }),
    ...(conversation === undefined ? {} : { conversation }),
  }));
  return { events, undeclared: [...undeclared] };
}

function read(whole: Fields, activity: Fields): readonly Said[] {
  const ours = text(whole['activityId']) ?? fingerprint(bounded(whole));
  switch (activity['type']) {
    case 'message':
      return [message(whole, activity, ours)];
    case 'messageReaction':
      return reactions(activity, ours);
    default:
      return [{ body: { type: 'unknown', path: 'activity.type' }, key: `unknown:${ours}` }];
  }
}

/** Global Privacy Control: what it means is for the instructions to say. */
const signalled = (whole: Fields): readonly Said[] =>
  fields(whole['transport'])['gpc'] === true
    ? [{ body: { type: 'preference', topic: 'tracking', value: 'stop' }, key: 'gpc' }]
    : [];

/**
 * A client that got no answer sends again, under its own id: the same words under the same id are one message. The words count
 * because nothing obliges a client to choose a new id.
 */
function message(whole: Fields, activity: Fields, ours: string): Said {
  const content: Content = contentOf(whole);
  const replyTo = text(activity['replyToId']);
  const theirs = text(fields(activity['channelData'])['clientActivityID']);
  const words = fingerprint(bounded([activity['text'], activity['value'], items(whole['uploads']).length]));
  return {
    body: {
      type: 'message',
      content: personal(content),
      contentType: content.type,
      ...(replyTo === undefined ? {} : { replyTo: personal(replyTo) }),
    },
    key: theirs === undefined ? `ours:${ours}` : `theirs:${theirs}:${words}`,
    named: true,
  };
}

/** Reactions of the Bot Framework, which have names. */
const EMOJI: ReadonlyMap<unknown, string> = new Map([
  ['like', '👍'],
  ['heart', '❤️'],
  ['laugh', '😆'],
  ['surprised', '😮'],
  ['sad', '😢'],
  ['angry', '😠'],
]);

function reactions(activity: Fields, ours: string): readonly Said[] {
  const target = text(activity['replyToId']);
  if (target === undefined) return [{ body: { type: 'unknown', path: 'activity.replyToId' }, key: `unknown:${ours}` }];
  const of = (list: unknown, added: boolean): readonly Said[] =>
    items(list).flatMap((item) => {
      const { type } = fields(item);
      const emoji = EMOJI.get(type);
      if (emoji === undefined) return [];
      const body: EventBody = {
        type: 'reaction',
        target: personal(target),
        emoji: added ? personal(emoji) : null,
      };
      return [{ body, key: `reaction:${ours}:${added ? '+' : '-'}${String(type)}` }];
    });
  const all = [...of(activity['reactionsAdded'], true), ...of(activity['reactionsRemoved'], false)];
  return all.length > 0 ? all : [{ body: { type: 'unknown', path: 'activity.type' }, key: `unknown:${ours}` }];
}

const TAG = /^\s*([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?![a-z0-9])/i;

/** Language and script alone, which choose the notice; a region tells more than is needed. */
function languageOf(value: unknown): string | undefined {
  const found = TAG.exec(text(value) ?? '');
  if (!found?.[1]) return undefined;
  const script = found[2] === undefined ? '' : `-${found[2][0]?.toUpperCase()}${found[2].slice(1).toLowerCase()}`;
  return `${found[1].toLowerCase()}${script}`;
}
