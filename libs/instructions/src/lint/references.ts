// Rules on references: whatever is named elsewhere in the document has to exist there.
import { asksConsent } from '../consent/consent.js';
import { hasLookUp } from '../look-ups.js';
import { pointer } from '../pointer.js';
import { entries, has, listedIdentifiers, purposesOf, recipientsOf } from './reading.js';
import type { Objection, Reading, Rule } from './rule.js';

type Section = 'purposes' | 'texts' | 'recipients';
interface Reference {
  readonly to: Section;
  readonly name: string | undefined;
  readonly path: string;
}

function* references(reading: Reading): Iterable<Reference> {
  const d = reading.document;
  const purposes = (
    names: readonly (string | undefined)[] | undefined,
    ...at: readonly (string | number)[]
  ): Reference[] => (names ?? []).map((name, n) => ({ to: 'purposes', name, path: pointer(...at, n) }));
  for (const [id, recipient] of recipientsOf(d)) yield* purposes(recipient.purposes, 'recipients', id, 'purposes');
  for (const [id, text] of entries(d.texts)) yield* purposes(text?.purposes, 'texts', id, 'purposes');
  for (const { channel, key, purposes: named } of listedIdentifiers(reading))
    yield* purposes(named, 'channels', channel, 'identifiers', key, 'purposes');
  for (const [n, line] of (d.retention ?? []).entries())
    yield { to: 'purposes', name: line?.purpose, path: pointer('retention', n, 'purpose') };
  // A consent text that is missing has a rule of its own; here are those that another basis names.
  for (const [id, purpose] of purposesOf(d))
    if (!asksConsent(purpose)) yield { to: 'texts', name: purpose.consent, path: pointer('purposes', id, 'consent') };
  yield { to: 'texts', name: d.specialCategories?.text, path: '/specialCategories/text' };
  yield { to: 'texts', name: d.criminalData?.text, path: '/criminalData/text' };
  for (const [id] of entries(d.freeText?.beforeRecipient))
    yield { to: 'recipients', name: id, path: pointer('freeText', 'beforeRecipient', id) };
}

const lookUpsOf = ({ facts }: Reading): string[] =>
  Object.values(facts.channels).flatMap((kinds) => kinds.filter(hasLookUp).map(({ key }) => key));

/** Look-ups are named by the kind that they bring, which a channel has to have. */
function* unknownFeatures(reading: Reading): Iterable<Objection> {
  const known = lookUpsOf(reading);
  for (const [id, { features }] of purposesOf(reading.document))
    for (const [n, name] of (features ?? []).entries())
      if (name !== undefined && !known.includes(name))
        yield {
          path: pointer('purposes', id, 'features', n),
          message: `No channel has an identifier ${name} that could be looked up.`,
          fix: `Correct the name, or leave it out. There are: ${[...new Set(known)].join(', ')}.`,
        };
}

const WORDS: Readonly<Record<Section, string>> = { purposes: 'purpose', texts: 'text', recipients: 'recipient' };

export const referenceRules: readonly Rule[] = [
  {
    rule: 'dangling-reference',
    severity: 'error',
    article: 'Art. 28(3)(a) GDPR',
    *find(reading) {
      for (const { to, name, path } of references(reading))
        if (name !== undefined && !has(reading.document[to], name))
          yield {
            path,
            message: `There is no ${WORDS[to]} ${name} in this document.`,
            fix: `Write it under \`${to}\`, or correct the name.`,
          };
      yield* unknownFeatures(reading);
    },
  },
]; // prettier-ignore
