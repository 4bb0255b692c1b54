// How rules walk a document that may lack anything.
import { Duration } from 'luxon';
import type { IdentifierAction, IdentifierKind } from '#libs/kernel';
import { asksConsent } from '../consent/consent.js';
import type { ActionClause, ActionDetail, Draft, Incomplete, Purpose, RecipientClause } from '../document.js';
import { pointer } from '../pointer.js';
import type { Reading } from './rule.js';

/** Members of a map that may be missing, in the order of the document. */
export const entries = <V>(map: { readonly [key: string]: V | undefined } | undefined): [string, V][] =>
  Object.entries(map ?? {}).filter((entry): entry is [string, V] => entry[1] !== undefined && entry[1] !== null);

export const has = (map: object | undefined, key: string): boolean => map !== undefined && Object.hasOwn(map, key);

export const purposesOf = (d: Draft): [string, Incomplete<Purpose>][] => entries(d.purposes);
export const recipientsOf = (d: Draft): [string, Incomplete<RecipientClause>][] => entries(d.recipients);

/** Texts by which consent is asked for, each with the purposes that name it. */
export function consentTexts({ document }: Reading): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const [id, purpose] of purposesOf(document))
    if (asksConsent(purpose) && purpose.consent && has(document.texts, purpose.consent))
      named.set(purpose.consent, [...(named.get(purpose.consent) ?? []), id]);
  return named;
}

/** One identifier that the document rules on. `kind` is what the channel's registry says of it, if it has it. */
export interface Listed {
  readonly channel: string;
  readonly key: string;
  readonly action: IdentifierAction | undefined;
  /** Purposes to which the clause limits itself; undefined: all. */
  readonly purposes: readonly string[] | undefined;
  readonly period: string | undefined;
  readonly path: string;
  readonly kind: IdentifierKind | undefined;
}

const detailOf = (clause: Incomplete<ActionClause>): Incomplete<ActionDetail> =>
  typeof clause === 'string' ? { do: clause } : clause;

/** Every identifier kind that an enabled channel lists. */
export function* listedIdentifiers({ document, facts }: Reading): Iterable<Listed> {
  for (const [channel, clause] of entries(document.channels)) {
    if (clause.enabled === false) continue;
    for (const [key, written] of entries(clause.identifiers)) {
      const detail = detailOf(written);
      const kind = has(facts.channels, channel) ? facts.channels[channel]?.find((k) => k.key === key) : undefined;
      const path = pointer('channels', channel, 'identifiers', key);
      const { do: action, purposes, period } = detail;
      yield { channel, key, action, purposes, period, path, kind };
    }
  }
}

/** Purposes whose data covers the kind's category, within those that the clause names. */
export const coveredBy = (reading: Reading, { kind, purposes }: Listed): string[] =>
  purposesOf(reading.document)
    .filter(([id, p]) => (!purposes || purposes.includes(id)) && p.data?.some((c) => c === kind?.category))
    .map(([id]) => id);

/** Does this action leave something of the value in our hands? */
export const retains = (action: IdentifierAction | undefined): boolean =>
  action === 'keep' || action === 'pseudonymise' || action === 'truncate' || action === 'pass';

export const daysOf = (period: string): number => Duration.fromISO(period).as('days') || 0;

/** Years that an ISO 8601 period lasts, roughly: enough to judge its length. */
export const yearsOf = (period: string): number => Duration.fromISO(period).as('years') || 0;

export const isNothing = (period: string): boolean => Duration.fromISO(period).toMillis() === 0;
