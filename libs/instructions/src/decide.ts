// The decision: pure, closed-world, deny wins. Nothing is stored or disclosed without a mandate from here.
import { grantMandate, type Category, type ChannelEvent, type EventBody, type ExposedIdentifier, type Mandate } from '#libs/kernel'; // prettier-ignore
import { categoryRuling, coveringOf, holdingOf, narrowed, NOT_LISTED, type Open } from './cover.js';
import type { CategoryAction, CompiledInstructions, Decision, RefusalCause, Ruling, SubjectState } from './decision.js';
import { languageOf } from './texts.js';

/** Events that concern a person who can be answered: without a kept routing identifier they are refused. */
const PERSONAL: ReadonlySet<string> = new Set([
  'message',
  'edit',
  'revoke',
  'reaction',
  'watermark',
  'identity-change',
]);

/** What rows hold of an event beside identifiers. */
const HELD = ['routing', 'content', 'attachments'] as const;

const refused = (cause: RefusalCause, clause: string): Decision => ({ outcome: 'refused', cause, clause });

/** What an event is about, the most telling first: the clause that covers it is the one that its row names. */
const ABOUT = {
  nothing: ['routing'],
  emoji: ['content', 'routing'],
  text: ['content', 'attachments', 'routing'],
  file: ['attachments', 'content', 'routing'],
} as const satisfies Readonly<Record<string, readonly Category[]>>;
type About = keyof typeof ABOUT;

function aboutOf(body: EventBody): About {
  if (body.type === 'reaction') return 'emoji';
  if (body.type !== 'message' && body.type !== 'edit') return 'nothing';
  return body.contentType === 'media' ? 'file' : 'text';
}

/** What does not depend on the event: made once per version, and per set of open purposes where that is known. */
interface Standing {
  readonly routing: Ruling<CategoryAction>;
  readonly content: Ruling<CategoryAction>;
  readonly attachments: Ruling<CategoryAction>;
  /** The permission to store, under the purpose that covers what the event is about; null: nothing is stored at all. */
  readonly store: Readonly<Record<About, Mandate>> | null;
}

function standingOf(compiled: CompiledInstructions, open: Open): Standing {
  const { tenantId, version, hash } = compiled;
  const categories = HELD.filter((category) => holdingOf(compiled, category, open));
  const mandate = (about: About): Mandate => {
    const { purpose, clause } = ABOUT[about].map((one) => holdingOf(compiled, one, open)).find((one) => one !== null)!;
    return grantMandate({ tenantId, operation: 'Store', purpose, categories, instruction: { version, hash, clause } });
  };
  const isStored = coveringOf(compiled, 'routing', open) !== null;
  return {
    routing: categoryRuling(compiled, 'routing', open),
    content: categoryRuling(compiled, 'content', open),
    attachments: categoryRuling(compiled, 'attachments', open),
    store: isStored
      ? { nothing: mandate('nothing'), emoji: mandate('emoji'), text: mandate('text'), file: mandate('file') }
      : null,
  };
}

const STORED: ReadonlySet<string> = new Set(['keep', 'pseudonymise', 'truncate']);

/** What was looked up is stored for a purpose that asked for it, by the clause on the kind. Where nothing of it is, what is stored is that it was asked for. */
function lookedUp(compiled: CompiledInstructions, rulings: Readonly<Record<string, Ruling>>, open: Open): Mandate | null {
  const ruling = Object.values(rulings).find((one) => STORED.has(one.do));
  const purpose = ruling?.purposes?.find((id) => open === undefined || open.has(id));
  if (!ruling || purpose === undefined) return null;
  const { tenantId, version, hash } = compiled;
  const { data: categories } = compiled.purposes[purpose]!;
  const instruction = { version, hash, clause: ruling.clause };
  return grantMandate({ tenantId, operation: 'Store', purpose, categories, instruction });
} // prettier-ignore

