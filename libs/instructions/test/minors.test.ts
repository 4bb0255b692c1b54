// The age gate: what counts as an answer, what is known after it, and that no later word of a minor opens anything.
import { ageAnswerOf, ageFor, compile, gateOf, standingOfAge, withAge, type AgeRecord } from '../src/index.js';
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
  ['why do you ask', null], ['', null], ['👍', null], ['order 4711', null], ['2 of 3', null],
  ['I would like to know when my order of 17 chairs will be here', null],
])('"%s" is %s', (text, answer) => {
  expect(ageAnswerOf({ text, choice: null }, { age: 16, now: NOW })).toBe(answer);
}); // prettier-ignore

it('the buttons of the question count', () => {
  const at = { age: 16, now: NOW };
  expect(ageAnswerOf({ text: 'No', choice: 'age:yes' }, at)).toBe('adult');
  expect(ageAnswerOf({ text: null, choice: 'age:no' }, at)).toBe('minor');
  expect(ageAnswerOf({ text: null, choice: 'consent:support:yes' }, at)).toBeNull();
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
