// The public page of one request: what has become of it, in the reader's language. It names nobody.
import { markup, page, terms, type Part } from '#libs/platform';
import type { RightsRequestRow } from '#libs/store';
import { groundIn } from '../told/grounds.js';
import { day, type Language } from './language.js';
import { STATUS_TEXTS, type StatusTexts } from './status-texts.js';

export interface Status {
  readonly row: RightsRequestRow;
  /** How to reach the business that decides. */
  readonly controller: { readonly name: string; readonly contact: string } | null;
  /** The copy for the reader of this page; null: this request has none. */
  readonly copy: { readonly url: string } | 'gone' | null;
  /** The code that was typed in does not fit, or is no longer good. */
  readonly wrongCode?: boolean;
}

/** Plain HTML, sent to where the page came from. What was typed is not shown again. */
const codeForm = (texts: StatusTexts, wrong: boolean): Part => markup`<form method="post" autocomplete="off">
${wrong ? markup`<p id="wrong" role="alert">${texts.wrongCode}</p>` : null}<label for="code">${texts.enterCode}</label>
<p id="hint">${texts.codeHint}</p>
<input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="20" required aria-describedby="${wrong ? 'wrong hint' : 'hint'}" aria-invalid="${wrong ? 'true' : 'false'}">
<p><button class="button" type="submit">${texts.confirm}</button></p></form>`;

/** A form: what only looks at addresses, like the preview of a link, uses nothing up. */
function copyPart(texts: StatusTexts, copy: Status['copy']): Part {
  if (copy === null) return null;
  if (copy === 'gone') return markup`<p>${texts.fetched}</p>`;
  return markup`<p><strong>${texts.once}</strong></p><p>${texts.inside}</p>
<form method="post" action="${copy.url}"><button class="button" type="submit">${texts.copy}</button></form>
<p>${texts.lost}</p>`;
}

export function statusPage({ row, controller, copy, wrongCode = false }: Status, language: Language): string {
  const texts = STATUS_TEXTS[language];
  const facts = terms([
    [texts.right, texts.rights[row.exercised] ?? row.exercised],
    // Whoever is asked for a code is not shown another one.
    [texts.code, row.state === 'verifying' ? null : row.code],
    [texts.received, day(language, row.received_at)],
    [texts.due, row.completed_at ? null : day(language, row.due_at)],
    [texts.ended, row.completed_at && day(language, row.completed_at)],
    [texts.reason, row.state === 'refused' && row.justification ? groundIn(row.justification, language) : null],
    [texts.contact, controller && `${controller.name}, ${controller.contact}`],
  ]);
  return page({
    language,
    title: texts.title,
    main: markup`<section><p class="state" role="status">${texts.states[row.state] ?? row.state}</p>
${copyPart(texts, copy)}
${row.state === 'verifying' ? codeForm(texts, wrongCode) : null}</section>
<section>${facts}</section>`,
  });
}
