// A second evaluator, written from the reference and not from the code: it reads the document each time and compiles nothing.
// It is slow and simple on purpose. Where it and the product disagree, one of them is wrong.
import type { Category, Content, IdentifierAction, IdentifierKind } from '#libs/kernel';
import type { ActionDetail, InstructionsDocument, PurposeOperation, RecipientClause } from '../src/document.js';
import { asks, takes } from './naive-words.js';

export * from './naive-words.js';

export interface World {
  readonly document: InstructionsDocument;
  readonly registry: readonly IdentifierKind[];
  readonly channel: string;
  /** Purposes that are open for the person; null: not known. */
  readonly open: ReadonlySet<string> | null;
}

interface Said<A extends string = IdentifierAction> {
  readonly do: A;
  readonly clause: string;
}

const escape = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
const at = (...parts: string[]): string => parts.map((part) => `/${escape(part)}`).join('');

/** Everything that a purpose does not do, it does not do; without a list it does the usual three. */
function does(document: InstructionsDocument, purpose: string, operation: PurposeOperation): boolean {
  const listed = document.purposes[purpose]!.operations;
  return listed === undefined || listed.includes(operation);
}

/** Purposes of the document that use a category and do all of these things. */
const users = (document: InstructionsDocument, category: Category, operations: readonly PurposeOperation[]): string[] =>
  Object.keys(document.purposes).filter(
    (purpose) =>
      document.purposes[purpose]!.data.includes(category) && operations.every((one) => does(document, purpose, one)),
  );

const isOpen = ({ open }: World, purpose: string): boolean => open === null || open.has(purpose);

const isChannelOn = ({ document, channel }: World): boolean =>
  Object.keys(document.channels).includes(channel) && document.channels[channel]!.enabled !== false;

/** The written action on an identifier kind; null where nothing is written, or the channel has no such kind. */
function written(
  { document, registry, channel }: World,
  key: string,
): (ActionDetail & { kind: IdentifierKind }) | null {
  const kind = registry.find((one) => one.key === key);
  const identifiers = document.channels[channel]?.identifiers ?? {};
  const clause = Object.hasOwn(identifiers, key) ? identifiers[key] : undefined;
  if (kind === undefined || clause === undefined) return null;
  return { ...(typeof clause === 'string' ? { do: clause } : clause), kind };
}

/** For which purposes something of an identifier may be there at all. */
function purposesOf(world: World, key: string): string[] {
  const action = written(world, key);
  if (action === null || action.do === 'drop' || action.do === 'block') return [];
  const last: PurposeOperation = action.do === 'pass' ? 'disclose' : 'store';
  // What comes in no other way than by asking the platform is there for purposes that want it asked for.
  const isAskedFor = action.kind.paths.every((path) => path.includes('-api:'));
  return users(world.document, action.kind.category, ['collect', last])
    .filter((purpose) => action.purposes === undefined || action.purposes.includes(purpose))
    .filter((purpose) => !isAskedFor || world.document.purposes[purpose]!.features?.includes(key) === true);
}

/** Metadata of files that is taken out all the same. */
const isStripped = ({ document, channel }: World, key: string): boolean =>
  key === 'file_metadata' && document.channels[channel]?.attachments?.stripMetadata === true;

/** Which files a channel takes, and how. Where metadata is a kind of its own, it has to be kept to stay. */
export function files(world: World) {
  const { types = null, maxBytes = null, stripMetadata } = world.document.channels[world.channel]?.attachments ?? {};
  const isKind = world.registry.some(({ key }) => key === 'file_metadata');
  const isKept = identifier({ ...world, open: null }, 'file_metadata').do === 'keep';
  return { types, maxBytes, stripMetadata: isKind ? !isKept : stripMetadata !== false };
}

/** What happens to an identifier. */
export function identifier(world: World, key: string): Said {
  const action = written(world, key);
  if (action === null) return { do: 'drop', clause: 'default:identifier-not-listed' };
  const clause = at('channels', world.channel, 'identifiers', key);
  if (action.do === 'drop' || action.do === 'block') return { do: action.do, clause };
  const purposes = purposesOf(world, key);
  if (purposes.length === 0) return { do: 'drop', clause: 'default:no-purpose-covers-it' };
  // What is embedded in a file is left in it or taken out: there is no third.
  if (key === 'file_metadata' && action.do !== 'keep') return { do: 'drop', clause };
  if (isStripped(world, key))
    return { do: 'drop', clause: at('channels', world.channel, 'attachments', 'stripMetadata') };
  if (!purposes.some((one) => isOpen(world, one))) return { do: 'drop', clause: 'default:no-purpose-open' };
  return { do: action.do, clause };
}

