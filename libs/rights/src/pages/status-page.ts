// The public page of one request: what has become of it, in the reader's language. It names nobody.
import { markup, page, terms } from '#libs/platform';
import type { RightsRequestRow } from '#libs/store';
import { day } from './language.js';
import { STATUS_TEXTS, type StatusTexts } from './status-texts.js';

export interface Status {
  readonly row: RightsRequestRow;
  /** How to reach the business that decides. */
  readonly controller: { readonly name: string; readonly contact: string } | null;
  /** Where the copy can be fetched; null: there is none for the reader of this page. */
  readonly copyUrl: string | null;
}

export function statusPage({ row, controller, copyUrl }: Status, language: string): string {
  const texts: StatusTexts = STATUS_TEXTS[language] ?? STATUS_TEXTS['en']!;
  const facts = terms([
    [texts.right, texts.rights[row.exercised] ?? row.exercised],
    [texts.code, row.code],
    [texts.received, day(language, row.received_at)],
    [texts.due, row.completed_at ? null : day(language, row.due_at)],
    [texts.ended, row.completed_at && day(language, row.completed_at)],
    [texts.reason, row.state === 'refused' ? row.justification : null],
    [texts.contact, controller && `${controller.name}, ${controller.contact}`],
  ]);
  return page({
    language,
    title: texts.title,
    main: markup`<section><p class="state" role="status">${texts.states[row.state] ?? row.state}</p>
${copyUrl === null ? null : markup`<p>${texts.once}</p><p><a class="button" href="${copyUrl}">${texts.copy}</a></p>`}</section>
<section>${facts}</section>`,
  });
}
