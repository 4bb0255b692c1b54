// What one recipient may have of one message: the narrowest of purpose, category, recipient and the person's state.
import {
  grantMandate,
  personal,
  reveal,
  type Category,
  type Content,
  type ContentType,
  type Personal,
} from '#libs/kernel';
import { guardOf } from './apply.js';
import type { CompiledInstructions, CompiledRecipient, MinimisedTurn, Ruling, SubjectState } from './decision.js';
import { outOfTerm, type OutOfTerm } from './register.js';

export interface Disclosable {
  readonly compiled: CompiledInstructions;
  readonly state: SubjectState;
  readonly recipient: CompiledRecipient;
  /** Purposes that the consent gate leaves open for this person. */
  readonly open: ReadonlySet<string>;
  readonly content: Personal<Content> | null;
  /** What the instructions make of personal data in free text for this recipient. */
  readonly treat: (content: Content) => Content;
  readonly contentType: ContentType | null;
  /** Identifiers that were kept with the message, by key. */
  readonly identifiers: Readonly<Record<string, string>>;
  /** What is only passed on, identifiers and parts of the content, goes by the rulings of this channel. */
  readonly channel?: string;
  readonly passing?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type NotDisclosed = OutOfTerm | { readonly refused: 'restricted' | 'no-purpose'; readonly clause: string };

/** The recipients that conversations go to, in the order of the document. */
export const recipientsFor = (compiled: CompiledInstructions): readonly CompiledRecipient[] => compiled.recipients;

function contentFor(content: Content, data: readonly Category[]): Content | null {
  if (content.type === 'group') {
    const items = content.items.map((item) => contentFor(item, data)).filter((item) => item !== null);
    return items.length > 0 ? { ...content, items } : null;
  }
  if (content.type !== 'media') return data.includes('content') ? content : null;
  if (data.includes('attachments')) return content;
  return data.includes('content') && content.caption ? { type: 'text', text: content.caption } : null;
}

const NO_RULINGS: Readonly<Record<string, Ruling>> = {};

/** Does a ruling to pass on name one of the purposes, or none in particular? */
const isPassedTo = (ruling: Ruling | undefined, purposes: readonly string[]): boolean =>
  ruling?.purposes?.some((purpose) => purposes.includes(purpose)) ?? true;

/** Parts that are only passed on go to the recipients of the purposes that the ruling names. */
function passedOf(
  content: Content,
  rulings: Readonly<Record<string, Ruling>>,
  purposes: readonly string[],
): Content | null {
  if (content.type === 'group') {
    const items = content.items.map((item) => passedOf(item, rulings, purposes)).filter((item) => item !== null);
    return items.length > 0 ? { ...content, items } : null;
  }
  const guard = guardOf(content, rulings);
  return guard?.do === 'pass' && !isPassedTo(guard, purposes) ? null : content;
}

/** @returns the turn, with the mandate to disclose it (Art. 28(3)(a)), or why there is none. */
export function minimise(given: Disclosable): MinimisedTurn | NotDisclosed {
  const { compiled, recipient } = given;
  if (given.state.restricted) return { refused: 'restricted', clause: 'default:restricted' };
  const closed = outOfTerm(recipient, given.now);
  if (closed) return closed;
  const purposes = recipient.purposes.filter((purpose) => given.open.has(purpose));
  const isCovered = (category: Category): boolean =>
    purposes.some((purpose) => compiled.purposes[purpose]?.data.includes(category));
  const categories = recipient.data.filter(isCovered);
  const [purpose] = purposes;
  if (purpose === undefined || categories.length === 0) return { refused: 'no-purpose', clause: recipient.clause };
  const rulings = (given.channel !== undefined && compiled.channels[given.channel]?.identifiers) || NO_RULINGS;
  const valueOf = (key: string): string | undefined =>
    given.identifiers[key] ?? (isPassedTo(rulings[key], purposes) ? given.passing?.[key] : undefined);
  const identifiers = Object.fromEntries(
    recipient.identifiers.flatMap((key) => {
      const value = valueOf(key);
      return value === undefined || !recipient.covers[key]?.every(isCovered) ? [] : [[key, value]];
    }),
  );
  const passed = given.content && passedOf(reveal(given.content), rulings, purposes);
  const content = passed && contentFor(passed, categories);
  const { tenantId, version, hash } = compiled;
  const turn = {
    recipient: recipient.id,
    purpose,
    categories,
    identifiers,
    content: content && personal(given.treat(content)),
    contentType: given.contentType,
    mandate: grantMandate({
      tenantId,
      operation: 'Disclose',
      purpose,
      categories,
      instruction: { version, hash, clause: recipient.clause },
    }),
  };
  return turn as unknown as MinimisedTurn;
}
