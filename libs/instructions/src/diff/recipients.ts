// What changes of a recipient that stands in both documents: who it is, where, on which ground, and what it is told.
import type { RecipientClause } from '../document.js';
import { farness, ground, named } from './countries.js';
import { fields, membership, worded, type Change, type Meaning } from './steps.js';

const MEANINGS = (id: string): Readonly<Record<string, Meaning>> => ({
  kind: { name: `the way in which the recipient ${id} is spoken to` },
  role: { name: `the role of the recipient ${id}`, show: { 'controller-own': "the controller's own system", 'third-party': 'a third party', 'sub-processor': 'a sub-processor' } },
  entity: { name: `the company behind the recipient ${id}` },
  address: { name: `the postal address of the recipient ${id}` },
  contact: { name: `the contact at the recipient ${id}` },
  signed: { name: `the date of the contract with the recipient ${id}` },
  url: { name: `the address to which the recipient ${id} is sent data` },
  from: { name: `the time from which the recipient ${id} is given data`, none: 'that of the approval' },
  model: { name: `the model of the recipient ${id}` },
}); // prettier-ignore

const ERASURE = (id: string): Readonly<Record<string, Meaning>> => ({
  url: { name: `the address at which the recipient ${id} is told of an erasure` },
  ackWithin: { name: `the time in which the recipient ${id} has to confirm an erasure` },
});

function* country(at: string, [was, is]: readonly [RecipientClause, RecipientClause], id: string): Iterable<Change> {
  const [a, b] = [was.country, is.country];
  const path = `${at}/country`;
  if (a === b) return;
  if (a === undefined || b === undefined)
    return yield* worded(path, [a && named(a), b && named(b)], { name: `the country of the recipient ${id}` });
  const distance = farness(b) - farness(a);
  yield {
    path,
    kind: distance > 0 ? 'laxer' : distance < 0 ? 'stricter' : 'changed',
    words: `The recipient ${id} moves from ${named(a)} to ${named(b)}${is.transfer ? `, on the basis of ${ground(is.transfer)}` : ''}.`,
  };
} // prettier-ignore

export function* recipient(at: string, [was, is]: readonly [RecipientClause, RecipientClause], id: string): Iterable<Change> {
  const who = `${id}${is.entity === undefined ? '' : ` (${is.entity})`}`;
  for (const part of ['data', 'identifiers'] as const)
    yield* membership(`${at}/${part}`, [was[part] ?? [], is[part] ?? []], {
      added: (names) => `From now on ${who} also receives ${names}.`,
      removed: (names) => `From now on ${who} no longer receives ${names}.`,
    });
  yield* membership(`${at}/purposes`, [was.purposes, is.purposes], {
    added: (names) => `From now on ${who} serves ${names}, too.`,
    removed: (names) => `From now on ${who} no longer serves ${names}.`,
  });
  yield* fields(at, [was, is], MEANINGS(id));
  yield* country(at, [was, is], id);
  yield* worded(`${at}/transfer`, [was.transfer && ground(was.transfer), is.transfer && ground(is.transfer)], { name: `what permits the transfer to the recipient ${id}` });
  yield* fields(`${at}/erasure`, [was.erasure, is.erasure], ERASURE(id));
  if (was.prompt !== is.prompt)
    yield { path: `${at}/prompt`, kind: 'changed', words: `What the model of the recipient ${id} is told before each message reads otherwise.` };
} // prettier-ignore
