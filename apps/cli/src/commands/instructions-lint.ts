// parley instructions lint: reviews a document before it is submitted. Needs no gateway.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CHANNELS } from '#libs/channels';
import { located, parseDocument, review, type Facts, type Finding } from '#libs/instructions';
import type { InputError } from '#libs/kernel';
import { Failure, type Io } from '../io.js';
import { table } from '../table.js';

const FACTS: Facts = {
  channels: Object.fromEntries(CHANNELS.map(({ manifest, identifiers }) => [manifest.channel, identifiers])),
};
const GRAVITY = ['error', 'warning', 'info'] as const;

/** Bytes: whether they are UTF-8 is for the reader of documents to say. */
async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch {
    throw new Failure(`${file} cannot be read.`);
  }
}

const row = ({ severity, line, column, path, rule, message, fix }: Finding): readonly string[] => [
  severity,
  `${line}:${column}`,
  path || '/',
  rule,
  fix ? `${message} ${fix}` : message,
];

const sentence = ({ line, column, path, detail }: InputError): string =>
  `line ${line}, column ${column}${path && ` (${path})`}: ${detail}`;

function count(findings: readonly Finding[], severity: Finding['severity']): string {
  const found = findings.filter((finding) => finding.severity === severity).length;
  return `${found} ${severity}${found === 1 || severity === 'info' ? '' : 's'}`;
}

export function instructionsLint(parent: Command, io: Io): void {
  parent
    .command('lint <file>')
    .description(
      'review a document (YAML or JSON) as the gateway would; each finding with line and pointer; exit code 1 when it has errors',
    )
    .option('--json', 'print the findings as JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const parsed = parseDocument(await bytesOf(file));
      if (!parsed.ok) throw new Failure(parsed.errors.map(sentence).join('\n'));
      const findings = located(review(parsed.document, FACTS, new Date(io.now())), parsed.places).toSorted(
        (a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity),
      );
      if (options.json) io.line(JSON.stringify(findings));
      else if (findings.length > 0)
        table(['SEVERITY', 'LINE', 'POINTER', 'RULE', 'MESSAGE'], findings.map(row)).forEach((line) => io.line(line));
      if (!options.json) io.line(GRAVITY.map((severity) => count(findings, severity)).join(', '));
      if (findings.some(({ severity }) => severity === 'error')) {
        throw new Failure(`${file} cannot be approved as it is.`);
      }
    });
}
