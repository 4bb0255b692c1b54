// How much work detection is: it grows with the length of a text only, whatever stands in it.
import fc from 'fast-check';
import { detect, DETECT_KINDS, type DetectOptions } from '../src/index.js';
import { eightTimes, workOf } from './work.js';

const OPTIONS: DetectOptions = {
  kinds: DETECT_KINDS,
  regions: ['DE', 'NL'],
  own: ['Anna Schmidt', '+4915155501234', 'anna@example.org', 'DE.1000000000000001'],
};

const looking = (piece: string, length: number) => () =>
  detect(piece.repeat(Math.ceil(length / piece.length)), OPTIONS);

describe('detection', () => {
  it.each([
    '1 ',
    '0151 23456789 ',
    'a@',
    'a.',
    ' at ',
    'DE89 ',
    '4111 ',
    '+',
    'Anna ',
    'Am A ',
    'tel ',
    '(',
    'aaaa',
    '1.',
    ':a',
    'ich heiße ',
    '\n',
    'é',
    '12 rue de la A ',
  ])('work grows with the length only: %j', (piece) => {
    looking(piece, 4_000)();
    expect(workOf(looking(piece, 32_000))).toBeLessThan(eightTimes(workOf(looking(piece, 4_000))));
  });

  const ALPHABET = fc.constantFrom(
    ...'0159 +-./()@aZéıß:\n\u200b\u0660４',
    'DE89',
    'at',
    ' dot ',
    'tel ',
    'Str. ',
    'ich heiße ',
    '@x.',
    '.de',
    'rue de la ',
  );
  it('work grows with the length only, whatever is repeated', () => {
    fc.assert(
      fc.property(fc.array(ALPHABET, { minLength: 1, maxLength: 12 }), (pieces) => {
        const piece = pieces.join('');
        // Twice the room: of sixty tries one is unlucky.
        expect(workOf(looking(piece, 16_000), 2)).toBeLessThan(2 * eightTimes(workOf(looking(piece, 2_000), 2)));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a - - - … z', `a ${'- '.repeat(24)}z`, `a${' -'.repeat(36)} y z`],
    ['- . _', `x ${'-. _ '.repeat(12)}z`, `x${' -. _'.repeat(18)} y z`],
    ['a number without end', '1'.repeat(2_000), '1 '.repeat(4_000)],
  ])('a name does not make it longer: %s', (_name, own, text) => {
    // What tries each blank as a separator and as nothing takes hours: the time limit of the test ends it.
    expect(detect(text, { ...OPTIONS, own: [own] })).toEqual(expect.any(Array));
  });
});
