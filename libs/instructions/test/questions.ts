// Documents and events by chance: any document that the schema accepts, also one that the linter would never let through.
import fc from 'fast-check';
import { CATEGORIES, IDENTIFIER_ACTIONS, personal, type ChannelEvent, type Content, type EventBody, type IdentifierKind } from '#libs/kernel'; // prettier-ignore
import { OPERATIONS, type InstructionsDocument } from '../src/document.js';
import type { Facts } from '../src/index.js';
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
const CHANNELS = ['whatsapp-cloud', 'messenger', 'web'];
const KEYS = [...new Set(Object.values(WIDE.channels).flatMap((kinds) => kinds.map(({ key }) => key))), 'shoe_size'];
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
    consent: fc.constant('ask'),
    data: mostly(
      some(CATEGORIES).map((more) => [...new Set([...more, 'routing' as const, 'content' as const])]),
      some(CATEGORIES, 1),
    ),
    operations: mostly(fc.constant(undefined), some(OPERATIONS)),
    features: optional(some(['first_name', 'timezone', 'pseudo_email', 'shoe_size'])),
  })
  .map(without);
const channel = fc
  .record({
    enabled: mostly(fc.constantFrom(undefined, true), fc.constant(false)),
    identifiers: fc
      .tuple(
        mostly(fc.constant({ wa_id: 'keep', psid: 'keep', visitor_id: 'keep' }), fc.constant({})),
        fc.dictionary(fc.constantFrom(...KEYS), clause, { maxKeys: 8, noNullPrototype: true }),
      )
      .map(([handles, more]) => ({ ...more, ...handles })),
  })
  .map(without);
const recipient = fc
  .record({
    kind: fc.constant('webhook'),
    purposes: some(PURPOSES, 1),
    data: some(CATEGORIES),
    identifiers: optional(some(KEYS)),
    from: fc.constantFrom(undefined, undefined, '2026-11-24', '2026-12-24'),
    transfer: fc.constantFrom(undefined, undefined, { mechanism: 'A46-2-c', validUntil: '2026-11-24' }, { mechanism: 'A46-2-c', validUntil: '2026-11-23' }), // prettier-ignore
  })
  .map(without);

const mapOf = <T>(keys: readonly string[], value: fc.Arbitrary<T>, minKeys: number) =>
  fc.dictionary(fc.constantFrom(...keys), value, { minKeys, maxKeys: keys.length, noNullPrototype: true });

export const documents: fc.Arbitrary<InstructionsDocument> = fc
  .record({
    purposes: mapOf(PURPOSES, purpose, 1),
    channels: mostly(mapOf(CHANNELS, channel, 3), mapOf(CHANNELS, channel, 1)),
    recipients: mapOf(['bot', 'crm'], recipient, 0),
  })
  .map((parts) => ({ ...document(), ...parts }));

const words = fc.constantFrom('hello', 'a caption', '');
const simple: fc.Arbitrary<Content> = fc.oneof(
  fc.constant<Content>({ type: 'text', text: 'hello' }),
  fc.constant<Content>({ type: 'choice', id: 'c', title: 'Choice' }),
  fc.constant<Content>({ type: 'unsupported', what: 'poll' }),
  fc
    .record({ caption: optional(words), fileName: optional(fc.constant('scan.pdf')) })
    .map((more): Content => ({ type: 'media', media: 'document', source: { id: '1' }, ...without(more) })),
  fc.constant<Content>({ type: 'location', latitude: 52.5234, longitude: 13.4114, name: 'Home' }),
  fc.constant<Content>({ type: 'contacts', contacts: [{ name: 'Ben' }] }),
  fc.constantFrom<Content>({ type: 'form', answers: { a: 1 } }, { type: 'form', name: 'quick_reply_email', answers: 'a@b.example' }), // prettier-ignore
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

const VALUES: Readonly<Record<string, string>> = { ip: '198.51.100.77', location: '52.5234,13.4114' };

export const events: fc.Arbitrary<ChannelEvent> = fc
  .record({
    channel: mostly(fc.constantFrom('whatsapp-cloud', 'messenger', 'web'), fc.constant('pigeon')),
    keys: mostly(
      some(KEYS).map((keys) => [...new Set([...keys, 'wa_id', 'psid', 'visitor_id'])]),
      some(KEYS),
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

/** What is known of the person: purposes that are open, or nothing yet. */
export const openings: fc.Arbitrary<readonly string[] | null> = mostly<readonly string[] | null>(
  fc.constantFrom(null, PURPOSES),
  some(PURPOSES),
);
