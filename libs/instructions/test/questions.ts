// Documents and events by chance: any document that the schema accepts, also one that the linter would never let through.
import fc from 'fast-check';
import { CATEGORIES, IDENTIFIER_ACTIONS, personal, type ChannelEvent, type Content, type EventBody, type IdentifierKind } from '#libs/kernel'; // prettier-ignore
import { CHANNELS as ADAPTERS } from '#libs/channels';
import { OPERATIONS, TREATMENTS, type InstructionsDocument } from '../src/document.js';
import type { Facts } from '../src/index.js';
import { WORDS, type SaidOfAge } from './naive-words.js';
import { document, FACTS } from './document.js';

const like = FACTS.channels['whatsapp-cloud']!.find(({ key }) => key === 'location')!;
const guard = (key: string, category: IdentifierKind['category']): IdentifierKind => ({
  ...like,
  key,
  category,
  paths: [key],
  dpv: ['Name'],
});

/** The kinds of the other tests, and those that guard what a message consists of. */
export const WIDE: Facts = {
  channels: {
    ...FACTS.channels,
    'whatsapp-cloud': [
      ...FACTS.channels['whatsapp-cloud']!,
      guard('file_name', 'attachments'),
      guard('flow_answers', 'content'),
      guard('order', 'content'),
    ],
    messenger: [
      ...FACTS.channels['messenger']!,
      guard('quick_reply_email', 'profile'),
      guard('flow_answers', 'content'),
    ],
  },
};
/** The kinds that the channels themselves declare. */
export const REAL: Facts = {
  channels: Object.fromEntries(ADAPTERS.map(({ manifest, identifiers }) => [manifest.channel, identifiers])),
};
const CHANNELS = ['whatsapp-cloud', 'messenger', 'web'];
const keysOf = ({ channels }: Facts): readonly string[] => [
  ...new Set(Object.values(channels).flatMap((kinds) => kinds.map(({ key }) => key))),
  'shoe_size',
];
const HANDLES = ['wa_id', 'psid', 'visitor_id'];
const PURPOSES = ['support', 'news', 'a/b~c'];
const some = <T>(values: readonly T[], minLength = 0) => fc.subarray([...values], { minLength });
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const without = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

/** Mostly so, that much is accepted and there is something to compare; now and then otherwise. */
const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: other });

const action = fc.constantFrom(...IDENTIFIER_ACTIONS);
const clause = fc.oneof(
  { weight: 3, arbitrary: fc.constant('keep' as const) },
  { weight: 4, arbitrary: action },
  {
    weight: 3,
    arbitrary: fc
      .record({ do: action, purposes: optional(some(PURPOSES)), period: optional(fc.constant('P7D')) })
      .map(without),
  },
);
const purpose = fc
  .record({
    dpv: fc.constant('CustomerCare'),
    basis: fc.constantFrom('A6-1-a', 'A6-1-b', 'A6-1-f'),
    art9: optional(fc.constantFrom('A9-2-a', 'A9-2-h')),
    consent: fc.constant('ask'),
    data: mostly(
      some(CATEGORIES).map((more) => [...new Set([...more, 'routing' as const, 'content' as const])]),
      some(CATEGORIES, 1),
    ),
    operations: mostly(fc.constant(undefined), some(OPERATIONS)),
    features: optional(some(['first_name', 'timezone', 'pseudo_email', 'shoe_size'])),
  })
  .map(without);
const attachments = fc
  .record({
    types: optional(some(['image', 'image/*', 'image/png', 'document', 'document/*', 'application/pdf', 'audio/*'])),
    maxBytes: optional(fc.constant(1_000)),
    stripMetadata: optional(fc.boolean()),
  })
  .map(without);
const channel = (keys: readonly string[]) =>
  fc
    .record({
      enabled: mostly(fc.constantFrom(undefined, true), fc.constant(false)),
      identifiers: fc
        .tuple(
          mostly(fc.constant({ wa_id: 'keep', psid: 'keep', visitor_id: 'keep' }), fc.constant({})),
          fc.dictionary(fc.constantFrom(...keys), clause, {
            maxKeys: Math.ceil(keys.length / 3),
            noNullPrototype: true,
          }),
        )
        .map(([handles, more]) => ({ ...more, ...handles })),
      attachments: optional(attachments),
    })
    .map(without);
const recipient = (keys: readonly string[]) =>
  fc
    .record({
      kind: fc.constant('webhook'),
      purposes: some(PURPOSES, 1),
      data: some(CATEGORIES),
      identifiers: optional(some(keys)),
      from: fc.constantFrom(undefined, undefined, '2026-11-24', '2026-12-24'),
      transfer: fc.constantFrom(undefined, undefined, { mechanism: 'A46-2-c', validUntil: '2026-11-24' }, { mechanism: 'A46-2-c', validUntil: '2026-11-23' }), // prettier-ignore
    })
    .map(without);

const mapOf = <T>(keys: readonly string[], value: fc.Arbitrary<T>, minKeys: number) =>
  fc.dictionary(fc.constantFrom(...keys), value, { minKeys, maxKeys: keys.length, noNullPrototype: true });

const treatment = fc.constantFrom(...TREATMENTS);
const freeText = fc
  .record({
    detect: optional(some(['email', 'phone', 'iban', 'ip'])),
    beforeStore: optional(treatment),
    beforeRecipient: optional(mapOf(['bot', 'crm'], treatment, 0)),
  })
  .map(without);
const sensitive = fc
  .record({
    mode: fc.constantFrom('forbid', 'warn', 'allow'),
    text: optional(fc.constant('told')),
    purgeWithin: optional(fc.constant('P1D')),
  })
  .map(without);
