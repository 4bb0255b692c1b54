// Every decision twice: by the product and by a naive reading of the document. Small documents exhaustively, others by chance.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { personal, reveal, type Category, type ChannelEvent, type Content, type IdentifierAction } from '#libs/kernel';
import { ageFor, apply, askedFor, compile, decide, detector, fleetingCategory, heldRules, isGuarded, minimise, NO_TOKENS, reduce, screen, standingOfAge, tokenise, treatContent, treatmentFor, withAge, type CompiledInstructions, type Detector, type Facts, type Held, type InstructionsDocument, type Treatment } from '../src/index.js'; // prettier-ignore
import * as naive from './naive.js';
import { document } from './document.js';
import { ages, documentsOf, eventsOf, openings, REAL, WIDE } from './questions.js';

const META = { tenantId: '00000000-0000-4000-8000-000000000001', version: 3, hash: 'abc', privacyPage: 'https://p.example' }; // prettier-ignore
const NOW = Date.parse('2026-11-24T12:00:00Z');
const pseudonymise = (key: string, value: string): string => `hash(${key}:${value.length})`;

/** `PARLEY_FUZZ_PAIRS=1000000 npm test -- libs/instructions/test/decision-table` for more. */
const PAIRS = Number(process.env['PARLEY_FUZZ_PAIRS'] ?? 100_000);
/** A document is made and compiled once for so many events. */
const EVENTS_PER_DOCUMENT = 50;

interface State {
  readonly restricted: boolean;
  readonly open: readonly string[] | null;
  readonly said?: naive.SaidOfAge | null;
}

/** A document under which an event comes, and one under which it is looked at again, read against the kinds of channels. */
interface Versions {
  readonly facts: Facts;
  readonly first: InstructionsDocument;
  readonly today: InstructionsDocument;
  /** Do they say something of words, files and ages? Looking through words is slow, so half of the events are asked. */
  readonly wide: boolean;
}

const contentOf = (event: ChannelEvent): Content | null =>
  event.body.type === 'message' || event.body.type === 'edit' ? reveal(event.body.content) : null;

const worldOf = (
  { facts, first: one }: Pick<Versions, 'facts' | 'first'>,
  channel: string,
  open: State['open'],
): naive.World => ({
  document: one,
  registry: facts.channels[channel] ?? [],
  channel,
  open: open && new Set(open),
});

/** Made once for a document. */
const finders = new WeakMap<CompiledInstructions, Detector>();
function finderOf(compiled: CompiledInstructions): Detector {
  const found = finders.get(compiled) ?? detector({ kinds: compiled.freeText.detect, regions: ['DE'], own: [] });
  finders.set(compiled, found);
  return found;
}

/** What is found in one content, in a table of its own. */
function treatedBy(compiled: CompiledInstructions, content: Content, how: Treatment): Content {
  const { freeText } = compiled;
  const find = finderOf(compiled);
  let map = NO_TOKENS;
  const token = (kind: Parameters<typeof tokenise>[1], value: string): string => {
    const made = tokenise(map, kind, value);
    map = made.map;
    return made.token;
  };
  return treatContent(content, { how, kinds: freeText.detect, find, token });
}

/** As a worker has it, of somebody in Germany. */
function openAtAge(compiled: CompiledInstructions, open: readonly string[], said: State['said']): string[] {
  const { minors, consents } = compiled;
  const [first] = consents;
  const gate = { open: new Set(open), waiting: new Set<string>(), ask: null, asked: null };
  if (minors.mode === 'not-directed' || !first) return [...open];
  const records = said ? [{ ...said, at: new Date(NOW - 60_000) }] : [];
  const standing = standingOfAge(records, { age: ageFor(minors, ['DE']), holdFor: first.holdFor, now: new Date(NOW) });
  return [...withAge(gate, consents, standing).open];
}

/** What a text says of a person's kind is taken out, told or left, and what is in it goes where it may. */
function agreeOnWords(compiled: CompiledInstructions, one: InstructionsDocument, content: Content): void {
  const { content: left, found } = screen(content, compiled.sensitive);
  const expected = naive.screened(one, content);
  const bySection = (a: { section: string }, b: { section: string }) => a.section.localeCompare(b.section);
  same(
    { left, found: found.toSorted(bySection) },
    { left: expected.content, found: expected.found.toSorted(bySection) },
  );
  if (found.length > 0) count('sensitive');
  const how = naive.howStored(one);
  same(compiled.freeText.beforeStore, how);
  const stored = treatedBy(compiled, content, compiled.freeText.beforeStore);
  same(stored, naive.treated(one, content, how));
  count(isDeepStrictEqual(stored, content) ? 'stored as it was written' : `stored by ${how}`);
}

