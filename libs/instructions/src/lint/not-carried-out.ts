// Sections that this release reads, checks and keeps, but does not carry out: approving them must not promise more.
import type { Draft } from '../document.js';
import { pointer } from '../pointer.js';
import { entries, listedIdentifiers, recipientsOf } from './reading.js';
import type { Reading, Rule } from './rule.js';

interface Part {
  readonly path: string;
  readonly instead: string;
}

const SECTIONS: readonly (readonly [keyof Draft, (d: Draft) => boolean, string])[] = [
  ['specialCategories', (d) => d.specialCategories?.mode !== 'allow', 'Nothing is recognised, warned of or removed'],
  ['criminalData', (d) => d.criminalData?.mode !== 'allow', 'Nothing is recognised, warned of or removed'],
  ['minors', (d) => d.minors?.mode !== 'not-directed', 'Nobody is asked for an age'],
]; // prettier-ignore

function* parts(reading: Reading): Iterable<Part> {
  const d = reading.document;
  for (const [section, differs, instead] of SECTIONS)
    if (d[section] !== undefined && differs(d)) yield { path: pointer(section), instead };
  for (const [channel, clause] of entries(d.channels))
    if (clause.attachments || clause.gpc)
      yield {
        path: pointer('channels', channel, clause.attachments ? 'attachments' : 'gpc'),
        instead: clause.attachments ? 'Attachments follow the limits of the channel, without metadata' : 'The signal is not read',
      };
  for (const [id, { kind }] of recipientsOf(d))
    if (kind === 'crm') yield { path: pointer('recipients', id, 'kind'), instead: 'Nothing is sent to it' };
  for (const { path, action } of listedIdentifiers(reading))
    if (action === 'pass') yield { path, instead: 'Recipients get it only as part of the content, which is stored encrypted until its retention ends' };
} // prettier-ignore

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
