// What a stricter version leaves of what is held: by examples, and as laws over random documents and messages.
import fc from 'fast-check';
import { IDENTIFIER_ACTIONS, type Category, type Content, type IdentifierAction } from '#libs/kernel';
import {
  compile,
  heldRules,
  reduce,
  stricterThan,
  TREATMENTS,
  type CompiledInstructions,
  type Held,
  type InstructionsDocument,
} from '../src/index.js';
import { levelOf, narrowest, type Level } from '../src/held/level.js';
import { document, FACTS } from './document.js';

const CHANNEL = 'web';
const KINDS = ['visitor_id', 'ip', 'file_name', 'location', 'flow_answers', 'message_id', 'page_url', 'at'] as const;
const kinds = KINDS.map((key) => ({
  ...FACTS.channels['web']![0]!,
  key,
  dpv: { ip: 'IPAddress', location: 'GPSCoordinate', page_url: 'BrowsingBehaviour', at: 'CommunicationsMetadata' }[key as string] ? [{ ip: 'IPAddress', location: 'GPSCoordinate', page_url: 'BrowsingBehaviour', at: 'CommunicationsMetadata' }[key as string]!] : ['UID'],
})); // prettier-ignore
const facts = { channels: { ...FACTS.channels, [CHANNEL]: kinds } };

interface Version {
  readonly enabled: boolean;
  readonly listed: boolean;
  readonly actions: Readonly<Record<string, IdentifierAction>>;
  readonly data: readonly Category[];
  readonly beforeStore: (typeof TREATMENTS)[number];
  readonly files: { readonly types?: string[]; readonly maxBytes?: number; readonly stripMetadata?: boolean };
}

const compiledOf = (v: Version): CompiledInstructions => {
  const d = document();
  const purpose = { dpv: 'CustomerCare', basis: 'A6-1-b', data: v.data };
  const clause = { enabled: v.enabled, identifiers: v.actions, attachments: v.files };
  const changed = {
    ...d,
    purposes: { support: purpose },
    channels: v.listed ? { [CHANNEL]: clause } : {},
    freeText: { beforeStore: v.beforeStore },
  } as InstructionsDocument;
  return compile(changed, facts, { tenantId: '00000000-0000-4000-8000-000000000001', version: 1, hash: 'h', privacyPage: '' });
}; // prettier-ignore

const version: fc.Arbitrary<Version> = fc.record({
  enabled: fc.boolean(),
  listed: fc.boolean(),
  actions: fc.dictionary(fc.constantFrom(...KINDS), fc.constantFrom(...IDENTIFIER_ACTIONS)),
  data: fc.subarray<Category>(['routing', 'content', 'attachments']),
  beforeStore: fc.constantFrom(...TREATMENTS),
  files: fc.record(
    {
      types: fc.subarray(['image', 'image/png', 'application/*']),
      maxBytes: fc.constantFrom(10, 1_000),
      stripMetadata: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
});

const content: fc.Arbitrary<Content> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: fc.string() }),
  fc.record({ type: fc.constant('location' as const), latitude: fc.double({ min: -90, max: 90, noNaN: true }), longitude: fc.constant(13.4114) }),
  fc.record({ type: fc.constant('form' as const), answers: fc.constant({ a: 1 }) }),
  fc.record(
    { type: fc.constant('media' as const), media: fc.constant('image' as const), source: fc.constant({ id: 'x' }), mime: fc.constantFrom('image/png', 'image/gif'), caption: fc.string(), fileName: fc.string() },
    { requiredKeys: ['type', 'media', 'source'] },
  ),
); // prettier-ignore
const VALUES: Readonly<Record<string, string>> = {
  ip: '203.0.113.77',
  at: '2026-11-24T12:34:56.000Z',
  page_url: 'https://shop.example/a?b=c',
  location: '52.5234,13.4114',
};
const held: fc.Arbitrary<Held> = fc.record({
  content: fc.oneof(fc.constant(null), content, fc.array(content, { minLength: 1, maxLength: 2 }).map((items) => ({ type: 'group' as const, items }))),
  identifiers: fc.subarray([...KINDS]).map((keys) => Object.fromEntries(keys.map((key) => [key, VALUES[key] ?? `${key} value`]))),
  messageId: fc.constantFrom(undefined, 'wamid.1'),
}).map(({ messageId, ...rest }) => (messageId === undefined ? rest : { ...rest, messageId })); // prettier-ignore

const pseudonymise = (key: string, value: string): string => `#${key}:${value.length}`;
const under = (body: Held, v: CompiledInstructions, state: 'open' | 'delivered' = 'delivered'): Held =>
  reduce(body, { rules: heldRules(v, CHANNEL), state }, pseudonymise);

it('metadata of files that only a closed purpose keeps does not stay in them', () => {
  const purposes = {
    support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'attachments'] },
    news: { dpv: 'Advertising', basis: 'A6-1-a', data: ['attachments'] },
  };
  const channels = { web: { identifiers: { visitor_id: 'keep', file_metadata: { do: 'keep', purposes: ['news'] } } } };
  const compiled = compile({ ...document(), purposes, channels } as unknown as InstructionsDocument, FACTS, {
    tenantId: 't',
    version: 1,
    hash: 'h',
    privacyPage: '',
  });
  const strips = (...open: string[]): boolean => heldRules(compiled, 'web', new Set(open)).files.stripMetadata;
  expect([strips('support'), strips('support', 'news'), heldRules(compiled, 'web').files.stripMetadata]).toEqual([
    true,
    false,
    false,
  ]);
});

