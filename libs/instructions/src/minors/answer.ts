// What a person answers to the question for their age: a button, yes or no, a number, a year or a day of birth. The youngest reading counts.
import { DateTime } from 'luxon';
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

/** Its buttons; their ids come back as choices. */
export const AGE_CHOICES = { yes: 'age:yes', no: 'age:no' } as const;
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
/** An answer is short; a longer text with numbers is about something else. */
const MOST_WORDS = 8;

/** Years lived for sure, whichever way round day and month are meant. */
function fromDate(text: string, now: Date): number | null {
  const found = /\b(?:(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}))\b/.exec(text);
  if (!found) return null;
  const [year, one, other] = found[1] === undefined ? [found[6], found[4], found[5]] : [found[1], found[2], found[3]];
  const readings = [
    [one, other],
    [other, one],
  ].flatMap(([month, day]) => {
    const date = DateTime.fromObject({ year: Number(year), month: Number(month), day: Number(day) }, { zone: 'utc' });
    return date.isValid ? [Math.floor(DateTime.fromJSDate(now, { zone: 'utc' }).diff(date, 'years').years)] : [];
  });
  return readings.length === 0 ? null : Math.min(...readings);
}

function yearsIn(text: string, now: Date): number | null {
  const date = fromDate(text, now);
  if (date !== null) return date;
  const numbers = [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const [number] = numbers;
  if (number === undefined || numbers.length > 1) return null;
  if (number >= 1900 && number <= now.getUTCFullYear()) return now.getUTCFullYear() - number - 1;
  return number <= OLDEST ? number : null;
}

/** @returns null: it is no answer, whatever else it is. */
export function ageAnswerOf(
  { text, choice }: { readonly text: string | null; readonly choice: string | null },
  { age, now }: { readonly age: number; readonly now: Date },
): 'adult' | 'minor' | null {
  if (choice === AGE_CHOICES.yes) return 'adult';
  if (choice === AGE_CHOICES.no) return 'minor';
  if (text === null || normalise(text).split(' ').length > MOST_WORDS) return null;
  const years = yearsIn(text, now);
  if (years !== null) return years >= age ? 'adult' : 'minor';
  if (isOneOf(text, NO)) return 'minor';
  return isOneOf(text, YES) ? 'adult' : null;
}
