// A consent receipt for people: what they agreed to or refused, with whom, and how it stands now.
import { CONSENT_STATES, type ConsentState } from '#libs/instructions';
import { CATEGORIES } from '#libs/kernel';
import { markup, page, table, terms, type Part } from '#libs/platform';
import type { ConsentReceipt } from '../consent/record.js';
import type { SignedReceipt } from '../consent/receipts.js';
import { languageOf, moment, type Language } from './language.js';
import { article, categoriesIn, countryIn, periodIn } from './plain.js';
import { purposeLabelIn } from './purpose-texts.js';
import { RECEIPT_TEXTS, type ReceiptTexts } from './receipt-texts.js';

type ConsentRecordPart = ConsentReceipt['dpv:hasRecordOfActivity'][number];
type ProcessPart = ConsentRecordPart['dpv:hasProcess'][number];

const STATES: ReadonlyMap<string, ConsentState> = new Map(
  (Object.entries(CONSENT_STATES) as [ConsentState, string][]).map(([state, term]) => [`dpv:${term}`, state]),
);

const sentence = (texts: ReceiptTexts, term: string): string => texts.states[STATES.get(term) ?? 'unknown'];

const joined = (parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join(', ');
/** `loc:DE`, `eu-gdpr:A6-1-a` → what stands behind the prefix. */
const bare = (term: string): string => term.slice(term.indexOf(':') + 1);

/** Of a version that is not there any more only the name is known. */
function purposeIn(language: Language, { 'dct:identifier': id, 'dpv:hasPurpose': purpose }: ProcessPart): string {
  const term = bare(purpose);
  return term === 'Purpose' ? id : `${id} (${purposeLabelIn(language, term)})`;
}

/** What a period is about: data, else a purpose. */
const subjectIn = (language: Language, subject: string | undefined): string => {
  const category = CATEGORIES.find((one) => one === subject);
  return category ? categoriesIn(language, [category]) : (subject ?? '');
};

/** Of what is done with the data: who gets it, where it is and for how long. */
function processRows(process: ProcessPart, texts: ReceiptTexts, language: Language) {
  const place = (term: string) => (term.startsWith('loc:') ? countryIn(language, bare(term)) : texts.notStated);
  const recipients = process['dpv:hasRecipient'].map((one) => {
    const country = one['dpv:hasLocation'];
    return country ? `${one['dpv:hasName']} (${place(country)})` : one['dpv:hasName'];
  });
  const conditions = process['dpv:hasStorageCondition'];
  const places = conditions.flatMap((one) => one['dpv:hasLocation']?.map(place) ?? []);
  const periods = conditions.flatMap((one) => {
    const period = one['dpv:hasDuration']?.['rdf:value'];
    return period === undefined ? [] : `${subjectIn(language, one['dct:subject'])}: ${periodIn(language, period)}`;
  });
  return [
    [texts.recipients, recipients.join('; ')],
    [texts.storedIn, places.join(', ')],
    [texts.keptFor, periods.join('; ')],
  ] as const;
}

function recordPart(record: ConsentRecordPart, texts: ReceiptTexts, language: Language): Part {
  const controller = record['dpv:hasDataController'];
  const authority = record['dpv:hasAuthority'];
  const notice = record['dpv:hasNotice'];
  const rows = record['dpv:hasConsentStatus'].map((event) => {
    const source = event['parley:source'];
    const said = sentence(texts, event['@type'][0]!);
    const by = source === 'platform' || source === 'request' ? ` (${texts.sources[source]})` : '';
    return [moment(language, new Date(event['dpv:isIndicatedAtTime'])), said + by];
  });
  return [
    markup`<p><strong>${sentence(texts, record['parley:currentStatus'])}</strong></p>`,
    terms([
      [texts.purpose, record['dpv:hasProcess'].map((process) => purposeIn(language, process)).join(', ')],
      [texts.basis, record['dpv:hasLegalBasis'].map((basis) => article(language, bare(basis))).join(', ')],
      [texts.controller, `${controller['dpv:hasName']}, ${controller['dpv:hasContact']}`],
      [texts.address, controller['dpv:hasAddress']],
      [texts.authority, joined([authority['dpv:hasName'], authority['dpv:hasContact'], countryIn(language, bare(authority['dpv:hasJurisdiction']))])],
      [texts.processor, record['dpv:hasDataProcessor']['dpv:hasName']],
      ...record['dpv:hasProcess'].flatMap((process) => processRows(process, texts, language)),
      [texts.wording, `${notice['dct:identifier']}, ${notice['dct:hasVersion']}, ${notice['dct:language']}: sha256 ${notice['parley:sha256']}`],
    ]),
    table(texts.history, [texts.when, texts.what], rows),
  ];
} // prettier-ignore

/** @param accepted an Accept-Language header */
export function receiptPage({ receipt, kid, jwks }: SignedReceipt, accepted: string | undefined): string {
  const language = languageOf(accepted);
  const texts = RECEIPT_TEXTS[language];
  const records = receipt['dpv:hasRecordOfActivity'].map(
    (record) => markup`<section>${recordPart(record, texts, language)}</section>`,
  );
  const signature = markup`<p>${texts.signature} <a href="${jwks}">${kid}</a></p>`;
  return page({
    language,
    title: texts.title,
    main: [...records, markup`<section><p>${texts.withdraw}</p>${signature}</section>`],
  });
}
