// The states of a consent: every state against every act, and walks of any length through them.
import fc from 'fast-check';
import {
  after,
  compile,
  CONSENT_STATES,
  gateOf,
  lapseOf,
  permits,
  stateOf,
  type ConsentAct,
  type ConsentRecord,
  type ConsentState,
} from '#libs/instructions';
import { document, FACTS } from './document.js';

const STATES = Object.keys(CONSENT_STATES) as ConsentState[];
const ACTS: readonly ConsentAct[] = ['ask', 'agree', 'refuse', 'withdraw', 'expire', 'invalidate'];
const _ = null;

/** Columns in the order of ACTS; null: the act means nothing there. */
const TABLE: Readonly<Record<ConsentState, readonly (ConsentState | null)[]>> = {
  unknown: ['requested', _, _, _, _, _],
  requested: ['requested', 'given', 'refused', 'withdrawn', _, 'invalidated'],
  given: [_, _, _, 'withdrawn', 'expired', 'invalidated'],
  renewed: [_, _, _, 'withdrawn', 'expired', 'invalidated'],
  refused: ['requested', _, _, _, _, _],
  withdrawn: ['requested', _, _, _, _, _],
  expired: ['requested', _, _, 'withdrawn', _, _],
  invalidated: ['requested', _, _, 'withdrawn', _, _],
};

it.each(STATES.flatMap((state) => ACTS.map((act, n) => [state, act, TABLE[state][n]!] as const)))(
  'from %s, %s leads to %s',
  (state, act, next) => expect(after(state, act)).toBe(next),
);

it.each(STATES)('a yes after %s', (before) => {
  const renews = before === 'expired' || before === 'invalidated';
  expect(after('requested', 'agree', before)).toBe(renews ? 'renewed' : 'given');
});

it('walks: nothing is permitted that was not agreed to after a question, and no longer than until it ends', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ACTS), { maxLength: 60 }), (acts) => {
      let state: ConsentState = 'unknown';
      let before: ConsentState = 'unknown';
      let agreed = false;
      for (const act of acts) {
        const next: ConsentState | null = after(state, act, before);
        if (next === null) continue;
        if (act === 'agree') {
          expect(state).toBe('requested');
          agreed = true;
        } else agreed = false;
        if (next !== 'requested') before = next;
        state = next;
        expect(permits(state)).toBe(agreed);
      }
    }),
    { numRuns: 2_000 },
  );
});

function compiled(change: (d: ReturnType<typeof document>, text: Record<string, unknown>) => void = () => undefined) {
  const d = document();
  const text: Record<string, unknown> = {
    version: '1', purposes: ['news'], en: 'May we write to you with news?', accept: { en: ['yes'] }, refuse: { en: ['no'] }, expires: 'P1Y',
  }; // prettier-ignore
  Object.assign(d.purposes, { news: { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'news', data: ['routing'] } });
  Object.assign(d.texts, { news: text });
  change(d, text);
  return compile(d, FACTS, { tenantId: 't', version: 1, hash: 'h', privacyPage: 'https://x.example' });
}

