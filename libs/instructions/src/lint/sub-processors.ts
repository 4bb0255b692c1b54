// Rules on sub-processors: who they are is announced, and there is time to object (Art. 28(2)).
import type { Draft, Incomplete, RecipientClause } from '../document.js';
import { NOTICE_PERIOD, startsAt } from '../register.js';
import { endOf } from '../period.js';
import { pointer } from '../pointer.js';
import { recipientsOf } from './reading.js';
import type { Objection, Reading, Rule } from './rule.js';

type Recipient = Incomplete<RecipientClause>;

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** Was this company announced already, for no later than this? Before the first approval the contract itself announces. */
function isKnown({ facts, now }: Reading, id: string, { entity, from = '' }: Recipient): boolean {
  if (facts.inForce === undefined) return true;
  const before = (facts.inForce as Draft).recipients?.[id];
  if (before?.role !== 'sub-processor' || before.entity !== entity || !before.from) return false;
  return startsAt(before.from) <= Math.max(now.getTime(), startsAt(from));
}

function* unannounced(reading: Reading, id: string, recipient: Recipient): Iterable<Objection> {
  const { entity, from } = recipient;
  if (!entity || !from) {
    yield {
      path: pointer('recipients', id, entity ? 'from' : 'entity'),
      message: `The sub-processor ${id} does not say who it is and from when, so that nobody could object in time.`,
      fix: 'Add `entity` and `from`, with the notice period of your contract before it.',
    };
    return;
  }
  const period = reading.document.law?.noticePeriod ?? NOTICE_PERIOD;
  const earliest = endOf(reading.now, period);
  // A notice period that cannot be read is the schema's finding.
  if (earliest === null || isKnown(reading, id, recipient) || startsAt(from) >= Date.parse(day(earliest))) return;
  yield {
    path: pointer('recipients', id, 'from'),
    message: `The sub-processor ${id} is new, and would get data before the notice period (${period}) to object is over.`,
    fix: `Set \`from\` to ${day(earliest)} or later.`,
  };
}

export const subProcessorRules: readonly Rule[] = [
  {
    rule: 'sub-processor-unannounced',
    severity: 'error',
    article: 'Art. 28(2) GDPR',
    *find(reading) {
      for (const [id, recipient] of recipientsOf(reading.document))
        if (recipient.role === 'sub-processor') yield* unannounced(reading, id, recipient);
    },
  },
];
