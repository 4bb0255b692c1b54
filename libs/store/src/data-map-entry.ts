// What the data map can say of a table and of a column, and short ways to say it.
import type { Category } from '#libs/kernel';

/** What is known about a person by it; `accountability`: that something was done (Art. 5(2)); `none`: nobody is meant. */
export type DataCategory = Category | 'accountability' | 'none';

/**
 * What decides when it goes: `instructed` the period that the document gives its category, `person` when nothing else of
 * the person is left, `contract` the end of the tenant's contract, `ledger` with the ledger as a whole, `moment` minutes,
 * `request` three years after a rights request is over (Art. 5(2)), `operator` when the operator no longer has to prove it, `backup` the last day of a backup that was made before.
 */
export type RetentionClass =
  'instructed' | 'person' | 'contract' | 'ledger' | 'moment' | 'request' | 'operator' | 'backup';

/** `sealed-by-subject` and `sealed-by-tenant`: encrypted under that key. `wrapped`: a key under the key above it. */
export type Protection = 'sealed-by-subject' | 'sealed-by-tenant' | 'wrapped' | 'keyed-hash' | 'hash' | 'plain';

export interface ColumnEntry {
  readonly category: DataCategory;
  readonly protection: Protection;
  /** What it is, in words for the record of processing. */
  readonly note?: string;
}

export interface TableEntry {
  readonly note: string;
  readonly retention: RetentionClass;
  /** The column by which one person's rows are found, directly or through a row that leads to the person; null: about nobody. */
  readonly person:
    'id' | 'subject_id' | 'subject_ids' | 'conversation_id' | 'message_id' | 'request_id' | 'hash' | null;
  readonly columns: Readonly<Record<string, ColumnEntry>>;
}

/** One column. */
export const is = (category: DataCategory, protection: Protection, note?: string): ColumnEntry =>
  note === undefined ? { category, protection } : { category, protection, note };

/** Says nothing about a person. */
export const none = (note?: string): ColumnEntry => is('none', 'plain', note);
/** A random id of ours: a pseudonym, and so still personal data (Art. 4(5)). */
export const pseudonym = (note = 'a random id of this gateway'): ColumnEntry => is('routing', 'plain', note);
export const about = (category: DataCategory, note?: string): ColumnEntry => is(category, 'plain', note);
