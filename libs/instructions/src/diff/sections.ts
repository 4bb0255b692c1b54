// What changes in the sections that are a few values each, as data: who is involved, minors, rights, statistics, law, words, holds.
import type { InstructionsDocument } from '../document.js';
import type { Intent } from '../intent/words.js';
import { consentAge } from '../law/ages.js';
import { labelOfData } from '../law/dpv-data.js';
import { pointer } from '../pointer.js';
import { NOTICE_PERIOD } from '../register.js';
import { SMALLEST_GROUP } from '../statistics.js';
import { named } from './countries.js';
import { along, both, fields, less, list, membership, more, same, step, worded, type Change, type Meaning, type Tense, type Value } from './steps.js'; // prettier-ignore

type Doc = InstructionsDocument;
type Pair<T> = readonly [T | undefined, T | undefined];

const APPROVAL = {
  automatic: "without anybody's approval, at once",
  'after-verification': "without anybody's approval, once it is known who asks",
  'controller-approves': 'when the controller has approved it',
} as const;
const carriedOut = (what: string, absent: keyof typeof APPROVAL): Meaning => ({
  absent,
  say: (value, { is }) => `${what} ${is} carried out ${APPROVAL[value as keyof typeof APPROVAL]}`,
});
const SOONEST = along('automatic', 'after-verification', 'controller-approves');

/** Sections whose members are single values. */
const SECTIONS: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  effective: {
    from: { name: 'the time from which the instructions are in force', none: 'that of their approval' },
    until: { name: 'the time until which the instructions are in force', none: 'open' },
  },
  contract: {
    type: { name: 'the kind of contract', show: { own: "one of the parties' own", 'eu-scc-2021-915': 'the standard clauses of Decision (EU) 2021/915' } },
    signed: { name: 'the date of the contract' },
    ref: { name: 'the reference of the contract' },
    atEnd: {
      absent: 'delete',
      laxer: along('delete', 'return'),
      say: (value, { is }) => value === 'return' ? `everything ${is} handed back and then deleted when the contract ends` : `everything ${is} deleted when the contract ends, and nothing handed back`,
    },
    checkpoints: { name: 'the address to which the signed checkpoint of the ledger is posted once a day' },
  },
  rights: {
    erase: { ...carriedOut('erasure', 'after-verification'), laxer: SOONEST },
    access: carriedOut('a request for a copy', 'after-verification'),
    object: { ...carriedOut('an objection', 'automatic'), laxer: SOONEST },
    verify: { name: 'the way in which it is verified who asks', show: { 'same-channel': 'a message on the same channel' } },
    others: {
      absent: 'as-is',
      laxer: along('redact', 'as-is'),
      say: (value, { are }) => `other people ${are} ${value === 'redact' ? 'masked' : 'shown as they were written'} in the copy of a person`,
    },
    mentions: {
      laxer: along('redact', 'list', null),
      say: (value, { is }) => `somebody who was erased ${is} ${value === 'redact' ? 'taken out of what others wrote' : value === 'list' ? 'looked for in what others wrote, and listed for the controller' : 'not looked for in what others wrote'}`,
    },
    due: { absent: 'P1M', laxer: more, say: (value, { are }) => `requests ${are} to be answered within ${value}` },
    webhook: { name: 'the address at which the controller is told of requests' },
  },
  statistics: {
    enabled: { absent: false, laxer: along(false, true), say: (value, { are }) => value === true ? `messages ${are} counted for statistics` : `no statistics ${are} made` },
    minimumGroup: { absent: SMALLEST_GROUP, laxer: less, say: (value, { is }) => `no figure ${is} about fewer than ${value} persons` },
    time: { absent: 'day', laxer: along('day', 'hour'), say: (value, { are }) => `statistics ${are} made by the ${value}` },
  },
  law: {
    // Art. 33(1) GDPR.
    breachHours: { absent: 72, laxer: more, say: (value, { is }) => `an authority ${is} to be told of a breach within ${value} hours` },
    adequacyList: { name: 'the list of countries with adequate protection', none: 'that of the release' },
    noticePeriod: { absent: NOTICE_PERIOD, laxer: less, say: (value, { is }) => `a new sub-processor ${is} announced ${value} before it receives anything` },
  },
}; // prettier-ignore

