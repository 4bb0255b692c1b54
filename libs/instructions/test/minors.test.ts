// The age gate: what counts as an answer, what is known after it, and that no later word of a minor opens anything.
import {
  ageAnswerOf,
  ageChoices,
  ageFor,
  compile,
  gateOf,
  standingOfAge,
  withAge,
  type AgeRecord,
} from '../src/index.js';
import { document, FACTS } from './document.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const said = (state: AgeRecord['state'], minutes: number, more: Partial<AgeRecord> = {}): AgeRecord => ({
  state,
  age: 16,
  source: 'person',
  at: ago(minutes),
  ...more,
});
const CONTROLLER = { source: 'controller', age: 0 } as const;

it.each<[string, 'adult' | 'minor' | null]>([
  ['yes', 'adult'], ['Ja!', 'adult'], ['sí', 'adult'], ['tak', 'adult'], ['17', 'adult'], ['I am 34 years old', 'adult'], ['1999', 'adult'],
  ['no', 'minor'], ['Nein.', 'minor'], ['não', 'minor'], ['15', 'minor'], ["yes, I'm 12", 'minor'], ['ich bin 15 jahre', 'minor'],
  ['born 2014', 'minor'], ['2010', 'minor'], ['24.11.2010', 'adult'], ['25.11.2010', 'minor'], ['2010-11-24', 'adult'],
  ['05.06.2009', 'adult'], ['06/12/2010', 'minor'],
  ['under 16', 'minor'], ['not yet 16', 'minor'], ['unter 16', 'minor'], ['noch nicht 16', 'minor'], ['moins de 16 ans', 'minor'], ['<16', 'minor'],
  ['menor de 16', 'minor'], ['nog geen 16', null], ['jeszcze nie 16 lat', 'minor'], ['no, under 16', 'minor'], ['No, I am 15', 'minor'],
  ['16 or younger', 'minor'], ['almost 16', 'minor'], ['younger than 14', 'minor'], ['only 15', 'minor'], ['15 years', 'minor'], ["j'ai 15 ans", 'minor'],
  ['over 16', 'adult'], ['older than 18', 'adult'], ['16 or older', 'adult'], ['16+', 'adult'], ['über 18', 'adult'], ['plus de 16 ans', 'adult'],
  ['más de 18 años', 'adult'], ['mam 17 lat', 'adult'], ['tenho 17 anos', 'adult'], ['ho 17 anni', 'adult'], ['ik ben 17 jaar', 'adult'], ['yes, 17', 'adult'],
  ['I was born on 03.02.1971', 'adult'], ['nato il 3.2.1971', 'adult'], ['né en 2014', 'minor'],
  ['I need 50 chairs please', null], ['I want 2 pizzas', null], ['2', null], ['6', null], ['I am 6', 'minor'], ['noch keine 16', 'minor'], ['je n’ai pas 16 ans', 'minor'], ['I am 20 minutes late', null], ['in 10 years', null], ['50 chairs', null],
  ['17 please', null], ['not under 16', null], ['nicht unter 16', null], ['no soy menor de 16', null], ['under 30', null], ['over 12', null],
  ['16 or 17', null], ['am I 16?', null], ['16?', null], ['no, 34', null], ['16.5', null], ['delivery on 05.06.2009', null], ['05.06.2025', null], ['2025', null],
  ['order of 2010', null], ['+49 151 23456789', null], ['table for 12', null], ['4711', null],
  ['why do you ask', null], ['', null], ['👍', null], ['order 4711', null], ['2 of 3', null],
  ['I would like to know when my order of 17 chairs will be here', null],
])('"%s" is %s', (text, answer) => {
  expect(ageAnswerOf({ text, choice: null }, { age: 16, now: NOW })).toBe(answer);
}); // prettier-ignore

