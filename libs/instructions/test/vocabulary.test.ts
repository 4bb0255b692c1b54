// The vocabulary as data: what is special and what is about crime follows from what is beneath what.
import { isAboutCrime, isDataTerm, isSpecial, labelOfData } from '../src/law/dpv-data.js';
import { DPV_PURPOSES, isA } from '../src/law/dpv-purposes.js';

it.each<[string, boolean, boolean, string]>([
  ['Health', true, false, 'health'],
  ['BloodType', true, false, 'blood type'],
  ['ReligiousBelief', true, false, 'religious belief'],
  ['TradeUnionMembership', true, false, 'trade union membership'],
  ['SexualPreference', true, false, 'sexual preference'],
  ['Fingerprint', true, false, 'fingerprint'],
  ['CriminalConviction', false, true, 'criminal conviction'],
  ['Criminal', false, true, 'criminal'],
  ['TelephoneNumber', false, false, 'telephone number'],
  ['IPAddress', false, false, 'IP address'],
  ['DNACode', true, false, 'DNA code'],
  ['GroupMembership', false, false, 'group membership'],
])('%s', (term, special, crime, label) => {
  expect([isDataTerm(term), isSpecial(term), isAboutCrime(term), labelOfData(term)]).toEqual([true, special, crime, label]); // prettier-ignore
});

it.each(['Gossip', 'constructor', '__proto__', 'health', ''])('%s is no term', (term) => {
  expect([isDataTerm(term), isSpecial(term), isAboutCrime(term)]).toEqual([false, false, false]);
});

it('purposes: whatever is broader is a purpose, and nothing is broader than itself', () => {
  for (const [term, { broader, label }] of Object.entries(DPV_PURPOSES)) {
    expect([term, broader.filter((one) => !Object.hasOwn(DPV_PURPOSES, one))]).toEqual([term, []]);
    expect([term, broader.some((one) => isA(one, term)), label.length > 5]).toEqual([term, false, true]);
  }
  expect(isA('TargetedAdvertising', 'Marketing')).toBe(true);
  expect(isA('Marketing', 'TargetedAdvertising')).toBe(false);
});
