// What instructions answer: the types between the document and the pipeline.
import type {
  Category,
  ChannelEvent,
  Content,
  ContentType,
  EventBody,
  IdentifierAction,
  IdentifierKind,
  InstructionRef,
  Mandate,
  Personal,
  Via,
} from '#libs/kernel';
import type { Coarsening } from './coarsen.js';
import type { CompiledConsent } from './consent/consent.js';
import type { DetectKind } from './detect/index.js';
import type { PurposeOperation, Treatment } from './document.js';
import type { FileRules } from './files.js';
import type { Keywords } from './intent/intent.js';
import type { CompiledMinors } from './minors/minors.js';
import type { Term } from './register.js';
import type { CompiledSensitive } from './special/special.js';

/** Facts that the document is read against; data, so that the library stays pure. */
export interface Facts {
  /** Per channel its identifier registry. */
  readonly channels: Readonly<Record<string, readonly IdentifierKind[]>>;
  /** What channels are called, for sentences. */
  readonly names?: Readonly<Record<string, string>>;
  /** The document in force while another one is reviewed: rules on changes compare with it. */
  readonly inForce?: unknown;
}

/** A finding of the linter (Art. 28(3) last sentence). */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'info';
  /** JSON pointer into the document. */
  readonly path: string;
  readonly rule: string;
  readonly message: string;
  readonly article: string;
  readonly fix: string;
  /** Where that stands in the document's text, counted from 1; of what is missing, where its parent stands. */
  readonly line?: number;
  readonly column?: number;
}

/** What we know of the person when an event is decided. Grows with consent and rights; all of it optional facts. */
export interface SubjectState {
  /** Art. 18: stored, not forwarded, not answered. */
  readonly restricted: boolean;
  /** Purposes that consent, age and objection leave open; left out: not known yet, and what is taken waits for it. */
  readonly open?: ReadonlySet<string>;
}

export const NEW_SUBJECT: SubjectState = { restricted: false };

/** A ruling on one part: what to do and the JSON pointer of the clause (or `default:…`) that said so. */
export interface Ruling<A extends string = IdentifierAction> {
  readonly do: A;
  readonly clause: string;
  /** With `truncate`: what the coarser form is; null: there is none, so nothing is left. */
  readonly coarsening?: Coarsening | null;
  /** Of what leaves something of an identifier: the purposes for which it is there, and whose recipients may get it. */
  readonly purposes?: readonly string[];
  /** By it the person can be found and answered. */
  readonly routing?: true;
}

/** What becomes of a category: `pass`, held sealed until it is delivered, then gone. */
export type CategoryAction = 'keep' | 'pass' | 'drop';

export type RefusalCause =
  | 'no-instructions' // none in force: nothing kept but the count
  | 'channel-not-enabled'
  | 'identifier-blocked' // a kind instructed `block` was present
  | 'no-routing-identifier' // nothing kept by which one could reply
  | 'group' // written in a group: this release answers persons only
  | 'not-instructed'; // no purpose covers routing of this event

export type Decision =
  | { readonly outcome: 'refused'; readonly cause: RefusalCause; readonly clause: string }
  | {
      readonly outcome: 'accepted';
      /** Per identifier key present in the event. */
      readonly identifiers: Readonly<Record<string, Ruling>>;
      readonly content: Ruling<CategoryAction>;
      readonly attachments: Ruling<CategoryAction>;
      readonly files: FileRules;
      /** On the kind that says that messages of ours were read or played. */
      readonly reading: Ruling;
      /** In which language the person is spoken to; with a region only where that is kept. */
      readonly locale: string | null;
      /** Permission to store what was kept. */
      readonly store: Mandate;
    };

/** An identifier after its ruling: value as it may be stored. Dropped ones are not here. */
export interface KeptIdentifier {
  readonly key: string;
  readonly action: 'keep' | 'pseudonymise' | 'truncate' | 'pass';
  readonly clause: string;
  readonly value: Personal<string>;
}

/** One line for the observation counters: never a value. */
export interface Observed {
  readonly key: string;
  readonly path: string;
  readonly action: IdentifierAction;
}

declare const decided: unique symbol;

/** An event after minimisation: only what was instructed is left in it. Only `apply` makes one. */
export interface DecidedEvent {
  readonly [decided]: true;
  readonly channel: string;
  readonly account: string | null;
  readonly via: Via;
  readonly at: number;
  readonly locale?: string;
  readonly conversation?: string;
  /** Our own side's message, not the person's. */
  readonly own?: true;
  /** Used in memory for keyed hashes; stored only as `identifiers` say. */
  readonly dedupe: Personal<string>;
  readonly messageId: Personal<string> | null;
  readonly body: EventBody;
  /** What may be stored of the content; null: dropped. */
  readonly content: Personal<Content> | null;
  readonly contentType: ContentType | null;
  readonly identifiers: readonly KeptIdentifier[];
  readonly store: Mandate;
}