const stateOf = ({ restricted, open }: State) => ({ restricted, ...(open === null ? {} : { open: new Set(open) }) });

/** What is stored of an accepted event, as its body has it. */
function heldOf(event: ChannelEvent, decision: Extract<ReturnType<typeof decide>, { outcome: 'accepted' }>): Held {
  const left = apply(event, decision, pseudonymise);
  const content = left.content && reveal(left.content);
  const values = (of: (action: string) => boolean) => Object.fromEntries(left.identifiers.filter((i) => of(i.action)).map((i) => [i.key, reveal(i.value)]));
  const forms = left.identifiers.flatMap((i) => (i.action === 'truncate' || i.action === 'pseudonymise' ? [[i.key, i.action] as const] : []));
  const passing = values((action) => action === 'pass');
  const categories = (['content', 'attachments'] as const).filter((one) => decision[one].do === 'pass').map(fleetingCategory);
  const fleeting = [...(content && isGuarded(content) ? Object.keys(passing) : []), ...categories];
  return {
    content,
    identifiers: values((action) => action !== 'pass'),
    ...(forms.length > 0 ? { forms: Object.fromEntries(forms) } : {}),
    ...(Object.keys(passing).length > 0 ? { passing } : {}),
    ...(fleeting.length > 0 ? { fleeting } : {}),
  };
} // prettier-ignore

/** Jest's comparison explains, but is slow: it is asked where there is something to explain. */
function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

/** Where a JSON pointer leads in a document. */
const found = (one: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], one);

/** Whoever succeeds names a clause that is written in the document and says so. */
function instructed(one: InstructionsDocument, channel: string, held: { keys: readonly string[]; categories: readonly Category[]; clause: string }): void {
  for (const key of held.keys) {
    const clause = found(one, `/channels/${channel}/identifiers/${key}`) as string | { do: string } | undefined;
    const action = typeof clause === 'string' ? clause : clause?.do;
    if (!['keep', 'pseudonymise', 'truncate', 'pass'].includes(action ?? '')) throw new Error(`nothing instructs ${key}`);
  }
  if (found(one, held.clause) === undefined) throw new Error(`there is no clause ${held.clause}`);
  for (const category of held.categories)
    if (!Object.values(one.purposes).some(({ data }) => data.includes(category))) throw new Error(`no purpose uses ${category}`);
} // prettier-ignore

/** What an action leaves of a value. */
function leftOf(action: IdentifierAction, { key, value, held }: { key: string; value: string; held: Held }): string | undefined {
  if (action === 'keep') return value;
  if (action === 'pseudonymise') return pseudonymise(key, value);
  // Which form is coarser is another test's business: here it must not be the value.
  if (action === 'truncate') return held.identifiers[key] === value ? 'something coarser' : held.identifiers[key];
  return undefined;
} // prettier-ignore

/** How often each outcome was compared: a table that only ever refuses would prove nothing. */
const compared: Record<string, number> = {};
const count = (what: string): void => void (compared[what] = (compared[what] ?? 0) + 1);

