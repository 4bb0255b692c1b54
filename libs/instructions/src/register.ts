// The register of recipients in time: from when one receives data, and until when a transfer is permitted.
import type { InstructionsDocument, RecipientClause } from './document.js';
import { pointer } from './pointer.js';

/** For which a new sub-processor is announced before it gets data, unless the document says otherwise (`law.noticePeriod`). */
export const NOTICE_PERIOD = 'P30D';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day begins at midnight UTC; an instant is itself. */
export const startsAt = (when: string): number => Date.parse(when);

/** A day lasts until its end, UTC; an instant is itself. */
export const endsAt = (when: string): number => Date.parse(DAY.test(when) ? `${when}T23:59:59.999Z` : when);

/** The time in which a recipient may be given anything; milliseconds since 1970. */
export interface Term {
  /** Before it nobody could have objected (Art. 28(2)). */
  readonly from: number;
  /** After it nothing permits the transfer (Art. 44). */
  readonly until: number;
}

export const termOf = ({ from, transfer }: RecipientClause): Term => ({
  from: from === undefined ? -Infinity : startsAt(from),
  until: transfer?.validUntil === undefined ? Infinity : endsAt(transfer.validUntil),
});

export type OutOfTerm = { readonly refused: 'not-yet' | 'transfer-expired' | 'objected'; readonly clause: string };

/** Why this recipient gets nothing at this time, by the clause that says so; null: it may. */
export function outOfTerm(
  recipient: { readonly id: string; readonly term: Term; readonly objected: boolean },
  now: number,
): OutOfTerm | null {
  const { id, term, objected } = recipient;
  if (objected) return { refused: 'objected', clause: 'default:objection' };
  if (now < term.from) return { refused: 'not-yet', clause: pointer('recipients', id, 'from') };
  if (now > term.until)
    return { refused: 'transfer-expired', clause: pointer('recipients', id, 'transfer', 'validUntil') };
  return null;
}

/** Sub-processors that `next` brings in: new ones, and known ones that are another company now. They are announced (Art. 28(2)). */
export const announcedBy = (
  next: InstructionsDocument,
  inForce: InstructionsDocument | undefined,
): { readonly recipient: string; readonly from: string | null }[] =>
  Object.entries(next.recipients)
    .filter(([id, { role, entity }]) => role === 'sub-processor' && inForce?.recipients[id]?.entity !== entity)
    .map(([recipient, { from = null }]) => ({ recipient, from }));
