// How long detection takes: with the length of a text only, whatever stands in it, and a millisecond for 1,000 characters.
import fc from 'fast-check';
import { detect, DETECT_KINDS, type DetectOptions } from '../src/index.js';

const OPTIONS: DetectOptions = {
  kinds: DETECT_KINDS,
  regions: ['DE', 'NL'],
  own: ['Anna Schmidt', '+4915155501234', 'anna@example.org', 'DE.1000000000000001'],
};

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
  ])('time grows with the length only: %j', (piece) => {
    const of = (length: number): number => {
      const text = piece.repeat(Math.ceil(length / piece.length));
      const times = Array.from({ length: 3 }, () => {
        const before = performance.now();
        detect(text, OPTIONS);
        return performance.now() - before;
      });
      return Math.min(...times);
    };
    of(4_000);
    // Eight times the text: eight times the time, and room for a busy machine. Squared it would be 64.
    expect(of(32_000)).toBeLessThan(Math.max(of(4_000), 2) * 8 * 3);
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
  it('time grows with the length only, whatever is repeated', () => {
    const best = (text: string): number =>
      Math.min(
        ...Array.from({ length: 2 }, () => {
          const before = performance.now();
          detect(text, { ...OPTIONS, kinds: DETECT_KINDS });
          return performance.now() - before;
        }),
      );
    fc.assert(
      fc.property(fc.array(ALPHABET, { minLength: 1, maxLength: 12 }), (pieces) => {
        const piece = pieces.join('');
        const of = (length: number): number => best(piece.repeat(Math.ceil(length / piece.length)));
        expect(of(16_000)).toBeLessThan(Math.max(of(2_000), 3) * 8 * 6);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a - - - … z', `a ${'- '.repeat(24)}z`, `a${' -'.repeat(36)} y z`],
    ['- . _', `x ${'-. _ '.repeat(12)}z`, `x${' -. _'.repeat(18)} y z`],
    ['a number without end', '1'.repeat(2_000), '1 '.repeat(4_000)],
  ])('a name does not make it longer: %s', (_name, own, text) => {
    const before = performance.now();
    detect(text, { ...OPTIONS, own: [own] });
    // Generous: it takes some ms. What tries each blank as a separator and as nothing takes hours.
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});
