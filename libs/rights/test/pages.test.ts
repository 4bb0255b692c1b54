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
import type { Status } from '#libs/rights';
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
