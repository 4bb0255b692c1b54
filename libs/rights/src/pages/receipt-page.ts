// A consent receipt for people: what they agreed to or refused, with whom, and how it stands now.
import { CONSENT_STATES, type ConsentState } from '#libs/instructions';
import { markup, page, table, terms, type Part } from '#libs/platform';
import type { ConsentReceipt } from '../consent/record.js';
import type { SignedReceipt } from '../consent/receipts.js';
import { languageOf, moment } from './language.js';
import { RECEIPT_TEXTS, type ReceiptTexts } from './receipt-texts.js';

type ConsentRecordPart = ConsentReceipt['dpv:hasRecordOfActivity'][number];

const STATES: ReadonlyMap<string, ConsentState> = new Map(
  (Object.entries(CONSENT_STATES) as [ConsentState, string][]).map(([state, term]) => [`dpv:${term}`, state]),
);

const sentence = (texts: ReceiptTexts, term: string): string => texts.states[STATES.get(term) ?? 'unknown'];

function recordPart(record: ConsentRecordPart, texts: ReceiptTexts, language: string): Part {
  const controller = record['dpv:hasDataController'];
  const notice = record['dpv:hasNotice'];
  const rows = record['dpv:hasConsentStatus'].map((event) => [
    moment(language, new Date(event['dpv:isIndicatedAtTime'])),
    sentence(texts, event['@type'][0]!),
  ]);
  return [
    markup`<p><strong>${sentence(texts, record['parley:currentStatus'])}</strong></p>`,
    terms([
      [texts.purpose, record['dpv:hasProcess'].map((process) => process['dct:identifier']).join(', ')],
      [texts.controller, `${controller['dpv:hasName']}, ${controller['dpv:hasContact']}`],
      [texts.processor, record['dpv:hasDataProcessor']['dpv:hasName']],
      [texts.wording, `${notice['dct:identifier']}, ${notice['dct:hasVersion']}, ${notice['dct:language']}: sha256 ${notice['parley:sha256']}`],
    ]),
    table(texts.history, [texts.when, texts.what], rows),
  ];
} // prettier-ignore

/** @param accepted an Accept-Language header */
export function receiptPage({ receipt, kid, jwks }: SignedReceipt, accepted: string | undefined): string {
  const language = languageOf(accepted, RECEIPT_TEXTS);
  const texts = RECEIPT_TEXTS[language]!;
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
