// Postal addresses by the way streets are written in each country; only found where a house number or a code stands too.
import type { Hit } from './found.js';
import type { Reading } from './reading.js';

const WORD = String.raw`\p{Lu}[\p{L}\p{M}'’.-]{0,30}`;
const TOWN = String.raw`\p{Lu}[\p{L}\p{M}'’-]{1,30}(?:[ -](?:am|an der|upon|sur|de|del|la|aan|den|\p{Lu}[\p{L}\p{M}'’-]{0,30})){0,3}`;
const NUMBER = String.raw`\d{1,4} ?(?:[a-hA-H](?![\p{L}]))?(?:[/-]\d{1,4}[a-h]?)?(?!\d)`;
const after = (code: string): string => String.raw`(?:[, \n]{1,3}(?:[A-Z]{1,2}-)?${code},? ${TOWN})?`;

const FIVE = after(String.raw`\d{5}`);

const GERMAN = String.raw`(?:[Ss]traße|[Ss]trasse|[Ss]tr\.?|[Ww]eg|[Aa]llee|[Pp]latz|[Gg]asse|[Rr]ing|[Uu]fer|[Dd]amm)`;
const ENGLISH =
  '(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Crescent|Square|Terrace|Way|Boulevard|Blvd)';
const FRENCH = String.raw`(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d|[Pp]lace|[Cc]hemin|[Ii]mpasse|[Aa]llée|[Qq]uai|[Rr]oute|[Cc]ours)`;
const SPANISH = String.raw`(?:[Cc]alle|[Cc]/|[Aa]venida|[Aa]vda\.?|[Pp]laza|[Pp]za\.?|[Pp]aseo|[Rr]onda|[Cc]amino)`;
const ITALIAN = '(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Pp]iazzale|[Cc]orso|[Ll]argo|[Vv]icolo)';
const DUTCH = '(?:straat|laan|weg|plein|gracht|kade|singel|dijk|hof|steeg)';
const POLISH = String.raw`(?:[Uu]l\.|[Uu]lica|[Uu]licy|[Aa]l\.|[Aa]leja|[Pp]l\.|[Pp]lac|[Oo]s\.)`;

/** What has to be there before it is worth looking, and how an address is written. */
const WAYS = [
  // Hauptstraße 5, 10115 Berlin
  [
    String.raw`${GERMAN} \d`,
    String.raw`(?:(?:Am|An der|Im|In der|Zum|Zur|Alte[rs]?|Neue[rs]?) )?\p{Lu}[\p{L}\p{M}.-]{0,30}(?:[ -]\p{Lu}[\p{L}\p{M}.-]{1,20}){0,2}?(?:[ -]?${GERMAN}) ${NUMBER}${after(String.raw`\d{4,5}`)}`,
  ],
  // German, without a word for street: Am Alten Markt 3, 18055 Rostock
  [
    String.raw`, ?\d{5} `,
    String.raw`(?:Am|An der|An den|Auf der|Auf dem|Im|In der|Zum|Zur) (?:${WORD} ){0,2}${WORD} ${NUMBER}, ?\d{5} ${TOWN}`,
  ],
  // 12 High Street, London SW1A 1AA
  [
    ` ${ENGLISH}(?![A-Za-z])`,
    String.raw`\d{1,4}[a-cA-C]? (?:(?:${WORD}|\d{1,3}(?:st|nd|rd|th)) ){1,3}${ENGLISH}(?![\p{L}])(?:(?:,? ${TOWN}){0,2}?,? (?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5})|, ${TOWN})?`,
  ],
  // 12 bis rue de la Paix, 75002 Paris
  [
    ` ${FRENCH} `,
    String.raw`\d{1,4}(?: ?(?:bis|ter))?,? ${FRENCH} (?:(?:de|du|des|la|le|les|d['’]|l['’]) ?){0,2}${WORD}(?:[ -](?:(?:de|du|des|la|le|les) ){0,2}${WORD}){0,3}${FIVE}(?![\p{L}\d])`,
  ],
  // calle Mayor 5, 28013 Madrid
  [
    SPANISH,
    String.raw`${SPANISH} ?(?:(?:de|del|la|las|los|el) ){0,2}${WORD}(?: (?:(?:de|del|la|las|los) ){0,2}${WORD}){0,3},? (?:n[ºo°]?\.? ?)?${NUMBER}(?:,? \d{1,2}[ºª°](?: ?[A-Za-z](?![\p{L}]))?)?${FIVE}`,
  ],
  // via Garibaldi 12, 20121 Milano
  [
    `${ITALIAN} `,
    String.raw`${ITALIAN} (?:(?:della|dei|delle|del|di|da) )?${WORD}(?: (?:(?:della|dei|delle|del|di) )?${WORD}){0,3},? (?:n\. ?)?${NUMBER}${FIVE}`,
  ],
  // Kerkstraat 5, 1017 GA Amsterdam
  [
    String.raw`${DUTCH} \d`,
    String.raw`\p{Lu}[\p{L}\p{M}.-]{0,30}${DUTCH} ${NUMBER}${after(String.raw`\d{4} ?[A-Z]{2}`)}`,
  ],
  // ul. Długa 5/12, 00-238 Warszawa
  [
    POLISH,
    String.raw`${POLISH} ?${WORD}(?: ${WORD}){0,2} ${NUMBER}(?: ?m\. ?\d{1,3})?${after(String.raw`\d{2}-\d{3}`)}`,
  ],
].map(([needs, pattern]) => ({
  needs: new RegExp(needs!),
  pattern: new RegExp(String.raw`(?<![\p{L}\d])${pattern!}`, 'gu'),
}));

export function* addresses({ text, runs }: Reading): Iterable<Hit> {
  if (runs.length === 0) return; // each has a number
  for (const { needs, pattern } of WAYS) {
    if (!needs.test(text)) continue;
    for (const { 0: written, index: start } of text.matchAll(pattern)) {
      const value = written
        .replace(/[\s,]+/g, ' ')
        .trim()
        .replace(/\.$/, '');
      yield { start, end: start + written.trimEnd().length, value };
    }
  }
}