/** All that may be asked of two versions. */
function agree(versions: Versions, events_: readonly ChannelEvent[], states: readonly State[]): void {
  const { facts, first, today, wide } = versions;
  const compiled = compile(first, facts, META);
  const compiledToday = first === today ? compiled : compile(today, facts, META);
  for (const [n, event] of events_.entries()) {
    const state = states[n % states.length]!;
    const words = wide && n % 2 === 0;
    const world = worldOf(versions, event.channel, state.open);
    const { group, locale } = event;
    const happened = {
      type: event.body.type, content: contentOf(event), keys: event.identifiers.map(({ key }) => key),
      ...(group ? { group } : {}), ...(locale === undefined ? {} : { locale }),
    };
    const purposes = new Set(state.open ?? Object.keys(first.purposes));
    const asked = askedFor(compiled, event.channel, purposes);
    same(asked.toSorted(), naive.askable({ ...world, open: purposes }).toSorted());
    if (asked.length > 0) count('asked for');
    const decision = decide(compiled, stateOf(state), event);
    const expected = naive.decision(world, happened);
    count(decision.outcome === 'refused' ? decision.cause : 'accepted');
    if (decision.outcome === 'refused' || expected.outcome === 'refused') {
      same(decision, expected);
      continue;
    }
    const short = ({ do: action, clause }: { do: string; clause: string }) => ({ do: action, clause });
    same({
      identifiers: Object.fromEntries(Object.entries(decision.identifiers).map(([key, ruling]) => [key, short(ruling)])),
      content: decision.content,
      attachments: decision.attachments,
      files: decision.files,
      locale: decision.locale,
      store: { operation: decision.store.operation, purpose: decision.store.purpose, clause: decision.store.instruction.clause, categories: decision.store.categories },
    }, { identifiers: expected.identifiers, content: expected.content, attachments: expected.attachments, files: expected.files, locale: expected.locale, store: expected.store });

    if (facts === REAL) count('accepted of a channel as it is');
    const held = heldOf(event, decision);
    same(held.content, naive.stored(world, happened));
    for (const { key, value } of event.identifiers) {
      const { do: action } = expected.identifiers[key]!;
      same(held.identifiers[key], leftOf(action, { key, value: reveal(value), held }));
      same(held.passing?.[key], action === 'pass' ? reveal(value) : undefined);
    }
    instructed(first, event.channel, { keys: [...Object.keys(held.identifiers), ...Object.keys(held.passing ?? {})], categories: decision.store.categories, clause: decision.store.instruction.clause });

    if (words && held.content) agreeOnWords(compiled, first, held.content);
    const consented = state.open ?? Object.keys(today.purposes);
    const open = wide ? naive.openAtAge(today, consented, state.said ?? null) : consented;
    if (wide) same(openAtAge(compiledToday, consented, state.said), open);
    if (open.length < consented.length) count('too young');
    const now = worldOf({ facts, first: today }, event.channel, open);
    const waiting = reduce(held, { rules: heldRules(compiledToday, event.channel), state: 'open' }, pseudonymise);
    const waits = naive.remaining(world, { ...now, open: null }, { kept: held, delivered: false });
    same(waiting.content, waits.content);
    same(Object.keys(waiting.passing ?? {}), waits.passing);
    const rules = heldRules(compiledToday, event.channel, new Set(open));
    const rest = reduce(waiting, { rules, state: 'delivered' }, pseudonymise);
    const stays = naive.remaining(world, now, { kept: { ...held, content: waits.content }, delivered: true });
    same(rest.content, stays.content);
    same(rest.passing, undefined);
    // What has no coarser form is gone although the clause would leave something.
    same(Object.keys(rest.identifiers).filter((key) => !stays.keys.includes(key)), []);
    if (first === today) same(Object.keys(rest.identifiers), stays.keys);
    count(rest === held ? 'stays' : 'loses');

    for (const recipient of compiledToday.recipients) {
      const turn = minimise({
        compiled: compiledToday, state: { restricted: state.restricted }, recipient, channel: event.channel, open: new Set(open),
        content: waiting.content && personal(waiting.content), contentType: waiting.content?.type ?? null, identifiers: waiting.identifiers,
        ...(waiting.passing ? { passing: waiting.passing } : {}),
        treat: (one) => (words ? treatedBy(compiledToday, one, treatmentFor(compiledToday.freeText, recipient.id)) : one), now: NOW,
      });
      const wanted = naive.given(now, recipient.id, { kept: waiting, restricted: state.restricted, now: NOW });
      count('refused' in turn ? turn.refused : 'disclosed');
      if ('refused' in turn || 'refused' in wanted) {
        same(turn, wanted);
        continue;
      }
      const { purpose, categories, identifiers, content, mandate, fileMetadata } = turn;
      const told = words && wanted.content ? naive.treated(today, wanted.content, naive.howGiven(today, recipient.id)) : wanted.content;
      same({ purpose, categories, clause: mandate.instruction.clause, identifiers, fileMetadata, content: content && reveal(content) }, { ...wanted, content: told });
      instructed(today, event.channel, { keys: Object.keys(identifiers), categories, clause: mandate.instruction.clause });
    }
  }
} // prettier-ignore

const message = (content: Content, keys: readonly string[], channel = 'whatsapp-cloud'): ChannelEvent => ({
  channel, account: '1', via: 'primary', at: 0, messageId: null, dedupe: personal('d'),
  identifiers: keys.map((key) => ({ key, value: personal(`value of ${key}`), path: key })),
  body: { type: 'message', content: personal(content), contentType: content.type },
}); // prettier-ignore

const subsets = <T>(values: readonly T[]): T[][] =>
  values.reduce<T[][]>((sets, value) => [...sets, ...sets.map((set) => [...set, value])], [[]]);

