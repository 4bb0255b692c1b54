// Minimisation: an event after its decision holds only what was instructed; the rest is out of reach.
import { personal, reveal, type ChannelEvent, type Content, type EventBody, type Personal } from '#libs/kernel';
import { coarsen, startOfHour } from './coarsen.js';
import { exposedBy } from './decide.js';
import type { DecidedEvent, Decision, KeptIdentifier, Observed, Ruling } from './decision.js';
import { keepContent } from './keep-content.js';

type Accepted = Extract<Decision, { outcome: 'accepted' }>;

function contentOf(body: EventBody, decision: Accepted): Personal<Content> | null {
  if (body.type !== 'message' && body.type !== 'edit') return null;
  const kept = keepContent(reveal(body.content), decision);
  return kept && personal(kept);
}

/** That something of ours was read or played. */
const saysRead = (body: EventBody): body is Extract<EventBody, { type: 'status' | 'watermark' }> =>
  (body.type === 'status' || body.type === 'watermark') && (body.status === 'read' || body.status === 'played');

/** What a ruling leaves of a message having been read: the moment, its hour, or nothing. A hash would tell nothing, and recipients are not told. */
export const readingLeft = ({ do: action }: Ruling): 'moment' | 'hour' | 'nothing' =>
  action === 'keep' ? 'moment' : action === 'truncate' ? 'hour' : 'nothing';

/** The facts of the body without its content: what remains reachable is only what was kept. */
function bodyWithout(body: EventBody, content: Personal<Content> | null, decision: Accepted): EventBody {
  // An emoji says something, too: it is content like a word.
  if (body.type === 'reaction' && decision.content.do === 'drop') return { ...body, emoji: null };
  if (body.type === 'message' || body.type === 'edit')
    return { ...body, content: content ?? personal<Content>({ type: 'unsupported', what: 'dropped' }) };
  // Whoever read a message has it.
  if (saysRead(body) && readingLeft(decision.reading) === 'nothing') return { ...body, status: 'delivered' };
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
    at: saysRead(event.body) && readingLeft(decision.reading) !== 'moment' ? startOfHour(event.at) : event.at,
    dedupe: event.dedupe,
    messageId: event.messageId,
    body: bodyWithout(event.body, content, decision),
    content,
    contentType: event.body.type === 'message' || event.body.type === 'edit' ? event.body.contentType : null,
    identifiers,
    store: decision.store,
    ...(event.own ? { own: true } : {}),
    ...(decision.locale ? { locale: decision.locale } : {}),
    ...(event.conversation ? { conversation: event.conversation } : {}),
  };
  return decided as unknown as DecidedEvent;
}

/** What was exposed and what was ruled on it: counted also when the event was refused. Never a value. */
export function observations(event: ChannelEvent, decision: Decision): Observed[] {
  return exposedBy(event).map(({ key, path }) => ({
    key,
    path,
    action: decision.outcome === 'refused' ? 'drop' : (decision.identifiers[key]?.do ?? 'drop'),
  }));
}
