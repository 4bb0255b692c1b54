// What the document says of people's rights: what runs by itself, how long it may take, what a legal hold keeps, and the permission to act.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { CATEGORIES, grantMandate, type Category, type Mandate, type Operation } from '#libs/kernel';
import type { InstructionsDocument } from './document.js';
import { pointer } from './pointer.js';

export const RIGHTS = [
  'access',
  'portability',
  'rectification',
  'erasure',
  'restriction',
  'objection',
  'withdrawal',
] as const;
export type Right = (typeof RIGHTS)[number];

export type RightsMode = 'automatic' | 'after-verification' | 'controller-approves';

export interface RightsRuling {
  readonly mode: RightsMode;
  readonly clause: string;
}

/** The member of the section `rights` that speaks of a right; null: the document cannot. */
const MEMBER: Readonly<Record<Right, 'erase' | 'access' | 'object' | null>> = {
  access: 'access',
  portability: 'access',
  rectification: null,
  erasure: 'erase',
  restriction: null,
  objection: 'object',
  withdrawal: null,
};

/** Restricting and withdrawing harm nobody and must be easy; what is right instead of wrong, only the controller knows. */
const DEFAULTS: Readonly<Record<Right, RightsMode>> = {
  access: 'after-verification',
  portability: 'after-verification',
  rectification: 'controller-approves',
  erasure: 'after-verification',
  restriction: 'automatic',
  objection: 'automatic',
  withdrawal: 'automatic',
};

export function rightsRuling(document: InstructionsDocument | null, right: Right): RightsRuling {
  const member = MEMBER[right];
  const written = member === null ? undefined : document?.rights?.[member];
  return written === undefined || member === null
    ? { mode: DEFAULTS[right], clause: `default:${right}` }
    : { mode: written as RightsMode, clause: pointer('rights', member) };
}

/** ISO 8601; a month unless the document is stricter (Art. 12(3)). */
export const responsePeriod = (document: InstructionsDocument | null): string => document?.rights?.['due'] ?? 'P1M';

export type LegalHold = NonNullable<InstructionsDocument['legalHolds']>[number];

const ALL_CATEGORIES: ReadonlySet<string> = new Set(CATEGORIES);

/** Does the hold keep this category? A scope that names neither a category nor a purpose keeps everything: the careful reading. */
function keeps(document: InstructionsDocument, hold: LegalHold, category: Category): boolean {
  if (hold.data) return hold.data.includes(category);
  const purpose = document.purposes[hold.scope];
  if (purpose) return purpose.data.includes(category);
  return hold.scope === category || !ALL_CATEGORIES.has(hold.scope);
}

/** Holds that stand at a time, of one category or of any (Art. 17(3)). */
export const holdsAt = (document: InstructionsDocument | null, at: Date, category?: Category): readonly LegalHold[] =>
  (document?.legalHolds ?? []).filter(
    (hold) =>
      new Date(hold.from) <= at &&
      (hold.until === undefined || at < new Date(hold.until)) &&
      (category === undefined || keeps(document!, hold, category)),
  );

/** What a hold keeps of a person, with the ends of time resolved. */
export interface HoldScope {
  readonly hold: LegalHold;
  /** Where the document has it; null: it is known from elsewhere. */
  readonly clause: string | null;
  readonly categories: readonly Category[];
  /** null: of all. */
  readonly connections: readonly string[] | null;
  readonly from: string | null;
  readonly until: string | null;
}

export const holdScopesAt = (document: InstructionsDocument | null, at: Date): readonly HoldScope[] =>
  holdsAt(document, at).map((hold) => ({
    hold,
    clause: pointer('legalHolds', document!.legalHolds!.indexOf(hold)),
    categories: CATEGORIES.filter((category) => keeps(document!, hold, category)),
    connections: hold.connections ?? null,
    from: hold.messages?.from ?? null,
    until: hold.messages?.until ?? null,
  }));

/** A hold as the ledger names it: by the hash of its words, which may be about somebody. */
const hashOfHold = (hold: LegalHold): string => createHash('sha256').update(canonicalize(hold)!).digest('hex');

/** Which holds a version sets, and which it lifts, compared with the one that it replaces. */
export function changesOfHolds(next: InstructionsDocument, before: InstructionsDocument | undefined) {
  const [now, then] = [next, before].map((document) => (document?.legalHolds ?? []).map(hashOfHold)) as [string[], string[]]; // prettier-ignore
  const rest = next.legalHolds ? pointer('legalHolds') : 'default:no-legal-hold';
  return {
    set: now.flatMap((hold, n) => (then.includes(hold) ? [] : { hold, clause: pointer('legalHolds', n) })),
    lifted: then.flatMap((hold) => (now.includes(hold) ? [] : { hold, clause: rest })),
  };
}

const OPERATIONS: Readonly<Record<Right, Operation>> = {
  access: 'Export',
  portability: 'Export',
  rectification: 'Store',
  erasure: 'Erase',
  restriction: 'Restrict',
  objection: 'Restrict',
  withdrawal: 'Restrict',
};

export interface InForce {
  readonly version: number;
  readonly hash: string;
  readonly document: InstructionsDocument;
}

/** The permission to carry a right out: the law gives it, so it stands also where nothing is in force. */
export const rightsMandate = (tenantId: string, inForce: InForce | null, right: Right): Mandate =>
  grantMandate({
    tenantId,
    operation: OPERATIONS[right],
    purpose: 'rights',
    categories: CATEGORIES,
    instruction: {
      version: inForce?.version ?? 0,
      hash: inForce?.hash ?? '',
      clause: rightsRuling(inForce?.document ?? null, right).clause,
    },
  });