test('every small document: purpose, category, operation, channel, identifier, recipient, consent, restriction', () => {
  const text: Content = { type: 'text', text: 'hello' };
  const file: Content = { type: 'media', media: 'image', source: { id: '1' }, caption: 'look' };
  const both = ['wa_id', 'profile_name'];
  const asked: ChannelEvent[] = [
    message(text, both),
    message(file, ['wa_id']),
    message(text, ['profile_name']),
    message(text, both, 'web'),
    { ...message(text, both), body: { type: 'status', target: personal('t'), status: 'read' } },
    { ...message(text, both), body: { type: 'reaction', target: personal('t'), emoji: personal('👍') } },
  ];
  const states: State[] = [null, ['p'], ['q'], []].flatMap((open) =>
    [true, false].map((restricted) => ({ open, restricted })),
  );
  const everyEvent = states.flatMap((_, n) => asked.map((event) => ({ event, n })));
  const actions = [undefined, 'keep', 'pseudonymise', 'truncate', 'pass', 'drop', 'block', { do: 'keep', purposes: ['p'] }, { do: 'keep', purposes: ['q'] }, { do: 'pass', purposes: ['p'] }]; // prettier-ignore
  let tables = 0;
  for (const basis of ['A6-1-a', 'A6-1-b'])
    for (const data of subsets(['routing', 'content', 'profile', 'attachments']).slice(1))
      for (const operations of [undefined, ['collect', 'store'], ['collect', 'disclose'], ['store', 'disclose']])
        for (const handle of [undefined, 'keep', 'drop', 'block'])
          for (const [name, more] of actions.flatMap((action) => [[action, false] as const, [action, true] as const])) {
            const identifiers = Object.fromEntries(Object.entries({ wa_id: handle, profile_name: name }).filter(([, a]) => a)); // prettier-ignore
            const one = {
              ...document(),
              purposes: {
                p: { dpv: 'CustomerCare', basis, consent: 'ask', data, ...(operations ? { operations } : {}) },
                ...(more
                  ? { q: { dpv: 'ServiceOptimisation', basis: 'A6-1-f', data: ['routing', 'content', 'profile'] } }
                  : {}),
              },
              channels: { 'whatsapp-cloud': { identifiers } },
              recipients: {
                bot: { kind: 'webhook', purposes: ['p'], data: ['content'], identifiers: ['profile_name'] },
                crm: { kind: 'webhook', purposes: ['p', 'q'], data: ['profile', 'attachments'] },
                none: { kind: 'webhook', purposes: ['q'], data: ['content'], identifiers: ['wa_id', 'profile_name'] },
              },
            } as unknown as InstructionsDocument;
            tables += 1;
            agree({ facts: WIDE, first: one, today: one, wide: false }, everyEvent.map(({ event }) => event), everyEvent.map(({ n }) => states[n]!)); // prettier-ignore
          }
  expect(tables).toBe(2 * 15 * 4 * 4 * 10 * 2);
});

test('documents and events by chance, and a second version that looks again', () => {
  const pairsOf = (facts: Facts) =>
    fc.record({
      facts: fc.constant(facts),
      first: documentsOf(facts),
      today: fc.option(documentsOf(facts), { nil: null }),
      asked: fc.array(eventsOf(facts), { minLength: EVENTS_PER_DOCUMENT, maxLength: EVENTS_PER_DOCUMENT }),
      states: fc.array(fc.record({ restricted: fc.boolean(), open: openings, said: ages }), {
        minLength: 6,
        maxLength: 12,
      }),
    });
  const pairs = fc.oneof({ weight: 3, arbitrary: pairsOf(WIDE) }, { weight: 1, arbitrary: pairsOf(REAL) });
  fc.assert(
    fc.property(pairs, ({ facts, first, today, asked, states }) =>
      agree({ facts, first, today: today ?? first, wide: true }, asked, states),
    ),
    { numRuns: Math.ceil(PAIRS / EVENTS_PER_DOCUMENT) },
  );
}, 3_600_000);

test('every outcome was among them', () => {
  const often = ['accepted', 'no-routing-identifier', 'channel-not-enabled', 'not-instructed', 'group', 'identifier-blocked', 'disclosed', 'restricted', 'no-purpose', 'not-yet', 'transfer-expired', 'stays', 'loses', 'sensitive', 'too young', 'stored as it was written', 'stored by tokenise', 'stored by redact', 'accepted of a channel as it is']; // prettier-ignore
  expect(often.filter((what) => (compared[what] ?? 0) < 50)).toEqual([]);
});

test('the comparison finds an evaluator that is too generous', () => {
  const one = { ...document(), purposes: { support: { ...document().purposes['support']!, data: ['routing'] } } } as InstructionsDocument; // prettier-ignore
  const event = message({ type: 'text', text: 'hello' }, ['wa_id']);
  const generous = decide(compile(document(), WIDE, META), { restricted: false }, event);
  const world = worldOf({ facts: WIDE, first: one }, 'whatsapp-cloud', null);
  const expected = naive.decision(world, { type: 'message', content: contentOf(event), keys: ['wa_id'] });
  expect(generous).not.toMatchObject({ content: 'content' in expected ? expected.content : {} });
  expect(() => instructed(one, 'whatsapp-cloud', { keys: ['username'], categories: [], clause: '/purposes/support' })).toThrow(); // prettier-ignore
});
