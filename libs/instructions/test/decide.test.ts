// The closed world: what the document does not list is dropped, and each ruling names its clause.
import { personal, reveal, type ChannelEvent, type Content } from '#libs/kernel';
import {
  apply,
  compile,
  consultMandate,
  decide,
  hashDocument,
  minimise,
  NEW_SUBJECT,
  notice,
  observations,
  parseDocument,
  review,
  type InstructionsDocument,
} from '../src/index.js';
import { document, FACTS } from './document.js';

const META = {
  tenantId: '00000000-0000-4000-8000-000000000001',
  version: 3,
  hash: 'abc',
  privacyPage: 'https://p.example',
};
const compiled = (change: (d: InstructionsDocument & Record<string, never>) => void = () => undefined) => {
  const d = document();
  change(d as never);
  return compile(d, FACTS, META);
};
const event = (content: Content, identifiers: Record<string, string>): ChannelEvent => ({
  channel: 'whatsapp-cloud',
  account: '1',
  via: 'primary',
  at: 0,
  messageId: null,
  dedupe: personal('d'),
  identifiers: Object.entries(identifiers).map(([key, value]) => ({ key, value: personal(value), path: `x.${key}` })),
  body: { type: 'message', content: personal(content), contentType: content.type },
});
/** A document that may be made wrong. */
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = Record<string, any>;

const said: Content = { type: 'text', text: 'hello' };

describe('decide', () => {
  it('keeps what is listed, drops the rest, and says by which clause', () => {
    const decision = decide(compiled(), NEW_SUBJECT, event(said, { wa_id: '4915550000001', profile_name: 'Ada' }));
    expect(decision).toMatchObject({
      outcome: 'accepted',
      identifiers: {
        wa_id: { do: 'keep', clause: '/channels/whatsapp-cloud/identifiers/wa_id' },
        profile_name: { do: 'drop', clause: 'default:identifier-not-listed' },
      },
      content: { do: 'keep', clause: '/purposes/support' },
      attachments: { do: 'drop', clause: 'default:no-purpose-covers-it' },
    });
  });

  it.each([
    ['no instructions in force', null, { wa_id: '1' }, 'no-instructions'],
    [
      'a channel that is not listed',
      compiled((d) => delete (d.channels as Record<string, unknown>)['whatsapp-cloud']),
      { wa_id: '1' },
      'channel-not-enabled',
    ],
    ['nobody to answer', compiled(), { profile_name: 'Ada' }, 'no-routing-identifier'],
    [
      'a blocked identifier',
      compiled((d) => Object.assign(d.channels['whatsapp-cloud']!.identifiers, { username: 'block' })),
      { wa_id: '1', username: 'ada' },
      'identifier-blocked',
    ],
  ])('refuses %s', (_name, instructions, identifiers, cause) => {
    expect(decide(instructions, NEW_SUBJECT, event(said, identifiers))).toMatchObject({ outcome: 'refused', cause });
  });

  it('refuses what was written in a group, whoever wrote it', () => {
    const inGroup = { ...event(said, { wa_id: '1' }), group: true as const };
    expect(decide(compiled(), NEW_SUBJECT, inGroup)).toMatchObject({ outcome: 'refused', cause: 'group' });
  });
});

describe('what was once too generous', () => {
  const routingOnly = (d: Loose): void => void (d['purposes'].support.data = ['routing']);

  it('a person cannot be answered by what is no address, however it is kept', () => {
    const instructions = compiled((d) => {
      Object.assign(d.channels['whatsapp-cloud']!, { identifiers: { user_id: 'keep', username: 'keep' } });
      Object.assign(d.purposes['support']!, { data: ['routing', 'content', 'profile'] });
    });
    const refused = decide(instructions, NEW_SUBJECT, event(said, { username: 'ada', wa_id: '1' }));
    expect(refused).toMatchObject({ outcome: 'refused', cause: 'no-routing-identifier' });
    expect(decide(instructions, NEW_SUBJECT, event(said, { user_id: '1' }))).toMatchObject({ outcome: 'accepted' });
  });

  it('emoji and what a channel calls unsupported are content', () => {
    const instructions = compiled(routingOnly);
    const reaction: ChannelEvent = {
      ...event(said, { wa_id: '1' }),
      body: { type: 'reaction', target: personal('m'), emoji: personal('🤒') },
    };
    for (const one of [reaction, event({ type: 'unsupported', what: 'poll_creation' }, { wa_id: '1' })]) {
      const decision = decide(instructions, NEW_SUBJECT, one);
      if (decision.outcome === 'refused') throw new Error(decision.cause);
      const left = apply(one, decision, () => '');
      expect(left.content).toBeNull();
      expect(left.body.type === 'reaction' ? left.body.emoji : null).toBeNull();
      expect(decision.store.instruction.clause).toBe('/purposes/support');
    }
  });

  it('every purpose that uses a category can be consulted for, one that stores nothing cannot', () => {
    const more = { dpv: 'ServiceOptimisation', basis: 'A6-1-f', data: ['content'] };
    const instructions = compiled((d) =>
      Object.assign(d.purposes, { quality: more, passing: { ...more, operations: ['collect', 'disclose'] } }),
    );
    expect(consultMandate(instructions, 'support')?.categories).toEqual(['routing', 'content']);
    expect(consultMandate(instructions, 'quality')).toMatchObject({
      categories: ['content'],
      instruction: { clause: '/purposes/quality' },
    });
    expect(consultMandate(instructions, 'passing')).toBeNull();
    expect(consultMandate(instructions, 'toString')).toBeNull();
  });
});

