// What a person answers to the question for their age: a button, yes or no, an age, a year or a day of birth. The youngest reading counts.
import { DateTime } from 'luxon';
import { OWN_CHOICES } from '#libs/kernel';
import { sealedChoice, type ChoiceSeal } from '../choices.js';
import { isOneOf, normalise } from '../intent/normalise.js';

const YES = [
  'yes',
  'y',
  'yeah',
  'yep',
  'ja',
  'jep',
  'oui',
  'si',
  'sí',
  'sì',
  'tak',
  'sim',
  'yes i am',
  'i am',
  'ja bin ich',
  'jestem',
  'sou',
  'lo soy',
  'lo sono',
  'je le suis',
  'dat ben ik',
];
const NO = [
  'no',
  'n',
  'nope',
  'nein',
  'nee',
  'non',
  'nie',
  'não',
  'nao',
  'no i am not',
  'nein bin ich nicht',
  'nog niet',
  'not yet',
  'noch nicht',
  'pas encore',
  'todavía no',
  'non ancora',
  'jeszcze nie',
  'ainda não',
];

const BUTTON = new RegExp(`^${OWN_CHOICES.age}(\\d+):(yes|no):`);

/** Of its buttons, for one person who is asked for an age; they come back as choices. */
export const ageChoices = (age: number, seal: ChoiceSeal) => ({
  yes: sealedChoice(`${OWN_CHOICES.age}${age}:yes`, seal),
  no: sealedChoice(`${OWN_CHOICES.age}${age}:no`, seal),
});
export const AGE_BUTTONS: Readonly<Record<string, readonly [string, string]>> = {
  de: ['Ja', 'Nein'],
  en: ['Yes', 'No'],
  es: ['Sí', 'No'],
  fr: ['Oui', 'Non'],
  it: ['Sì', 'No'],
  nl: ['Ja', 'Nee'],
  pl: ['Tak', 'Nie'],
  pt: ['Sim', 'Não'],
};

const OLDEST = 120;
/** Whoever writes a smaller number means something else; standing alone, below ten, it chooses something from a list. */
const YOUNGEST = 5;
const YOUNGEST_ALONE = 10;

const setOf = (...lists: readonly string[]): ReadonlySet<string> => new Set(lists.flatMap((list) => list.split(' ')));

/** Words around a number that leave it an age, per language: with any other word it counts something else. */
const AROUND = setOf(
  'i am m im was years year old yrs yr yo age aged of my is only just and or than at',
  'ich bin jahre jahr alt mein ist erst gerade und oder als',
  'j je ai suis ans an mon age ne est de seulement et ou que',
  'tengo soy anos ano mi edad es solo y o que',
  'ho anni anno sono la mia eta ha solo e di',
  'ik ben jaar oud mijn leeftijd en of dan',
  'mam lat lata moj wiek to tylko i lub jestem niz od',
  'tenho sou idade minha so ou do pelo',
);
/** And those around a year or a day of birth. */
const BORN = setOf(
  'born in on the geboren am im nee en le naci el nato nata nel il op urodzony urodzona urodzilem urodzilam sie w dnia roku nasci em',
);
const NOT = setOf(
  'no nope not isn arent yet almost nearly soon nein nicht noch kein keine n fast bald non pas encore presque bientot todavia aun casi',
  'ancora quasi nee niet nog bijna nie jeszcze prawie nao ainda quase',
);
const UNDER = setOf(
  'under below younger less unter junger weniger moins jeune menor menos joven meno sotto giovane onder jonger minder ponizej mlodszy',
  'mlodsza mniej abaixo jovem',
);
const OVER = setOf(
  'over above older more least uber alter mehr mindestens plus mayor mas oltre piu almeno boven ouder meer minstens powyzej ponad',
  'starszy starsza wiecej przynajmniej acima mais',
);
const AGREED = new Set(YES.map(normalise));

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/[<≤]/g, ' under '],
  [/[>≥+]/g, ' over '],
];
const NUMBER = /^(\d{1,4})(?:yo|yrs?|ans?)?$/;
const DAY = /\b(?:(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}))\b/;