/** What a recipient may be given of one message. Only `minimise` makes one; a bot can only ever be given this. */
declare const minimised: unique symbol;
export interface MinimisedTurn {
  readonly [minimised]: true;
  readonly recipient: string;
  readonly purpose: string;
  readonly categories: readonly Category[];
  /** Identifiers that the document sends to this recipient; empty by default. */
  readonly identifiers: Readonly<Record<string, string>>;
  /** Its files keep what is embedded in them (EXIF and the like), as far as that is held. */
  readonly fileMetadata: boolean;
  readonly content: Personal<Content> | null;
  readonly contentType: ContentType | null;
  readonly mandate: Mandate;
}

/** A recipient as compiled from the document. */
export interface CompiledRecipient {
  readonly id: string;
  readonly kind: string;
  readonly url: string | null;
  /** What people are told it is, and where; null: not written. */
  readonly entity: string | null;
  readonly country: string | null;
  readonly purposes: readonly string[];
  readonly data: readonly Category[];
  readonly identifiers: readonly string[];
  readonly term: Term;
  /** The controller objects to it (Art. 28(2)): it is given nothing, whatever the document says. */
  readonly objected: boolean;
  /** Kind `openai`: the model that answers, and what it is told before each message. */
  readonly model: string | null;
  readonly prompt: string | null;
  readonly clause: string;
}

/** A text filled from the document, in one language. */
export interface FilledText {
  readonly language: string;
  readonly body: string;
  /** SHA-256, hex, of the filled body: evidence of what was shown (Art. 13). */
  readonly hash: string;
  readonly clause: string;
}

/** What becomes of personal data that people type. Recipients that are not named get tokens. */
export interface CompiledFreeText {
  readonly detect: readonly DetectKind[];
  readonly beforeStore: Treatment;
  readonly beforeRecipient: Readonly<Record<string, Treatment>>;
}

/** A purpose as compiled from the document. */
export interface CompiledPurpose {
  readonly data: readonly Category[];
  readonly operations: readonly PurposeOperation[];
  /** Its basis is consent: closed until that is given. */
  readonly consent: boolean;
  readonly marketing: boolean;
  readonly clause: string;
}

/** A purpose that covers storing a category, and the clause that says so. */
export interface Covering {
  readonly purpose: string;
  readonly clause: string;
}

/** A channel as compiled from the document. */
export interface CompiledChannel {
  readonly enabled: boolean;
  readonly identifiers: Readonly<Record<string, Ruling>>;
  /** Kinds that are to be asked for at the platform, and the purposes that name them under `features`. */
  readonly lookUps: Readonly<Record<string, readonly string[]>>;
  readonly files: FileRules;
  /** On the kind that says that messages of ours were read, as far as that rests on no consent: nobody knows yet whose stands. */
  readonly reading: Ruling;
  /** Purposes that a person objects to by the signal Sec-GPC of a browser. */
  readonly gpc: readonly string[];
}

/** The document turned into look-ups: `decide` does no walking and no string work. */
export interface CompiledInstructions {
  readonly tenantId: string;
  readonly version: number;
  readonly hash: string;
  /** Versions that were in force before it: what was kept under one of them is looked at again under this one. */
  readonly earlier: ReadonlySet<number>;
  readonly channels: Readonly<Record<string, CompiledChannel>>;
  readonly recipients: readonly CompiledRecipient[];
  readonly purposes: Readonly<Record<string, CompiledPurpose>>;
  readonly consents: readonly CompiledConsent[];
  readonly freeText: CompiledFreeText;
  /** Who is asked for an age before being asked for consent (Art. 8). */
  readonly minors: CompiledMinors;
  /** Special categories (Art. 9) and criminal offences (Art. 10) in what people write. */
  readonly sensitive: readonly CompiledSensitive[];
  /** ISO 3166 alpha-2 of the controller. */
  readonly country: string | null;
  /** Words that the document adds to the built-in ones, by language and intent. */
  readonly keywords: Keywords;
  readonly texts: Readonly<Record<string, Readonly<Record<string, FilledText>>>>;
  /** In which people can be spoken to: those of the texts, and of the gateway's own sentences. */
  readonly languages: ReadonlySet<string>;
  /** Per category the purposes that cover storing it, those without consent first; a category that is absent is not stored. */
  readonly storing: Readonly<Partial<Record<Category, readonly Covering[]>>>;
  /** Of what messages say and bring: the purposes that may collect and disclose it, but not store. */
  readonly passing: Readonly<Partial<Record<Category, readonly Covering[]>>>;
}

export type { ChannelEvent, InstructionRef };
