// Rules on people's rights: what the law does not leave to the controller.
import { isMarketing } from '../marketing.js';
import { daysOf, purposesOf } from './reading.js';
import type { Rule } from './rule.js';

/** The longest month. */
const MONTH_DAYS = 31;

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
];
