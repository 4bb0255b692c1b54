// Do journals of deletions tell of all that was deleted after a backup? Whoever was erased in a time that none has would come back.
import { BackupUnusable } from './frames.js';

/** No entry is missing from then until then. */
export interface Span {
  readonly since: Date;
  readonly until: Date;
}

/** What overlaps is one; oldest first. */
function merged(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const { since, until } of spans.toSorted((a, b) => a.since.getTime() - b.since.getTime())) {
    const last = whole.at(-1);
    if (!last || since > last.until) whole.push({ since, until });
    else if (until > last.until) whole[whole.length - 1] = { since: last.since, until };
  }
  return whole;
}

/** From when to when they miss nothing, the time after the backup included. @throws BackupUnusable */
export function coverage(journals: readonly Span[], { madeAt }: { readonly madeAt: string }): Span {
  const made = new Date(madeAt);
  const spans = merged(journals);
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last)
    throw new BackupUnusable(
      'No journal of deletions says from when on it is complete: name a deletions.jsonl of a gateway with --journal.',
    );
  const people = 'people who were erased in between would come back';
  if (made < first.since)
    throw new BackupUnusable(
      `The backup is of ${madeAt}, and the journal of deletions is complete only since ${first.since.toISOString()}: ${people}. Name a journal that goes back further with --journal.`,
    );
  if (last.until < made)
    throw new BackupUnusable(
      `The backup is of ${madeAt}, and the journal of deletions ends before that, at ${last.until.toISOString()}: whoever was erased since would come back. Name a copy that was made later with --journal.`,
    );
  const n = spans.findIndex(({ until }) => until >= made);
  const { since, until } = spans[n]!;
  const gap = made < since ? [spans[n - 1]!.until, since] : until < last.until ? [until, spans[n + 1]!.since] : null;
  if (gap) {
    const [from, to] = gap.map((time) => time.toISOString());
    throw new BackupUnusable(
      `The backup is of ${madeAt}, and the journals of deletions say nothing of the time from ${from} to ${to}: ${people}. Name one that has it with --journal.`,
    );
  }
  return { since, until };
}
