// The public page of one request: what has become of it, in the reader's language. It names nobody.
import type { RightsRequestRow } from '#libs/store';
import { escape, page, terms } from './html.js';
import { STATUS_TEXTS, type StatusTexts } from './status-texts.js';

/** The first language of an Accept-Language header for which there are texts; English otherwise. */
export function languageOf(header: string | undefined, texts: object = STATUS_TEXTS): string {
  const wanted = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((language) => Object.hasOwn(texts, language)) ?? 'en';
}

const day = (language: string, at: Date): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);

export interface Status {
  readonly row: RightsRequestRow;
  /** How to reach the business that decides. */
  readonly controller: { readonly name: string; readonly contact: string } | null;
  /** Where the copy can be fetched; null: there is none for the reader of this page. */
  readonly copyUrl: string | null;
}

export function statusPage({ row, controller, copyUrl }: Status, language: string): string {
  const texts: StatusTexts = STATUS_TEXTS[language] ?? STATUS_TEXTS['en']!;
  const main = [
    `<p>${escape(texts.states[row.state] ?? row.state)}</p>`,
    terms([
      [texts.right, texts.rights[row.exercised] ?? row.exercised],
      [texts.code, row.code],
      [texts.received, day(language, row.received_at)],
      [texts.due, row.completed_at ? null : day(language, row.due_at)],
      [texts.ended, row.completed_at && day(language, row.completed_at)],
      [texts.reason, row.state === 'refused' ? row.justification : null],
      [texts.contact, controller && `${controller.name}, ${controller.contact}`],
    ]),
    copyUrl ? `<p><a href="${escape(copyUrl)}">${escape(texts.copy)}</a></p>` : '',
  ];
  return page(language, texts.title, main.join(''));
}
