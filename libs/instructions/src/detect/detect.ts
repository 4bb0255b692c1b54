// Finds personal data in free text: each kind by its own finder, in one plain view of the text; the surest hit wins.
import { addresses } from './address.js';
import { cards } from './card.js';
import { emails } from './email.js';
import { withoutOverlaps, type DetectKind, type DetectOptions, type Found, type Hit } from './found.js';
import { ibans } from './iban.js';
import { ips } from './ip.js';
import { names } from './name.js';
import { nationalIds } from './national-id.js';
import { ownIdentifiers, ownOf } from './own.js';
import { phones } from './phone.js';
import { regionsOf } from './plan.js';
import { Reading } from './reading.js';
import { inOriginal } from './view.js';

/** Finds in one text after another what was made ready once: of one conversation, and one person. */
export function detector({ kinds, regions: codes, own: known }: DetectOptions): (text: string) => readonly Found[] {
  const wanted = [...new Set(kinds)];
  const own = ownOf(wanted.includes('own-identifiers') ? known : []);
  const regions = wanted.includes('phone') ? regionsOf(codes) : [];
  return (text) => {
    const reading = new Reading(text);
    const { view } = reading;
    const back = function* (hits: Iterable<Hit>): Iterable<Hit> {
      for (const { start, end, value } of hits) yield { ...inOriginal(view, start, end), value };
    };
    let read: readonly Hit[] | undefined;
    const mails = (): readonly Hit[] => (read ??= [...emails(view)]);
    const finders: Readonly<Record<DetectKind, () => Iterable<Hit>>> = {
      'own-identifiers': () => ownIdentifiers(reading, own, mails),
      email: mails,
      iban: () => back(ibans(reading)),
      card: () => back(cards(reading)),
      ip: () => back(ips(reading)),
      'national-id': () => back(nationalIds(reading, codes)),
      phone: () => back(phones(reading, regions)),
      address: () => back(addresses(reading)),
      name: () => back(names(reading)),
    };
    return withoutOverlaps(wanted.flatMap((kind) => [...finders[kind]()].map((hit): Found => ({ kind, ...hit }))));
  };
}

/** @returns what was found, in the order of the text, free of overlaps. Never throws; time grows with the length only. */
export const detect = (text: string, options: DetectOptions): readonly Found[] => detector(options)(text);
