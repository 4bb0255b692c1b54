// Every page for people, in every language: all of its texts, dates and numbers as they are written there, and nothing left in English.
import { RIGHTS } from '#libs/instructions';
import {
  exportPage,
  JUSTIFICATIONS,
  LANGUAGES,
  languageOf,
  missingPage,
  REQUEST_STATES,
  statusPage,
} from '#libs/rights';
import type { PersonCopy, Status } from '#libs/rights';
import type { RightsRequestRow } from '#libs/store';
import { copyPage } from '../src/pages/copy-page.js';
import { COPY_TEXTS } from '../src/pages/copy-texts.js';
import type { Language } from '../src/pages/language.js';
import { PRIVACY_TEXTS } from '../src/pages/privacy-texts.js';
import { RECEIPT_TEXTS } from '../src/pages/receipt-texts.js';
import { STATUS_TEXTS } from '../src/pages/status-texts.js';
import { PURPOSE_TEXTS, purposeLabelIn } from '../src/pages/purpose-texts.js';
import { groundIn } from '../src/told/grounds.js';
import { DPV_PURPOSES } from '../../instructions/src/law/dpv-purposes.js';
import { COPY, PLAIN } from './copy.js';

const RECEIVED = new Date('2026-03-04T10:00:00Z');
const DUE = new Date('2026-04-04T10:00:00Z');
const CODE = 'code-of-the-request';

const status = (row: Partial<RightsRequestRow>, more: Partial<Status> = {}): Status => ({
  row: { exercised: 'access', state: 'received', code: CODE, received_at: RECEIVED, due_at: DUE, completed_at: null, justification: null, ...row } as RightsRequestRow,
  controller: { name: 'Acme', contact: 'privacy@acme.example' }, copy: null, ...more,
}); // prettier-ignore
const STATUSES: readonly Status[] = [
  ...RIGHTS.flatMap((exercised) => REQUEST_STATES.map((state) => status({ exercised, state }))),
  ...JUSTIFICATIONS.map((justification) => status({ state: 'refused', justification, completed_at: DUE })),
  status({ state: 'completed', completed_at: DUE }, { copy: { url: 'x/copy' } }),
  status({ state: 'completed', completed_at: DUE }, { copy: 'gone' }),
  status({ state: 'verifying' }, { wrongCode: true }),
];

const exported = { id: 'x', slug: 'acme', key: 'k', until: DUE, bytes: 2_500_000, sha256: 'ab' };
const missing = (what: 'not-found' | 'gone', language: Language): string => missingPage(what, `${language}-XX`).html;

const PAGES: Readonly<Record<string, (language: Language) => readonly string[]>> = {
  status: (language) => STATUSES.map((one) => statusPage(one, language)),
  copy: (language) => [copyPage([COPY, PLAIN], language, { json: 'copy.json' }), copyPage([], language)],
  export: (language) => [exportPage(exported, language)],
  'not found': (language) => [missing('not-found', language)],
  gone: (language) => [missing('gone', language)],
};
const each = Object.entries(PAGES).flatMap(([name, show]) => LANGUAGES.map((language) => ({ name, language, show })));

const written = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
/** Path → text; what takes values is asked with one. */
const leaves = (of: object, path = ''): [string, string][] =>
  Object.entries(of).flatMap(([key, value]) =>
    typeof value === 'object' ? leaves(value, `${path}/${key}`) : [[`${path}/${key}`, typeof value === 'function' ? value('Acme') : value]],
  ); // prettier-ignore