describe('levels', () => {
  const level = fc.constantFrom<Level>('whole', 'truncated', 'pseudonymised', 'nothing');
  it('meet in whatever order, once or often, at nothing that one of them forbids', () =>
    fc.assert(
      fc.property(level, level, level, (a, b, c) => {
        expect(narrowest(a, b)).toBe(narrowest(b, a));
        expect(narrowest(a, narrowest(b, c))).toBe(narrowest(narrowest(a, b), c));
        expect(narrowest(a, a)).toBe(a);
        expect(narrowest(a, 'nothing')).toBe('nothing');
      }),
    ));
  it('only what is kept is held whole, and what is passed on is not held', () => {
    expect(IDENTIFIER_ACTIONS.map(levelOf)).toEqual(['whole', 'pseudonymised', 'truncated', 'nothing', 'nothing', 'nothing']); // prettier-ignore
  });
});

describe('reduce, over random versions and messages', () => {
  const runs = { numRuns: 3_000 };
  it('twice is once', () =>
    fc.assert(
      fc.property(held, version, (body, v) => {
        const once = under(body, compiledOf(v));
        expect(under(once, compiledOf(v))).toBe(once);
      }),
      runs,
    ));

  it('of identifiers, the order of versions does not matter', () =>
    fc.assert(
      fc.property(held, version, version, (body, v, w) => {
        const [a, b] = [compiledOf(v), compiledOf(w)];
        const [left, right] = [under(under(body, a), b), under(under(body, b), a)];
        expect(left.identifiers).toEqual(right.identifiers);
        expect(left.forms).toEqual(right.forms);
      }),
      runs,
    ));

  it('a version that is not stricter takes nothing away from what the one before has left', () =>
    fc.assert(
      fc.property(held, version, version, (body, v, w) => {
        const [before, after] = [compiledOf(v), compiledOf(w)];
        fc.pre(stricterThan(before, after).length === 0);
        const left = under(body, before);
        expect(under(left, after)).toBe(left);
      }),
      { numRuns: 2_000, maxSkipsPerRun: 1_000 },
    ));

  it('nothing of a value is left that the version does not permit to hold', () =>
    fc.assert(
      fc.property(held, version, (body, v) => {
        const compiled = compiledOf(v);
        const left = under(body, compiled);
        for (const [key, value] of Object.entries(left.identifiers)) {
          const action = heldRules(compiled, CHANNEL).identifiers[key]?.do;
          if (action !== 'keep') expect(value).not.toBe(body.identifiers[key]);
          expect(['keep', 'truncate', 'pseudonymise']).toContain(action);
        }
      }),
      runs,
    ));

  it('is stricter than itself in nothing', () =>
    fc.assert(fc.property(version, (v) => expect(stricterThan(compiledOf(v), compiledOf(v))).toEqual([]))));
});

describe('what is stricter, by name', () => {
  const base: Version = {
    enabled: true,
    listed: true,
    actions: { visitor_id: 'keep', ip: 'keep', page_url: 'pseudonymise', flow_answers: 'pass' },
    data: ['routing', 'content', 'attachments'],
    beforeStore: 'tokenise',
    files: { types: ['image'], maxBytes: 1_000, stripMetadata: false },
  };
  const changed = (change: Partial<Version>): readonly string[] =>
    stricterThan(compiledOf(base), compiledOf({ ...base, ...change }));
  const ip = (action: IdentifierAction): Partial<Version> => ({ actions: { ...base.actions, ip: action } });

  it.each<[string, Partial<Version>, string[]]>([
    ['an identifier that is dropped', ip('drop'), ['/channels/web/identifiers/ip']],
    ['one that becomes a pseudonym', ip('pseudonymise'), ['/channels/web/identifiers/ip']],
    ['one that is coarsened', ip('truncate'), ['/channels/web/identifiers/ip']],
    ['one that is only passed on', ip('pass'), ['/channels/web/identifiers/ip']],
    ['a pseudonym where only a coarser form is permitted', { actions: { ...base.actions, page_url: 'truncate' } }, ['/channels/web/identifiers/page_url']],
    ['what is not passed on any more', { actions: { ...base.actions, flow_answers: 'drop' } }, ['/channels/web/identifiers/flow_answers']],
    ['a category that no purpose uses', { data: ['routing', 'attachments'] }, ['/purposes?data=content']],
    ['a channel that is switched off', { enabled: false }, ['/channels/web/enabled']],
    ['redaction', { beforeStore: 'redact' }, ['/freeText/beforeStore']],
    ['fewer types of files', { files: { ...base.files, types: ['image/png'] } }, ['/channels/web/attachments']],
    ['smaller files', { files: { ...base.files, maxBytes: 10 } }, ['/channels/web/attachments']],
    ['metadata that goes', { files: { ...base.files, stripMetadata: true } }, ['/channels/web/attachments']],
    ['only the metadata, where everything else is laxer', { beforeStore: 'as-is', files: {} }, ['/channels/web/attachments']],
    ['nothing, where a pseudonym may be kept whole', { actions: { ...base.actions, page_url: 'keep' } }, []],
    ['nothing, where what was passed on is kept', { actions: { ...base.actions, flow_answers: 'keep' } }, []],
  ])('%s', (_what, change, expected) => expect(changed(change)).toEqual(expected)); // prettier-ignore
});
