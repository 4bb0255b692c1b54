// Minimisation: an event after its decision holds only what was instructed; the rest is out of reach.
import { personal, reveal, type ChannelEvent, type Content, type EventBody, type Personal } from '#libs/kernel';
import { coarsen, roundDegrees } from './coarsen.js';
import type { DecidedEvent, Decision, KeptIdentifier, Observed, Ruling } from './decision.js';
import { isPermitted } from './files.js';

type Accepted = Extract<Decision, { outcome: 'accepted' }>;
/** What decides about a content. */
export type ContentRules = Pick<Accepted, 'identifiers' | 'content' | 'attachments' | 'files'>;

/** Content types that an identifier kind of the same purpose guards, where the channel declares it. */
const GUARDS: Readonly<Partial<Record<Content['type'], string>>> = {
  location: 'location',
  contacts: 'shared_contacts',
  form: 'flow_answers',
  order: 'order',
};

/** Kinds whose value repeats a part of the content: what is done to the texts of that is done to it. */
export const REPEATING: ReadonlySet<string> = new Set([...Object.values(GUARDS), 'file_name']);

const allows = (ruling: Ruling | undefined): boolean =>
  ruling?.do === 'keep' || ruling?.do === 'pass' || ruling?.do === 'truncate';

const without = <T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> => {
  const { [key]: _dropped, ...rest } = value;
  return rest;
};

/** The ruling on the kind that guards a content; undefined: it is not guarded, or the kind was not exposed. */
export function guardOf(content: Content, rulings: Readonly<Record<string, Ruling>>): Ruling | undefined {
  // A form may be an identifier of its own, e.g. a prefilled e-mail address: then that kind guards it.
  const named = content.type === 'form' && content.name ? rulings[content.name] : undefined;
  return named ?? rulings[GUARDS[content.type] ?? content.type];
}

/** What is left of a content; null: nothing. */
export function keepContent(content: Content, decision: ContentRules): Content | null {
  const text = decision.content.do === 'keep';
  switch (content.type) {
    case 'text':
    case 'choice':
      return text ? content : null;
    case 'media': {
      const named = allows(decision.identifiers['file_name']) ? content : without(content, 'fileName');
      const captioned = text ? named : without(named, 'caption');
      if (decision.attachments.do === 'keep' && isPermitted(decision.files, content)) return captioned;
      return text && content.caption ? { type: 'text', text: content.caption } : null;
    }
    case 'location':
    case 'contacts':
    case 'form':
    case 'order': {
      const ruling = guardOf(content, decision.identifiers);
      if (!text || !allows(ruling)) return null;
      return content.type === 'location' && ruling?.do === 'truncate'
        ? { type: 'location', latitude: roundDegrees(content.latitude), longitude: roundDegrees(content.longitude) }
        : content;
    }
    case 'group': {
      const items = content.items.map((item) => keepContent(item, decision)).filter((item) => item !== null);
      return items.length > 0 ? { ...content, items } : null;
    }
    case 'unsupported':
      return content;
  }
}

function contentOf(body: EventBody, decision: Accepted): Personal<Content> | null {
  if (body.type !== 'message' && body.type !== 'edit') return null;
  const kept = keepContent(reveal(body.content), decision);
  return kept && personal(kept);
}

/** The facts of the body without its content: what remains reachable is only what was kept. */
function bodyWithout(body: EventBody, content: Personal<Content> | null): EventBody {
  if (body.type === 'message' || body.type === 'edit')
    return { ...body, content: content ?? personal<Content>({ type: 'unsupported', what: 'dropped' }) };
  return body;
}

/** Keyed hash of an identifier under the tenant's key: what `pseudonymise` puts in place of the value. */
export type Pseudonymise = (key: string, value: string) => string;

/** What a ruling leaves of a value; null: nothing. */
export function valueUnder(ruling: Ruling, value: string, pseudonym: (value: string) => string): string | null {
  if (ruling.do === 'pseudonymise') return pseudonym(value);
  if (ruling.do === 'truncate') return ruling.coarsening ? coarsen(ruling.coarsening, value) : null;
  return value;
}

/** Carries a decision out. */
export function apply(event: ChannelEvent, decision: Accepted, pseudonymise: Pseudonymise): DecidedEvent {
  const identifiers: KeptIdentifier[] = [];
  for (const { key, value } of event.identifiers) {
    const ruling = decision.identifiers[key];
    if (!ruling || ruling.do === 'drop' || ruling.do === 'block') continue;
    if (identifiers.some((k) => k.key === key)) continue; // the first place in which a kind appears is the one kept
    const kept = valueUnder(ruling, reveal(value), (given) => pseudonymise(key, given));
    if (kept !== null) identifiers.push({ key, action: ruling.do, clause: ruling.clause, value: personal(kept) });
  }
  const content = contentOf(event.body, decision);
  const decided = {
    channel: event.channel,
    account: event.account,
    via: event.via,
    at: event.at,
    dedupe: event.dedupe,
    messageId: event.messageId,
    body: bodyWithout(event.body, content),
    content,
    contentType: event.body.type === 'message' || event.body.type === 'edit' ? event.body.contentType : null,
    identifiers,
    store: decision.store,
    ...(event.own ? { own: true } : {}),
    ...(event.locale ? { locale: event.locale } : {}),
    ...(event.conversation ? { conversation: event.conversation } : {}),
  };
  return decided as unknown as DecidedEvent;
}

/** What was exposed and what became of it: counted also when the event was refused. Never a value. */
export function observations(event: ChannelEvent, decision: Decision): Observed[] {
  return event.identifiers.map(({ key, path }) => ({
    key,
    path,
    action: decision.outcome === 'refused' ? 'drop' : (decision.identifiers[key]?.do ?? 'drop'),
  }));
}