/** What is said of messages having been read or played: it comes while nobody knows whose consent stands. */
function reading(world: World): Said {
  const kind = world.registry.find((one) => one.reading);
  if (kind === undefined) return { do: 'drop', clause: 'default:identifier-not-listed' };
  const unasked = Object.keys(world.document.purposes).filter((purpose) => !asks(world.document, purpose));
  const said = identifier({ ...world, open: null }, kind.key);
  const isLeft = said.do !== 'drop' && said.do !== 'block';
  return isLeft ? identifier({ ...world, open: new Set(unasked) }, kind.key) : said;
}

/** Under which purpose a category is stored: one that needs no consent comes before one that does. */
function storedUnder(world: World, category: Category): string | null {
  const open = users(world.document, category, ['collect', 'store']).filter((purpose) => isOpen(world, purpose));
  const withoutConsent = open.find((purpose) => !asks(world.document, purpose));
  return withoutConsent ?? open[0] ?? null;
}

/** Under which purpose a category is passed on without being stored. Who writes has to be stored: else nobody could answer. */
function passedUnder(world: World, category: Category): string | null {
  if (category === 'routing') return null;
  return users(world.document, category, ['collect', 'disclose']).find((purpose) => isOpen(world, purpose)) ?? null;
}

export function category(world: World, wanted: Category): Said<'keep' | 'pass' | 'drop'> {
  const purpose = storedUnder(world, wanted);
  if (purpose !== null) return { do: 'keep', clause: at('purposes', purpose) };
  const passed = passedUnder(world, wanted);
  if (passed !== null) return { do: 'pass', clause: at('purposes', passed) };
  const mayNot = (last: PurposeOperation): boolean => users(world.document, wanted, ['collect', last]).length === 0;
  const nobody = mayNot('store') && (wanted === 'routing' || mayNot('disclose'));
  return { do: 'drop', clause: nobody ? 'default:no-purpose-covers-it' : 'default:no-purpose-open' };
}

export interface Happened {
  readonly type: string;
  readonly content: Content | null;
  readonly keys: readonly string[];
  readonly group?: boolean;
  readonly locale?: string;
}

const ABOUT_SOMEBODY = ['message', 'edit', 'revoke', 'reaction', 'watermark', 'identity-change'];

/** Languages of the documents that are asked about, and of the gateway's own sentences. */
const SPOKEN = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'];

function spoken(world: World, { locale, keys }: Happened): string | null {
  if (locale === undefined) return null;
  if (keys.includes('locale') && identifier(world, 'locale').do === 'keep') return locale;
  return SPOKEN.find((language) => locale.split('-')[0] === language) ?? null;
}

/** Under what an answer of the platform about a person is stored: the first kind of which something is. */
function storedAnswer(world: World, keys: readonly string[]) {
  const key = keys.find((one) => ['keep', 'truncate', 'pseudonymise'].includes(identifier(world, one).do));
  if (key === undefined) return null;
  const purpose = purposesOf(world, key).find((one) => isOpen(world, one))!;
  const { clause } = identifier(world, key);
  return { operation: 'Store', purpose, clause, categories: world.document.purposes[purpose]!.data };
}

/** Which kinds the platform may be asked for. */
export function askable(world: World): string[] {
  const { document, registry } = world;
  if (!isChannelOn(world) || storedUnder(world, 'routing') === null) return [];
  const gets = (key: string) => Object.values(document.recipients).some(({ identifiers }) => identifiers?.includes(key));
  return registry
    .filter(({ key, lookedUp }) => lookedUp && ['keep', 'truncate', 'pseudonymise', 'pass'].includes(identifier(world, key).do))
    .filter(({ key }) => purposesOf(world, key).some((one) => isOpen(world, one) && document.purposes[one]!.features?.includes(key)))
    .filter(({ key }) => written(world, key)!.do !== 'pass' || gets(key))
    .map(({ key }) => key);
} // prettier-ignore

