// The example documents can be approved, with the warnings that stand here; the guide explains every section.
import { readdirSync, readFileSync } from 'node:fs';
import { CHANNELS } from '#libs/channels';
import { parseDocument, review, SCHEMA, type Facts } from '#libs/instructions';

const FOLDER = 'docs/instructions';
const SECTIONS = (SCHEMA as unknown as { properties: Readonly<Record<string, object>> }).properties;
const FACTS: Facts = {
  channels: Object.fromEntries(CHANNELS.map(({ manifest, identifiers }) => [manifest.channel, identifiers])),
};
/** The day on which the examples were written: later a transfer in them expires. */
const NOW = new Date('2026-11-24T12:00:00Z');

/** What whoever approves them has to acknowledge, beside what this release does not carry out yet. */
const WARNINGS: Readonly<Record<string, readonly string[]>> = {
  'shop.yaml': ['sensitive-identifier-kept /channels/whatsapp-cloud/identifiers/order'],
  'clinic.yaml': [],
  'recruiter.yaml': ['sensitive-identifier-kept /channels/web/identifiers/prechat_name'],
  'public-authority.yaml': [],
};

const examples = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
const guide = readFileSync(`${FOLDER}/README.md`, 'utf8');

it('the examples are those', () => expect(examples.toSorted()).toEqual(Object.keys(WARNINGS).toSorted()));

it.each(examples)('%s has no errors, and the warnings that we know', (file) => {
  const parsed = parseDocument(readFileSync(`${FOLDER}/${file}`));
  expect(parsed).toMatchObject({ ok: true });
  const findings = review(parsed.ok && parsed.document, FACTS, NOW);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const toAcknowledge = findings.filter(({ rule, severity }) => severity !== 'info' && rule !== 'not-carried-out');
  expect(toAcknowledge.map(({ rule, path }) => `${rule} ${path}`)).toEqual(WARNINGS[file]);
});

it('the guide has a heading for every section, and links every example', () => {
  const headings = [...guide.matchAll(/^### (.+)$/gm)].flatMap(([, heading = '']) =>
    [...heading.matchAll(/`(\w+)`/g)].map(([, section]) => section),
  );
  expect(new Set(headings)).toEqual(new Set(Object.keys(SECTIONS)));
  for (const example of examples) expect(guide).toContain(`(${example})`);
});

/** Every key that a part of the schema knows, at any depth. */
const keysIn = (shape: unknown): string[] => {
  if (typeof shape !== 'object' || shape === null) return [];
  const { properties = {}, ...rest } = shape as { properties?: object };
  return [...Object.keys(properties), ...Object.values({ ...properties, ...rest }).flatMap(keysIn)];
};

it('the guide has every key and every word of choice, in the part about its section', () => {
  const parts = new Map(
    guide.split(/^### /m).slice(1).flatMap((part) => {
      const [heading = ''] = part.split('\n');
      return [...heading.matchAll(/`(\w+)`/g)].map(([, section = '']) => [section, part] as const);
    }),
  );
  const choices = (shape: unknown): string[] => {
    if (typeof shape !== 'object' || shape === null) return [];
    const { enum: words = [] } = shape as { enum?: readonly unknown[] };
    const own = Array.isArray(words) ? words.filter((word): word is string => typeof word === 'string') : [];
    return [...own, ...Object.values(shape).flatMap(choices)];
  };
  const common = new Set(choices(SECTIONS['categories']));
  const missing = Object.entries(SECTIONS).flatMap(([section, shape]) =>
    [...new Set([...keysIn(shape), ...choices(shape)])]
      .filter((word) => !common.has(word) && !new RegExp(`(^|[^\\w-])${word}([^\\w-]|$)`, 'm').test(parts.get(section) ?? ''))
      .map((word) => `${section}: ${word}`),
  );
  expect(missing).toEqual([]);
}); // prettier-ignore

it('every fragment in the guide is read and fits the schema at its place', () => {
  const fragments = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
  expect(fragments.length).toBeGreaterThan(15);
  for (const fragment of fragments) {
    const parsed = parseDocument(fragment);
    expect([fragment, parsed.ok]).toEqual([fragment, true]);
    const findings = review(parsed.ok && parsed.document, FACTS, NOW);
    const sections = Object.keys(parsed.ok ? parsed.document : {});
    const own = findings.filter(({ rule, path }) => rule === 'schema' && sections.includes(path.split('/')[1] ?? ''));
    expect([fragment, own]).toEqual([fragment, []]);
  }
});

it('the identifiers of every channel are described by terms of the vocabulary', () => {
  const dpv = [...new Set(CHANNELS.flatMap(({ identifiers }) => identifiers.flatMap((kind) => kind.dpv)))];
  const findings = review({ categories: { content: { dpv } } }, FACTS, NOW);
  const unknown = findings.filter(({ rule }) => rule === 'unknown-data-term');
  expect(unknown.map(({ path }) => dpv[Number(path.split('/').at(-1))])).toEqual([]);
});
