// Every identifier kind of every channel under every action, from the parsed update to what would be stored and passed on; also
// where a value hides: in ids, names of files, contacts, forms, addresses of pages, texts of the platform.
import { globSync, readFileSync } from 'node:fs';
import { CHANNELS, type ChannelAdapter } from '#libs/channels';
import {
  apply,
  compile,
  decide,
  FILE_METADATA,
  heldRules,
  NEW_SUBJECT,
  reduce,
  type CompiledInstructions,
  type InstructionsDocument,
} from '#libs/instructions';
import { CATEGORIES, IDENTIFIER_ACTIONS, personal, reveal, type ChannelEvent, type Content, type IdentifierAction, type IdentifierKind } from '#libs/kernel'; // prettier-ignore
import { stringsOf } from '../../../test/contract/census.js';
import type { InboundBody } from '../src/body.js';
import { keptOf } from '../src/kept.js';
import { withoutSources } from '../src/media.js';

const facts = { channels: Object.fromEntries(CHANNELS.map((c) => [c.manifest.channel, c.identifiers])) };
const META = { tenantId: '00000000-0000-4000-8000-000000000001', version: 1, hash: 'h', privacyPage: '' };
const NOW = Date.parse('2026-11-24T12:00:00Z');

const compiledWith = (channel: string, identifiers: Readonly<Record<string, IdentifierAction>>): CompiledInstructions =>
  compile(
    {
      purposes: { all: { dpv: 'CustomerCare', basis: 'A6-1-b', data: CATEGORIES, features: Object.keys(identifiers) } },
      channels: { [channel]: { identifiers } },
      parties: { controller: { name: 'Acme', contact: 'a@acme.example' } },
      texts: {},
      retention: [],
      recipients: { bot: { kind: 'webhook', purposes: ['all'], data: CATEGORIES, identifiers: Object.keys(identifiers) } },
    } as unknown as InstructionsDocument,
    facts,
    META,
  ); // prettier-ignore

const routingOf = (adapter: ChannelAdapter): readonly string[] =>
  adapter.identifiers.filter(({ role }) => role === 'routing').map(({ key }) => key);

/** What a document that keeps the routing kinds, and does this with one kind, makes of an event. */
function carriedOut(adapter: ChannelAdapter, event: ChannelEvent, rule: { key: string; action: IdentifierAction }) {
  const routing = Object.fromEntries(routingOf(adapter).map((key) => [key, 'keep' as const]));
  const compiled = compiledWith(adapter.manifest.channel, { ...routing, [rule.key]: rule.action });
  const decision = decide(compiled, NEW_SUBJECT, event);
  if (decision.outcome === 'refused') return { refused: decision.cause };
  const decided = apply(event, decision, (key, value) => `#${key}#${value.length}`);
  const kept = keptOf(decided, { instructions: compiled, handles: routingOf(adapter), worked: true });
  const after = reduce(kept, { rules: heldRules(compiled, adapter.manifest.channel), state: 'delivered' }, () => '#');
  return { kept, after, handles: decided.identifiers.filter(({ key }) => routingOf(adapter).includes(key)) };
}

type Outcome = ReturnType<typeof carriedOut>;
const bodies = (outcome: Outcome): { kept: InboundBody; after: InboundBody } => {
  if ('refused' in outcome) throw new Error(outcome.refused);
  return outcome;
};

const VALUE: Readonly<Record<string, string>> = {
  IPAddress: '203.0.113.77',
  GPSCoordinate: '52.5234,13.4114',
  CommunicationsMetadata: '2026-11-24T12:34:56.000Z',
  BrowsingBehaviour: 'https://shop.example/page?campaign=CANARY',
  BrowsingReferral: 'https://shop.example/page?campaign=CANARY',
};
const valueOf = ({ dpv }: IdentifierKind): string => dpv.flatMap((term) => VALUE[term] ?? [])[0] ?? 'CANARY-VALUE-123';

/** An event that exposes the routing kinds and this one. */
const exposing = (adapter: ChannelAdapter, kind: IdentifierKind): ChannelEvent => ({
  channel: adapter.manifest.channel,
  account: null,
  via: 'primary',
  at: NOW,
  messageId: kind.key === 'message_id' ? personal(valueOf(kind)) : null,
  dedupe: personal('d'),
  identifiers: [
    ...routingOf(adapter).filter((key) => key !== kind.key).map((key) => ({ key, value: personal(`the ${key}`), path: key })),
    { key: kind.key, value: personal(valueOf(kind)), path: kind.paths[0] ?? '' },
  ],
  body: { type: 'message', content: personal({ type: 'text', text: 'hello' }), contentType: 'text' },
}); // prettier-ignore

const KINDS = CHANNELS.flatMap((adapter) => adapter.identifiers.map((kind) => ({ adapter, kind, name: `${adapter.manifest.channel}/${kind.key}` }))); // prettier-ignore
const BESIDE = KINDS.filter(({ kind }) => kind.role !== 'routing');

