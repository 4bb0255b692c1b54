// Documentation is checked like code: links lead somewhere, the table of the architecture names files that exist.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((page) => page !== '' && existsSync(page));

/** GitHub's anchor of a heading: lower case, punctuation gone, blanks to hyphens. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[`*_]/g, '')
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .trim()
    .replace(/ /g, '-');

const withoutCode = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```/gm, '');

function anchorsIn(page: string): readonly string[] {
  return [...withoutCode(readFileSync(page, 'utf8')).matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1]!));
}

function linksIn(page: string): readonly string[] {
  const text = withoutCode(readFileSync(page, 'utf8')).replace(/`[^`\n]*`/g, '');
  const markdown = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
  const html = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
  return [...markdown, ...html].filter((link) => !/^(https?:|mailto:)/.test(link));
}

function brokenLinks(page: string): readonly string[] {
  return linksIn(page).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsIn(target).includes(anchor);
  });
}

describe('documentation', () => {
  it('has pages to check', () => {
    expect(pages).toContain('README.md');
  });

  it.each(pages)('%s: every link leads to a file and heading of this repository', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('the architecture has at most 200 lines and every path of its tables exists', () => {
    const page = readFileSync('docs/ARCHITECTURE.md', 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('|'));
    const paths = rows
      .flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map((match) => match[1]!))
      .filter((code) => /^(apps|libs|test|docs|docker|bin|\.ci)\//.test(code) && !/[*{<]/.test(code));
    expect(page.split('\n').length).toBeLessThanOrEqual(200);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(resolve(path)))).toEqual([]);
  });
});
