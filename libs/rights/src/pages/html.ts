// Pages without script and without anything from elsewhere: text is escaped, the style's hash is in the policy.
import { createHash } from 'node:crypto';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c]!);

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;max-width:48rem;margin:0 auto;padding:2rem 1rem;
color:#1b1b1b;background:#fff}dt{font-weight:600;margin-top:.75rem}dd{margin:0;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}
caption{text-align:start;font-weight:600;font-size:1.2rem;padding:1.5rem 0 .25rem}
th,td{text-align:start;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #8a8a8a}pre{white-space:pre-wrap;overflow-wrap:anywhere}
a{color:#0b57d0}a:focus-visible{outline:3px solid;outline-offset:2px}@media(prefers-color-scheme:dark){body{color:#f1f1f1;background:#161616}a{color:#a8c7fa}}`;

/** Sent with every page. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** `main` is HTML already; the title is text. */
export const page = (language: string, title: string, main: string): string =>
  `<!doctype html>\n<html lang="${escape(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title><style>${STYLE}</style></head><body><main><h1>${escape(title)}</h1>${main}</main></body></html>\n`;

/** Terms and what stands for them. A value of null is left out. */
export const terms = (rows: readonly (readonly [string, string | null])[]): string =>
  `<dl>${rows
    .flatMap(([term, value]) => (value === null ? [] : [`<dt>${escape(term)}</dt><dd>${escape(value)}</dd>`]))
    .join('')}</dl>`;

export const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : `<table><caption>${escape(caption)}</caption><thead><tr>${head.map((h) => `<th scope="col">${escape(h)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`).join('')}</tbody></table>`;