const PARTIES = {
  controller: 'the controller',
  representative: 'the representative (Art. 27 GDPR)',
  dpo: 'the data protection officer',
  authority: 'the supervisory authority',
} as const;
const party = (who: string): Record<string, Meaning> =>
  Object.fromEntries(
    ['name', 'address', 'country', 'contact'].map((part) => [part, { name: `the ${part} of ${who}` }]),
  );

function* parties([was, is]: readonly [Doc['parties'], Doc['parties']]): Iterable<Change> {
  for (const [key, who] of Object.entries(PARTIES))
    yield* fields(pointer('parties', key), [was[key as keyof typeof PARTIES], is[key as keyof typeof PARTIES]], party(who));
  const byName = ({ jointControllers = [] }: Doc['parties']) => Object.fromEntries(jointControllers.map((one, n) => [one.name, { ...one, n }]));
  for (const [name, a, b] of both(byName(was), byName(is))) {
    const path = pointer('parties', 'jointControllers', (b ?? a)!.n);
    if (a && b) yield* fields(path, [a, b], party(`the joint controller ${name}`));
    else yield { path, kind: 'changed', words: a ? `From now on ${name} is no joint controller any more.` : `From now on ${name} is a joint controller (Art. 26 GDPR), too.` };
  }
  yield* membership('/parties/breachContacts', [was.breachContacts ?? [], is.breachContacts ?? []], {
    added: (names) => `From now on a breach is told to ${names}, too.`,
    removed: (names) => `From now on a breach is no longer told to ${names}.`,
    kinds: ['changed', 'changed'],
  });
} // prettier-ignore

function* categories(was: Doc['categories'], is: Doc['categories']): Iterable<Change> {
  for (const [category, a, b] of both(was, is)) {
    const at = pointer('categories', category);
    yield* membership(`${at}/dpv`, [a?.dpv ?? [], b?.dpv ?? []].map((terms) => terms.map((term) => `${labelOfData(term)} (${term})`)) as unknown as [string[], string[]], {
      added: (names) => `From now on ${category} is described as having this in it, too: ${names}.`,
      removed: (names) => `From now on ${category} is no longer described as having this in it: ${names}.`,
      kinds: ['changed', 'changed'],
    });
    yield* worded(`${at}/freeText`, [a?.freeText, b?.freeText], { absent: false, say: (value, { is: be }) => `${category} ${be} ${value === true ? '' : 'not '}described as free text` });
  }
} // prettier-ignore

/** The age that a document asks for, by country. */
const ages = ({ minors, law }: Doc): Readonly<Record<string, number>> => ({ ...law?.minorAges, ...minors?.ages });
const ageIn = (document: Doc, country: string): number => ages(document)[country] ?? consentAge(country);

function* minors(before: Doc, after: Doc): Iterable<Change> {
  const ageOf = (document: Doc): number => ageIn(document, document.parties.controller?.country ?? '');
  const age = (tense: Tense): number => ageOf(tense.is === 'is' ? after : before);
  yield* worded('/minors/mode', [before.minors?.mode, after.minors?.mode], {
    absent: 'not-directed',
    laxer: along('refuse', 'guardian', 'not-directed'),
    say(value, tense) {
      if (value === 'refuse') return `people under ${age(tense)} ${tense.are} turned away where consent is asked`;
      if (value === 'guardian') return `people under ${age(tense)} ${tense.are} not asked for consent before a guardian is confirmed`;
      return `nobody ${tense.is} asked for an age`;
    },
  });
  for (const [country] of both(ages(before), ages(after)))
    yield* worded(
      after.minors?.ages?.[country] === before.minors?.ages?.[country] ? pointer('law', 'minorAges', country) : pointer('minors', 'ages', country),
      [ageIn(before, country), ageIn(after, country)],
      { laxer: less, say: (value, { is }) => `the age from which people consent by themselves ${is} ${value} in ${named(country)}` },
    );
} // prettier-ignore

