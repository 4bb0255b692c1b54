// What the retention lines of a document come to: which category, counted from when, for how long, for which data.
import type { InstructionsDocument } from '#libs/instructions';
import { begunUntil, nameOf, rulesOf } from '../src/retention/rules.js';

const document = (retention: object[], purposes: object = { support: { dpv: 'CustomerCare', data: ['routing', 'content'] } }) =>
  ({ purposes, retention, channels: {} }) as unknown as InstructionsDocument; // prettier-ignore
const written = (versions: InstructionsDocument[]): string[] =>
  rulesOf(versions.map((one, n) => ({ version: n + 1, document: one }))).map(
    (rule) => `${rule.category} ${rule.period} from ${rule.start}, up to version ${rule.upTo}`,
  );

const TWO = {
  support: { dpv: 'CustomerCare', data: ['routing', 'content'] },
  orders: { dpv: 'OrderManagement', data: ['content'] },
};

test.each([
  {
    what: 'files go with the text, a conversation with what leads to the person',
    versions: [document([{ data: 'content', start: 'ingest', period: 'PT6S' }, { data: 'routing', period: 'P30D' }])],
    rules: ['content PT6S from ingest, up to version 1', 'attachments PT6S from ingest, up to version 1', 'routing P30D from last-activity, up to version 1'],
  },
  {
    what: 'content outlives the identifiers: they go alone',
    versions: [document([{ data: 'content', period: 'P1Y' }, { data: 'routing', period: 'P30D' }])],
    rules: [
      'content P1Y from last-activity, up to version 1', 'attachments P1Y from last-activity, up to version 1',
      'identifiers P30D from last-activity, up to version 1', 'routing P1Y from last-activity, up to version 1',
    ],
  },
  {
    what: 'two purposes need it: the longest decides, each by its own line or the general one',
    versions: [document([{ data: 'content', period: 'P10D' }, { data: 'content', purpose: 'orders', period: 'P20D' }, { data: 'routing', period: 'P20D' }], TWO)],
    rules: ['content P20D from last-activity, up to version 1', 'attachments P20D from last-activity, up to version 1', 'routing P20D from last-activity, up to version 1'],
  },
  {
    what: 'a line that counts from a withdrawal sets no end by itself',
    versions: [document([{ data: 'content', start: 'withdrawal', period: 'P1D' }, { data: 'content', period: 'P9D' }, { data: 'routing', period: 'P9D' }])],
    rules: ['content P9D from last-activity, up to version 1', 'attachments P9D from last-activity, up to version 1', 'routing P9D from last-activity, up to version 1'],
  },
  {
    what: 'a stricter version applies to what is held; an earlier one still to what was kept under it',
    versions: [
      document([{ data: 'content', period: 'P9D' }, { data: 'routing', period: 'P9D' }]),
      document([{ data: 'content', period: 'P5D' }, { data: 'routing', period: 'P9D' }]),
    ],
    rules: [
      'content P9D from last-activity, up to version 1', 'attachments P9D from last-activity, up to version 1', 'routing P9D from last-activity, up to version 2',
      'content P5D from last-activity, up to version 2', 'attachments P5D from last-activity, up to version 2',
    ],
  },
])('$what', ({ versions, rules }) => {
  expect(written(versions)).toEqual(rules);
}); // prettier-ignore

test('an action on an identifier that names a period is a rule of its own, up to the last version that names it', () => {
  const under = (clause: unknown) =>
    ({ ...document([]), channels: { web: { identifiers: { visitor_id: 'keep', ip: clause } } } }) as unknown as InstructionsDocument; // prettier-ignore
  const versions = [under({ do: 'keep', period: 'P9D' }), under({ do: 'keep', period: 'P5D' }), under('truncate')];
  const rules = rulesOf(versions.map((one, n) => ({ version: n + 1, document: one })));
  expect(rules.map(nameOf)).toEqual(['identifier web/ip ingest P9D 1', 'identifier web/ip ingest P5D 2']);
});

test('a version with a higher number that began before is among those that a rule looks at', () => {
  const line = document([{ data: 'content', period: 'P30D' }]);
  const order = [2, 1, 3].map((version) => ({ version, document: line }));
  const [rule] = rulesOf(begunUntil(order, 1));
  expect(rule).toMatchObject({ category: 'content', upTo: 1, under: [2, 1] });
});