/** Years lived for sure, whichever way round day and month are meant. */
function sinceDay([, y, m, d, one, other, last]: RegExpExecArray, now: Date): number | null {
  const [year, ...rest] = y === undefined ? [last, one, other] : [y, m, d];
  const readings = [rest, rest.toReversed()].flatMap(([month, day]) => {
    const date = DateTime.fromObject({ year: Number(year), month: Number(month), day: Number(day) }, { zone: 'utc' });
    return date.isValid ? [Math.floor(DateTime.fromJSDate(now, { zone: 'utc' }).diff(date, 'years').years)] : [];
  });
  return readings.length === 0 ? null : Math.min(...readings);
}

/** Parts between marks, each as its words: "no, under 16" says something else than "not under 16". */
const clausesOf = (text: string): readonly (readonly string[])[] =>
  SIGNS.reduce((left, [sign, word]) => left.replace(sign, word), text)
    .split(/[,;:!–—]|\.(?!\d)/)
    .map((clause) => normalise(clause).split(' ').filter(Boolean));

type Answer = 'adult' | 'minor' | null;

const among = (years: number, age: number): Answer =>
  years < YOUNGEST || years > OLDEST ? null : years >= age ? 'adult' : 'minor';

/** A year or a day of birth, with nothing but words of birth around it. */
function answerOfBirth(years: number, said: readonly string[], age: number): Answer {
  return said.every((word) => AROUND.has(word) || BORN.has(word) || AGREED.has(word)) ? among(years, age) : null;
}

/** A number of years, with nothing but words of age, of agreement and of comparison around it. */
function answerOfYears(years: number, clauses: readonly (readonly string[])[], age: number): Answer {
  const around = clauses.map((clause) => clause.filter((word) => !NUMBER.test(word)));
  const said = around.flat();
  const has = (one: ReadonlySet<string>, where = said): boolean => where.some((word) => one.has(word));
  if (!said.every((word) => [AROUND, AGREED, NOT, UNDER, OVER].some((one) => one.has(word)))) return null;
  // "Not under sixteen" is no clear word.
  if (around.some((clause) => has(NOT, clause) && has(UNDER, clause))) return null;
  if (has(NOT) || has(UNDER)) return years <= age ? 'minor' : null;
  if (has(OVER)) return years >= age ? 'adult' : null;
  if (said.length === 0 && years < YOUNGEST_ALONE) return null;
  return among(years, age);
}

/** A button answers for the age that it was asked for, and so for any below; of no the youngest reading counts. */
function answerOfButton(choice: string, age: number): Answer {
  const [, asked, answer] = BUTTON.exec(choice) ?? [];
  if (answer === 'no') return 'minor';
  return answer === 'yes' && Number(asked) >= age ? 'adult' : null;
}

/** @returns null: it is no answer, whatever else it is. Whose a button is says its seal. */
export function ageAnswerOf(
  { text, choice }: { readonly text: string | null; readonly choice: string | null },
  { age, now }: { readonly age: number; readonly now: Date },
): Answer {
  if (choice !== null) return answerOfButton(choice, age);
  if (text === null || text.includes('?')) return null;
  if (isOneOf(text, NO)) return 'minor';
  if (isOneOf(text, YES)) return 'adult';
  const day = DAY.exec(text);
  const clauses = clausesOf(day ? text.replace(day[0], ' ') : text);
  const numbers = clauses.flat().flatMap((word) => NUMBER.exec(word)?.[1] ?? []).map(Number);
  const words = clauses.flat().filter((word) => !NUMBER.test(word));
  if (day) {
    const years = numbers.length === 0 ? sinceDay(day, now) : null;
    return years === null ? null : answerOfBirth(years, words, age);
  }
  const [number] = numbers;
  if (number === undefined || numbers.length > 1) return null;
  if (number >= 1900) return answerOfBirth(now.getUTCFullYear() - number - 1, words, age);
  return number > OLDEST ? null : answerOfYears(number, clauses, age);
} // prettier-ignore
