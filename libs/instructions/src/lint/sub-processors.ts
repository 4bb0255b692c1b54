// Rules on sub-processors: who they are is announced, and there is time to object (Art. 28(2)).
import type { Draft, Incomplete, RecipientClause } from '../document.js';
import { EEA } from '../law/countries.js';
import { NOTICE_PERIOD, startsAt } from '../register.js';
import { endOf } from '../period.js';
import { pointer } from '../pointer.js';
import { daysOf, recipientsOf } from './reading.js';
import type { Objection, Reading, Rule } from './rule.js';

type Recipient = Incomplete<RecipientClause>;

/** Shorter, and whoever is told on a Friday has a week of work to look at a contract and object. */
const SHORT_DAYS = 10;

/** Where it says nothing of its role, does it look like the controller's own system? */
function isOwn({ document }: Reading, { kind, entity, country }: Recipient): boolean {
  if (kind === 'demo') return true;
  return (entity === undefined || entity === document.parties?.controller?.name) && (!country || EEA.has(country));
}

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
    rule: 'recipient-without-role',
    severity: 'error',
    article: 'Art. 28(2), Art. 30(2)(a) GDPR',
    *find(reading) {
      for (const [id, recipient] of recipientsOf(reading.document))
        if (!recipient.role && !isOwn(reading, recipient))
          yield {
            path: pointer('recipients', id, 'role'),
            message: `The recipient ${id} is another company or abroad, and nothing says whether they process for you or for themselves.`,
            fix: 'Add `role`: sub-processor, controller-own or third-party.',
          };
    },
  },
  {
    rule: 'notice-period-short',
    severity: 'warning',
    article: 'Art. 28(2) GDPR',
    *find({ document }) {
      const period = document.law?.noticePeriod;
      if (period === undefined || daysOf(period) >= SHORT_DAYS) return;
      yield {
        path: '/law/noticePeriod',
        message: `A notice period of ${period} leaves hardly any time to object to a new sub-processor.`,
        fix: `Make it ${NOTICE_PERIOD}, or what your contract says.`,
      };
    },
  },
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
