// Whatever the schema refuses is refused, also where a rule only warns of the same place; and a period that nobody can read is read strictly.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { CHANNELS } from '#libs/channels';
import { compile, endOf, gateOf, parseDocument, review, SCHEMA, standingOfAge, stateOf, type ConsentRecord, type Facts, type Finding } from '../src/index.js'; // prettier-ignore
import { sentenceOf } from '../src/form.js';
import { RULES } from '../src/lint/index.js';
import { nearest } from '../src/nearest.js';
import { shapeOf } from '../src/shape.js';
import { document, FACTS } from './document.js';
import { FIXTURES, merged } from './fixtures.js';
import { eightTimes, workOf } from './work.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const EXAMPLES = 'docs/instructions';
const REAL: Facts = {
  channels: Object.fromEntries(CHANNELS.map(({ manifest, identifiers }) => [manifest.channel, identifiers])),
};
const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const fits = ajv.compile(SCHEMA);

/** Values that hardly any place takes: of the right type but badly written, or of another type. */
const MALFORMED = ['', 'sofort', 'P999999D', 'A49-1-z', 'x'.repeat(5_000), -1, 0.5, true, null, [], {}, { 'No key': 1 }, ['', ''], { toString: null }] as const; // prettier-ignore

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const partsOf = (path: string): string[] =>
  path.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')); // prettier-ignore

/** The document with this value at this place. */
function withValue(of: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(of);
  const parts = partsOf(path);
  const last = parts.pop()!;
  const parent = parts.reduce<Node>((at, part) => (at[part] ??= {}) as Node, copy as Node);
  parent[last] = value;
  return copy;
}

const errorsOf = (of: unknown, facts: Facts): Finding[] =>
  review(of, facts, NOW).filter(({ severity }) => severity === 'error');

const lenient = RULES.filter(({ severity }) => severity !== 'error').flatMap(({ rule }) =>
  Object.entries(FIXTURES[rule]!.bad).map(([name, fixture]) => [rule, name, fixture] as const),
);

it.each(lenient)('%s, %s: a malformed value at its place is refused there', (_rule, _name, { patch, at }) => {
  const bad = merged(document(), patch);
  for (const path of [at].flat()) {
    let refused = 0;
    for (const value of MALFORMED) {
      const changed = withValue(bad, path, value);
      if (fits(changed)) continue;
      refused++;
      const places = errorsOf(changed, FACTS).map((finding) => finding.path);
      for (const { path: place } of shapeOf(changed).findings) expect([path, value, places]).toEqual([path, value, expect.arrayContaining([place])]); // prettier-ignore
      expect([path, value, places.length > 0]).toEqual([path, value, true]);
    }
    expect([path, refused > 2]).toEqual([path, true]);
  }
});

it('what an audit got approved is refused: periods, a mechanism, texts that are empty or too long', () => {
  const consent = { version: '1', purposes: ['support'], en: 'May we?', accept: { en: ['yes'] }, refuse: { en: ['no'] } };
  const bad = merged(document(), {
    purposes: { support: { basis: 'A6-1-a', consent: 'ask' }, more: { dpv: 'CustomerCare', basis: 'A6-1-f', balancingTest: '', data: ['content'] } },
    texts: { ask: { ...consent, askAgainAfter: 'sofort', holdFor: 'P999999D' }, 'first-notice': { en: 'AI '.repeat(2_000) } },
    recipients: { bot: { country: 'US', transfer: { mechanism: 'A49-1-z', ref: '' } } },
    legalHolds: [{ scope: 'content', basis: 'a claim', from: '2026-01-01', review: '' }],
  });
  expect(errorsOf(bad, FACTS).filter(({ rule }) => rule === 'schema').map(({ path }) => path).toSorted()).toEqual([
    '/legalHolds/0/review', '/purposes/more/balancingTest', '/recipients/bot/transfer/mechanism', '/recipients/bot/transfer/ref',
    '/texts/ask/askAgainAfter', '/texts/ask/holdFor', '/texts/first-notice/en',
  ]);
}); // prettier-ignore

