// Instructions in time: the version that began last is in force until it ends, and nothing comes back by itself.
import { inForceAt, succession, type Approved } from '../src/in-force.js';

const v = (version: number, approved: string, effective: { from?: string; until?: string } = {}): Approved => ({
  version,
  approved_at: new Date(approved),
  from: effective.from ?? null,
  until: effective.until ?? null,
});
const one = v(1, '2026-11-01T10:00:00Z');

it.each<[string, readonly Approved[], string, number | null, string | null]>([
  ['nothing was ever approved', [], '2026-11-24T00:00:00Z', null, null],
  ['before the approval', [one], '2026-11-01T09:59:59.999Z', null, '2026-11-01T10:00:00.000Z'],
  ['from the approval on', [one], '2026-11-01T10:00:00Z', 1, null],
  ['the next version follows', [one, v(2, '2026-11-20T00:00:00Z')], '2026-11-24T00:00:00Z', 2, null],
  ['and the past can still be asked for', [one, v(2, '2026-11-20T00:00:00Z')], '2026-11-19T00:00:00Z', 1, '2026-11-20T00:00:00.000Z'],
  [
    'approved now for the new year: the old one stays until then',
    [one, v(2, '2026-11-20T00:00:00Z', { from: '2027-01-01' })],
    '2026-12-31T23:59:59.999Z',
    1,
    '2027-01-01T00:00:00.000Z',
  ],
  ['… and the new one is in force then', [one, v(2, '2026-11-20T00:00:00Z', { from: '2027-01-01' })], '2027-01-01T00:00:00Z', 2, null],
  [
    'a beginning in the past is no approval in the past',
    [v(1, '2026-11-20T00:00:00Z', { from: '2026-01-01' })],
    '2026-11-19T00:00:00Z',
    null,
    '2026-11-20T00:00:00.000Z',
  ],
  [
    'the last day is included',
    [v(1, '2026-11-01T00:00:00Z', { until: '2026-12-31' })],
    '2026-12-31T23:59:59.999Z',
    1,
    '2027-01-01T00:00:00.000Z',
  ],
  ['after its end nothing is in force', [v(1, '2026-11-01T00:00:00Z', { until: '2026-12-31' })], '2027-01-01T00:00:00Z', null, null],
  [
    'and what it superseded does not come back',
    [one, v(2, '2026-11-10T00:00:00Z', { until: '2026-11-20T12:00:00+02:00' })],
    '2026-11-20T10:00:00Z',
    null,
    null,
  ],
  [
    'an earlier beginning that was approved later supersedes nothing that begins after it',
    [v(1, '2026-11-01T00:00:00Z', { from: '2027-01-01' }), v(2, '2026-11-10T00:00:00Z')],
    '2027-01-01T00:00:00Z',
    1,
    null,
  ],
  [
    'two begin at once: the later approval',
    [v(2, '2026-11-02T00:00:00Z', { from: '2027-01-01' }), v(1, '2026-11-03T00:00:00Z', { from: '2027-01-01' })],
    '2027-01-01T00:00:00Z',
    1,
    null,
  ],
])('%s', (_name, approved, at, version, changesAt) => {
  expect(inForceAt(approved, new Date(at))).toMatchObject({ version, changesAt: changesAt && new Date(changesAt) });
}); // prettier-ignore

test('versions follow one another as they begin, which is not always how they are numbered', () => {
  const approved = [
    v(1, '2026-11-01T00:00:00Z', { from: '2027-01-01' }),
    v(2, '2026-11-10T00:00:00Z'),
    v(3, '2026-11-12T00:00:00Z', { from: '2027-02-01' }),
  ];
  expect(inForceAt(approved, new Date('2026-12-01'))).toMatchObject({ version: 2, earlier: [] });
  expect(inForceAt(approved, new Date('2027-01-02'))).toMatchObject({ version: 1, earlier: [2] });
  const written = approved.map(({ version, approved_at, from }) => ({
    version,
    approved_at,
    document: { effective: from ? { from } : {} },
  }));
  const never = { version: 4, approved_at: null, document: {} };
  expect(succession([...written, never]).map(({ version }) => version)).toEqual([2, 1, 3]);
});
