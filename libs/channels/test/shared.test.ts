// What several channels share: signature, splitting, fingerprints, undeclared paths, answers of the Graph API.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { reveal, type HttpResponse } from '#libs/kernel';
import { fingerprint } from '../src/shared/fingerprint.js';
import { errorTable, platformErrors, readGraphAnswer } from '../src/shared/graph-answer.js';
import { isSignedByMeta, metaChallenge } from '../src/shared/meta-webhook.js';
import { instant, number, text } from '../src/shared/read.js';
import { declare, fieldName, noteUndeclared, values } from '../src/shared/shape.js';
import { inBytes, splitOver, splitText } from '../src/shared/split-text.js';

const hmac = (algorithm: string, raw: Buffer, secret: string) =>
  createHmac(algorithm, secret).update(raw).digest('hex');
const headers = (all: Record<string, string>) => (name: string) => all[name.toLowerCase()];

const NOW = Date.UTC(2026, 8, 1, 12);

describe('signature of Meta', () => {
  const raw = Buffer.from('{"text":"gr\\u00fc\\u00df dich"}');
  const good = `sha256=${hmac('sha256', raw, 'secret')}`;

  it.each([
    ['signed by the secret', good, 'secret', true],
    ['upper-case digits', good.toUpperCase().replace('SHA256', 'sha256'), 'secret', true],
    ['another secret', good, 'other', false],
    ['no secret known', good, undefined, false],
    ['empty secret', `sha256=${hmac('sha256', raw, '')}`, '', false],
    ['truncated', good.slice(0, -1), 'secret', false],
    ['longer', `${good}0`, 'secret', false],
    ['no prefix', good.slice(7), 'secret', false],
    ['SHA-1 in the SHA-256 header', `sha1=${hmac('sha1', raw, 'secret')}`, 'secret', false],
    ['missing', undefined, 'secret', false],
  ])('%s', (_, header, secret, expected) => {
    expect(isSignedByMeta(raw, (name) => (name === 'x-hub-signature-256' ? header : undefined), secret)).toBe(expected);
  });

  it('does not read the SHA-1 header', () => {
    const sha1 = headers({ 'x-hub-signature': `sha1=${hmac('sha1', raw, 'secret')}` });
    expect(isSignedByMeta(raw, sha1, 'secret')).toBe(false);
  });

  it('sees one altered bit anywhere', () => {
    for (let byte = 0; byte < raw.length; byte++) {
      const altered = Buffer.from(raw);
      altered.writeUInt8(altered.readUInt8(byte) ^ 1, byte);
      expect(isSignedByMeta(altered, () => good, 'secret')).toBe(false);
    }
  });
});

describe('subscription check of Meta', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'token', 'hub.challenge': '1158201444' };
  it.each([
    ['the right token', query, 'token', '1158201444'],
    ['a wrong token', { ...query, 'hub.verify_token': 'tokem' }, 'token', null],
    ['a longer token', { ...query, 'hub.verify_token': 'token1' }, 'token', null],
    ['no token given', { ...query, 'hub.verify_token': undefined }, 'token', null],
    ['no token set', { ...query, 'hub.verify_token': '' }, '', null],
    ['another mode', { ...query, 'hub.mode': 'unsubscribe' }, 'token', null],
    ['no challenge', { ...query, 'hub.challenge': undefined }, 'token', null],
  ])('%s', (_, given, token, expected) => expect(metaChallenge(given, token)).toBe(expected));
});