/** While the platform waits nothing is known of the person, so that the same answers serve all events of a version. */
const standings = new WeakMap<CompiledInstructions, Standing>();
function standingFor(compiled: CompiledInstructions, open: Open): Standing {
  if (open !== undefined) return standingOf(compiled, open);
  let standing = standings.get(compiled);
  if (standing === undefined) standings.set(compiled, (standing = standingOf(compiled, undefined)));
  return standing;
}

/** The permission to keep and send our own answers: follows from a purpose that covers answering at all. */
export function replyMandate(compiled: CompiledInstructions): Mandate | null {
  const routing = coveringOf(compiled, 'routing', undefined);
  if (!routing) return null;
  const categories = (['routing', 'content'] as const).filter((c) => compiled.storing[c]);
  const { tenantId, version, hash } = compiled;
  return grantMandate({
    tenantId,
    operation: 'Transmit',
    purpose: routing.purpose,
    categories,
    instruction: { version, hash, clause: routing.clause },
  });
}

/** The permission to read for a stated purpose, or null when the document has no such purpose, or it stores nothing. */
export function consultMandate(compiled: CompiledInstructions, purpose: string): Mandate | null {
  const stated = Object.hasOwn(compiled.purposes, purpose) ? compiled.purposes[purpose] : undefined;
  const categories = (stated?.data ?? []).filter((category) =>
    compiled.storing[category]?.some((covering) => covering.purpose === purpose),
  );
  if (!stated || categories.length === 0) return null;
  const { tenantId, version, hash } = compiled;
  const instruction = { version, hash, clause: stated.clause };
  return grantMandate({ tenantId, operation: 'Consult', purpose, categories, instruction });
}

/** To be understood (Art. 12(1)): a language in which there is something to say, and no region, unless the kind is kept. */
export function localeUnder({ languages }: CompiledInstructions, locale: string, ruling: Ruling | undefined): string | null {
  if (ruling?.do === 'keep') return locale;
  const language = languageOf(locale);
  return languages.has(language) ? language : null;
} // prettier-ignore

/** Every kind that an event exposes, with a value or inside of a file. */
export const exposedBy = ({ identifiers, embedded }: ChannelEvent): readonly Omit<ExposedIdentifier, 'value'>[] =>
  embedded ? [...identifiers, ...embedded] : identifiers;

/**
 * What the instructions say of one event. Pure: the same document, state and event give the same answer to an auditor.
 * A restriction (Art. 18) does not stop storing; it stops what `minimise` would disclose.
 */
export function decide(compiled: CompiledInstructions | null, state: SubjectState, event: ChannelEvent): Decision {
  if (!compiled) return refused('no-instructions', 'default:no-instructions');
  const channel = Object.hasOwn(compiled.channels, event.channel) ? compiled.channels[event.channel] : undefined;
  if (!channel?.enabled) return refused('channel-not-enabled', `/channels/${event.channel}`);
  const { routing, content, attachments, store } = standingFor(compiled, state.open);
  if (store === null) return refused('not-instructed', routing.clause);
  if (event.group) return refused('group', 'default:groups-off');

  const identifiers: Record<string, Ruling> = {};
  let answerable = false;
  for (const { key } of exposedBy(event)) {
    const ruling = (identifiers[key] ??= narrowed(channel.identifiers[key], state.open));
    if (ruling.do === 'block') return refused('identifier-blocked', ruling.clause);
    if (ruling.do === 'keep' && ruling.routing) answerable = true;
  }
  if (!answerable && PERSONAL.has(event.body.type)) return refused('no-routing-identifier', NOT_LISTED.clause);

  return {
    outcome: 'accepted',
    identifiers,
    content,
    attachments,
    files: channel.files,
    reading: channel.reading,
    locale: event.locale === undefined ? null : localeUnder(compiled, event.locale, identifiers['locale']),
    store: (event.body.type === 'profile' && lookedUp(compiled, identifiers, state.open)) || store[aboutOf(event.body)],
  };
}