describe.each(BESIDE)('$name', ({ adapter, kind }) => {
  const event = exposing(adapter, kind);
  const value = valueOf(kind);
  const under = (action: IdentifierAction) => carriedOut(adapter, event, { key: kind.key, action });

  it.each(IDENTIFIER_ACTIONS)('%s', (written) => {
    const outcome = under(written);
    // What is in a file is kept or taken out: the linter refuses the rest, and nothing would be left (docs/decisions/0024).
    const action = kind.key === FILE_METADATA && !['keep', 'block'].includes(written) ? 'drop' : written;
    if (action === 'block') return expect(outcome).toEqual({ refused: 'identifier-blocked' });
    const { kept, after } = bodies(outcome);
    const left = kept.identifiers[kind.key];
    const strings = stringsOf({ ...kept, passing: null });
    if (action === 'keep') return expect(left).toBe(value);
    expect(strings).not.toContain(value);
    if (action === 'pseudonymise') return expect([left, kept.forms]).toEqual([`#${kind.key}#${value.length}`, { [kind.key]: 'pseudonymise' }]); // prettier-ignore
    if (action === 'truncate') return expect(left ?? '').not.toContain(value);
    expect(left).toBeUndefined();
    expect(kept.passing).toEqual(action === 'pass' ? { [kind.key]: value } : undefined);
    return expect(stringsOf(after)).not.toContain(value);
  });
});

describe.each(KINDS.filter(({ kind }) => kind.role === 'routing'))('$name, by which a person is answered', ({ adapter, kind }) => {
  it.each(['keep', 'drop', 'block'] as const)('%s', (action) => {
    const outcome = carriedOut(adapter, exposing(adapter, kind), { key: kind.key, action });
    if (action === 'block') return expect(outcome).toEqual({ refused: 'identifier-blocked' });
    if ('refused' in outcome) return expect([action, outcome.refused, routingOf(adapter).length]).toEqual(['drop', 'no-routing-identifier', 1]); // prettier-ignore
    expect(outcome.handles.map(({ key }) => key).includes(kind.key)).toBe(action === 'keep');
    return expect(stringsOf(outcome.kept)).not.toContain(valueOf(kind));
  });
}); // prettier-ignore

/** Real updates: what a dropped kind said must be nowhere in what is stored, whatever repeats it. */
const CASES = CHANNELS.flatMap((adapter) =>
  globSync(`test/cases/${adapter.manifest.channel}/*.payload.json`).flatMap((file) =>
    adapter.parse(JSON.parse(readFileSync(file, 'utf8')) as unknown, NOW).events.map((event) => ({ adapter, event, file })),
  ),
); // prettier-ignore

/** Shorter values occur everywhere; and what a person typed themselves is content, whatever it repeats. */
const TELLING = 6;
const typedIn = (content: Content): string => {
  if (content.type === 'text') return content.text;
  if (content.type === 'media') return content.caption ?? '';
  return content.type === 'group' ? content.items.map(typedIn).join('\n') : '';
};
const typed = ({ body }: ChannelEvent): string =>
  body.type === 'message' || body.type === 'edit' ? JSON.stringify(typedIn(reveal(body.content))) : '';

describe('in real updates', () => {
  const exposed = CASES.flatMap(({ adapter, event, file }) =>
    event.identifiers.map(({ key, value }) => ({ adapter, event, file, key, value: reveal(value) })),
  ).filter(({ value }) => value.length >= TELLING);

  it('most kinds are exposed by one at least', () => {
    const seen = new Set(exposed.map(({ adapter, key }) => `${adapter.manifest.channel}/${key}`));
    expect(seen.size).toBeGreaterThan(KINDS.length / 2);
  });

  it.each(['drop', 'pass', 'pseudonymise'] as const)('%s leaves the value nowhere in what is stored', (action) => {
    const leaks = exposed.flatMap(({ adapter, event, file, key, value }) => {
      // Old chats are not stored at all.
      if (routingOf(adapter).includes(key) || event.via === 'history') return [];
      const outcome = carriedOut(adapter, event, { key, action });
      if ('refused' in outcome || typed(event).includes(value)) return [];
      // A value of the same form that another, kept kind has is that kind's.
      const kept = event.identifiers.some((one) => routingOf(adapter).includes(one.key) && reveal(one.value) === value);
      // By the time it is delivered its files were fetched, and the names that the platform has for them are gone.
      const { content } = outcome.after;
      const stored = { ...outcome.after, content: content && withoutSources(content) };
      const found = stringsOf(stored).some((text) => text.includes(value));
      return found && !kept ? [`${adapter.manifest.channel}/${key} in ${file}`] : [];
    });
    expect([...new Set(leaks)]).toEqual([]);
  });
});