describe('the language in which a person is spoken to', () => {
  const spoken = (locale: string, action?: string) => {
    const instructions = compiled((d) => {
      if (action) Object.assign(d.channels['whatsapp-cloud']!.identifiers, { locale: action });
      Object.assign(d.purposes['support']!, { data: ['routing', 'content', 'profile'] });
    });
    const decision = decide(instructions, NEW_SUBJECT, { ...event(said, { wa_id: '1', locale }), locale });
    return decision.outcome === 'accepted' ? decision.locale : decision.cause;
  };

  it.each([
    ['de-AT', undefined, 'de'], // there is something to say in it; the region is nobody's business
    ['de-AT', 'drop', 'de'],
    ['de-AT', 'keep', 'de-AT'],
    ['pt-BR', undefined, 'pt'], // in the gateway's own sentences
    ['tlh', undefined, null],
    ['tlh', 'keep', 'tlh'],
    ['de', 'block', 'identifier-blocked'],
  ])('of %s, instructed %s, is %s', (locale, action, expected) => expect(spoken(locale, action)).toBe(expected));
});

describe('apply', () => {
  const carriedOut = (
    content: Content,
    identifiers: Record<string, string>,
    change?: Parameters<typeof compiled>[0],
  ) => {
    const e = event(content, identifiers);
    const decision = decide(compiled(change), NEW_SUBJECT, e);
    if (decision.outcome === 'refused') throw new Error(decision.cause);
    return { event: apply(e, decision, (_key, value) => `hash(${value.length})`), observed: observations(e, decision) };
  };

  it('nothing that was dropped is reachable from the result', () => {
    const { event: left, observed } = carriedOut(
      { type: 'media', media: 'image', source: { id: 'MEDIA-CANARY' }, caption: 'a caption', fileName: 'CANARY.jpg' },
      { wa_id: '4915550000001', profile_name: 'CANARY' },
    );
    expect(reveal(left.content!)).toEqual({ type: 'text', text: 'a caption' });
    expect(left.body.type === 'message' && reveal(left.body.content)).toEqual({ type: 'text', text: 'a caption' });
    expect(left.identifiers.map((i) => [i.key, reveal(i.value)])).toEqual([['wa_id', '4915550000001']]);
    expect(observed).toEqual([
      { key: 'wa_id', path: 'x.wa_id', action: 'keep' },
      { key: 'profile_name', path: 'x.profile_name', action: 'drop' },
    ]);
  });

  it('pseudonymises and coarsens as instructed', () => {
    const { event: left } = carriedOut(
      { type: 'location', latitude: 52.5234, longitude: 13.4114, name: 'Home' },
      { wa_id: '1', username: 'ada', location: '52.5234' },
      (d) => {
        Object.assign(d.channels['whatsapp-cloud']!.identifiers, { username: 'pseudonymise', location: 'truncate' });
        Object.assign(d.purposes['support']!, { data: ['routing', 'profile', 'content'] });
      },
    );
    expect(Object.fromEntries(left.identifiers.map((i) => [i.key, reveal(i.value)]))).toEqual({
      wa_id: '1',
      username: 'hash(3)',
      location: '52.5',
    });
    expect(reveal(left.content!)).toEqual({ type: 'location', latitude: 52.5, longitude: 13.4 });
  });
});

describe('minimise', () => {
  const give = (restricted: boolean, data: readonly ('content' | 'routing')[] = ['content']) => {
    const c = compiled((d) => Object.assign(d.recipients['bot']!, { data }));
    return minimise({
      compiled: c,
      state: { restricted },
      recipient: c.recipients[0]!,
      channel: 'whatsapp-cloud',
      open: new Set(['support']),
      content: personal(said),
      treat: (content) => content,
      contentType: 'text',
      identifiers: { username: 'ada' },
      now: Date.parse('2026-11-24'),
    });
  };

  it('gives a recipient its instructed data and no identifier', () => {
    const turn = give(false);
    expect('refused' in turn ? turn : [reveal(turn.content!), turn.identifiers, turn.mandate.operation]).toEqual([
      said,
      {},
      'Disclose',
    ]);
  });

  it('gives nothing of a restricted person (Art. 18), and no content where it is not instructed', () => {
    expect(give(true)).toEqual({ refused: 'restricted', clause: 'default:restricted' });
    const turn = give(false, ['routing']);
    expect('refused' in turn ? turn : turn.content).toBeNull();
  });
});

