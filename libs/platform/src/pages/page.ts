// Pages for people: no script, nothing from elsewhere; the policy names the hash of the one style there is.
import { createHash } from 'node:crypto';
import { markup, type Markup, type Part } from './markup.js';
import { STYLE } from './style.js';

const policy = (formAction: string): string =>
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; img-src data:; base-uri 'none'; form-action ${formAction}; frame-ancestors 'none'`;

/** Sent with every page. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': policy("'none'"),
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** Sent with a page on which something can be typed in: it goes to where the page came from, and nowhere else. */
export const FORM_HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_HEADERS,
  'content-security-policy': policy("'self'"),
};

/** The policy names the hash of these very bytes. */
const STYLE_ELEMENT: Markup = { markup: `<style>${STYLE}</style>` };

export interface Page {
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  /** A line below the title. */
  readonly lead?: Part;
  readonly main: Part;
}

export const page = ({ language, title, lead = null, main }: Page): string =>
  `<!doctype html>\n${
    markup`<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>${STYLE_ELEMENT}</head>
<body><main><h1>${title}</h1>${lead === null ? null : markup`<p class="lead">${lead}</p>`}
${main}</main></body></html>`.markup
  }\n`;

/** Terms and what stands for them. What is null or empty is left out; nothing left is nothing. */
export function terms(rows: readonly (readonly [string, Part | undefined])[]): Part {
  const said = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return said.length === 0
    ? null
    : markup`<dl>${said.map(([term, value]) => markup`<dt>${term}</dt><dd>${value!}</dd>`)}</dl>`;
}

/** Hashes and the like may be broken anywhere; words are not, however narrow their column. */
const breaks = (cell: Part): Part => (typeof cell === 'string' && /\S{21}/.test(cell) ? markup` class="long"` : null);

/** On a narrow screen each row becomes a list of its cells; the roles tell readers that it still is a table. */
export const table = (name: string, head: readonly string[], rows: readonly (readonly Part[])[]): Part =>
  rows.length === 0
    ? null
    : markup`<table role="table"><caption>${name}</caption><thead role="rowgroup"><tr role="row">${head.map((cell) => markup`<th role="columnheader" scope="col">${cell}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
        ([
          first,
          ...rest
        ]) => markup`<tr role="row"><th role="rowheader" scope="row"${breaks(first!)}>${first!}</th>${rest.map((cell, n) => markup`<td role="cell" data-label="${head[n + 1]!}"${breaks(cell)}>${cell}</td>`)}</tr>
`,
      )}</tbody></table>`;
