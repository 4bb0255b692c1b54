// The page of the linter's rules, made from the rules and their fixtures. WRITE_PAGES=1 writes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { RULES } from '../src/lint/index.js';
import { FIXTURES } from './fixtures.js';

const PAGE = 'docs/instructions/rules.md';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

function page(): string {
  const rows = ['schema', ...new Set(RULES.map(({ rule }) => rule))].map((rule) => {
    const { severity, article, bad } = FIXTURES[rule]!;
    const { at, says, fix } = Object.values(bad)[0]!;
    return row(`\`${rule}\``, severity, article, `\`${[at].flat()[0]}\``, says, fix);
  });
  return [
    '# What the linter objects to',
    '',
    'Made from the rules and the documents that test them: each with an example of the place it names, what it says there, and what would put it right.',
    'An `error` keeps a version from being approved, a `warning` has to be acknowledged by its name, an `info` is only told.',
    '',
    row('rule', 'severity', 'article', 'for example at', 'it says', 'and suggests'),
    row('---', '---', '---', '---', '---', '---'),
    ...rows,
    '',
  ].join('\n');
}

it('says what the rules say (else: WRITE_PAGES=1 npm test -- rules-page)', () => {
  if (process.env['WRITE_PAGES']) writeFileSync(PAGE, page());
  expect(readFileSync(PAGE, 'utf8')).toBe(page());
});
