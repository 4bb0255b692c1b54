// The product's sources as syntax trees, read by what they say: strings, names, imports.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Source {
  /** From the root of the project, with slashes. */
  readonly file: string;
  /** String literals and pieces of templates, without the names of imported modules. */
  readonly strings: readonly string[];
  /** Names that are used, without those of import and export lists. */
  readonly names: ReadonlySet<string>;
  /** What is called or made by its bare name, as in `fetch()`. */
  readonly calls: ReadonlySet<string>;
  /** Members reached in one step, as in `process.stdout`. */
  readonly members: ReadonlySet<string>;
  /** Modules of which more than a type is imported. */
  readonly imports: readonly string[];
}

const isModuleName = ({ parent }: ts.Node): boolean => ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent);
const isTypeOnly = ({ parent }: ts.Node): boolean =>
  ts.isImportDeclaration(parent) && parent.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;

function read(file: string): Source {
  const strings: string[] = [];
  const names = new Set<string>();
  const calls = new Set<string>();
  const members = new Set<string>();
  const imports: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      if (!isModuleName(node)) strings.push(node.text);
      else if (!isTypeOnly(node)) imports.push(node.text);
    } else if (ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) strings.push(node.text);
    else if (ts.isIdentifier(node)) names.add(node.text);
    else if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression))
      calls.add(node.expression.text);
    else if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression))
      members.add(`${node.expression.text}.${node.name.text}`);
    if (!ts.isImportSpecifier(node) && !ts.isExportSpecifier(node)) ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true));
  return { file, strings, names, calls, members, imports };
}

/** Everything that ships; tests are not part of it. */
export const SOURCES: readonly Source[] = globSync('{libs,apps}/*/{src,assets}/**/*.{ts,js}', { cwd: ROOT })
  .map((file) => read(file.split(path.sep).join('/')))
  .toSorted((a, b) => a.file.localeCompare(b.file));

export const filesThat = (holds: (source: Source) => boolean): readonly string[] =>
  SOURCES.filter(holds).map(({ file }) => file);
