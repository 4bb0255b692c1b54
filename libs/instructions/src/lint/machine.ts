// Does a text say that a machine answers (Art. 50(1) AI Act)? By words and abbreviations, in a sentence that does not deny it.
import { languageOf } from '../texts.js';

/** As they are written, in the language in which they stand for it: in small letters, or in another one, they are everyday words (si, ai, mi). */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  bg: 'ИИ', ca: 'IA', cs: 'UI', da: 'KI', de: 'KI', el: 'ΤΝ', es: 'IA', et: 'TI', fr: 'IA', gl: 'IA', hr: 'UI', hu: 'MI', it: 'IA', lt: 'DI', lv: 'MI',
  no: 'KI', nb: 'KI', nn: 'KI', pl: 'SI', pt: 'IA', ro: 'IA', sk: 'UI', sl: 'UI', tr: 'YZ', uk: 'ШІ',
}; // prettier-ignore

const NAMED =
  /(?<!\p{L})(artificial intelligence|künstliche[rn]? intelligenz|intelligence artificielle|inteligencia artificial|intelligenza artificiale|sztuczn\p{L}+ inteligencj\p{L}+|inteligência artificial|kunstmatige intelligentie|chat-?bots?|bots?|robot\p{L}*|virtual assistants?)(?!\p{L})/giu;

/** Much is done by machines, deleting too: these count where something answers or assists. */
const AUTOMATED = /(?<!\p{L})(autom[aá]t\p{L}*|maschinell\p{L}*|geautomatiseerd\p{L}*|zautomatyzowan\p{L}*)/giu;
const ANSWERS = /as+[iy]st|answer|repl[iy]|respon|antwort|répon|respuest|rispo|antwoord|odpow|respost/iu;

/** Right before what it denies, with one word between at most: "no robots", "not a bot". */
const DENIED =
  /(?<!\p{L})(no|not|never|without|kein\p{L}*|nicht|ohne|niemals|pas|aucun\p{L}*|sans|jamais|ning[uú]n\p{L}*|sin|nunca|non|nessun\p{L}*|senza|mai|geen|niet|zonder|nooit|nie|bez|żad\p{L}*|nigdy|não|nenhum\p{L}*|sem)\s+(\p{L}+\s+)?$/iu;

/** Longer than a denial with a word after it. */
const BEFORE = 80;

const WORD = /\S+/g;
const SENTENCES = /(?<=[.!?;])\s+|\n+/;

const abbreviation = (language: string): RegExp => {
  const own = ABBREVIATIONS[languageOf(language)];
  return new RegExp(`(?<!\\p{L})(A\\.?I${own === undefined ? '' : `|${own.split('').join('\\.?')}`})(?!\\p{L})`, 'gu');
};

/** @param body what people read, without the names and addresses of the parties: a company called Robot says nothing of who answers */
export function saysMachine(body: string, language: string): boolean {
  const short = abbreviation(language);
  // Word by word: a search for what stands before an @ would begin anew at each letter.
  const said = body.replace(WORD, (word) => (/.@./.test(word) ? ' ' : word.replace(/https?:\/\/.+/, ' ')));
  return said.split(SENTENCES).some((sentence) => {
    const words = ANSWERS.test(sentence) ? [short, NAMED, AUTOMATED] : [short, NAMED];
    return words.some((one) => [...sentence.matchAll(one)].some(({ index }) => !DENIED.test(sentence.slice(Math.max(0, index - BEFORE), index))));
  });
} // prettier-ignore
