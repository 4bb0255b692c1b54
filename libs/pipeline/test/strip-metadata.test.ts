// Nothing that a picture carries beside the picture stays, the picture stays byte for byte, and broken bytes break nothing.
import fc from 'fast-check';
import { stripMetadata } from '../src/strip-metadata.js';
import { PICTURES } from './pictures.js';

const CANARY = 'canary 52.5200N 13.4050E';

describe.each(Object.entries(PICTURES))('%s', (_kind, picture) => {
  const [before, after] = picture(CANARY);

  it('has only the picture left', () => {
    expect(before.includes(CANARY)).toBe(true);
    expect(stripMetadata(before)).toEqual(after);
  });

  it('that has nothing beside it stays as it is', () => expect(stripMetadata(after)).toEqual(after));

  it('cut anywhere has nothing beside the picture left, and nothing that was not there', () => {
    for (let end = 0; end < before.length; end += 1) {
      const left = stripMetadata(before.subarray(0, end));
      if (end > 12) expect([end, left.includes('canary')]).toEqual([end, false]);
      expect(left.length).toBeLessThanOrEqual(end);
    }
  });

  it('with anything in it ends', () => {
    const change = fc.tuple(fc.nat(before.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const broken = Buffer.from(before);
        for (const [at, byte] of changes) broken[at] = byte;
        expect(stripMetadata(broken).length).toBeLessThanOrEqual(broken.length);
      }),
    );
  });
});

it('other bytes pass as they are', () => {
  const pdf = Buffer.from(`%PDF-1.7 /Author (${CANARY}) \xff\xe1\0\x20Exif\0\0`, 'latin1');
  expect(stripMetadata(pdf)).toEqual(pdf);
});
