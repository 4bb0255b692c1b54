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
import { narrowed, NOT_LISTED } from './cover.js';
import type { CompiledChannel, CompiledInstructions, CompiledRecipient, MinimisedTurn, Ruling, SubjectState } from './decision.js'; // prettier-ignore
import { ANY_FILES, FILE_METADATA } from './files.js';
import { isGuarded, keepContent } from './keep-content.js';
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
  /** By whose rulings identifiers, and the parts of the content that they guard, go. */
  readonly channel: string;
  /** Identifiers that were kept with the message or of the person, by key. */
  readonly identifiers: Readonly<Record<string, string>>;
  /** Those that are only passed on. */
  readonly passing?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type NotDisclosed =
  OutOfTerm | { readonly refused: 'restricted' | 'channel-not-enabled' | 'no-purpose'; readonly clause: string };

const HOLDS: ReadonlySet<string> = new Set(['keep', 'pseudonymise', 'truncate']);
/** What came to be passed on only may also be passed on where it could be kept by now. */
const PASSES: ReadonlySet<string> = new Set(['pass', 'keep']);

function valueOf({ identifiers, passing }: Disclosable, key: string, action: string): string | undefined {
  if (HOLDS.has(action) && Object.hasOwn(identifiers, key)) return identifiers[key];
  return PASSES.has(action) && passing && Object.hasOwn(passing, key) ? passing[key] : undefined;
}

/** The recipients that conversations go to, in the order of the document. */
export const recipientsFor = (compiled: CompiledInstructions): readonly CompiledRecipient[] => compiled.recipients;

type Rulings = Readonly<Record<string, Ruling>>;

/** What is there for other purposes is not there for this recipient. */
const forPurposes = (rulings: Rulings, purposes: ReadonlySet<string>): Rulings =>
  Object.fromEntries(Object.entries(rulings).map(([key, ruling]) => [key, narrowed(ruling, purposes)]));

/** Where metadata is a kind of its own it goes with the files only to who lists it; elsewhere `stripMetadata` alone decides. */
function isGivenMetadata({ identifiers }: CompiledChannel, recipient: CompiledRecipient, purposes: ReadonlySet<string>): boolean {
  const ruling = identifiers[FILE_METADATA];
  if (ruling === undefined) return true;
  return recipient.identifiers.includes(FILE_METADATA) && narrowed(ruling, purposes).do === 'keep';
} // prettier-ignore

/** The parts of a content that these categories and rulings cover. Files were looked at when they came in. */
function contentFor(content: Content, given: { categories: readonly Category[]; rulings: () => Rulings }): Content | null {
  const covers = (category: Category) => ({ do: given.categories.includes(category) ? 'keep' : 'drop', clause: '' }) as const;
  return keepContent(content, {
    content: covers('content'),
    attachments: covers('attachments'),
    files: ANY_FILES,
    // Most is plain text, which no identifier guards.
    identifiers: isGuarded(content) ? given.rulings() : {},
  });
} // prettier-ignore

/** @returns the turn, with the mandate to disclose it (Art. 28(3)(a)), or why there is none. */
export function minimise(given: Disclosable): MinimisedTurn | NotDisclosed {
  const { compiled, recipient } = given;
  if (given.state.restricted) return { refused: 'restricted', clause: 'default:restricted' };
  const closed = outOfTerm(recipient, given.now);
  if (closed) return closed;
  const channel = Object.hasOwn(compiled.channels, given.channel) ? compiled.channels[given.channel] : undefined;
  if (!channel?.enabled) return { refused: 'channel-not-enabled', clause: `/channels/${given.channel}` };
  const mayDisclose = (purpose: string): boolean =>
    given.open.has(purpose) && (compiled.purposes[purpose]?.operations.includes('disclose') ?? false);
  const purposes = new Set(recipient.purposes.filter(mayDisclose));
  const coveredBy = (purpose: string): readonly Category[] =>
    recipient.data.filter((category) => compiled.purposes[purpose]?.data.includes(category));
  const purpose = [...purposes].find((one) => coveredBy(one).length > 0);
  if (purpose === undefined) return { refused: 'no-purpose', clause: recipient.clause };
  const categories = recipient.data.filter((category) =>
    [...purposes].some((one) => coveredBy(one).includes(category)),
  );
  const identifiers: Record<string, string> = {};
  for (const key of recipient.identifiers) {
    const { do: action } = Object.hasOwn(channel.identifiers, key)
      ? narrowed(channel.identifiers[key], purposes)
      : NOT_LISTED;
    const value = valueOf(given, key, action);
    if (value !== undefined) identifiers[key] = value;
  }
  const rulings = (): Rulings => forPurposes(channel.identifiers, purposes);
  const content = given.content && contentFor(reveal(given.content), { categories, rulings });
  const { tenantId, version, hash } = compiled;
  const turn = {
    recipient: recipient.id,
    purpose,
    categories,
    identifiers,
    fileMetadata: isGivenMetadata(channel, recipient, purposes),
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
