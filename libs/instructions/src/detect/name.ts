// Names of people, by the phrases that introduce them: a guess without a model, so it is only made where instructed.
import type { Hit } from './found.js';
import type { Reading } from './reading.js';
import { atWord, matchesAtWords, type AtWord } from './word.js';

const WORD = String.raw`\p{Lu}[\p{L}\p{M}'’-]{1,30}`;
const PARTICLE = String.raw`(?:von|van|de|der|den|del|della|di|da|du|la|le|zu|ter|ten|d['’])`;
const NAME = String.raw`(?<name>${WORD}\.?(?: (?:${PARTICLE} ){0,2}${WORD}){0,3})`;

/** "Ich heiße ...", "I am called ...": what follows is a name. First letters in either case. */
const INTRODUCTIONS = `ich hei(?:ß|ss)e|mein name ist|ich bin (?:der|die)|hier (?:ist|spricht)|my name is|my name's|i am called|i'm called|this is|je m['’]appelle|mon nom est|je suis (?:m\\.|mme|monsieur|madame)|me llamo|mi nombre es|soy|mi chiamo|il mio nome è|sono|ik heet|mijn naam is|ik ben|u spreekt met|nazywam się|mam na imię|z tej strony|jestem`; // prettier-ignore
const TITLES = `herr|frau|hr\\.|fr\\.|mr\\.?|mrs\\.?|ms\\.?|miss|dr\\.?|prof\\.?|monsieur|madame|mme|mlle|señor|señora|sr\\.|sra\\.|signor|signora|sig\\.|sig\\.ra|dott\\.|meneer|mevrouw|dhr\\.|mevr\\.|mw\\.|pan|pani|pana|panem|panią`; // prettier-ignore
const GREETINGS = `grüße|gruß|grüßen|grüßle|lg|vg|mfg|regards|sincerely|cheers|thanks|cordialement|cdlt|bien à vous|saludos|atentamente|un saludo|saluti|distinti saluti|groet|groeten|groetjes|pozdrawiam|pozdrowienia|poważaniem`; // prettier-ignore

const either = (list: string): string =>
  list.replace(/(^|\|)(\p{Ll})/gu, (_, bar: string, letter: string) => `${bar}[${letter}${letter.toUpperCase()}]`);

/** At those bars that stand in no brackets. */
const alternatives = (list: string): readonly string[] => either(list).split(/\|(?![^(]*\))/);

const BEHIND = String.raw`(?<![\p{L}\p{N}])`;
const after = (list: string, rest: string): AtWord => atWord(alternatives(list), { behind: BEHIND, rest, flags: 'u' });

const PATTERNS = [
  after(INTRODUCTIONS, `:? {1,2}(?:(?:${either(TITLES)}) )?${NAME}`),
  after(TITLES, ` ${NAME}`),
  after(GREETINGS, `[,.!]?[ \\n]{1,3}${NAME}[ .!]{0,2}(?=\\n|$)`),
];
const VCARD = /(?<=^|\n)F?N(?:;[^:\n]{0,40})?:(?<name>[^\n]{2,80})/gu;

function* matches(reading: Reading): Iterable<RegExpExecArray> {
  for (const pattern of PATTERNS) yield* matchesAtWords(reading, pattern);
  yield* reading.text.matchAll(VCARD);
}

export function* names(reading: Reading): Iterable<Hit> {
  for (const match of matches(reading)) {
    const value = match.groups?.['name']?.replace(/\.$/, '');
    if (!value) continue;
    const start = match.index + match[0].lastIndexOf(value);
    yield { start, end: start + value.length, value };
  }
}