const minors = fc
  .record({
    mode: fc.constantFrom('not-directed', 'refuse', 'guardian'),
    ages: optional(fc.constantFrom({ DE: 13 }, { DE: 18 }, { AT: 18 })),
  })
  .map(without);

const TEXTS = {
  ask: { version: '1', en: 'May we?', accept: { en: ['yes'] }, refuse: { en: ['no'] } },
  told: { en: 'Please do not.' },
};

export const documentsOf = (facts: Facts): fc.Arbitrary<InstructionsDocument> =>
  fc
    .record({
      purposes: mapOf(PURPOSES, purpose, 1),
      channels: mostly(mapOf(CHANNELS, channel(keysOf(facts)), 3), mapOf(CHANNELS, channel(keysOf(facts)), 1)),
      recipients: mapOf(['bot', 'crm'], recipient(keysOf(facts)), 0),
      freeText: optional(freeText),
      specialCategories: optional(sensitive),
      criminalData: optional(sensitive),
      minors: optional(minors),
    })
    .map(
      (parts) => without({ ...document(), texts: { ...document().texts, ...TEXTS }, ...parts }) as InstructionsDocument,
    );

const words = fc.constantFrom(...WORDS);
const FILES = [
  { media: 'document', mime: 'application/pdf; charset=binary' },
  { media: 'image', mime: 'image/png' },
  { media: 'image' },
  { media: 'audio', mime: 'audio/ogg' },
  { media: 'document' },
] as const;
const simple: fc.Arbitrary<Content> = fc.oneof(
  words.map((text): Content => ({ type: 'text', text })),
  fc.constant<Content>({ type: 'choice', id: 'c', title: 'Choice' }),
  fc.constant<Content>({ type: 'unsupported', what: 'poll' }),
  fc
    .record({
      file: fc.constantFrom(...FILES),
      more: fc.record({ caption: optional(words), fileName: optional(fc.constant('scan.pdf')) }),
    })
    .map(({ file, more }): Content => ({ type: 'media', source: { id: '1' }, ...file, ...without(more) })),
  fc.constant<Content>({ type: 'location', latitude: 52.5234, longitude: 13.4114, name: 'Home' }),
  fc.constant<Content>({ type: 'contacts', contacts: [{ name: 'Ben' }] }),
  fc.constantFrom<Content>({ type: 'form', answers: { a: 1 } }, { type: 'form', name: 'quick_reply_email', answers: 'ada@example.org' }), // prettier-ignore
  fc.constant<Content>({ type: 'order', order: { sum: 1 } }),
);
const content: fc.Arbitrary<Content> = fc.oneof(
  { weight: 5, arbitrary: simple },
  { weight: 1, arbitrary: fc.array(simple, { minLength: 1, maxLength: 3 }).map((items): Content => ({ type: 'group', items })) }, // prettier-ignore
);

const target = personal('target');
const bodies: fc.Arbitrary<EventBody> = fc.oneof(
  {
    weight: 6,
    arbitrary: content.map((one): EventBody => ({ type: 'message', content: personal(one), contentType: one.type })),
  },
  {
    weight: 1,
    arbitrary: content.map((one): EventBody => ({
      type: 'edit',
      target,
      content: personal(one),
      contentType: one.type,
    })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<EventBody>(
      { type: 'revoke', target },
      { type: 'reaction', target, emoji: personal('👍') },
      { type: 'status', target, status: 'read' },
      { type: 'watermark', status: 'read', until: 1 },
      { type: 'identity-change', previous: [], current: [] },
      { type: 'preference', topic: 'marketing', value: 'stop' },
      { type: 'call' },
      { type: 'profile' },
      { type: 'unknown', path: 'x' },
    ),
  },
);

/** Of many kinds an event has few. */
const someKeys = (facts: Facts) =>
  facts === WIDE ? some(keysOf(facts)) : fc.uniqueArray(fc.constantFrom(...keysOf(facts)), { maxLength: 16 });

const VALUES: Readonly<Record<string, string>> = { ip: '198.51.100.77', location: '52.5234,13.4114' };

export const eventsOf = (facts: Facts): fc.Arbitrary<ChannelEvent> =>
  fc
    .record({
      channel: mostly(fc.constantFrom('whatsapp-cloud', 'messenger', 'web'), fc.constant('pigeon')),
      keys: mostly(
        someKeys(facts).map((keys) => [...new Set([...keys, ...HANDLES])]),
        someKeys(facts),
      ),
      body: bodies,
      group: mostly(fc.constant(false), fc.constant(true)),
      locale: fc.constantFrom(undefined, 'de-AT', 'tlh'),
    })
    .map(({ keys, group, locale, ...rest }) => ({
      ...rest,
      ...(group ? { group: true as const } : {}),
      ...(locale === undefined ? {} : { locale }),
      account: '1',
      via: 'primary',
      at: 0,
      messageId: personal('m'),
      dedupe: personal('d'),
      identifiers: keys.map((key) => ({ key, value: personal(VALUES[key] ?? `value of ${key}`), path: `x.${key}` })),
    }));

/** What was said of the person's age, if anything. */
export const ages: fc.Arbitrary<SaidOfAge | null> = fc.constantFrom<SaidOfAge | null>(
  null,
  { state: 'asked', age: 16, source: 'person' },
  { state: 'declared-adult', age: 13, source: 'person' },
  { state: 'declared-adult', age: 16, source: 'person' },
  { state: 'declared-adult', age: 18, source: 'person' },
  { state: 'declared-minor', age: 16, source: 'person' },
  { state: 'guardian-confirmed', age: 16, source: 'controller' },
);

/** What is known of the person: purposes that are open, or nothing yet. */
export const openings: fc.Arbitrary<readonly string[] | null> = mostly<readonly string[] | null>(
  fc.constantFrom(null, PURPOSES),
  some(PURPOSES),
);
