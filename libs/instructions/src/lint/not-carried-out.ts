// What this release reads, checks and keeps, but does not carry out: approving them must not promise more.
import { asksConsent } from '../consent/consent.js';
import { hasLookUp } from '../look-ups.js';
import { pointer } from '../pointer.js';
import { coveredBy, listedIdentifiers, purposesOf, retains } from './reading.js';
import type { Reading, Rule } from './rule.js';

interface Part {
  readonly path: string;
  readonly instead: string;
  readonly fix: string;
}

/** One channel may be asked for what another is not asked for: said where the document wants it. */
function* unasked(reading: Reading): Iterable<Part> {
  const wanted = new Set<string>();
  const named = purposesOf(reading.document).flatMap(([id, { features }]) =>
    (features ?? []).map((name, n) => ({ name, path: pointer('purposes', id, 'features', n) })),
  );
  for (const { channel, key, action, kind, path } of listedIdentifiers(reading)) {
    if (!kind || !hasLookUp(kind) || !retains(action) || !named.some(({ name }) => name === key)) continue;
    wanted.add(key);
    if (!kind.lookedUp)
      yield {
        path,
        instead: `On ${channel} nobody is asked for ${key}`,
        fix: `Leave ${key} out here, and do not rely on it.`,
      };
  }
  const kinds = Object.values(reading.facts.channels).flat().filter(hasLookUp);
  for (const { name, path } of named) {
    const those = kinds.filter(({ key }) => key === name && !wanted.has(key));
    if (those.length > 0 && !those.some(({ lookedUp }) => lookedUp))
      yield { path, instead: 'Nobody is asked for it', fix: 'Leave it out, and do not rely on it.' };
  }
}

/** That a message was read comes with a state, which is a part of the message: it has neither an answer to wait for nor a time of its own. */
function* unread(reading: Reading): Iterable<Part> {
  for (const listed of listedIdentifiers(reading)) {
    const { kind, key, action, period, path } = listed;
    if (!kind?.reading || (action !== 'keep' && action !== 'truncate')) continue;
    const users = coveredBy(reading, listed);
    if (users.length > 0 && users.every((id) => asksConsent(reading.document.purposes?.[id])))
      yield {
        path,
        instead: 'That a message was read is told while nobody knows whose consent stands, so that it is noted as delivered',
        fix: `Name a purpose with another basis, or leave ${key} out.`,
      };
    if (period !== undefined)
      yield {
        path,
        instead: 'That a message was read stays as long as the message',
        fix: 'Leave the period out; the line of retention for routing says how long.',
      };
  }
} // prettier-ignore

export const notCarriedOut: readonly Rule[] = [
  {
    rule: 'not-carried-out',
    severity: 'warning',
    article: 'Art. 28(3)(a) GDPR',
    *find(reading) {
      for (const { path, instead, fix } of [...unasked(reading), ...unread(reading)])
        yield { path, message: `This release checks this, but does not carry it out yet. ${instead}.`, fix };
    },
  },
];
