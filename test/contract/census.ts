// The identifier census: whatever of a payload survives into an event must be declared in the channel's registry.
import { Personal, reveal, type ChannelEvent, type IdentifierKind } from '#libs/kernel';
import { leavesOf } from './payloads.js';

/** Content that an identifier kind guards: an event that carries it must expose a kind of role `content`. */
const GUARDED: readonly string[] = ['location', 'contacts', 'form', 'order'];

/** Short values (an emoji, `ad`, `1`) occur everywhere: finding one proves nothing. */
const TELLING = 4;

/** Values of the payload found in the event although no identifier of the event accounts for them. */
export function census(event: ChannelEvent, payload: unknown): readonly string[] {
  const leaves = leavesOf(payload);
  const declared = new Set(event.identifiers.map((one) => reveal(one.value)));
  const own = new Set([event.channel, event.account, event.portfolio, event.via, event.body.type]);
  return stringsOf({ ...event, dedupe: null, identifiers: null, body: withoutContent(event) })
    .filter((found) => found.length >= TELLING && leaves.has(found))
    .filter((found) => !declared.has(found) && !own.has(found));
}

/** Vocabulary of the platform (states, actions, fields) is no value; content and emoji are decided on as content. */
function withoutContent({ body }: ChannelEvent): unknown {
  const vocabulary = {
    content: null,
    contentType: null,
    emoji: null,
    severity: null,
    status: null,
    field: null,
    action: null,
    path: null,
    value: null,
  };
  return { ...body, ...vocabulary };
}

export function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Personal) return stringsOf(reveal(value));
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}

/** What is wrong with the identifiers of an event: not registered, found elsewhere than registered, guarded content without its kind. */
export function identifierFaults(event: ChannelEvent, registry: readonly IdentifierKind[]): readonly string[] {
  const { body } = event;
  const listed = body.type === 'identity-change' ? [...body.previous, ...body.current] : [];
  const misplaced = [...event.identifiers, ...listed]
    .filter(({ key, path }) => !registry.find((kind) => kind.key === key)?.paths.includes(path))
    .map(({ key, path }) => `${key} @ ${path} is not registered`);
  const unlisted = listed
    .filter(
      (one) => !event.identifiers.some(({ key, value }) => key === one.key && reveal(value) === reveal(one.value)),
    )
    .map(({ key }) => `${key} changed but is not among the identifiers`);
  const contentType = 'contentType' in body ? body.contentType : '';
  const kinds = event.identifiers.map((one) => registry.find((kind) => kind.key === one.key));
  const unguarded = GUARDED.includes(contentType) && !kinds.some((kind) => kind?.role === 'content');
  return [...misplaced, ...unlisted, ...(unguarded ? [`${contentType} is not guarded by an identifier kind`] : [])];
}
