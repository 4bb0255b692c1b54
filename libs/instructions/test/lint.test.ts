// Every rule of the linter, by fixtures: documents that it objects to, and near ones that it has nothing to say about.
import { review, type Facts, type Finding } from '../src/index.js';
import { RULES } from '../src/lint/index.js';
import { document, FACTS } from './document.js';
import { FIXTURES, merged, type Good } from './fixtures.js';

const NOW = new Date('2026-11-24T12:00:00Z');

const factsFor = ({ inForce }: Good): Facts =>
  inForce === undefined ? FACTS : { ...FACTS, inForce: merged(document(), inForce) };
const found = (fixture: Good): Finding[] => review(merged(document(), fixture.patch), factsFor(fixture), NOW);

const bad = Object.entries(FIXTURES).flatMap(([rule, f]) => Object.entries(f.bad).map(([name, b]) => [rule, name, { ...b, severity: f.severity, article: f.article }] as const)); // prettier-ignore
const good = Object.entries(FIXTURES).flatMap(([rule, f]) =>
  Object.entries(f.good).map(([name, g]) => [rule, name, g] as const),
);

it.each(bad)('%s objects to %s', (rule, _name, { at, says, fix, severity, article, ...fixture }) => {
  const [first, ...more] = found(fixture).filter((finding) => finding.rule === rule);
  const [path, ...paths] = [at].flat();
  expect(first).toEqual({ severity, rule, article, path, message: says, fix });
  expect(more.map((finding) => finding.path)).toEqual(paths);
});

it.each(good)('%s has nothing to say about %s', (rule, _name, fixture) => {
  const findings = found(fixture);
  expect(findings.filter((finding) => finding.rule === rule)).toEqual([]);
  expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
});

it('the short form has nothing wrong, and nothing that has to be acknowledged', () => {
  expect(review(document(), FACTS, NOW)).toEqual([expect.objectContaining({ severity: 'info', rule: 'no-authority' })]);
});

it('no rule is without a document that it objects to and one that it does not', () => {
  const names = ['schema', ...new Set(RULES.map(({ rule }) => rule))];
  expect(Object.keys(FIXTURES).toSorted()).toEqual(names.toSorted());
  for (const [rule, fixture] of Object.entries(FIXTURES))
    expect([rule, Object.keys(fixture.bad).length > 0, Object.keys(fixture.good).length > 0]).toEqual([rule, true, true]); // prettier-ignore
});

it('no two rules have one name, and every article is one of a law', () => {
  expect(new Set(RULES.map(({ rule }) => rule)).size).toBe(RULES.length);
  for (const { rule, article } of RULES)
    expect([rule, article]).toEqual([rule, expect.stringMatching(/^(Arts?\.|Recital) \d.*(GDPR|Directive|Act)$/)]);
});

it.each(bad)('%s, %s: the sentence is one, in plain words', (_rule, _name, { says, fix }) => {
  expect(says).toMatch(/^[A-Z].{15,220}\.$/s);
  expect(fix).toMatch(/^[A-Z].{5,220}[.")]$/s);
  expect(says).not.toMatch(/undefined|null|NaN|\[object|regex|array|string|boolean|JSON/i);
});

/** The rules that the specification of the document demands, by what it says of them. */
const DEMANDED: readonly (readonly [string, Finding['severity'], readonly string[]])[] = [
  ['purpose without basis', 'error', ['purpose-without-basis']],
  ['unknown DPV term', 'error', ['unknown-purpose-term', 'unknown-data-term']],
  ['dangling reference', 'error', ['dangling-reference']],
  ['consent without a text, or bundled with the terms', 'error', ['consent-without-text', 'consent-bundled']],
  ['legitimate interests without a balancing test', 'warning', ['no-balancing-test']],
  ['a category in use without retention, or without end', 'error', ['no-retention', 'retention-without-end']],
  ['retention over three years without a reason', 'warning', ['long-retention']],
  ['special categories without Art. 9(2)', 'error', ['special-categories-without-condition']],
  ['criminal data without a ground of Art. 10', 'error', ['criminal-data-without-ground']],
  ['an identifier kept that no purpose uses', 'error', ['identifier-without-purpose']],
  ['an identifier sent that no purpose covers', 'error', ['recipient-identifier-without-purpose']],
  ['outside the EEA without a mechanism, or expired', 'error', ['transfer-without-mechanism', 'transfer-expired']],
  ['adequacy claimed for a country not on the list', 'error', ['adequacy-claimed']],
  ['marketing without consent or soft opt-in', 'error', ['marketing-without-consent']],
  ['no first notice', 'error', ['no-first-notice']],
  ['a notice that lacks something', 'error', ['notice-without-controller', 'notice-without-dpo', 'notice-without-ai-line']],
  ['a language of the keywords missing in a text', 'warning', ['language-missing']],
  ['an age below the threshold with basis consent', 'error', ['age-below-threshold']],
  ['a sub-processor without the notice period', 'error', ['sub-processor-unannounced']],
  ['a sensitive identifier kept without need', 'warning', ['sensitive-identifier-kept']],
  ['an authority that is named and not in the notice (R-10)', 'warning', ['notice-without-authority']],
  ['a signal of browsers that nobody decided on (ePrivacy)', 'warning', ['signal-undecided']],
  ['soft opt-in without an opt-out line (ePrivacy)', 'warning', ['marketing-without-opt-out']],
  ['asked again within six months (C-5)', 'warning', ['asks-again-soon']],
  ['a look-up that no purpose names', 'error', ['lookup-without-purpose']],
]; // prettier-ignore

it.each(DEMANDED)('demanded: %s', (_what, severity, rules) => {
  for (const name of rules) expect(RULES.find(({ rule }) => rule === name)).toMatchObject({ severity });
});
