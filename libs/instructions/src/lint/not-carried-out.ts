// What this release reads, checks and keeps, but does not carry out: approving them must not promise more.
import { hasLookUp } from '../look-ups.js';
import { pointer } from '../pointer.js';
import { purposesOf, recipientsOf } from './reading.js';
import type { Reading, Rule } from './rule.js';

interface Part {
  readonly path: string;
  readonly instead: string;
}

function* parts({ document: d, facts }: Reading): Iterable<Part> {
  for (const [id, { kind }] of recipientsOf(d))
    if (kind === 'crm') yield { path: pointer('recipients', id, 'kind'), instead: 'Nothing is sent to it' };
  const kinds = Object.values(facts.channels).flat().filter(hasLookUp);
  for (const [id, { features }] of purposesOf(d))
    for (const [n, name] of (features ?? []).entries()) {
      const named = kinds.filter(({ key }) => key === name);
      if (named.length > 0 && !named.some(({ lookedUp }) => lookedUp))
        yield { path: pointer('purposes', id, 'features', n), instead: 'Nobody is asked for it' };
    }
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