const MEANT: Readonly<Record<Intent, string>> = {
  stop: 'a wish to hear no more',
  start: 'a wish to hear more again',
  erase: 'a wish to be erased',
  access: 'a wish for a copy',
  who: 'a question who writes',
  recipients: 'a question for the recipients',
  rectify: 'a wish to put something right',
  restrict: 'a wish for restriction',
  port: 'a wish to take the data along',
  object: 'an objection',
};

function* keywords(was: Doc['keywords'], is: Doc['keywords']): Iterable<Change> {
  for (const [language, a, b] of both(was, is))
    for (const [intent, from, to] of both(a, b))
      yield* membership(pointer('keywords', language, intent), [from ?? [], to ?? []], {
        added: (words) => `From now on ${words} (${language}) is understood as ${MEANT[intent as Intent]}.`,
        removed: (words) => `From now on ${words} (${language}) is no longer added to what is understood as ${MEANT[intent as Intent]}.`,
        kinds: intent === 'start' ? ['laxer', 'stricter'] : ['stricter', 'laxer'],
      });
} // prettier-ignore

type Hold = NonNullable<Doc['legalHolds']>[number];

const HOLD = (name: string): Record<string, Meaning> => ({
  basis: { name: `the ground of the legal hold ${name}` },
  from: { name: `the day from which the legal hold ${name} stands`, laxer: (was, is) => String(is) < String(was) },
  until: { name: `the end of the legal hold ${name}`, none: 'open', laxer: (was, is) => is === null || (was !== null && String(is) > String(was)) },
  review: { name: `the day on which the legal hold ${name} is looked at again` },
}); // prettier-ignore

/** Lists and spans of a hold as one value: what is not named is not limited. */
const spelt = ({ data, connections, messages }: Hold): Record<string, Value> => ({
  data: data ? list(data) : null,
  connections: connections ? list(connections) : null,
  messages: messages ? `from ${messages.from ?? 'the beginning'} until ${messages.until ?? 'now'}` : null,
});
const KEPT = (name: string): Record<string, Meaning> => ({
  data: { name: `what the legal hold ${name} keeps`, none: 'what its name says' },
  connections: { name: `the list of connections whose conversations the legal hold ${name} keeps`, none: 'all' },
  messages: { name: `the time of which the legal hold ${name} keeps messages`, none: 'any' },
});

function* legalHolds([was = [], is = []]: Pair<readonly Hold[]>): Iterable<Change> {
  const byScope = (holds: readonly Hold[]) =>
    Object.fromEntries(holds.map((hold, n) => [hold.scope, { hold, n }]));
  for (const [scope, a, b] of both(byScope(was), byScope(is))) {
    const path = pointer('legalHolds', (b ?? a)!.n);
    yield* step(path, [a !== undefined, b !== undefined], {
      laxer: `From now on a legal hold, ${scope} (${b?.hold.basis ?? 'no ground'}), keeps data from ${b?.hold.from ?? 'the beginning'} until ${b?.hold.until ?? 'it is lifted'}, whatever is due.`,
      stricter: `From now on the legal hold ${scope} keeps nothing any more.`,
    });
    if (!a || !b) continue;
    yield* fields(path, [a.hold, b.hold], HOLD(scope));
    yield* fields(path, [spelt(a.hold), spelt(b.hold)], KEPT(scope));
  }
} // prettier-ignore

/** All of these sections. */
export function* sections(before: Doc, after: Doc): Iterable<Change> {
  for (const [section, meanings] of Object.entries(SECTIONS))
    yield* fields(pointer(section), [before[section as 'law'], after[section as 'law']], meanings);
  const dimensions = ({ statistics }: Doc): readonly string[] => statistics?.dimensions ?? ['channel'];
  yield* membership('/statistics/dimensions', [dimensions(before), dimensions(after)], {
    added: (names) => `From now on statistics tell messages apart by ${names}, too.`,
    removed: (names) => `From now on statistics no longer tell messages apart by ${names}.`,
  });
  yield* parties([before.parties, after.parties]);
  yield* categories(before.categories, after.categories);
  yield* minors(before, after);
  yield* keywords(before.keywords, after.keywords);
  if (!same(before.legalHolds, after.legalHolds)) yield* legalHolds([before.legalHolds, after.legalHolds]);
}
