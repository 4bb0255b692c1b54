// The document as TypeScript sees it once the schema has accepted it (reference: instructions, "Sections").
import type { Category, IdentifierAction } from '#libs/kernel';

export interface Party {
  readonly name: string;
  readonly contact: string;
  readonly address?: string;
  readonly country?: string;
}

export interface Contact {
  readonly name?: string;
  readonly contact: string;
  readonly address?: string;
  readonly country?: string;
}

export interface Parties {
  readonly controller: Party;
  readonly representative?: Contact;
  readonly dpo?: Contact;
  readonly authority?: Contact;
  readonly jointControllers?: readonly Party[];
  readonly breachContacts?: readonly string[];
}

/** What a purpose may do with its data; without a list: all of them. */
export const OPERATIONS = ['collect', 'store', 'disclose'] as const;
export type PurposeOperation = (typeof OPERATIONS)[number];

export interface Purpose {
  /** A purpose term of DPV 2.3, without prefix. */
  readonly dpv: string;
  /** `A6-1-a` … `A6-1-f`. The schema lets it be missing so that the linter can say what that means. */
  readonly basis?: string;
  readonly art9?: string;
  readonly art10?: string;
  readonly consent?: string;
  readonly balancingTest?: string;
  readonly marketing?: boolean;
  readonly softOptIn?: boolean;
  readonly operations?: readonly PurposeOperation[];
  readonly data: readonly Category[];
  /** Look-ups that this purpose needs, by identifier kind: `first_name` fetched from a profile API. */
  readonly features?: readonly string[];
  readonly description?: Readonly<Record<string, string>>;
}

export interface ActionDetail {
  readonly do: IdentifierAction;
  readonly purposes?: readonly string[];
  readonly period?: string;
}
export type ActionClause = IdentifierAction | ActionDetail;

export interface ChannelClause {
  readonly enabled?: boolean;
  readonly identifiers: Readonly<Record<string, ActionClause>>;
  readonly attachments?: {
    readonly types?: readonly string[];
    readonly maxBytes?: number;
    readonly stripMetadata?: boolean;
  };
  readonly gpc?: 'object' | 'ignore';
}

export interface Transfer {
  /** `A45-3`, `A46-2-a` … `A46-3-b`, `A49-1-a` … `A49-1-g`. */
  readonly mechanism: string;
  readonly ref?: string;
  /** ISO date; valid until the end of that day, UTC. */
  readonly validUntil?: string;
}

export interface RecipientClause {
  readonly kind: string;
  readonly role?: 'sub-processor' | 'controller-own' | 'third-party';
  readonly entity?: string;
  readonly address?: string;
  readonly contact?: string;
  /** Date of the contract with it. */
  readonly signed?: string;
  readonly url?: string;
  readonly country?: string;
  readonly transfer?: Transfer;
  readonly purposes: readonly string[];
  readonly data: readonly Category[];
  readonly identifiers?: readonly string[];
  readonly erasure?: { readonly url: string; readonly ackWithin?: string };
  /** Kind `openai`: the model that answers, and what it is told before each message. */
  readonly model?: string;
  readonly prompt?: string;
  readonly from?: string;
}

export interface RetentionClause {
  readonly data: Category;
  readonly purpose?: string;
  readonly start?: 'ingest' | 'last-activity' | 'conversation-end' | 'withdrawal';
  readonly period: string;
  readonly then?: string;
  readonly reason?: string;
}

/** A text: language codes stand beside the other keys; `languagesOf` reads them. */
export interface TextClause {
  readonly version?: string | number;
  readonly purposes?: readonly string[];
  readonly accept?: Readonly<Record<string, readonly string[]>>;
  readonly refuse?: Readonly<Record<string, readonly string[]>>;
  readonly expires?: string;
  readonly askAgainAfter?: string;
  readonly meanwhile?: 'hold' | 'discard';
  readonly holdFor?: string;
  readonly [language: string]: unknown;
}

export interface Sensitive {
  readonly mode: 'forbid' | 'warn' | 'allow';
  readonly text?: string;
  readonly purgeWithin?: string;
}

/** From the laxest to the strictest. */
export const TREATMENTS = ['as-is', 'tokenise', 'redact'] as const;
export type Treatment = (typeof TREATMENTS)[number];

/** As the document has it. */
export const treatmentBefore = (
  freeText: { readonly beforeRecipient?: Readonly<Record<string, Treatment>> } | undefined,
  recipient: string,
): Treatment => freeText?.beforeRecipient?.[recipient] ?? 'tokenise';

export interface InstructionsDocument {
  readonly schema: 'parley-instructions/1';
  readonly effective?: { readonly from?: string; readonly until?: string };
  readonly contract?: {
    readonly type?: string;
    readonly signed?: string;
    readonly ref?: string;
    readonly atEnd?: 'delete' | 'return';
    /** Persons who have to approve a version; one unless given. */
    readonly approvals?: 1 | 2;
    /** Where the signed checkpoint of the ledger is posted once a day. */
    readonly checkpoints?: string;
  };
  readonly parties: Parties;
  readonly purposes: Readonly<Record<string, Purpose>>;
  readonly categories?: Readonly<Record<string, { readonly dpv?: readonly string[]; readonly freeText?: boolean }>>;
  readonly channels: Readonly<Record<string, ChannelClause>>;
  readonly freeText?: {
    readonly detect?: readonly string[];
    readonly beforeStore?: Treatment;
    readonly beforeRecipient?: Readonly<Record<string, Treatment>>;
  };
  readonly specialCategories?: Sensitive;
  readonly criminalData?: Sensitive;
  readonly minors?: { readonly mode: string; readonly ages?: Readonly<Record<string, number>> };
  readonly texts: Readonly<Record<string, TextClause>>;
  readonly keywords?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly retention: readonly RetentionClause[];
  readonly legalHolds?: readonly {
    readonly scope: string;
    readonly basis: string;
    readonly from: string;
    readonly until?: string;
    readonly review?: string;
    readonly data?: readonly Category[];
    readonly connections?: readonly string[];
    readonly messages?: { readonly from?: string; readonly until?: string };
  }[];
  readonly recipients: Readonly<Record<string, RecipientClause>>;
  readonly rights?: Readonly<Record<string, string>>;
  readonly statistics?: {
    readonly enabled?: boolean;
    readonly minimumGroup?: number;
    readonly time?: string;
    readonly dimensions?: readonly string[];
  };
  readonly law?: {
    readonly breachHours?: number;
    readonly minorAges?: Readonly<Record<string, number>>;
    readonly adequacyList?: string;
    readonly noticePeriod?: string;
  };
}

/**
 * A document that may lack anything but has the right type wherever something stands: what the linter reads, so that
 * it can speak of a document that the schema does not accept. TypeScript makes each rule expect the gap.
 */
export type Incomplete<T> = T extends readonly (infer U)[]
  ? readonly Incomplete<U>[]
  : T extends object
    ? { readonly [K in keyof T]?: Incomplete<T[K]> }
    : T;
export type Draft = Incomplete<InstructionsDocument>;