describe('documents', () => {
  it('the short form has no errors', () => {
    expect(review(document(), FACTS, new Date('2026-11-24')).filter((f) => f.severity === 'error')).toEqual([]);
  });

  it.each<[string, string, (d: Loose) => unknown]>([
    ['purpose-without-basis', '/purposes/support/basis', (d) => delete d['purposes'].support.basis],
    ['unknown-purpose-term', '/purposes/support/dpv', (d) => (d['purposes'].support.dpv = 'MakeMoney')],
    ['consent-without-text', '/purposes/support/consent', (d) => (d['purposes'].support.basis = 'A6-1-a')],
    ['no-retention', '/retention', (d) => d['retention'].pop()],
    ['retention-without-end', '/retention/0/period', (d) => (d['retention'][0].period = 'P1000Y')],
    ['special-categories-without-condition', '/specialCategories', (d) => (d['specialCategories'] = { mode: 'allow' })],
    ['transfer-without-mechanism', '/recipients/bot/transfer', (d) => (d['recipients'].bot.country = 'US')],
    [
      'transfer-expired',
      '/recipients/bot/transfer/validUntil',
      (d) => (d['recipients'].bot.transfer = { mechanism: 'A46-2-c', validUntil: '2020-01-01' }),
    ],
    [
      'adequacy-claimed',
      '/recipients/bot/transfer/ref',
      (d) => Object.assign(d['recipients'].bot, { country: 'US', transfer: { mechanism: 'A45-3' } }),
    ],
    ['dangling-reference', '/recipients/bot/purposes/0', (d) => (d['recipients'].bot.purposes = ['nothing'])],
    ['recipient-without-url', '/recipients/bot/url', (d) => delete d['recipients'].bot.url],
    [
      'unknown-identifier',
      '/channels/whatsapp-cloud/identifiers/shoe_size',
      (d) => (d['channels']['whatsapp-cloud'].identifiers.shoe_size = 'keep'),
    ],
    ['unknown-channel', '/channels/pigeon', (d) => (d['channels'].pigeon = { identifiers: {} })],
    [
      'nothing-to-reply-to',
      '/channels/whatsapp-cloud/identifiers',
      (d) => (d['channels']['whatsapp-cloud'].identifiers = {}),
    ],
    [
      'routing-keep-only',
      '/channels/whatsapp-cloud/identifiers/user_id',
      (d) => (d['channels']['whatsapp-cloud'].identifiers.user_id = 'truncate'),
    ],
    ['notice-without-controller', '/texts/first-notice/en', (d) => (d['texts']['first-notice'] = { en: 'Hello!' })],
    ['no-first-notice', '/texts/first-notice', (d) => (d['texts'] = {})],
    [
      'marketing-without-consent',
      '/purposes/news',
      (d) => (d['purposes'].news = { dpv: 'DirectMarketing', basis: 'A6-1-f', balancingTest: 'L', data: ['routing'] }),
    ],
    ['schema', '/purposes/support/colour', (d) => (d['purposes'].support.colour = 'red')],
  ])('the review finds %s', (rule, path, change) => {
    const d = structuredClone(document()) as unknown as Loose;
    change(d);
    const found = review(d, FACTS, new Date('2026-11-24')).find((f) => f.rule === rule);
    expect(found).toMatchObject({
      severity: 'error',
      path,
      article: expect.stringMatching(/Art/),
      message: expect.any(String),
    });
  });

  it('a syntax error names its line; too much of anything is refused', () => {
    const detail = (source: unknown) => {
      const read = parseDocument(source);
      return read.ok ? 'accepted' : `line ${read.errors[0]!.line}: ${read.errors[0]!.detail}`;
    };
    expect(detail('schema: parley-instructions/1\nparties: [\n')).toMatch(/line 3/);
    expect(detail('a: 1\na: 2')).toMatch(/line 2/);
    expect(detail('[1, 2]')).toMatch(/map of sections/);
    expect(detail('x'.repeat(1024 * 1024 + 1))).toMatch(/1 MB/);
    expect(detail(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)).toMatch(/too deeply/);
    expect(detail(`a: &a [x]\nb: [${Array.from({ length: 100 }, () => '*a').join(',')}]`)).toMatch(/aliases/);
  });

  it('the hash does not depend on how the document was written', () => {
    expect(hashDocument({ b: 1, a: [1, 2] })).toBe(hashDocument({ a: [1, 2], b: 1 }));
    expect(hashDocument({ a: 1 })).not.toBe(hashDocument({ a: 2 }));
  });
});

describe('notices', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['fr', 'en'],
    [undefined, 'en'],
  ])('for %s is written in %s', (wanted, got) => {
    expect(notice(compiled(), 'first-notice', wanted)).toMatchObject({
      language: got,
      body: expect.stringContaining('dpo@acme.example'),
    });
  });
});