it('every shape of the schema has its own sentence, with an example', () => {
  const shapesIn = (at: unknown): Record<string, unknown>[] =>
    isNode(at) ? [at, ...Object.values(at).flatMap(shapesIn)] : [];
  const shapes = shapesIn(SCHEMA);
  for (const keyword of ['pattern', 'format', 'anyOf']) {
    const those = shapes.filter((shape) => keyword in shape && typeof shape['type'] === 'string');
    expect(those.length).toBeGreaterThan(0);
    for (const parentSchema of those) {
      const { message, fix } = sentenceOf({ keyword, params: {}, parentSchema, data: '', instancePath: '', schemaPath: '' });
      expect(message).toMatch(/^This is not written as (an?|one) /);
      expect(fix).toMatch(/^Write it like this: .+\.$/);
    }
  }
}); // prettier-ignore

it.each([
  ['retenton', 'retention'],
  ['Purpose', 'purposes'],
  ['legal_holds', 'legalHolds'],
  ['colour', null],
  ['', null],
  ['x'.repeat(1_000), null],
])('whoever writes %j may mean %j', (wrong, meant) =>
  expect(nearest(wrong, Object.keys((SCHEMA as unknown as { properties: object }).properties))).toBe(meant),
);

/** Pointers to all values, and to the maps and lists that hold them. */
function* placesIn(value: unknown, path = ''): Iterable<string> {
  if (path !== '') yield path;
  if (isNode(value))
    for (const [key, member] of Object.entries(value))
      yield* placesIn(member, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

const examples = [
  document(),
  ...readdirSync(EXAMPLES)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const parsed = parseDocument(readFileSync(`${EXAMPLES}/${file}`));
      return parsed.ok && parsed.document;
    }),
].map((of) => ({ of, places: [...placesIn(of)] }));

