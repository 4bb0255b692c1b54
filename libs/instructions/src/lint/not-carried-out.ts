// What this release reads, checks and keeps, but does not carry out: approving them must not promise more.
import { pointer } from '../pointer.js';
import { recipientsOf } from './reading.js';
import type { Reading, Rule } from './rule.js';

interface Part {
  readonly path: string;
  readonly instead: string;
}

function* parts({ document: d }: Reading): Iterable<Part> {
  for (const [id, { kind }] of recipientsOf(d))
    if (kind === 'crm') yield { path: pointer('recipients', id, 'kind'), instead: 'Nothing is sent to it' };
}

export const notCarriedOut: readonly Rule[] = [
  {
    rule: 'not-carried-out',
    severity: 'warning',
    article: 'Art. 28(3)(a) GDPR',
    *find(reading) {
      for (const { path, instead } of parts(reading))
        yield { path, message: `This release checks this, but does not carry it out yet. ${instead}.` };
    },
  },
];
