// The one runner of all cases: parses each payload and compares with the reviewed expectation beside it.
import { CHANNELS, type ChannelAdapter } from '#libs/channels';
import type { ParseResult } from '#libs/kernel';
import { casesOf, examplesOf, expectation, orphansOf, writeExpectation, type Case } from './files.js';
import { NOW, plainResult, summaryResult } from './plain.js';

const update = process.env['UPDATE_EXPECTED'] === '1';

function check(adapter: ChannelAdapter, one: Case, show: (result: ParseResult) => unknown): void {
  const shown = show(adapter.parse(one.payload, NOW)) as { events: unknown[]; undeclared: string[] };
  const source = expectation(one.expectedFile)?.source ?? one.source;
  if (update) writeExpectation(one.expectedFile, { source, ...shown });
  const expected = expectation(one.expectedFile);
  if (!expected) throw new Error(`no expectation: run with UPDATE_EXPECTED=1, then review ${one.name}`);
  expect({ events: expected.events, undeclared: expected.undeclared }).toEqual(shown);
  expect(expected.source).toMatch(/\S.{9,}/);
}

describe.each(CHANNELS.map((adapter) => [adapter.manifest.channel, adapter] as const))('%s', (channel, adapter) => {
  const cases = casesOf(channel);
  const examples = examplesOf(channel);

  it('has cases, and no expectation without a payload', () => {
    expect(cases.length).toBeGreaterThan(0);
    expect(orphansOf(channel)).toEqual([]);
  });

  for (const one of cases) it(one.name, () => check(adapter, one, plainResult));
  for (const one of examples) it(`example ${one.name}`, () => check(adapter, one, summaryResult));
});
