// A paper as a page to read and to print.
import { markup, page, table, terms, type Part as Piece } from '#libs/platform';
import type { Paper, Part, Table } from './paper.js';

const tablePiece = ({ name, head, rows }: Table): Piece =>
  rows.length === 0
    ? markup`<p>${name}: none.</p>`
    : table(name, head, rows.map((row) => row.map((cell) => cell ?? '–'))); // prettier-ignore

const partPiece = ({ heading, terms: said = [], list = [], tables = [] }: Part): Piece =>
  markup`<section><h2>${heading}</h2>
${terms(said)}${list.length > 0 ? markup`<ul>${list.map((line) => markup`<li>${line}</li>`)}</ul>` : null}
${tables.map(tablePiece)}</section>
`;

export const paperPage = ({ title, law, at, parts }: Paper): string =>
  page({
    language: 'en',
    title,
    lead: markup`${law}, as of <time datetime="${at}">${at}</time>`,
    main: parts.map(partPiece),
  });