describe('splitting text', () => {
  it('leaves short text alone, white space included', () => expect(splitText(' a. b. ', 7)).toEqual([' a. b. ']));
  it('cuts at sentence ends', () =>
    expect(splitText('One is here. Two is there! Is three? Four.', 26)).toEqual([
      'One is here. Two is there!',
      'Is three? Four.',
    ]));
  it('does not take an abbreviated number for a sentence end', () =>
    expect(splitText('It costs 3.50 euro. Thank you.', 20)).toEqual(['It costs 3.50 euro.', 'Thank you.']));
  it('cuts a long sentence at words and a long word at graphemes', () => {
    expect(splitText('alpha beta gamma', 11)).toEqual(['alpha beta', 'gamma']);
    expect(splitText('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 17)).toEqual(['👩‍👩‍👧👩‍👩‍👧', '👩‍👩‍👧']);
  });
  it('knows sentence ends of other scripts', () =>
    expect(splitText('これは文です。次の文です。', 7)).toEqual(['これは文です。', '次の文です。']));
  it('keeps every character but white space, within the limit', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 20, max: 60 }), (whole, max) => {
        const parts = splitText(whole, max);
        if (whole.length > max) expect(parts.every((part) => part.length <= max && part !== '')).toBe(true);
        expect(parts.join('').replaceAll(/\s/gu, '')).toBe(whole.replaceAll(/\s/gu, ''));
      }),
      { numRuns: 300 },
    ));
  it('leaves room under the last part, and loses nothing by it', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }),
        fc.integer({ min: 20, max: 60 }),
        (whole, max) => {
          fc.pre(whole.trim() !== '');
          const { before, last } = splitOver(whole, 20, { max, size: inBytes });
          expect(before.filter((part) => Buffer.byteLength(part) > max || part === '')).toEqual([]);
          expect(last.length).toBeLessThanOrEqual(20);
          expect([...before, last].join('').replaceAll(/\s/gu, '')).toBe(whole.replaceAll(/\s/gu, ''));
        },
      ),
      { numRuns: 300 },
    ));
  it('makes as few parts as can be', () =>
    expect(splitOver('x'.repeat(9_000), 1_024, { max: 4_096 }).before.map(({ length }) => length)).toEqual([
      4_096, 4_096,
    ]));
  it('comes to an end with one endless sentence', () => {
    expect(splitText('word '.repeat(40_000), 4096).length).toBeGreaterThan(45);
  });
});

describe('fingerprint', () => {
  it('is the same for any order of keys', () =>
    expect(fingerprint({ a: 1, b: { c: [1, 2], d: null } })).toBe(fingerprint({ b: { d: null, c: [1, 2] }, a: 1 })));
  it('differs for anything else', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        fc.pre(JSON.stringify(sorted(a)) !== JSON.stringify(sorted(b)));
        expect(fingerprint(a)).not.toBe(fingerprint(b));
      }),
    ));
  it('takes any depth', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 200_000; level++) deep = [deep];
    expect(fingerprint(deep)).toMatch(/^[0-9a-f]{64}$/);
  });
});

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner), '{}']);
};

describe('undeclared paths', () => {
  const declared = declare({ ...values('id name'), list: [{ ...values('x'), any: 'any' }] }, '');
  const noted = (value: unknown) => {
    const paths = new Set<string>();
    noteUndeclared(value, declared, paths);
    return [...paths];
  };
  it.each<[string, unknown, string[]]>([
    ['all declared', { id: 1, name: null, list: [{ x: 'y', any: { z: 1 } }] }, []],
    ['a new field, named once', { list: [{ n: 'secret' }, { n: 'secret' }] }, ['list[].n']],
    ['an object where a value is expected', { id: { deep: 'secret' } }, ['id']],
    ['a value where a list is expected', { list: 'secret' }, ['list']],
    ['a value where an object is expected', { list: ['secret'] }, ['list[]']],
    ['a value used as a name', { '+49 155 5000 0001': 1, 'ada@example.org': 1, a12345: 1 }, ['*']],
    ['names that objects have anyway', JSON.parse('{"__proto__":1,"constructor":2}'), ['__proto__', 'constructor']],
  ])('%s', (_, value, expected) => expect(noted(value)).toEqual(expected));
  it('stops counting', () =>
    expect(noted(Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`f${i}`, i])))).toHaveLength(200));
  it('names', () => expect([fieldName('from_user_id'), fieldName('Ada Example')]).toEqual(['from_user_id', '*']));
});

describe('readers', () => {
  it.each<[unknown, string | undefined]>([
    ['a', 'a'],
    ['', undefined],
    [12, '12'],
    [Number.NaN, undefined],
    [{}, undefined],
  ])('text of %j', (value, expected) => expect(text(value)).toBe(expected));
  it.each<[unknown, number | undefined]>([
    [1.5, 1.5],
    ['-73.95', -73.95],
    ['1e9', undefined],
    ['x', undefined],
    [true, undefined],
  ])('number of %j', (value, expected) => expect(number(value)).toBe(expected));
  it.each<[unknown, number | undefined]>([
    ['1749416383', 1_749_416_383_000],
    [1_749_416_383, 1_749_416_383_000],
    [1_749_416_383_123, 1_749_416_383_123],
    [0, undefined],
    [-5, undefined],
    ['TIMESTAMP', undefined],
    ['99999999999999999', NOW],
    [8.64e15, NOW],
    [NOW + 1, NOW],
  ])('instant of %j', (value, expected) => expect(instant(value, NOW)).toBe(expected));
});

