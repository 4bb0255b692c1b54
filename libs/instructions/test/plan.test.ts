// Numbers are judged by plans that were compiled once: as the library judges, number by number and country by country.
import fc from 'fast-check';
import { getCountries, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { judgeAbroad, judgeAtHome, regionsOf, type Judged } from '../src/detect/plan.js';

const COUNTRIES = getCountries();
const regionOf = (country: CountryCode) => regionsOf([country])[0]!;

function asked(written: string, country?: CountryCode): Judged | undefined {
  const parsed = parsePhoneNumberFromString(written, country);
  return (
    parsed && {
      number: parsed.number,
      callingCode: parsed.countryCallingCode,
      possible: parsed.isPossible(),
      valid: parsed.isValid(),
    }
  );
}
const onlyValid = (judged: Judged | undefined): Judged | undefined => (judged?.valid ? judged : undefined);

const digits = fc.integer({ min: 5, max: 13 }).chain((length) => fc.stringMatching(new RegExp(`^\\d{${length}}$`)));
const leads = fc.constantFrom('', '', '0', '1', '8', '00', '06', '011', '15', '9');

describe('a number is judged as the library judges it', () => {
  it.each(COUNTRIES)('%s, as dialled at home', (country) => {
    const region = regionOf(country);
    const lead = fc.oneof(leads, fc.constantFrom(region.callingCode, `00${region.callingCode}`));
    fc.assert(
      fc.property(lead, digits, (before, rest) => {
        const number = (before + rest).slice(0, 13); // longer ones are not asked for
        const library = asked(number, country);
        expect(judgeAtHome(number, region, 'possible')).toEqual(library);
        // That of another country is none of this region.
        const near = library?.callingCode === region.callingCode ? library : undefined;
        const ours = onlyValid(judgeAtHome(number, region, 'valid'));
        expect(ours?.callingCode === region.callingCode ? ours : undefined).toEqual(onlyValid(near));
      }),
      { numRuns: 40 },
    );
  });

  it.each(COUNTRIES)('%s, with its country before it', (country) => {
    fc.assert(
      fc.property(leads, digits, (before, rest) => {
        const number = (regionOf(country).callingCode + before + rest).slice(0, 15);
        const library = asked(`+${number}`);
        expect(judgeAbroad(number, 'possible')).toEqual(library);
        expect(onlyValid(judgeAbroad(number, 'valid'))).toEqual(onlyValid(library));
      }),
      { numRuns: 40 },
    );
  });

  it('whatever stands where a country would', () => {
    fc.assert(
      fc.property(digits, (number) => {
        expect(judgeAbroad(number, 'possible')).toEqual(asked(`+${number}`));
        expect(onlyValid(judgeAbroad(number, 'valid'))).toEqual(onlyValid(asked(`+${number}`)));
      }),
      { numRuns: 2_000 },
    );
  });
});