it.each([
  ['pt-BR,en;q=0.5', 'pt'],
  ['fi,sv;q=0.8,PL;q=0.5', 'pl'],
  ['fi,sv', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('for %s it is %s', (accepted, language) => expect(languageOf(accepted)).toBe(language));

it.each(each)('$name in $language says which language it is in, and leaves no gap', ({ language, show }) => {
  for (const html of show(language)) {
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).not.toMatch(/undefined|\[object|\{\w+\}|Invalid|Justification/);
  }
});

it.each(Object.keys(PAGES))('%s has a title of its own in each language', (name) => {
  const titles = LANGUAGES.map((language) => /<h1>([^<]+)<\/h1>/.exec(PAGES[name]!(language)[0]!)?.[1]);
  expect(new Set(titles).size).toBe(LANGUAGES.length);
});

describe.each([
  ['status', STATUS_TEXTS],
  ['copy', COPY_TEXTS],
  ['receipt', RECEIPT_TEXTS],
  ['privacy', PRIVACY_TEXTS],
])('the texts of %s', (_, texts) => {
  const english = new Map(leaves(texts.en));

  it.each(LANGUAGES)('are all there in %s, and no sentence of it is English', (language) => {
    const own = leaves(texts[language]);
    expect(own.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    const left = own.filter(([path, text]) => text === '' || (/ .* /.test(text) && text === english.get(path)));
    expect(language === 'en' ? [] : left).toEqual([]);
  });
});

describe.each([
  ['status', STATUS_TEXTS],
  ['copy', COPY_TEXTS],
] as const)('the texts of %s', (name, texts) => {
  it.each(LANGUAGES)('stand all on the page in %s', (language) => {
    const html = PAGES[name]!(language).join('');
    const absent = leaves(texts[language]).filter(([, text]) => !html.includes(written(text.replace('{channel}', 'messenger')))); // prettier-ignore
    expect(absent).toEqual([]);
  });
});

describe('the copy for people has all that the copy for machines has', () => {
  type Path = readonly (string | number)[];
  const leavesOf = (value: unknown, path: Path = []): [Path, unknown][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
      : [[path, value]];
  const nameOf = (path: Path): string => path.filter((key) => !/^\d+$/.test(String(key))).join('.');

  /** Said in the reader's words, of what stands elsewhere in the copy. */
  const TOLD_OTHERWISE = ['processing.sources', 'processing.derived', 'processing.automatedDecisions'];
  /** What goes by a vocabulary is another term of it; everything else something that stands nowhere. */
  const OTHER: Readonly<Record<string, string>> = {
    'conversations.messages.direction': 'neither', 'processing.consents.state': 'given', 'processing.incidents.suspicion': 'AvailabilityBreach',
    'processing.purposes.basis': 'A6-1-f', 'processing.recipients.country': 'FR', 'processing.retention.start': 'ingest', 'processing.requests.justification': 'JustificationA12ManifestlyExcessive',
  }; // prettier-ignore
  const CATEGORIES = /\.(categories|data)$/;

  function other(name: string, value: unknown): unknown {
    if (typeof value === 'boolean') return !value;
    if (typeof value === 'number') return value + 1_000_000;
    if (CATEGORIES.test(name)) return 'device';
    const term = OTHER[name];
    if (term !== undefined) return term === value ? 'withdrawal' : term;
    return String(value).startsWith('2026-') ? String(value).replace('2026', '2027') : `${String(value)}x`;
  }

  function changed(path: Path, value: unknown): PersonCopy {
    const copy = structuredClone(COPY);
    let at = copy as unknown as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
    at[path.at(-1)!] = value;
    return copy;
  }

  /** One of each name. */
  const all = [...new Map(leavesOf(COPY).map(([path, value]) => [nameOf(path), [path, value] as const])).values()];
  const before = copyPage([COPY], 'en');

  it('something stands everywhere in what is compared', () => {
    const empty = (value: unknown): boolean => value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
    const gaps: string[] = [];
    JSON.stringify(COPY, (key: string, value: unknown) => (empty(value) && gaps.push(key), value));
    expect(gaps).toEqual([]);
  }); // prettier-ignore

  it('whatever leaf of it is another, the page is', () => {
    const hidden = all
      .filter(([path]) => !TOLD_OTHERWISE.some((name) => nameOf(path).startsWith(name)))
      .filter(([path, value]) => copyPage([changed(path, other(nameOf(path), value))], 'en') === before)
      .map(([path]) => nameOf(path));
    expect([...new Set(hidden)]).toEqual([]);
  });
});

const plain = (html: string): string => html.replaceAll(/\s/g, ' ');

it.each([
  ['en', '4 March 2026', '2.5 MB', '30 days', 'Germany'],
  ['de', '4. März 2026', '2,5 MB', '30 Tage', 'Deutschland'],
  ['fr', '4 mars 2026', '2,5 Mo', '30 jours', 'Allemagne'],
  ['es', '4 de marzo de 2026', '2,5 MB', '30 días', 'Alemania'],
  ['it', '4 marzo 2026', '2,5 MB', '30 giorni', 'Germania'],
  ['nl', '4 maart 2026', '2,5 MB', '30 dagen', 'Duitsland'],
  ['pl', '4 marca 2026', '2,5 MB', '30 dni', 'Niemcy'],
  ['pt', '4 de março de 2026', '2,5 MB', '30 dias', 'Alemanha'],
] as const)(
  'dates, sizes, periods and countries are as they are written in %s',
  (language, date, size, period, country) => {
    expect(plain(statusPage(status({}), language))).toContain(date);
    expect(plain(exportPage(exported, language))).toContain(size);
    const copy = plain(copyPage([COPY], language));
    for (const one of [size, period, country]) expect(copy).toContain(one);
  },
);

it('whoever is asked for the code from the chat is shown no other', () => {
  expect(statusPage(status({ state: 'verifying' }), 'en')).not.toContain(CODE);
  expect(statusPage(status({ state: 'in-progress' }), 'en')).toContain(CODE);
});

it.each(LANGUAGES)('a refusal says why in %s', (language) => {
  const justification = 'JustificationA17LegalClaims';
  expect(statusPage(status({ state: 'refused', justification }), language)).toContain(written(groundIn(justification, language))); // prettier-ignore
});

it.each(LANGUAGES)('every purpose of the vocabulary has a name in %s', (language) => {
  const english = Object.entries(DPV_PURPOSES).map(([term, { label }]) => (language === 'en' ? term : label));
  const own = Object.keys(DPV_PURPOSES).map((term) => purposeLabelIn(language, term));
  expect(own.filter((label) => label === '' || english.includes(label))).toEqual([]);
  expect(Object.keys(PURPOSE_TEXTS)).toEqual(Object.keys(DPV_PURPOSES));
});