/** The whole decision, in the words of `decide`. */
export function decision(world: World, happened: Happened) {
  const no = (cause: string, clause: string) => ({ outcome: 'refused' as const, cause, clause });
  if (!isChannelOn(world)) return no('channel-not-enabled', `/channels/${world.channel}`);
  const routing = category(world, 'routing');
  if (routing.do === 'drop') return no('not-instructed', routing.clause);
  if (happened.group) return no('group', 'default:groups-off');
  const blocked = happened.keys.map((key) => identifier(world, key)).find((said) => said.do === 'block');
  if (blocked) return no('identifier-blocked', blocked.clause);
  const answerable = happened.keys.some(
    (key) =>
      identifier(world, key).do === 'keep' &&
      world.registry.some((kind) => kind.key === key && kind.role === 'routing'),
  );
  if (!answerable && ABOUT_SOMEBODY.includes(happened.type))
    return no('no-routing-identifier', 'default:identifier-not-listed');
  const content = category(world, 'content');
  const attachments = category(world, 'attachments');
  const about: Category[] = [];
  if (happened.type === 'reaction' || (happened.content && happened.content.type !== 'media')) about.push('content', 'attachments'); // prettier-ignore
  if (happened.content?.type === 'media') about.push('attachments', 'content');
  if (happened.type === 'reaction') about.pop();
  const named = [...about, 'routing' as const].find((one) => category(world, one).do !== 'drop')!;
  const under = storedUnder(world, named) ?? passedUnder(world, named)!;
  return {
    outcome: 'accepted' as const,
    identifiers: Object.fromEntries(happened.keys.map((key) => [key, identifier(world, key)])),
    content,
    attachments,
    files: files(world),
    reading: reading(world),
    locale: spoken(world, happened),
    store: (happened.type === 'profile' && storedAnswer(world, happened.keys)) || {
      operation: 'Store',
      purpose: under,
      clause: at('purposes', under),
      categories: (['routing', 'content', 'attachments'] as const).filter((one) => category(world, one).do !== 'drop'),
    },
  };
}

interface Allowed {
  readonly text: boolean;
  readonly files: (media: Extract<Content, { type: 'media' }>) => boolean;
  /** What is said of a kind that guards; null: nothing is. */
  readonly guard: (key: string) => IdentifierAction | null;
}

/** A content without what is not allowed; null: nothing is left. */
export function contentLeft(content: Content, allowed: Allowed): Content | null {
  const whole = (action: IdentifierAction | null): boolean => action !== null && ['keep', 'pass', 'truncate'].includes(action); // prettier-ignore
  if (content.type === 'group') {
    const items: Content[] = [];
    for (const item of content.items) {
      const left = contentLeft(item, allowed);
      if (left) items.push(left);
    }
    return items.length === 0 ? null : { type: 'group', items };
  }
  if (content.type === 'media') {
    if (!allowed.files(content))
      return allowed.text && content.caption ? { type: 'text', text: content.caption } : null;
    const copy: Record<string, unknown> = { ...content };
    if (!allowed.text) delete copy['caption'];
    if (!whole(allowed.guard('file_name'))) delete copy['fileName'];
    return copy as unknown as Content;
  }
  if (!allowed.text) return null;
  const guards: Record<string, string> = { location: 'location', contacts: 'shared_contacts', order: 'order', form: 'flow_answers' }; // prettier-ignore
  const guard = guards[content.type];
  if (guard === undefined) return content;
  const own = content.type === 'form' && content.name !== undefined ? allowed.guard(content.name) : null;
  const action = own ?? allowed.guard(guard);
  if (!whole(action)) return null;
  if (content.type !== 'location' || action !== 'truncate') return content;
  const coarse = (degrees: number): number => Math.round(degrees * 10) / 10;
  return { type: 'location', latitude: coarse(content.latitude), longitude: coarse(content.longitude) };
}

/** What storing leaves of the content of an event that was accepted. */
export const stored = (world: World, happened: Happened): Content | null =>
  happened.content &&
  contentLeft(happened.content, {
    text: category(world, 'content').do !== 'drop',
    files: (media) =>
      category(world, 'attachments').do !== 'drop' && takes(world.document.channels[world.channel]?.attachments, media),
    guard: (key) => (happened.keys.includes(key) ? identifier(world, key).do : null),
  });

export interface Kept {
  readonly content: Content | null;
  readonly identifiers: Readonly<Record<string, string>>;
  readonly passing?: Readonly<Record<string, string>>;
}

/** How much of a value may be held: all of it, a part, or nothing; two different parts have nothing in common. */
const held = (action: IdentifierAction): string => (['keep', 'truncate', 'pseudonymise'].includes(action) ? action : 'nothing'); // prettier-ignore
const both = (a: string, b: string): string => (a === 'keep' || a === b ? b : b === 'keep' ? a : 'nothing');