it.each<[string, string, 'adult' | 'minor' | null]>([
  ['yes', ageChoices(16, () => 'seal').yes, 'adult'],
  ['yes to a higher age', ageChoices(18, () => 'seal').yes, 'adult'],
  ['yes to a lower age', ageChoices(14, () => 'seal').yes, null],
  ['no', ageChoices(16, () => 'seal').no, 'minor'],
  ['no to a higher age', ageChoices(18, () => 'seal').no, 'minor'],
  ['that names no age', 'age:yes', null],
  ['of another question', 'consent:support:yes', null],
  ['of somebody else, whatever is written on it', 'deliver-monday', null],
])('a button: %s, %s, is %s', (_, choice, answer) => {
  for (const text of [null, 'Yes', 'No']) expect(ageAnswerOf({ text, choice }, { age: 16, now: NOW })).toBe(answer);
});

it.each<[string, readonly AgeRecord[], string]>([
  ['nothing', [], 'ask'],
  ['asked a minute ago', [said('asked', 1)], 'asked'],
  ['asked long ago', [said('asked', 20)], 'ask'],
  ['asked for a lower age', [said('asked', 1, { age: 14 })], 'ask'],
  ['of age', [said('asked', 3), said('declared-adult', 2)], 'of-age'],
  ['of a lower age than is asked for now', [said('declared-adult', 2, { age: 14 })], 'ask'],
  ['a minor', [said('declared-minor', 2)], 'minor'],
  ['a minor who later says to be of age', [said('declared-minor', 99), said('asked', 2), said('declared-adult', 1)], 'minor'],
  ['of age first, a minor later', [said('declared-adult', 99), said('declared-minor', 2)], 'minor'],
  ['a minor whose guardian is confirmed', [said('declared-minor', 9), said('guardian-confirmed', 2, CONTROLLER)], 'of-age'],
  ['a minor by mistake, put right', [said('declared-minor', 9), said('declared-adult', 2, CONTROLLER)], 'of-age'],
  ['of age, and the controller knows better', [said('declared-adult', 9), said('declared-minor', 2, CONTROLLER)], 'minor'],
])('%s: %#', (_, records, standing) => {
  expect(standingOfAge(records, { age: 16, holdFor: 'PT15M', now: NOW })).toBe(standing);
}); // prettier-ignore

it('the threshold is the highest of the countries that may have a say; a document may say more', () => {
  const of = (ages: Record<string, number>) => compile({ ...document(), minors: { mode: 'refuse', ages } }, FACTS, { tenantId: 't', version: 1, hash: 'h', privacyPage: '' }).minors; // prettier-ignore
  expect([['AT'], ['AT', 'DE'], ['PT', 'AT'], ['BR'], []].map((one) => ageFor(of({}), one))).toEqual([
    14, 16, 14, 16, 16,
  ]);
  expect(ageFor(of({ AT: 18 }), ['AT', 'DE'])).toBe(18);
  // And never less, whatever a document that was approved before says.
  expect(ageFor(of({ DE: 13 }), ['DE'])).toBe(16);
});

it('unknown: what rests on consent waits, also where it was given; a minor: it is closed; the rest stays open', () => {
  const d = document();
  Object.assign(d.purposes, { news: { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'news', data: ['routing'] } });
  Object.assign(d.texts, { news: { version: '1', purposes: ['news'], en: 'News? YES or NO.' } });
  const c = compile(d, FACTS, { tenantId: 't', version: 1, hash: 'h', privacyPage: '' });
  const given = [{ purpose: 'news', state: 'given', scope: c.consents[0]!.scope, at: ago(1) }] as const;
  const shown = (standing: Parameters<typeof withAge>[2]) => {
    const { open, waiting, ask } = withAge(gateOf(c, given, NOW), c.consents, standing);
    return { open: [...open], waiting: [...waiting], ask };
  };
  expect(shown('of-age')).toEqual({ open: ['support', 'news'], waiting: [], ask: null });
  expect(shown('ask')).toEqual({ open: ['support'], waiting: ['news'], ask: null });
  expect(shown('minor')).toEqual({ open: ['support'], waiting: [], ask: null });
  expect(withAge(gateOf(c, [], NOW), c.consents, 'asked').ask).toBeNull();
});