describe('what ends by itself', () => {
  const c = compiled();
  const [consent] = c.consents;
  const NOW = new Date('2026-11-24T12:00:00Z');
  const DAY = 86_400_000;
  const record = (state: ConsentState, days: number, scope = consent!.scope): ConsentRecord => ({
    purpose: 'news', state, scope, at: new Date(NOW.getTime() - days * DAY),
  }); // prettier-ignore

  it.each<[string, ConsentRecord | undefined, ConsentState]>([
    ['nothing on record', undefined, 'unknown'],
    ['given', record('given', 1), 'given'],
    ['renewed', record('renewed', 1), 'renewed'],
    ['given too long ago', record('given', 366), 'expired'],
    ['renewed too long ago', record('renewed', 366), 'expired'],
    ['given to something else', record('given', 1, 'other'), 'invalidated'],
    ['both: what it was given to counts first', record('given', 366, 'other'), 'invalidated'],
    ['refused, whatever has changed', record('refused', 366, 'other'), 'refused'],
    ['withdrawn, however long ago', record('withdrawn', 3_000), 'withdrawn'],
    ['asked', record('requested', 1), 'requested'],
  ])('%s: %#', (_name, recorded, state) => {
    expect(stateOf(consent!, recorded, NOW)).toBe(state);
    const ended = recorded !== undefined && permits(recorded.state) && !permits(state);
    expect(ended).toBe(Boolean(recorded && lapseOf(consent!, recorded, NOW)));
  }); // prettier-ignore

  it('a document that no longer asks for a purpose lets no consent stand', () => {
    expect(stateOf(null, record('given', 1), NOW)).toBe('invalidated');
    expect(stateOf(null, record('refused', 1), NOW)).toBe('refused');
  });

  it.each<[string, Parameters<typeof compiled>[0], boolean]>([
    ['another minor version', (_d, text) => (text['version'] = '1.9'), false],
    ['another wording', (_d, text) => (text['en'] = 'May we send you our news?'), false],
    ['another language', (_d, text) => (text['de'] = 'Dürfen wir Ihnen Neues schreiben?'), false],
    ['another major version', (_d, text) => (text['version'] = '2.0'), true],
    ['another purpose term', (d) => Object.assign(d.purposes['news']!, { dpv: 'TargetedAdvertising' }), true],
    ['one category more', (d) => Object.assign(d.purposes['news']!, { data: ['routing', 'profile'] }), true],
    ['a recipient more', (d) => Object.assign(d.recipients, { ads: { kind: 'webhook', url: 'https://ads.example/x', country: 'DE', purposes: ['news'], data: ['routing'] } }), true],
    ['a recipient of another company', (d) => Object.assign(d.recipients['bot']!, { purposes: ['support', 'news'], entity: 'Other Ltd' }), true],
    ['a recipient of another purpose', (d) => Object.assign(d.recipients, { till: { kind: 'webhook', url: 'https://till.example/x', country: 'DE', purposes: ['support'], data: ['content'] } }), false],
    ['a recipient of another purpose that is given what was masked', (d) => Object.assign(d, { freeText: { beforeRecipient: { bot: 'as-is' } } }), false],
    ['another controller', (d) => Object.assign(d.parties.controller, { name: 'Other GmbH' }), true],
    ['a typo in the name of the controller', (d) => Object.assign(d.parties.controller, { name: 'ACME  GmbH' }), false],
    ['another retention', (d) => Object.assign(d.retention[0]!, { period: 'P10D' }), false],
  ])('%s: does it have to be asked anew? %#', (_name, change, anew) => {
    expect(stateOf(compiled(change).consents[0]!, record('given', 1), NOW)).toBe(anew ? 'invalidated' : 'given');
  }); // prettier-ignore

  it('a recipient of the purpose is given what was masked: it has to be asked anew', () => {
    const told = (treatment?: string): string => {
      const freeText = treatment && { freeText: { beforeRecipient: { bot: treatment } } };
      return compiled((d) => (Object.assign(d.recipients['bot']!, { purposes: ['support', 'news'] }), Object.assign(d, freeText))).consents[0]!.scope;
    };
    expect(told('as-is')).not.toBe(told());
    expect(told('tokenise')).toBe(told());
  }); // prettier-ignore

  it('who is served without it and says nothing is left in peace as long as after a refusal', () => {
    const HOUR = 1 / 24;
    const ask = (recorded: ConsentRecord) => gateOf(c, [recorded], NOW);
    expect(ask(record('requested', HOUR / 10)).waiting.has('news')).toBe(true);
    expect(ask(record('requested', HOUR)).ask).toBeNull();
    expect(ask(record('requested', HOUR)).waiting.has('news')).toBe(false);
    expect(ask(record('requested', HOUR / 10)).asked?.text).toBe('news');
    expect(ask(record('requested', HOUR)).asked).toBeNull();
    expect(ask(record('requested', 179)).ask).toBeNull();
    expect(ask(record('requested', 190)).ask?.text).toBe('news');
    expect(ask(record('refused', 179)).ask).toBeNull();
    expect(ask(record('withdrawn', 179)).ask).toBeNull();
    expect(ask(record('refused', 190)).ask?.text).toBe('news');
  });
});