it('examples in which anything is changed into anything: where ajv refuses there is an error, at the place that it names', () => {
  const change = fc.oneof(
    fc.constantFrom(...MALFORMED),
    fc.string(),
    fc.jsonValue({ maxDepth: 2 }),
    fc.stringMatching(/^P?T?[0-9]{1,7}[A-Z]$/),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  const mutated = fc.constantFrom(...examples).chain(({ of, places }) =>
    fc
      .array(fc.tuple(fc.constantFrom(...places), change), { minLength: 1, maxLength: 3 })
      // The deepest first: a place of which the one above has changed is not there.
      .map((changes) => changes.toSorted(([a], [b]) => b.length - a.length).reduce<unknown>((at, [path, value]) => withValue(at, path, value), of)),
  );
  let refused = 0;
  fc.assert(
    fc.property(mutated, (changed) => {
      if (fits(changed)) return;
      refused++;
      const errors = errorsOf(changed, REAL);
      for (const { message, fix } of errors) {
        expect(message).toMatch(/^[A-Z].+\.$/s);
        expect(fix).toMatch(/^[A-Z].{5,}[.")]$/s);
        expect(message + fix).not.toMatch(/it has to be here|undefined|\[object|NaN/);
      }
      const places = new Set(errors.map(({ path }) => path));
      expect(places.size).toBeGreaterThan(0);
      for (const { path } of shapeOf(changed).findings) expect(places).toContain(path);
    }),
    { numRuns: 1_500 },
  );
  expect(refused).toBeGreaterThan(500);
}); // prettier-ignore

/** As a controller's JSON may have them: maps of which no text can be made, and keys that every object has by itself. */
const ODD = [{ toString: null }, [{ toString: null, valueOf: 1 }], { constructor: {} }, { hasOwnProperty: 'x' }, { length: 7 }, JSON.parse('{"__proto__":{"data":7}}'), 'constructor', ['toString']]; // prettier-ignore

it.each(ODD.map((odd) => [JSON.stringify(odd), odd]))(
  '%s at any place of the examples is answered',
  (_, odd: unknown) => {
    for (const { of, places } of examples)
      for (const place of places) {
        const changed = withValue(of, place, odd);
        const errors = errorsOf(changed, REAL);
        if (!fits(changed)) expect([place, errors.length > 0]).toEqual([place, true]);
      }
  },
);

it('a document of nothing but mistakes: what is told of it grows with its length only', () => {
  const wrong = (count: number) => ({
    ...document(),
    ...Object.fromEntries(Array.from({ length: count }, (_, n) => [`purpos${n}`, n])),
  });
  const reviewing = (count: number) => () => expect(review(wrong(count), FACTS, NOW)).toHaveLength(500);
  reviewing(5_000)();
  expect(workOf(reviewing(40_000))).toBeLessThan(eightTimes(workOf(reviewing(5_000))));
});

it('no error is left out where there is more to say than anybody reads', () => {
  const purposes = Object.fromEntries(
    Array.from({ length: 400 }, (_, n) => [
      `p${n}`,
      { dpv: 'CustomerCare', basis: 'A6-1-f', consent: `t${n}`, data: ['content'] },
    ]),
  );
  const recipients = Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [
      `r${n}`,
      { kind: 'crm', url: 'https://a.example', country: 'DE', purposes: ['p0'], data: ['content'] },
    ]),
  );
  const findings = review(merged(document(), { purposes, recipients }), FACTS, NOW);
  expect(findings).toHaveLength(500);
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(
    new Set(['no-balancing-test', 'dangling-reference', 'no-authority']),
  );
});

describe('a period that cannot be read', () => {
  const at = new Date(NOW.getTime() - 1_000);
  const compiled = (text: object) =>
    compile(
      merged(document(), {
        purposes: { support: { basis: 'A6-1-a', consent: 'ask' } },
        texts: { ask: { version: '1', purposes: ['support'], en: 'May we?', ...text } },
      }) as ReturnType<typeof document>,
      FACTS,
      { tenantId: 't', version: 1, hash: 'h', privacyPage: 'https://x.example' },
    );
  const record = (state: ConsentRecord['state'], scope: string): ConsentRecord => ({
    purpose: 'support',
    state,
    scope,
    at,
  });

  it.each(['sofort', '', 'P', 'P999999999999Y', '-'])('%j has no end', (period) =>
    expect(endOf(at, period)).toBeNull(),
  );

  it('asks nobody again who has refused, or who has not answered yet', () => {
    const one = compiled({ askAgainAfter: 'sofort', holdFor: 'sofort' });
    const { scope } = one.consents[0]!;
    for (const state of ['refused', 'withdrawn', 'requested'] as const)
      expect([state, gateOf(one, [record(state, scope)], NOW).ask]).toEqual([state, null]);
    expect(standingOfAge([{ state: 'asked', age: 16, source: 'person', at }], { age: 16, holdFor: 'sofort', now: NOW })).toBe('asked'); // prettier-ignore
  });

  it('lets no consent stand', () => {
    const [consent] = compiled({ expires: 'sofort' }).consents;
    expect(stateOf(consent!, record('given', consent!.scope), NOW)).toBe('expired');
  });
});

it.each([
  ['an address without a host', '/recipients/bot/url', 'https://'],
  ['a port that there is not', '/recipients/bot/url', 'https://bot.acme.example:99999/'],
  ['a host that is no address', '/recipients/bot/url', 'https://1.2.3.4.5/'],
  ['a leap second', '/effective/from', '2027-01-01T23:59:60Z'],
  ['a zone of hours alone', '/recipients/bot/from', '2027-01-01T10:00:00+01'],
])('%s could not be read later: refused', (_what, path, value) => {
  const patched = withValue(document(), path, value);
  const errors = errorsOf(patched, FACTS).map(({ rule, path: at }) => `${rule} ${at}`);
  expect(errors).toEqual([`schema ${path}`]);
});
