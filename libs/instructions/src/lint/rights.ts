// Rules on people's rights: what the law does not leave to the controller.
import { isMarketing } from '../marketing.js';
import { daysOf, purposesOf } from './reading.js';
import type { Rule } from './rule.js';

/** The longest month. */
const MONTH_DAYS = 31;
/** Art. 33(1) as it stands. A proposal has 96: then this changes, and nothing that documents say. */
const BREACH_HOURS = 72;

export const rightsRules: readonly Rule[] = [
  {
    rule: 'marketing-objection-delayed',
    severity: 'error',
    article: 'Art. 21(2), 21(3) GDPR',
    *find({ document }) {
      const how = document.rights?.['object'];
      if (how === undefined || how === 'automatic') return;
      if (!purposesOf(document).some(([, purpose]) => isMarketing(purpose))) return;
      yield {
        path: '/rights/object',
        message: 'Whoever objects to marketing hears no more of it, without anybody deciding on that.',
        fix: 'Set `object: automatic`, or leave it out.',
      };
    },
  },
  {
    rule: 'answers-too-late',
    severity: 'error',
    article: 'Art. 12(3) GDPR',
    *find({ document }) {
      const due = document.rights?.['due'];
      if (due === undefined || daysOf(due) <= MONTH_DAYS) return;
      yield {
        path: '/rights/due',
        message: 'Requests have to be answered within a month; only single, difficult ones may take longer.',
        fix: 'Set `due: P1M` or less, and extend a request where it needs that.',
      };
    },
  },
  {
    // A `warning`, not an `error`: the hours stand in the document because the law is about to change them.
    rule: 'breach-told-late',
    severity: 'warning',
    article: 'Art. 33(1) GDPR',
    *find({ document }) {
      const hours = document.law?.breachHours;
      if (hours === undefined || hours <= BREACH_HOURS) return;
      yield {
        path: '/law/breachHours',
        message: `An authority has to be told of a breach within ${BREACH_HOURS} hours of your knowing it; the document says ${hours}.`,
        fix: `Write ${BREACH_HOURS}, or leave it out; more only once a law gives you that.`,
      };
    },
  },
];
