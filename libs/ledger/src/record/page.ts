// The record of processing as a page to read and to print: no script, nothing from elsewhere.
import { createHash } from 'node:crypto';
import { html, type Html } from './html.js';
import type { ProcessingRecord } from './record.js';

const STYLE = `
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:2rem 1rem;color:#1b1b1b;background:#fff}
h2{margin-top:2.5rem}dt{font-weight:600;margin-top:.5rem}dd{margin:0;overflow-wrap:anywhere}
div.wide{overflow-x:auto}div.wide:focus-visible{outline:3px solid;outline-offset:2px}
table{border-collapse:collapse;width:100%}caption{text-align:start;padding-bottom:.5rem}
th,td{text-align:start;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #767676}
@media(prefers-color-scheme:dark){body{color:#f1f1f1;background:#161616}}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;color:#000;background:#fff;font-size:10pt}div.wide{overflow:visible}
h2{break-after:avoid}tr,dt,li{break-inside:avoid}thead{display:table-header-group}}
`;

/** The policy names the hash of these very bytes, so no formatter may touch them. */
const STYLE_ELEMENT: Html = { html: `<style>${STYLE}</style>` };

/** Sent with the page. */
export const RECORD_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const listed = (values: readonly string[] | null): string => values?.join(', ') || '–';
const yes = (text: string | null | undefined): string => text || '–';

const terms = (rows: readonly (readonly [string, string | null | undefined])[]): Html =>
  html`<dl>
    ${rows.map(([term, value]) =>
      value
        ? html`<dt>${term}</dt>
            <dd>${value}</dd>`
        : null,
    )}
  </dl>`;

/** Can be scrolled sideways with the keyboard where it is wider than the screen. */
function table(name: string, head: readonly string[], rows: readonly (readonly string[])[]): Html {
  if (rows.length === 0) return html`<p>None.</p>`;
  return html`<div class="wide" role="region" aria-label="${name}" tabindex="0">
    <table>
      <caption>
        ${name}
      </caption>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...rest]) =>
            html`<tr>
              <th scope="row">${first!}</th>
              ${rest.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

interface Contact {
  readonly name?: string;
  readonly contact: string;
  readonly address?: string;
  readonly country?: string;
}
const contactOf = (party: Contact | null): string | null =>
  party && [party.name, party.address, party.country, party.contact].filter(Boolean).join(', ');

function parties(record: ProcessingRecord): Html {
  const { controller, jointControllers, instructions, processor } = record;
  return terms([
    ['Controller', contactOf(controller)],
    ...jointControllers.map((one) => ['Joint controller', contactOf(one)] as const),
    ['Representative', contactOf(record.representative)],
    ['Data protection officer', contactOf(record.dataProtectionOfficer)],
    ['Supervisory authority', contactOf(record.supervisoryAuthority)],
    ['Processor', processor.name ?? 'Not stated: the operator of this gateway sets PARLEY_PROCESSOR.'],
    ['Gateway', processor.gateway],
    ['Instructions', instructions ? `version ${instructions.version}, in force since ${yes(instructions.inForceSince)}` : 'None in force: nothing is processed.'],
    ['Hash of the instructions (SHA-256)', instructions?.hash],
    ['At the end of the contract', record.atEndOfContract],
  ]); // prettier-ignore
}

function sections(record: ProcessingRecord): Html {
  const { processing, channels, recipients, transfers, retention, measures } = record;
  return html`<h2>Processing on behalf of the controller</h2>
${table('Purposes', ['Purpose', 'DPV term', 'Legal basis', 'Categories of data', 'Marketing'], processing.map((p) => [p.id, p.purpose, yes(p.legalBasis), listed(p.categories), p.marketing ? 'yes' : 'no']))}
${table('Retention', ['Data', 'Purpose', 'From', 'Period', 'Then'], retention.map((r) => [r.data, yes(r.purpose), r.start, r.period, r.atEnd]))}
<h2>Channels</h2>
${table('Channels and what their platforms say of themselves', ['Channel', 'Connections', 'Identifiers', 'Role of the platform', 'Countries', 'Retention there'], channels.map((c) => [c.title, listed(c.connections), listed(c.identifiers.map(({ kind, action }) => `${kind}: ${action}`)), c.platformRole, listed(c.platformCountries), c.platformRetention]))}
<h2>Recipients</h2>
${table('Recipients', ['Recipient', 'Name', 'Role', 'Country', 'Host', 'Purposes', 'Categories of data'], recipients.map((r) => [r.id, yes(r.name), r.role, yes(r.country), yes(r.host), listed(r.purposes), listed(r.categories)]))}
<h2>Transfers to third countries</h2>
${table('Transfers and their safeguards', ['Recipient', 'Country', 'Safeguard', 'Reference', 'Valid until'], transfers.map((t) => [t.recipient, yes(t.country), t.mechanism, yes(t.reference), yes(t.validUntil)]))}
<h2>Security of processing</h2>
<ul>${measures.map((measure) => html`<li>${measure}</li>`)}</ul>`;
} // prettier-ignore

export function recordPage(record: ProcessingRecord): string {
  const title = `Record of processing: ${record.controller?.name ?? record.tenant.name}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${record.law}, generated <time datetime="${record.generatedAt}">${record.generatedAt}</time></p>
          ${parties(record)} ${sections(record)}
        </main>
      </body>
    </html> `.html;
}