describe('answers of the Graph API', () => {
  const table = errorTable([
    { codes: [10], subcode: 7, means: { kind: 'refused', reason: 'window-closed' } },
    { codes: [10], range: [200, 299], means: { kind: 'stopped', reason: 'credentials' } },
    { codes: [613], means: { kind: 'throttled', scope: 'pair', afterMs: 4000, growth: 4 } },
  ]);
  const read = (response: HttpResponse, attempt = 1) =>
    readGraphAnswer(response, attempt, { table, messageId: (body) => text(body['message_id']) });
  const answered = (status: number, json?: unknown, all: Record<string, string> = {}): HttpResponse => ({
    kind: 'answered',
    status,
    headers: all,
    json,
  });
  const failing = (status: number, error: Record<string, unknown>) => answered(status, { error });

  it('accepted, with and without an id', () => {
    const accepted = read(answered(200, { message_id: 'm_1' }));
    expect(accepted.kind === 'accepted' && accepted.messageId && reveal(accepted.messageId)).toBe('m_1');
    expect(read(answered(200, { success: true }))).toEqual({ kind: 'accepted', messageId: null });
  });

  it.each<[string, HttpResponse, number, object]>([
    [
      'subcode first',
      failing(400, { code: 10, error_subcode: 7 }),
      1,
      { kind: 'refused', reason: 'window-closed', code: '10/7' },
    ],
    [
      'code when the subcode is unknown',
      failing(400, { code: 10, error_subcode: 8 }),
      1,
      { kind: 'stopped', reason: 'credentials', code: '10/8' },
    ],
    ['a range', failing(403, { code: 250 }), 1, { kind: 'stopped', reason: 'credentials', code: '250' }],
    [
      'wait of the first attempt',
      failing(400, { code: 613 }),
      1,
      { kind: 'throttled', scope: 'pair', afterMs: 4000, code: '613' },
    ],
    [
      'wait of the third attempt',
      failing(400, { code: 613 }),
      3,
      { kind: 'throttled', scope: 'pair', afterMs: 64_000, code: '613' },
    ],
    [
      'wait has an end',
      failing(400, { code: 613 }),
      30,
      { kind: 'throttled', scope: 'pair', afterMs: 21_600_000, code: '613' },
    ],
    [
      'wait as the platform says',
      answered(429, undefined, { 'retry-after': '120' }),
      1,
      { kind: 'throttled', scope: 'connection', afterMs: 120_000, code: 'http-429' },
    ],
    ['unknown code', failing(400, { code: 999 }), 1, { kind: 'refused', reason: 'content', code: '999' }],
    [
      'unknown but transient',
      failing(400, { code: 999, is_transient: true }),
      1,
      { kind: 'retry', attempts: 5, code: '999' },
    ],
    ['an error in a 200', failing(200, { code: 250 }), 1, { kind: 'stopped', reason: 'credentials', code: '250' }],
    ['server error', answered(503), 1, { kind: 'retry', attempts: 5, code: 'http-503' }],
    ['no credentials', answered(401), 1, { kind: 'stopped', reason: 'credentials', code: 'http-401' }],
    ['network', { kind: 'failed', reason: 'network' }, 1, { kind: 'retry', attempts: 5, code: 'network' }],
    ['time-out', { kind: 'failed', reason: 'timeout' }, 1, { kind: 'retry', attempts: 5, code: 'timeout' }],
    [
      'host not allowed',
      { kind: 'failed', reason: 'forbidden-host' },
      1,
      { kind: 'stopped', reason: 'restricted', code: 'forbidden-host' },
    ],
  ])('%s', (_, response, attempt, expected) => expect(read(response, attempt)).toEqual(expected));

  it('errors of an update by code, without titles', () =>
    expect(
      platformErrors([{ code: 131051, title: 'x' }, { code: '100', error_subcode: 33 }, { code: 'ERROR' }, null]),
    ).toEqual([{ code: 131051 }, { code: 100, subcode: 33 }]));
});
