// Finds personal data in free text: each kind by its own finder, in one plain view of the text; the surest hit wins.
import { addresses } from './address.js';
import { cards } from './card.js';
import { emails } from './email.js';
import { withoutOverlaps, type DetectKind, type DetectOptions, type Found, type Hit } from './found.js';
import { ibans } from './iban.js';
import { ips } from './ip.js';
import { names } from './name.js';
import { nationalIds } from './national-id.js';
import { ownIdentifiers } from './own.js';
import { phones, regionsOf } from './phone.js';
import { Reading } from './reading.js';
import { inOriginal } from './view.js';

/** @returns what was found, in the order of the text, free of overlaps. Never throws; time grows with the length only. */
export function detect(text: string, { kinds, regions, own }: DetectOptions): readonly Found[] {
  const reading = new Reading(text);
  const { view } = reading;
  const back = function* (hits: Iterable<Hit>): Iterable<Hit> {
    for (const { start, end, value } of hits) yield { ...inOriginal(view, start, end), value };
  };
  let read: readonly Hit[] | undefined;
  const mails = (): readonly Hit[] => (read ??= [...emails(view)]);
  const finders: Readonly<Record<DetectKind, () => Iterable<Hit>>> = {
    'own-identifiers': () => ownIdentifiers(reading, { own, mails }),
    email: mails,
    iban: () => back(ibans(reading)),
    card: () => back(cards(reading)),
    ip: () => back(ips(reading)),
    'national-id': () => back(nationalIds(reading, regions)),
    phone: () => back(phones(reading, regionsOf(regions))),
    address: () => back(addresses(reading.text)),
    name: () => back(names(reading.text)),
  };
  const all = [...new Set(kinds)].flatMap((kind) => [...finders[kind]()].map((hit): Found => ({ kind, ...hit })));
  return withoutOverlaps(all);
}