/** What stays of a stored message under another version: neither may be exceeded. `delivered`: nobody waits for it any more. */
export function remaining(before: World, today: World, at_: { kept: Kept; delivered: boolean }) {
  const { kept, delivered } = at_;
  const isListed = Object.keys(today.document.channels).includes(today.channel);
  const routed = category(today, 'routing').do === 'keep';
  const now = (key: string): IdentifierAction => (isListed && routed ? identifier(today, key).do : 'drop');
  const then = (key: string): IdentifierAction => identifier(before, key).do;
  // What was passed on is gone once it is delivered, by the version under which it came and by the one in force.
  const keeps = (one: Category): boolean => {
    const [was, is] = [category(before, one).do, category(today, one).do];
    return routed && is !== 'drop' && (!delivered || (is === 'keep' && was !== 'pass'));
  };
  return {
    keys: Object.keys(kept.identifiers).filter((key) => both(held(then(key)), held(now(key))) !== 'nothing'),
    passing: delivered ? [] : Object.keys(kept.passing ?? {}).filter((key) => ['pass', 'keep'].includes(now(key))),
    content:
      kept.content &&
      contentLeft(kept.content, {
        text: keeps('content'),
        files: (media) => keeps('attachments') && takes(today.document.channels[today.channel]?.attachments, media),
        guard: (key) => {
          if (!isListed || !routed || !today.registry.some((kind) => kind.key === key)) return null;
          return delivered && (now(key) === 'pass' || then(key) === 'pass') ? 'drop' : now(key);
        },
      }),
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What a recipient gets of a stored message; or why it gets nothing. */
export function given(world: World, id: string, at_: { kept: Kept; restricted: boolean; now: number }) {
  const { document, channel } = world;
  const recipient: RecipientClause = document.recipients[id]!;
  const no = (refused: string, clause: string) => ({ refused, clause });
  if (at_.restricted) return no('restricted', 'default:restricted');
  if (recipient.from !== undefined && at_.now < Date.parse(recipient.from)) return no('not-yet', at('recipients', id, 'from')); // prettier-ignore
  const until = recipient.transfer?.validUntil;
  if (until !== undefined && at_.now > Date.parse(DAY.test(until) ? `${until}T23:59:59.999Z` : until)) return no('transfer-expired', at('recipients', id, 'transfer', 'validUntil')); // prettier-ignore
  if (!isChannelOn(world)) return no('channel-not-enabled', `/channels/${channel}`);
  const purposes = recipient.purposes.filter(
    (one) => one in document.purposes && isOpen(world, one) && does(document, one, 'disclose'),
  );
  const uses = (purpose: string, data: Category): boolean => document.purposes[purpose]!.data.includes(data);
  const categories = recipient.data.filter((data) => purposes.some((purpose) => uses(purpose, data)));
  if (categories.length === 0) return no('no-purpose', at('recipients', id));
  /** An identifier for one of this recipient's own purposes. */
  const mine = (key: string): IdentifierAction | null => {
    const action = written(world, key);
    if (!world.registry.some((kind) => kind.key === key)) return null;
    if (action === null || (key === 'file_metadata' && action.do !== 'keep') || isStripped(world, key)) return 'drop';
    return purposesOf(world, key).some((one) => purposes.includes(one)) ? action.do : 'drop';
  };
  return {
    purpose: purposes.find((purpose) => recipient.data.some((data) => uses(purpose, data))),
    categories,
    clause: at('recipients', id),
    fileMetadata:
      mine('file_metadata') === null ||
      (recipient.identifiers?.includes('file_metadata') === true && mine('file_metadata') === 'keep'),
    identifiers: Object.fromEntries([
      ...Object.entries(at_.kept.identifiers).filter(([key]) => recipient.identifiers?.includes(key) && ['keep', 'truncate', 'pseudonymise'].includes(mine(key) ?? '')),
      ...Object.entries(at_.kept.passing ?? {}).filter(([key]) => recipient.identifiers?.includes(key) && ['keep', 'pass'].includes(mine(key) ?? '')),
    ]), // prettier-ignore
    content:
      at_.kept.content &&
      contentLeft(at_.kept.content, { text: categories.includes('content'), files: () => categories.includes('attachments'), guard: mine }), // prettier-ignore
  };
}
